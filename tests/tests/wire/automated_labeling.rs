//! Automated labelling jobs.

use clientsmith_tests::json_text::page;
use hasty_api::types;

use crate::exchange::{PROJECT, id, in_project};

const JOB: &str = r#"{
    "id": "4c9b159b-4b59-492e-a8f9-ca4c2c5cf3ad",
    "project_id": "17a4fab4-c59c-4031-9cb5-41fccb5b054c",
    "status": "DONE",
    "progress": 0.1,
    "started_on": "yesterday",
    "completed_on": "today",
    "images_processed": 1,
    "experiment_id": "b8951afb-689e-443a-bdec-63d091f79391",
    "user_id": "cea1f108-4049-446e-819a-822e7b652049",
    "confidence_threshold": 0.8,
    "max_detections_per_image": 50,
    "num_images": 20,
    "masker_threshold": 0.5,
    "min_size": 100,
    "update_no_predictions": false,
    "run_name": "My Finish Him Run"
}"#;

const BARE_JOB: &str = r#"{
    "id": "4c9b159b-4b59-492e-a8f9-ca4c2c5cf3ad",
    "experiment_id": "b8951afb-689e-443a-bdec-63d091f79391"
}"#;

operations! {
    list_automated_labeling_jobs {
        all {
            call(client): client.automated_labeling().list(PROJECT).offset(10).limit(5);
            sends: GET in_project!("/automated_labeling?offset=10&limit=5");
            reply: 200 page(JOB);
            check(jobs): {
                let job = &jobs.items[0];
                assert_eq!(job.status.as_deref(), Some("DONE"));
                assert_eq!((job.progress, job.min_size), (Some(0.1), Some(100.0)));
                assert_eq!((job.images_processed, job.num_images), (Some(1), Some(20)));
                assert_eq!(job.started_on.as_deref(), Some("yesterday"));
                assert_eq!(job.update_no_predictions, Some(false));
            }
        }
        fewest {
            call(client): client.automated_labeling().list(PROJECT);
            sends: GET in_project!("/automated_labeling");
            reply: 200 r#"{"meta": {"total": 12}, "items": []}"#;
            check(jobs): { assert_eq!(jobs.meta.total, 12); }
        }
    }

    create_automated_labeling_job {
        all {
            call(client): client.automated_labeling().create(
                PROJECT,
                &types::AutomatedLabelingJobCreate::new(id("b8951afb-689e-443a-bdec-63d091f79391"))
                    .confidence_threshold(0.8)
                    .max_detections_per_image(100)
                    .num_images(0)
                    .masker_threshold(0.5)
                    .min_size(100.0)
                    .dataset_id("e34f765f-cfd9-4789-a575-e083f35ac3f6"),
            );
            sends: POST in_project!("/automated_labeling"), r#"{
                "experiment_id": "b8951afb-689e-443a-bdec-63d091f79391",
                "confidence_threshold": 0.8,
                "max_detections_per_image": 100,
                "num_images": 0,
                "masker_threshold": 0.5,
                "min_size": 100,
                "dataset_id": "e34f765f-cfd9-4789-a575-e083f35ac3f6"
            }"#;
            reply: 200 JOB;
            check(job): {
                assert_eq!(job.experiment_id, id("b8951afb-689e-443a-bdec-63d091f79391"));
                assert_eq!((job.confidence_threshold, job.masker_threshold), (Some(0.8), Some(0.5)));
                assert_eq!(job.run_name.as_deref(), Some("My Finish Him Run"));
            }
        }
        fewest {
            call(client): client.automated_labeling().create(
                PROJECT,
                &types::AutomatedLabelingJobCreate::new(id("b8951afb-689e-443a-bdec-63d091f79391")),
            );
            sends: POST in_project!("/automated_labeling"), r#"{"experiment_id": "b8951afb-689e-443a-bdec-63d091f79391"}"#;
            reply: 202 BARE_JOB;
            check(job): { assert_eq!((job.status, job.progress), (None, None)); }
        }
    }

    get_automated_labeling_job {
        all {
            call(client): client.automated_labeling().get(PROJECT, id("4c9b159b-4b59-492e-a8f9-ca4c2c5cf3ad"));
            sends: GET in_project!("/automated_labeling/4c9b159b-4b59-492e-a8f9-ca4c2c5cf3ad");
            reply: 200 JOB;
            check(job): {
                assert_eq!(job.id, id("4c9b159b-4b59-492e-a8f9-ca4c2c5cf3ad"));
                assert_eq!((job.project_id, job.max_detections_per_image), (Some(PROJECT), Some(50)));
            }
        }
        fewest {
            call(client): client.automated_labeling().get(PROJECT, id("4c9b159b-4b59-492e-a8f9-ca4c2c5cf3ad"));
            sends: GET in_project!("/automated_labeling/4c9b159b-4b59-492e-a8f9-ca4c2c5cf3ad");
            reply: 200 BARE_JOB;
            check(job): { assert_eq!((job.user_id, job.completed_on), (None, None)); }
        }
    }
}
