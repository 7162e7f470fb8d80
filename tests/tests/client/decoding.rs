//! Successes whose body is not what was promised, and bodies that a later version of the API may send.

use std::time::Duration;

use clientsmith_tests::json_text::compact;
use clientsmith_tests::server::Reply;
use hasty_api::runtime::json::to_vec;
use hasty_api::types::{self, AttributeValue, DefaultStatus};
use hasty_api::{Client, Error};

use crate::setting::{DATASET, KEY, PROJECT, THING, serve};

#[tokio::test]
async fn an_empty_success() {
    let (_server, client) = serve([Reply::empty(200)]).await;
    let error = client
        .images()
        .get(PROJECT, THING)
        .await
        .expect_err("an image was promised");
    assert!(error.is_decode() && !error.is_retryable(), "{error:?}");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(200));
    assert!(error.to_string().contains("empty"), "{error}");
}

#[tokio::test]
async fn a_page_for_people_as_success() {
    let page = "<html><head><title>Sign in</title></head></html>";
    let (_server, client) = serve([Reply::html(200, page)]).await;
    let error = client
        .images()
        .get(PROJECT, THING)
        .await
        .expect_err("an image was promised");
    assert!(error.is_decode());
    assert!(error.to_string().contains("Sign in"), "{error}");
    assert_eq!(
        error.raw_body().map(|body| &body[..]),
        Some(page.as_bytes())
    );
}

#[tokio::test]
async fn a_body_that_ends_too_early() {
    let (server, client) = serve([Reply::json(200, r#"{"id": "497f"#).truncated(30)]).await;
    let error = client
        .images()
        .get(PROJECT, THING)
        .without_retries()
        .await
        .expect_err("half an image");
    assert!(matches!(error, Error::Transport(_)), "{error:?}");
    assert!(error.is_retryable());

    server.then([
        Reply::json(200, DATASET).truncated(1),
        Reply::json(200, DATASET),
    ]);
    let dataset = client
        .datasets()
        .get(PROJECT, THING)
        .await
        .expect("the second answer is whole");
    assert_eq!(dataset.name, "train");
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn json_that_ends_too_early() {
    let (_server, client) = serve([Reply::json(
        200,
        r#"{"id": "497f6eca-6276-4993-bfeb-53cbbbba6f08", "na"#,
    )])
    .await;
    let error = client
        .datasets()
        .get(PROJECT, THING)
        .await
        .expect_err("half a dataset");
    assert!(error.is_decode(), "{error:?}");
}

#[tokio::test]
async fn a_wrong_type_deep_inside_is_named_by_its_path() {
    let reply = r#"{"meta": {"total": 2}, "items": [
        {"id": "497f6eca-6276-4993-bfeb-53cbbbba6f08", "name": "a", "dataset_id": "497f6eca-6276-4993-bfeb-53cbbbba6f08"},
        {"id": "497f6eca-6276-4993-bfeb-53cbbbba6f08", "name": "b", "dataset_id": "497f6eca-6276-4993-bfeb-53cbbbba6f08", "width": "wide"}
    ]}"#;
    let (_server, client) = serve([Reply::json(200, reply)]).await;
    let error = client
        .images()
        .list(PROJECT)
        .await
        .expect_err("a width is a number");
    assert!(error.is_decode());
    assert!(error.to_string().contains("items[1].width"), "{error}");
    let at = reply.find(r#""wide""#).expect("the fault is in the reply");
    assert!(error.to_string().contains(&format!("byte {at}")), "{error}");

    let reply = r#"[{"id": "497f6eca-6276-4993-bfeb-53cbbbba6f08", "name": "p", "type": "pose",
        "keypoint_classes": [{"name": "a"}, {"name": "b", "editor_x": true}]}]"#;
    let (_server, client) = serve([Reply::json(200, reply)]).await;
    let error = client
        .keypoint_schemas()
        .list(PROJECT)
        .await
        .expect_err("a position is a number");
    assert!(
        error
            .to_string()
            .contains("[0].keypoint_classes[1].editor_x"),
        "{error}"
    );
}

#[tokio::test]
async fn a_missing_key_is_named() {
    let reply = r#"{"meta": {"total": 1}, "items": [{"name": "train"}]}"#;
    let (_server, client) = serve([Reply::json(200, reply)]).await;
    let error = client
        .datasets()
        .list(PROJECT)
        .await
        .expect_err("a dataset has an id");
    let told = error.to_string();
    assert!(
        told.contains("items[0]") && told.contains("\"id\""),
        "{told}"
    );
}

#[tokio::test]
async fn an_unknown_value_of_an_enumeration_survives() {
    let reply = r#"{
        "dataset_id": "8c4c51f1-f6f3-43bc-b65d-7415e8ef22c0",
        "id": "497f6eca-6276-4993-bfeb-53cbbbba6f08",
        "name": "a.jpg",
        "health_status": "",
        "status": "IN \"QA\" é"
    }"#;
    let empty = r#"{"meta": {"total": 0}, "items": []}"#;
    let (server, client) = serve([Reply::json(200, reply), Reply::json(200, empty)]).await;
    let image = client
        .images()
        .get(PROJECT, THING)
        .await
        .expect("an unknown status is no fault");
    let status = image.status.clone().expect("a status");
    assert_eq!(status.as_str(), "IN \"QA\" é");
    assert!(matches!(status, DefaultStatus::Unknown(_)));
    assert_eq!(
        String::from_utf8(to_vec(&image)).expect("UTF-8"),
        compact(reply)
    );

    client
        .images()
        .list(PROJECT)
        .image_status([
            status,
            DefaultStatus::from("A,B"),
            DefaultStatus::from("DONE"),
        ])
        .await
        .expect("a list");
    let target = &server.requests()[1].target;
    assert_eq!(
        target.split_once('?').map(|(_, query)| query),
        Some("image_status=IN%20%22QA%22%20%C3%A9,A%2CB,DONE")
    );
    assert_eq!(DefaultStatus::from("DONE"), DefaultStatus::Done);
}

