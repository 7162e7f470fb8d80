//! Labels, and the attribute values of one label.

use clientsmith_tests::json_text::{batch, page};
use hasty_api::types::{self, AttributeType, AttributeValue, DefaultStatus, ToolUsed};
use uuid::{Uuid, uuid};

use crate::exchange::{PROJECT, id, in_project, moment};

const IMAGE: Uuid = uuid!("84c230fd-5520-4984-8119-37365b66fd80");
const LABEL_ID: Uuid = uuid!("4c9b159b-4b59-492e-a8f9-ca4c2c5cf3ad");
const ATTRIBUTE: Uuid = uuid!("a128136f-670e-41d6-8329-cb8d9608d7af");

const LABEL: &str = r#"{
    "bbox": [1, 2, 30, 40],
    "class_id": "54be4e86-fa06-45fc-86e5-29ea93b4a062",
    "created_on": "2019-08-24T14:15:22Z",
    "external_event_id": "event",
    "image_id": "84c230fd-5520-4984-8119-37365b66fd80",
    "id": "497f6eca-6276-4993-bfeb-53cbbbba6f08",
    "mask": [10, 2, 20, 4, 25, 3],
    "polygon": [[1, 2], [30, 2], [30, 40], [1, 2]],
    "tool_used": "polygon",
    "updated_on": "2019-08-25T14:15:22Z",
    "labeled_by": "4c9b159b-4b59-492e-a8f9-ca4c2c5cf3ad",
    "z_index": 5,
    "border_mask": "border",
    "external_id": "mine",
    "keypoints": [{
        "id": "7fed7ec5-675a-4287-9ca2-4cfe6a6c422c",
        "keypoint_class_id": "a128136f-670e-41d6-8329-cb8d9608d7af",
        "x": 201,
        "y": 322,
        "visible": true,
        "created_by": "cea1f108-4049-446e-819a-822e7b652049",
        "create_date": "2019-08-24T14:15:22Z",
        "updated_by": "cea1f108-4049-446e-819a-822e7b652049",
        "update_date": "2019-08-24T14:15:22Z",
        "norder": 3.25
    }],
    "error": "too small"
}"#;

const BARE_LABEL: &str = r#"{"id": "497f6eca-6276-4993-bfeb-53cbbbba6f08"}"#;

const PROJECT_LABEL: &str = r#"{
    "id": "497f6eca-6276-4993-bfeb-53cbbbba6f08",
    "url": "https://api.example.com/labels/497f6eca",
    "class_id": "54be4e86-fa06-45fc-86e5-29ea93b4a062",
    "class_name": "car",
    "created_by": "ee824cad-d7a6-4f48-87dc-e8461a9201c4",
    "dataset_id": "8c4c51f1-f6f3-43bc-b65d-7415e8ef22c0",
    "dataset_name": "train",
    "image_id": "84c230fd-5520-4984-8119-37365b66fd80",
    "image_name": "img_001.jpg",
    "image_status": "a status of our own",
    "status_id": "4e949624-bc0f-439e-a9f2-25a23938812c",
    "labeled_by": "d1baf75c-3904-4830-9976-a52804316218",
    "bbox": [0],
    "polygon": [[0, 1]],
    "mask": [10, 2, 20, 4, 25, 3],
    "keypoint_schema_id": "8dcb1aaa-76c6-40e3-8964-63da95dfdd29",
    "keypoint_schema_name": "Person",
    "keypoint_classes": [{"name": "Right Hip"}],
    "keypoint_labels": [{"keypoint_class_id": "a128136f-670e-41d6-8329-cb8d9608d7af", "x": 1, "y": 2}],
    "thumb_bbox": [0, 0, 120, 301],
    "thumb_polygon": [[0, 0], [1, 1]],
    "thumb_mask": [10, 2],
    "thumb_keypoints": [[3, 4]]
}"#;

const VALUE: &str = r#"{
    "id": "a128136f-670e-41d6-8329-cb8d9608d7af",
    "label_id": "4c9b159b-4b59-492e-a8f9-ca4c2c5cf3ad",
    "name": "Weight",
    "type": "FLOAT",
    "description": "In kilograms",
    "value": 12.5
}"#;

/// The fields that a request for a new label and one for an old one share, all set.
const WHOLE_BEFORE_MASK: &str = r#"
    "bbox": [1, 2, 30, 40],
    "class_id": "54be4e86-fa06-45fc-86e5-29ea93b4a062",
    "external_event_id": "event","#;
