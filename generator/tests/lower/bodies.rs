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
    assert_eq!(of(&content), ("application/json A".to_owned(), vec![]));
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
    for (media_type, content) in [
        ("application/x-www-form-urlencoded", "text"),
        ("multipart/form-data", "bytes"),
        ("application/xml", "text"),
    ] {
        let (shown, codes) = of(&format!(
            "{{content: {{{media_type}: {{schema: {{$ref: '#/components/schemas/A'}}}}}}}}"
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
