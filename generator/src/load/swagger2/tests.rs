//! Conversions of snippets.

use crate::{
    diagnostics::{Code, Pointer},
    load::{Dialect, Document, SEPARATOR},
};

fn read(text: &str) -> Document {
    let text = format!("swagger: '2.0'\ninfo: {{title: t, version: '1'}}\n{text}\n");
    Document::parse("spec.yaml", &text).expect("readable")
}

/// What stands at a place after the conversion.
fn shown(document: &Document, place: &str) -> String {
    let place = Pointer::parse(place).expect("a pointer");
    document
        .value(&place)
        .map_or_else(|| "nothing".to_owned(), ToString::to_string)
}

/// What is found in a document whose operations are lowered elsewhere, with places as its author knows them.
fn found(document: &Document) -> Vec<String> {
    let mut found = document.take_diagnostics();
    found.locate(|pointers| document.locate(pointers));
    found
        .iter()
        .filter(|diagnostic| {
            !matches!(
                diagnostic.code,
                Code::MissingOperationId | Code::MissingResponses
            )
        })
        .map(|diagnostic| {
            let line = diagnostic.location.as_ref().map_or(0, |place| place.line);
            let pointer = diagnostic.pointer.clone().unwrap_or_default();
            format!("{} {line} {pointer}", diagnostic.code)
        })
        .collect()
}

fn came_from(document: &Document, place: &str) -> String {
    let place = Pointer::parse(place).expect("a pointer");
    document.locate(&[&place])[&place].pointer.to_string()
}

