//! From YAML events to a JSON value, without recursion: aliases, merge keys, keys that stand twice.
//!
//! Comes in: the events of one document. Goes out: its value, and what there is to say about it. What aliases may add is bounded.

use std::collections::HashMap;

use libyaml_safer::{Event, EventData, ScalarStyle};
use serde_json::{Map, Value};

use super::{
    Position, Yaml, YamlError, position,
    scalar::{self, Plain},
};
use crate::{
    diagnostics::Pointer,
    load::events::{DEEPEST, MOST_VALUES, Path},
};

/// How many bytes of memory aliases may add to a document, roughly.
const LARGEST_EXPANSION: usize = 128 << 20;

/// What a value weighs besides its text, roughly.
const NODE_WEIGHT: usize = 96;

/// Builds a value from events.
#[derive(Default)]
pub struct Builder {
    open: Vec<Frame>,
    path: Path,
    anchors: HashMap<String, Anchored>,
    expanded: usize,
    values: usize,
    result: Option<Value>,
    spellings: HashMap<Pointer, String>,
    duplicates: Vec<(Pointer, Position)>,
    out_of_range: Vec<(Pointer, Position)>,
    bad_merges: Vec<(Pointer, Position)>,
}

/// A value that an alias can stand for.
struct Anchored {
    value: Value,
    weight: usize,
}

/// An object or list that is not complete.
struct Frame {
    anchor: Option<String>,
    weight: usize,
    content: Content,
}

enum Content {
    List(Vec<Value>),
    Object {
        members: Map<String, Value>,
        key: Option<String>,
        merged: Vec<Value>,
        merges: bool,
    },
}

impl Builder {
    /// What was built from all events.
    pub fn finish(self, second_document: Option<Position>) -> Yaml {
        let Self {
            result,
            spellings,
            duplicates,
            out_of_range,
            bad_merges,
            ..
        } = self;
        Yaml {
            value: result,
            spellings,
            duplicates,
            out_of_range,
            bad_merges,
            second_document,
        }
    }

    /// Takes the next event of the document.
    pub fn take(&mut self, event: Event) -> Result<(), YamlError> {
        let at = position(event.start_mark);
        self.values += 1;
        if self.values > MOST_VALUES {
            return Err(YamlError::TooLarge(at));
        }
        match event.data {
            EventData::Scalar {
                anchor,
                tag,
                value,
                plain_implicit,
                style,
                ..
            } => {
                let plain = style == ScalarStyle::Plain && plain_implicit;
                let weight = NODE_WEIGHT + value.len();
                if self.expects_key() {
                    self.anchor(anchor, || Value::String(value.clone()), weight, at)?;
                    self.key(value, plain, at);
                    return Ok(());
                }
                let read = if plain || tag.as_deref().is_some_and(scalar::is_plain_tag) {
                    self.plain(&value, at)
                } else {
                    None
                };
                let value = read.unwrap_or(Value::String(value));
                self.anchor(anchor, || value.clone(), weight, at)?;
                self.value(value, weight, at);
            }
            EventData::Alias { anchor } => {
                let Some(anchored) = self.anchors.get(&anchor) else {
                    return Err(YamlError::Syntax(
                        format!("the alias `*{anchor}` stands for nothing that is complete"),
                        at,
                    ));
                };
                let weight = anchored.weight;
                self.expanded = self.expanded.saturating_add(weight);
                if self.expanded > LARGEST_EXPANSION {
                    return Err(YamlError::AliasesTooLarge(at));
                }
                let value = anchored.value.clone();
                if self.expects_key() {
                    let Value::String(key) = value else {
                        return Err(YamlError::KeyNotText(at));
                    };
                    self.key(key, false, at);
                } else {
                    self.value(value, weight, at);
                }
            }
            EventData::SequenceStart { anchor, .. } => {
                self.open(anchor, Content::List(Vec::new()), at)?;
                self.path.open_list();
            }
            EventData::MappingStart { anchor, .. } => {
                self.open(
                    anchor,
                    Content::Object {
                        members: Map::new(),
                        key: None,
                        merged: Vec::new(),
                        merges: false,
                    },
                    at,
                )?;
                self.path.open_object();
            }
            EventData::SequenceEnd | EventData::MappingEnd => self.close(at)?,
            EventData::StreamStart { .. }
            | EventData::StreamEnd
            | EventData::DocumentStart { .. }
            | EventData::DocumentEnd { .. } => {}
        }
        Ok(())
    }

