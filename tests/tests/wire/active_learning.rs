//! Ranking images for active learning.

use clientsmith_tests::json_text::array;
use hasty_api::types::{self, ModelFamily};

use crate::exchange::{PROJECT, id, in_project};

const HEURISTIC: &str = r#"{
    "id": "17a4fab4-c59c-4031-9cb5-41fccb5b054c",
    "model_family": "detector",
    "name": "Entropy",
    "is_active": true,
    "wiki_url": "https://example.com/wiki/entropy"
}"#;

const SESSION: &str = r#"{
    "session_id": "4c9b159b-4b59-492e-a8f9-ca4c2c5cf3ad",
    "heuristic_id": "b8951afb-689e-443a-bdec-63d091f79391",
    "model_family": "semantic-segmentor",
    "status": "INIT",
    "heuristic_name": "Entropy",
    "session_name": "My ranking session"
}"#;

operations! {
    list_active_learning_heuristics {
        all {
            call(client): client.active_learning().list_heuristics(PROJECT);
            sends: GET in_project!("/active_learning/heuristics");
            reply: 200 array(HEURISTIC);
            check(heuristics): {
                let [heuristic] = heuristics.as_slice() else { panic!("one heuristic: {heuristics:?}") };
                assert_eq!(heuristic.id, PROJECT);
                assert_eq!(heuristic.model_family, Some(ModelFamily::Detector));
                assert_eq!(heuristic.name.as_deref(), Some("Entropy"));
                assert_eq!(heuristic.is_active, Some(true));
            }
        }
        fewest {
            call(client): client.active_learning().list_heuristics(PROJECT);
            sends: GET in_project!("/active_learning/heuristics");
            reply: 200 r#"[{"id": "b8951afb-689e-443a-bdec-63d091f79391"}]"#;
            check(heuristics): {
                assert_eq!(heuristics[0].id, id("b8951afb-689e-443a-bdec-63d091f79391"));
                assert_eq!((heuristics[0].name.as_deref(), heuristics[0].is_active), (None, None));
            }
        }
    }

    start_active_learning_ranking {
        all {
            call(client): client.active_learning().start_ranking(
                PROJECT,
                &types::ActiveLearningRankRequest::new()
                    .heuristic_id(id("b8951afb-689e-443a-bdec-63d091f79391"))
                    .model_family(ModelFamily::SemanticSegmentor)
                    .num_images(100.0)
                    .dataset_ids(vec![
                        id("deec160f-3767-4bed-9c55-0fa799b4e476"),
                        id("8912827e-6c2c-402a-a0f3-1eb63f7b12c8"),
                    ])
                    .session_name("My ranking session"),
            );
            sends: POST in_project!("/active_learning"), r#"{
                "heuristic_id": "b8951afb-689e-443a-bdec-63d091f79391",
                "model_family": "semantic-segmentor",
                "num_images": 100,
                "dataset_ids": ["deec160f-3767-4bed-9c55-0fa799b4e476", "8912827e-6c2c-402a-a0f3-1eb63f7b12c8"],
                "session_name": "My ranking session"
            }"#;
            reply: 200 SESSION;
            check(session): {
                assert_eq!(session.session_id, id("4c9b159b-4b59-492e-a8f9-ca4c2c5cf3ad"));
                assert_eq!(session.heuristic_id, Some(id("b8951afb-689e-443a-bdec-63d091f79391")));
                assert_eq!(session.model_family, Some(ModelFamily::SemanticSegmentor));
                assert_eq!(session.status.as_deref(), Some("INIT"));
                assert_eq!(session.session_name.as_deref(), Some("My ranking session"));
            }
        }
        fewest {
            call(client): client.active_learning().start_ranking(PROJECT, &types::ActiveLearningRankRequest::new());
            sends: POST in_project!("/active_learning"), "{}";
            reply: 202 r#"{"session_id": "4c9b159b-4b59-492e-a8f9-ca4c2c5cf3ad"}"#;
            check(session): {
                assert_eq!(session.session_id, id("4c9b159b-4b59-492e-a8f9-ca4c2c5cf3ad"));
                assert_eq!(session.status, None);
            }
        }
    }
}
