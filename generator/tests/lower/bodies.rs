//! Request bodies.

use crate::show;
use crate::*;

fn of(body: &str) -> (String, Vec<Code>) {
    let lowered = paths(
        &format!(
            "/p:\n  delete:\n    operationId: delete_things\n    requestBody: {body}\n    responses: {{'204': {{description: ok}}}}"
        ),
        "schemas:\n  A: {type: object, properties: {a: {type: string}}}\nrequestBodies:\n  B: {content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}",
    );
    (
        show::body(&lowered.api, lowered.operation("delete_things")),
        lowered.codes(),
    )
}

#[test]
fn json_is_preferred() {
    let reference = "schema: {$ref: '#/components/schemas/A'}";
    let content = format!(
        "{{required: true, content: {{application/x-www-form-urlencoded: {{{reference}}}, application/xml: {{{reference}}}, application/json: {{{reference}}}}}}}"
    );
    assert_eq!(
        of(&content),
        ("application/json A".to_owned(), vec![Code::OtherMediaTypes])
    );
    assert_eq!(
        of("{$ref: '#/components/requestBodies/B'}").0,
        "application/json? A"
    );
    assert_eq!(of("{content: {application/json: {schema: {type: array, items: {type: string, format: uuid}}}}}").0, "application/json? Array<Uuid>");
    let inline =
        "{content: {application/json: {schema: {type: object, properties: {x: {type: string}}}}}}";
    assert_eq!(of(inline).0, "application/json? DeleteThingsBody");
}

#[test]
fn text_and_bytes() {
    assert_eq!(
        of("{content: {application/octet-stream: {schema: {type: string, format: binary}}}}").0,
        "application/octet-stream? bytes"
    );
    assert_eq!(
        of("{content: {'image/*': {}}}").0,
        "application/octet-stream? bytes"
    );
    assert_eq!(
        of("{content: {text/plain: {schema: {type: string}}}}").0,
        "text/plain? text"
    );
    assert_eq!(of("{content: {}}").0, "");
}

#[test]
fn what_the_client_cannot_write_is_encoded_by_the_caller() {
    for (media_type, schema, content) in [
        ("application/x-www-form-urlencoded", "type: string", "text"),
        (
            "multipart/form-data",
            "type: array, items: {type: string}",
            "bytes",
        ),
        (
            "multipart/related",
            "$ref: '#/components/schemas/A'",
            "bytes",
        ),
        ("application/xml", "$ref: '#/components/schemas/A'", "text"),
    ] {
        let (shown, codes) = of(&format!(
            "{{content: {{{media_type}: {{schema: {{{schema}}}}}}}}}"
        ));
        assert_eq!(
            (shown, codes),
            (
                format!("{media_type}? {content}"),
                vec![Code::EncodedByCaller]
            )
        );
    }
}

#[test]
fn fields_of_forms_have_the_style_of_their_encoding() {
    let form = |encoding: &str| {
        of(&format!(
            "{{required: true, content: {{application/x-www-form-urlencoded: {{schema: {{$ref: '#/components/schemas/A'}}, encoding: {{{encoding}}}}}}}}}"
        ))
    };
    let start = "application/x-www-form-urlencoded A";
    assert_eq!(form(""), (start.to_owned(), vec![]));
    for (encoding, style) in [
        ("{style: deepObject, explode: true}", " a=Deep"),
        ("{style: deepObject}", " a=Deep"),
        ("{style: form}", " a=Exploded"),
        ("{style: form, explode: true}", " a=Exploded"),
        ("{explode: false}", " a=Joined(',')"),
        ("{style: pipeDelimited}", " a=Joined('|')"),
        ("{style: spaceDelimited, explode: false}", " a=Joined(' ')"),
        ("{style: spaceDelimited, explode: true}", " a=Exploded"),
        ("{contentType: application/json}", " a=Json"),
        (
            "{contentType: application/json, style: form}",
            " a=Exploded",
        ),
        ("{contentType: text/plain}", ""),
        ("{allowReserved: true}", ""),
    ] {
        assert_eq!(
            form(&format!("a: {encoding}")),
            (format!("{start}{style}"), vec![]),
            "{encoding}"
        );
    }
}

