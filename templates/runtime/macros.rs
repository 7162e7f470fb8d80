//! The macros that emitted code uses: those of types come from the codec, those of operations and of the client are here.
//!
//! In: a type of the emitted code. Out: its methods that are the same for all, each a line that calls the runtime.
#![allow(unused_macros, unused_imports, reason = "no API needs all of them")]

/// Call options, for each type of request that the runtime has: the methods of an `impl` around `self.0`, a `Call`.
macro_rules! options {
    () => {
        /// Limits the time of one attempt, from connecting to the last byte of the body; where that is a stream, to its
        /// beginning.
        pub fn with_timeout(mut self, timeout: ::std::time::Duration) -> Self {
            self.0.timeout(timeout);
            self
        }

        /// Sets a header, in place of what the client would send under this name.
        pub fn with_header(mut self, name: &str, value: &str) -> Self {
            self.0.header(name, &value);
            self
        }

        /// Sets a query parameter, also one that the API's description does not name.
        pub fn with_query(mut self, name: &str, value: &str) -> Self {
            self.0.query(name, &value);
            self
        }

        /// Sets when and how often the request is sent again after a failure.
        pub fn with_retry(mut self, policy: $crate::runtime::RetryPolicy) -> Self {
            self.0.retry(policy);
            self
        }

        /// Sends the request once only.
        pub fn without_retries(self) -> Self {
            self.with_retry($crate::runtime::RetryPolicy::none())
        }
    };
}

/// `pages!(ListImages => types::ImageList, OffsetPaging { offset: "offset", limit: "limit" })`: all pages and all items.
macro_rules! pages {
    ($operation:ident => $page:ty, $paging:expr) => {
        impl $operation {
            /// All items as a stream, from where this request begins: one request for each page, made when it is needed.
            pub fn items(self) -> $crate::runtime::Items<$page> {
                $crate::runtime::Items::new(self.0, $paging)
            }

            /// All pages as a stream, from where this request begins.
            pub fn pages(self) -> $crate::runtime::Pages<$page> {
                $crate::runtime::Pages::new(self.0, $paging)
            }
        }
    };
}

/// `wait!(GetExport => types::ExportJob, Polling { done: &["DONE"], … }, |job| job.status.as_deref())`: waiting for a job.
macro_rules! wait {
    ($operation:ident => $job:ty, $polling:expr, $state:expr) => {
        impl $operation {
            /// Asks again and again until the job is done; an error if it fails, or is not done by the deadline.
            pub fn wait(self) -> $crate::runtime::Wait<$job> {
                $crate::runtime::Wait::new(self.0, $polling, $state)
            }
        }
    };
}

/// `client!(Client, ClientBuilder, API)`: the client around a core, its builder, and their settings. The emitted code
/// adds an accessor for each tag, and a setter for each security scheme by the builder's `credential`.
macro_rules! client {
    ($client:ident, $builder:ident, $api:expr) => {
        impl $client {
            /// Begins a client.
            pub fn builder() -> $builder {
                $builder($crate::runtime::Core::builder(&$api))
            }

            /// A client with its credentials and base URL from the environment.
            ///
            /// # Errors
            /// When a variable that holds a needed credential is missing, or the base URL is not valid.
            pub fn from_env() -> $crate::runtime::Result<Self> {
                Self::builder().from_env()?.build()
            }

            /// The URL that operations' paths are appended to.
            #[must_use]
            pub fn base_url(&self) -> &str {
                self.core.base_url().as_str()
            }

            /// Begins an upload to an absolute URL, such as a signed one of a storage service. Credentials, cookies and
            /// default headers of this client are not sent there.
            pub fn upload(
                &self,
                url: &str,
                body: impl ::std::convert::Into<$crate::runtime::UploadBody>,
            ) -> $crate::runtime::Upload {
                self.core.upload(url, body)
            }

            /// Begins a download from an absolute URL, such as a signed one of a storage service. Credentials, cookies
            /// and default headers of this client are not sent there.
            pub fn download(&self, url: &str) -> $crate::runtime::Download {
                self.core.download(url)
            }
        }

        impl $builder {
            /// The URL that operations' paths are appended to; `http` or `https`, may have a path.
            ///
            /// Operations that the API serves elsewhere go there too, so that tests and proxies see every request; unless it is
            /// the URL that the client has anyway.
            pub fn base_url(
                self,
                base_url: impl ::std::convert::Into<::std::string::String>,
            ) -> Self {
                Self(self.0.base_url(base_url))
            }

            /// How long one attempt of a call may take, from connecting to the last byte of the body. Default: 60 seconds.
            pub fn timeout(self, timeout: ::std::time::Duration) -> Self {
                Self(self.0.timeout(timeout))
            }

            /// How long making a connection may take. Default: 10 seconds. Without effect on a ready client or transport.
            pub fn connect_timeout(self, timeout: ::std::time::Duration) -> Self {
                Self(self.0.connect_timeout(timeout))
            }

            /// How long an upload, a download or a stream may stand still. Default: 60 seconds.
            pub fn idle_timeout(self, timeout: ::std::time::Duration) -> Self {
                Self(self.0.idle_timeout(timeout))
            }

            /// The `User-Agent` header; by default the name and version of this crate.
            pub fn user_agent(self, user_agent: impl ::std::convert::AsRef<str>) -> Self {
                Self(self.0.user_agent(user_agent))
            }

            /// A header that every call to the API carries, unless the call sets it otherwise.
            pub fn default_header(
                self,
                name: impl ::std::convert::AsRef<str>,
                value: impl ::std::convert::AsRef<str>,
            ) -> Self {
                Self(self.0.default_header(name, value))
            }

            /// Sends through a ready `reqwest::Client`, for proxies, certificates and the like.
            ///
            /// Build it with `redirect(reqwest::redirect::Policy::none())`: this crate follows redirects itself, so that
            /// credentials stay with the API's own host.
            ///
            /// reqwest panics when it builds a client without a TLS provider. If no other crate of the program enables
            /// one, install `ring` first: `rustls::crypto::ring::default_provider().install_default()`.
            pub fn reqwest_client(self, client: ::reqwest::Client) -> Self {
                Self(self.0.reqwest_client(client))
            }

            /// Sends through another transport, such as one that answers offline.
            pub fn transport(self, transport: impl $crate::runtime::Transport) -> Self {
                Self(self.0.transport(transport))
            }

            /// When and how often failed requests are sent again.
            pub fn retry(self, policy: $crate::runtime::RetryPolicy) -> Self {
                Self(self.0.retry(policy))
            }

            /// The largest response body that a call accepts, in bytes; of a stream, the largest part. Default: 256 MiB. Downloads
            /// are not limited by it.
            pub fn max_body_bytes(self, bytes: u64) -> Self {
                Self(self.0.max_body_bytes(bytes))
            }

            /// Takes the base URL and the credentials from the environment, where they are set there.
            ///
            /// # Errors
            /// When the API asks for a credential and neither the environment nor an earlier setting gives one.
            pub fn from_env(self) -> $crate::runtime::Result<Self> {
                ::std::result::Result::Ok(Self(self.0.from_env()?))
            }

            /// The client with these settings.
            ///
            /// # Errors
            /// When there is no base URL, it or a default header is not valid, or TLS cannot be set up.
            pub fn build(self) -> $crate::runtime::Result<$client> {
                ::std::result::Result::Ok($client {
                    core: self.0.build()?,
                })
            }
        }
    };
}

pub(crate) use super::json::macros::{integer_enumeration, serde_bridge, string_enumeration};
pub(crate) use {client, options, pages, wait};
