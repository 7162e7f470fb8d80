//! Parameters.

use crate::show;
use crate::*;
use clientsmith::model::{ParameterStyle, Style, Type};

fn of(text: &str) -> (Vec<String>, Vec<Code>) {
    let lowered = paths(
        text,
        "schemas: {Pair: {type: object, properties: {a: {type: integer}, b: {type: string}}}}",
    );
    (
        show::parameters(&lowered.api, lowered.operation("op")),
        lowered.codes(),
    )
}

const OK: &str = "responses: {'204': {description: ok}}";

#[test]
fn those_of_the_path_are_merged_and_overridden() {
    let (parameters, codes) = of(&format!(
        "/p/{{project_id}}/{{type}}:
  parameters:
    - {{name: type, in: path, required: true, schema: {{type: string}}}}
    - {{name: limit, in: query, schema: {{type: string}}}}
    - {{name: project_id, in: path, required: true, schema: {{type: string, format: uuid}}}}
    - {{name: X-Trace, in: header, schema: {{type: string}}}}
  get:
    operationId: op
    parameters:
      - {{name: limit, in: query, schema: {{type: integer}}}}
      - {{name: since, in: query, required: true, schema: {{type: string, format: date-time}}}}
      - {{name: x-trace, in: header, schema: {{type: integer}}}}
      - {{name: Limit, in: query, schema: {{type: boolean}}}}
    {OK}"
    ));
    // Names of headers have no case, others do.
    assert_eq!(
        parameters,
        [
            "project_id: Uuid Path Single",
            "r#type: String Path Single",
            "since: DateTime Query Single",
            "limit?: I64 Query Single",
            "x_trace?: I64 Header Single",
            "limit_title?: Boolean Query Single"
        ]
    );
    assert_eq!(codes, []);
}

#[test]
fn arrays_follow_style_and_explode() {
    let (parameters, codes) = of(&format!(
        "/p:
  get:
    operationId: op
    parameters:
      - {{name: a, in: query, schema: {{type: array, items: {{type: integer}}}}}}
      - {{name: b, in: query, style: form, explode: false, schema: {{type: array, items: {{type: string, enum: [x]}}}}}}
      - {{name: c, in: query, style: pipeDelimited, schema: {{type: array, items: {{type: string}}}}}}
      - {{name: d, in: query, style: spaceDelimited, explode: false, schema: {{type: array, items: {{type: string}}}}}}
      - {{name: e, in: query, style: pipeDelimited, explode: true, schema: {{type: array, items: {{type: string}}}}}}
      - {{name: f, in: header, schema: {{type: array, items: {{type: string}}}}}}
      - {{name: g, in: query, schema: {{oneOf: [{{type: string}}, {{type: array, items: {{type: string}}}}]}}}}
      - {{name: h, in: query, schema: {{}}}}
      - {{name: i, in: query, schema: {{oneOf: [{{type: string}}, {{type: boolean}}]}}}}
    {OK}"
    ));
    assert_eq!(
        parameters,
        [
            "a?: Array<I64> Query Repeated",
            "b?: Array<OpBItem> Query CommaJoined",
            "c?: Array<String> Query PipeJoined",
            "d?: Array<String> Query SpaceJoined",
            "e?: Array<String> Query Repeated",
            "f?: Array<String> Header CommaJoined",
            "g?: Array<String> Query Repeated",
            "h?: String Query Single",
            "i?: String Query Single"
        ]
    );
    assert_eq!(codes, []);
}

