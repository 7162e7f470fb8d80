//! Pieces of documents: what is handed to the lowering, and what is said about documents that are sloppy.

use clientsmith::{diagnostics::Pointer, load::Document};
use openapiv3::{AdditionalProperties, Parameter, ReferenceOr, SchemaKind, Type};
use serde_json::{Value, json};

fn pointer(text: &str) -> Pointer {
    Pointer::parse(text).expect("a pointer")
}

/// A document with this YAML as its `components`, and without paths.
fn components(text: &str) -> Document {
    let indented: String = text.lines().map(|line| format!("  {line}\n")).collect();
    let text = format!(
        "openapi: 3.0.3\ninfo: {{title: t, version: '1'}}\npaths: {{}}\ncomponents:\n{indented}"
    );
    Document::parse("spec.yaml", &text).expect("readable")
}

/// A document with this YAML as its `paths`.
fn paths(text: &str) -> Document {
    let indented: String = text.lines().map(|line| format!("  {line}\n")).collect();
    let text = format!("openapi: 3.0.3\ninfo: {{title: t, version: '1'}}\npaths:\n{indented}");
    Document::parse("spec.yaml", &text).expect("readable")
}

/// What was said about a document, by place.
fn said(document: &Document) -> Vec<String> {
    let mut diagnostics = document.take_diagnostics();
    diagnostics.locate(|pointers| document.locate(pointers));
    diagnostics.iter().map(ToString::to_string).collect()
}

/// The schema `S`, as JSON, and what was said about it.
fn schema(text: &str) -> (Value, Vec<String>) {
    let document = components(&format!("schemas:\n  S: {text}"));
    let schema = document
        .schema(&pointer("/components/schemas/S"))
        .expect("readable");
    (serde_json::to_value(schema).expect("JSON"), said(&document))
}

fn reference(pointer: &str) -> Value {
    json!({ "$ref": format!("#{pointer}") })
}

#[test]
fn children_become_references_to_their_places() {
    let document = components(
        "schemas:
  A:
    type: object
    required: [a]
    properties: {a: {type: string}, 'b/c%': {$ref: '#/components/schemas/B'}}
    additionalProperties: {type: integer}
  B: {type: array, items: {type: array, items: {}}}
  C: {allOf: [{$ref: '#/components/schemas/A'}, {}], oneOf: [{}], not: {}}
  D: {$ref: '#/components/schemas/A'}
  E: {type: object, additionalProperties: false}",
    );
    let object = |place: &str| match document
        .schema(&pointer(place))
        .expect("readable")
        .schema_kind
    {
        SchemaKind::Type(Type::Object(object)) => object,
        other => panic!("{other:?}"),
    };
    let a = object("/components/schemas/A");
    let children: Vec<_> = a
        .properties
        .values()
        .map(|child| serde_json::to_value(child).expect("JSON"))
        .collect();
    assert_eq!(
        children,
        [
            reference("/components/schemas/A/properties/a"),
            reference("/components/schemas/A/properties/b~1c%25")
        ]
    );
    assert_eq!(a.required, ["a"]);
    assert_eq!(
        object("/components/schemas/D"),
        a,
        "a reference is followed"
    );
    assert_eq!(
        object("/components/schemas/E").additional_properties,
        Some(AdditionalProperties::Any(false))
    );
    let Some(ReferenceOr::Reference { reference: child }) = a.properties.get("b/c%").cloned()
    else {
        panic!("a reference")
    };
    let child = Pointer::from_reference(&child).expect("a pointer");
    assert_eq!(
        document.resolve(&child).expect("resolved"),
        pointer("/components/schemas/B")
    );
    let (c, _) = (
        document
            .schema(&pointer("/components/schemas/C"))
            .expect("readable"),
        (),
    );
    assert_eq!(
        serde_json::to_value(c).expect("JSON"),
        json!({
            "allOf": [reference("/components/schemas/C/allOf/0"), reference("/components/schemas/C/allOf/1")],
            "oneOf": [reference("/components/schemas/C/oneOf/0")],
            "not": reference("/components/schemas/C/not"),
        })
    );
    assert_eq!(said(&document), [] as [String; 0]);
}

