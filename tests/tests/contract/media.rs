//! Calls of the contract run: images, videos, and where they come from.

use super::{Contract, IMAGE, ONE, OTHER, PROJECT, VIDEO, WORKSPACE, body, calls, list};

const IMAGE_IMPORT_UPLOAD: &str = r##"{"dataset_id": "e0144edc-c824-417c-bf1b-b3f66baa97d3", "upload_id": "0f2ad9a6-8f4e-4c1f-9b63-6b1f6f2a7d10", "filename": "text", "external_id": "text"}"##;
const IMAGE_IMPORT_UPLOAD_LEAST: &str = r##"{"dataset_id": "e0144edc-c824-417c-bf1b-b3f66baa97d3", "upload_id": "0f2ad9a6-8f4e-4c1f-9b63-6b1f6f2a7d10", "filename": "text"}"##;
const IMAGE_IMPORT_URL: &str = r##"{"dataset_id": "0f2ad9a6-8f4e-4c1f-9b63-6b1f6f2a7d10", "url": "text", "filename": "text", "copy_original": true, "external_id": "text"}"##;
const IMAGE_IMPORT_URL_LEAST: &str =
    r##"{"dataset_id": "0f2ad9a6-8f4e-4c1f-9b63-6b1f6f2a7d10", "url": "text"}"##;
const IMAGE_IMPORT_BUCKET: &str = r##"{"dataset_id": "0f2ad9a6-8f4e-4c1f-9b63-6b1f6f2a7d10", "url": "text", "bucket_id": "0f2ad9a6-8f4e-4c1f-9b63-6b1f6f2a7d10", "filename": "text", "copy_original": true, "external_id": "text"}"##;
const IMAGE_IMPORT_BUCKET_LEAST: &str = r##"{"dataset_id": "0f2ad9a6-8f4e-4c1f-9b63-6b1f6f2a7d10", "url": "text", "bucket_id": "0f2ad9a6-8f4e-4c1f-9b63-6b1f6f2a7d10"}"##;
const IMAGE_REPLACE: &str = r##"{"upload_id": "0f2ad9a6-8f4e-4c1f-9b63-6b1f6f2a7d10", "filename": "text", "external_id": "text"}"##;
const IMAGE_REPLACE_LEAST: &str =
    r##"{"upload_id": "0f2ad9a6-8f4e-4c1f-9b63-6b1f6f2a7d10", "filename": "text"}"##;
const MEDIA_PATCH: &str =
    r##"{"filename": "text", "dataset_id": "e0144edc-c824-417c-bf1b-b3f66baa97d3"}"##;
const MEDIA_PATCH_LEAST: &str = r##"{}"##;
const MEDIA_STATUS_WRITE_STATUS: &str = r##"{"status": "NEW"}"##;
const MEDIA_STATUS_WRITE_STATUS_ID: &str =
    r##"{"status_id": "4e949624-bc0f-439e-a9f2-25a23938812c"}"##;
const IMAGE_TAG_WRITES: &str = r##"[{"tag_class_id": "0f2ad9a6-8f4e-4c1f-9b63-6b1f6f2a7d10"}]"##;
const IMAGE_TAG_REFS: &str = r##"[{"tag_id": "0f2ad9a6-8f4e-4c1f-9b63-6b1f6f2a7d10", "tag_class_id": "0f2ad9a6-8f4e-4c1f-9b63-6b1f6f2a7d10"}]"##;
const IMAGE_TAG_REFS_LEAST: &str = r##"[{}]"##;
const VIDEO_IMPORT: &str = r##"{"dataset_id": "e0144edc-c824-417c-bf1b-b3f66baa97d3", "upload_id": "0f2ad9a6-8f4e-4c1f-9b63-6b1f6f2a7d10", "filename": "text"}"##;
const VIDEO_IMPORT_URL: &str = r##"{"dataset_id": "0f2ad9a6-8f4e-4c1f-9b63-6b1f6f2a7d10", "filename": "text", "url": "text"}"##;
const VIDEO_SEGMENT_WRITE: &str = r##"{"video_id": "0f2ad9a6-8f4e-4c1f-9b63-6b1f6f2a7d10", "start_time_ms": 1, "end_time_ms": 1, "activities": ["0f2ad9a6-8f4e-4c1f-9b63-6b1f6f2a7d10"], "prediction_id": "0f2ad9a6-8f4e-4c1f-9b63-6b1f6f2a7d10"}"##;
const VIDEO_SEGMENT_WRITE_LEAST: &str = r##"{"start_time_ms": 1, "end_time_ms": 1, "activities": ["0f2ad9a6-8f4e-4c1f-9b63-6b1f6f2a7d10"]}"##;
const ACTIVITY_TYPE_WRITE: &str = r##"{"name": "text", "color": "text", "prefix": "text"}"##;
const ACTIVITY_TYPE_WRITE_LEAST: &str = r##"{"name": "text"}"##;
const DATASET_WRITE: &str = r##"{"name": "train", "norder": 0}"##;
const DATASET_WRITE_LEAST: &str = r##"{"name": "train"}"##;
const BUCKET_CREDENTIALS_WRITE: &str = r##"{"secret": "text", "description": "Autonomous car dashcam pictures", "cloud_provider": "gcs", "bucket_gcs": "text", "key_json": "text", "bucket_s3": "text", "role": "text", "account_name": "text", "secret_access_key": "text", "container": "text"}"##;
const BUCKET_CREDENTIALS_WRITE_LEAST: &str = r##"{}"##;
const BUCKET_IMPORT: &str = r##"{"dataset_id": "0f2ad9a6-8f4e-4c1f-9b63-6b1f6f2a7d10", "copy": true, "prefix": "folder/subfolder/prefix", "upload_id": "4c9b159b-4b59-492e-a8f9-ca4c2c5cf3ad", "upload_scope_id": "4c9b159b-4b59-492e-a8f9-ca4c2c5cf3ad", "asset_type": "images"}"##;
const BUCKET_IMPORT_LEAST: &str = r##"{"dataset_id": "0f2ad9a6-8f4e-4c1f-9b63-6b1f6f2a7d10"}"##;