/// The body of an operation, the definition `A`, and all names.
fn multipart(schema: &str, encoding: &str) -> (String, Lowered) {
    let lowered = paths(
        &format!(
            "/p:\n  put:\n    operationId: put_thing\n    requestBody: {{required: true, content: {{multipart/form-data: {{schema: {{$ref: '#/components/schemas/A'}}, encoding: {{{encoding}}}}}}}}}\n    responses: {{'204': {{description: ok}}}}"
        ),
        &format!(
            "schemas:\n  A: {schema}\n  Binary: {{type: string, format: binary}}\n  B: {{type: object, properties: {{x: {{type: string}}}}}}"
        ),
    );
    let body = show::body(&lowered.api, lowered.operation("put_thing"));
    (body, lowered)
}

#[test]
fn binary_properties_of_multipart_bodies_are_files() {
    for (property, expected) in [
        ("{type: string, format: binary}", "a?: File"),
        ("{type: string, format: binary, nullable: true}", "a?: File"),
        ("{$ref: '#/components/schemas/Binary'}", "a?: File"),
        (
            "{allOf: [{$ref: '#/components/schemas/Binary'}]}",
            "a?: File",
        ),
        (
            "{type: array, items: {type: string, format: binary}}",
            "a?: Array<File>",
        ),
        (
            "{anyOf: [{type: string, format: binary}, {type: array, items: {$ref: '#/components/schemas/Binary'}}]}",
            "a?: Array<File>",
        ),
        (
            "{anyOf: [{type: string, format: binary}, {type: 'null'}]}",
            "a?: File",
        ),
        (
            "{anyOf: [{type: array, items: {type: string, format: binary}}, {type: 'null'}]}",
            "a?: Array<File>",
        ),
        // What stands for a file.
        (
            "{oneOf: [{type: string, format: binary}, {type: string, format: uri}]}",
            "a?: FileOr<String>",
        ),
        (
            "{anyOf: [{$ref: '#/components/schemas/B'}, {type: 'null'}, {type: string, format: binary}]}",
            "a?: FileOr<B>",
        ),
        ("{type: string, contentMediaType: image/png}", "a?: File"),
        (
            "{type: string, contentMediaType: image/png, contentEncoding: base64}",
            "a?: Base64",
        ),
        (
            "{type: string, contentMediaType: application/json}",
            "a?: String",
        ),
        ("{type: string, format: byte}", "a?: Base64"),
        ("{$ref: '#/components/schemas/B'}", "a?: B"),
    ] {
        let (body, lowered) = multipart(
            &format!("{{type: object, properties: {{a: {property}}}}}"),
            "",
        );
        assert_eq!(body, "multipart/form-data A");
        assert_eq!(lowered.show("A"), format!("{{{expected}}}"), "{property}");
    }
}

#[test]
fn a_schema_with_files_is_a_type_of_its_own_beside_the_one_in_json() {
    let content = "schema: {$ref: '#/components/schemas/A'}";
    let lowered = paths(
        &format!(
            "/p:\n  put:\n    operationId: put_thing\n    requestBody: {{content: {{application/x-www-form-urlencoded: {{{content}}}, multipart/form-data: {{{content}}}}}}}\n    responses: {{'200': {{description: ok, content: {{application/json: {{{content}}}}}}}}}"
        ),
        "schemas:\n  A: {type: object, required: [a], properties: {a: {type: string, format: binary}}}",
    );
    assert_eq!(lowered.names(), ["AParts", "A"]);
    assert_eq!(lowered.show("AParts"), "{a: File}");
    assert_eq!(lowered.show("A"), "{a: String}");
    assert_eq!(lowered.codes(), [Code::OtherMediaTypes]);
    assert_eq!(
        show::body(&lowered.api, lowered.operation("put_thing")),
        "multipart/form-data? AParts"
    );
}

#[test]
fn parts_have_the_media_type_of_their_encoding() {
    let schema =
        "{type: object, properties: {a: {type: string, format: binary}, b: {type: string}}}";
    let (body, lowered) = multipart(
        schema,
        "a: {contentType: image/png, headers: {X-A: {schema: {type: string}}}}, b: {contentType: 'text/plain, text/html'}",
    );
    assert_eq!(
        body,
        "multipart/form-data A a=image/png b=text/plain, text/html"
    );
    assert_eq!(lowered.codes(), [Code::PartHeaders]);
    assert_eq!(
        lowered.places(Code::PartHeaders),
        ["/paths/~1p/put/requestBody/content/multipart~1form-data/encoding/a/headers"]
    );
    let (body, lowered) = multipart(schema, "a: {contentType: image/*}");
    assert_eq!(
        (body.as_str(), lowered.codes()),
        ("multipart/form-data A a=image/*", vec![])
    );
}

