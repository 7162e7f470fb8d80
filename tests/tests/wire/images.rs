//! Images and their tags; the filters of lists are in a file of their own.

use clientsmith_tests::json_text::{array, page};
use hasty_api::types::{self, DefaultStatus, DefaultStatusWrite, HealthStatus};
use uuid::{Uuid, uuid};

use crate::exchange::{PROJECT, id, in_project, moment};

const IMAGE_ID: Uuid = uuid!("497f6eca-6276-4993-bfeb-53cbbbba6f08");
const DATASET: Uuid = uuid!("e0144edc-c824-417c-bf1b-b3f66baa97d3");
const UPLOAD: Uuid = uuid!("f2ef591b-135b-46fa-a604-3d4fda5bfbfb");

/// An image with all of its fields.
pub const IMAGE: &str = r#"{
    "dataset_id": "8c4c51f1-f6f3-43bc-b65d-7415e8ef22c0",
    "dataset_name": "train",
    "height": 480,
    "id": "497f6eca-6276-4993-bfeb-53cbbbba6f08",
    "format": "JPEG",
    "mode": "RGB",
    "name": "img_001.jpg",
    "health_status": "OK",
    "status": "TO REVIEW",
    "status_id": "4e949624-bc0f-439e-a9f2-25a23938812c",
    "is_locked": true,
    "public_url": "https://storage.example.com/img_001.jpg",
    "thumbnail_url": "https://storage.example.com/thumbnails/img_001.jpg",
    "uploaded_on": "2019-08-24T14:15:22Z",
    "update_date": "2020-02-29T23:59:59.123456Z",
    "updated_by": "deea00dc-b6b6-4412-a483-26ac61e1f6fe",
    "url": "https://api.example.com/images/497f6eca",
    "width": 640,
    "external_id": "camera-7",
    "queue_ids": ["deec160f-3767-4bed-9c55-0fa799b4e476", "8912827e-6c2c-402a-a0f3-1eb63f7b12c8"],
    "exif": {"orientation": "1"}
}"#;

const BARE_IMAGE: &str = r#"{
    "dataset_id": "8c4c51f1-f6f3-43bc-b65d-7415e8ef22c0",
    "id": "497f6eca-6276-4993-bfeb-53cbbbba6f08",
    "name": "img_001.jpg"
}"#;

const TAG: &str = r#"{
    "id": "03e7493c-608b-4c34-83b8-041808788ef3",
    "tag_class_id": "3637334b-1584-4941-ba7d-7018635858b9",
    "tag_class_name": "night",
    "image_id": "497f6eca-6276-4993-bfeb-53cbbbba6f08"
}"#;

