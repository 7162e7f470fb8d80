//! A generated client in miniature, written by hand: the form that the emitter's code has, and what it does on the wire.
//!
//! The modules `client`, `api` and `types` are the reference for the emitter; the tests below them use the client as a
//! user would.
#![allow(
    missing_docs,
    reason = "the crate stands for a generated one only in its form"
)]

#[doc(hidden)]
#[path = "../runtime/mod.rs"]
#[allow(
    dead_code,
    unused_imports,
    reason = "a test binary exports nothing; a generated library does"
)]
pub mod runtime;

mod server;

pub use client::{Client, ClientBuilder};
pub use runtime::{Error, Failure, Response, Result, RetryPolicy, Secret};

/// The client and its builder.
pub mod client {
    use crate::api;
    use crate::runtime::macros::client;
    use crate::runtime::{Api, Core, CoreBuilder, Result, Secret, SecurityKind, SecurityScheme};

    static API_KEY_AUTH: SecurityScheme = SecurityScheme {
        name: "ApiKeyAuth",
        variable: "EXAMPLE_API_KEY",
        kind: SecurityKind::ApiKeyHeader("X-Api-Key"),
    };
    static BASIC_AUTH: SecurityScheme = SecurityScheme {
        name: "BasicAuth",
        variable: "EXAMPLE_BASIC_AUTH",
        kind: SecurityKind::Basic,
    };

    static API: Api = Api {
        base_url: Some("https://api.example.com"),
        user_agent: concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")),
        base_url_variable: "EXAMPLE_BASE_URL",
        security_schemes: &[&API_KEY_AUTH, &BASIC_AUTH],
        security: &[&["ApiKeyAuth"]],
    };

    /// A client of the Example API. A clone shares its connections and settings.
    #[derive(Debug, Clone)]
    pub struct Client {
        core: Core,
    }

    /// Collects the settings of a [`Client`].
    #[derive(Debug)]
    pub struct ClientBuilder(CoreBuilder);

    client!(Client, ClientBuilder, API);

    impl Client {
        /// A client with an API key and the default settings.
        ///
        /// # Errors
        /// When TLS cannot be set up.
        pub fn new(api_key: impl Into<Secret>) -> Result<Self> {
            Self::builder().api_key(api_key).build()
        }

        /// Images of a project.
        #[must_use]
        pub fn images(&self) -> api::images::Images {
            api::images::Images {
                core: self.core.clone(),
            }
        }

        /// Exports of a project.
        #[must_use]
        pub fn exports(&self) -> api::exports::Exports {
            api::exports::Exports {
                core: self.core.clone(),
            }
        }
    }

    impl ClientBuilder {
        /// The key for `ApiKeyAuth`, sent as `X-Api-Key`.
        #[must_use]
        pub fn api_key(self, api_key: impl Into<Secret>) -> Self {
            Self(self.0.credential(&API_KEY_AUTH, api_key))
        }

        /// User and password for `BasicAuth`.
        #[must_use]
        pub fn basic_auth(self, user: impl AsRef<str>, password: impl AsRef<str>) -> Self {
            Self(
                self.0
                    .credential(&BASIC_AUTH, Secret::basic(user, password)),
            )
        }
    }
}

/// The operations, by tag.
pub mod api {
    /// Images of a project.
    pub mod images {
        use crate::runtime::macros::{operation, pages};
        use crate::runtime::{Call, Core, OffsetPaging, read};
        use crate::types;
        use http::Method;

        /// Images of a project.
        #[derive(Debug, Clone)]
        pub struct Images {
            pub(crate) core: Core,
        }

        impl Images {
            /// `GET /v1/projects/{project_id}/images`
            pub fn list(&self, project_id: &str) -> ListImages {
                ListImages(Call::new(
                    &self.core,
                    Method::GET,
                    "/v1/projects/{project_id}/images",
                    &[("project_id", &project_id)],
                    read::json,
                ))
            }