#[test]
fn every_style_is_carried() {
    let (parameters, codes) = of(&format!(
        "/p/{{m}}/{{l}}/{{o}}:
  get:
    operationId: op
    parameters:
      - {{name: m, in: path, required: true, style: matrix, schema: {{type: string}}}}
      - {{name: l, in: path, required: true, style: label, explode: true, schema: {{type: array, items: {{type: integer}}}}}}
      - {{name: o, in: path, required: true, explode: true, schema: {{$ref: '#/components/schemas/Pair'}}}}
      - {{name: json, in: query, content: {{application/json: {{schema: {{$ref: '#/components/schemas/Pair'}}}}}}}}
      - {{name: deep, in: query, style: deepObject, schema: {{type: object, additionalProperties: {{$ref: '#/components/schemas/Pair'}}}}}}
      - {{name: exploded, in: query, schema: {{$ref: '#/components/schemas/Pair'}}}}
      - {{name: joined, in: query, explode: false, schema: {{$ref: '#/components/schemas/Pair'}}}}
      - {{name: piped, in: query, style: pipeDelimited, schema: {{$ref: '#/components/schemas/Pair'}}}}
      - {{name: list, in: query, style: deepObject, schema: {{type: array, items: {{type: string}}}}}}
      - {{name: when, in: query, style: deepObject, schema: {{anyOf: [{{$ref: '#/components/schemas/Pair'}}, {{type: integer}}]}}}}
      - {{name: path, in: query, allowReserved: true, schema: {{type: string}}}}
      - {{name: paths, in: query, allowReserved: true, explode: false, schema: {{type: array, items: {{type: string}}}}}}
      - {{name: X-Pair, in: header, schema: {{$ref: '#/components/schemas/Pair'}}}}
      - {{name: pair, in: cookie, schema: {{$ref: '#/components/schemas/Pair'}}}}
    {OK}"
    ));
    let styled = |name: &str, value: &str, place: &str, style: &str, reserved: bool| {
        format!("{name}: {value} {place} Styled {{ style: {style}, reserved: {reserved} }}")
    };
    assert_eq!(
        parameters,
        [
            styled("m", "String", "Path", "Matrix", false),
            styled("l", "Array<I64>", "Path", "LabelExploded", false),
            styled("o", "Pair", "Path", "SimpleExploded", false),
            "json?: Pair Query Json".to_owned(),
            styled("deep?", "Map<Pair>", "Query", "DeepObject", false),
            styled("exploded?", "Pair", "Query", "FormExploded", false),
            styled("joined?", "Pair", "Query", "Form", false),
            styled("piped?", "Pair", "Query", "PipeDelimited", false),
            "list?: Array<String> Query Repeated".to_owned(),
            styled("when?", "OpWhen", "Query", "DeepObject", false),
            styled("path?", "String", "Query", "Form", true),
            styled("paths?", "Array<String>", "Query", "Form", true),
            styled("x_pair?", "Pair", "Header", "Simple", false),
            styled("pair?", "Pair", "Cookie", "FormExploded", false),
        ]
    );
    assert_eq!(codes, []);
}

#[test]
fn what_is_nested_deeper_than_its_style_is_noted() {
    let (_, codes) = of(&format!(
        "/p:
  get:
    operationId: op
    parameters:
      - {{name: lists, in: query, schema: {{type: array, items: {{type: array, items: {{type: string}}}}}}}}
      - {{name: objects, in: query, schema: {{type: object, properties: {{a: {{$ref: '#/components/schemas/Pair'}}}}}}}}
      - {{name: sort, in: query, schema: {{type: object, properties: {{a: {{type: array, items: {{type: string}}}}}}}}}}
    {OK}"
    ));
    assert_eq!(codes, [Code::ParameterStyle; 2]);
}

#[test]
fn path_parameters_follow_the_template() {
    let (parameters, codes) = of(&format!(
        "/p/{{a}}/{{b}}:
  get:
    operationId: op
    parameters:
      - {{name: b, in: path, required: true, schema: {{type: integer}}}}
      - {{name: gone, in: path, required: true, schema: {{type: integer}}}}
    {OK}"
    ));
    assert_eq!(parameters, ["a: String Path Single", "b: I64 Path Single"]);
    assert_eq!(codes, [Code::UndeclaredParameter, Code::ParameterNotInPath]);
}

