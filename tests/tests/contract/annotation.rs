//! Calls of the contract run: what is drawn on images and videos, and the classes of it.

use super::{Contract, IMAGE, ONE, OTHER, PROJECT, body, calls, list};

const LABEL_CREATES: &str = r##"[{"bbox": [1, 1, 1, 1], "class_id": "0f2ad9a6-8f4e-4c1f-9b63-6b1f6f2a7d10", "external_event_id": "text", "mask": [1, 1], "polygon": [[1, 1]], "tool_used": "bbox", "z_index": 1, "border_mask": "text", "external_id": "text", "keypoints": [{"id": "7fed7ec5-675a-4287-9ca2-4cfe6a6c422c", "keypoint_class_id": "a128136f-670e-41d6-8329-cb8d9608d7af", "x": 201, "y": 322, "visible": true, "norder": 3.25}]}]"##;
const LABEL_CREATES_LEAST: &str = r##"[{}]"##;
const LABEL_UPDATES: &str = r##"[{"bbox": [1, 1, 1, 1], "class_id": "0f2ad9a6-8f4e-4c1f-9b63-6b1f6f2a7d10", "external_event_id": "text", "id": "0f2ad9a6-8f4e-4c1f-9b63-6b1f6f2a7d10", "mask": [1, 1], "polygon": [[1, 1]], "tool_used": "bbox", "z_index": 1, "border_mask": "text", "external_id": "text", "keypoints": [{"id": "7fed7ec5-675a-4287-9ca2-4cfe6a6c422c", "keypoint_class_id": "a128136f-670e-41d6-8329-cb8d9608d7af", "x": 201, "y": 322, "visible": true, "norder": 3.25}]}]"##;
const LABEL_UPDATES_LEAST: &str = r##"[{"id": "0f2ad9a6-8f4e-4c1f-9b63-6b1f6f2a7d10"}]"##;
const LABEL_REFS: &str = r##"[{"id": "0f2ad9a6-8f4e-4c1f-9b63-6b1f6f2a7d10"}]"##;
const LABEL_ATTRIBUTE_WRITE: &str = r##"{"value": "text", "predicted_values": "text"}"##;
const LABEL_ATTRIBUTE_WRITE_LEAST: &str = r##"{"value": "text"}"##;
const LABEL_CLASS_WRITE: &str = r##"{"name": "text", "description": "text", "type": "object", "color": "text", "icon_url": "text", "norder": 0.5, "parent_id": "0f2ad9a6-8f4e-4c1f-9b63-6b1f6f2a7d10", "external_id": "text", "use_description_as_prompt": true}"##;
const LABEL_CLASS_WRITE_LEAST: &str = r##"{"name": "text"}"##;
const ATTRIBUTE_WRITE: &str = r##"{"is_required": false, "name": "Color", "type": "SELECTION", "subject_type": "IMAGE", "default": "text", "description": "Color of the label", "min": 0.5, "max": 0.5, "norder": 0.5, "prediction_type": "llm", "prediction_model": "gemini-2.0-flash", "prediction_prompt": "text", "values": [{"id": "0f2ad9a6-8f4e-4c1f-9b63-6b1f6f2a7d10", "value": "text"}]}"##;
const ATTRIBUTE_WRITE_LEAST: &str =
    r##"{"name": "Color", "type": "SELECTION", "values": [{"value": "text"}]}"##;
