//! Responses.

use crate::show;
use crate::*;

const SCHEMAS: &str = "schemas:
  A: {type: object, properties: {a: {type: string}}}
  E: {type: object, properties: {e: {type: string}}}
  F: {type: object, properties: {f: {type: string}}}
responses:
  Problem: {description: Problem., content: {application/json: {schema: {$ref: '#/components/schemas/E'}}}}
  Inline: {description: Problem., content: {application/json: {schema: {type: object, properties: {code: {type: integer}}}}}}";

fn of(method: &str, responses: &str) -> (String, Vec<Code>) {
    let indented: String = responses
        .lines()
        .map(|line| format!("      {line}\n"))
        .collect();
    let lowered = paths(
        &format!("/p:\n  {method}:\n    operationId: get_thing\n    responses:\n{indented}"),
        SCHEMAS,
    );
    (
        show::responses(&lowered.api, lowered.operation("get_thing")),
        lowered.codes(),
    )
}

fn json(name: &str) -> String {
    format!(
        "{{description: d, content: {{application/json: {{schema: {{$ref: '#/components/schemas/{name}'}}}}}}}}"
    )
}

#[test]
fn one_success_and_one_shared_error() {
    let text = format!(
        "'200': {}\n'404': {{$ref: '#/components/responses/Problem'}}\ndefault: {{$ref: '#/components/responses/Problem'}}",
        json("A")
    );
    assert_eq!(of("get", &text).0, "A ! E");
}

#[test]
fn several_successes_and_an_error_per_status() {
    let text = format!(
        "default: {{description: d, content: {{text/plain: {{schema: {{type: string}}}}}}}}\n4XX: {}\n'404': {{description: d}}\n'400': {}\n\
         '202': {{description: d}}\n'200': {}",
        json("E"),
        json("F"),
        json("A")
    );
    assert_eq!(
        of("put", &text).0,
        "GetThingResponse{Ok(A) Accepted(empty)} ! GetThingError{BadRequest(F) NotFound(empty) ClientError(E) Default(text)}"
    );
}

#[test]
fn an_error_without_a_body_does_not_part_the_others() {
    let text = format!(
        "'200': {}\n'400': {}\n'404': {{description: d}}",
        json("A"),
        json("E")
    );
    assert_eq!(of("get", &text).0, "A ! E");
}

#[test]
fn ranges_and_default_stand_for_success() {
    assert_eq!(
        of(
            "get",
            &format!("2XX: {}\ndefault: {}", json("A"), json("E"))
        )
        .0,
        "A ! E"
    );
    assert_eq!(of("get", &format!("default: {}", json("A"))).0, "A ! none");
    assert_eq!(of("get", &format!("'404': {}", json("E"))).0, "empty ! E");
}

#[test]
fn some_statuses_and_head_have_no_body() {
    assert_eq!(
        of("delete", &format!("'204': {}", json("A"))).0,
        "empty ! none"
    );
    assert_eq!(
        of("head", &format!("'200': {}", json("A"))).0,
        "empty ! none"
    );
}

#[test]
fn the_best_media_type_is_chosen() {
    let content = |content: &str| {
        of(
            "get",
            &format!("'200': {{description: d, content: {{{content}}}}}"),
        )
    };
    let reference = "schema: {$ref: '#/components/schemas/A'}";
    assert_eq!(
        content(&format!(
            "application/xml: {{{reference}}}, 'application/json; charset=utf-8': {{{reference}}}"
        ))
        .0,
        "A ! none"
    );
    assert_eq!(
        content(&format!(
            "text/plain: {{}}, application/vnd.a+json: {{{reference}}}"
        ))
        .0,
        "A ! none"
    );
    assert_eq!(
        content("text/csv: {schema: {type: string}}").0,
        "text ! none"
    );
    // What its schema says is lost, which is told.
    let table = content("text/csv: {schema: {type: array, items: {type: string}}}");
    assert_eq!(table, ("text ! none".to_owned(), vec![Code::ReadAsText]));
    assert_eq!(
        content(&format!("application/*: {{{reference}}}")).0,
        "A ! none"
    );
    assert_eq!(
        content("image/png: {schema: {type: string, format: binary}}").0,
        "bytes ! none"
    );
    assert_eq!(
        content("'*/*': {schema: {type: string, format: binary}}").0,
        "bytes ! none"
    );
    assert_eq!(content(&format!("'*/*': {{{reference}}}")).0, "A ! none");
    assert_eq!(content("application/json: {}").0, "Any ! none");
    assert_eq!(
        content(&format!("application/xml: {{{reference}}}")),
        ("text ! none".to_owned(), vec![Code::ReadAsText])
    );
}

