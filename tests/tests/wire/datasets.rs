//! Datasets.

use clientsmith_tests::json_text::page;
use hasty_api::types;
use uuid::{Uuid, uuid};

use crate::exchange::{PROJECT, id, in_project};

const DATASET_ID: Uuid = uuid!("e34f765f-cfd9-4789-a575-e083f35ac3f6");

const DATASET: &str = r#"{
    "id": "e34f765f-cfd9-4789-a575-e083f35ac3f6",
    "name": "train",
    "norder": 0.5,
    "project_id": "43b9cd34-7e2b-401e-9df2-6594d8893379"
}"#;

const BARE_DATASET: &str = r#"{"id": "e34f765f-cfd9-4789-a575-e083f35ac3f6", "name": "train"}"#;

operations! {
    list_datasets {
        all {
            call(client): client.datasets().list(PROJECT).offset(0).limit(100).name("train & test/100%");
            sends: GET in_project!("/datasets?offset=0&limit=100&name=train%20%26%20test%2F100%25");
            reply: 200 page(DATASET);
            check(datasets): {
                assert_eq!(datasets.meta.object.as_deref(), Some("list"));
                assert_eq!(datasets.items[0].id, DATASET_ID);
                assert_eq!(datasets.items[0].norder, Some(0.5));
            }
        }
        fewest {
            call(client): client.datasets().list(PROJECT);
            sends: GET in_project!("/datasets");
            reply: 200 r#"{"meta": {"total": 0}, "items": []}"#;
            check(datasets): { assert_eq!(datasets.items.len(), 0); }
        }
    }

    create_dataset {
        all {
            call(client): client.datasets().create(PROJECT, &types::DatasetWrite::new("tr\"ain\u{1}é").norder(4.0));
            sends: POST in_project!("/datasets"), r#"{"name": "tr\"ain\u0001é", "norder": 4}"#;
            reply: 200 DATASET;
            check(dataset): {
                assert_eq!(dataset.name, "train");
                assert_eq!(dataset.project_id, Some(id("43b9cd34-7e2b-401e-9df2-6594d8893379")));
            }
        }
        fewest {
            call(client): client.datasets().create(PROJECT, &types::DatasetWrite::new("train"));
            sends: POST in_project!("/datasets"), r#"{"name": "train"}"#;
            reply: 200 BARE_DATASET;
            check(dataset): { assert_eq!((dataset.norder, dataset.project_id), (None, None)); }
        }
    }

    get_dataset {
        all {
            call(client): client.datasets().get(PROJECT, DATASET_ID);
            sends: GET in_project!("/datasets/e34f765f-cfd9-4789-a575-e083f35ac3f6");
            reply: 200 DATASET;
            check(dataset): { assert_eq!((dataset.id, dataset.name.as_str()), (DATASET_ID, "train")); }
        }
        fewest {
            call(client): client.datasets().get(PROJECT, DATASET_ID);
            sends: GET in_project!("/datasets/e34f765f-cfd9-4789-a575-e083f35ac3f6");
            reply: 200 BARE_DATASET;
            check(dataset): { assert_eq!(dataset.norder, None); }
        }
    }

    update_dataset {
        all {
            call(client): client.datasets().update(PROJECT, DATASET_ID, &types::DatasetWrite::new("val").norder(0.25));
            sends: PUT in_project!("/datasets/e34f765f-cfd9-4789-a575-e083f35ac3f6"), r#"{"name": "val", "norder": 0.25}"#;
            reply: 200 DATASET;
            check(dataset): { assert_eq!(dataset.norder, Some(0.5)); }
        }
        fewest {
            call(client): client.datasets().update(PROJECT, DATASET_ID, &types::DatasetWrite::new("val"));
            sends: PUT in_project!("/datasets/e34f765f-cfd9-4789-a575-e083f35ac3f6"), r#"{"name": "val"}"#;
            reply: 200 BARE_DATASET;
            check(dataset): { assert_eq!(dataset.project_id, None); }
        }
    }

    delete_dataset {
        all {
            call(client): client.datasets().delete(PROJECT, DATASET_ID);
            sends: DELETE in_project!("/datasets/e34f765f-cfd9-4789-a575-e083f35ac3f6");
            reply: 204;
        }
        fewest {
            call(client): client.datasets().delete(PROJECT, PROJECT);
            sends: DELETE in_project!("/datasets/17a4fab4-c59c-4031-9cb5-41fccb5b054c");
            reply: 204;
        }
    }
}
