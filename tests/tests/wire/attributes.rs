//! Attributes, their links to label classes, and the values that labels of an image have for them.

use clientsmith_tests::json_text::{array, page};
use hasty_api::types::{
    self, AttributeSubjectType, AttributeType, AttributeValue, PredictionModel, PredictionType,
};
use uuid::{Uuid, uuid};

use crate::exchange::{PROJECT, id, in_project};

const IMAGE: Uuid = uuid!("84c230fd-5520-4984-8119-37365b66fd80");
const ATTRIBUTE_ID: Uuid = uuid!("a128136f-670e-41d6-8329-cb8d9608d7af");

const ATTRIBUTE: &str = r#"{
    "id": "497f6eca-6276-4993-bfeb-53cbbbba6f08",
    "is_required": false,
    "name": "Color",
    "type": "MULTIPLE-SELECTION",
    "subject_type": "SEGMENT",
    "default": "red",
    "description": "Color of the label",
    "min": 0,
    "max": 10.5,
    "norder": 3.25,
    "class_count": 7,
    "prediction_type": "llm",
    "prediction_model": "gemini-2.0-flash",
    "prediction_prompt": "Which color?",
    "values": [{"id": "3637334b-1584-4941-ba7d-7018635858b9", "value": "red"}]
}"#;

const BARE_ATTRIBUTE: &str = r#"{
    "id": "497f6eca-6276-4993-bfeb-53cbbbba6f08",
    "name": "Weight",
    "type": "FLOAT",
    "values": []
}"#;

const VALUE: &str = r#"{
    "id": "497f6eca-6276-4993-bfeb-53cbbbba6f08",
    "label_id": "03e7493c-608b-4c34-83b8-041808788ef3",
    "name": "Color",
    "type": "SELECTION",
    "description": "Color of the label",
    "value": "3637334b-1584-4941-ba7d-7018635858b9"
}"#;

const LINK: &str = r#"{
    "attribute_id": "a128136f-670e-41d6-8329-cb8d9608d7af",
    "class_id": "3637334b-1584-4941-ba7d-7018635858b9",
    "attribute_order": 12.5,
    "class_order": 3
}"#;

/// A request with all fields of an attribute.
fn whole() -> types::AttributeWrite {
    types::AttributeWrite::new(
        "Color",
        AttributeType::MultipleSelection,
        vec![
            types::AttributeLov::new("red").id(id("3637334b-1584-4941-ba7d-7018635858b9")),
            types::AttributeLov::new("blue"),
        ],
    )
    .is_required(true)
    .subject_type(AttributeSubjectType::Segment)
    .default("red")
    .description("Color of the label")
    .min(0.0)
    .max(10.5)
    .norder(2.0)
    .prediction_type(PredictionType::Ocr)
    .prediction_model(PredictionModel::Gemini2_0FlashLite)
    .prediction_prompt("Which color?")
}

const WHOLE: &str = r#"{
    "is_required": true,
    "name": "Color",
    "type": "MULTIPLE-SELECTION",
    "subject_type": "SEGMENT",
    "default": "red",
    "description": "Color of the label",
    "min": 0,
    "max": 10.5,
    "norder": 2,
    "prediction_type": "ocr",
    "prediction_model": "gemini-2.0-flash-lite",
    "prediction_prompt": "Which color?",
    "values": [{"id": "3637334b-1584-4941-ba7d-7018635858b9", "value": "red"}, {"value": "blue"}]
}"#;

