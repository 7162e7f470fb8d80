//! Workspaces.

use clientsmith_tests::json_text::page;
use hasty_api::types;
use uuid::{Uuid, uuid};

use crate::exchange::moment;

const WORKSPACE_ID: Uuid = uuid!("92874094-a7b8-4cb9-bd33-8d8fc57f3137");

const WORKSPACE: &str = r##"{
    "id": "92874094-a7b8-4cb9-bd33-8d8fc57f3137",
    "name": "Hasty Workspace",
    "unique_name": "hasty_workspace",
    "description": "Some description",
    "logo_url": "https://example.com/logo.svg",
    "is_public": false,
    "is_default": true,
    "background_color": "#ffffff",
    "subscription": "basic",
    "parked_on": "2019-08-24T14:15:22Z",
    "user_role": "Owner",
    "allow_support": false,
    "support_email": "support@example.com",
    "feature_mounting_buckets": true
}"##;

const BARE_WORKSPACE: &str =
    r#"{"id": "92874094-a7b8-4cb9-bd33-8d8fc57f3137", "name": "Hasty Workspace"}"#;

operations! {
    list_workspaces {
        all {
            call(client): client.workspaces().list().offset(0).limit(100);
            sends: GET "/v1/workspaces?offset=0&limit=100";
            reply: 200 page(WORKSPACE);
            check(workspaces): {
                let workspace = &workspaces.items[0];
                assert_eq!((workspace.id, workspace.name.as_str()), (WORKSPACE_ID, "Hasty Workspace"));
                assert_eq!((workspace.is_public, workspace.is_default), (Some(false), Some(true)));
                assert_eq!(workspace.parked_on, Some(moment("2019-08-24T14:15:22Z")));
            }
        }
        fewest {
            call(client): client.workspaces().list();
            sends: GET "/v1/workspaces";
            reply: 200 page(BARE_WORKSPACE);
            check(workspaces): { assert_eq!(workspaces.items[0].is_default, None); }
        }
    }

    get_workspace {
        all {
            call(client): client.workspaces().get(WORKSPACE_ID);
            sends: GET "/v1/workspaces/92874094-a7b8-4cb9-bd33-8d8fc57f3137";
            reply: 200 WORKSPACE;
            check(workspace): {
                assert_eq!(workspace.unique_name.as_deref(), Some("hasty_workspace"));
                assert_eq!((workspace.allow_support, workspace.feature_mounting_buckets), (Some(false), Some(true)));
            }
        }
        fewest {
            call(client): client.workspaces().get(WORKSPACE_ID);
            sends: GET "/v1/workspaces/92874094-a7b8-4cb9-bd33-8d8fc57f3137";
            reply: 200 BARE_WORKSPACE;
            check(workspace): { assert_eq!((workspace.parked_on, workspace.support_email), (None, None)); }
        }
    }

    update_workspace {
        all {
            call(client): client.workspaces().update(
                WORKSPACE_ID,
                &types::WorkspaceWrite::new("Hasty Workspace")
                    .unique_name("hasty_workspace")
                    .description("Some description")
                    .logo_url("https://example.com/logo.svg")
                    .is_public(true)
                    .background_color("#ffffff")
                    .allow_support(false)
                    .support_email("support@example.com")
                    .feature_mounting_buckets(true),
            );
            sends: PUT "/v1/workspaces/92874094-a7b8-4cb9-bd33-8d8fc57f3137", r##"{
                "name": "Hasty Workspace",
                "unique_name": "hasty_workspace",
                "description": "Some description",
                "logo_url": "https://example.com/logo.svg",
                "is_public": true,
                "background_color": "#ffffff",
                "allow_support": false,
                "support_email": "support@example.com",
                "feature_mounting_buckets": true
            }"##;
            reply: 200 WORKSPACE;
            check(workspace): {
                assert_eq!(workspace.background_color.as_deref(), Some("#ffffff"));
                assert_eq!(workspace.support_email.as_deref(), Some("support@example.com"));
            }
        }
        fewest {
            call(client): client.workspaces().update(WORKSPACE_ID, &types::WorkspaceWrite::new("Mine"));
            sends: PUT "/v1/workspaces/92874094-a7b8-4cb9-bd33-8d8fc57f3137", r#"{"name": "Mine"}"#;
            reply: 200 BARE_WORKSPACE;
            check(workspace): { assert_eq!(workspace.logo_url, None); }
        }
    }
}
