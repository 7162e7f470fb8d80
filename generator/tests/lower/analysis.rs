//! Tests of analysis: paging, polling, modules, defaults, directions.

use crate::{Lowered, with_settings};
use clientsmith::diagnostics::Code;
use clientsmith::model::{Direction, PagingStyle};

const DOCUMENT: &str = "openapi: 3.0.3
info: {title: t, version: '1'}
paths:
  /images:
    get:
      operationId: list_images
      tags: [Image]
      parameters: [{name: offset, in: query, schema: {type: integer}}, {name: limit, in: query, schema: {type: integer}}]
      responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/ImagePage'}}}}}
    post:
      operationId: search_images
      tags: [Image]
      parameters: [{name: offset, in: query, schema: {type: integer}}, {name: limit, in: query, schema: {type: integer}}]
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Search'}}}}
      responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/ImagePage'}}}}}
  /exports:
    post:
      operationId: create_export
      tags: [Export]
      responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/ExportJob'}}}}}
    get:
      operationId: get_export
      tags: [Export]
      responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/ExportJob'}}}}}
components:
  schemas:
    ImagePage:
      type: object
      required: [meta, items]
      properties:
        meta: {$ref: '#/components/schemas/Meta'}
        items: {$ref: '#/components/schemas/Images'}
    Images: {type: array, items: {$ref: '#/components/schemas/Image'}}
    Meta: {type: object, properties: {total: {type: integer}}}
    Image: {type: object, required: [id], properties: {id: {type: string}, owner: {$ref: '#/components/schemas/User'}}}
    Search: {type: object, properties: {text: {type: string}, owner: {$ref: '#/components/schemas/User'}}}
    ExportJob: {type: object, properties: {state: {$ref: '#/components/schemas/State'}, status: {type: string}, by: {$ref: '#/components/schemas/User'}}}
    State: {type: object, properties: {name: {type: string, enum: [DONE]}}}
    User: {type: object, properties: {name: {type: string}}}
    Unused: {type: object}
";

const PAGINATION: &str = "[[pagination]]\nstyle = \"offset\"\ntotal = \"meta.total\"\n";

fn analyzed(settings: &str) -> Lowered {
    with_settings(DOCUMENT, settings)
}

#[test]
fn rules_make_lists_of_get_operations_that_fit() {
    let analyzed = analyzed(PAGINATION);
    let paging = analyzed
        .operation("list_images")
        .paging
        .clone()
        .expect("paging");
    assert_eq!(
        paging.style,
        PagingStyle::Offset {
            offset: "offset".to_owned(),
            limit: "limit".to_owned()
        }
    );
    assert_eq!(
        (paging.items.as_str(), paging.total),
        ("items", vec!["meta".to_owned(), "total".to_owned()])
    );
    assert_eq!(analyzed.api.definition(paging.page).name, "ImagePage");
    assert_eq!(analyzed.operation("search_images").paging, None);
    assert_eq!(analyzed.codes(), [Code::PollingSuggested]);
}

#[test]
fn lists_and_jobs_without_a_rule_are_suggested() {
    let analyzed = analyzed("");
    assert_eq!(
        analyzed.codes(),
        [Code::PagingSuggested, Code::PollingSuggested]
    );
    let help = analyzed
        .diagnostics
        .iter()
        .find_map(|diagnostic| diagnostic.help.clone())
        .expect("help");
    assert!(
        help.contains("[[pagination]]") && help.contains("items = \"items\""),
        "{help}"
    );
}

#[test]
fn rules_that_fit_nothing_are_reported() {
    let analyzed = analyzed(
        "[[pagination]]\nstyle = \"offset\"\noperations = [\"gone\", \"search_images\"]\n[[polling]]\noperation = \"gone\"\ndone = [\"x\"]\n\
         [[polling]]\noperation = \"get_export\"\nstatus = \"by.age\"\ndone = [\"x\"]\n",
    );
    let misses = analyzed
        .codes()
        .into_iter()
        .filter(|code| *code == Code::SettingWithoutEffect)
        .count();
    assert_eq!(misses, 4);
}

#[test]
fn polling_follows_the_path_to_the_status() {
    let analyzed = analyzed(&format!(
        "{PAGINATION}[[polling]]\noperation = \"get_export\"\nstatus = \"state.name\"\ndone = [\"DONE\"]\nfailed_containing = [\"ERR\"]\ninterval = \"3s\"\n"
    ));
    let polling = analyzed
        .operation("get_export")
        .polling
        .clone()
        .expect("polling");
    assert_eq!(polling.status, ["state", "name"]);
    assert_eq!(
        (polling.done, polling.failed_containing),
        (vec!["DONE".to_owned()], vec!["ERR".to_owned()])
    );
    assert_eq!(polling.interval, std::time::Duration::from_secs(3));
    assert_eq!(analyzed.codes(), []);
}

