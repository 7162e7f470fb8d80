//! The filters of image lists, and the position of an image in a filtered list.

use clientsmith_tests::json_text::page;
use hasty_api::types::{DefaultStatus, EfUserAction, ErrorType, HealthStatus};
use uuid::{Uuid, uuid};

use crate::exchange::{PROJECT, id, in_project, moment};
use crate::images::IMAGE;

const IMAGE_ID: Uuid = uuid!("497f6eca-6276-4993-bfeb-53cbbbba6f08");

operations! {
    list_images {
        all {
            call(client): client
                .images()
                .list(PROJECT)
                .offset(0)
                .limit(100)
                .dataset_id([id("4c9b159b-4b59-492e-a8f9-ca4c2c5cf3ad"), id("e34f765f-cfd9-4789-a575-e083f35ac3f6")])
                .image_name("img_001")
                .image_status([DefaultStatus::Done, DefaultStatus::ToReview])
                .status_id([id("4e949624-bc0f-439e-a9f2-25a23938812c")])
                .tag_class_ids(["3637334b-1584-4941-ba7d-7018635858b9", "a,b"])
                .updated_since(1_566_656_122)
                .created_since(0)
                .queue_id("none")
                .batch_id("é+=?#")
                .ef_run_ids([id("165252b3-cd77-4f41-a38f-02417eac7441")])
                .ef_user_action(EfUserAction::Unresolved)
                .ef_error_type(ErrorType::LowIou)
                .aldi_session_id(id("89bf514f-6f07-41f8-bafc-8a53a08a04ae"))
                .has_missing_attributes(true)
                .has_missing_tags(false);
            sends: GET in_project!(
                "/images?offset=0&limit=100",
                "&dataset_id=4c9b159b-4b59-492e-a8f9-ca4c2c5cf3ad,e34f765f-cfd9-4789-a575-e083f35ac3f6",
                "&image_name=img_001&image_status=DONE,TO%20REVIEW&status_id=4e949624-bc0f-439e-a9f2-25a23938812c",
                "&tag_class_ids=3637334b-1584-4941-ba7d-7018635858b9,a%2Cb",
                "&updated_since=1566656122&created_since=0&queue_id=none&batch_id=%C3%A9%2B%3D%3F%23",
                "&ef_run_ids=165252b3-cd77-4f41-a38f-02417eac7441&ef_user_action=UNRESOLVED&ef_error_type=LOW_IOU",
                "&aldi_session_id=89bf514f-6f07-41f8-bafc-8a53a08a04ae",
                "&has_missing_attributes=true&has_missing_tags=false",
            );
            reply: 200 page(IMAGE);
            check(images): {
                assert_eq!((images.meta.total, images.meta.offset, images.meta.limit), (1, Some(0), Some(100)));
                let image = &images.items[0];
                assert_eq!((image.id, image.name.as_str()), (IMAGE_ID, "img_001.jpg"));
                assert_eq!((image.width, image.height), (Some(640), Some(480)));
                assert_eq!(image.status, Some(DefaultStatus::ToReview));
                assert_eq!(image.health_status, Some(HealthStatus::Ok));
                assert_eq!(image.uploaded_on, Some(moment("2019-08-24T14:15:22Z")));
                assert_eq!(image.queue_ids.as_ref().map(Vec::len), Some(2));
            }
        }
        fewest {
            call(client): client.images().list(PROJECT);
            sends: GET in_project!("/images");
            reply: 200 r#"{"meta": {"total": 0}, "items": []}"#;
            check(images): { assert_eq!((images.meta.total, images.items.len()), (0, 0)); }
        }
    }

    get_image_offset {
        all {
            call(client): client
                .images()
                .get_offset(PROJECT, IMAGE_ID)
                .dataset_id([id("4c9b159b-4b59-492e-a8f9-ca4c2c5cf3ad")])
                .image_status([
                    DefaultStatus::New,
                    DefaultStatus::InProgress,
                    DefaultStatus::Skipped,
                    DefaultStatus::AutoLabelled,
                    DefaultStatus::Completed,
                ])
                .status_id([id("4e949624-bc0f-439e-a9f2-25a23938812c"), id("165252b3-cd77-4f41-a38f-02417eac7441")])
                .image_name("a b/c")
                .tag_class_ids(["x"])
                .updated_since(1)
                .created_since(2)
                .queue_id("3637334b-1584-4941-ba7d-7018635858b9")
                .batch_id("b")
                .ef_run_ids([id("165252b3-cd77-4f41-a38f-02417eac7441"), id("89bf514f-6f07-41f8-bafc-8a53a08a04ae")])
                .ef_user_action(EfUserAction::All)
                .ef_error_type(ErrorType::TagMisclassification)
                .aldi_session_id(id("89bf514f-6f07-41f8-bafc-8a53a08a04ae"))
                .has_missing_attributes(false)
                .has_missing_tags(true);
            sends: GET in_project!(
                "/images/497f6eca-6276-4993-bfeb-53cbbbba6f08/offset?dataset_id=4c9b159b-4b59-492e-a8f9-ca4c2c5cf3ad",
                "&image_status=NEW,IN%20PROGRESS,SKIPPED,AUTO-LABELLED,COMPLETED",
                "&status_id=4e949624-bc0f-439e-a9f2-25a23938812c,165252b3-cd77-4f41-a38f-02417eac7441",
                "&image_name=a%20b%2Fc&tag_class_ids=x&updated_since=1&created_since=2",
                "&queue_id=3637334b-1584-4941-ba7d-7018635858b9&batch_id=b",
                "&ef_run_ids=165252b3-cd77-4f41-a38f-02417eac7441,89bf514f-6f07-41f8-bafc-8a53a08a04ae",
                "&ef_user_action=ALL&ef_error_type=TAG_MISCLASSIFICATION",
                "&aldi_session_id=89bf514f-6f07-41f8-bafc-8a53a08a04ae",
                "&has_missing_attributes=false&has_missing_tags=true",
            );
            reply: 200 r#"{"offset": 120}"#;
            check(position): { assert_eq!(position.offset, 120); }
        }
        fewest {
            call(client): client.images().get_offset(PROJECT, IMAGE_ID);
            sends: GET in_project!("/images/497f6eca-6276-4993-bfeb-53cbbbba6f08/offset");
            reply: 200 r#"{"offset": 0}"#;
            check(position): { assert_eq!(position.offset, 0); }
        }
    }
}