operations! {
    import_image {
        all {
            call(client): client
                .images()
                .import(
                    PROJECT,
                    &types::ImageImport::ImageImportUpload(
                        types::ImageImportUpload::new(DATASET, UPLOAD, "img_001.jpg").external_id("camera-7"),
                    ),
                )
                .replace(true);
            sends: POST in_project!("/images?replace=true"), r#"{
                "dataset_id": "e0144edc-c824-417c-bf1b-b3f66baa97d3",
                "upload_id": "f2ef591b-135b-46fa-a604-3d4fda5bfbfb",
                "filename": "img_001.jpg",
                "external_id": "camera-7"
            }"#;
            reply: 200 IMAGE;
            check(image): {
                assert_eq!((image.dataset_name.as_deref(), image.format.as_deref()), (Some("train"), Some("JPEG")));
                assert_eq!((image.mode.as_deref(), image.external_id.as_deref()), (Some("RGB"), Some("camera-7")));
            }
        }
        fewest {
            call(client): client.images().import(
                PROJECT,
                &types::ImageImport::ImageImportUpload(types::ImageImportUpload::new(DATASET, UPLOAD, "img_001.jpg")),
            );
            sends: POST in_project!("/images"), r#"{
                "dataset_id": "e0144edc-c824-417c-bf1b-b3f66baa97d3",
                "upload_id": "f2ef591b-135b-46fa-a604-3d4fda5bfbfb",
                "filename": "img_001.jpg"
            }"#;
            reply: 200 BARE_IMAGE;
            check(image): { assert_eq!((image.width, image.status, image.exif.is_some()), (None, None, false)); }
        }
    }

    get_image {
        all {
            call(client): client.images().get(PROJECT, IMAGE_ID);
            sends: GET in_project!("/images/497f6eca-6276-4993-bfeb-53cbbbba6f08");
            reply: 200 IMAGE;
            check(image): {
                assert_eq!(image.dataset_id, id("8c4c51f1-f6f3-43bc-b65d-7415e8ef22c0"));
                assert_eq!((image.width, image.height, image.is_locked), (Some(640), Some(480), Some(true)));
                assert_eq!((image.health_status, image.status), (Some(HealthStatus::Ok), Some(DefaultStatus::ToReview)));
                assert_eq!(image.update_date, Some(moment("2020-02-29T23:59:59.123456Z")));
                assert_eq!(image.updated_by, Some(id("deea00dc-b6b6-4412-a483-26ac61e1f6fe")));
                assert_eq!(image.exif.and_then(|exif| exif.orientation).as_deref(), Some("1"));
            }
        }
        fewest {
            call(client): client.images().get(PROJECT, IMAGE_ID);
            sends: GET in_project!("/images/497f6eca-6276-4993-bfeb-53cbbbba6f08");
            reply: 200 BARE_IMAGE;
            check(image): {
                assert_eq!((image.id, image.name.as_str()), (IMAGE_ID, "img_001.jpg"));
                assert_eq!((image.public_url, image.queue_ids), (None, None));
            }
        }
    }

    replace_image {
        all {
            call(client): client.images().replace(
                PROJECT,
                IMAGE_ID,
                &types::ImageReplace::new(UPLOAD, "img_002.jpg").external_id("camera-8"),
            );
            sends: PUT in_project!("/images/497f6eca-6276-4993-bfeb-53cbbbba6f08"), r#"{
                "upload_id": "f2ef591b-135b-46fa-a604-3d4fda5bfbfb",
                "filename": "img_002.jpg",
                "external_id": "camera-8"
            }"#;
            reply: 200 IMAGE;
            check(image): { assert_eq!(image.url.as_deref(), Some("https://api.example.com/images/497f6eca")); }
        }
        fewest {
            call(client): client.images().replace(PROJECT, IMAGE_ID, &types::ImageReplace::new(UPLOAD, "img_002.jpg"));
            sends: PUT in_project!("/images/497f6eca-6276-4993-bfeb-53cbbbba6f08"),
                r#"{"upload_id": "f2ef591b-135b-46fa-a604-3d4fda5bfbfb", "filename": "img_002.jpg"}"#;
            reply: 200 BARE_IMAGE;
            check(image): { assert_eq!(image.external_id, None); }
        }
    }

    update_image {
        all {
            call(client): client.images().update(
                PROJECT,
                IMAGE_ID,
                &types::MediaPatch::new().filename("img_003.jpg").dataset_id(DATASET),
            );
            sends: PATCH in_project!("/images/497f6eca-6276-4993-bfeb-53cbbbba6f08"),
                r#"{"filename": "img_003.jpg", "dataset_id": "e0144edc-c824-417c-bf1b-b3f66baa97d3"}"#;
            reply: 200 IMAGE;
            check(image): { assert_eq!(image.status_id, Some(id("4e949624-bc0f-439e-a9f2-25a23938812c"))); }
        }
        fewest {
            call(client): client.images().update(PROJECT, IMAGE_ID, &types::MediaPatch::new());
            sends: PATCH in_project!("/images/497f6eca-6276-4993-bfeb-53cbbbba6f08"), "{}";
            reply: 200 BARE_IMAGE;
            check(image): { assert_eq!(image.dataset_name, None); }
        }
    }

    delete_image {
        all {
            call(client): client.images().delete(PROJECT, IMAGE_ID);
            sends: DELETE in_project!("/images/497f6eca-6276-4993-bfeb-53cbbbba6f08");
            reply: 204;
        }
        fewest {
            call(client): client.images().delete(PROJECT, PROJECT);
            sends: DELETE in_project!("/images/17a4fab4-c59c-4031-9cb5-41fccb5b054c");
            reply: 204;
        }
    }

    set_image_status {
        all {
            call(client): client.images().set_status(
                PROJECT,
                IMAGE_ID,
                &types::MediaStatusWrite::MediaStatusByName(types::MediaStatusByName::new(DefaultStatusWrite::InProgress)),
            );
            sends: PUT in_project!("/images/497f6eca-6276-4993-bfeb-53cbbbba6f08/status"), r#"{"status": "IN PROGRESS"}"#;
            reply: 204;
        }
        fewest {
            call(client): client.images().set_status(
                PROJECT,
                IMAGE_ID,
                &types::MediaStatusWrite::MediaStatusById(types::MediaStatusById::new(
                    id("4e949624-bc0f-439e-a9f2-25a23938812c"),
                )),
            );
            sends: PUT in_project!("/images/497f6eca-6276-4993-bfeb-53cbbbba6f08/status"),
                r#"{"status_id": "4e949624-bc0f-439e-a9f2-25a23938812c"}"#;
            reply: 204;
        }
    }

    list_image_tags {
        all {
            call(client): client.images().list_tags(PROJECT, IMAGE_ID).offset(3).limit(7);
            sends: GET in_project!("/images/497f6eca-6276-4993-bfeb-53cbbbba6f08/tags?offset=3&limit=7");
            reply: 200 page(TAG);
            check(tags): {
                assert_eq!(tags.items[0].id, id("03e7493c-608b-4c34-83b8-041808788ef3"));
                assert_eq!(tags.items[0].tag_class_name.as_deref(), Some("night"));
            }
        }
        fewest {
            call(client): client.images().list_tags(PROJECT, IMAGE_ID);
            sends: GET in_project!("/images/497f6eca-6276-4993-bfeb-53cbbbba6f08/tags");
            reply: 200 r#"{"meta": {"total": 0}, "items": []}"#;
            check(tags): { assert_eq!(tags.meta.total, 0); }
        }
    }

    add_image_tags {
        all {
            call(client): client.images().add_tags(PROJECT, IMAGE_ID, &[
                types::ImageTagWrite::new(id("3637334b-1584-4941-ba7d-7018635858b9")),
                types::ImageTagWrite::new(id("a128136f-670e-41d6-8329-cb8d9608d7af")),
            ]);
            sends: POST in_project!("/images/497f6eca-6276-4993-bfeb-53cbbbba6f08/tags"), r#"[
                {"tag_class_id": "3637334b-1584-4941-ba7d-7018635858b9"},
                {"tag_class_id": "a128136f-670e-41d6-8329-cb8d9608d7af"}
            ]"#;
            reply: 200 array(TAG);
            check(tags): {
                assert_eq!(tags[0].tag_class_id, id("3637334b-1584-4941-ba7d-7018635858b9"));
                assert_eq!(tags[0].image_id, Some(IMAGE_ID));
            }
        }
        fewest {
            call(client): client.images().add_tags(PROJECT, IMAGE_ID, &[]);
            sends: POST in_project!("/images/497f6eca-6276-4993-bfeb-53cbbbba6f08/tags"), "[]";
            reply: 200 r#"[{
                "id": "03e7493c-608b-4c34-83b8-041808788ef3",
                "tag_class_id": "3637334b-1584-4941-ba7d-7018635858b9"
            }]"#;
            check(tags): { assert_eq!((tags[0].image_id, tags[0].tag_class_name.as_deref()), (None, None)); }
        }
    }

    delete_image_tags {
        all {
            call(client): client.images().delete_tags(PROJECT, IMAGE_ID, &[
                types::ImageTagRef::new().tag_id(id("03e7493c-608b-4c34-83b8-041808788ef3")),
                types::ImageTagRef::new().tag_class_id(id("3637334b-1584-4941-ba7d-7018635858b9")),
            ]);
            sends: DELETE in_project!("/images/497f6eca-6276-4993-bfeb-53cbbbba6f08/tags"), r#"[
                {"tag_id": "03e7493c-608b-4c34-83b8-041808788ef3"},
                {"tag_class_id": "3637334b-1584-4941-ba7d-7018635858b9"}
            ]"#;
            reply: 204;
        }
        fewest {
            call(client): client.images().delete_tags(PROJECT, IMAGE_ID, &[]);
            sends: DELETE in_project!("/images/497f6eca-6276-4993-bfeb-53cbbbba6f08/tags"), "[]";
            reply: 204;
        }
    }
}