#[test]
fn files_deeper_than_a_property_of_a_multipart_body_are_reported() {
    let file = "{type: string, format: binary}";
    for (schema, place) in [
        (
            format!("{{type: object, properties: {{a: {{type: object, properties: {{f: {file}}}}}}}}}"),
            "/components/schemas/A/properties/a/properties/f",
        ),
        (
            format!("{{type: object, properties: {{g: {file}, a: {{type: array, items: {{type: object, properties: {{f: {file}}}}}}}}}}}"),
            "/components/schemas/A/properties/a/items/properties/f",
        ),
        (
            format!("{{type: object, properties: {{a: {{oneOf: [{file}, {{type: integer}}, {{type: boolean}}]}}}}}}"),
            "/components/schemas/A/properties/a/oneOf/0",
        ),
        (
            format!("{{oneOf: [{{type: object, properties: {{f: {file}}}}}, {{type: object, properties: {{b: {{type: string}}}}}}]}}"),
            "/components/schemas/A/oneOf/0/properties/f",
        ),
        (
            "{type: object, additionalProperties: {$ref: '#/components/schemas/Binary'}}".to_owned(),
            "/components/schemas/Binary",
        ),
        (
            "{type: object, properties: {a: {type: object, properties: {f: {$ref: '#/components/schemas/Binary'}, again: {$ref: '#/components/schemas/A'}}}}}".to_owned(),
            "/components/schemas/Binary",
        ),
    ] {
        let (_, lowered) = multipart(&schema, "");
        assert_eq!(lowered.places(Code::FileTooDeep), [place], "{schema}");
    }
    for schema in [
        format!("{{type: object, properties: {{a: {{allOf: [{file}]}}, b: {{type: array, items: {file}}}}}}}"),
        "{type: object, properties: {a: {type: object, properties: {f: {type: string, format: byte}}}}}".to_owned(),
    ] {
        let (_, lowered) = multipart(&schema, "");
        assert_eq!(lowered.codes(), [], "{schema}");
    }
}

#[test]
fn encodings_that_change_nothing_are_reported() {
    let schema = "{oneOf: [{type: object, properties: {a: {type: string}}}, {type: object, properties: {b: {type: string}}}]}";
    let (body, lowered) = multipart(
        schema,
        "a: {contentType: text/csv}, b: {style: form, explode: false, allowReserved: true}, c: {contentType: text/csv}",
    );
    assert_eq!(body, "multipart/form-data A a=text/csv");
    let encoding = "/paths/~1p/put/requestBody/content/multipart~1form-data/encoding";
    assert_eq!(
        lowered.places(Code::EncodingOfNothing),
        [format!("{encoding}/c")]
    );
    assert_eq!(
        lowered.places(Code::EncodingNotUsed),
        [
            format!("{encoding}/b/style"),
            format!("{encoding}/b/explode")
        ]
    );
    let open = "{type: object, properties: {a: {type: string}}, additionalProperties: true}";
    assert_eq!(multipart(open, "c: {contentType: text/csv}").1.codes(), []);
    for (media_type, encoding) in [
        (
            "application/x-www-form-urlencoded",
            "{a: {headers: {X-A: {schema: {type: string}}}}}",
        ),
        ("application/json", "{a: {contentType: text/plain}}"),
    ] {
        let content = format!(
            "{{content: {{{media_type}: {{schema: {{$ref: '#/components/schemas/A'}}, encoding: {encoding}}}}}}}"
        );
        assert_eq!(of(&content).1, [Code::EncodingNotUsed], "{media_type}");
    }
}

