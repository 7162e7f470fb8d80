//! Models of a project and what they find in an image.

use clientsmith_tests::json_text::array;
use hasty_api::types;
use serde_json::json;
use uuid::{Uuid, uuid};

use crate::exchange::{PROJECT, id, in_project};

const UPLOAD: Uuid = uuid!("f2ef591b-135b-46fa-a604-3d4fda5bfbfb");

const LOADED: &str = r#"{"model_id": 42, "status": "LOADED"}"#;
const LOADING: &str = r#"{"status": "LOADING"}"#;

const DETECTED: &str = r#"{
    "bbox": [120, 80, 420, 360],
    "score": 0.93,
    "class_id": "3637334b-1584-4941-ba7d-7018635858b9"
}"#;

const SEGMENTED: &str = r#"{
    "bbox": [120, 80, 420, 360],
    "mask": [10, 2, 20, 4, 25, 3],
    "score": 1,
    "class_id": "3637334b-1584-4941-ba7d-7018635858b9"
}"#;

const BY_CLASS: &str = r#"{
    "bbox": [120, 80, 420, 360],
    "mask": [10, 2],
    "class_id": "3637334b-1584-4941-ba7d-7018635858b9"
}"#;

const PREDICTED: &str = r#"{
    "bbox": [120, 80, 420, 360],
    "attribute_id": "a128136f-670e-41d6-8329-cb8d9608d7af",
    "lov_ids": ["497f6eca-6276-4993-bfeb-53cbbbba6f08"]
}"#;