#[test]
fn inline_schemas_are_called_after_the_operation_or_the_component() {
    let inline = "{description: d, content: {application/json: {schema: {type: object, properties: {x: {type: array, items: {type: object, properties: {y: {type: string}}}}}}}}}";
    let text = format!(
        "/p:\n  get:\n    operationId: get_thing\n    responses:\n      '200': {inline}\n      '400': {inline}\n      '404': {{$ref: '#/components/responses/Inline'}}"
    );
    let lowered = paths(&text, SCHEMAS);
    assert_eq!(
        lowered.names(),
        [
            "GetThingResponse",
            "GetThingBadRequestError",
            "InlineResponse",
            "GetThingResponseXItem",
            "GetThingBadRequestErrorXItem"
        ]
    );
}

#[test]
fn an_operation_that_only_redirects_gives_what_it_leads_to() {
    let redirect = "'302': {description: d}\n'404': {description: d}";
    assert_eq!(of("get", redirect).0, "bytes ! none");
    assert_eq!(of("head", redirect).0, "empty ! none");
    assert_eq!(
        of(
            "get",
            &format!("'302': {{description: d}}\n'200': {}", json("A"))
        )
        .0,
        "A ! none"
    );
    assert_eq!(of("get", "'304': {description: d}").0, "empty ! none");
}

#[test]
fn another_protocol_is_told() {
    assert_eq!(
        of("get", "'101': {description: d}\n'400': {description: d}"),
        ("empty ! none".to_owned(), vec![Code::OtherProtocol])
    );
    assert_eq!(
        of("get", "'101': {description: d}\n'200': {description: d}").1,
        []
    );
}

#[test]
fn headers_are_those_of_all_responses_each_once() {
    let lowered = paths(
        "/p:\n  get:\n    operationId: get_thing\n    responses:\n      '200': {description: d, headers: {X-Rate-Limit: {schema: {type: integer}}, \
         Content-Type: {schema: {type: string}}, X-Request-ID: {schema: {type: string}}, 'x_kind': {schema: {type: string, enum: [a]}}}}\n      '429': {description: d, headers: \
         {x-rate-limit: {schema: {type: string}}, Any: {}}}\n",
        "",
    );
    let headers: Vec<String> = lowered
        .operation("get_thing")
        .headers
        .iter()
        .map(|header| {
            format!(
                "{} {}: {}",
                header.name,
                header.wire_name,
                show::of(&lowered.api, &header.value)
            )
        })
        .collect();
    assert_eq!(
        headers,
        [
            "X_RATE_LIMIT X-Rate-Limit: I64",
            "X_KIND x_kind: GetThingXKindHeader",
            "ANY Any: String"
        ]
    );
}

#[test]
fn links_lead_to_operations_by_id_or_by_reference_and_to_nothing_aloud() {
    let lowered = paths(
        "/a:
  get:
    operationId: getA
    responses:
      '200':
        description: ok
        links:
          byId: {operationId: getB}
          byReference: {operationRef: '#/paths/~1b~1{id}/get'}
          elsewhere: {operationRef: 'other.yaml#/paths/~1b/get'}
          nowhere: {operationId: get/C}
          noOperation: {operationRef: '#/components/schemas/C'}
/b/{id}:
  get:
    operationId: getB
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    responses: {'204': {description: ok}}",
        "",
    );
    let links = lowered.operation("getA").links.iter();
    let targets: Vec<&str> = links.map(|link| link.target.as_str()).collect();
    assert_eq!(
        targets,
        [
            "getB",
            "getB",
            "other.yaml#/paths/~1b/get",
            "get/C",
            "#/components/schemas/C"
        ]
    );
    assert_eq!(
        lowered.places(Code::ReferenceToNothing),
        ["/paths/~1a/get"; 2]
    );
    assert_eq!(lowered.codes(), [Code::ReferenceToNothing; 2]);
}
