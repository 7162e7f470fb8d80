//! Exports.

use hasty_api::types::{self, DefaultStatus, ExportFormat, LabelsOrder, SemanticFormat};

use crate::exchange::{PROJECT, id, in_project, moment};

/// The keys of the free-form details are sorted, as the client writes them back.
const JOB: &str = r#"{
    "id": "43b9cd34-7e2b-401e-9df2-6594d8893379",
    "type": "EXPORT",
    "status": "DONE",
    "started_by": "4c9b159b-4b59-492e-a8f9-ca4c2c5cf3ad",
    "project_id": "17a4fab4-c59c-4031-9cb5-41fccb5b054c",
    "started_on": "2019-08-24T14:15:22Z",
    "completed_on": "2019-08-24T14:17:00.25Z",
    "meta": {"export_name": "my_coco_export", "parts": [1, null], "url": "https://storage.example.com/export.zip?signature=1"}
}"#;

const BARE_JOB: &str = r#"{"id": "43b9cd34-7e2b-401e-9df2-6594d8893379"}"#;

operations! {
    create_export {
        all {
            call(client): client.exports().create(
                PROJECT,
                &types::ExportCreate::new(ExportFormat::JsonV1_1)
                    .dataset_id(vec![id("4c9b159b-4b59-492e-a8f9-ca4c2c5cf3ad"), id("e34f765f-cfd9-4789-a575-e083f35ac3f6")])
                    .tag(vec![id("8912827e-6c2c-402a-a0f3-1eb63f7b12c8")])
                    .class(vec![id("3637334b-1584-4941-ba7d-7018635858b9")])
                    .status_start_time(moment("2019-08-24T14:15:22Z"))
                    .video_status(vec![DefaultStatus::ToReview, DefaultStatus::Done])
                    .image_status(vec![DefaultStatus::AutoLabelled])
                    .sign_urls(true)
                    .export_name("my_coco_export")
                    .semantic_format(SemanticFormat::ClassColor)
                    .labels_order(vec![LabelsOrder::ClassType, LabelsOrder::ZIndex]),
            );
            sends: POST in_project!("/exports"), r#"{
                "format": "json_v1.1",
                "dataset_id": ["4c9b159b-4b59-492e-a8f9-ca4c2c5cf3ad", "e34f765f-cfd9-4789-a575-e083f35ac3f6"],
                "tag": ["8912827e-6c2c-402a-a0f3-1eb63f7b12c8"],
                "class": ["3637334b-1584-4941-ba7d-7018635858b9"],
                "status_start_time": "2019-08-24T14:15:22Z",
                "video_status": ["TO REVIEW", "DONE"],
                "image_status": ["AUTO-LABELLED"],
                "sign_urls": true,
                "export_name": "my_coco_export",
                "semantic_format": "class_color",
                "labels_order": ["class_type", "z_index"]
            }"#;
            reply: 200 JOB;
            check(job): {
                assert_eq!(job.id, id("43b9cd34-7e2b-401e-9df2-6594d8893379"));
                assert_eq!((job.r#type.as_deref(), job.status.as_deref()), (Some("EXPORT"), Some("DONE")));
                assert_eq!(job.started_on, Some(moment("2019-08-24T14:15:22Z")));
            }
        }
        fewest {
            call(client): client.exports().create(PROJECT, &types::ExportCreate::new(ExportFormat::SemanticPng));
            sends: POST in_project!("/exports"), r#"{"format": "semantic_png"}"#;
            reply: 202 BARE_JOB;
            check(job): { assert_eq!((job.status, job.meta), (None, None)); }
        }
    }

    get_export {
        all {
            call(client): client.exports().get(PROJECT, id("43b9cd34-7e2b-401e-9df2-6594d8893379"));
            sends: GET in_project!("/exports/43b9cd34-7e2b-401e-9df2-6594d8893379");
            reply: 200 JOB;
            check(job): {
                assert_eq!((job.project_id, job.completed_on), (Some(PROJECT), Some(moment("2019-08-24T14:17:00.25Z"))));
                let meta = job.meta.expect("details");
                assert_eq!(meta["export_name"], "my_coco_export");
                assert_eq!(meta["url"], "https://storage.example.com/export.zip?signature=1");
            }
        }
        fewest {
            call(client): client.exports().get(PROJECT, id("43b9cd34-7e2b-401e-9df2-6594d8893379"));
            sends: GET in_project!("/exports/43b9cd34-7e2b-401e-9df2-6594d8893379");
            reply: 200 BARE_JOB;
            check(job): { assert_eq!((job.started_by, job.completed_on), (None, None)); }
        }
    }
}
