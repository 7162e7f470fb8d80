//! Signed URLs for uploads.

use clientsmith_tests::json_text::batch;
use hasty_api::types::UploadStyle;

use crate::exchange::{PROJECT, in_project};

const SIGNED_URL: &str = r#"{
    "id": "f2ef591b-135b-46fa-a604-3d4fda5bfbfb",
    "url": "https://storage.example.com/upload?signature=a%2Fb&expires=1"
}"#;

operations! {
    generate_upload_urls {
        all {
            call(client): client.uploads().generate_urls(PROJECT, 50).style(UploadStyle::Resumable);
            sends: GET in_project!("/uploads?count=50&style=resumable");
            reply: 200 batch(SIGNED_URL);
            check(urls): {
                assert_eq!((urls.meta.total, urls.meta.object.as_deref()), (1, Some("batch")));
                assert_eq!(urls.items[0].id, "f2ef591b-135b-46fa-a604-3d4fda5bfbfb");
                assert_eq!(urls.items[0].url, "https://storage.example.com/upload?signature=a%2Fb&expires=1");
            }
        }
        fewest {
            call(client): client.uploads().generate_urls(PROJECT, 1);
            sends: GET in_project!("/uploads?count=1");
            reply: 200 r#"{"meta": {"total": 0}, "items": []}"#;
            check(urls): { assert_eq!(urls.items.len(), 0); }
        }
    }
}