/// The other two places that an image can come from.
mod import_image_from {
    use super::*;
    use crate::exchange::Exchange;
    use clientsmith_tests::server::Reply;

    const BUCKET: Uuid = uuid!("4c9b159b-4b59-492e-a8f9-ca4c2c5cf3ad");

    async fn sends(import: types::ImageImport, body: &str) {
        let exchange = Exchange::new(Reply::json(200, BARE_IMAGE)).await;
        let outcome = exchange.client().images().import(PROJECT, &import).await;
        exchange.expect_sent("POST", in_project!("/images"), Some(body));
        assert_eq!(outcome.expect("an image").id, IMAGE_ID);
    }

    #[tokio::test]
    async fn a_url() {
        let url = "https://example.com/a%20b.jpg?x=1";
        let import = types::ImageImportUrl::new(DATASET, url)
            .filename("a b.jpg")
            .copy_original(false)
            .external_id("e");
        let body = r#"{
            "dataset_id": "e0144edc-c824-417c-bf1b-b3f66baa97d3",
            "url": "https://example.com/a%20b.jpg?x=1",
            "filename": "a b.jpg",
            "copy_original": false,
            "external_id": "e"
        }"#;
        sends(types::ImageImport::ImageImportUrl(import), body).await;
        let body = r#"{"dataset_id": "e0144edc-c824-417c-bf1b-b3f66baa97d3", "url": "https://example.com/a%20b.jpg?x=1"}"#;
        sends(
            types::ImageImport::ImageImportUrl(types::ImageImportUrl::new(DATASET, url)),
            body,
        )
        .await;
    }

    #[tokio::test]
    async fn a_bucket() {
        let import = types::ImageImportBucket::new(DATASET, "a/b.jpg", BUCKET)
            .filename("b.jpg")
            .copy_original(true)
            .external_id("e");
        let body = r#"{
            "dataset_id": "e0144edc-c824-417c-bf1b-b3f66baa97d3",
            "url": "a/b.jpg",
            "bucket_id": "4c9b159b-4b59-492e-a8f9-ca4c2c5cf3ad",
            "filename": "b.jpg",
            "copy_original": true,
            "external_id": "e"
        }"#;
        sends(types::ImageImport::ImageImportBucket(import), body).await;
        let body = r#"{
            "dataset_id": "e0144edc-c824-417c-bf1b-b3f66baa97d3",
            "url": "a/b.jpg",
            "bucket_id": "4c9b159b-4b59-492e-a8f9-ca4c2c5cf3ad"
        }"#;
        sends(
            types::ImageImport::ImageImportBucket(types::ImageImportBucket::new(
                DATASET, "a/b.jpg", BUCKET,
            )),
            body,
        )
        .await;
    }
}
