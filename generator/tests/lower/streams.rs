//! Streams: events and records, as 3.2 describes them and as was done before.

use crate::show;
use crate::*;

const SCHEMAS: &str = "schemas:
  A: {type: object, properties: {a: {type: string}}}
  B: {type: object, properties: {b: {type: string}}}
  Event: {type: object, required: [data], properties: {event: {type: string}, id: {type: string}, data: {$ref: '#/components/schemas/A'}}}
  List: {type: array, items: {$ref: '#/components/schemas/A'}}";

/// The stream, the answer at once, and the codes of an operation whose answer has this content.
fn of(content: &str) -> (String, String, Vec<Code>) {
    let lowered = paths(
        &format!(
            "/p:\n  get:\n    operationId: get_thing\n    responses:\n      '200': {{description: d, content: {{{content}}}}}\n"
        ),
        SCHEMAS,
    );
    let operation = lowered.operation("get_thing");
    (
        show::stream(&lowered.api, operation),
        show::responses(&lowered.api, operation),
        lowered.codes(),
    )
}

fn only(content: &str) -> String {
    let (stream, answer, codes) = of(content);
    assert_eq!((answer.as_str(), codes), ("empty ! none", vec![]));
    stream
}

#[test]
fn the_schema_of_events_is_that_of_their_data() {
    let stream = |schema: &str| only(&format!("text/event-stream: {schema}"));
    let reference = |name: &str| format!("{{schema: {{$ref: '#/components/schemas/{name}'}}}}");
    let events = "Events text/event-stream";
    assert_eq!(stream(&reference("A")), format!("{events} A only"));
    assert_eq!(
        stream("{schema: {type: string}}"),
        format!("{events} Text only")
    );
    assert_eq!(stream("{}"), format!("{events} Text only"));
    assert_eq!(
        stream(&reference("Event")),
        format!("{events} A only"),
        "an object that is an event"
    );
    assert_eq!(
        stream("{schema: {type: object, properties: {x: {type: integer}}}}"),
        format!("{events} GetThingEvent only")
    );
}

#[test]
fn an_item_of_a_stream_of_events_is_the_event() {
    let stream = |item: &str| of(&format!("text/event-stream: {{itemSchema: {item}}}"));
    let holds = |name: &str| {
        format!(
            "{{type: object, properties: {{data: {{type: string, contentSchema: {{$ref: '#/components/schemas/{name}'}}}}}}}}"
        )
    };
    assert_eq!(stream(&holds("A")).0, "Events text/event-stream A only");
    assert_eq!(
        stream("{type: object, properties: {data: {type: string}}}").0,
        "Events text/event-stream Text only"
    );
    let alike = format!("{{oneOf: [{}, {}]}}", holds("A"), holds("A"));
    assert_eq!(stream(&alike).0, "Events text/event-stream A only");
    let apart = format!("{{oneOf: [{}, {}]}}", holds("A"), holds("B"));
    let (found, _, codes) = stream(&apart);
    assert_eq!(
        (found.as_str(), codes),
        (
            "Events text/event-stream Text only",
            vec![Code::EventsOfSeveralKinds]
        )
    );
}

#[test]
fn records_are_the_items_of_an_array() {
    assert_eq!(
        only("application/x-ndjson: {schema: {$ref: '#/components/schemas/List'}}"),
        "Records application/x-ndjson A only"
    );
    assert_eq!(
        only("application/jsonl: {itemSchema: {$ref: '#/components/schemas/List'}}"),
        "Records application/jsonl List only"
    );
    assert_eq!(
        only("application/json-seq: {}"),
        "Records application/json-seq Any only"
    );
}

#[test]
fn json_stays_the_way_and_the_others_are_told() {
    let (stream, answer, codes) = of(
        "text/event-stream: {schema: {$ref: '#/components/schemas/B'}}, application/json: {schema: {$ref: '#/components/schemas/A'}}",
    );
    assert_eq!(
        (stream.as_str(), answer.as_str(), codes),
        ("Events text/event-stream B", "A ! none", vec![])
    );
    let (_, answer, codes) =
        of("application/xml: {}, application/json: {schema: {$ref: '#/components/schemas/A'}}");
    assert_eq!(
        (answer.as_str(), codes),
        ("A ! none", vec![Code::OtherAnswers])
    );
}