const WHOLE_FROM_MASK: &str = r#"
    "mask": [10, 2, 20, 4, 25, 3],
    "polygon": [[1, 2], [30, 2], [30, 40], [1, 2]],
    "tool_used": "import",
    "z_index": -1,
    "border_mask": "border",
    "external_id": "mine",
    "keypoints": [{
        "id": "7fed7ec5-675a-4287-9ca2-4cfe6a6c422c",
        "keypoint_class_id": "a128136f-670e-41d6-8329-cb8d9608d7af",
        "x": 201,
        "y": 322,
        "visible": false,
        "norder": 3.25
    }, {"keypoint_class_id": "a128136f-670e-41d6-8329-cb8d9608d7af", "x": 0, "y": 0}]"#;

fn polygon() -> Vec<Vec<i64>> {
    vec![vec![1, 2], vec![30, 2], vec![30, 40], vec![1, 2]]
}

fn keypoints() -> Vec<types::LabelKeypoint> {
    let keypoint = types::LabelKeypoint::new(ATTRIBUTE, 201, 322)
        .id(id("7fed7ec5-675a-4287-9ca2-4cfe6a6c422c"))
        .visible(false)
        .norder(3.25);
    vec![keypoint, types::LabelKeypoint::new(ATTRIBUTE, 0, 0)]
}

