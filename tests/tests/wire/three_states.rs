//! A field that is optional and nullable has three states in a request: left as it is, cleared, set.

use clientsmith_tests::server::Reply;
use hasty_api::{Field, types};
use uuid::{Uuid, uuid};

use crate::exchange::{Exchange, PROJECT, in_project, moment};

const IMAGE_ID: Uuid = uuid!("497f6eca-6276-4993-bfeb-53cbbbba6f08");
const IMAGE: &str = r#"{
    "dataset_id": "8c4c51f1-f6f3-43bc-b65d-7415e8ef22c0",
    "id": "497f6eca-6276-4993-bfeb-53cbbbba6f08",
    "name": "img_001.jpg"
}"#;

#[tokio::test]
async fn a_patch_leaves_clears_or_sets() {
    let dataset = uuid!("e0144edc-c824-417c-bf1b-b3f66baa97d3");
    let nothing: Option<Uuid> = None;
    let patches = [
        (types::MediaPatch::new(), "{}"),
        (types::MediaPatch::default(), "{}"),
        (
            types::MediaPatch::new().filename("a.jpg"),
            r#"{"filename": "a.jpg"}"#,
        ),
        (
            types::MediaPatch::new().filename(Field::Null),
            r#"{"filename": null}"#,
        ),
        (types::MediaPatch::new().filename(Field::Absent), "{}"),
        (
            types::MediaPatch::new().filename("").dataset_id(nothing),
            r#"{"filename": "", "dataset_id": null}"#,
        ),
        (
            types::MediaPatch::new().dataset_id(Some(dataset)),
            r#"{"dataset_id": "e0144edc-c824-417c-bf1b-b3f66baa97d3"}"#,
        ),
        (
            types::MediaPatch::new()
                .filename("a.jpg")
                .filename(Field::Absent)
                .dataset_id(Field::Null),
            r#"{"dataset_id": null}"#,
        ),
    ];
    for (patch, body) in patches {
        let exchange = Exchange::new(Reply::json(200, IMAGE)).await;
        let outcome = exchange
            .client()
            .images()
            .update(PROJECT, IMAGE_ID, &patch)
            .await;
        exchange.expect_sent(
            "PATCH",
            in_project!("/images/497f6eca-6276-4993-bfeb-53cbbbba6f08"),
            Some(body),
        );
        outcome.expect("an image");
    }
}

#[tokio::test]
async fn a_put_leaves_clears_or_sets_numbers_booleans_ids_and_enumerations() {
    let class = types::LabelClassWrite::new("car")
        .description(Field::Null)
        .color("#00ff00")
        .norder(Field::Null)
        .parent_id(Field::Null)
        .use_description_as_prompt(Field::Null);
    let exchange = Exchange::new(Reply::json(
        200,
        r#"{"id": "497f6eca-6276-4993-bfeb-53cbbbba6f08", "name": "car"}"#,
    ))
    .await;
    let outcome = exchange
        .client()
        .label_classes()
        .update(PROJECT, IMAGE_ID, &class)
        .await;
    let body = r##"{
        "name": "car", "description": null, "color": "#00ff00", "norder": null, "parent_id": null,
        "use_description_as_prompt": null
    }"##;
    exchange.expect_sent(
        "PUT",
        in_project!("/label_classes/497f6eca-6276-4993-bfeb-53cbbbba6f08"),
        Some(body),
    );
    outcome.expect("a label class");

    let attribute = types::AttributeWrite::new("Color", types::AttributeType::Text, vec![])
        .default(Field::Null)
        .min(0.0)
        .max(Field::Null)
        .prediction_type(Field::Null)
        .prediction_model(types::PredictionModel::Gemini2_0Flash);
    let reply = r#"{"id": "497f6eca-6276-4993-bfeb-53cbbbba6f08", "name": "Color", "type": "TEXT", "values": []}"#;
    let exchange = Exchange::new(Reply::json(200, reply)).await;
    let outcome = exchange
        .client()
        .attributes()
        .update(PROJECT, IMAGE_ID, &attribute)
        .await;
    let body = r#"{
        "name": "Color", "type": "TEXT", "default": null, "min": 0, "max": null,
        "prediction_type": null, "prediction_model": "gemini-2.0-flash", "values": []
    }"#;
    exchange.expect_sent(
        "PUT",
        in_project!("/attributes/497f6eca-6276-4993-bfeb-53cbbbba6f08"),
        Some(body),
    );
    outcome.expect("an attribute");
}

#[tokio::test]
async fn arrays_and_moments_have_three_states_too() {
    let export = types::ExportCreate::new(types::ExportFormat::Yolo)
        .status_start_time(Field::Null)
        .semantic_format(Field::Null)
        .labels_order(Field::Null);
    let started = r#"{"id": "43b9cd34-7e2b-401e-9df2-6594d8893379"}"#;
    let exchange = Exchange::new(Reply::json(200, started)).await;
    let outcome = exchange.client().exports().create(PROJECT, &export).await;
    let body = r#"{"format": "yolo", "status_start_time": null, "semantic_format": null, "labels_order": null}"#;
    exchange.expect_sent("POST", in_project!("/exports"), Some(body));
    outcome.expect("a job");

    let export = export
        .status_start_time(moment("2024-02-29T12:00:00+02:00"))
        .labels_order(vec![])
        .semantic_format(Field::Absent);
    let exchange = Exchange::new(Reply::json(200, started)).await;
    let outcome = exchange.client().exports().create(PROJECT, &export).await;
    let body = r#"{"format": "yolo", "status_start_time": "2024-02-29T12:00:00+02:00", "labels_order": []}"#;
    exchange.expect_sent("POST", in_project!("/exports"), Some(body));
    outcome.expect("a job");

    let label = types::LabelCreate::new()
        .bbox(Field::Null)
        .polygon(Field::Null)
        .z_index(0)
        .keypoints(vec![]);
    let exchange = Exchange::new(Reply::json(200, r#"{"meta": {"total": 0}, "items": []}"#)).await;
    let outcome = exchange
        .client()
        .labels()
        .create(PROJECT, IMAGE_ID, &[label])
        .await;
    let body = r#"[{"bbox": null, "polygon": null, "z_index": 0, "keypoints": []}]"#;
    exchange.expect_sent(
        "POST",
        in_project!("/images/497f6eca-6276-4993-bfeb-53cbbbba6f08/labels"),
        Some(body),
    );
    outcome.expect("a batch");
}
