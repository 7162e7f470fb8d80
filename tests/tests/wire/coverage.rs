//! Every operation of the API is called, and nothing else: the list is written by hand from the facts.

use std::collections::BTreeSet;

use crate::{
    active_learning, attributes, automated_labeling, buckets, datasets, exports, image_filters,
    images, inference, keypoint_schemas, label_classes, labels, projects, tag_classes, tag_groups,
    uploads, videos, workspaces,
};

/// The 77 operations of the documentation page, in its order, then the 20 that only the vendor's SDK shows.
const EXPECTED: &[&str] = &[
    "list_active_learning_heuristics",
    "start_active_learning_ranking",
    "list_attributes",
    "create_attribute",
    "update_attribute",
    "list_image_attributes",
    "set_image_attributes",
    "list_labels_attributes",
    "list_attribute_classes",
    "set_attribute_classes",
    "delete_attribute_classes",
    "list_automated_labeling_jobs",
    "create_automated_labeling_job",
    "get_automated_labeling_job",
    "list_datasets",
    "create_dataset",
    "get_dataset",
    "update_dataset",
    "generate_upload_urls",
    "list_images",
    "import_image",
    "get_image",
    "replace_image",
    "update_image",
    "set_image_status",
    "get_image_offset",
    "list_keypoint_schemas",
    "create_keypoint_schema",
    "update_keypoint_schema",
    "list_keypoint_schema_label_classes",
    "set_keypoint_schema_label_classes",
    "delete_keypoint_schema_label_classes",
    "list_labels",
    "get_label",
    "list_image_labels",
    "create_image_labels",
    "update_image_labels",
    "delete_image_labels",
    "list_label_attributes",
    "set_label_attribute",
    "list_label_classes",
    "create_label_class",
    "get_label_class",
    "update_label_class",
    "list_buckets",
    "create_bucket",
    "update_bucket",
    "import_from_bucket",
    "list_bucket_files",
    "create_project",
    "list_projects",
    "get_project",
    "update_project",
    "create_export",
    "get_export",
    "list_tag_classes",
    "create_tag_class",
    "get_tag_class",
    "update_tag_class",
    "list_tag_groups",
    "create_tag_group",
    "get_tag_group",
    "update_tag_group",
    "list_videos",
    "import_video",
    "get_video",
    "update_video",
    "set_video_status",
    "list_video_segments",
    "create_video_segment",
    "update_segment",
    "list_activity_types",
    "create_activity_type",
    "update_activity_type",
    "list_workspaces",
    "get_workspace",
    "update_workspace",
    "delete_project",
    "delete_dataset",
    "delete_attribute",
    "delete_image",
    "delete_label_class",
    "delete_tag_class",
    "delete_video",
    "delete_segment",
    "delete_activity_type",
    "list_image_tags",
    "add_image_tags",
    "delete_image_tags",
    "get_object_detector",
    "detect_objects",
    "get_instance_segmentor",
    "segment_instances",
    "get_semantic_segmentor",
    "segment_semantically",
    "get_attributer",
    "predict_attributes",
];

/// What is called, by file.
const CALLED: &[&[&str]] = &[
    active_learning::OPERATIONS,
    attributes::OPERATIONS,
    automated_labeling::OPERATIONS,
    buckets::OPERATIONS,
    datasets::OPERATIONS,
    exports::OPERATIONS,
    image_filters::OPERATIONS,
    images::OPERATIONS,
    inference::OPERATIONS,
    keypoint_schemas::OPERATIONS,
    label_classes::OPERATIONS,
    labels::OPERATIONS,
    projects::OPERATIONS,
    tag_classes::OPERATIONS,
    tag_groups::OPERATIONS,
    uploads::OPERATIONS,
    videos::OPERATIONS,
    workspaces::OPERATIONS,
];

#[test]
fn every_operation_is_called_and_nothing_else() {
    let expected: BTreeSet<&str> = EXPECTED.iter().copied().collect();
    let called: BTreeSet<&str> = CALLED.iter().copied().flatten().copied().collect();
    assert_eq!(expected.len(), 97);
    assert_eq!(EXPECTED.len(), 97, "an operation is listed twice");
    assert_eq!(
        called.difference(&expected).collect::<Vec<_>>(),
        Vec::<&&str>::new(),
        "called, but not in the list"
    );
    assert_eq!(
        expected.difference(&called).collect::<Vec<_>>(),
        Vec::<&&str>::new(),
        "in the list, but not called"
    );
    assert_eq!(
        CALLED.iter().map(|file| file.len()).sum::<usize>(),
        97,
        "an operation is called in two files"
    );
}