            /// `GET /v1/projects/{project_id}/images/{image_id}`
            pub fn get(&self, project_id: &str, image_id: &str) -> GetImage {
                GetImage(Call::new(
                    &self.core,
                    Method::GET,
                    "/v1/projects/{project_id}/images/{image_id}",
                    &[("project_id", &project_id), ("image_id", &image_id)],
                    read::json,
                ))
            }

            /// `DELETE /v1/projects/{project_id}/images`
            pub fn delete_many(&self, project_id: &str, body: &types::ImageIds) -> DeleteImages {
                let mut call = Call::new(
                    &self.core,
                    Method::DELETE,
                    "/v1/projects/{project_id}/images",
                    &[("project_id", &project_id)],
                    read::empty,
                );
                call.json(body);
                DeleteImages(call)
            }
        }

        /// `GET /v1/projects/{project_id}/images`: sent when awaited.
        #[derive(Debug, Clone)]
        #[must_use = "a request is sent when it is awaited"]
        pub struct ListImages(Call<types::ImageList>);

        impl ListImages {
            /// Items to skip.
            pub fn offset(mut self, offset: i64) -> Self {
                self.0.query("offset", &offset);
                self
            }

            /// Most items on a page.
            pub fn limit(mut self, limit: i64) -> Self {
                self.0.query("limit", &limit);
                self
            }

            /// Only images with one of these states.
            pub fn image_status(
                mut self,
                image_status: impl IntoIterator<Item = types::ImageStatus>,
            ) -> Self {
                self.0.query_joined("image_status", image_status, ",");
                self
            }
        }

        operation!(ListImages => types::ImageList);
        pages!(ListImages => types::ImageList, OffsetPaging { offset: "offset", limit: "limit" });

        /// `GET /v1/projects/{project_id}/images/{image_id}`: sent when awaited.
        #[derive(Debug, Clone)]
        #[must_use = "a request is sent when it is awaited"]
        pub struct GetImage(Call<types::Image>);

        operation!(GetImage => types::Image);

        /// `DELETE /v1/projects/{project_id}/images`: sent when awaited.
        #[derive(Debug, Clone)]
        #[must_use = "a request is sent when it is awaited"]
        pub struct DeleteImages(Call<()>);

        operation!(DeleteImages => ());
    }

    /// Exports of a project.
    pub mod exports {
        use std::time::Duration;

        use crate::runtime::json::DecodeError;
        use crate::runtime::macros::{operation, wait};
        use crate::runtime::{Answer, Call, Core, ErrorBody, Polling, ReadError, read};
        use crate::types;
        use bytes::Bytes;
        use http::Method;

        /// Exports of a project.
        #[derive(Debug, Clone)]
        pub struct Exports {
            pub(crate) core: Core,
        }

        impl Exports {
            /// `POST /v1/projects/{project_id}/exports`
            pub fn create(&self, project_id: &str, body: &types::ExportCreate) -> CreateExport {
                let mut call = Call::new(
                    &self.core,
                    Method::POST,
                    "/v1/projects/{project_id}/exports",
                    &[("project_id", &project_id)],
                    CreateExportSuccess::read,
                );
                call.json(body);
                CreateExport(call)
            }

            /// `GET /v1/exports/{job_id}`
            pub fn get(&self, job_id: &str) -> GetExport {
                let mut call = Call::new(
                    &self.core,
                    Method::GET,
                    "/v1/exports/{job_id}",
                    &[("job_id", &job_id)],
                    read::json,
                );
                call.security(&[&["BasicAuth"], &["ApiKeyAuth"]]);
                GetExport(call)
            }
        }

        /// `POST /v1/projects/{project_id}/exports`: sent when awaited.
        ///
        /// Its errors by status: [`CreateExportError`].
        #[derive(Debug, Clone)]
        #[must_use = "a request is sent when it is awaited"]
        pub struct CreateExport(Call<CreateExportSuccess>);

        impl CreateExport {
            /// Makes a repeated request have the effect of one.
            pub fn idempotency_key(mut self, idempotency_key: &str) -> Self {
                self.0.header("Idempotency-Key", &idempotency_key);
                self
            }

            /// The page to return to.
            pub fn theme(mut self, theme: &str) -> Self {
                self.0.cookie("theme", &theme);
                self
            }
        }

