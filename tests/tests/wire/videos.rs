//! Videos, their segments, and types of activities.

use clientsmith_tests::json_text::page;
use hasty_api::types::{self, DefaultStatusWrite, HealthStatus, VideoStatus};
use uuid::{Uuid, uuid};

use crate::exchange::{PROJECT, id, in_project, moment};

const VIDEO_ID: Uuid = uuid!("165252b3-cd77-4f41-a38f-02417eac7441");
const SEGMENT_ID: Uuid = uuid!("89bf514f-6f07-41f8-bafc-8a53a08a04ae");
const ACTIVITY_ID: Uuid = uuid!("497f6eca-6276-4993-bfeb-53cbbbba6f08");
const DATASET: Uuid = uuid!("e0144edc-c824-417c-bf1b-b3f66baa97d3");
const UPLOAD: Uuid = uuid!("f2ef591b-135b-46fa-a604-3d4fda5bfbfb");

const VIDEO: &str = r#"{
    "id": "165252b3-cd77-4f41-a38f-02417eac7441",
    "name": "vid_001.mp4",
    "dataset_id": "8c4c51f1-f6f3-43bc-b65d-7415e8ef22c0",
    "width": 1920,
    "height": 1080,
    "format": "mp4",
    "frame_rate": 29.97,
    "public_url": "https://storage.example.com/vid_001.mp4",
    "uploaded_at": "2019-08-24T14:15:22Z",
    "url": "https://api.example.com/videos/165252b3",
    "duration_ms": 12345678901,
    "duration_frames": 370,
    "status": "[CUSTOM STATUS]",
    "status_id": "4e949624-bc0f-439e-a9f2-25a23938812c",
    "health_status": "PROCESSING",
    "dataset_name": "train",
    "queue_ids": ["deec160f-3767-4bed-9c55-0fa799b4e476", "8912827e-6c2c-402a-a0f3-1eb63f7b12c8"]
}"#;

const BARE_VIDEO: &str = r#"{
    "id": "165252b3-cd77-4f41-a38f-02417eac7441",
    "name": "vid_001.mp4",
    "dataset_id": "8c4c51f1-f6f3-43bc-b65d-7415e8ef22c0"
}"#;

const SEGMENT: &str = r#"{
    "id": "89bf514f-6f07-41f8-bafc-8a53a08a04ae",
    "video_id": "165252b3-cd77-4f41-a38f-02417eac7441",
    "start_time_ms": 0,
    "end_time_ms": 1500,
    "activities": ["497f6eca-6276-4993-bfeb-53cbbbba6f08"],
    "prediction_id": "1c6ca187-e61f-4301-8dcb-0e9749e89eef",
    "created_by": "cea1f108-4049-446e-819a-822e7b652049",
    "created_at": "2019-08-24T14:15:22Z"
}"#;

const BARE_SEGMENT: &str = r#"{
    "id": "89bf514f-6f07-41f8-bafc-8a53a08a04ae",
    "start_time_ms": 0,
    "end_time_ms": 1500,
    "activities": ["497f6eca-6276-4993-bfeb-53cbbbba6f08"]
}"#;

const ACTIVITY: &str = r##"{
    "id": "497f6eca-6276-4993-bfeb-53cbbbba6f08",
    "created_at": "2019-08-24T14:15:22Z",
    "name": "jump",
    "color": "#ff00ffaa",
    "prefix": "sport"
}"##;

const BARE_ACTIVITY: &str = r#"{"id": "497f6eca-6276-4993-bfeb-53cbbbba6f08", "name": "jump"}"#;

/// A request with all fields of a segment.
fn whole_segment() -> types::VideoSegmentWrite {
    types::VideoSegmentWrite::new(0, 1500, vec![ACTIVITY_ID, SEGMENT_ID])
        .video_id(VIDEO_ID)
        .prediction_id(id("1c6ca187-e61f-4301-8dcb-0e9749e89eef"))
}

const WHOLE_SEGMENT: &str = r#"{
    "video_id": "165252b3-cd77-4f41-a38f-02417eac7441",
    "start_time_ms": 0,
    "end_time_ms": 1500,
    "activities": ["497f6eca-6276-4993-bfeb-53cbbbba6f08", "89bf514f-6f07-41f8-bafc-8a53a08a04ae"],
    "prediction_id": "1c6ca187-e61f-4301-8dcb-0e9749e89eef"
}"#;

