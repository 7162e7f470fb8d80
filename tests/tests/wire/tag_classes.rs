//! Tag classes.

use clientsmith_tests::json_text::page;
use hasty_api::types;
use uuid::{Uuid, uuid};

use crate::exchange::{PROJECT, id, in_project};

const CLASS_ID: Uuid = uuid!("3637334b-1584-4941-ba7d-7018635858b9");

const CLASS: &str = r#"{
    "id": "497f6eca-6276-4993-bfeb-53cbbbba6f08",
    "name": "night",
    "norder": 1.5,
    "tag_group_id": "any text",
    "tag_group_name": "light"
}"#;

const BARE_CLASS: &str = r#"{"id": "497f6eca-6276-4993-bfeb-53cbbbba6f08", "name": "night"}"#;

/// A request with all fields of a tag class.
fn whole() -> types::TagClassWrite {
    types::TagClassWrite::new("night")
        .norder(10.0)
        .tag_group_id("any text")
        .tag_group_name("light")
}

const WHOLE: &str =
    r#"{"name": "night", "norder": 10, "tag_group_id": "any text", "tag_group_name": "light"}"#;

operations! {
    list_tag_classes {
        all {
            call(client): client.tag_classes().list(PROJECT).offset(5).limit(10);
            sends: GET in_project!("/tag_classes?offset=5&limit=10");
            reply: 200 page(CLASS);
            check(classes): {
                assert_eq!((classes.items[0].name.as_str(), classes.items[0].norder), ("night", Some(1.5)));
                assert_eq!(classes.items[0].tag_group_id.as_deref(), Some("any text"));
            }
        }
        fewest {
            call(client): client.tag_classes().list(PROJECT);
            sends: GET in_project!("/tag_classes");
            reply: 200 page(BARE_CLASS);
            check(classes): { assert_eq!(classes.items[0].tag_group_name, None); }
        }
    }

    create_tag_class {
        all {
            call(client): client.tag_classes().create(PROJECT, &whole());
            sends: POST in_project!("/tag_classes"), WHOLE;
            reply: 200 CLASS;
            check(class): { assert_eq!(class.tag_group_name.as_deref(), Some("light")); }
        }
        fewest {
            call(client): client.tag_classes().create(PROJECT, &types::TagClassWrite::new("night"));
            sends: POST in_project!("/tag_classes"), r#"{"name": "night"}"#;
            reply: 200 BARE_CLASS;
            check(class): { assert_eq!((class.norder, class.tag_group_id), (None, None)); }
        }
    }

    get_tag_class {
        all {
            call(client): client.tag_classes().get(PROJECT, CLASS_ID);
            sends: GET in_project!("/tag_classes/3637334b-1584-4941-ba7d-7018635858b9");
            reply: 200 CLASS;
            check(class): { assert_eq!(class.id, id("497f6eca-6276-4993-bfeb-53cbbbba6f08")); }
        }
        fewest {
            call(client): client.tag_classes().get(PROJECT, CLASS_ID);
            sends: GET in_project!("/tag_classes/3637334b-1584-4941-ba7d-7018635858b9");
            reply: 200 BARE_CLASS;
            check(class): { assert_eq!(class.norder, None); }
        }
    }

    update_tag_class {
        all {
            call(client): client.tag_classes().update(PROJECT, CLASS_ID, &whole());
            sends: PUT in_project!("/tag_classes/3637334b-1584-4941-ba7d-7018635858b9"), WHOLE;
            reply: 200 CLASS;
            check(class): { assert_eq!(class.norder, Some(1.5)); }
        }
        fewest {
            call(client): client.tag_classes().update(PROJECT, CLASS_ID, &types::TagClassWrite::new("day"));
            sends: PUT in_project!("/tag_classes/3637334b-1584-4941-ba7d-7018635858b9"), r#"{"name": "day"}"#;
            reply: 200 BARE_CLASS;
            check(class): { assert_eq!(class.name, "night"); }
        }
    }

    delete_tag_class {
        all {
            call(client): client.tag_classes().delete(PROJECT, CLASS_ID);
            sends: DELETE in_project!("/tag_classes/3637334b-1584-4941-ba7d-7018635858b9");
            reply: 204;
        }
        fewest {
            call(client): client.tag_classes().delete(PROJECT, PROJECT);
            sends: DELETE in_project!("/tag_classes/17a4fab4-c59c-4031-9cb5-41fccb5b054c");
            reply: 204;
        }
    }
}