    fn expects_key(&self) -> bool {
        matches!(
            self.open.last(),
            Some(Frame {
                content: Content::Object { key: None, .. },
                ..
            })
        )
    }

    /// Remembers a complete value for aliases.
    fn anchor(
        &mut self,
        anchor: Option<String>,
        value: impl FnOnce() -> Value,
        weight: usize,
        at: Position,
    ) -> Result<(), YamlError> {
        if let Some(name) = anchor {
            self.expanded = self.expanded.saturating_add(weight);
            if self.expanded > LARGEST_EXPANSION {
                return Err(YamlError::AliasesTooLarge(at));
            }
            self.anchors.insert(
                name,
                Anchored {
                    value: value(),
                    weight,
                },
            );
        }
        Ok(())
    }

    fn key(&mut self, text: String, plain: bool, at: Position) {
        self.path.key(&text);
        let Some(Frame {
            weight,
            content:
                Content::Object {
                    members,
                    key,
                    merges,
                    ..
                },
            ..
        }) = self.open.last_mut()
        else {
            return;
        };
        *weight += text.len();
        *merges = plain && text == "<<";
        if !*merges && members.contains_key(&text) {
            self.duplicates.push((self.path.pointer(), at));
        }
        *key = Some(text);
    }

    fn value(&mut self, value: Value, weight: usize, at: Position) {
        match self.open.last_mut() {
            None => self.result = Some(value),
            Some(frame) => {
                frame.weight = frame.weight.saturating_add(weight);
                match &mut frame.content {
                    Content::List(list) => list.push(value),
                    Content::Object {
                        members,
                        key,
                        merged,
                        merges,
                    } => {
                        let key = key.take().unwrap_or_default();
                        if !*merges {
                            members.insert(key, value);
                        } else if !merge(merged, value) {
                            self.bad_merges.push((self.path.pointer(), at));
                        }
                    }
                }
                self.path.value_ended();
            }
        }
    }

    fn open(
        &mut self,
        anchor: Option<String>,
        content: Content,
        at: Position,
    ) -> Result<(), YamlError> {
        if self.expects_key() {
            return Err(YamlError::KeyNotText(at));
        }
        if self.open.len() >= DEEPEST {
            return Err(YamlError::TooDeep(at));
        }
        self.open.push(Frame {
            anchor,
            weight: NODE_WEIGHT,
            content,
        });
        Ok(())
    }

    fn close(&mut self, at: Position) -> Result<(), YamlError> {
        let Some(Frame {
            anchor,
            weight,
            content,
        }) = self.open.pop()
        else {
            return Ok(());
        };
        let value = match content {
            Content::List(list) => Value::Array(list),
            Content::Object {
                mut members,
                merged,
                ..
            } => {
                for source in merged {
                    if let Value::Object(source) = source {
                        for (key, value) in source {
                            members.entry(key).or_insert(value);
                        }
                    }
                }
                Value::Object(members)
            }
        };
        self.anchor(anchor, || value.clone(), weight, at)?;
        self.path.leave();
        self.value(value, weight, at);
        Ok(())
    }

    /// A plain scalar; `None` where it is text.
    fn plain(&mut self, text: &str, at: Position) -> Option<Value> {
        let Plain {
            value,
            out_of_range,
        } = scalar::read(text)?;
        if out_of_range {
            self.out_of_range.push((self.path.pointer(), at));
        }
        if !value.is_null() {
            let as_json = value.to_string();
            if as_json != text {
                self.spellings.insert(self.path.pointer(), text.to_owned());
            }
        }
        Some(value)
    }
}

/// Notes what a merge key brings in; false where it is no object and no list of objects.
fn merge(merged: &mut Vec<Value>, value: Value) -> bool {
    match value {
        Value::Object(_) => {
            merged.push(value);
            true
        }
        Value::Array(list) if list.iter().all(Value::is_object) => {
            merged.extend(list);
            true
        }
        _ => false,
    }
}
