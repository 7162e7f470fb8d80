//! One call of the client against a scripted server, and what is compared afterwards.

use clientsmith_tests::json_text::compact;
use clientsmith_tests::server::{Reply, Server};
use hasty_api::Client;
use hasty_api::runtime::json::{Encode, to_vec};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use uuid::{Uuid, uuid};

/// The key that every request must carry.
pub const KEY: &str = "key-of-the-wire-tests";
/// The project in most paths.
pub const PROJECT: Uuid = uuid!("17a4fab4-c59c-4031-9cb5-41fccb5b054c");

/// The target of an operation inside [`PROJECT`], from its parts.
macro_rules! in_project {
    ($($rest:literal),+ $(,)?) => {
        concat!("/v1/projects/17a4fab4-c59c-4031-9cb5-41fccb5b054c" $(, $rest)+)
    };
}
pub(crate) use in_project;

/// An id that is written out where it is used.
pub fn id(text: &str) -> Uuid {
    Uuid::parse_str(text).expect("an id of the tests is a UUID")
}

/// A scripted server with one reply, and a client of it.
pub struct Exchange {
    server: Server,
    client: Client,
}

impl Exchange {
    /// A server that will reply so.
    pub async fn new(reply: Reply) -> Self {
        let server = Server::replying([reply]).await;
        let client = Client::builder()
            .base_url(server.url())
            .api_key(KEY)
            .build()
            .expect("the settings are valid");
        Self { server, client }
    }

    /// The client.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Compares the request that was sent with the one that is expected, headers included.
    pub fn expect_sent(&self, method: &str, target: &str, body: Option<&str>) {
        let request = self.server.request();
        assert_eq!(
            (request.method.as_str(), request.target.as_str()),
            (method, target)
        );
        assert_eq!(request.text(), body.map(compact).unwrap_or_default());

        assert_eq!(request.header("host"), Some(self.server.host().as_str()));
        assert_eq!(request.header("x-api-key"), Some(KEY));
        assert_eq!(request.header("accept"), Some("application/json"));
        let user_agent = request
            .header("user-agent")
            .expect("a client says who it is");
        assert!(user_agent.starts_with("hasty-api/"), "{user_agent}");
        let mut names = vec!["accept", "host", "user-agent", "x-api-key"];
        if body.is_some() {
            assert_eq!(request.header("content-type"), Some("application/json"));
            names.extend(["content-length", "content-type"]);
        }
        names.sort_unstable();
        assert_eq!(
            request.header_names(),
            names,
            "no header too many, none too few"
        );
    }
}

/// Compares a decoded value with the reply it came from: nothing is lost, nothing is made up.
pub fn assert_kept(value: &dyn Encode, reply: &str) {
    let written = String::from_utf8(to_vec(value)).expect("JSON is UTF-8");
    assert_eq!(written, compact(reply));
}

/// A moment that is written out where it is used.
pub fn moment(text: &str) -> OffsetDateTime {
    OffsetDateTime::parse(text, &Rfc3339).expect("a moment of the tests is RFC 3339")
}