#[test]
fn names_that_collide_are_told_apart() {
    let (parameters, _) = of(&format!(
        "/p/{{id}}:
  get:
    operationId: op
    parameters:
      - {{name: id, in: path, required: true, schema: {{type: string}}}}
      - {{name: id, in: query, schema: {{type: string}}}}
      - {{name: send, in: query, schema: {{type: string}}}}
      - {{name: with_timeout, in: query, schema: {{type: string}}}}
      - {{name: client, in: query, schema: {{type: string}}}}
      - {{name: Client, in: query, schema: {{type: string}}}}
      - {{name: 'page[size]', in: query, schema: {{type: integer}}}}
    {OK}"
    ));
    let names: Vec<&str> = parameters
        .iter()
        .filter_map(|parameter| parameter.split(['?', ':']).next())
        .collect();
    assert_eq!(
        names,
        [
            "id",
            "id_query",
            "send_query",
            "query_with_timeout",
            "client",
            "client_title",
            "page_size"
        ]
    );
}

#[test]
fn the_client_sets_some_headers_itself_and_duplicates_are_reported() {
    let (parameters, codes) = of(&format!(
        "/p:
  get:
    operationId: op
    parameters:
      - {{name: Accept, in: header, schema: {{type: string}}}}
      - {{name: a, in: query, schema: {{type: string}}}}
      - {{name: a, in: query, schema: {{type: integer}}}}
    {OK}"
    ));
    assert_eq!(parameters, ["a?: String Query Single"]);
    assert_eq!(codes, [Code::HeaderOfTheClient, Code::DuplicateParameter]);
}

#[test]
fn a_cookie_may_be_sent_as_it_is() {
    let document = |version: &str| {
        format!(
            "openapi: {version}\ninfo: {{title: t, version: '1'}}\npaths:\n  /p:\n    get:\n      operationId: p\n      parameters:\n      \
             - {{name: c, in: cookie, style: cookie, schema: {{type: string}}}}\n      responses: {{'204': {{description: ok}}}}\n"
        )
    };
    let lowered = with_settings(&document("3.2.0"), "");
    assert_eq!(lowered.codes(), []);
    let style = |lowered: &Lowered| lowered.operation("p").parameters[0].style;
    assert_eq!(
        style(&lowered),
        ParameterStyle::Styled {
            style: Style::Cookie,
            reserved: false
        }
    );
    let lowered = with_settings(&document("3.0.3"), "");
    assert_eq!(lowered.codes(), [Code::WrongType]);
}

#[test]
fn one_text_or_a_list_of_texts() {
    let lowered = paths(
        "/things:
  get:
    operationId: list
    parameters:
        - {name: a, in: query, schema: {oneOf: [{type: string}, {type: array, items: {type: string}}]}}
        - {name: b, in: query, schema: {oneOf: [{type: string}, {type: array, items: {type: integer}}]}}
        - {name: c, in: query, schema: {type: array, items: {type: string}}}
        - {name: d, in: query, style: deepObject, schema: {oneOf: [{type: string}, {type: array, items: {type: string}}]}}
        - {name: e, in: query, style: deepObject, schema: {type: array, items: {type: string}}}
        - {name: f, in: header, schema: {oneOf: [{type: string}, {type: array, items: {type: string}}]}}
    responses: {'200': {description: Done.}}",
        "",
    );
    let parameters = &lowered.operation("list").parameters;
    let takes_one: Vec<&str> = parameters
        .iter()
        .filter(|parameter| parameter.takes_one)
        .map(|parameter| parameter.wire_name.as_str())
        .collect();
    assert_eq!(takes_one, ["a"]);
    let deep: Vec<(&str, bool)> = parameters
        .iter()
        .filter(|parameter| matches!(parameter.style, ParameterStyle::Styled { .. }))
        .map(|parameter| {
            (
                parameter.wire_name.as_str(),
                matches!(parameter.value, Type::Named(_)),
            )
        })
        .collect();
    assert_eq!(deep, [("d", true)]);
}

#[test]
fn content_that_the_client_does_not_write_is_the_text_of_the_caller() {
    let (parameters, codes) = of(&format!(
        "/p:
  get:
    operationId: op
    parameters:
      - {{name: a, in: query, content: {{application/xml: {{schema: {{type: object, properties: {{k: {{type: string}}}}}}}}}}}}
      - {{name: b, in: query, content: {{text/plain: {{schema: {{type: string}}}}}}}}
    {OK}"
    ));
    assert_eq!(
        parameters,
        ["a?: String Query Single", "b?: String Query Single"]
    );
    assert_eq!(codes, [Code::EncodedByCaller]);
}
