//! Projects.

use clientsmith_tests::json_text::page;
use hasty_api::types::{self, ContentType};

use crate::exchange::{PROJECT, id, in_project, moment};

const PROJECT_SAMPLE: &str = r#"{
    "id": "497f6eca-6276-4993-bfeb-53cbbbba6f08",
    "name": "Street",
    "last_opened_on": "2019-08-24T14:15:22Z",
    "owner_id": "8826ee2e-7933-4665-aef2-2393f84a0d05",
    "workspace_id": "0967198e-ec7b-4c6b-b4d3-f71244cadbe9",
    "description": "Street scenes",
    "created_on": "2018-08-24T14:15:22Z",
    "content_type": "VIDEOS"
}"#;

const BARE_PROJECT: &str = r#"{"id": "497f6eca-6276-4993-bfeb-53cbbbba6f08", "name": "Street"}"#;

/// A request with all fields of a project.
fn whole() -> types::ProjectWrite {
    types::ProjectWrite::new("Street")
        .workspace_id(id("0967198e-ec7b-4c6b-b4d3-f71244cadbe9"))
        .description("Street scenes")
        .content_type(ContentType::Urldata)
}

const WHOLE: &str = r#"{
    "name": "Street",
    "workspace_id": "0967198e-ec7b-4c6b-b4d3-f71244cadbe9",
    "description": "Street scenes",
    "content_type": "URLDATA"
}"#;

operations! {
    create_project {
        all {
            call(client): client.projects().create(&whole());
            sends: POST "/v1/projects", WHOLE;
            reply: 200 PROJECT_SAMPLE;
            check(project): {
                assert_eq!((project.name.as_str(), project.content_type), ("Street", Some(ContentType::Videos)));
                assert_eq!(project.created_on, Some(moment("2018-08-24T14:15:22Z")));
            }
        }
        fewest {
            call(client): client.projects().create(&types::ProjectWrite::new("Street"));
            sends: POST "/v1/projects", r#"{"name": "Street"}"#;
            reply: 200 BARE_PROJECT;
            check(project): { assert_eq!((project.workspace_id, project.description), (None, None)); }
        }
    }

    list_projects {
        all {
            call(client): client.projects().list().offset(0).limit(0).name("Straße");
            sends: GET "/v1/projects?offset=0&limit=0&name=Stra%C3%9Fe";
            reply: 200 page(PROJECT_SAMPLE);
            check(projects): {
                assert_eq!(projects.items[0].owner_id, Some(id("8826ee2e-7933-4665-aef2-2393f84a0d05")));
                assert_eq!(projects.items[0].last_opened_on, Some(moment("2019-08-24T14:15:22Z")));
            }
        }
        fewest {
            call(client): client.projects().list();
            sends: GET "/v1/projects";
            reply: 200 page(BARE_PROJECT);
            check(projects): { assert_eq!(projects.items[0].owner_id, None); }
        }
    }

    get_project {
        all {
            call(client): client.projects().get(PROJECT);
            sends: GET in_project!("");
            reply: 200 PROJECT_SAMPLE;
            check(project): { assert_eq!(project.description.as_deref(), Some("Street scenes")); }
        }
        fewest {
            call(client): client.projects().get(PROJECT);
            sends: GET in_project!("");
            reply: 200 BARE_PROJECT;
            check(project): {
                assert_eq!(project.id, id("497f6eca-6276-4993-bfeb-53cbbbba6f08"));
                assert_eq!(project.content_type, None);
            }
        }
    }

    update_project {
        all {
            call(client): client.projects().update(PROJECT, &whole());
            sends: PUT in_project!(""), WHOLE;
            reply: 200 PROJECT_SAMPLE;
            check(project): { assert_eq!(project.workspace_id, Some(id("0967198e-ec7b-4c6b-b4d3-f71244cadbe9"))); }
        }
        fewest {
            call(client): client.projects().update(PROJECT, &types::ProjectWrite::new("Road"));
            sends: PUT in_project!(""), r#"{"name": "Road"}"#;
            reply: 200 BARE_PROJECT;
            check(project): { assert_eq!(project.last_opened_on, None); }
        }
    }

    delete_project {
        all {
            call(client): client.projects().delete(PROJECT);
            sends: DELETE in_project!("");
            reply: 204;
        }
        fewest {
            call(client): client.projects().delete(id("497f6eca-6276-4993-bfeb-53cbbbba6f08"));
            sends: DELETE "/v1/projects/497f6eca-6276-4993-bfeb-53cbbbba6f08";
            reply: 204;
        }
    }
}