#[test]
fn structure_is_in_the_order_of_the_document() {
    let document = paths(
        "/z: {parameters: [], post: {operationId: a, responses: {200: {description: ''}}}, get: {operationId: b, responses: {200: {description: ''}}}, x-y: {}}
/a: {$ref: '#/paths/~1z'}
x-extension: {}",
    );
    let paths = document.paths();
    assert_eq!(
        paths
            .iter()
            .map(|path| path.template.as_str())
            .collect::<Vec<_>>(),
        ["/z", "/a"]
    );
    for path in paths {
        let operations = document.operations(&path.pointer).expect("readable");
        let methods: Vec<_> = operations
            .iter()
            .map(|operation| (operation.method.as_str(), operation.pointer.as_str()))
            .collect();
        assert_eq!(
            methods,
            [("POST", "/paths/~1z/post"), ("GET", "/paths/~1z/get")]
        );
    }
}

#[test]
fn operations_hold_references() {
    let document = paths(
        "/a/{id}:
  summary: path
  parameters: [{name: id, in: path, required: true, schema: {type: string}}]
  get:
    operationId: a
    parameters: [{name: q, in: query, content: {application/json: {schema: {}}}}, {$ref: '#/paths/~1a~1{id}/parameters/0'}]
    requestBody: {content: {application/json: {schema: {type: string}, examples: {e: {value: 1}}}}}
    responses: {200: {description: ok, headers: {h: {schema: {}}}, links: {l: {operationId: a}}}, 4XX: {$ref: '#/paths/~1a~1{id}/get/responses/200'}, default: {description: d}}
    callbacks: {c: {'{$request.body#/url}': {post: {responses: {}}}}}
    security: [{key: []}, {}]",
    );
    let place = pointer("/paths/~1a~1{id}/get");
    let operation =
        serde_json::to_value(document.operation(&place).expect("readable")).expect("JSON");
    assert_eq!(
        operation,
        json!({
            "operationId": "a",
            "parameters": [reference("/paths/~1a~1{id}/get/parameters/0"), reference("/paths/~1a~1{id}/get/parameters/1")],
            "requestBody": reference("/paths/~1a~1{id}/get/requestBody"),
            "responses": {
                "default": reference("/paths/~1a~1{id}/get/responses/default"),
                "200": reference("/paths/~1a~1{id}/get/responses/200"),
                "4XX": reference("/paths/~1a~1{id}/get/responses/4XX"),
            },
            "security": [{"key": []}, {}],
        })
    );
    let item = document
        .path_item(&pointer("/paths/~1a~1{id}"))
        .expect("readable");
    assert_eq!(
        (item.summary.as_deref(), item.get, item.parameters.len()),
        (Some("path"), None, 1)
    );
    assert!(matches!(
        document.parameter(&place.push("parameters").index(1)),
        Ok(Parameter::Path { .. })
    ));
    let body = document
        .request_body(&place.push("requestBody"))
        .expect("readable");
    let media_type = serde_json::to_value(&body.content["application/json"]).expect("JSON");
    let media_place = "/paths/~1a~1{id}/get/requestBody/content/application~1json";
    assert_eq!(
        media_type,
        json!({"schema": reference(&format!("{media_place}/schema")), "examples": {"e": reference(&format!("{media_place}/examples/e"))}})
    );
    assert_eq!(
        document
            .example(&pointer(media_place).push("examples").push("e"))
            .expect("readable")
            .value,
        Some(json!(1))
    );
    let response = document
        .response(&place.push("responses").push("4XX"))
        .expect("readable");
    assert_eq!(response.headers.len() + response.links.len(), 2);
    assert!(
        document
            .header(
                &place
                    .push("responses")
                    .push("200")
                    .push("headers")
                    .push("h")
            )
            .is_ok()
    );
    assert!(
        document
            .link(&place.push("responses").push("200").push("links").push("l"))
            .is_ok()
    );
    assert_eq!(document.members(&place.push("callbacks")).len(), 1);
    assert_eq!(said(&document), [] as [String; 0]);
}

#[test]
fn the_top_of_the_document_is_read() {
    let text = "openapi: 3.0
info: {title: T, version: 1.10, license: {name: MIT}}
servers: [{url: 'https://{host}', variables: {host: {default: a, enum: [a, 2]}}}, {description: no url}]
tags: [{name: a}]
security: [{key: []}]
paths: {}
components: {securitySchemes: {key: {type: apiKey, in: header, name: X}, old: {type: basic}}}";
    let document = Document::parse("spec.yaml", text).expect("readable");
    assert_eq!(document.version(), "3.0");
    assert_eq!(document.info().expect("readable").version, "1.10");
    assert_eq!(document.servers().len(), 1);
    assert_eq!(
        document.servers()[0]
            .variables
            .as_ref()
            .map(|variables| variables["host"].enumeration.clone()),
        Some(vec!["a".into(), "2".into()])
    );
    assert_eq!(document.tags()[0].name, "a");
    assert_eq!(document.security()[0]["key"], [] as [String; 0]);
    let schemes: Vec<_> = document
        .security_schemes()
        .into_iter()
        .map(|(_, place)| document.security_scheme(&place))
        .collect();
    assert!(schemes.iter().all(Result::is_ok), "{schemes:?}");
    assert_eq!(
        said(&document),
        [
            "note[CS0206] spec.yaml:2:27: `version` is a number and is read as a text",
            "note[CS0206] spec.yaml:3:76: `enum[1]` is a number and is read as a text",
            "warning[CS0207] spec.yaml:3:83: the server has no `url` and is left out",
            "note[CS0206] spec.yaml:7:86: `type` is a text and is read as `http` with the scheme `basic`",
        ]
    );
}

