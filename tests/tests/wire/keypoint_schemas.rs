//! Keypoint schemas and their links to label classes.

use clientsmith_tests::json_text::array;
use hasty_api::types::{self, KeypointSchemaType};
use uuid::{Uuid, uuid};

use crate::exchange::{PROJECT, id, in_project, moment};

const SCHEMA_ID: Uuid = uuid!("eae3bc2a-0205-462c-a992-abf2e38e5138");

const SCHEMA: &str = r##"{
    "id": "7fed7ec5-675a-4287-9ca2-4cfe6a6c422c",
    "name": "Person",
    "project_id": "a8e7a6c4-8bbb-4ea3-b70f-02cddd456fc7",
    "description": "A person playing sports",
    "type": "pose",
    "created_by": "cea1f108-4049-446e-819a-822e7b652049",
    "create_date": "2019-08-24T14:15:22Z",
    "updated_by": "deea00dc-b6b6-4412-a483-26ac61e1f6fe",
    "update_date": "2019-08-25T14:15:22Z",
    "norder": 0,
    "keypoint_classes": [{
        "id": "b5d7801c-d535-4b0b-a3a7-4b6b0c638198",
        "keypoint_schema_id": "7fed7ec5-675a-4287-9ca2-4cfe6a6c422c",
        "name": "Right Hip",
        "description": "A hip",
        "min_points": 0,
        "max_points": 1,
        "created_by": "cea1f108-4049-446e-819a-822e7b652049",
        "create_date": "2019-08-24T14:15:22Z",
        "updated_by": "cea1f108-4049-446e-819a-822e7b652049",
        "update_date": "2019-08-24T14:15:22Z",
        "norder": 0,
        "editor_x": 54,
        "editor_y": 12.5
    }],
    "keypoint_skeleton": [{
        "id": "1b5db549-9679-4df0-8d93-bc48c57f0e70",
        "keypoint_schema_id": "7fed7ec5-675a-4287-9ca2-4cfe6a6c422c",
        "keypoint_class_id_a": "9ae1e9af-c525-4aa4-a6ec-1c11466bb027",
        "keypoint_class_id_b": "b5d7801c-d535-4b0b-a3a7-4b6b0c638198",
        "color": "#FF2233"
    }],
    "template_id": "d146908c-fdd8-4fc8-a007-9073f072a007"
}"##;

const BARE_SCHEMA: &str =
    r#"{"id": "7fed7ec5-675a-4287-9ca2-4cfe6a6c422c", "name": "Person", "type": "polyline"}"#;

const LINK: &str = r#"{
    "keypoint_schema_id": "7fed7ec5-675a-4287-9ca2-4cfe6a6c422c",
    "label_class_id": "a128136f-670e-41d6-8329-cb8d9608d7af",
    "label_class_order": 3.25
}"#;

const BARE_LINK: &str =
    r#"{"keypoint_schema_id": "7fed7ec5-675a-4287-9ca2-4cfe6a6c422c", "label_class_order": 3}"#;

/// A request with all fields of a schema. The ids and dates of keypoint classes are the server's alone.
fn whole() -> types::KeypointSchemaWrite {
    types::KeypointSchemaWrite::new("Person", KeypointSchemaType::Pose)
        .project_id(id("a8e7a6c4-8bbb-4ea3-b70f-02cddd456fc7"))
        .description("A person playing sports")
        .norder(0.0)
        .keypoint_classes(vec![
            types::KeypointClass::new("Right Hip")
                .keypoint_schema_id(id("7fed7ec5-675a-4287-9ca2-4cfe6a6c422c"))
                .description("A hip")
                .min_points(0)
                .max_points(1)
                .norder(0.0)
                .editor_x(54.0)
                .editor_y(12.5),
            types::KeypointClass::new("Left Hip"),
        ])
        .keypoint_skeleton(vec![
            types::KeypointSkeleton::new()
                .id(id("1b5db549-9679-4df0-8d93-bc48c57f0e70"))
                .keypoint_schema_id(id("7fed7ec5-675a-4287-9ca2-4cfe6a6c422c"))
                .keypoint_class_id_a(id("9ae1e9af-c525-4aa4-a6ec-1c11466bb027"))
                .keypoint_class_id_b(id("b5d7801c-d535-4b0b-a3a7-4b6b0c638198"))
                .color("#FF2233"),
            types::KeypointSkeleton::new(),
        ])
        .template_id(id("d146908c-fdd8-4fc8-a007-9073f072a007"))
}

const WHOLE: &str = r##"{
    "name": "Person",
    "project_id": "a8e7a6c4-8bbb-4ea3-b70f-02cddd456fc7",
    "description": "A person playing sports",
    "type": "pose",
    "norder": 0,
    "keypoint_classes": [{
        "keypoint_schema_id": "7fed7ec5-675a-4287-9ca2-4cfe6a6c422c",
        "name": "Right Hip",
        "description": "A hip",
        "min_points": 0,
        "max_points": 1,
        "norder": 0,
        "editor_x": 54,
        "editor_y": 12.5
    }, {"name": "Left Hip"}],
    "keypoint_skeleton": [{
        "id": "1b5db549-9679-4df0-8d93-bc48c57f0e70",
        "keypoint_schema_id": "7fed7ec5-675a-4287-9ca2-4cfe6a6c422c",
        "keypoint_class_id_a": "9ae1e9af-c525-4aa4-a6ec-1c11466bb027",
        "keypoint_class_id_b": "b5d7801c-d535-4b0b-a3a7-4b6b0c638198",
        "color": "#FF2233"
    }, {}],
    "template_id": "d146908c-fdd8-4fc8-a007-9073f072a007"
}"##;