operations! {
    get_object_detector {
        all {
            call(client): client.inference().get_object_detector(PROJECT);
            sends: GET in_project!("/object_detector");
            reply: 200 LOADED;
            check(model): {
                assert_eq!((model.model_id, model.status.as_deref()), (Some(json!(42)), Some("LOADED")));
            }
        }
        fewest {
            call(client): client.inference().get_object_detector(PROJECT);
            sends: GET in_project!("/object_detector");
            reply: 200 LOADING;
            check(model): { assert_eq!((model.model_id, model.status.as_deref()), (None, Some("LOADING"))); }
        }
    }

    detect_objects {
        all {
            call(client): client.inference().detect_objects(
                PROJECT,
                &types::ObjectDetectionRequest::new(json!(42))
                    .upload_id(UPLOAD)
                    .confidence_threshold(0.25)
                    .max_detections_per_image(10),
            );
            sends: POST in_project!("/object_detection"), r#"{
                "model_id": 42,
                "upload_id": "f2ef591b-135b-46fa-a604-3d4fda5bfbfb",
                "confidence_threshold": 0.25,
                "max_detections_per_image": 10
            }"#;
            reply: 200 array(DETECTED);
            check(found): {
                assert_eq!(found[0].bbox, Some(vec![120, 80, 420, 360]));
                assert_eq!(found[0].score, Some(0.93));
                assert_eq!(found[0].class_id, Some(id("3637334b-1584-4941-ba7d-7018635858b9")));
            }
        }
        fewest {
            call(client): client.inference().detect_objects(
                PROJECT,
                &types::ObjectDetectionRequest::new(json!("b8951afb")).image_url("https://example.com/1.jpg"),
            );
            sends: POST in_project!("/object_detection"),
                r#"{"model_id": "b8951afb", "image_url": "https://example.com/1.jpg"}"#;
            reply: 200 "[]";
            check(found): { assert_eq!(found.len(), 0); }
        }
    }

    get_instance_segmentor {
        all {
            call(client): client.inference().get_instance_segmentor(PROJECT);
            sends: GET in_project!("/instance_segmentor");
            reply: 200 r#"{"model_id": "b8951afb-689e-443a-bdec-63d091f79391", "status": "LOADED"}"#;
            check(model): { assert_eq!(model.model_id, Some(json!("b8951afb-689e-443a-bdec-63d091f79391"))); }
        }
        fewest {
            call(client): client.inference().get_instance_segmentor(PROJECT);
            sends: GET in_project!("/instance_segmentor");
            reply: 200 LOADING;
            check(model): { assert_eq!(model.status.as_deref(), Some("LOADING")); }
        }
    }

    segment_instances {
        all {
            call(client): client
                .inference()
                .segment_instances(
                    PROJECT,
                    &types::InstanceSegmentationRequest::new(json!(42))
                        .upload_id(UPLOAD)
                        .confidence_threshold(0.5)
                        .max_detections_per_image(100)
                        .masker_threshold(0.75),
                )
                .include_border_mask(true);
            sends: POST in_project!("/instance_segmentation?include_border_mask=true"), r#"{
                "model_id": 42,
                "upload_id": "f2ef591b-135b-46fa-a604-3d4fda5bfbfb",
                "confidence_threshold": 0.5,
                "max_detections_per_image": 100,
                "masker_threshold": 0.75
            }"#;
            reply: 200 array(SEGMENTED);
            check(found): {
                assert_eq!(found[0].mask, Some(vec![10, 2, 20, 4, 25, 3]));
                assert_eq!(found[0].score, Some(1.0));
            }
        }
        fewest {
            call(client): client.inference().segment_instances(
                PROJECT,
                &types::InstanceSegmentationRequest::new(json!(42)).image_url("https://example.com/1.jpg"),
            );
            sends: POST in_project!("/instance_segmentation"),
                r#"{"model_id": 42, "image_url": "https://example.com/1.jpg"}"#;
            reply: 200 "[{}]";
            check(found): { assert_eq!((found[0].bbox.as_ref(), found[0].score), (None, None)); }
        }
    }

    get_semantic_segmentor {
        all {
            call(client): client.inference().get_semantic_segmentor(PROJECT);
            sends: GET in_project!("/semantic_segmentor");
            reply: 200 LOADED;
            check(model): { assert_eq!(model.model_id, Some(json!(42))); }
        }
        fewest {
            call(client): client.inference().get_semantic_segmentor(PROJECT);
            sends: GET in_project!("/semantic_segmentor");
            reply: 200 LOADING;
            check(model): { assert_eq!(model.model_id, None); }
        }
    }

    segment_semantically {
        all {
            call(client): client.inference().segment_semantically(
                PROJECT,
                &types::SemanticSegmentationRequest::new(json!(42)).upload_id(UPLOAD).min_size(0.0),
            );
            sends: POST in_project!("/semantic_segmentation"),
                r#"{"model_id": 42, "upload_id": "f2ef591b-135b-46fa-a604-3d4fda5bfbfb", "min_size": 0}"#;
            reply: 200 array(BY_CLASS);
            check(found): {
                assert_eq!(found[0].bbox, Some(vec![120, 80, 420, 360]));
                assert_eq!(found[0].class_id, Some(id("3637334b-1584-4941-ba7d-7018635858b9")));
            }
        }
        fewest {
            call(client): client.inference().segment_semantically(
                PROJECT,
                &types::SemanticSegmentationRequest::new(json!(42)).image_url("https://example.com/1.jpg"),
            );
            sends: POST in_project!("/semantic_segmentation"),
                r#"{"model_id": 42, "image_url": "https://example.com/1.jpg"}"#;
            reply: 200 "[]";
            check(found): { assert_eq!(found.len(), 0); }
        }
    }

    get_attributer {
        all {
            call(client): client.inference().get_attributer(PROJECT);
            sends: GET in_project!("/attributer");
            reply: 200 LOADED;
            check(model): { assert_eq!(model.status.as_deref(), Some("LOADED")); }
        }
        fewest {
            call(client): client.inference().get_attributer(PROJECT);
            sends: GET in_project!("/attributer");
            reply: 200 "{}";
            check(model): { assert_eq!((model.model_id, model.status), (None, None)); }
        }
    }

    predict_attributes {
        all {
            call(client): client.inference().predict_attributes(
                PROJECT,
                &types::AttributePredictionRequest::new(json!(42), vec![vec![120, 80, 420, 360], vec![0, 0, 1, 1]])
                    .upload_id(UPLOAD)
                    .confidence_threshold(0.5),
            );
            sends: POST in_project!("/attribute_prediction"), r#"{
                "model_id": 42,
                "upload_id": "f2ef591b-135b-46fa-a604-3d4fda5bfbfb",
                "bboxes": [[120, 80, 420, 360], [0, 0, 1, 1]],
                "confidence_threshold": 0.5
            }"#;
            reply: 200 format!("[[{PREDICTED}], []]");
            check(found): {
                assert_eq!((found.len(), found[0].len(), found[1].len()), (2, 1, 0));
                assert_eq!(found[0][0].attribute_id, Some(id("a128136f-670e-41d6-8329-cb8d9608d7af")));
                assert_eq!(found[0][0].lov_ids, Some(vec!["497f6eca-6276-4993-bfeb-53cbbbba6f08".to_owned()]));
            }
        }
        fewest {
            call(client): client.inference().predict_attributes(
                PROJECT,
                &types::AttributePredictionRequest::new(json!(42), vec![]).image_url("https://example.com/1.jpg"),
            );
            sends: POST in_project!("/attribute_prediction"),
                r#"{"model_id": 42, "image_url": "https://example.com/1.jpg", "bboxes": []}"#;
            reply: 200 "[]";
            check(found): { assert_eq!(found.len(), 0); }
        }
    }
}
