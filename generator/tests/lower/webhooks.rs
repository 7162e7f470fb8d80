//! Webhooks and callbacks.

use crate::show;
use crate::*;
use clientsmith::model::{WEBHOOK_TYPES, WebhookCause};

const BODY: &str =
    "requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}";

fn of(webhooks: &str, callbacks: &str) -> Lowered {
    with_settings(
        &format!(
            "openapi: 3.1.0\ninfo: {{title: t, version: '1'}}\nwebhooks: {{{webhooks}}}\npaths:\n  /p:\n    get:\n      operationId: getThing\n      \
             callbacks: {{{callbacks}}}\n      responses: {{'200': {{description: ok, content: {{application/json: {{schema: {{$ref: \
             '#/components/schemas/B'}}}}}}}}}}\ncomponents:\n  schemas:\n    A: {{type: object, properties: {{b: {{$ref: \
             '#/components/schemas/B'}}}}}}\n    B: {{type: object, properties: {{b: {{type: string}}}}}}\n"
        ),
        "",
    )
}

/// `name: Type`, and the codes.
fn shown(lowered: &Lowered) -> (Vec<String>, Vec<Code>) {
    let webhooks = lowered.api.webhooks.iter();
    let shown = webhooks.map(|webhook| {
        format!(
            "{}: {}",
            webhook.name,
            show::of(&lowered.api, &webhook.payload)
        )
    });
    (shown.collect(), lowered.codes())
}

#[test]
fn a_webhook_is_called_after_its_name_and_its_types_stand_apart() {
    let lowered = of(&format!("'thing.made': {{post: {{{BODY}}}}}"), "");
    assert_eq!(shown(&lowered), (vec!["thing_made: A".to_owned()], vec![]));
    let modules: Vec<(&str, &str)> = lowered
        .api
        .types
        .iter()
        .map(|definition| (definition.name.as_str(), definition.module.as_str()))
        .collect();
    assert_eq!(modules, [("A", WEBHOOK_TYPES), ("B", "api")]);
}

#[test]
fn methods_and_operations_tell_requests_apart() {
    let inline = "requestBody: {content: {application/json: {schema: {type: object, properties: {x: {type: string}}}}}}";
    let lowered = of(
        &format!("type: {{post: {{{BODY}}}, put: {{{inline}}}}}, self: {{post: {{{BODY}}}}}"),
        &format!("done: {{'{{$request.query.url}}': {{post: {{{BODY}}}}}}}"),
    );
    assert_eq!(
        shown(&lowered),
        (
            vec![
                "type_post: A".to_owned(),
                "type_put: TypePutPayload".to_owned(),
                "self_: A".to_owned(),
                "get_thing_done: A".to_owned(),
            ],
            vec![]
        )
    );
    let cause = lowered.api.webhooks.last().map(|webhook| &webhook.cause);
    assert_eq!(
        cause,
        Some(&WebhookCause::Callback {
            callback: "done".to_owned(),
            group: "Api".to_owned(),
            method: "get_thing".to_owned(),
            address: "{$request.query.url}".to_owned(),
        })
    );
}

#[test]
fn what_has_no_json_is_told() {
    let lowered = of(
        "none: {post: {}}, text: {post: {requestBody: {content: {text/plain: {}}}}}, any: {post: {requestBody: {content: {application/json: {}}}}}",
        "",
    );
    let (webhooks, codes) = shown(&lowered);
    assert_eq!(webhooks, ["any: Any"]);
    let left_out: Vec<&Code> = codes
        .iter()
        .filter(|code| **code == Code::CallbackLeftOut)
        .collect();
    assert_eq!(left_out.len(), 2);
}

#[test]
fn before_openapi_3_1_webhooks_stand_under_a_key_of_their_own() {
    let document = format!(
        "openapi: 3.0.3\ninfo: {{title: t, version: '1'}}\nx-webhooks:\n  thing made: {{post: {{{BODY}}}}}\n  not one: 1\npaths: {{}}\n\
         components: {{schemas: {{A: {{type: object, properties: {{b: {{type: string}}}}}}}}}}\n"
    );
    let lowered = with_settings(&document, "client = {x_webhooks = true}");
    assert_eq!(shown(&lowered).0, ["thing_made: A"]);

    let lowered = with_settings(&document, "");
    assert!(shown(&lowered).0.is_empty());
    assert_eq!(lowered.places(Code::WebhooksNotRead), ["/x-webhooks"]);
}
