//! Names of types, groups, operations and methods.

use crate::*;

const OK: &str = "responses: {'200': {description: ok}}";

fn operations(lowered: &Lowered) -> Vec<(String, String)> {
    lowered
        .api
        .operations()
        .map(|operation| (operation.type_name.clone(), operation.method_name.clone()))
        .collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected
        .iter()
        .map(|&(left, right)| (left.to_owned(), right.to_owned()))
        .collect()
}

#[test]
fn groups_and_methods_are_called_after_tags_and_ids() {
    let lowered = with_settings(
        &format!(
            "openapi: 3.0.3\ninfo: {{title: t, version: '1'}}\npaths:\n  /a:\n    get: {{operationId: list_images, tags: [Image, Other], {OK}}}\n    \
             post: {{operationId: import_image, tags: [Image], {OK}}}\n  /b:\n    get: {{operationId: get_job, tags: [Project Export], {OK}}}\n  \
             /c/{{id}}:\n    get: {{{OK}}}\n  /d:\n    get: {{operationId: 'new', tags: [async], {OK}}}\ntags: [{{name: Image, description: Pictures.}}]\n"
        ),
        "[names.tags]\n\"Project Export\" = \"exports\"\ngone = \"x\"\n[names.operations]\nimport_image = \"import\"\nno_such = \"x\"\n\
         \"GET /c/{id}\" = \"fetch\"\n",
    );
    let groups: Vec<(&str, &str)> = lowered
        .api
        .groups
        .iter()
        .map(|group| (group.accessor.as_str(), group.type_name.as_str()))
        .collect();
    assert_eq!(
        groups,
        [
            ("image", "Image"),
            ("exports", "Exports"),
            ("api", "Api"),
            ("r#async", "Async")
        ]
    );
    assert_eq!(
        lowered.api.groups[0].documentation.description.as_deref(),
        Some("Pictures.")
    );
    assert_eq!(
        operations(&lowered),
        pairs(&[
            ("ListImages", "list"),
            ("ImportImage", "import"),
            ("GetJob", "get_job"),
            ("GetCById", "fetch"),
            ("New", "new_lower")
        ])
    );
    assert_eq!(lowered.places(Code::SettingWithoutEffect).len(), 2);
}

#[test]
fn ids_that_stand_twice_get_method_and_path() {
    let lowered = paths(
        &format!(
            "/a:\n  get: {{operationId: same, {OK}}}\n/b/{{x}}:\n  put: {{operationId: same, {OK}}}"
        ),
        "",
    );
    assert_eq!(
        operations(&lowered),
        pairs(&[
            ("SameGetA", "same_get_a"),
            ("SamePutBByX", "same_put_b_by_x")
        ])
    );
    assert!(lowered.codes().contains(&Code::DuplicateOperationId));
}

#[test]
fn operations_make_way_for_groups() {
    let lowered = paths(
        &format!("/a:\n  get: {{operationId: images, tags: [Images], {OK}}}"),
        "",
    );
    assert_eq!(
        operations(&lowered),
        pairs(&[("ImagesOperation", "images")])
    );
}

#[test]
fn types_that_collide_are_told_apart_by_rule() {
    let text = |first: &str, second: &str| {
        format!(
            "Root:
  type: object
  properties:
    a: {{$ref: '#/components/schemas/{first}'}}
    b: {{$ref: '#/components/schemas/{second}'}}
    c: {{type: string, enum: [x]}}
    d: {{$ref: '#/components/schemas/RootC'}}
{first}: {{type: object, properties: {{x: {{type: integer}}}}}}
{second}: {{type: object, properties: {{x: {{type: integer}}}}}}
RootC: {{type: object, properties: {{x: {{type: integer}}}}}}"
        )
    };
    let lowered = schemas(&text("foo_bar", "fooBar"));
    assert_eq!(
        lowered.show("Root"),
        "{a?: FooBar, b?: FooBarCamel, c?: RootCProperty, d?: RootC}"
    );
    assert_eq!(
        schemas(&text("fooBar", "foo_bar")).show("Root"),
        "{a?: FooBarCamel, b?: FooBar, c?: RootCProperty, d?: RootC}"
    );
    assert_eq!(lowered.codes(), [Code::NameCollision]);
}

