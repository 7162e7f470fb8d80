//! Tag groups.

use clientsmith_tests::json_text::page;
use hasty_api::types::{self, TagGroupType};
use uuid::{Uuid, uuid};

use crate::exchange::{PROJECT, id, in_project};

const GROUP_ID: Uuid = uuid!("3637334b-1584-4941-ba7d-7018635858b9");

const GROUP: &str = r#"{
    "id": "497f6eca-6276-4993-bfeb-53cbbbba6f08",
    "name": "light",
    "type": "MULTIPLE-SELECTION",
    "is_required": true,
    "norder": 2
}"#;

const BARE_GROUP: &str =
    r#"{"id": "497f6eca-6276-4993-bfeb-53cbbbba6f08", "name": "light", "type": "SELECTION"}"#;

/// A request with all fields of a tag group.
fn whole() -> types::TagGroupWrite {
    types::TagGroupWrite::new("light", TagGroupType::MultipleSelection)
        .is_required(false)
        .norder(2.5)
}

const WHOLE: &str =
    r#"{"name": "light", "type": "MULTIPLE-SELECTION", "is_required": false, "norder": 2.5}"#;

operations! {
    list_tag_groups {
        all {
            call(client): client.tag_groups().list(PROJECT).offset(0).limit(2);
            sends: GET in_project!("/tag_groups?offset=0&limit=2");
            reply: 200 page(GROUP);
            check(groups): {
                assert_eq!(groups.items[0].r#type, TagGroupType::MultipleSelection);
                assert_eq!((groups.items[0].is_required, groups.items[0].norder), (Some(true), Some(2.0)));
            }
        }
        fewest {
            call(client): client.tag_groups().list(PROJECT);
            sends: GET in_project!("/tag_groups");
            reply: 200 page(BARE_GROUP);
            check(groups): { assert_eq!(groups.items[0].r#type, TagGroupType::Selection); }
        }
    }

    create_tag_group {
        all {
            call(client): client.tag_groups().create(PROJECT, &whole());
            sends: POST in_project!("/tag_groups"), WHOLE;
            reply: 200 GROUP;
            check(group): { assert_eq!((group.id, group.name.as_str()), (id("497f6eca-6276-4993-bfeb-53cbbbba6f08"), "light")); }
        }
        fewest {
            call(client): client.tag_groups().create(
                PROJECT,
                &types::TagGroupWrite::new("light", TagGroupType::Selection),
            );
            sends: POST in_project!("/tag_groups"), r#"{"name": "light", "type": "SELECTION"}"#;
            reply: 200 BARE_GROUP;
            check(group): { assert_eq!((group.is_required, group.norder), (None, None)); }
        }
    }

    get_tag_group {
        all {
            call(client): client.tag_groups().get(PROJECT, GROUP_ID);
            sends: GET in_project!("/tag_groups/3637334b-1584-4941-ba7d-7018635858b9");
            reply: 200 GROUP;
            check(group): { assert_eq!(group.is_required, Some(true)); }
        }
        fewest {
            call(client): client.tag_groups().get(PROJECT, GROUP_ID);
            sends: GET in_project!("/tag_groups/3637334b-1584-4941-ba7d-7018635858b9");
            reply: 200 BARE_GROUP;
            check(group): { assert_eq!(group.norder, None); }
        }
    }

    update_tag_group {
        all {
            call(client): client.tag_groups().update(PROJECT, GROUP_ID, &whole());
            sends: PUT in_project!("/tag_groups/3637334b-1584-4941-ba7d-7018635858b9"), WHOLE;
            reply: 200 GROUP;
            check(group): { assert_eq!(group.norder, Some(2.0)); }
        }
        fewest {
            call(client): client.tag_groups().update(
                PROJECT,
                GROUP_ID,
                &types::TagGroupWrite::new("weather", TagGroupType::Selection),
            );
            sends: PUT in_project!("/tag_groups/3637334b-1584-4941-ba7d-7018635858b9"),
                r#"{"name": "weather", "type": "SELECTION"}"#;
            reply: 200 BARE_GROUP;
            check(group): { assert_eq!(group.is_required, None); }
        }
    }
}
