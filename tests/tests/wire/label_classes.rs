//! Label classes.

use clientsmith_tests::json_text::page;
use hasty_api::types::{self, LabelClassType};
use uuid::{Uuid, uuid};

use crate::exchange::{PROJECT, id, in_project};

const CLASS_ID: Uuid = uuid!("3637334b-1584-4941-ba7d-7018635858b9");

const CLASS: &str = r##"{
    "id": "497f6eca-6276-4993-bfeb-53cbbbba6f08",
    "name": "car",
    "description": "A car",
    "type": "object",
    "color": "#0f0f0faa",
    "icon_url": "https://example.com/car.svg",
    "norder": 7,
    "parent_id": "1c6ca187-e61f-4301-8dcb-0e9749e89eef",
    "external_id": "mine",
    "use_description_as_prompt": true
}"##;

const BARE_CLASS: &str = r#"{"id": "497f6eca-6276-4993-bfeb-53cbbbba6f08", "name": "car"}"#;

/// A request with all fields of a label class.
fn whole() -> types::LabelClassWrite {
    types::LabelClassWrite::new("car")
        .description("A car")
        .r#type(LabelClassType::Background)
        .color("#0f0f0faa")
        .icon_url("https://example.com/car.svg")
        .norder(-0.5)
        .parent_id(id("1c6ca187-e61f-4301-8dcb-0e9749e89eef"))
        .external_id("mine")
        .use_description_as_prompt(false)
}

const WHOLE: &str = r##"{
    "name": "car",
    "description": "A car",
    "type": "background",
    "color": "#0f0f0faa",
    "icon_url": "https://example.com/car.svg",
    "norder": -0.5,
    "parent_id": "1c6ca187-e61f-4301-8dcb-0e9749e89eef",
    "external_id": "mine",
    "use_description_as_prompt": false
}"##;

operations! {
    list_label_classes {
        all {
            call(client): client.label_classes().list(PROJECT).offset(0).limit(100);
            sends: GET in_project!("/label_classes?offset=0&limit=100");
            reply: 200 page(CLASS);
            check(classes): {
                let class = &classes.items[0];
                assert_eq!((class.name.as_str(), class.r#type.as_ref()), ("car", Some(&LabelClassType::Object)));
                assert_eq!((class.color.as_deref(), class.norder), (Some("#0f0f0faa"), Some(7.0)));
                assert_eq!(class.parent_id, Some(id("1c6ca187-e61f-4301-8dcb-0e9749e89eef")));
            }
        }
        fewest {
            call(client): client.label_classes().list(PROJECT);
            sends: GET in_project!("/label_classes");
            reply: 200 page(BARE_CLASS);
            check(classes): { assert_eq!(classes.items[0].color, None); }
        }
    }

    create_label_class {
        all {
            call(client): client.label_classes().create(PROJECT, &whole());
            sends: POST in_project!("/label_classes"), WHOLE;
            reply: 200 CLASS;
            check(class): { assert_eq!(class.use_description_as_prompt, Some(true)); }
        }
        fewest {
            call(client): client.label_classes().create(PROJECT, &types::LabelClassWrite::new("car"));
            sends: POST in_project!("/label_classes"), r#"{"name": "car"}"#;
            reply: 200 BARE_CLASS;
            check(class): { assert_eq!((class.description, class.r#type), (None, None)); }
        }
    }

    get_label_class {
        all {
            call(client): client.label_classes().get(PROJECT, CLASS_ID);
            sends: GET in_project!("/label_classes/3637334b-1584-4941-ba7d-7018635858b9");
            reply: 200 CLASS;
            check(class): {
                assert_eq!(class.id, id("497f6eca-6276-4993-bfeb-53cbbbba6f08"));
                assert_eq!(class.icon_url.as_deref(), Some("https://example.com/car.svg"));
            }
        }
        fewest {
            call(client): client.label_classes().get(PROJECT, CLASS_ID);
            sends: GET in_project!("/label_classes/3637334b-1584-4941-ba7d-7018635858b9");
            reply: 200 BARE_CLASS;
            check(class): { assert_eq!((class.icon_url, class.norder), (None, None)); }
        }
    }

    update_label_class {
        all {
            call(client): client.label_classes().update(PROJECT, CLASS_ID, &whole());
            sends: PUT in_project!("/label_classes/3637334b-1584-4941-ba7d-7018635858b9"), WHOLE;
            reply: 200 CLASS;
            check(class): { assert_eq!(class.external_id.as_deref(), Some("mine")); }
        }
        fewest {
            call(client): client.label_classes().update(PROJECT, CLASS_ID, &types::LabelClassWrite::new("bus"));
            sends: PUT in_project!("/label_classes/3637334b-1584-4941-ba7d-7018635858b9"), r#"{"name": "bus"}"#;
            reply: 200 BARE_CLASS;
            check(class): { assert_eq!(class.parent_id, None); }
        }
    }

    delete_label_class {
        all {
            call(client): client.label_classes().delete(PROJECT, CLASS_ID);
            sends: DELETE in_project!("/label_classes/3637334b-1584-4941-ba7d-7018635858b9");
            reply: 204;
        }
        fewest {
            call(client): client.label_classes().delete(PROJECT, PROJECT);
            sends: DELETE in_project!("/label_classes/17a4fab4-c59c-4031-9cb5-41fccb5b054c");
            reply: 204;
        }
    }
}