/// Checks the schema `S` that is written so, and what is said about it.
fn assert_read(cases: &[(&str, Value, &str)]) {
    let mut differences = Vec::new();
    for (text, expected, expected_words) in cases {
        let (schema, words) = schema(text);
        let words = words.join("|");
        if (&schema, words.as_str()) != (expected, *expected_words) {
            differences.push(format!("{text}\n  {schema}\n  {words}\n  {expected_words}"));
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn sloppy_types_are_read_as_they_are_meant() {
    assert_read(&[
        (
            "{type: file}",
            json!({"type": "string", "format": "binary"}),
            "note[CS0206] spec.yaml:6:15: the type `file` is read as `string` with the format `binary`",
        ),
        (
            "{type: [string, 'null']}",
            json!({"type": "string", "nullable": true}),
            "note[CS0206] spec.yaml:6:9: `type` is a list and is read as the type `string`, nullable",
        ),
        (
            "{type: strang}",
            json!({}),
            "warning[CS0401] spec.yaml:6:15: the type `strang` is unknown, so any value is taken",
        ),
        (
            "{type: object, required: true}",
            json!({"type": "object"}),
            "warning[CS0405] spec.yaml:6:33: `required: true` on a schema has no effect",
        ),
        (
            "{type: string, nullable: 'true'}",
            json!({"type": "string", "nullable": true}),
            "note[CS0206] spec.yaml:6:33: `nullable` is a text and is read as true or false",
        ),
    ]);
}

#[test]
fn sloppy_limits_and_enumerations_are_read_as_they_are_meant() {
    assert_read(&[
        (
            "{type: integer, minimum: -9223372036854776000, maximum: 18446744073709551615}",
            json!({"type": "integer", "minimum": i64::MIN}),
            "note[CS0403] spec.yaml:6:64: `maximum: 18446744073709551615` is no limit for a 64-bit integer and is left out",
        ),
        (
            "{type: integer, minimum: 0, maximum: 18446744073709551615}",
            json!({"type": "integer", "minimum": 0, "x-clientsmith-beyond-i64": true}),
            "",
        ),
        (
            "{type: integer, maximum: 1.8446744073709552e19}",
            json!({"type": "integer", "x-clientsmith-beyond-i64": true}),
            "",
        ),
        (
            "{type: integer, maximum: 10000000000000000000}",
            json!({"type": "integer", "x-clientsmith-beyond-i64": true}),
            "note[CS0403] spec.yaml:6:33: `maximum: 10000000000000000000` is no limit for a 64-bit integer and is left out",
        ),
        (
            "{type: integer, format: int64, maximum: 18446744073709551615}",
            json!({"type": "integer", "format": "int64"}),
            "note[CS0403] spec.yaml:6:48: `maximum: 18446744073709551615` is no limit for a 64-bit integer and is left out",
        ),
        (
            "{type: integer, minimum: 0.5}",
            json!({"type": "integer", "minimum": 1}),
            "",
        ),
        (
            "{type: number, exclusiveMinimum: 5}",
            json!({"type": "number", "minimum": 5.0, "exclusiveMinimum": true}),
            "note[CS0206] spec.yaml:6:41: `exclusiveMinimum` is a number and is read as an exclusive `minimum`",
        ),
        (
            "{type: string, maxLength: '5'}",
            json!({"type": "string", "maxLength": 5}),
            "note[CS0206] spec.yaml:6:34: `maxLength` is a text and is read as an integer",
        ),
        (
            "{type: string, maxLength: -5}",
            json!({"type": "string"}),
            "warning[CS0205] spec.yaml:6:34: `maxLength` is left out: it should be an integer from 0, and is a number",
        ),
        (
            "{type: string, enum: [1.10]}",
            json!({"type": "string", "enum": ["1.10"]}),
            "note[CS0206] spec.yaml:6:30: `enum[0]` is a number and is read as a text",
        ),
        (
            "{type: integer, enum: ['1', 2.0]}",
            json!({"type": "integer", "enum": [1, 2]}),
            "note[CS0206] spec.yaml:6:31: `enum[0]` is a text and is read as an integer",
        ),
        (
            "{type: string, enum: []}",
            json!({"type": "string"}),
            "warning[CS0404] spec.yaml:6:23: `enum` allows no value at all and is left out",
        ),
        (
            "{type: string, minLength: 3, maxLength: 2}",
            json!({"type": "string"}),
            "warning[CS0404] spec.yaml:6:34: no value can meet `minLength: 3` and `maxLength: 2`; both are left out",
        ),
    ]);
}

#[test]
fn keywords_that_do_not_fit_are_left_out() {
    assert_read(&[
        (
            "{type: string, readOnly: true, writeOnly: true}",
            json!({"type": "string"}),
            "warning[CS0404] spec.yaml:6:50: a schema cannot be both `readOnly` and `writeOnly`; both are left out",
        ),
        (
            "{type: integer, maxLength: 3, pattern: a}",
            json!({"type": "integer"}),
            "note[CS0402] spec.yaml:6:35: `maxLength` has no effect on the type `integer`|note[CS0402] spec.yaml:6:47: `pattern` has no effect on the type `integer`",
        ),
        (
            "{type: array, items: [{}]}",
            json!({"type": "array", "x-clientsmith-prefix-items": [{"$ref": "#/components/schemas/S/items/0"}]}),
            "note[CS0206] spec.yaml:6:22: `items` is a list and is read as `prefixItems`",
        ),
        (
            "{type: string, descripton: a, description: null}",
            json!({"type": "string"}),
            "note[CS0204] spec.yaml:6:35: the key `descripton` means nothing in the schema",
        ),
        (
            "{discriminator: kind, type: object}",
            json!({"type": "object", "discriminator": {"propertyName": "kind"}}),
            "note[CS0206] spec.yaml:6:24: `discriminator` is a text and is read as the name of the property that tells the variants apart",
        ),
        (
            "{type: object, discriminator: {mapping: {}}}",
            json!({"type": "object"}),
            "warning[CS0207] spec.yaml:6:23: the discriminator has no `propertyName` and is left out",
        ),
        (
            "{type: object, properties: []}",
            json!({"type": "object"}),
            "warning[CS0205] spec.yaml:6:23: `properties` is left out: it should be an object, and is a list",
        ),
        (
            "{type: string, example: {any: [1]}, default: 2, externalDocs: 1}",
            json!({"type": "string", "example": {"any": [1]}, "default": 2}),
            "warning[CS0205] spec.yaml:6:70: `externalDocs` is left out: it should be an object, and is a number",
        ),
    ]);
}

#[test]
fn a_schema_that_says_nothing_takes_anything() {
    assert_eq!(schema("true").0, json!({}));
    assert_eq!(schema("").0, json!({}));
}

#[test]
fn one_malformed_piece_costs_only_itself() {
    let document = components(
        "schemas: {A: [], B: {type: string}, C: {$ref: '#/components/schemas/Missing'}}
parameters: {P: {in: query}, Q: {name: q, in: nowhere, schema: {}}, R: {name: r, in: header, style: form, schema: {}}, S: {name: s, in: query, type: integer, required: true}}
responses: {R: 1}
links: {L: {parameters: 1}}
securitySchemes: {X: {type: unknown}}",
    );
    let found = [
        document.schema(&pointer("/components/schemas/A")).err(),
        document.schema(&pointer("/components/schemas/B")).err(),
        document.schema(&pointer("/components/schemas/C")).err(),
        document
            .parameter(&pointer("/components/parameters/P"))
            .err(),
        document
            .parameter(&pointer("/components/parameters/Q"))
            .err(),
        document
            .parameter(&pointer("/components/parameters/R"))
            .err(),
        document.response(&pointer("/components/responses/R")).err(),
        document.link(&pointer("/components/links/L")).err(),
        document
            .security_scheme(&pointer("/components/securitySchemes/X"))
            .err(),
    ];
    let found = found
        .map(|diagnostic| diagnostic.map_or_else(String::new, |diagnostic| diagnostic.to_string()));
    assert_eq!(
        found,
        [
            "warning[CS0208] #/components/schemas/A: the schema is a list and is left out: it should be an object",
            "",
            "warning[CS0301] #/components/schemas/C/$ref: `#/components/schemas/Missing` leads to nothing",
            "warning[CS0207] #/components/parameters/P: the parameter has no `name` and is left out",
            "warning[CS0207] #/components/parameters/Q: the parameter has no `in` and is left out",
            "",
            "warning[CS0208] #/components/responses/R: the response is a number and is left out: it should be an object",
            "warning[CS0209] #/components/links/L: the link cannot be read: invalid type: integer `1`, expected a map",
            "warning[CS0207] #/components/securitySchemes/X: the security scheme has no `type` and is left out",
        ]
    );
    // A parameter in the form of Swagger 2.0.
    let parameter = document
        .parameter(&pointer("/components/parameters/S"))
        .expect("readable");
    let json = serde_json::to_value(parameter).expect("JSON");
    assert_eq!(json["schema"], reference("/components/parameters/S"));
    let schema = document
        .schema(&pointer("/components/parameters/S"))
        .expect("readable");
    assert_eq!(
        serde_json::to_value(schema).expect("JSON"),
        json!({"type": "integer"})
    );
}

#[test]
fn the_structure_is_checked_as_a_whole() {
    let document = paths(
        "/a/{id}/{other}:
  parameters: [{name: id, in: path, required: true, schema: {}}, {name: gone, in: path, required: true, schema: {}}]
  get: {operationId: twice, responses: {200: {description: ''}}}
  put: {operationId: twice, responses: {200: {description: ''}}}
  post: {parameters: [{name: other, in: path, required: true, schema: {}}]}
b: {}",
    );
    assert_eq!(
        said(&document),
        [
            "warning[CS0504] spec.yaml:5:68: the path parameter `gone` does not occur in `/a/{id}/{other}`",
            "warning[CS0503] spec.yaml:6:5: the path parameter `other` of `GET /a/{id}/{other}` is not declared; it is taken for text",
            "warning[CS0503] spec.yaml:7:5: the path parameter `other` of `PUT /a/{id}/{other}` is not declared; it is taken for text",
            "warning[CS0501] spec.yaml:7:24: the operationId `twice` stands at `GET /a/{id}/{other}` already",
            "note[CS0502] spec.yaml:8:5: `POST /a/{id}/{other}` has no operationId; its name is made from method and path",
            "warning[CS0505] spec.yaml:8:5: `POST /a/{id}/{other}` has no responses; any success is taken",
            "warning[CS0506] spec.yaml:9:3: the path `b` does not begin with a slash and is left out",
        ]
    );
}

#[test]
fn a_document_without_the_keys_it_needs_is_a_document() {
    let document =
        Document::parse("spec.json", "{\"openapi\": \"3.0.3\", \"path\": {}}").expect("readable");
    assert!(document.paths().is_empty());
    assert_eq!(
        said(&document),
        [
            "warning[CS0207] spec.json:1:1: the document has no `info`",
            "warning[CS0207] spec.json:1:1: the document has no `paths`, so the client has no operations",
            "note[CS0204] spec.json:1:22: the key `path` means nothing in the document",
        ]
    );
}

#[test]
fn maps_and_parts_may_be_references() {
    let document = paths(
        "/a:
  get:
    operationId: a
    responses: {200: {description: '', content: {$ref: '#/paths/x-content'}}}
x-content: {application/json: {schema: {type: string}}}",
    );
    let response = document
        .response(&pointer("/paths/~1a/get/responses/200"))
        .expect("readable");
    let media_type = serde_json::to_value(&response.content["application/json"]).expect("JSON");
    assert_eq!(
        media_type,
        json!({"schema": reference("/paths/x-content/application~1json/schema")})
    );
}

#[test]
fn what_stands_beside_a_reference_counts_by_version() {
    let beside = |version: &str| {
        let text = format!(
            "openapi: {version}\ninfo: {{title: t, version: '1'}}\npaths: {{}}\ncomponents: {{schemas: {{T: {{type: string}}, S: \
             {{$ref: '#/components/schemas/T', description: d, pattern: p, x-enum-varnames: [A]}}}}}}"
        );
        let document = Document::parse("spec.yaml", &text).expect("readable");
        let schema = document
            .schema(&pointer("/components/schemas/S"))
            .expect("readable");
        let schema = serde_json::to_value(schema).expect("JSON");
        ["description", "pattern", "x-enum-varnames"].map(|key| schema.get(key).is_some())
    };
    assert_eq!(beside("3.1.0"), [true, true, true]);
    assert_eq!(beside("3.0.3"), [true, false, false]);
}
