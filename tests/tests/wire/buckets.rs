//! Mounted buckets of a workspace.

use clientsmith_tests::json_text::page;
use hasty_api::types::{self, AssetType, CloudProvider};
use uuid::{Uuid, uuid};

use crate::exchange::{id, moment};

const WORKSPACE: Uuid = uuid!("92874094-a7b8-4cb9-bd33-8d8fc57f3137");
const BUCKET: Uuid = uuid!("4c9b159b-4b59-492e-a8f9-ca4c2c5cf3ad");

const CREDENTIALS: &str = r#"{
    "credential_id": "4c9b159b-4b59-492e-a8f9-ca4c2c5cf3ad",
    "description": "Autonomous car dashcam pictures",
    "cloud_provider": "s3",
    "created_at": "2019-08-24T14:15:22Z",
    "update_at": "2019-08-26T14:15:22Z"
}"#;

const BARE_CREDENTIALS: &str = r#"{"credential_id": "4c9b159b-4b59-492e-a8f9-ca4c2c5cf3ad"}"#;

/// A request with all fields of all providers.
fn whole() -> types::BucketCredentialsWrite {
    types::BucketCredentialsWrite::new()
        .secret("a")
        .description("Autonomous car dashcam pictures")
        .cloud_provider(CloudProvider::Gcs)
        .bucket_gcs("b")
        .key_json(r#"{"type": "service_account"}"#)
        .bucket_s3("c")
        .role("arn:aws:iam::1:role/x")
        .account_name("d")
        .secret_access_key("e")
        .container("f")
}

const WHOLE: &str = r#"{
    "secret": "a",
    "description": "Autonomous car dashcam pictures",
    "cloud_provider": "gcs",
    "bucket_gcs": "b",
    "key_json": "{\"type\": \"service_account\"}",
    "bucket_s3": "c",
    "role": "arn:aws:iam::1:role/x",
    "account_name": "d",
    "secret_access_key": "e",
    "container": "f"
}"#;

