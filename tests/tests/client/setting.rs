//! A scripted server and a client of it.

use std::time::Duration;

use clientsmith_tests::server::{Reply, Server};
use hasty_api::{Client, RetryPolicy};
use uuid::{Uuid, uuid};

/// The key of the client.
pub const KEY: &str = "key-that-stays-home";
/// A project.
pub const PROJECT: Uuid = uuid!("17a4fab4-c59c-4031-9cb5-41fccb5b054c");
/// An image, a job, a video: whatever a path names beside the project.
pub const THING: Uuid = uuid!("497f6eca-6276-4993-bfeb-53cbbbba6f08");
/// The shortest dataset.
pub const DATASET: &str = r#"{"id": "e34f765f-cfd9-4789-a575-e083f35ac3f6", "name": "train"}"#;

/// A server with these replies, and a client of it that waits little before it tries again.
pub async fn serve(replies: impl IntoIterator<Item = Reply>) -> (Server, Client) {
    let server = Server::replying(replies).await;
    let client = client(&server.url());
    (server, client)
}

/// A client of the server at a URL.
pub fn client(url: &str) -> Client {
    Client::builder()
        .base_url(url)
        .api_key(KEY)
        .retry(RetryPolicy::new().initial_delay(Duration::from_millis(1)))
        .build()
        .expect("the settings are valid")
}