pub(crate) async fn images(contract: &Contract) {
    let api = contract.client.images();
    calls! { contract,
        list_images: api.list(PROJECT)
            .offset(1).limit(1).dataset_id([ONE, OTHER]).image_name("img_001")
            .image_status(["NEW".into(), "IN PROGRESS".into()]).status_id([ONE, OTHER])
            .tag_class_ids(["a, b", "ü&="]).updated_since(1).created_since(1).queue_id("a b&c=ü")
            .batch_id("a b&c=ü").ef_run_ids([ONE, OTHER]).ef_user_action("ALL".into())
            .ef_error_type("NOT_AN_ERROR".into()).aldi_session_id(ONE).has_missing_attributes(true)
            .has_missing_tags(true);
        list_images: api.list(PROJECT);
        import_image: api.import(PROJECT, &body(IMAGE_IMPORT_UPLOAD)).replace(true);
        import_image: api.import(PROJECT, &body(IMAGE_IMPORT_UPLOAD));
        import_image: api.import(PROJECT, &body(IMAGE_IMPORT_UPLOAD_LEAST));
        import_image: api.import(PROJECT, &body(IMAGE_IMPORT_URL));
        import_image: api.import(PROJECT, &body(IMAGE_IMPORT_URL_LEAST));
        import_image: api.import(PROJECT, &body(IMAGE_IMPORT_BUCKET));
        import_image: api.import(PROJECT, &body(IMAGE_IMPORT_BUCKET_LEAST));
        get_image: api.get(PROJECT, IMAGE);
        replace_image: api.replace(PROJECT, IMAGE, &body(IMAGE_REPLACE));
        replace_image: api.replace(PROJECT, IMAGE, &body(IMAGE_REPLACE_LEAST));
        update_image: api.update(PROJECT, IMAGE, &body(MEDIA_PATCH));
        update_image: api.update(PROJECT, IMAGE, &body(MEDIA_PATCH_LEAST));
        delete_image: api.delete(PROJECT, IMAGE);
        set_image_status: api.set_status(PROJECT, IMAGE, &body(MEDIA_STATUS_WRITE_STATUS));
        set_image_status: api.set_status(PROJECT, IMAGE, &body(MEDIA_STATUS_WRITE_STATUS_ID));
        get_image_offset: api.get_offset(PROJECT, IMAGE)
            .dataset_id([ONE, OTHER]).image_status(["NEW".into(), "IN PROGRESS".into()])
            .status_id([ONE, OTHER]).image_name("img_001").tag_class_ids(["a, b", "ü&="])
            .updated_since(1).created_since(1).queue_id("a b&c=ü").batch_id("a b&c=ü")
            .ef_run_ids([ONE, OTHER]).ef_user_action("ALL".into()).ef_error_type("NOT_AN_ERROR".into())
            .aldi_session_id(ONE).has_missing_attributes(true).has_missing_tags(true);
        get_image_offset: api.get_offset(PROJECT, IMAGE);
        list_image_tags: api.list_tags(PROJECT, IMAGE).offset(1).limit(1);
        list_image_tags: api.list_tags(PROJECT, IMAGE);
        add_image_tags: api.add_tags(PROJECT, IMAGE, &list(IMAGE_TAG_WRITES));
        delete_image_tags: api.delete_tags(PROJECT, IMAGE, &list(IMAGE_TAG_REFS));
        delete_image_tags: api.delete_tags(PROJECT, IMAGE, &list(IMAGE_TAG_REFS_LEAST));
    }
}