operations! {
    list_buckets {
        all {
            call(client): client.buckets().list(WORKSPACE);
            sends: GET "/v1/buckets/92874094-a7b8-4cb9-bd33-8d8fc57f3137/credentials";
            reply: 200 page(CREDENTIALS);
            check(buckets): {
                let bucket = &buckets.items[0];
                assert_eq!(bucket.credential_id, BUCKET);
                assert_eq!(bucket.update_at, Some(moment("2019-08-26T14:15:22Z")));
                assert_eq!(bucket.description.as_deref(), Some("Autonomous car dashcam pictures"));
            }
        }
        fewest {
            call(client): client.buckets().list(WORKSPACE);
            sends: GET "/v1/buckets/92874094-a7b8-4cb9-bd33-8d8fc57f3137/credentials";
            reply: 200 page(BARE_CREDENTIALS);
            check(buckets): { assert_eq!(buckets.items[0].created_at, None); }
        }
    }

    create_bucket {
        all {
            call(client): client.buckets().create(WORKSPACE, &whole());
            sends: POST "/v1/buckets/92874094-a7b8-4cb9-bd33-8d8fc57f3137/credentials", WHOLE;
            reply: 200 CREDENTIALS;
            check(bucket): { assert_eq!(bucket.created_at, Some(moment("2019-08-24T14:15:22Z"))); }
        }
        fewest {
            call(client): client.buckets().create(WORKSPACE, &types::BucketCredentialsWrite::new());
            sends: POST "/v1/buckets/92874094-a7b8-4cb9-bd33-8d8fc57f3137/credentials", "{}";
            reply: 200 BARE_CREDENTIALS;
            check(bucket): { assert_eq!(bucket.description, None); }
        }
    }

    update_bucket {
        all {
            call(client): client.buckets().update(WORKSPACE, BUCKET, &whole());
            sends: PUT
                "/v1/buckets/92874094-a7b8-4cb9-bd33-8d8fc57f3137/credentials/4c9b159b-4b59-492e-a8f9-ca4c2c5cf3ad",
                WHOLE;
            reply: 200 CREDENTIALS;
            check(bucket): { assert_eq!(bucket.credential_id, BUCKET); }
        }
        fewest {
            call(client): client.buckets().update(WORKSPACE, BUCKET, &types::BucketCredentialsWrite::new());
            sends: PUT
                "/v1/buckets/92874094-a7b8-4cb9-bd33-8d8fc57f3137/credentials/4c9b159b-4b59-492e-a8f9-ca4c2c5cf3ad",
                "{}";
            reply: 200 BARE_CREDENTIALS;
            check(bucket): { assert_eq!(bucket.update_at, None); }
        }
    }

    import_from_bucket {
        all {
            call(client): client.buckets().import(
                WORKSPACE,
                BUCKET,
                &types::BucketImport::new(id("8c4c51f1-f6f3-43bc-b65d-7415e8ef22c0"))
                    .copy(true)
                    .prefix("folder/subfolder/prefix")
                    .upload_id("f2ef591b-135b-46fa-a604-3d4fda5bfbfb")
                    .upload_scope_id("17a4fab4-c59c-4031-9cb5-41fccb5b054c")
                    .asset_type(AssetType::Videos),
            );
            sends: POST
                "/v1/buckets/92874094-a7b8-4cb9-bd33-8d8fc57f3137/credentials/4c9b159b-4b59-492e-a8f9-ca4c2c5cf3ad/import",
                r#"{
                    "dataset_id": "8c4c51f1-f6f3-43bc-b65d-7415e8ef22c0",
                    "copy": true,
                    "prefix": "folder/subfolder/prefix",
                    "upload_id": "f2ef591b-135b-46fa-a604-3d4fda5bfbfb",
                    "upload_scope_id": "17a4fab4-c59c-4031-9cb5-41fccb5b054c",
                    "asset_type": "videos"
                }"#;
            reply: 204;
        }
        fewest {
            call(client): client.buckets().import(
                WORKSPACE,
                BUCKET,
                &types::BucketImport::new(id("8c4c51f1-f6f3-43bc-b65d-7415e8ef22c0")),
            );
            sends: POST
                "/v1/buckets/92874094-a7b8-4cb9-bd33-8d8fc57f3137/credentials/4c9b159b-4b59-492e-a8f9-ca4c2c5cf3ad/import",
                r#"{"dataset_id": "8c4c51f1-f6f3-43bc-b65d-7415e8ef22c0"}"#;
            reply: 204;
        }
    }

    list_bucket_files {
        all {
            call(client): client
                .buckets()
                .list_files(WORKSPACE, BUCKET)
                .prefix("datasets/food/")
                .upload_id("f2ef591b-135b-46fa-a604-3d4fda5bfbfb")
                .upload_scope_id("17a4fab4-c59c-4031-9cb5-41fccb5b054c");
            sends: GET concat!(
                "/v1/buckets/92874094-a7b8-4cb9-bd33-8d8fc57f3137/credentials/4c9b159b-4b59-492e-a8f9-ca4c2c5cf3ad/files",
                "?prefix=datasets%2Ffood%2F&upload_id=f2ef591b-135b-46fa-a604-3d4fda5bfbfb",
                "&upload_scope_id=17a4fab4-c59c-4031-9cb5-41fccb5b054c",
            );
            reply: 200 r#"{"files": ["datasets/food/1.jpg", "datasets/food/2.jpg"]}"#;
            check(files): {
                assert_eq!(files.files, Some(vec!["datasets/food/1.jpg".to_owned(), "datasets/food/2.jpg".to_owned()]));
            }
        }
        fewest {
            call(client): client.buckets().list_files(WORKSPACE, BUCKET);
            sends: GET
                "/v1/buckets/92874094-a7b8-4cb9-bd33-8d8fc57f3137/credentials/4c9b159b-4b59-492e-a8f9-ca4c2c5cf3ad/files";
            reply: 200 r#"{"files": []}"#;
            check(files): { assert_eq!(files.files, Some(vec![])); }
        }
    }
}