#[test]
fn types_live_with_the_only_group_that_reaches_them() {
    let analyzed = analyzed("");
    let facts: Vec<(&str, &str, Direction, bool)> = analyzed
        .api
        .types
        .iter()
        .map(|definition| {
            (
                definition.name.as_str(),
                definition.module.as_str(),
                definition.direction,
                definition.has_default,
            )
        })
        .collect();
    assert_eq!(
        facts,
        [
            ("ImagePage", "image", Direction::Response, false),
            ("Images", "image", Direction::Response, true),
            ("Meta", "image", Direction::Response, true),
            ("Image", "image", Direction::Response, false),
            ("Search", "image", Direction::Request, true),
            ("ExportJob", "export", Direction::Response, true),
            ("State", "export", Direction::Response, true),
            ("StateName", "export", Direction::Response, false),
            ("User", "shared", Direction::Both, true),
        ]
    );
}

#[test]
fn types_are_compiled_with_the_features_that_reach_them() {
    assert!(analyzed("").api.features.is_empty());
    assert!(
        analyzed("[features]\nthreshold = 4\n")
            .api
            .features
            .is_empty()
    );
    let api = analyzed("[features]\nthreshold = 3\n").api;
    let features: Vec<&String> = api.features.groups.values().collect();
    assert_eq!(features, ["export", "image"]);
    let needed_by = |name: &str| {
        let definition = api.types.iter().find(|definition| definition.name == name);
        let module = &definition.expect("a type").module;
        (module.as_str(), api.features.modules[module].join(" "))
    };
    assert_eq!(needed_by("ImagePage"), ("image", "image".to_owned()));
    assert_eq!(needed_by("Meta"), ("image", "image".to_owned()));
    assert_eq!(needed_by("ExportJob"), ("export", "export".to_owned()));
    assert_eq!(
        needed_by("User"),
        ("export_and_image", "export image".to_owned())
    );
}

#[test]
fn features_have_names_that_are_free_and_what_many_share_has_none() {
    let operation = |path: &str, tag: &str| {
        format!(
            "  /{path}: {{get: {{tags: ['{tag}'], operationId: '{path}', responses: {{'200': {{description: d, content: {{application/json: {{schema: {{$ref: '#/components/schemas/A'}}}}}}}}}}}}}}\n"
        )
    };
    let tags = ["full", "type", "Code scanning", "2fa", "shared"];
    let paths: String = tags
        .iter()
        .enumerate()
        .map(|(index, tag)| operation(&format!("p{index}"), tag))
        .collect();
    let own = "  /own: {get: {tags: [shared], operationId: own, responses: {'200': {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/B'}}}}}}}\n";
    let document = format!(
        "openapi: 3.0.3\ninfo: {{title: t, version: '1'}}\npaths:\n{paths}{own}components:\n  schemas:\n    A: {{type: object, properties: {{a: {{type: string}}}}}}\n    B: {{type: object, properties: {{b: {{type: string}}}}}}\n"
    );
    let api = with_settings(&document, "[features]\nper_tag = true\n").api;
    let features: Vec<&String> = api.features.groups.values().collect();
    assert_eq!(
        features,
        ["code-scanning", "full-api", "n2fa", "shared", "type"]
    );
    assert!(
        api.features.modules.is_empty(),
        "{:?}",
        api.features.modules
    );
    assert!(
        with_settings(&document, "[features]\nper_tag = false\n")
            .api
            .features
            .is_empty()
    );
}

#[test]
fn a_type_has_the_halves_of_the_codec_that_its_values_and_those_around_them_need() {
    let lowered = with_settings(
        "openapi: 3.0.3
info: {title: t, version: '1'}
paths:
  /pets:
    post:
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
      responses:
        '200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
        default: {description: no, content: {application/json: {schema: {$ref: '#/components/schemas/Problem'}}}}
    put:
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Search'}}}}
      responses: {'204': {description: ok}}
components:
  schemas:
    Pet: {type: object, properties: {history: {readOnly: true, allOf: [{$ref: '#/components/schemas/History'}]}}}
    History: {type: object, properties: {events: {type: array, items: {$ref: '#/components/schemas/Event'}}}}
    Event: {type: object, properties: {name: {type: string}}}
    Problem: {type: object, properties: {code: {type: string}}}
    Search: {type: object, properties: {text: {type: string}}}
",
        "",
    );
    let halves: Vec<(&str, bool, bool)> = ["Event", "Pet", "Problem", "Search"]
        .iter()
        .filter_map(|name| {
            let mut types = lowered.api.types.iter();
            types.find(|definition| definition.name == *name)
        })
        .map(|definition| {
            (
                definition.name.as_str(),
                definition.is_read,
                definition.is_written,
            )
        })
        .collect();
    // Only servers send events, but the pet around them is written with what it holds.
    assert_eq!(
        halves,
        [
            ("Event", true, true),
            ("Pet", true, true),
            ("Problem", true, false),
            ("Search", false, true)
        ]
    );
}