operations! {
    list_videos {
        all {
            call(client): client
                .videos()
                .list(PROJECT)
                .offset(0)
                .limit(100)
                .dataset_id([DATASET, UPLOAD])
                .video_status([VideoStatus::InProgress, VideoStatus::CustomStatus, VideoStatus::Completed])
                .status_id([id("4e949624-bc0f-439e-a9f2-25a23938812c")])
                .video_name("vid_001")
                .health_status([HealthStatus::Ok, HealthStatus::Error, HealthStatus::Unhealthy, HealthStatus::Processing])
                .activity([ACTIVITY_ID, SEGMENT_ID])
                .queue_id("q")
                .batch_id("b 1");
            sends: GET in_project!(
                "/videos?offset=0&limit=100",
                "&dataset_id=e0144edc-c824-417c-bf1b-b3f66baa97d3,f2ef591b-135b-46fa-a604-3d4fda5bfbfb",
                "&video_status=IN%20PROGRESS,%5BCUSTOM%20STATUS%5D,COMPLETED",
                "&status_id=4e949624-bc0f-439e-a9f2-25a23938812c&video_name=vid_001",
                "&health_status=OK,ERROR,UNHEALTHY,PROCESSING",
                "&activity=497f6eca-6276-4993-bfeb-53cbbbba6f08,89bf514f-6f07-41f8-bafc-8a53a08a04ae",
                "&queue_id=q&batch_id=b%201",
            );
            reply: 200 page(VIDEO);
            check(videos): {
                let video = &videos.items[0];
                assert_eq!((video.id, video.name.as_str()), (VIDEO_ID, "vid_001.mp4"));
                assert_eq!((video.width, video.height), (Some(1920), Some(1080)));
                assert_eq!((video.frame_rate, video.duration_ms), (Some(29.97), Some(12_345_678_901)));
                assert_eq!(video.status, Some(VideoStatus::CustomStatus));
            }
        }
        fewest {
            call(client): client.videos().list(PROJECT);
            sends: GET in_project!("/videos");
            reply: 200 page(BARE_VIDEO);
            check(videos): { assert_eq!((videos.items[0].width, videos.items[0].frame_rate), (None, None)); }
        }
    }

    import_video {
        all {
            call(client): client.videos().import(
                PROJECT,
                &types::ImportVideoBody::VideoImport(types::VideoImport::new(DATASET, UPLOAD, "vid_001.mp4")),
            );
            sends: POST in_project!("/videos"), r#"{
                "dataset_id": "e0144edc-c824-417c-bf1b-b3f66baa97d3",
                "upload_id": "f2ef591b-135b-46fa-a604-3d4fda5bfbfb",
                "filename": "vid_001.mp4"
            }"#;
            reply: 200 VIDEO;
            check(video): {
                assert_eq!(video.uploaded_at, Some(moment("2019-08-24T14:15:22Z")));
                assert_eq!(video.queue_ids.as_ref().map(Vec::len), Some(2));
            }
        }
        fewest {
            call(client): client.videos().import(
                PROJECT,
                &types::ImportVideoBody::VideoImportUrl(
                    types::VideoImportUrl::new(DATASET, "vid_001.mp4", "https://example.com/1.mp4"),
                ),
            );
            sends: POST in_project!("/videos"), r#"{
                "dataset_id": "e0144edc-c824-417c-bf1b-b3f66baa97d3",
                "filename": "vid_001.mp4",
                "url": "https://example.com/1.mp4"
            }"#;
            reply: 200 BARE_VIDEO;
            check(video): { assert_eq!((video.status, video.url), (None, None)); }
        }
    }

    get_video {
        all {
            call(client): client.videos().get(PROJECT, VIDEO_ID);
            sends: GET in_project!("/videos/165252b3-cd77-4f41-a38f-02417eac7441");
            reply: 200 VIDEO;
            check(video): {
                assert_eq!((video.health_status.as_deref(), video.duration_frames), (Some("PROCESSING"), Some(370)));
                assert_eq!(video.dataset_id, id("8c4c51f1-f6f3-43bc-b65d-7415e8ef22c0"));
            }
        }
        fewest {
            call(client): client.videos().get(PROJECT, VIDEO_ID);
            sends: GET in_project!("/videos/165252b3-cd77-4f41-a38f-02417eac7441");
            reply: 200 BARE_VIDEO;
            check(video): { assert_eq!((video.health_status, video.uploaded_at), (None, None)); }
        }
    }

    update_video {
        all {
            call(client): client.videos().update(
                PROJECT,
                VIDEO_ID,
                &types::MediaPatch::new().filename("b.mp4").dataset_id(DATASET),
            );
            sends: PATCH in_project!("/videos/165252b3-cd77-4f41-a38f-02417eac7441"),
                r#"{"filename": "b.mp4", "dataset_id": "e0144edc-c824-417c-bf1b-b3f66baa97d3"}"#;
            reply: 200 VIDEO;
            check(video): { assert_eq!(video.format.as_deref(), Some("mp4")); }
        }
        fewest {
            call(client): client.videos().update(PROJECT, VIDEO_ID, &types::MediaPatch::new());
            sends: PATCH in_project!("/videos/165252b3-cd77-4f41-a38f-02417eac7441"), "{}";
            reply: 200 BARE_VIDEO;
            check(video): { assert_eq!(video.format, None); }
        }
    }

    delete_video {
        all {
            call(client): client.videos().delete(PROJECT, VIDEO_ID);
            sends: DELETE in_project!("/videos/165252b3-cd77-4f41-a38f-02417eac7441");
            reply: 204;
        }
        fewest {
            call(client): client.videos().delete(PROJECT, PROJECT);
            sends: DELETE in_project!("/videos/17a4fab4-c59c-4031-9cb5-41fccb5b054c");
            reply: 204;
        }
    }

    set_video_status {
        all {
            call(client): client.videos().set_status(
                PROJECT,
                VIDEO_ID,
                &types::MediaStatusWrite::MediaStatusByName(types::MediaStatusByName::new(DefaultStatusWrite::ToReview)),
            );
            sends: PUT in_project!("/videos/165252b3-cd77-4f41-a38f-02417eac7441/status"), r#"{"status": "TO REVIEW"}"#;
            reply: 204;
        }
        fewest {
            call(client): client.videos().set_status(
                PROJECT,
                VIDEO_ID,
                &types::MediaStatusWrite::MediaStatusById(types::MediaStatusById::new(
                    id("4e949624-bc0f-439e-a9f2-25a23938812c"),
                )),
            );
            sends: PUT in_project!("/videos/165252b3-cd77-4f41-a38f-02417eac7441/status"),
                r#"{"status_id": "4e949624-bc0f-439e-a9f2-25a23938812c"}"#;
            reply: 204;
        }
    }

    list_video_segments {
        all {
            call(client): client
                .videos()
                .list_segments(PROJECT, VIDEO_ID)
                .offset(0)
                .limit(100)
                .activity_type_id(ACTIVITY_ID)
                .start_time_ms(0)
                .end_time_ms(60_000);
            sends: GET in_project!(
                "/videos/165252b3-cd77-4f41-a38f-02417eac7441/segments?offset=0&limit=100",
                "&activity_type_id=497f6eca-6276-4993-bfeb-53cbbbba6f08&start_time_ms=0&end_time_ms=60000",
            );
            reply: 200 page(SEGMENT);
            check(segments): {
                let segment = &segments.items[0];
                assert_eq!((segment.start_time_ms, segment.end_time_ms), (0, 1500));
                assert_eq!(segment.activities, [ACTIVITY_ID]);
                assert_eq!(segment.created_by, Some(id("cea1f108-4049-446e-819a-822e7b652049")));
            }
        }
        fewest {
            call(client): client.videos().list_segments(PROJECT, VIDEO_ID);
            sends: GET in_project!("/videos/165252b3-cd77-4f41-a38f-02417eac7441/segments");
            reply: 200 page(BARE_SEGMENT);
            check(segments): { assert_eq!(segments.items[0].prediction_id, None); }
        }
    }

    create_video_segment {
        all {
            call(client): client.videos().create_segment(PROJECT, VIDEO_ID, &whole_segment()).replace_overlap(true);
            sends: POST in_project!("/videos/165252b3-cd77-4f41-a38f-02417eac7441/segments?replace_overlap=true"),
                WHOLE_SEGMENT;
            reply: 200 SEGMENT;
            check(segment): {
                assert_eq!((segment.id, segment.video_id), (SEGMENT_ID, Some(VIDEO_ID)));
                assert_eq!(segment.created_at, Some(moment("2019-08-24T14:15:22Z")));
            }
        }
        fewest {
            call(client): client.videos().create_segment(
                PROJECT,
                VIDEO_ID,
                &types::VideoSegmentWrite::new(10, 20, vec![ACTIVITY_ID]),
            );
            sends: POST in_project!("/videos/165252b3-cd77-4f41-a38f-02417eac7441/segments"), r#"{
                "start_time_ms": 10,
                "end_time_ms": 20,
                "activities": ["497f6eca-6276-4993-bfeb-53cbbbba6f08"]
            }"#;
            reply: 200 BARE_SEGMENT;
            check(segment): { assert_eq!((segment.video_id, segment.created_by), (None, None)); }
        }
    }

    update_segment {
        all {
            call(client): client.videos().update_segment(PROJECT, SEGMENT_ID, &whole_segment());
            sends: PUT in_project!("/segments/89bf514f-6f07-41f8-bafc-8a53a08a04ae"), WHOLE_SEGMENT;
            reply: 200 SEGMENT;
            check(segment): { assert_eq!(segment.prediction_id, Some(id("1c6ca187-e61f-4301-8dcb-0e9749e89eef"))); }
        }
        fewest {
            call(client): client.videos().update_segment(
                PROJECT,
                SEGMENT_ID,
                &types::VideoSegmentWrite::new(10, 20, vec![ACTIVITY_ID]),
            );
            sends: PUT in_project!("/segments/89bf514f-6f07-41f8-bafc-8a53a08a04ae"), r#"{
                "start_time_ms": 10,
                "end_time_ms": 20,
                "activities": ["497f6eca-6276-4993-bfeb-53cbbbba6f08"]
            }"#;
            reply: 200 BARE_SEGMENT;
            check(segment): { assert_eq!(segment.created_at, None); }
        }
    }

    delete_segment {
        all {
            call(client): client.videos().delete_segment(PROJECT, SEGMENT_ID);
            sends: DELETE in_project!("/segments/89bf514f-6f07-41f8-bafc-8a53a08a04ae");
            reply: 204;
        }
        fewest {
            call(client): client.videos().delete_segment(PROJECT, PROJECT);
            sends: DELETE in_project!("/segments/17a4fab4-c59c-4031-9cb5-41fccb5b054c");
            reply: 204;
        }
    }

    list_activity_types {
        all {
            call(client): client.videos().list_activity_types(PROJECT);
            sends: GET in_project!("/activity_types");
            reply: 200 page(ACTIVITY);
            check(activities): {
                assert_eq!((activities.meta.total, activities.items[0].name.as_str()), (1, "jump"));
                assert_eq!(activities.items[0].color.as_deref(), Some("#ff00ffaa"));
            }
        }
        fewest {
            call(client): client.videos().list_activity_types(PROJECT);
            sends: GET in_project!("/activity_types");
            reply: 200 page(BARE_ACTIVITY);
            check(activities): { assert_eq!(activities.items[0].created_at, None); }
        }
    }

    create_activity_type {
        all {
            call(client): client.videos().create_activity_type(
                PROJECT,
                &types::ActivityTypeWrite::new("jump").color("#ff00ffaa").prefix("sport"),
            );
            sends: POST in_project!("/activity_types"), r##"{"name": "jump", "color": "#ff00ffaa", "prefix": "sport"}"##;
            reply: 200 ACTIVITY;
            check(activity): { assert_eq!((activity.id, activity.prefix.as_deref()), (ACTIVITY_ID, Some("sport"))); }
        }
        fewest {
            call(client): client.videos().create_activity_type(PROJECT, &types::ActivityTypeWrite::new("jump"));
            sends: POST in_project!("/activity_types"), r#"{"name": "jump"}"#;
            reply: 200 BARE_ACTIVITY;
            check(activity): { assert_eq!((activity.color, activity.prefix), (None, None)); }
        }
    }

    update_activity_type {
        all {
            call(client): client.videos().update_activity_type(
                PROJECT,
                ACTIVITY_ID,
                &types::ActivityTypeWrite::new("run").color("#000000").prefix(""),
            );
            sends: PUT in_project!("/activity_types/497f6eca-6276-4993-bfeb-53cbbbba6f08"),
                r##"{"name": "run", "color": "#000000", "prefix": ""}"##;
            reply: 200 ACTIVITY;
            check(activity): { assert_eq!(activity.created_at, Some(moment("2019-08-24T14:15:22Z"))); }
        }
        fewest {
            call(client): client.videos().update_activity_type(
                PROJECT,
                ACTIVITY_ID,
                &types::ActivityTypeWrite::new("run"),
            );
            sends: PUT in_project!("/activity_types/497f6eca-6276-4993-bfeb-53cbbbba6f08"), r#"{"name": "run"}"#;
            reply: 200 BARE_ACTIVITY;
            check(activity): { assert_eq!(activity.name, "jump"); }
        }
    }

    delete_activity_type {
        all {
            call(client): client.videos().delete_activity_type(PROJECT, ACTIVITY_ID);
            sends: DELETE in_project!("/activity_types/497f6eca-6276-4993-bfeb-53cbbbba6f08");
            reply: 204;
        }
        fewest {
            call(client): client.videos().delete_activity_type(PROJECT, PROJECT);
            sends: DELETE in_project!("/activity_types/17a4fab4-c59c-4031-9cb5-41fccb5b054c");
            reply: 204;
        }
    }
}
