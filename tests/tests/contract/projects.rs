//! Calls of the contract run: workspaces, projects and their exports.

use super::{Contract, ONE, PROJECT, WORKSPACE, body, calls};

const WORKSPACE_WRITE: &str = r##"{"name": "Hasty Workspace", "unique_name": "hasty_workspace", "description": "Some description", "logo_url": "text", "is_public": false, "background_color": "text", "allow_support": false, "support_email": "text", "feature_mounting_buckets": true}"##;
const WORKSPACE_WRITE_LEAST: &str = r##"{"name": "Hasty Workspace"}"##;
const PROJECT_WRITE: &str = r##"{"name": "text", "workspace_id": "0f2ad9a6-8f4e-4c1f-9b63-6b1f6f2a7d10", "description": "text", "content_type": "IMAGES"}"##;
const PROJECT_WRITE_LEAST: &str = r##"{"name": "text"}"##;
const EXPORT_CREATE: &str = r##"{"format": "json_v1.1", "dataset_id": ["0f2ad9a6-8f4e-4c1f-9b63-6b1f6f2a7d10"], "tag": ["0f2ad9a6-8f4e-4c1f-9b63-6b1f6f2a7d10"], "class": ["0f2ad9a6-8f4e-4c1f-9b63-6b1f6f2a7d10"], "status_start_time": "2024-05-13T09:30:00Z", "video_status": ["NEW"], "image_status": ["NEW"], "sign_urls": true, "export_name": "my_coco_export", "semantic_format": "gs_asc", "labels_order": ["z_index"]}"##;
const EXPORT_CREATE_LEAST: &str = r##"{"format": "json_v1.1"}"##;

pub(crate) async fn workspaces(contract: &Contract) {
    let api = contract.client.workspaces();
    calls! { contract,
        list_workspaces: api.list().offset(1).limit(1);
        list_workspaces: api.list();
        get_workspace: api.get(WORKSPACE);
        update_workspace: api.update(WORKSPACE, &body(WORKSPACE_WRITE));
        update_workspace: api.update(WORKSPACE, &body(WORKSPACE_WRITE_LEAST));
    }
}

pub(crate) async fn projects(contract: &Contract) {
    let api = contract.client.projects();
    calls! { contract,
        list_projects: api.list().offset(1).limit(1).name("a b&c=ü");
        list_projects: api.list();
        create_project: api.create(&body(PROJECT_WRITE));
        create_project: api.create(&body(PROJECT_WRITE_LEAST));
        get_project: api.get(PROJECT);
        update_project: api.update(PROJECT, &body(PROJECT_WRITE));
        update_project: api.update(PROJECT, &body(PROJECT_WRITE_LEAST));
        delete_project: api.delete(PROJECT);
    }
}

pub(crate) async fn exports(contract: &Contract) {
    let api = contract.client.exports();
    calls! { contract,
        create_export: api.create(PROJECT, &body(EXPORT_CREATE));
        create_export: api.create(PROJECT, &body(EXPORT_CREATE_LEAST));
        get_export: api.get(PROJECT, ONE);
    }
}