operations! {
    list_labels {
        all {
            call(client): client
                .labels()
                .list(PROJECT)
                .offset(100)
                .limit(50)
                .label_class_id(id("54be4e86-fa06-45fc-86e5-29ea93b4a062"))
                .labeler_id(id("d1baf75c-3904-4830-9976-a52804316218"))
                .dataset_id([id("8c4c51f1-f6f3-43bc-b65d-7415e8ef22c0"), id("e34f765f-cfd9-4789-a575-e083f35ac3f6")])
                .image_status([DefaultStatus::InProgress, DefaultStatus::AutoLabelled])
                .status_id([id("4e949624-bc0f-439e-a9f2-25a23938812c")])
                .image_name("img 001")
                .label_author_id(id("ee824cad-d7a6-4f48-87dc-e8461a9201c4"))
                .attribute_id(ATTRIBUTE)
                .attribute_value("3637334b-1584-4941-ba7d-7018635858b9")
                .bool_attribute_value(true)
                .created_since("30m")
                .updated_since("3d")
                .no_attribute_id(id("497f6eca-6276-4993-bfeb-53cbbbba6f08"))
                .keypoint_schema_id(id("eae3bc2a-0205-462c-a992-abf2e38e5138"))
                .add_keypoint_data(true);
            sends: GET in_project!(
                "/labels?offset=100&limit=50&label_class_id=54be4e86-fa06-45fc-86e5-29ea93b4a062",
                "&labeler_id=d1baf75c-3904-4830-9976-a52804316218",
                "&dataset_id=8c4c51f1-f6f3-43bc-b65d-7415e8ef22c0,e34f765f-cfd9-4789-a575-e083f35ac3f6",
                "&image_status=IN%20PROGRESS,AUTO-LABELLED&status_id=4e949624-bc0f-439e-a9f2-25a23938812c",
                "&image_name=img%20001&label_author_id=ee824cad-d7a6-4f48-87dc-e8461a9201c4",
                "&attribute_id=a128136f-670e-41d6-8329-cb8d9608d7af",
                "&attribute_value=3637334b-1584-4941-ba7d-7018635858b9&bool_attribute_value=true",
                "&created_since=30m&updated_since=3d&no_attribute_id=497f6eca-6276-4993-bfeb-53cbbbba6f08",
                "&keypoint_schema_id=eae3bc2a-0205-462c-a992-abf2e38e5138&add_keypoint_data=true",
            );
            reply: 200 page(PROJECT_LABEL);
            check(labels): {
                let label = &labels.items[0];
                assert_eq!((label.class_name.as_deref(), label.dataset_name.as_deref()), (Some("car"), Some("train")));
                assert_eq!(label.image_status.as_deref(), Some("a status of our own"));
                assert_eq!(label.bbox.as_deref(), Some(&[0][..]));
                assert_eq!(label.polygon, Some(vec![vec![0, 1]]));
                assert_eq!(label.keypoint_labels.as_ref().expect("keypoints")[0].y, 2);
                assert_eq!(label.thumb_bbox.as_deref(), Some(&[0, 0, 120, 301][..]));
                assert_eq!(label.thumb_keypoints, Some(vec![vec![3, 4]]));
            }
        }
        fewest {
            call(client): client.labels().list(PROJECT);
            sends: GET in_project!("/labels");
            reply: 200 page(BARE_LABEL);
            check(labels): { assert_eq!((labels.items[0].class_id, labels.items[0].mask.as_ref()), (None, None)); }
        }
    }

    get_label {
        all {
            call(client): client.labels().get(PROJECT, LABEL_ID).include_border_mask(true).include_errors(true);
            sends: GET in_project!(
                "/labels/4c9b159b-4b59-492e-a8f9-ca4c2c5cf3ad?include_border_mask=true&include_errors=true",
            );
            reply: 200 LABEL;
            check(label): {
                assert_eq!(label.id, id("497f6eca-6276-4993-bfeb-53cbbbba6f08"));
                assert_eq!(label.bbox, Some(vec![1, 2, 30, 40]));
                assert_eq!(label.mask, Some(vec![10, 2, 20, 4, 25, 3]));
                assert_eq!(label.polygon, Some(polygon()));
                assert_eq!((label.tool_used, label.z_index), (Some(ToolUsed::Polygon), Some(5)));
                assert_eq!(label.updated_on, Some(moment("2019-08-25T14:15:22Z")));
                assert_eq!(label.error.as_deref(), Some("too small"));
                let keypoint = &label.keypoints.as_ref().expect("keypoints")[0];
                assert_eq!((keypoint.x, keypoint.y), (201, 322));
            }
        }
        fewest {
            call(client): client.labels().get(PROJECT, LABEL_ID);
            sends: GET in_project!("/labels/4c9b159b-4b59-492e-a8f9-ca4c2c5cf3ad");
            reply: 200 BARE_LABEL;
            check(label): { assert_eq!((label.bbox, label.tool_used, label.keypoints.is_some()), (None, None, false)); }
        }
    }

    list_image_labels {
        all {
            call(client): client
                .labels()
                .list_for_image(PROJECT, IMAGE)
                .offset(0)
                .limit(100)
                .include_border_mask(false)
                .include_errors(true);
            sends: GET in_project!(
                "/images/84c230fd-5520-4984-8119-37365b66fd80/labels",
                "?offset=0&limit=100&include_border_mask=false&include_errors=true",
            );
            reply: 200 page(LABEL);
            check(labels): {
                assert_eq!(labels.meta.total, 1);
                assert_eq!(labels.items[0].class_id, Some(id("54be4e86-fa06-45fc-86e5-29ea93b4a062")));
                assert_eq!(labels.items[0].image_id, Some(IMAGE));
            }
        }
        fewest {
            call(client): client.labels().list_for_image(PROJECT, IMAGE);
            sends: GET in_project!("/images/84c230fd-5520-4984-8119-37365b66fd80/labels");
            reply: 200 page(BARE_LABEL);
            check(labels): { assert_eq!(labels.items[0].created_on, None); }
        }
    }

    create_image_labels {
        all {
            call(client): client.labels().create(PROJECT, IMAGE, &[
                types::LabelCreate::new()
                    .bbox(vec![1, 2, 30, 40])
                    .class_id(id("54be4e86-fa06-45fc-86e5-29ea93b4a062"))
                    .external_event_id("event")
                    .mask(vec![10, 2, 20, 4, 25, 3])
                    .polygon(polygon())
                    .tool_used(ToolUsed::Import)
                    .z_index(-1)
                    .border_mask("border")
                    .external_id("mine")
                    .keypoints(keypoints()),
                types::LabelCreate::new(),
            ]);
            sends: POST in_project!("/images/84c230fd-5520-4984-8119-37365b66fd80/labels"),
                format!("[{{{WHOLE_BEFORE_MASK}{WHOLE_FROM_MASK}}}, {{}}]").as_str();
            reply: 200 batch(LABEL);
            check(labels): {
                assert_eq!((labels.meta.total, labels.meta.object.as_deref()), (1, Some("batch")));
                assert_eq!(labels.items[0].border_mask.as_deref(), Some("border"));
            }
        }
        fewest {
            call(client): client.labels().create(PROJECT, IMAGE, &[]);
            sends: POST in_project!("/images/84c230fd-5520-4984-8119-37365b66fd80/labels"), "[]";
            reply: 200 batch(BARE_LABEL);
            check(labels): { assert_eq!(labels.items[0].error, None); }
        }
    }

    update_image_labels {
        all {
            call(client): client.labels().update(PROJECT, IMAGE, &[
                types::LabelUpdate::new(LABEL_ID)
                    .bbox(vec![1, 2, 30, 40])
                    .class_id(id("54be4e86-fa06-45fc-86e5-29ea93b4a062"))
                    .external_event_id("event")
                    .mask(vec![10, 2, 20, 4, 25, 3])
                    .polygon(polygon())
                    .tool_used(ToolUsed::Import)
                    .z_index(-1)
                    .border_mask("border")
                    .external_id("mine")
                    .keypoints(keypoints()),
                types::LabelUpdate::new(LABEL_ID),
            ]);
            sends: PUT in_project!("/images/84c230fd-5520-4984-8119-37365b66fd80/labels"),
                format!(
                    r#"[{{{WHOLE_BEFORE_MASK} "id": "{LABEL_ID}", {WHOLE_FROM_MASK}}}, {{"id": "{LABEL_ID}"}}]"#
                ).as_str();
            reply: 200 batch(LABEL);
            check(labels): { assert_eq!(labels.items[0].external_id.as_deref(), Some("mine")); }
        }
        fewest {
            call(client): client.labels().update(PROJECT, IMAGE, &[]);
            sends: PUT in_project!("/images/84c230fd-5520-4984-8119-37365b66fd80/labels"), "[]";
            reply: 200 r#"{"meta": {"total": 0}, "items": []}"#;
            check(labels): { assert_eq!((labels.meta.total, labels.items.len()), (0, 0)); }
        }
    }

    delete_image_labels {
        all {
            call(client): client.labels().delete(PROJECT, IMAGE, &[
                types::LabelRef::new(LABEL_ID),
                types::LabelRef::new(id("497f6eca-6276-4993-bfeb-53cbbbba6f08")),
            ]);
            sends: DELETE in_project!("/images/84c230fd-5520-4984-8119-37365b66fd80/labels"),
                r#"[{"id": "4c9b159b-4b59-492e-a8f9-ca4c2c5cf3ad"}, {"id": "497f6eca-6276-4993-bfeb-53cbbbba6f08"}]"#;
            reply: 204;
        }
        fewest {
            call(client): client.labels().delete(PROJECT, IMAGE, &[]);
            sends: DELETE in_project!("/images/84c230fd-5520-4984-8119-37365b66fd80/labels"), "[]";
            reply: 204;
        }
    }

    list_label_attributes {
        all {
            call(client): client.labels().list_attributes(PROJECT, LABEL_ID);
            sends: GET in_project!("/labels/4c9b159b-4b59-492e-a8f9-ca4c2c5cf3ad/attributes");
            reply: 200 batch(VALUE);
            check(values): {
                assert_eq!((values.items[0].id, values.items[0].label_id), (ATTRIBUTE, LABEL_ID));
                assert_eq!(values.items[0].r#type, Some(AttributeType::Float));
                assert_eq!(values.items[0].value, Some(AttributeValue::Number(12.5)));
            }
        }
        fewest {
            call(client): client.labels().list_attributes(PROJECT, LABEL_ID);
            sends: GET in_project!("/labels/4c9b159b-4b59-492e-a8f9-ca4c2c5cf3ad/attributes");
            reply: 200 r#"{"meta": {"total": 0}, "items": []}"#;
            check(values): { assert_eq!(values.items.len(), 0); }
        }
    }

    set_label_attribute {
        all {
            call(client): client.labels().set_attribute(
                PROJECT,
                LABEL_ID,
                ATTRIBUTE,
                &types::LabelAttributeWrite::new(Some(AttributeValue::StringArray(vec!["a".to_owned(), "b".to_owned()])))
                    .predicted_values(types::LabelAttributeWritePredictedValues::StringArray(vec!["c".to_owned()])),
            );
            sends: POST in_project!(
                "/labels/4c9b159b-4b59-492e-a8f9-ca4c2c5cf3ad/attributes/a128136f-670e-41d6-8329-cb8d9608d7af"
            ), r#"{"value": ["a", "b"], "predicted_values": ["c"]}"#;
            reply: 200 VALUE;
            check(value): { assert_eq!(value.description.as_deref(), Some("In kilograms")); }
        }
        fewest {
            call(client): client.labels().set_attribute(
                PROJECT,
                LABEL_ID,
                ATTRIBUTE,
                &types::LabelAttributeWrite::new(None),
            );
            sends: POST in_project!(
                "/labels/4c9b159b-4b59-492e-a8f9-ca4c2c5cf3ad/attributes/a128136f-670e-41d6-8329-cb8d9608d7af"
            ), r#"{"value": null}"#;
            reply: 200 r#"{
                "id": "a128136f-670e-41d6-8329-cb8d9608d7af",
                "label_id": "4c9b159b-4b59-492e-a8f9-ca4c2c5cf3ad",
                "value": null
            }"#;
            check(value): { assert_eq!((value.value, value.name), (None, None)); }
        }
    }
}

#[tokio::test]
async fn a_predicted_value_may_be_one_string() {
    use crate::exchange::Exchange;
    use clientsmith_tests::server::Reply;

    let exchange = Exchange::new(Reply::json(200, VALUE)).await;
    let body = types::LabelAttributeWrite::new(Some(AttributeValue::Boolean(false)))
        .predicted_values(types::LabelAttributeWritePredictedValues::String(
            "c".to_owned(),
        ));
    let outcome = exchange
        .client()
        .labels()
        .set_attribute(PROJECT, LABEL_ID, ATTRIBUTE, &body)
        .await;
    let target = in_project!(
        "/labels/4c9b159b-4b59-492e-a8f9-ca4c2c5cf3ad/attributes/a128136f-670e-41d6-8329-cb8d9608d7af"
    );
    exchange.expect_sent(
        "POST",
        target,
        Some(r#"{"value": false, "predicted_values": "c"}"#),
    );
    outcome.expect("a value");
}