#[tokio::test]
async fn an_unknown_variant_of_a_union_keeps_its_json() {
    let reply = r#"{"meta": {"total": 1}, "items": [{
        "id": "497f6eca-6276-4993-bfeb-53cbbbba6f08",
        "label_id": "03e7493c-608b-4c34-83b8-041808788ef3",
        "value": {"from": 1, "to": [2, null]}
    }]}"#;
    let (_server, client) = serve([Reply::json(200, reply)]).await;
    let values = client
        .labels()
        .list_attributes(PROJECT, THING)
        .await
        .expect("an unknown kind of value is no fault");
    assert!(
        matches!(values.items[0].value, Some(AttributeValue::Unknown(_))),
        "{:?}",
        values.items[0].value
    );
    assert_eq!(
        String::from_utf8(to_vec(&values)).expect("UTF-8"),
        compact(reply)
    );
}

#[tokio::test]
async fn servers_may_add_keys_and_write_numbers_their_way() {
    let reply = r#"{
        "new": {"deep": [1, {"x": "}"}]}, "offset": 1.2e2, "offset2": 7
    }"#;
    let (_server, client) = serve([Reply::json(200, reply)]).await;
    let position = client
        .images()
        .get_offset(PROJECT, THING)
        .await
        .expect("120 in another form");
    assert_eq!(position.offset, 120);

    let reply = r#"{"id": "497f6eca-6276-4993-bfeb-53cbbbba6f08", "name": "first", "name": "last", "norder": 3}"#;
    let (_server, client) = serve([Reply::json(200, reply)]).await;
    let dataset = client
        .datasets()
        .get(PROJECT, THING)
        .await
        .expect("a dataset");
    assert_eq!((dataset.name.as_str(), dataset.norder), ("last", Some(3.0)));
}

#[tokio::test]
async fn null_is_tolerated_wherever_nothing_is_said() {
    let reply = r#"{
        "id": "497f6eca-6276-4993-bfeb-53cbbbba6f08", "bbox": null, "class_id": null, "created_on": null,
        "external_event_id": null, "image_id": null, "mask": null, "polygon": null, "tool_used": null,
        "updated_on": null, "labeled_by": null, "z_index": null, "border_mask": null, "external_id": null,
        "keypoints": null, "error": null
    }"#;
    let (_server, client) = serve([Reply::json(200, reply)]).await;
    let label = client
        .labels()
        .get(PROJECT, THING)
        .await
        .expect("a label of nulls");
    assert_eq!(
        (label.bbox, label.tool_used, label.created_on, label.error),
        (None, None, None, None)
    );
}

#[tokio::test]
async fn a_huge_body_is_refused() {
    let name = "x".repeat(10_000);
    let body = format!(r#"{{"id": "497f6eca-6276-4993-bfeb-53cbbbba6f08", "name": "{name}"}}"#);
    for reply in [
        Reply::json(200, body.clone()),
        Reply::json(200, body.clone()).chunked(512),
    ] {
        let (server, _) = serve([reply]).await;
        let client = Client::builder()
            .base_url(server.url())
            .api_key(KEY)
            .max_body_bytes(5_000)
            .build()
            .expect("a client");
        let error = client
            .datasets()
            .get(PROJECT, THING)
            .await
            .expect_err("more than allowed");
        assert!(matches!(error, Error::TooLarge(_)), "{error:?}");
        assert!(error.to_string().contains("5000"), "{error}");
    }
}

#[tokio::test]
async fn nesting_without_end_is_refused() {
    let reply = format!(
        r#"{{"id": "{THING}", "meta": {}"#,
        r#"{"a":"#.repeat(100_000)
    );
    let (_server, client) = serve([Reply::json(200, reply)]).await;
    let error = client
        .exports()
        .get(PROJECT, THING)
        .await
        .expect_err("too deep");
    assert!(error.is_decode(), "{error:?}");
}

#[tokio::test]
async fn a_server_that_never_answers() {
    let (server, client) = serve([Reply::silent()]).await;
    let error = client
        .images()
        .get(PROJECT, THING)
        .with_timeout(Duration::from_millis(200))
        .await
        .expect_err("no answer in time");
    assert!(matches!(error, Error::Timeout(_)), "{error:?}");
    assert!(error.is_timeout() && error.is_retryable() && !error.is_connect());
    assert_eq!(
        server.requests().len(),
        1,
        "a request that ran out of time is not sent again"
    );
}

#[tokio::test]
async fn a_body_where_none_is_promised_is_ignored() {
    let (_server, client) = serve([Reply::html(200, "<p>done</p>"), Reply::json(202, "{}")]).await;
    client
        .projects()
        .delete(PROJECT)
        .await
        .expect("any success is a success");
    let import = types::BucketImport::new(THING);
    client
        .buckets()
        .import(PROJECT, THING, &import)
        .await
        .expect("any success is a success");
}