#[test]
fn the_version_stays_what_the_document_says() {
    let document = read("paths: {}");
    assert_eq!(document.version(), "2.0");
    assert_eq!(document.dialect(), Dialect::Swagger2);
    assert_eq!(shown(&document, "/openapi"), r#""3.0.3""#);
    assert_eq!(shown(&document, "/swagger"), "nothing");
    assert!(found(&document).is_empty());
}

#[test]
fn servers_are_made_of_schemes_host_and_base_path() {
    for (text, servers) in [
        ("host: a.example", r#"[{"url":"https://a.example"}]"#),
        (
            "host: a.example/\nbasePath: /v1/\nschemes: [http, https]",
            r#"[{"url":"https://a.example/v1"},{"url":"http://a.example/v1"}]"#,
        ),
        (
            "host: 'http://a.example:80'\nbasePath: v1",
            r#"[{"url":"http://a.example:80/v1"}]"#,
        ),
        ("basePath: /v1\nschemes: [https]", r#"[{"url":"/v1"}]"#),
        ("basePath: /", "nothing"),
        ("schemes: [https]", "nothing"),
        ("host: [a]\nbasePath: /v1", r#"[{"url":"/v1"}]"#),
    ] {
        let document = read(&format!("paths: {{}}\n{text}"));
        assert_eq!(shown(&document, "/servers"), servers, "{text}");
    }
    let document = read("paths: {}\nhost: a.example\nschemes: [wss, 1]");
    assert_eq!(
        shown(&document, "/servers"),
        r#"[{"url":"https://a.example"}]"#
    );
    assert_eq!(
        found(&document),
        ["CS0210 5 /schemes/0", "CS0205 5 /schemes/1"]
    );
}

#[test]
fn schemes_of_an_operation_count_where_the_usual_one_is_not_among_them() {
    let document = read(
        "host: a.example\npaths:\n  /a:\n    get: {schemes: [https, http]}\n    put: {schemes: [http]}",
    );
    assert_eq!(shown(&document, "/paths/~1a/get/servers"), "nothing");
    assert_eq!(
        shown(&document, "/paths/~1a/put/servers"),
        r#"[{"url":"http://a.example"}]"#
    );
}

#[test]
fn parameters_have_a_schema() {
    let document = read(
        "paths:\n  /a:\n    get:\n      parameters:\n        - {name: n, in: query, type: integer, minimum: 1, x-nullable: true, x-own: 1}\n        - {name: body, in: body, schema: {type: string}}\n        - {name: h, in: header, required: true, type: array, items: {type: string, enum: [1]}, uniqueItems: x}",
    );
    let list = "/paths/~1a/get/parameters";
    assert_eq!(
        shown(&document, list),
        concat!(
            r#"[{"name":"n","in":"query","x-own":1,"schema":{"type":"integer","minimum":1,"nullable":true}},"#,
            r#"{"name":"h","in":"header","required":true,"schema":{"type":"array","items":{"type":"string","enum":[1]},"uniqueItems":"x"}}]"#
        )
    );
    let origin = |place: &str| came_from(&document, &format!("{list}/{place}"));
    assert_eq!(origin("0/schema/minimum"), format!("{list}/0/minimum"));
    assert_eq!(origin("0/schema/nullable"), format!("{list}/0/x-nullable"));
    assert_eq!(
        origin("1/schema/items/enum"),
        format!("{list}/2/items/enum")
    );
    assert_eq!(origin("1/required"), format!("{list}/2/required"));
}

#[test]
fn collection_formats_are_styles() {
    let one = |place: &str, format: &str| {
        let document = read(&format!(
            "paths: {{}}\nparameters:\n  p: {{name: p, in: {place}, type: array, items: {{type: string}}{format}}}"
        ));
        let at = |key: &str| shown(&document, &format!("/components/parameters/p/{key}"));
        let way = match at(SEPARATOR).as_str() {
            "nothing" => format!("{} {}", at("style"), at("explode")),
            separator => separator.to_owned(),
        };
        format!("{way} {:?}", found(&document))
    };
    assert_eq!(one("query", ""), r#""form" false []"#);
    assert_eq!(
        one("query", ", collectionFormat: csv"),
        r#""form" false []"#
    );
    assert_eq!(
        one("query", ", collectionFormat: multi"),
        r#""form" true []"#
    );
    assert_eq!(
        one("query", ", collectionFormat: ssv"),
        r#""spaceDelimited" false []"#
    );
    assert_eq!(
        one("query", ", collectionFormat: pipes"),
        r#""pipeDelimited" false []"#
    );
    assert_eq!(one("query", ", collectionFormat: tsv"), r#""\t" []"#);
    assert_eq!(one("path", ", collectionFormat: csv"), "nothing nothing []");
    assert_eq!(one("header", ", collectionFormat: pipes"), r#""|" []"#);
    assert_eq!(one("path", ", collectionFormat: ssv"), r#"" " []"#);
    assert_eq!(
        one("header", ", collectionFormat: multi"),
        r#"nothing nothing ["CS0210 5 /parameters/p/collectionFormat"]"#
    );
    assert_eq!(
        one("query", ", collectionFormat: xsv"),
        r#""form" false ["CS0210 5 /parameters/p/collectionFormat"]"#
    );
    let document = read(
        "paths: {}\nparameters:\n  p: {name: p, in: query, type: array, items: {type: array, collectionFormat: ssv, items: {type: string}}}\n  q: {name: q, in: query, type: string, collectionFormat: csv}",
    );
    assert_eq!(
        found(&document),
        [
            "CS0210 5 /parameters/p/items/collectionFormat",
            "CS0402 6 /parameters/q/collectionFormat"
        ]
    );
}

#[test]
fn bodies_stand_in_every_media_type_once() {
    let document = read(
        "consumes: ['*/*']\npaths:\n  /a:\n    parameters:\n      - {name: x, in: body, schema: {type: integer}}\n    put: {}\n    post:\n      consumes: [application/xml, application/json, application/xml]\n      parameters:\n        - {name: y, in: body, required: true, description: d, x-own: 1, schema: {properties: {p: {type: file}}}}",
    );
    assert_eq!(
        shown(&document, "/paths/~1a/put/requestBody"),
        r#"{"content":{"application/json":{"schema":{"type":"integer"}}}}"#
    );
    assert_eq!(
        shown(&document, "/paths/~1a/post/requestBody"),
        concat!(
            r#"{"required":true,"description":"d","x-own":1,"content":{"#,
            r##""application/xml":{"schema":{"$ref":"#/paths/~1a/post/requestBody/content/application~1json/schema"}},"##,
            r#""application/json":{"schema":{"properties":{"p":{"type":"string","format":"binary"}}}}}}"#
        )
    );
    let body = "/paths/~1a/post/requestBody";
    let content = format!("{body}/content/application~1json");
    for (place, origin) in [
        (body.to_owned(), "/paths/~1a/post/parameters/0"),
        (
            format!("{body}/required"),
            "/paths/~1a/post/parameters/0/required",
        ),
        (content.clone(), "/paths/~1a/post/consumes/1"),
        (
            format!("{content}/schema/properties/p/format"),
            "/paths/~1a/post/parameters/0/schema/properties/p/type",
        ),
    ] {
        assert_eq!(came_from(&document, &place), origin);
    }
}

#[test]
fn forms_are_objects() {
    let document = read(
        "paths:\n  /a:\n    parameters:\n      - {name: a, in: formData, type: string}\n      - {name: c, in: formData, type: boolean}\n    post:\n      consumes: [application/json, multipart/form-data, application/x-www-form-urlencoded]\n      parameters:\n        - {name: a, in: formData, required: true, type: integer, description: d}\n        - {name: a, in: formData, type: integer}\n        - {name: b, in: formData, type: array, items: {type: string}, collectionFormat: multi}\n        - {name: d, in: formData, type: array, items: {type: string}}\n        - {in: formData}\n    put:\n      parameters: [{name: f, in: formData, type: file}]",
    );
    assert_eq!(
        shown(&document, "/paths/~1a/post/requestBody"),
        concat!(
            r#"{"content":{"multipart/form-data":{"schema":{"type":"object","properties":{"#,
            r#""a":{"type":"integer","description":"d"},"b":{"type":"array","items":{"type":"string"}},"d":{"type":"array","items":{"type":"string"}},"c":{"type":"boolean"}},"required":["a"]},"#,
            r#""encoding":{"d":{"x-clientsmith-separator":","}}},"#,
            r##""application/x-www-form-urlencoded":{"schema":{"$ref":"#/paths/~1a/post/requestBody/content/multipart~1form-data/schema"},"##,
            r#""encoding":{"d":{"x-clientsmith-separator":","}}}},"required":true}"#
        )
    );
    assert_eq!(
        shown(
            &document,
            "/paths/~1a/put/requestBody/content/multipart~1form-data/schema/properties/f"
        ),
        r#"{"type":"string","format":"binary"}"#
    );
    assert_eq!(
        found(&document),
        [
            "CS0510 12 /paths/~1a/post/parameters/1",
            "CS0207 15 /paths/~1a/post/parameters/4"
        ]
    );
    assert_eq!(
        came_from(
            &document,
            "/paths/~1a/post/requestBody/content/multipart~1form-data/schema/properties/b/items"
        ),
        "/paths/~1a/post/parameters/2/items"
    );
}

#[test]
fn parameters_of_the_body_are_resolved_where_they_are_referred_to() {
    let document = read(
        "paths:\n  /a:\n    put: {parameters: [{$ref: '#/parameters/b'}], consumes: [application/merge-patch+json]}\n    post: {parameters: [{$ref: '#/parameters/f'}, {$ref: '#/parameters/q'}]}\nparameters:\n  b: {name: b, in: body, schema: {type: object, properties: {x: {type: string}}}}\n  f: {name: f, in: formData, type: string, required: true}\n  q: {name: q, in: query, type: string}",
    );
    assert_eq!(
        shown(&document, "/paths/~1a/put/requestBody"),
        r##"{"content":{"application/merge-patch+json":{"schema":{"$ref":"#/components/requestBodies/b/content/application~1json/schema"}}}}"##
    );
    assert_eq!(shown(&document, "/paths/~1a/put/parameters"), "[]");
    assert_eq!(
        shown(&document, "/paths/~1a/post"),
        concat!(
            r##"{"parameters":[{"$ref":"#/components/parameters/q"}],"##,
            r#""requestBody":{"content":{"application/x-www-form-urlencoded":{"schema":{"type":"object","properties":{"f":{"type":"string"}},"required":["f"]}}},"required":true}}"#
        )
    );
    assert_eq!(
        shown(&document, "/components/parameters"),
        r#"{"q":{"name":"q","in":"query","schema":{"type":"string"}}}"#
    );
    assert_eq!(
        came_from(&document, "/paths/~1a/put/requestBody"),
        "/parameters/b"
    );
    assert!(found(&document).is_empty());
}

#[test]
fn responses_have_contents() {
    let document = read(
        "produces: [application/json]\npaths:\n  /a:\n    get:\n      produces: [text/csv, 'application/json']\n      responses:\n        200:\n          description: d\n          schema: {$ref: '#/definitions/A'}\n          headers: {X-N: {type: array, items: {type: integer}, description: n}}\n          examples: {application/json: {$ref: '#/definitions/A'}, nonsense: 1}\n        default: {$ref: '#/responses/E'}\nresponses:\n  E: {description: e, schema: {x-nullable: true, type: string}}\ndefinitions: {A: {type: object}}",
    );
    let responses = "/paths/~1a/get/responses";
    assert_eq!(
        shown(&document, &format!("{responses}/200")),
        concat!(
            r#"{"description":"d","headers":{"X-N":{"description":"n","schema":{"type":"array","items":{"type":"integer"}}}},"#,
            r##""content":{"text/csv":{"schema":{"$ref":"#/components/schemas/A"}},"##,
            r##""application/json":{"schema":{"$ref":"#/components/schemas/A"},"example":{"$ref":"#/definitions/A"}}}}"##
        )
    );
    assert_eq!(
        shown(&document, &format!("{responses}/default")),
        r##"{"$ref":"#/components/responses/E"}"##
    );
    assert_eq!(
        shown(&document, "/components/responses/E/content"),
        r#"{"application/json":{"schema":{"type":"string","nullable":true}}}"#
    );
    assert_eq!(
        found(&document),
        [format!("CS0204 13 {responses}/200/examples/nonsense")]
    );
    let header = format!("{responses}/200/headers/X-N");
    assert_eq!(
        came_from(&document, &format!("{header}/schema/items")),
        format!("{header}/items")
    );
}

#[test]
fn files_and_what_no_media_type_carries() {
    let response = |produces: &str, schema: &str, status: &str| {
        let document = read(&format!(
            "paths:\n  /a:\n    get:\n      produces: {produces}\n      responses: {{'{status}': {{description: d, schema: {schema}}}}}\ndefinitions: {{E: {{properties: {{}}}}, T: {{type: string}}}}"
        ));
        let place = format!("/paths/~1a/get/responses/{status}/content");
        let content = document.value(&Pointer::parse(&place).expect("a pointer"));
        let types: Vec<&String> = content
            .and_then(serde_json::Value::as_object)
            .expect("contents")
            .keys()
            .collect();
        types
            .iter()
            .map(|text| text.as_str())
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(response("[application/json]", "{type: file}", "200"), "*/*");
    assert_eq!(response("[image/png]", "{type: file}", "200"), "image/png");
    let error = "{$ref: '#/definitions/E'}";
    assert_eq!(
        response("[application/octet-stream]", error, "404"),
        "application/octet-stream application/json"
    );
    assert_eq!(
        response("[text/plain]", "{$ref: '#/definitions/T'}", "404"),
        "text/plain"
    );
    assert_eq!(
        response("[application/jsonl]", error, "404"),
        "application/jsonl application/json"
    );
    assert_eq!(
        response("[application/jsonl]", error, "200"),
        "application/jsonl"
    );
    assert_eq!(response("['*/*']", error, "200"), "application/json");
    let bytes = "{type: string, format: binary}";
    assert_eq!(response("['*/*']", bytes, "200"), "*/*");
    assert_eq!(response("[]", bytes, "200"), "*/*");
}

#[test]
fn security_schemes_have_the_flows_of_3_0() {
    let document = read(
        "paths: {}\nsecurityDefinitions:\n  b: {type: basic, description: d}\n  k: {type: apiKey, name: X-Key, in: header}\n  o: {type: oauth2, flow: accessCode, authorizationUrl: 'https://a', tokenUrl: 'https://t', scopes: {default: d}}\n  p: {type: oauth2, flow: application, tokenUrl: 'https://t', scopes: {}}\n  m: {type: oauth2, authorizationUrl: 'https://a', scopes: {}}",
    );
    assert_eq!(
        shown(&document, "/components/securitySchemes"),
        concat!(
            r#"{"b":{"type":"http","description":"d","scheme":"basic"},"k":{"type":"apiKey","name":"X-Key","in":"header"},"#,
            r#""o":{"type":"oauth2","flows":{"authorizationCode":{"authorizationUrl":"https://a","tokenUrl":"https://t","scopes":{"default":"d"}}}},"#,
            r#""p":{"type":"oauth2","flows":{"clientCredentials":{"tokenUrl":"https://t","scopes":{}}}},"#,
            r#""m":{"type":"oauth2","flows":{"implicit":{"authorizationUrl":"https://a","scopes":{}}}}}"#
        )
    );
    assert_eq!(found(&document), ["CS0207 9 /securityDefinitions/m"]);
    assert_eq!(
        came_from(
            &document,
            "/components/securitySchemes/o/flows/authorizationCode/tokenUrl"
        ),
        "/securityDefinitions/o/tokenUrl"
    );
}

#[test]
fn schemas_say_what_3_0_says_and_data_stays_data() {
    let document = read(
        "paths: {}\ndefinitions:\n  A:\n    discriminator: kind\n    properties:\n      kind: {type: string, readOnly: true, x-nullable: true}\n      discriminator: {type: string}\n      x-nullable: {$ref: '#/definitions/50%'}\n    example: {discriminator: x, x-nullable: true, $ref: '#/definitions/A'}\n  50%: {$ref: '#/definitions/A/properties/kind'}",
    );
    assert_eq!(
        shown(&document, "/components/schemas"),
        concat!(
            r##"{"A":{"discriminator":{"propertyName":"kind"},"properties":{"kind":{"type":"string","readOnly":true,"nullable":true},"##,
            r##""discriminator":{"type":"string"},"x-nullable":{"$ref":"#/components/schemas/50%"}},"##,
            r##""example":{"discriminator":"x","x-nullable":true,"$ref":"#/definitions/A"}},"##,
            r##""50%":{"$ref":"#/components/schemas/A/properties/kind"}}"##
        )
    );
    assert!(found(&document).is_empty());
    assert_eq!(
        came_from(
            &document,
            "/components/schemas/A/discriminator/propertyName"
        ),
        "/definitions/A/discriminator"
    );
}

#[test]
fn pieces_in_unusual_places_are_converted_too() {
    let document = read(
        "paths:\n  /a: {$ref: '#/x-items/a'}\n  /b:\n    get:\n      parameters: [{$ref: '#/paths/~1c/get/parameters/1'}, {$ref: '#/x-parameters/p'}]\n      responses: {200: {$ref: '#/x-responses/r'}}\n  /c:\n    get: {parameters: [{in: body, name: b, schema: {}}, {in: query, name: q, type: string}]}\nx-items:\n  a: {get: {parameters: [{in: query, name: q, type: integer}], responses: {200: {description: d, schema: {$ref: '#/definitions/A'}}}}}\nx-parameters: {p: {in: query, name: p, type: string}}\nx-responses: {r: {description: d, schema: {$ref: '#/definitions/A'}}}\ndefinitions: {A: {}}",
    );
    assert_eq!(
        shown(&document, "/x-items/a/get"),
        r##"{"parameters":[{"in":"query","name":"q","schema":{"type":"integer"}}],"responses":{"200":{"description":"d","content":{"application/json":{"schema":{"$ref":"#/components/schemas/A"}}}}}}"##
    );
    assert_eq!(
        shown(&document, "/paths/~1b/get/parameters"),
        r##"[{"$ref":"#/paths/~1c/get/parameters/0"},{"$ref":"#/x-parameters/p"}]"##
    );
    assert_eq!(
        shown(&document, "/x-parameters/p/schema"),
        r#"{"type":"string"}"#
    );
    assert_eq!(
        shown(&document, "/x-responses/r/content"),
        r##"{"application/json":{"schema":{"$ref":"#/components/schemas/A"}}}"##
    );
}

#[test]
fn references_to_nothing_or_to_another_kind_stay_what_they_are() {
    let document = read(
        "paths:\n  /a: {get: {parameters: [{$ref: '#/definitions/A'}], responses: {200: {$ref: '#/definitions/A'}}}}\ndefinitions:\n  A: {type: object, items: {$ref: '#/definitions/None'}}",
    );
    assert_eq!(
        shown(&document, "/components/schemas/A"),
        r##"{"type":"object","items":{"$ref":"#/definitions/None"}}"##
    );
    let found = document.take_diagnostics();
    assert!(
        found
            .iter()
            .any(|diagnostic| { diagnostic.message == "`#/definitions/None` leads to nothing" })
    );
}

#[test]
fn parts_of_the_top_that_are_no_objects_are_reported() {
    let document =
        read("paths: {}\ndefinitions: []\nparameters: 1\nresponses: x\nsecurityDefinitions: []");
    assert_eq!(
        found(&document),
        [
            "CS0208 4 /definitions",
            "CS0208 5 /parameters",
            "CS0208 6 /responses",
            "CS0208 7 /securityDefinitions"
        ]
    );
}

#[test]
fn a_malformed_piece_costs_only_itself() {
    let document = read(
        "consumes: 1\nproduces: [2, text/plain]\nparameters: [1]\nresponses: {a: 1, b: {description: d}}\nsecurityDefinitions: {a: [], b: {type: oauth2, flow: []}}\ndefinitions: {A: 1, B: {$ref: 1}, C: {}}\npaths:\n  /a: 1\n  /b: {get: 1, parameters: x, put: {parameters: [1, null, {in: body}, {in: query}, {$ref: '#/parameters/x'}, {$ref: '#/nowhere'}], responses: [1]}}\n  /c: {get: {responses: {200: 1, 201: {schema: 1, headers: [1], examples: 1}, x-a: 1}}}\n  /d: {get: {parameters: [{$ref: '#/paths/~1d/get/parameters/0'}], responses: {200: {$ref: '#/responses/b'}}}}",
    );
    let found = found(&document);
    assert!(
        found.contains(&"CS0205 3 /consumes/0".to_owned()),
        "{found:?}"
    );
    assert!(
        found.contains(&"CS0205 4 /produces/0".to_owned()),
        "{found:?}"
    );
    assert!(
        found.contains(&"CS0302 13 /paths/~1d/get/parameters/0/$ref".to_owned()),
        "{found:?}"
    );
    assert_eq!(
        shown(&document, "/paths/~1b/put/requestBody"),
        r#"{"content":{"application/json":{"schema":{}}}}"#
    );
    assert_eq!(shown(&document, "/components/schemas/C"), "{}");
    assert_eq!(
        shown(&document, "/paths/~1d/get/responses/200"),
        r##"{"$ref":"#/components/responses/b"}"##
    );
}