pub(crate) async fn videos(contract: &Contract) {
    let api = contract.client.videos();
    calls! { contract,
        list_videos: api.list(PROJECT)
            .offset(1).limit(1).dataset_id([ONE, OTHER])
            .video_status(["NEW".into(), "IN PROGRESS".into()]).status_id([ONE, OTHER])
            .video_name("vid_001").health_status(["OK".into(), "ERROR".into()]).activity([ONE, OTHER])
            .queue_id("a b&c=ü").batch_id("a b&c=ü");
        list_videos: api.list(PROJECT);
        import_video: api.import(PROJECT, &body(VIDEO_IMPORT));
        import_video: api.import(PROJECT, &body(VIDEO_IMPORT_URL));
        get_video: api.get(PROJECT, VIDEO);
        update_video: api.update(PROJECT, VIDEO, &body(MEDIA_PATCH));
        update_video: api.update(PROJECT, VIDEO, &body(MEDIA_PATCH_LEAST));
        delete_video: api.delete(PROJECT, VIDEO);
        set_video_status: api.set_status(PROJECT, VIDEO, &body(MEDIA_STATUS_WRITE_STATUS));
        set_video_status: api.set_status(PROJECT, VIDEO, &body(MEDIA_STATUS_WRITE_STATUS_ID));
        list_video_segments: api.list_segments(PROJECT, VIDEO)
            .offset(1).limit(1).activity_type_id(ONE).start_time_ms(1).end_time_ms(1);
        list_video_segments: api.list_segments(PROJECT, VIDEO);
        create_video_segment: api.create_segment(PROJECT, VIDEO, &body(VIDEO_SEGMENT_WRITE))
            .replace_overlap(true);
        create_video_segment: api.create_segment(PROJECT, VIDEO, &body(VIDEO_SEGMENT_WRITE));
        create_video_segment: api.create_segment(PROJECT, VIDEO, &body(VIDEO_SEGMENT_WRITE_LEAST));
        update_segment: api.update_segment(PROJECT, ONE, &body(VIDEO_SEGMENT_WRITE));
        update_segment: api.update_segment(PROJECT, ONE, &body(VIDEO_SEGMENT_WRITE_LEAST));
        delete_segment: api.delete_segment(PROJECT, ONE);
        list_activity_types: api.list_activity_types(PROJECT);
        create_activity_type: api.create_activity_type(PROJECT, &body(ACTIVITY_TYPE_WRITE));
        create_activity_type: api.create_activity_type(PROJECT, &body(ACTIVITY_TYPE_WRITE_LEAST));
        update_activity_type: api.update_activity_type(PROJECT, ONE, &body(ACTIVITY_TYPE_WRITE));
        update_activity_type: api.update_activity_type(PROJECT, ONE, &body(ACTIVITY_TYPE_WRITE_LEAST));
        delete_activity_type: api.delete_activity_type(PROJECT, ONE);
    }
}

pub(crate) async fn datasets(contract: &Contract) {
    let api = contract.client.datasets();
    calls! { contract,
        list_datasets: api.list(PROJECT).offset(1).limit(1).name("a b&c=ü");
        list_datasets: api.list(PROJECT);
        create_dataset: api.create(PROJECT, &body(DATASET_WRITE));
        create_dataset: api.create(PROJECT, &body(DATASET_WRITE_LEAST));
        get_dataset: api.get(PROJECT, ONE);
        update_dataset: api.update(PROJECT, ONE, &body(DATASET_WRITE));
        update_dataset: api.update(PROJECT, ONE, &body(DATASET_WRITE_LEAST));
        delete_dataset: api.delete(PROJECT, ONE);
    }
}

pub(crate) async fn uploads(contract: &Contract) {
    let api = contract.client.uploads();
    calls! { contract,
        generate_upload_urls: api.generate_urls(PROJECT, 1).style("simple".into());
        generate_upload_urls: api.generate_urls(PROJECT, 1);
    }
}

pub(crate) async fn buckets(contract: &Contract) {
    let api = contract.client.buckets();
    calls! { contract,
        list_buckets: api.list(WORKSPACE);
        create_bucket: api.create(WORKSPACE, &body(BUCKET_CREDENTIALS_WRITE));
        create_bucket: api.create(WORKSPACE, &body(BUCKET_CREDENTIALS_WRITE_LEAST));
        update_bucket: api.update(WORKSPACE, ONE, &body(BUCKET_CREDENTIALS_WRITE));
        update_bucket: api.update(WORKSPACE, ONE, &body(BUCKET_CREDENTIALS_WRITE_LEAST));
        import_from_bucket: api.import(WORKSPACE, ONE, &body(BUCKET_IMPORT));
        import_from_bucket: api.import(WORKSPACE, ONE, &body(BUCKET_IMPORT_LEAST));
        list_bucket_files: api.list_files(WORKSPACE, ONE)
            .prefix("datasets/food/").upload_id("4c9b159b-4b59-492e-a8f9-ca4c2c5cf3ad")
            .upload_scope_id("4c9b159b-4b59-492e-a8f9-ca4c2c5cf3ad");
        list_bucket_files: api.list_files(WORKSPACE, ONE);
    }
}