#[test]
fn lists_of_swagger_are_joined_in_fields_and_parts_alike() {
    for (format, joined) in [
        ("", " a=Joined(',')"),
        (", collectionFormat: csv", " a=Joined(',')"),
        (", collectionFormat: ssv", " a=Joined(' ')"),
        (", collectionFormat: tsv", " a=Joined('\\t')"),
        (", collectionFormat: pipes", " a=Joined('|')"),
        (", collectionFormat: multi", ""),
    ] {
        for media_type in ["application/x-www-form-urlencoded", "multipart/form-data"] {
            let text = format!(
                "swagger: '2.0'\ninfo: {{title: t, version: '1'}}\nhost: a.example\npaths:\n  /p:\n    put:\n      operationId: put_thing\n      consumes: [{media_type}]\n      parameters: [{{name: a, in: formData, type: array, items: {{type: string}}{format}}}]\n      responses: {{'204': {{description: ok}}}}"
            );
            let lowered = with_settings(&text, "");
            let body = show::body(&lowered.api, lowered.operation("put_thing"));
            let joined = match media_type {
                "multipart/form-data" => joined.replace("Joined(", "").replace(')', ""),
                _ => joined.to_owned(),
            };
            assert_eq!(
                body,
                format!("{media_type}? PutThingBody{joined}"),
                "{format}"
            );
            assert_eq!(lowered.codes(), [], "{format}");
        }
    }
}

#[test]
fn what_nothing_is_known_of_has_parts_and_fields_of_any_name() {
    for schema in [
        "{}",
        "{type: object}",
        "{type: object, additionalProperties: true}",
    ] {
        let (body, lowered) = multipart(schema, "");
        let definition = lowered.show("A");
        assert_eq!(
            (body.as_str(), lowered.codes()),
            ("multipart/form-data Map<FileOr<String>>", vec![]),
            "{schema} {definition}"
        );
    }
    assert_eq!(
        of("{content: {application/x-www-form-urlencoded: {schema: {}}}}").0,
        "application/x-www-form-urlencoded? Map<Any>"
    );
}

#[test]
fn styles_count_for_parts_from_openapi_3_1_on() {
    for (version, style, expected, places) in [
        ("3.1.0", "style: form, explode: false", " a=','", vec![]),
        ("3.1.0", "style: pipeDelimited", " a='|'", vec![]),
        ("3.2.0", "explode: false", " a=','", vec![]),
        ("3.1.0", "style: form", "", vec![]),
        ("3.1.0", "style: deepObject", "", vec!["style"]),
        (
            "3.0.3",
            "style: pipeDelimited, explode: false",
            "",
            vec!["style", "explode"],
        ),
    ] {
        let text = format!(
            "openapi: {version}\ninfo: {{title: t, version: '1'}}\nservers: [{{url: 'https://a.example'}}]\npaths:\n  /p:\n    put:\n      operationId: put_thing\n      requestBody: {{content: {{multipart/form-data: {{schema: {{type: object, properties: {{a: {{type: array, items: {{type: string}}}}}}}}, encoding: {{a: {{{style}}}}}}}}}}}\n      responses: {{'204': {{description: ok}}}}"
        );
        let lowered = with_settings(&text, "");
        let body = show::body(&lowered.api, lowered.operation("put_thing"));
        assert_eq!(
            body,
            format!("multipart/form-data? PutThingBody{expected}"),
            "{version} {style}"
        );
        let encoding = "/paths/~1p/put/requestBody/content/multipart~1form-data/encoding/a";
        let places: Vec<String> = places
            .iter()
            .map(|place| format!("{encoding}/{place}"))
            .collect();
        assert_eq!(
            lowered.places(Code::EncodingNotUsed),
            places,
            "{version} {style}"
        );
    }
}

#[test]
fn objects_in_a_language_that_the_client_does_not_write_are_reported() {
    let place = "/paths/~1p/put/requestBody/content/multipart~1form-data/encoding/a/contentType";
    for (property, media_type, expected) in [
        (
            "{$ref: '#/components/schemas/B'}",
            "application/xml",
            vec![place],
        ),
        (
            "{type: array, items: {$ref: '#/components/schemas/B'}}",
            "text/csv",
            vec![place],
        ),
        (
            "{$ref: '#/components/schemas/B'}",
            "application/vnd.b+json",
            vec![],
        ),
        (
            "{$ref: '#/components/schemas/B'}",
            "'application/xml, application/json'",
            vec![],
        ),
        ("{type: string}", "application/xml", vec![]),
        ("{type: string, format: binary}", "application/xml", vec![]),
    ] {
        let schema = format!("{{type: object, properties: {{a: {property}}}}}");
        let (_, lowered) = multipart(&schema, &format!("a: {{contentType: {media_type}}}"));
        assert_eq!(
            lowered.places(Code::EncodingNotUsed),
            expected,
            "{property} {media_type}"
        );
    }
}