/// A link with and one without its optional field.
fn links() -> [types::KeypointSchemaLabelClass; 2] {
    let schema = id("7fed7ec5-675a-4287-9ca2-4cfe6a6c422c");
    let whole = types::KeypointSchemaLabelClass::new(schema, 3.25)
        .label_class_id(id("a128136f-670e-41d6-8329-cb8d9608d7af"));
    [whole, types::KeypointSchemaLabelClass::new(schema, 3.0)]
}

operations! {
    list_keypoint_schemas {
        all {
            call(client): client.keypoint_schemas().list(PROJECT);
            sends: GET in_project!("/keypoint_schemas");
            reply: 200 array(SCHEMA);
            check(schemas): {
                let schema = &schemas[0];
                assert_eq!((schema.name.as_str(), &schema.r#type), ("Person", &KeypointSchemaType::Pose));
                assert_eq!(schema.update_date, Some(moment("2019-08-25T14:15:22Z")));
                let class = &schema.keypoint_classes.as_ref().expect("keypoint classes")[0];
                assert_eq!((class.name.as_str(), class.id), ("Right Hip", Some(id("b5d7801c-d535-4b0b-a3a7-4b6b0c638198"))));
                let edge = &schema.keypoint_skeleton.as_ref().expect("a skeleton")[0];
                assert_eq!(edge.keypoint_class_id_b, Some(id("b5d7801c-d535-4b0b-a3a7-4b6b0c638198")));
            }
        }
        fewest {
            call(client): client.keypoint_schemas().list(PROJECT);
            sends: GET in_project!("/keypoint_schemas");
            reply: 200 array(BARE_SCHEMA);
            check(schemas): { assert_eq!(schemas[0].norder, None); }
        }
    }

    create_keypoint_schema {
        all {
            call(client): client.keypoint_schemas().create(PROJECT, &whole());
            sends: POST in_project!("/keypoint_schemas"), WHOLE;
            reply: 200 SCHEMA;
            check(schema): {
                assert_eq!(schema.id, id("7fed7ec5-675a-4287-9ca2-4cfe6a6c422c"));
                assert_eq!(schema.created_by, Some(id("cea1f108-4049-446e-819a-822e7b652049")));
            }
        }
        fewest {
            call(client): client.keypoint_schemas().create(
                PROJECT,
                &types::KeypointSchemaWrite::new("Road", KeypointSchemaType::Polyline),
            );
            sends: POST in_project!("/keypoint_schemas"), r#"{"name": "Road", "type": "polyline"}"#;
            reply: 200 BARE_SCHEMA;
            check(schema): { assert_eq!((schema.template_id, schema.description), (None, None)); }
        }
    }

    update_keypoint_schema {
        all {
            call(client): client.keypoint_schemas().update(PROJECT, SCHEMA_ID, &whole());
            sends: PUT in_project!("/keypoint_schemas/eae3bc2a-0205-462c-a992-abf2e38e5138"), WHOLE;
            reply: 200 SCHEMA;
            check(schema): { assert_eq!(schema.description.as_deref(), Some("A person playing sports")); }
        }
        fewest {
            call(client): client.keypoint_schemas().update(
                PROJECT,
                SCHEMA_ID,
                &types::KeypointSchemaWrite::new("Road", KeypointSchemaType::Points),
            );
            sends: PUT in_project!("/keypoint_schemas/eae3bc2a-0205-462c-a992-abf2e38e5138"),
                r#"{"name": "Road", "type": "points"}"#;
            reply: 200 BARE_SCHEMA;
            check(schema): { assert_eq!(schema.r#type, KeypointSchemaType::Polyline); }
        }
    }

    list_keypoint_schema_label_classes {
        all {
            call(client): client.keypoint_schemas().list_label_classes(PROJECT);
            sends: GET in_project!("/keypoint_schemas_label_classes");
            reply: 200 array(LINK);
            check(links): {
                assert_eq!(links[0].label_class_id, Some(id("a128136f-670e-41d6-8329-cb8d9608d7af")));
                assert_eq!(links[0].label_class_order, 3.25);
            }
        }
        fewest {
            call(client): client.keypoint_schemas().list_label_classes(PROJECT);
            sends: GET in_project!("/keypoint_schemas_label_classes");
            reply: 200 array(BARE_LINK);
            check(links): { assert_eq!((links[0].label_class_id, links[0].label_class_order), (None, 3.0)); }
        }
    }

    set_keypoint_schema_label_classes {
        all {
            call(client): client.keypoint_schemas().set_label_classes(PROJECT, &links());
            sends: POST in_project!("/keypoint_schemas_label_classes"), format!("[{LINK}, {BARE_LINK}]").as_str();
            reply: 200 array(LINK);
            check(links): { assert_eq!(links[0].keypoint_schema_id, id("7fed7ec5-675a-4287-9ca2-4cfe6a6c422c")); }
        }
        fewest {
            call(client): client.keypoint_schemas().set_label_classes(PROJECT, &[]);
            sends: POST in_project!("/keypoint_schemas_label_classes"), "[]";
            reply: 200 "[]";
            check(links): { assert_eq!(links.len(), 0); }
        }
    }

    delete_keypoint_schema_label_classes {
        all {
            call(client): client.keypoint_schemas().delete_label_classes(PROJECT, &links());
            sends: DELETE in_project!("/keypoint_schemas_label_classes"), format!("[{LINK}, {BARE_LINK}]").as_str();
            reply: 204;
        }
        fewest {
            call(client): client.keypoint_schemas().delete_label_classes(PROJECT, &[]);
            sends: DELETE in_project!("/keypoint_schemas_label_classes"), "[]";
            reply: 204;
        }
    }
}