const LABEL_ATTRIBUTE_BATCH_ITEMS: &str = r##"[{"id": "0f2ad9a6-8f4e-4c1f-9b63-6b1f6f2a7d10", "label_id": "0f2ad9a6-8f4e-4c1f-9b63-6b1f6f2a7d10", "value": "text"}]"##;
const IDS: &str = r##"["0f2ad9a6-8f4e-4c1f-9b63-6b1f6f2a7d10"]"##;
const ATTRIBUTE_CLASSS: &str = r##"[{"attribute_id": "a128136f-670e-41d6-8329-cb8d9608d7af", "class_id": "a128136f-670e-41d6-8329-cb8d9608d7af", "attribute_order": 12.5, "class_order": 3.25}]"##;
const ATTRIBUTE_CLASS_KEYS: &str = r##"[{"attribute_id": "a128136f-670e-41d6-8329-cb8d9608d7af", "class_id": "a128136f-670e-41d6-8329-cb8d9608d7af"}]"##;
const KEYPOINT_SCHEMA_WRITE: &str = r##"{"name": "Person", "project_id": "a8e7a6c4-8bbb-4ea3-b70f-02cddd456fc7", "description": "A person playing sports", "type": "pose", "norder": 0, "keypoint_classes": [{"keypoint_schema_id": "7fed7ec5-675a-4287-9ca2-4cfe6a6c422c", "name": "Right Hip", "description": "text", "min_points": 0, "max_points": 1, "norder": 0, "editor_x": 54, "editor_y": 12}], "keypoint_skeleton": [{"id": "1b5db549-9679-4df0-8d93-bc48c57f0e70", "keypoint_schema_id": "7fed7ec5-675a-4287-9ca2-4cfe6a6c422c", "keypoint_class_id_a": "9ae1e9af-c525-4aa4-a6ec-1c11466bb027", "keypoint_class_id_b": "b5d7801c-d535-4b0b-a3a7-4b6b0c638198", "color": "#FF2233"}], "template_id": "d146908c-fdd8-4fc8-a007-9073f072a007"}"##;
const KEYPOINT_SCHEMA_WRITE_LEAST: &str = r##"{"name": "Person", "type": "pose"}"##;
const KEYPOINT_SCHEMA_LABEL_CLASSS: &str = r##"[{"keypoint_schema_id": "7fed7ec5-675a-4287-9ca2-4cfe6a6c422c", "label_class_id": "a128136f-670e-41d6-8329-cb8d9608d7af", "label_class_order": 3.25}]"##;
const KEYPOINT_SCHEMA_LABEL_CLASSS_LEAST: &str = r##"[{"keypoint_schema_id": "7fed7ec5-675a-4287-9ca2-4cfe6a6c422c", "label_class_order": 3.25}]"##;
const TAG_CLASS_WRITE: &str =
    r##"{"name": "text", "norder": 0.5, "tag_group_id": "text", "tag_group_name": "text"}"##;
const TAG_CLASS_WRITE_LEAST: &str = r##"{"name": "text"}"##;
const TAG_GROUP_WRITE: &str =
    r##"{"name": "text", "type": "SELECTION", "is_required": false, "norder": 0.5}"##;
const TAG_GROUP_WRITE_LEAST: &str = r##"{"name": "text", "type": "SELECTION"}"##;

pub(crate) async fn labels(contract: &Contract) {
    let api = contract.client.labels();
    calls! { contract,
        list_labels: api.list(PROJECT)
            .offset(1).limit(1).label_class_id(ONE).labeler_id(ONE).dataset_id([ONE, OTHER])
            .image_status(["NEW".into(), "IN PROGRESS".into()]).status_id([ONE, OTHER])
            .image_name("img_001").label_author_id(ONE).attribute_id(ONE)
            .attribute_value("4c9b159b-4b59-492e-a8f9-ca4c2c5cf3ad").bool_attribute_value(true)
            .created_since("30m").updated_since("30m").no_attribute_id(ONE).keypoint_schema_id(ONE)
            .add_keypoint_data(true);
        list_labels: api.list(PROJECT);
        get_label: api.get(PROJECT, ONE).include_border_mask(true).include_errors(true);
        get_label: api.get(PROJECT, ONE);
        list_image_labels: api.list_for_image(PROJECT, IMAGE)
            .offset(1).limit(1).include_border_mask(true).include_errors(true);
        list_image_labels: api.list_for_image(PROJECT, IMAGE);
        create_image_labels: api.create(PROJECT, IMAGE, &list(LABEL_CREATES));
        create_image_labels: api.create(PROJECT, IMAGE, &list(LABEL_CREATES_LEAST));
        update_image_labels: api.update(PROJECT, IMAGE, &list(LABEL_UPDATES));
        update_image_labels: api.update(PROJECT, IMAGE, &list(LABEL_UPDATES_LEAST));
        delete_image_labels: api.delete(PROJECT, IMAGE, &list(LABEL_REFS));
        list_label_attributes: api.list_attributes(PROJECT, ONE);
        set_label_attribute: api.set_attribute(PROJECT, ONE, ONE, &body(LABEL_ATTRIBUTE_WRITE));
        set_label_attribute: api.set_attribute(PROJECT, ONE, ONE, &body(LABEL_ATTRIBUTE_WRITE_LEAST));
    }
}

pub(crate) async fn label_classes(contract: &Contract) {
    let api = contract.client.label_classes();
    calls! { contract,
        list_label_classes: api.list(PROJECT).offset(1).limit(1);
        list_label_classes: api.list(PROJECT);
        create_label_class: api.create(PROJECT, &body(LABEL_CLASS_WRITE));
        create_label_class: api.create(PROJECT, &body(LABEL_CLASS_WRITE_LEAST));
        get_label_class: api.get(PROJECT, ONE);
        update_label_class: api.update(PROJECT, ONE, &body(LABEL_CLASS_WRITE));
        update_label_class: api.update(PROJECT, ONE, &body(LABEL_CLASS_WRITE_LEAST));
        delete_label_class: api.delete(PROJECT, ONE);
    }
}

