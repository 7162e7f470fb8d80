//! Shallow pieces: one object of the document, its children replaced by references to their places, every value in the form that
//! the parser of OpenAPI 3.0 insists on.
//!
//! Comes in: the object, its place, and a [`Table`] that says what its keys hold. Goes out: an object that parses whatever the
//! document's author wrote. What had the wrong form is converted where its meaning is clear and left out where it is not, and reported.

use serde_json::{Map, Number, Value};

use super::Document;
use crate::diagnostics::{Code, Diagnostic, Pointer, quoted};

/// What an object of the document may hold.
pub struct Table {
    /// What the object is, as it is called in messages.
    pub what: &'static str,
    /// Its keys; those that begin with `x-` need not be listed.
    pub keys: &'static [(&'static str, Form)],
    /// Keys without which it does not parse.
    pub required: &'static [(&'static str, Missing)],
}

/// What to do where a key is missing that must be there.
#[derive(Clone, Copy)]
pub enum Missing {
    /// Nothing is lost with an empty text.
    EmptyText,
    /// Nothing is lost with an empty object.
    EmptyObject,
    /// The object means nothing without it and is left out.
    DropObject,
}

/// The form of a value.
#[derive(Clone, Copy)]
pub enum Form {
    /// A text.
    Text,
    /// One of these texts.
    Choice(&'static [&'static str]),
    /// True or false.
    Flag,
    /// An integer from 0.
    Count,
    /// A number.
    Number,
    /// A list of texts.
    Texts,
    /// An object whose values are texts.
    TextMap,
    /// Any value.
    Any,
    /// A list of any values.
    Values,
    /// A list of objects whose values are lists of texts: security requirements.
    Requirements,
    /// A piece of its own: becomes a reference.
    Child,
    /// True or false, or a piece of its own.
    FlagOrChild,
    /// A list of pieces of their own.
    ChildList,
    /// An object whose values are pieces of their own.
    ChildMap,
    /// An object that is part of this piece.
    Object(&'static Table),
    /// A list of such objects.
    ObjectList(&'static Table),
    /// An object whose values are such objects.
    ObjectMap(&'static Table),
    /// Known, but read by an accessor of its own or of no use to a client: left out without a word.
    Elsewhere,
}

/// Shapes objects of one document.
#[derive(Clone, Copy)]
pub struct Shaper<'d> {
    pub document: &'d Document,
}

impl<'d> Shaper<'d> {
    /// Shapes one object by its table.
    ///
    /// # Errors
    ///
    /// CS0207 where it lacks a key without which it means nothing.
    pub fn object(
        self,
        table: &Table,
        object: &Map<String, Value>,
        pointer: &Pointer,
    ) -> Result<Map<String, Value>, Diagnostic> {
        let mut shaped = Map::with_capacity(object.len());
        for (key, value) in object {
            if key.starts_with("x-") {
                shaped.insert(key.clone(), value.clone());
                continue;
            }
            let Some((_, form)) = table.keys.iter().find(|(name, _)| name == key) else {
                self.unknown_key(table, key, pointer);
                continue;
            };
            if let Some(value) = self.value(*form, value, &pointer.push(key)) {
                shaped.insert(key.clone(), value);
            }
        }
        for (key, missing) in table.required {
            if shaped.contains_key(*key) {
                continue;
            }
            let message = format!("the {} has no `{key}`", table.what);
            match missing {
                Missing::EmptyText => {
                    shaped.insert((*key).to_owned(), Value::String(String::new()));
                    self.say(Diagnostic::note(Code::MissingKey, message).at(pointer));
                }
                Missing::EmptyObject => {
                    shaped.insert((*key).to_owned(), Value::Object(Map::new()));
                    self.say(Diagnostic::note(Code::MissingKey, message).at(pointer));
                }
                Missing::DropObject => {
                    let message = format!("{message} and is left out");
                    let diagnostic = Diagnostic::warning(Code::MissingKey, message).at(pointer);
                    return Err(diagnostic.help(format!("add `{key}`")));
                }
            }
        }
        Ok(shaped)
    }

    /// Shapes one value; `None` where it is left out.
    pub fn value(self, form: Form, value: &Value, pointer: &Pointer) -> Option<Value> {
        if value.is_null() && !matches!(form, Form::Any | Form::Child | Form::FlagOrChild) {
            return None;
        }
        match form {
            Form::Text => self.text(value, pointer).map(Value::String),
            Form::Choice(choices) => self.choice(choices, value, pointer),
            Form::Flag => self.flag(value, pointer),
            Form::Count => self.count(value, pointer),
            Form::Number => self.number(value, pointer),
            Form::Texts => self.list(value, pointer, |value, pointer| {
                self.text(value, pointer).map(Value::String)
            }),
            Form::TextMap => self.map(value, pointer, |value, pointer| {
                self.text(value, pointer).map(Value::String)
            }),
            Form::Any => Some(value.clone()),
            Form::Values => self.list(value, pointer, |value, _| Some(value.clone())),
            Form::Requirements => self.list(value, pointer, |value, pointer| {
                self.map(value, pointer, |value, pointer| {
                    self.value(Form::Texts, value, pointer)
                        .or_else(|| Some(Value::Array(Vec::new())))
                })
            }),
            Form::Child => Some(child(pointer)),
            Form::FlagOrChild => match value {
                Value::Object(_) => Some(child(pointer)),
                _ => self.flag(value, pointer),
            },
            Form::ChildList => self.list(value, pointer, |_, pointer| Some(child(pointer))),
            Form::ChildMap => self.map(value, pointer, |_, pointer| Some(child(pointer))),
            Form::Object(table) => self.part(table, value, pointer),
            Form::ObjectList(table) => self.list(value, pointer, |value, pointer| {
                self.part(table, value, pointer)
            }),
            Form::ObjectMap(table) => self.map(value, pointer, |value, pointer| {
                let extension =
                    !value.is_object() && pointer.last().is_some_and(|key| key.starts_with("x-"));
                if extension {
                    None
                } else {
                    self.part(table, value, pointer)
                }
            }),
            Form::Elsewhere => None,
        }
    }

    /// A text, or what clearly stands for one. Numbers keep the spelling of the document.
    pub fn text(self, value: &Value, pointer: &Pointer) -> Option<String> {
        let text = match value {
            Value::String(text) => return Some(text.clone()),
            Value::Number(_) | Value::Bool(_) => self
                .document
                .spelling(pointer)
                .map_or_else(|| value.to_string(), str::to_owned),
            _ => return self.wrong(value, "a text", pointer),
        };
        self.converted(value, "a text", pointer);
        Some(text)
    }

    fn choice(self, choices: &[&str], value: &Value, pointer: &Pointer) -> Option<Value> {
        let text = self.text(value, pointer)?;
        if choices.contains(&text.as_str()) {
            return Some(Value::String(text));
        }
        let message = format!(
            "{} is not one of {} and is left out",
            quoted(&text),
            one_of(choices)
        );
        self.say(Diagnostic::warning(Code::WrongType, message).at(pointer));
        None
    }

    fn flag(self, value: &Value, pointer: &Pointer) -> Option<Value> {
        let flag = match value {
            Value::Bool(_) => return Some(value.clone()),
            Value::String(text) if text.eq_ignore_ascii_case("true") => true,
            Value::String(text) if text.eq_ignore_ascii_case("false") => false,
            Value::Null => return None,
            _ => return self.wrong(value, "true or false", pointer),
        };
        self.converted(value, "true or false", pointer);
        Some(Value::Bool(flag))
    }

    fn count(self, value: &Value, pointer: &Pointer) -> Option<Value> {
        if value.is_u64() {
            return Some(value.clone());
        }
        let Some(count) = integral(value).and_then(|integer| u64::try_from(integer).ok()) else {
            return self.wrong(value, "an integer from 0", pointer);
        };
        if value.is_string() {
            self.converted(value, "an integer", pointer);
        }
        Some(count.into())
    }

    fn number(self, value: &Value, pointer: &Pointer) -> Option<Value> {
        match value {
            Value::Number(_) => Some(value.clone()),
            Value::String(text) => {
                let integer = text.trim().parse::<i64>().ok().map(Number::from);
                let Some(number) =
                    integer.or_else(|| text.trim().parse::<f64>().ok().and_then(Number::from_f64))
                else {
                    return self.wrong(value, "a number", pointer);
                };
                self.converted(value, "a number", pointer);
                Some(Value::Number(number))
            }
            _ => self.wrong(value, "a number", pointer),
        }
    }

    /// A list; a single value is taken for a list of one.
    fn list(
        self,
        value: &Value,
        pointer: &Pointer,
        mut shape: impl FnMut(&Value, &Pointer) -> Option<Value>,
    ) -> Option<Value> {
        let Value::Array(elements) = value else {
            let only = shape(value, pointer)?;
            self.converted(value, "a list", pointer);
            return Some(Value::Array(vec![only]));
        };
        let shaped = elements
            .iter()
            .enumerate()
            .filter_map(|(index, element)| shape(element, &pointer.index(index)));
        Some(Value::Array(shaped.collect()))
    }

    fn map(
        self,
        value: &Value,
        pointer: &Pointer,
        mut shape: impl FnMut(&Value, &Pointer) -> Option<Value>,
    ) -> Option<Value> {
        let (value, pointer) = self.follow(value, pointer)?;
        let Value::Object(members) = value else {
            return self.wrong(value, "an object", &pointer);
        };
        let shaped = members
            .iter()
            .filter_map(|(key, value)| Some((key.clone(), shape(value, &pointer.push(key))?)));
        Some(Value::Object(shaped.collect()))
    }

    fn part(self, table: &Table, value: &Value, pointer: &Pointer) -> Option<Value> {
        let (value, pointer) = self.follow(value, pointer)?;
        match value {
            Value::Object(object) => self.complete(self.object(table, object, &pointer)),
            Value::Null => self.complete(self.object(table, &Map::new(), &pointer)),
            _ => self.wrong(value, "an object", &pointer),
        }
    }

    fn complete(self, shaped: Result<Map<String, Value>, Diagnostic>) -> Option<Value> {
        shaped
            .map_err(|diagnostic| self.say(diagnostic))
            .ok()
            .map(Value::Object)
    }

    /// What a value stands for that may be a reference where the specification has none, but authors do; with its place.
    fn follow<'v>(self, value: &'v Value, pointer: &Pointer) -> Option<(&'v Value, Pointer)>
    where
        'd: 'v,
    {
        if super::references::reference(value).is_none() {
            return Some((value, pointer.clone()));
        }
        match self.document.resolve(pointer) {
            Ok(place) => Some((self.document.value(&place)?, place)),
            Err(diagnostic) => {
                self.say(diagnostic);
                None
            }
        }
    }

    fn wrong<T>(self, value: &Value, expected: &str, pointer: &Pointer) -> Option<T> {
        let message = format!(
            "{} is left out: it should be {expected}, and is {}",
            name(pointer),
            kind(value)
        );
        self.say(Diagnostic::warning(Code::WrongType, message).at(pointer));
        None
    }

    /// Reports that a value was taken for another form.
    pub fn converted(self, value: &Value, to: &str, pointer: &Pointer) {
        let message = format!("{} is {} and is read as {to}", name(pointer), kind(value));
        self.say(Diagnostic::note(Code::Converted, message).at(pointer));
    }

    fn unknown_key(self, table: &Table, key: &str, pointer: &Pointer) {
        let message = format!(
            "the key {} means nothing in the {}",
            quoted(key),
            table.what
        );
        let mut diagnostic = Diagnostic::note(Code::UnknownKey, message).at(&pointer.push(key));
        let nearest = crate::diagnostics::nearest(key, table.keys.iter().map(|(name, _)| *name));
        let annotation = std::ptr::eq(table, &super::tables::SCHEMA)
            && self.document.dialect() >= super::Dialect::OpenApi31;
        if annotation && nearest.is_none() {
            // Since OpenAPI 3.1, keys of the author's own need no `x-` in schemas.
            return;
        }
        if let Some(nearest) = nearest {
            diagnostic = diagnostic.help(format!("did you mean `{nearest}`?"));
        }
        self.say(diagnostic);
    }

    /// Reports something.
    pub fn say(self, diagnostic: Diagnostic) {
        self.document.say(diagnostic);
    }
}

/// The reference that stands for the piece at `pointer`.
pub fn child(pointer: &Pointer) -> Value {
    let mut reference = Map::with_capacity(1);
    reference.insert("$ref".to_owned(), Value::String(pointer.to_reference()));
    Value::Object(reference)
}

/// The integer that a value stands for: an integer, a number without fraction, or the text of an integer.
pub fn integral(value: &Value) -> Option<i128> {
    match value {
        Value::Number(number) => number
            .as_i64()
            .map(i128::from)
            .or_else(|| number.as_u64().map(i128::from))
            .or_else(|| {
                let float = number.as_f64()?;
                // Beyond this the cast would saturate; such numbers are no integers that anyone means.
                (float.fract() == 0.0 && float.abs() < 1e30).then_some(float as i128)
            }),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// What a JSON value is, in words.
pub fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

/// The key at a place, or the list and the index in it.
fn name(pointer: &Pointer) -> String {
    let Some(key) = pointer.last() else {
        return "the document".to_owned();
    };
    let list = pointer.parent().and_then(|parent| parent.last());
    match list.filter(|_| key.bytes().all(|byte| byte.is_ascii_digit())) {
        Some(list) => quoted(&format!("{list}[{key}]")),
        None => quoted(&key),
    }
}

fn one_of(choices: &[&str]) -> String {
    choices
        .iter()
        .map(|choice| format!("`{choice}`"))
        .collect::<Vec<_>>()
        .join(", ")
}