        operation!(CreateExport => CreateExportSuccess);

        /// What creating an export gives, by status.
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub enum CreateExportSuccess {
            /// 200: there already was such an export.
            Ok(types::ExportJob),
            /// 202: the export has begun.
            Accepted(types::ExportJob),
            /// 204: there is nothing to export.
            NoContent,
        }

        impl CreateExportSuccess {
            fn read(answer: &Answer) -> Result<Self, ReadError> {
                match answer.status().as_u16() {
                    200 => read::json(answer).map(Self::Ok),
                    202 => read::json(answer).map(Self::Accepted),
                    204 => Ok(Self::NoContent),
                    _ => Err(ReadError::UndocumentedStatus),
                }
            }
        }

        /// The documented errors of creating an export, by status: `error.body::<CreateExportError>()`.
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub enum CreateExportError {
            /// 404: there is no such project.
            NotFound(types::Problem),
            /// 422: the format is unknown.
            UnprocessableContent(Vec<String>),
            /// A status that the API does not document, with the body as it arrived.
            Undocumented(Bytes),
        }

        impl ErrorBody for CreateExportError {
            fn from_answer(answer: &Answer) -> Result<Self, DecodeError> {
                match answer.status().as_u16() {
                    404 => answer.json().map(Self::NotFound),
                    422 => answer.json().map(Self::UnprocessableContent),
                    _ => Ok(Self::Undocumented(answer.body().clone())),
                }
            }
        }

        /// `GET /v1/exports/{job_id}`: sent when awaited.
        #[derive(Debug, Clone)]
        #[must_use = "a request is sent when it is awaited"]
        pub struct GetExport(Call<types::ExportJob>);

        operation!(GetExport => types::ExportJob);
        wait!(
            GetExport => types::ExportJob,
            Polling {
                done: &["DONE"],
                failed: &["FAILED"],
                failed_containing: &["ERROR"],
                interval: Duration::from_millis(2_000),
                max_interval: Duration::from_millis(15_000),
                deadline: Duration::from_millis(1_800_000),
            },
            |job| job.status.as_deref()
        );
    }
}

/// The types of requests and responses.
pub mod types {
    use crate::runtime::Page;
    use crate::runtime::json::{
        Decode, DecodeError, Decoder, Encode, Encoder, UnknownValue, optional, required,
    };
    use crate::runtime::macros::string_enumeration;

    /// An image.
    #[derive(Debug, Clone, PartialEq)]
    #[non_exhaustive]
    pub struct Image {
        pub id: String,
        pub name: Option<String>,
        pub width: i64,
    }

    impl Decode for Image {
        fn decode(json: &mut Decoder<'_>) -> Result<Self, DecodeError> {
            let (mut id, mut name, mut width) = (None, None, None);
            json.object(&mut [
                required("id", &mut id),
                optional("name", &mut name),
                required("width", &mut width),
            ])?;
            let (Some(id), Some(width)) = (id, width) else {
                return Err(json.incomplete());
            };
            Ok(Self { id, name, width })
        }
    }

    /// A page of images.
    #[derive(Debug, Clone, PartialEq)]
    #[non_exhaustive]
    pub struct ImageList {
        pub items: Vec<Image>,
        pub meta: Option<Meta>,
    }

    impl Decode for ImageList {
        fn decode(json: &mut Decoder<'_>) -> Result<Self, DecodeError> {
            let (mut items, mut meta) = (None, None);
            json.object(&mut [required("items", &mut items), optional("meta", &mut meta)])?;
            let (Some(items),) = (items,) else {
                return Err(json.incomplete());
            };
            Ok(Self { items, meta })
        }
    }

    impl Page for ImageList {
        type Item = Image;

        fn len(&self) -> usize {
            self.items.len()
        }

        fn total(&self) -> Option<u64> {
            self.meta
                .as_ref()?
                .total
                .and_then(|total| u64::try_from(total).ok())
        }

        fn into_items(self) -> Vec<Image> {
            self.items
        }
    }