#[test]
fn settings_rename_types_and_fields() {
    let lowered = with_settings(
        "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths:\n  /a:\n    get:\n      operationId: get\n      responses: {'200': {description: ok, \
         content: {application/json: {schema: {$ref: '#/components/schemas/pet'}}}}}\ncomponents:\n  schemas:\n    pet:\n      type: object\n      \
         properties: {_id: {type: string}, kind: {type: string, enum: [x]}}\n",
        "[names.types]\npet = \"Animal\"\n\"/components/schemas/pet/properties/kind\" = \"Species\"\n[names.fields]\n\
         \"/components/schemas/pet/properties/_id\" = \"key\"\n",
    );
    assert_eq!(lowered.show("Animal"), "{key?: String, kind?: Species}");
}

#[test]
fn fields_that_collide_are_told_apart_by_rule() {
    let lowered = schemas(
        "Root:
  type: object
  properties: {type: {type: string}, '@type': {type: string}, self: {type: string}, Self: {type: string}, '': {type: string}, 1st: {type: string},
               名前: {type: string}, a b: {type: string}, a-b: {type: string}}",
    );
    assert_eq!(
        lowered.show("Root"),
        "{r#type?: String, at_type?: String, self_?: String, self_title?: String, empty?: String, n1st?: String, 名前?: String, \
         a_space_b?: String, a_dash_b?: String}"
    );
}

#[test]
fn ids_that_repeat_their_request_give_short_names() {
    let operation = |id: &str, tag: &str| {
        format!("{{operationId: {id}, tags: [{tag}], responses: {{'204': {{description: ok}}}}}}")
    };
    let lowered = paths(
        &format!(
            "/items/{{id}}:\n  get: {}\n  put: {}\n/users:\n  get: {}\n/users/all:\n  get: {}",
            operation("read_item_items__id__get", "items"),
            operation("save_items__id__put", "items"),
            operation("list_users_get", "users"),
            operation("list_users_all_get", "users"),
        ),
        "schemas: {}",
    );
    let names: Vec<(&str, &str)> = lowered
        .api
        .operations()
        .map(|operation| (operation.type_name.as_str(), operation.method_name.as_str()))
        .collect();
    assert_eq!(
        names,
        [
            ("ReadItem", "read"),
            ("Save", "save"),
            ("ListUsersGet", "list_users_get"),
            ("ListUsersAllGet", "list_users_all_get"),
        ]
    );
    assert_eq!(lowered.operation("list_users_get").path, "/users");
}

#[test]
fn operations_whose_paths_have_the_same_words_are_told_apart_in_any_order() {
    let templates = ["/items/{id}", "/items/{id}/", "/items_{id}", "/items-{id}"];
    let named = |templates: &[&str]| {
        let items: Vec<String> = templates
            .iter()
            .map(|template| {
                format!(
                    "{template}: {{get: {{parameters: [{{name: id, in: path, required: true, schema: {{type: string}}}}], responses: {{'204': {{description: d}}}}}}}}"
                )
            })
            .collect();
        let lowered = paths(&items.join("\n"), "");
        let mut names: Vec<(String, String, String)> = lowered
            .api
            .operations()
            .map(|operation| {
                let (path, method) = (operation.path.clone(), operation.method_name.clone());
                (path, method, operation.type_name.clone())
            })
            .collect();
        names.sort();
        names
    };
    let names = named(&templates);
    insta::assert_debug_snapshot!(names);
    let mut reversed = templates;
    reversed.reverse();
    assert_eq!(named(&reversed), names);
}

#[test]
fn an_id_that_was_given_stays_where_one_is_made_alike() {
    let operation = "responses: {'204': {description: d}}";
    let lowered = paths(
        &format!(
            "/a: {{get: {{{operation}}}, post: {{operationId: get_a, {operation}}}}}\n\
             /b: {{get: {{operationId: x, {operation}}}}}\n/b/: {{get: {{operationId: x, {operation}}}}}"
        ),
        "",
    );
    let ids: Vec<&str> = lowered
        .api
        .operations()
        .map(|operation| operation.id.as_str())
        .collect();
    assert_eq!(
        ids,
        ["get_a_03cf2ac3", "get_a", "x_get_b", "x_get_b_5c455c99"]
    );
}
