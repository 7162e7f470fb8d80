//! Streams: answers that arrive bit by bit, as server-sent events or as JSON values one after the other.
//!
//! Comes in: the responses that are successes. Goes out: the stream that the operation answers with, or can be asked for. Must not know:
//! how a stream is read.
//!
//! OpenAPI 3.2 says with `itemSchema` what one item is; of an event, that is an object with `event`, `id` and `data`. Before 3.2, `schema`
//! is by wide practice the data of one event, or one line.

use indexmap::IndexMap;
use openapiv3::MediaType;

use super::Lowering;
use super::keywords::{Keywords, Kind};
use super::media_type::{Family, family};
use super::response::Documented;
use crate::diagnostics::{Code, Diagnostic, Pointer};
use crate::load::essence;
use crate::model::{Framing, Parameter, ResponseContent, Stream, Type};

/// What the standard knows of an event.
const FIELDS_OF_EVENTS: [&str; 5] = ["data", "event", "id", "retry", "comment"];

impl Lowering<'_> {
    /// The stream among the answers of the operation called `operation` at `pointer`.
    pub(super) fn stream(
        &mut self,
        successes: &[Documented],
        operation: &str,
        pointer: &Pointer,
    ) -> Option<Stream> {
        let (response, media_type) = successes
            .iter()
            .find_map(|response| Some((response, first_stream(&response.piece.content)?)))?;
        let piece = response.piece.content.get(media_type)?;
        let is_only = successes.iter().all(|success| {
            let content = &success.piece.content;
            content.keys().all(|name| family(name) == Family::Stream)
        });
        let contents = response.pointer.push("content");
        let framing = if essence(media_type) == "text/event-stream" {
            Framing::Events
        } else {
            Framing::Records
        };
        let place = self.resolve(&contents.push(media_type));
        let item_schema = place.push("itemSchema");
        let is_item = self.document.value(&item_schema).is_some();
        let schema = if is_item {
            Some(item_schema)
        } else {
            self.chosen(media_type, piece, &contents).schema
        };
        let name = match framing {
            Framing::Events => format!("{operation} event"),
            Framing::Records => format!("{operation} item"),
        };
        let item = match (schema, framing) {
            (None, Framing::Events) => ResponseContent::Text,
            (None, Framing::Records) => ResponseContent::Json(Type::Any),
            (Some(schema), Framing::Events) => self.event_data(&schema, is_item, &name, pointer),
            (Some(schema), Framing::Records) => {
                let schema = self.record(schema, is_item);
                self.stream_item(&schema, &name, pointer)
            }
        };
        Some(Stream {
            framing,
            media_type: media_type.to_owned(),
            item,
            is_only,
        })
    }

    /// What one record is: the schema, or where that is an array of all of them, its items.
    fn record(&mut self, schema: Pointer, is_item: bool) -> Pointer {
        if is_item {
            return schema;
        }
        let target = self.resolve(&schema);
        let keywords = self.merged(&target);
        match (keywords.declared, keywords.items.as_slice()) {
            (Some(Kind::Array), [items]) => items.clone(),
            _ => schema,
        }
    }

    /// The data of events that `schema` describes: it describes either the whole event or its data.
    fn event_data(
        &mut self,
        schema: &Pointer,
        is_item: bool,
        name: &str,
        operation: &Pointer,
    ) -> ResponseContent {
        let target = self.resolve(schema);
        let keywords = self.merged(&target);
        if let Some(data) = data_of_event(&keywords, is_item) {
            return self.content_of_data(&data, name, operation);
        }
        let alternatives: Vec<Pointer> = keywords
            .unions
            .iter()
            .flat_map(|union| union.variants.clone())
            .collect();
        let mut all = Vec::with_capacity(alternatives.len());
        for alternative in &alternatives {
            let target = self.resolve(alternative);
            let keywords = self.merged(&target);
            all.extend(data_of_event(&keywords, is_item));
        }
        if all.is_empty() || all.len() < alternatives.len() {
            return self.text_or_json(schema, name, operation);
        }
        // Each kind of event has data of its own.
        let mut contents: Vec<ResponseContent> = Vec::with_capacity(all.len());
        for (index, data) in all.iter().enumerate() {
            let name = format!("{name} {}", index + 1);
            contents.push(self.content_of_data(data, &name, operation));
        }
        match contents.split_first() {
            Some((first, rest)) if rest.iter().all(|other| other == first) => first.clone(),
            _ => {
                self.report(
                    Diagnostic::note(
                        Code::EventsOfSeveralKinds,
                        "each kind of event has data of its own: callers get the text of it",
                    )
                    .at(schema)
                    .help("decode it by the name of the event"),
                );
                ResponseContent::Text
            }
        }
    }

    /// `data` of an event: text, which may hold JSON of a schema.
    fn content_of_data(
        &mut self,
        data: &Pointer,
        name: &str,
        operation: &Pointer,
    ) -> ResponseContent {
        let target = self.resolve(data);
        let holds = target.push("contentSchema");
        if self.document.value(&holds).is_some() {
            return self.stream_item(&holds, name, operation);
        }
        self.text_or_json(data, name, operation)
    }

    /// Text where the schema is that of a text, since data needs no quotes around it; else JSON.
    fn text_or_json(
        &mut self,
        schema: &Pointer,
        name: &str,
        operation: &Pointer,
    ) -> ResponseContent {
        let target = self.resolve(schema);
        let keywords = self.merged(&target);
        if keywords.declared == Some(Kind::String) {
            return ResponseContent::Text;
        }
        self.stream_item(schema, name, operation)
    }

    fn stream_item(
        &mut self,
        schema: &Pointer,
        name: &str,
        operation: &Pointer,
    ) -> ResponseContent {
        if schema.is_within(operation) {
            self.give_name(schema, name.to_owned());
        }
        ResponseContent::Json(self.type_of(std::slice::from_ref(schema)))
    }
}

/// The media type of a stream among these, events before records.
fn first_stream(content: &IndexMap<String, MediaType>) -> Option<&str> {
    let streams = content
        .keys()
        .filter(|name| family(name) == Family::Stream)
        .map(String::as_str);
    streams.min_by_key(|name| essence(name) != "text/event-stream")
}

/// The schema of `data`, where the schema is that of an event: its properties are those that the standard knows. Before 3.2 an object with
/// `data` and `id` alone may as well be the data itself.
fn data_of_event(keywords: &Keywords, is_item: bool) -> Option<Pointer> {
    let names = || keywords.properties.keys().map(String::as_str);
    let is_event = names().all(|name| FIELDS_OF_EVENTS.contains(&name));
    if !is_event || !(is_item || keywords.properties.contains_key("event")) {
        return None;
    }
    keywords.properties.get("data")?.last().cloned()
}

/// A setter called `stream` makes way for the method that asks for the stream.
pub(super) fn make_way(parameters: &mut [Parameter]) {
    let mut name = "stream_parameter".to_owned();
    while parameters.iter().any(|parameter| parameter.name == name) {
        name.push('_');
    }
    for parameter in parameters {
        if !parameter.is_argument() && parameter.name == "stream" {
            parameter.name.clone_from(&name);
        }
    }
}