    /// About a list.
    #[derive(Debug, Clone, PartialEq)]
    #[non_exhaustive]
    pub struct Meta {
        pub total: Option<i64>,
    }

    impl Decode for Meta {
        fn decode(json: &mut Decoder<'_>) -> Result<Self, DecodeError> {
            let mut total = None;
            json.object(&mut [optional("total", &mut total)])?;
            Ok(Self { total })
        }
    }

    /// The state of an image.
    #[derive(Debug, Clone, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum ImageStatus {
        /// `NEW`
        New,
        /// `IN PROGRESS`
        InProgress,
        /// A value that the API's description does not name.
        Unknown(UnknownValue),
    }

    impl ImageStatus {
        /// The value as the API writes it.
        #[must_use]
        pub fn as_str(&self) -> &str {
            match self {
                Self::New => "NEW",
                Self::InProgress => "IN PROGRESS",
                Self::Unknown(value) => value.as_str(),
            }
        }
    }

    impl From<&str> for ImageStatus {
        fn from(value: &str) -> Self {
            match value {
                "NEW" => Self::New,
                "IN PROGRESS" => Self::InProgress,
                other => Self::Unknown(UnknownValue::new(other)),
            }
        }
    }

    string_enumeration!(ImageStatus);

    /// Images to delete.
    #[derive(Debug, Clone, Default, PartialEq)]
    pub struct ImageIds {
        pub image_ids: Vec<String>,
    }

    impl ImageIds {
        #[must_use]
        pub fn new(image_ids: impl Into<Vec<String>>) -> Self {
            Self {
                image_ids: image_ids.into(),
            }
        }
    }

    impl Encode for ImageIds {
        fn encode(&self, json: &mut Encoder) {
            json.object(&[("image_ids", &self.image_ids)]);
        }
    }

    /// What to export.
    #[derive(Debug, Clone, Default, PartialEq)]
    pub struct ExportCreate {
        pub format: String,
        pub name: Option<String>,
    }

    impl Encode for ExportCreate {
        fn encode(&self, json: &mut Encoder) {
            json.object(&[("format", &self.format), ("name", &self.name)]);
        }
    }

    /// An export that runs on the server.
    #[derive(Debug, Clone, PartialEq)]
    #[non_exhaustive]
    pub struct ExportJob {
        pub id: String,
        pub status: Option<String>,
    }

    impl Decode for ExportJob {
        fn decode(json: &mut Decoder<'_>) -> Result<Self, DecodeError> {
            let (mut id, mut status) = (None, None);
            json.object(&mut [required("id", &mut id), optional("status", &mut status)])?;
            let (Some(id),) = (id,) else {
                return Err(json.incomplete());
            };
            Ok(Self { id, status })
        }
    }

    /// An error.
    #[derive(Debug, Clone, PartialEq)]
    #[non_exhaustive]
    pub struct Problem {
        pub message: String,
    }

    impl Decode for Problem {
        fn decode(json: &mut Decoder<'_>) -> Result<Self, DecodeError> {
            let mut message = None;
            json.object(&mut [required("message", &mut message)])?;
            let (Some(message),) = (message,) else {
                return Err(json.incomplete());
            };
            Ok(Self { message })
        }
    }
}

// From here on: what the client does on the wire.

use std::time::Duration;

use api::exports::{CreateExportError, CreateExportSuccess};
use futures_util::TryStreamExt as _;
use server::{Reply, Server};
use types::{ExportCreate, ImageIds, ImageStatus};

async fn client_of(replies: impl IntoIterator<Item = Reply>) -> (Client, Server) {
    let server = Server::start(replies).await;
    let client = Client::builder()
        .base_url(server.url())
        .api_key("secret-key")
        .build()
        .expect("valid settings");
    (client, server)
}

