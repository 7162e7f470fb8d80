//! The calls of the contract run: every operation of `hasty-api` against a validator that has read the same document, once with all
//! parameters and once with the fewest, with a body for each form that the document allows. `cargo xtask contract` starts the
//! validator, runs these tests, and reads what the validator found. The bodies are JSON that the client decodes and encodes again.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "in a test a panic is the assertion"
)]

use std::fs::File;
use std::future::IntoFuture;
use std::io::Write;
use std::sync::Mutex;

use hasty_api::Client;
use hasty_api::runtime::json::{Decode, from_slice};
use uuid::{Uuid, uuid};

mod annotation;
mod media;
mod models;
mod projects;

pub(crate) const WORKSPACE: Uuid = uuid!("7d1c2f0a-52c3-4c6e-9a55-0c5b8e0f1a01");
pub(crate) const PROJECT: Uuid = uuid!("7d1c2f0a-52c3-4c6e-9a55-0c5b8e0f1a02");
pub(crate) const IMAGE: Uuid = uuid!("7d1c2f0a-52c3-4c6e-9a55-0c5b8e0f1a03");
pub(crate) const VIDEO: Uuid = uuid!("7d1c2f0a-52c3-4c6e-9a55-0c5b8e0f1a04");
pub(crate) const ONE: Uuid = uuid!("7d1c2f0a-52c3-4c6e-9a55-0c5b8e0f1a05");
pub(crate) const OTHER: Uuid = uuid!("7d1c2f0a-52c3-4c6e-9a55-0c5b8e0f1a06");

/// The client under test, and the report that the calls write.
pub(crate) struct Contract {
    pub(crate) client: Client,
    report: Mutex<File>,
    faults: Mutex<Vec<String>>,
}

impl Contract {
    fn new() -> Contract {
        let variable = |name: &str| {
            std::env::var(name)
                .unwrap_or_else(|_| panic!("{name} is set by `cargo xtask contract`"))
        };
        let builder = Client::builder()
            .base_url(variable("CONTRACT_BASE_URL"))
            .api_key("contract-key");
        Contract {
            client: builder.build().unwrap(),
            report: Mutex::new(
                File::options()
                    .append(true)
                    .open(variable("CONTRACT_REPORT"))
                    .unwrap(),
            ),
            faults: Mutex::new(Vec::new()),
        }
    }

    /// Sends a request and notes that it was called, and what the client could not read.
    pub(crate) async fn call<T>(
        &self,
        operation: &str,
        request: impl IntoFuture<Output = hasty_api::Result<T>>,
    ) {
        let result = request.await;
        self.note(operation, "called");
        if let Err(error) = result {
            let fault = error.to_string().replace(['\n', '\t'], " ");
            self.note(operation, &fault);
            self.faults
                .lock()
                .unwrap()
                .push(format!("{operation}: {fault}"));
        }
    }

    /// Sends a request that the validator must refuse.
    async fn refused<T: std::fmt::Debug>(
        &self,
        what: &str,
        request: impl IntoFuture<Output = hasty_api::Result<T>>,
    ) {
        let error = request.await.expect_err(what);
        let status = error.status().map(|status| status.as_u16());
        assert!(matches!(status, Some(400 | 422)), "{what}: {error}");
        self.note(what, "called");
    }

    fn note(&self, operation: &str, what: &str) {
        writeln!(self.report.lock().unwrap(), "{operation}\t{what}").unwrap();
    }
}

/// Calls in turn, each under the id of its operation.
macro_rules! calls {
    ($contract:ident, $($operation:ident: $request:expr;)*) => {
        $($contract.call(stringify!($operation), $request).await;)*
    };
}
pub(crate) use calls;

/// A body, from its JSON.
pub(crate) fn body<T: Decode>(json: &str) -> T {
    from_slice(json.as_bytes()).unwrap_or_else(|error| panic!("{error}: {json}"))
}

/// A body that is an array, from its JSON.
pub(crate) fn list<T: Decode>(json: &str) -> Vec<T> {
    body(json)
}

#[tokio::test]
#[ignore = "needs the validator that `cargo xtask contract` starts"]
async fn every_operation_keeps_the_contract() {
    let contract = Contract::new();
    annotation::labels(&contract).await;
    annotation::label_classes(&contract).await;
    annotation::attributes(&contract).await;
    annotation::keypoint_schemas(&contract).await;
    annotation::tag_classes(&contract).await;
    annotation::tag_groups(&contract).await;
    media::images(&contract).await;
    media::videos(&contract).await;
    media::datasets(&contract).await;
    media::uploads(&contract).await;
    media::buckets(&contract).await;
    models::active_learning(&contract).await;
    models::automated_labeling(&contract).await;
    models::inference(&contract).await;
    projects::workspaces(&contract).await;
    projects::projects(&contract).await;
    projects::exports(&contract).await;
    let faults = contract.faults.into_inner().unwrap();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[tokio::test]
#[ignore = "needs the validator that `cargo xtask contract` starts"]
async fn wrong_requests_are_refused() {
    let contract = Contract::new();
    let images = contract.client.images();
    contract
        .refused(
            "a number that is none",
            images.list(PROJECT).with_query("limit", "many"),
        )
        .await;
    contract
        .refused(
            "a state that is none",
            images.list(PROJECT).image_status(["LOST".into()]),
        )
        .await;
    let attributes = contract.client.attributes();
    let wrong = body(r#"{"name": "Color", "type": "LOST", "values": [{"value": "red"}]}"#);
    contract
        .refused("a type that is none", attributes.create(PROJECT, &wrong))
        .await;
    let many = list(&format!(
        "[{}]",
        vec![r#"{"tag_class_id": "7d1c2f0a-52c3-4c6e-9a55-0c5b8e0f1a05"}"#; 101].join(",")
    ));
    contract
        .refused(
            "more items than allowed",
            images.add_tags(PROJECT, IMAGE, &many),
        )
        .await;
}