pub(crate) async fn attributes(contract: &Contract) {
    let api = contract.client.attributes();
    calls! { contract,
        list_attributes: api.list(PROJECT).offset(1).limit(1);
        list_attributes: api.list(PROJECT);
        create_attribute: api.create(PROJECT, &body(ATTRIBUTE_WRITE)).offset(1).limit(1);
        create_attribute: api.create(PROJECT, &body(ATTRIBUTE_WRITE));
        create_attribute: api.create(PROJECT, &body(ATTRIBUTE_WRITE_LEAST));
        update_attribute: api.update(PROJECT, ONE, &body(ATTRIBUTE_WRITE));
        update_attribute: api.update(PROJECT, ONE, &body(ATTRIBUTE_WRITE_LEAST));
        delete_attribute: api.delete(PROJECT, ONE);
        list_image_attributes: api.list_for_image(PROJECT, IMAGE).offset(1).limit(1);
        list_image_attributes: api.list_for_image(PROJECT, IMAGE);
        set_image_attributes: api.set_for_image(PROJECT, IMAGE, &list(LABEL_ATTRIBUTE_BATCH_ITEMS));
        list_labels_attributes: api.list_for_labels(PROJECT, IMAGE, &list(IDS));
        list_attribute_classes: api.list_classes(PROJECT);
        set_attribute_classes: api.set_classes(PROJECT, &list(ATTRIBUTE_CLASSS));
        delete_attribute_classes: api.delete_classes(PROJECT, &list(ATTRIBUTE_CLASS_KEYS));
    }
}

pub(crate) async fn keypoint_schemas(contract: &Contract) {
    let api = contract.client.keypoint_schemas();
    calls! { contract,
        list_keypoint_schemas: api.list(PROJECT);
        create_keypoint_schema: api.create(PROJECT, &body(KEYPOINT_SCHEMA_WRITE));
        create_keypoint_schema: api.create(PROJECT, &body(KEYPOINT_SCHEMA_WRITE_LEAST));
        update_keypoint_schema: api.update(PROJECT, ONE, &body(KEYPOINT_SCHEMA_WRITE));
        update_keypoint_schema: api.update(PROJECT, ONE, &body(KEYPOINT_SCHEMA_WRITE_LEAST));
        list_keypoint_schema_label_classes: api.list_label_classes(PROJECT);
        set_keypoint_schema_label_classes: api.set_label_classes(PROJECT, &list(KEYPOINT_SCHEMA_LABEL_CLASSS))
            ;
        set_keypoint_schema_label_classes: api.set_label_classes(PROJECT, &list(KEYPOINT_SCHEMA_LABEL_CLASSS_LEAST))
            ;
        delete_keypoint_schema_label_classes: api.delete_label_classes(PROJECT, &list(KEYPOINT_SCHEMA_LABEL_CLASSS))
            ;
        delete_keypoint_schema_label_classes: api.delete_label_classes(PROJECT, &list(KEYPOINT_SCHEMA_LABEL_CLASSS_LEAST))
            ;
    }
}

pub(crate) async fn tag_classes(contract: &Contract) {
    let api = contract.client.tag_classes();
    calls! { contract,
        list_tag_classes: api.list(PROJECT).offset(1).limit(1);
        list_tag_classes: api.list(PROJECT);
        create_tag_class: api.create(PROJECT, &body(TAG_CLASS_WRITE));
        create_tag_class: api.create(PROJECT, &body(TAG_CLASS_WRITE_LEAST));
        get_tag_class: api.get(PROJECT, ONE);
        update_tag_class: api.update(PROJECT, ONE, &body(TAG_CLASS_WRITE));
        update_tag_class: api.update(PROJECT, ONE, &body(TAG_CLASS_WRITE_LEAST));
        delete_tag_class: api.delete(PROJECT, ONE);
    }
}

pub(crate) async fn tag_groups(contract: &Contract) {
    let api = contract.client.tag_groups();
    calls! { contract,
        list_tag_groups: api.list(PROJECT).offset(1).limit(1);
        list_tag_groups: api.list(PROJECT);
        create_tag_group: api.create(PROJECT, &body(TAG_GROUP_WRITE));
        create_tag_group: api.create(PROJECT, &body(TAG_GROUP_WRITE_LEAST));
        get_tag_group: api.get(PROJECT, ONE);
        update_tag_group: api.update(PROJECT, ONE, &body(TAG_GROUP_WRITE));
        update_tag_group: api.update(PROJECT, ONE, &body(TAG_GROUP_WRITE_LEAST));
    }
}