#[tokio::test]
async fn an_operation_is_awaited_and_gives_its_value() {
    let (client, server) =
        client_of([Reply::json(200, r#"{"id": "i", "width": 3, "more": [1]}"#)]).await;
    let image = client.images().get("p/1", "a b").await.expect("an image");
    assert_eq!((image.id.as_str(), image.name, image.width), ("i", None, 3));
    let request = server.request();
    assert_eq!(request.line(), "GET /v1/projects/p%2F1/images/a%20b");
    assert_eq!(request.header("x-api-key"), Some("secret-key"));
    assert_eq!(request.header("accept"), Some("application/json"));
    assert_eq!(
        request.header("user-agent"),
        Some(concat!("clientsmith-templates/", env!("CARGO_PKG_VERSION")))
    );
    assert!(request.body.is_empty());
}

#[tokio::test]
async fn send_gives_the_response_around_the_value() {
    let reply = Reply::with_headers(
        200,
        &[("x-request-id", "r-1"), ("x-cost", "2")],
        r#"{"id": "i", "width": 3}"#,
    );
    let (client, _server) = client_of([reply]).await;
    let response = client
        .images()
        .get("p", "i")
        .send()
        .await
        .expect("a response");
    assert_eq!(response.status(), 200);
    assert_eq!(response.request_id(), Some("r-1"));
    assert_eq!(response.header("x-cost"), Some("2"));
    assert_eq!(response.raw_body().as_ref(), br#"{"id": "i", "width": 3}"#);
    assert_eq!(response.into_body().width, 3);
}

#[tokio::test]
async fn setters_fill_the_query_and_replace_earlier_values() {
    let (client, server) = client_of([Reply::json(200, r#"{"items": []}"#)]).await;
    let list = client.images().list("p").limit(10).offset(5).limit(20);
    let list = list.image_status([
        ImageStatus::InProgress,
        ImageStatus::from("a,b"),
        ImageStatus::New,
    ]);
    list.with_query("x[y]", "1&2").await.expect("a list");
    assert_eq!(
        server.request().line(),
        "GET /v1/projects/p/images?offset=5&limit=20&image_status=IN%20PROGRESS,a%2Cb,NEW&x%5By%5D=1%262"
    );
}

#[tokio::test]
async fn a_body_is_sent_as_json_also_with_delete() {
    let (client, server) = client_of([Reply::status(204)]).await;
    client
        .images()
        .delete_many("p", &ImageIds::new(["a".to_owned()]))
        .await
        .expect("deleted");
    let request = server.request();
    assert_eq!(request.line(), "DELETE /v1/projects/p/images");
    assert_eq!(request.header("content-type"), Some("application/json"));
    assert_eq!(request.header("content-length"), Some("19"));
    assert_eq!(request.text(), r#"{"image_ids":["a"]}"#);
}

#[tokio::test]
async fn several_successes_are_told_apart_by_status() {
    let job = r#"{"id": "j", "status": "NEW"}"#;
    let replies = [
        Reply::json(200, job),
        Reply::json(202, job),
        Reply::status(204),
        Reply::json(201, job),
    ];
    let (client, server) = client_of(replies).await;
    let body = ExportCreate {
        format: "coco".to_owned(),
        ..ExportCreate::default()
    };
    let create = client
        .exports()
        .create("p", &body)
        .idempotency_key("k")
        .theme("dark blue");
    assert!(matches!(create.clone().await, Ok(CreateExportSuccess::Ok(job)) if job.id == "j"));
    assert!(matches!(
        create.clone().await,
        Ok(CreateExportSuccess::Accepted(_))
    ));
    assert!(matches!(
        create.clone().await,
        Ok(CreateExportSuccess::NoContent)
    ));
    let error = create.await.expect_err("201 is not documented");
    assert!(error.is_decode());
    assert_eq!(error.status().map(|status| status.as_u16()), Some(201));
    let request = &server.requests()[0];
    assert_eq!(request.text(), r#"{"format":"coco"}"#);
    assert_eq!(request.header("idempotency-key"), Some("k"));
    assert_eq!(request.header("cookie"), Some("theme=dark%20blue"));
}

#[tokio::test]
async fn errors_have_the_documented_body_by_status() {
    let replies = [
        Reply::json(404, r#"{"message": "gone"}"#),
        Reply::json(422, r#"["format"]"#),
        Reply::json(400, "[1]"),
    ];
    let (client, _server) = client_of(replies).await;
    let create = client.exports().create("p", &ExportCreate::default());
    let error = create.clone().await.expect_err("404");
    assert!(error.is_not_found() && !error.is_retryable());
    let body = error
        .body::<CreateExportError>()
        .expect("a body")
        .expect("documented");
    assert!(matches!(body, CreateExportError::NotFound(problem) if problem.message == "gone"));
    assert_eq!(
        error
            .body::<types::Problem>()
            .expect("a body")
            .expect("a problem")
            .message,
        "gone"
    );
    let error = create.clone().await.expect_err("422");
    let body = error
        .body::<CreateExportError>()
        .expect("a body")
        .expect("documented");
    assert_eq!(
        body,
        CreateExportError::UnprocessableContent(vec!["format".to_owned()])
    );
    let error = create.await.expect_err("400");
    assert!(error.body::<types::Problem>().expect("a body").is_err());
    let body = error
        .body::<CreateExportError>()
        .expect("a body")
        .expect("a body of any status");
    assert_eq!(body, CreateExportError::Undocumented(b"[1]"[..].into()));
    assert_eq!(
        error.raw_body().map(|body| body.as_ref()),
        Some(&b"[1]"[..])
    );
}

#[tokio::test]
async fn items_of_all_pages_come_as_one_stream() {
    let page = |ids: &str| {
        let items: Vec<String> = ids
            .chars()
            .map(|id| format!(r#"{{"id": "{id}", "width": 1}}"#))
            .collect();
        Reply::json(
            200,
            &format!(
                r#"{{"items": [{}], "meta": {{"total": 5}}}}"#,
                items.join(",")
            ),
        )
    };
    let (client, server) = client_of([page("ab"), page("cd"), page("e")]).await;
    let items: Vec<_> = client
        .images()
        .list("p")
        .limit(2)
        .items()
        .try_collect()
        .await
        .expect("all items");
    assert_eq!(
        items
            .iter()
            .map(|image| image.id.as_str())
            .collect::<String>(),
        "abcde"
    );
    assert_eq!(
        server.lines(),
        [
            "GET /v1/projects/p/images?limit=2",
            "GET /v1/projects/p/images?limit=2&offset=2",
            "GET /v1/projects/p/images?limit=2&offset=4"
        ]
    );
}

#[tokio::test]
async fn a_job_is_waited_for() {
    let state = |state: &str| Reply::json(200, &format!(r#"{{"id": "j", "status": "{state}"}}"#));
    let (client, server) = client_of([state("QUEUED"), state("REHEATING"), state("done")]).await;
    let wait = client
        .exports()
        .get("j")
        .wait()
        .with_interval(Duration::from_millis(2));
    let job = wait
        .with_max_interval(Duration::from_millis(4))
        .await
        .expect("a finished job");
    assert_eq!(job.status.as_deref(), Some("done"));
    assert_eq!(server.requests().len(), 3);
}

#[test]
fn nothing_secret_is_shown_and_types_are_small_and_sendable() {
    fn sendable<T: Send + Sync>() {}
    fn sendable_future<T: Send>(_: T) {}
    sendable::<Client>();
    sendable::<Error>();
    assert!(size_of::<Error>() <= 16, "{}", size_of::<Error>());
    let client = Client::builder()
        .api_key("secret-key")
        .basic_auth("user", "secret-word");
    let client = client.default_header("x-other", "secret-value");
    let shown = format!("{client:?}");
    let client = client.build().expect("valid settings");
    let call = client
        .images()
        .get("p", "i")
        .with_header("authorization", "secret-token");
    let call = call.with_query("access_token", "secret-query");
    let shown = format!("{shown} {client:?} {call:?}");
    assert!(!shown.contains("secret"), "{shown}");
    assert!(
        shown.contains("ApiKeyAuth") && shown.contains("access_token=[redacted]"),
        "{shown}"
    );
    sendable_future(call.into_future());
    sendable_future(client.images().list("p").items().into_vec());
    sendable_future(client.exports().get("j").wait().into_future());
}
