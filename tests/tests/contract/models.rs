//! Calls of the contract run: trained models, and the jobs that use them.

use super::{Contract, ONE, PROJECT, body, calls};

const ACTIVE_LEARNING_RANK_REQUEST: &str = r##"{"heuristic_id": "0f2ad9a6-8f4e-4c1f-9b63-6b1f6f2a7d10", "model_family": "segmentor", "num_images": 100, "dataset_ids": ["0f2ad9a6-8f4e-4c1f-9b63-6b1f6f2a7d10"], "session_name": "My ranking session"}"##;
const ACTIVE_LEARNING_RANK_REQUEST_LEAST: &str = r##"{}"##;
const AUTOMATED_LABELING_JOB_CREATE: &str = r##"{"experiment_id": "4c9b159b-4b59-492e-a8f9-ca4c2c5cf3ad", "confidence_threshold": 0.8, "max_detections_per_image": 100, "num_images": 0, "masker_threshold": 0.5, "min_size": 100, "dataset_id": "text"}"##;
const AUTOMATED_LABELING_JOB_CREATE_LEAST: &str =
    r##"{"experiment_id": "4c9b159b-4b59-492e-a8f9-ca4c2c5cf3ad"}"##;
const OBJECT_DETECTION_REQUEST: &str = r##"{"model_id": 42, "upload_id": "0f2ad9a6-8f4e-4c1f-9b63-6b1f6f2a7d10", "image_url": "https://storage.example.com/street/img_001.jpg", "confidence_threshold": 0.5, "max_detections_per_image": 100}"##;
const OBJECT_DETECTION_REQUEST_LEAST: &str = r##"{"model_id": 42}"##;
const INSTANCE_SEGMENTATION_REQUEST: &str = r##"{"model_id": 42, "upload_id": "0f2ad9a6-8f4e-4c1f-9b63-6b1f6f2a7d10", "image_url": "https://storage.example.com/street/img_001.jpg", "confidence_threshold": 0.5, "max_detections_per_image": 100, "masker_threshold": 0.5}"##;
const INSTANCE_SEGMENTATION_REQUEST_LEAST: &str = r##"{"model_id": 42}"##;
const SEMANTIC_SEGMENTATION_REQUEST: &str = r##"{"model_id": 42, "upload_id": "0f2ad9a6-8f4e-4c1f-9b63-6b1f6f2a7d10", "image_url": "https://storage.example.com/street/img_001.jpg", "min_size": 0.0}"##;
const SEMANTIC_SEGMENTATION_REQUEST_LEAST: &str = r##"{"model_id": 42}"##;
const ATTRIBUTE_PREDICTION_REQUEST: &str = r##"{"model_id": 42, "upload_id": "0f2ad9a6-8f4e-4c1f-9b63-6b1f6f2a7d10", "image_url": "https://storage.example.com/street/img_001.jpg", "bboxes": [[1, 1, 1, 1]], "confidence_threshold": 0.5}"##;
const ATTRIBUTE_PREDICTION_REQUEST_LEAST: &str = r##"{"model_id": 42, "bboxes": [[1, 1, 1, 1]]}"##;

pub(crate) async fn active_learning(contract: &Contract) {
    let api = contract.client.active_learning();
    calls! { contract,
        list_active_learning_heuristics: api.list_heuristics(PROJECT);
        start_active_learning_ranking: api.start_ranking(PROJECT, &body(ACTIVE_LEARNING_RANK_REQUEST));
        start_active_learning_ranking: api.start_ranking(PROJECT, &body(ACTIVE_LEARNING_RANK_REQUEST_LEAST));
    }
}

pub(crate) async fn automated_labeling(contract: &Contract) {
    let api = contract.client.automated_labeling();
    calls! { contract,
        list_automated_labeling_jobs: api.list(PROJECT).offset(1).limit(1);
        list_automated_labeling_jobs: api.list(PROJECT);
        create_automated_labeling_job: api.create(PROJECT, &body(AUTOMATED_LABELING_JOB_CREATE));
        create_automated_labeling_job: api.create(PROJECT, &body(AUTOMATED_LABELING_JOB_CREATE_LEAST));
        get_automated_labeling_job: api.get(PROJECT, ONE);
    }
}

pub(crate) async fn inference(contract: &Contract) {
    let api = contract.client.inference();
    calls! { contract,
        get_object_detector: api.get_object_detector(PROJECT);
        detect_objects: api.detect_objects(PROJECT, &body(OBJECT_DETECTION_REQUEST));
        detect_objects: api.detect_objects(PROJECT, &body(OBJECT_DETECTION_REQUEST_LEAST));
        get_instance_segmentor: api.get_instance_segmentor(PROJECT);
        segment_instances: api.segment_instances(PROJECT, &body(INSTANCE_SEGMENTATION_REQUEST))
            .include_border_mask(true);
        segment_instances: api.segment_instances(PROJECT, &body(INSTANCE_SEGMENTATION_REQUEST));
        segment_instances: api.segment_instances(PROJECT, &body(INSTANCE_SEGMENTATION_REQUEST_LEAST));
        get_semantic_segmentor: api.get_semantic_segmentor(PROJECT);
        segment_semantically: api.segment_semantically(PROJECT, &body(SEMANTIC_SEGMENTATION_REQUEST));
        segment_semantically: api.segment_semantically(PROJECT, &body(SEMANTIC_SEGMENTATION_REQUEST_LEAST));
        get_attributer: api.get_attributer(PROJECT);
        predict_attributes: api.predict_attributes(PROJECT, &body(ATTRIBUTE_PREDICTION_REQUEST));
        predict_attributes: api.predict_attributes(PROJECT, &body(ATTRIBUTE_PREDICTION_REQUEST_LEAST));
    }
}