operations! {
    list_attributes {
        all {
            call(client): client.attributes().list(PROJECT).offset(200).limit(100);
            sends: GET in_project!("/attributes?offset=200&limit=100");
            reply: 200 page(ATTRIBUTE);
            check(attributes): {
                assert_eq!((attributes.meta.total, attributes.meta.limit), (1, Some(100)));
                let attribute = &attributes.items[0];
                assert_eq!(attribute.name, "Color");
                assert_eq!(attribute.r#type, AttributeType::MultipleSelection);
                assert_eq!(attribute.subject_type, Some(AttributeSubjectType::Segment));
                assert_eq!((attribute.min, attribute.max, attribute.norder), (Some(0.0), Some(10.5), Some(3.25)));
                assert_eq!(attribute.class_count, Some(7));
                assert_eq!(attribute.prediction_model, Some(PredictionModel::Gemini2_0Flash));
                assert_eq!(attribute.values[0].value, "red");
            }
        }
        fewest {
            call(client): client.attributes().list(PROJECT);
            sends: GET in_project!("/attributes");
            reply: 200 r#"{"meta": {"total": 0}, "items": []}"#;
            check(attributes): {
                assert_eq!((attributes.meta.total, attributes.meta.object), (0, None));
                assert_eq!(attributes.items.len(), 0);
            }
        }
    }

    create_attribute {
        all {
            call(client): client.attributes().create(PROJECT, &whole()).offset(0).limit(1);
            sends: POST in_project!("/attributes?offset=0&limit=1"), WHOLE;
            reply: 200 ATTRIBUTE;
            check(attribute): {
                assert_eq!(attribute.id, id("497f6eca-6276-4993-bfeb-53cbbbba6f08"));
                assert_eq!(attribute.default.as_deref(), Some("red"));
                assert_eq!(attribute.prediction_type, Some(PredictionType::Llm));
            }
        }
        fewest {
            call(client): client.attributes().create(
                PROJECT,
                &types::AttributeWrite::new("Weight", AttributeType::Float, vec![]),
            );
            sends: POST in_project!("/attributes"), r#"{"name": "Weight", "type": "FLOAT", "values": []}"#;
            reply: 200 BARE_ATTRIBUTE;
            check(attribute): {
                assert_eq!((attribute.name.as_str(), attribute.r#type), ("Weight", AttributeType::Float));
                assert_eq!((attribute.is_required, attribute.min, attribute.values.len()), (None, None, 0));
            }
        }
    }

    update_attribute {
        all {
            call(client): client.attributes().update(PROJECT, ATTRIBUTE_ID, &whole());
            sends: PUT in_project!("/attributes/a128136f-670e-41d6-8329-cb8d9608d7af"), WHOLE;
            reply: 200 ATTRIBUTE;
            check(attribute): {
                assert_eq!(attribute.description.as_deref(), Some("Color of the label"));
                assert_eq!(attribute.values[0].id, Some(id("3637334b-1584-4941-ba7d-7018635858b9")));
            }
        }
        fewest {
            call(client): client.attributes().update(
                PROJECT,
                ATTRIBUTE_ID,
                &types::AttributeWrite::new("", AttributeType::Bool, vec![]),
            );
            sends: PUT in_project!("/attributes/a128136f-670e-41d6-8329-cb8d9608d7af"),
                r#"{"name": "", "type": "BOOL", "values": []}"#;
            reply: 200 BARE_ATTRIBUTE;
            check(attribute): { assert_eq!(attribute.class_count, None); }
        }
    }

    delete_attribute {
        all {
            call(client): client.attributes().delete(PROJECT, ATTRIBUTE_ID);
            sends: DELETE in_project!("/attributes/a128136f-670e-41d6-8329-cb8d9608d7af");
            reply: 204;
        }
        fewest {
            call(client): client.attributes().delete(PROJECT, PROJECT);
            sends: DELETE in_project!("/attributes/17a4fab4-c59c-4031-9cb5-41fccb5b054c");
            reply: 204;
        }
    }

    list_image_attributes {
        all {
            call(client): client.attributes().list_for_image(PROJECT, IMAGE).offset(1).limit(2);
            sends: GET in_project!("/images/84c230fd-5520-4984-8119-37365b66fd80/attributes?offset=1&limit=2");
            reply: 200 page(VALUE);
            check(values): {
                let value = &values.items[0];
                assert_eq!(value.label_id, id("03e7493c-608b-4c34-83b8-041808788ef3"));
                assert_eq!(value.r#type, Some(AttributeType::Selection));
                assert_eq!(value.value, Some(AttributeValue::String("3637334b-1584-4941-ba7d-7018635858b9".to_owned())));
            }
        }
        fewest {
            call(client): client.attributes().list_for_image(PROJECT, IMAGE);
            sends: GET in_project!("/images/84c230fd-5520-4984-8119-37365b66fd80/attributes");
            reply: 200 r#"{"meta": {"total": 2}, "items": [
                {"id": "497f6eca-6276-4993-bfeb-53cbbbba6f08", "label_id": "03e7493c-608b-4c34-83b8-041808788ef3", "value": null},
                {"id": "497f6eca-6276-4993-bfeb-53cbbbba6f08", "label_id": "03e7493c-608b-4c34-83b8-041808788ef3", "value": ["a", "b"]}
            ]}"#;
            check(values): {
                assert_eq!(values.items[0].value, None);
                assert_eq!(values.items[1].value, Some(AttributeValue::StringArray(vec!["a".to_owned(), "b".to_owned()])));
            }
        }
    }

    set_image_attributes {
        all {
            call(client): client.attributes().set_for_image(PROJECT, IMAGE, &[
                item(Some(AttributeValue::String("red".to_owned()))),
                item(Some(AttributeValue::Number(4.0))),
                item(Some(AttributeValue::Number(0.5))),
                item(Some(AttributeValue::Boolean(true))),
                item(Some(AttributeValue::StringArray(vec!["a".to_owned()]))),
                item(None),
            ]);
            sends: POST in_project!("/images/84c230fd-5520-4984-8119-37365b66fd80/attributes"), r#"[
                {"id": "497f6eca-6276-4993-bfeb-53cbbbba6f08", "label_id": "03e7493c-608b-4c34-83b8-041808788ef3", "value": "red"},
                {"id": "497f6eca-6276-4993-bfeb-53cbbbba6f08", "label_id": "03e7493c-608b-4c34-83b8-041808788ef3", "value": 4},
                {"id": "497f6eca-6276-4993-bfeb-53cbbbba6f08", "label_id": "03e7493c-608b-4c34-83b8-041808788ef3", "value": 0.5},
                {"id": "497f6eca-6276-4993-bfeb-53cbbbba6f08", "label_id": "03e7493c-608b-4c34-83b8-041808788ef3", "value": true},
                {"id": "497f6eca-6276-4993-bfeb-53cbbbba6f08", "label_id": "03e7493c-608b-4c34-83b8-041808788ef3", "value": ["a"]},
                {"id": "497f6eca-6276-4993-bfeb-53cbbbba6f08", "label_id": "03e7493c-608b-4c34-83b8-041808788ef3", "value": null}
            ]"#;
            reply: 200 array(VALUE);
            check(values): {
                assert_eq!(values.len(), 1);
                assert_eq!(values[0].name.as_deref(), Some("Color"));
            }
        }
        fewest {
            call(client): client.attributes().set_for_image(PROJECT, IMAGE, &[]);
            sends: POST in_project!("/images/84c230fd-5520-4984-8119-37365b66fd80/attributes"), "[]";
            reply: 200 r#"[
                {"id": "497f6eca-6276-4993-bfeb-53cbbbba6f08", "label_id": "03e7493c-608b-4c34-83b8-041808788ef3", "value": 4},
                {"id": "497f6eca-6276-4993-bfeb-53cbbbba6f08", "label_id": "03e7493c-608b-4c34-83b8-041808788ef3", "value": false}
            ]"#;
            check(values): {
                assert_eq!(values[0].value, Some(AttributeValue::Number(4.0)));
                assert_eq!(values[1].value, Some(AttributeValue::Boolean(false)));
            }
        }
    }

    list_labels_attributes {
        all {
            call(client): client.attributes().list_for_labels(PROJECT, IMAGE, &[
                id("497f6eca-6276-4993-bfeb-53cbbbba6f08"),
                id("03e7493c-608b-4c34-83b8-041808788ef3"),
            ]);
            sends: POST in_project!("/images/84c230fd-5520-4984-8119-37365b66fd80/labels_attributes"),
                r#"["497f6eca-6276-4993-bfeb-53cbbbba6f08", "03e7493c-608b-4c34-83b8-041808788ef3"]"#;
            reply: 200 r#"[{
                "id": "497f6eca-6276-4993-bfeb-53cbbbba6f08",
                "is_required": false,
                "name": "Color",
                "type": "MULTIPLE-SELECTION",
                "description": "Color of the label",
                "norder": 1.5,
                "is_conflicting": true
            }]"#;
            check(attributes): {
                assert_eq!(attributes[0].r#type, Some(AttributeType::MultipleSelection));
                assert_eq!((attributes[0].norder, attributes[0].is_conflicting), (Some(1.5), Some(true)));
            }
        }
        fewest {
            call(client): client.attributes().list_for_labels(PROJECT, IMAGE, &[]);
            sends: POST in_project!("/images/84c230fd-5520-4984-8119-37365b66fd80/labels_attributes"), "[]";
            reply: 200 r#"[{"id": "497f6eca-6276-4993-bfeb-53cbbbba6f08"}]"#;
            check(attributes): { assert_eq!(attributes[0].is_conflicting, None); }
        }
    }

    list_attribute_classes {
        all {
            call(client): client.attributes().list_classes(PROJECT);
            sends: GET in_project!("/attributes_classes");
            reply: 200 array(LINK);
            check(links): {
                assert_eq!(links[0].attribute_id, "a128136f-670e-41d6-8329-cb8d9608d7af");
                assert_eq!((links[0].attribute_order, links[0].class_order), (12.5, 3.0));
            }
        }
        fewest {
            call(client): client.attributes().list_classes(PROJECT);
            sends: GET in_project!("/attributes_classes");
            reply: 200 "[]";
            check(links): { assert_eq!(links.len(), 0); }
        }
    }

    set_attribute_classes {
        all {
            call(client): client.attributes().set_classes(PROJECT, &[
                types::AttributeClass::new(
                    "a128136f-670e-41d6-8329-cb8d9608d7af",
                    "3637334b-1584-4941-ba7d-7018635858b9",
                    12.5,
                    3.0,
                ),
            ]);
            sends: POST in_project!("/attributes_classes"), array(LINK).as_str();
            reply: 200 array(LINK);
            check(links): { assert_eq!(links[0].class_id, "3637334b-1584-4941-ba7d-7018635858b9"); }
        }
        fewest {
            call(client): client.attributes().set_classes(PROJECT, &[]);
            sends: POST in_project!("/attributes_classes"), "[]";
            reply: 200 "[]";
            check(links): { assert_eq!(links.len(), 0); }
        }
    }

    delete_attribute_classes {
        all {
            call(client): client.attributes().delete_classes(PROJECT, &[
                types::AttributeClassKey::new(
                    "a128136f-670e-41d6-8329-cb8d9608d7af",
                    "3637334b-1584-4941-ba7d-7018635858b9",
                ),
            ]);
            sends: DELETE in_project!("/attributes_classes"), r#"[{
                "attribute_id": "a128136f-670e-41d6-8329-cb8d9608d7af",
                "class_id": "3637334b-1584-4941-ba7d-7018635858b9"
            }]"#;
            reply: 204;
        }
        fewest {
            call(client): client.attributes().delete_classes(PROJECT, &[]);
            sends: DELETE in_project!("/attributes_classes"), "[]";
            reply: 204;
        }
    }
}

/// One value to set.
fn item(value: Option<AttributeValue>) -> types::LabelAttributeBatchItem {
    types::LabelAttributeBatchItem::new(
        id("497f6eca-6276-4993-bfeb-53cbbbba6f08"),
        id("03e7493c-608b-4c34-83b8-041808788ef3"),
        value,
    )
}