/// Media types with their schemas.
type Contents<'c> = &'c [(&'c str, &'c str)];

/// The methods of an operation with these contents, each with its body, and the codes.
fn ways(contents: Contents<'_>) -> (Vec<String>, Vec<Code>) {
    let contents: Vec<String> = contents
        .iter()
        .map(|(media_type, schema)| format!("{media_type:?}: {{schema: {schema}}}"))
        .collect();
    let lowered = paths(
        &format!(
            "/p:\n  put:\n    operationId: put_it\n    requestBody: {{required: true, content: {{{}}}}}\n    responses: {{'204': {{description: ok}}}}",
            contents.join(", ")
        ),
        "schemas:\n  A: {type: object, properties: {a: {type: string}}}\n  B: {type: object, properties: {b: {type: string}}}\n  F: {type: object, properties: {f: {type: string, format: binary}}}",
    );
    let ways = lowered.api.operations().map(|operation| {
        let body = show::body(&lowered.api, operation);
        format!("{}: {body}", operation.method_name)
    });
    (ways.collect(), lowered.codes())
}

const A: &str = "{$ref: '#/components/schemas/A'}";
const B: &str = "{$ref: '#/components/schemas/B'}";
const F: &str = "{$ref: '#/components/schemas/F'}";
const TEXT: &str = "{type: string}";
const BYTES: &str = "{type: string, format: binary}";

#[test]
fn media_types_that_carry_something_else_have_a_method_each() {
    let expected: [(Contents<'_>, &[&str]); 6] = [
        (
            &[("multipart/form-data", F), ("application/json", F)],
            &[
                "put_it: application/json F",
                "put_it_as_multipart: multipart/form-data FParts",
            ],
        ),
        (
            &[("application/json", A), ("multipart/form-data", B)],
            &[
                "put_it: application/json A",
                "put_it_as_multipart: multipart/form-data B",
            ],
        ),
        (
            &[
                ("application/octet-stream", BYTES),
                ("text/csv", TEXT),
                ("application/x-www-form-urlencoded", A),
            ],
            &[
                "put_it: application/x-www-form-urlencoded A",
                "put_it_as_text: text/csv text",
                "put_it_as_bytes: application/octet-stream bytes",
            ],
        ),
        (
            &[
                ("application/merge-patch+json", A),
                ("application/json-patch+json", A),
                ("application/json", A),
            ],
            &[
                "put_it: application/json A",
                "put_it_as_merge_patch: application/merge-patch+json A",
                "put_it_as_json_patch: application/json-patch+json A",
            ],
        ),
        (
            &[("application/json", A), ("application/vnd.b+json", B)],
            &[
                "put_it: application/json A",
                "put_it_as_vnd_b: application/vnd.b+json B",
            ],
        ),
        (
            &[
                ("application/x-www-form-urlencoded", A),
                ("text/plain", TEXT),
                ("application/json", TEXT),
                ("application/json; version=2", B),
            ],
            &[
                "put_it: application/json String",
                "put_it_as_json: application/json; version=2 B",
                "put_it_as_form: application/x-www-form-urlencoded A",
            ],
        ),
    ];
    for (contents, ways_expected) in expected {
        assert_eq!(ways(contents).0, ways_expected, "{contents:?}");
    }
}

#[test]
fn media_types_that_carry_the_same_are_one_way() {
    for (contents, only) in [
        (
            [
                ("application/json", A),
                ("application/x-www-form-urlencoded", A),
            ],
            "put_it: application/json A",
        ),
        (
            [("application/json", A), ("multipart/form-data", A)],
            "put_it: application/json A",
        ),
        (
            [("image/png", TEXT), ("image/jpeg", TEXT)],
            "put_it: image/png bytes",
        ),
        (
            [("text/plain", TEXT), ("text/markdown", TEXT)],
            "put_it: text/plain text",
        ),
        // Callers would have to encode it.
        (
            [("application/json", A), ("application/xml", B)],
            "put_it: application/json A",
        ),
        (
            [("application/json", A), ("application/x-ndjson", B)],
            "put_it: application/json A",
        ),
    ] {
        let (ways, codes) = ways(&contents);
        assert_eq!(ways, [only]);
        assert_eq!(codes, [Code::OtherMediaTypes], "{contents:?}");
    }
}
