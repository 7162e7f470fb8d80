//! JSON text taken apart, for what is written from it but is not JSON: parameters in styles, forms and multipart.
//!
//! In: text that the encoder wrote. Out: its values in their order, each with its own text and place. Compiled once,
//! whatever the types were.

#![allow(
    dead_code,
    reason = "only parts of a body need places, and only parameters and forms need texts"
)]

use jiter::{Jiter, JiterResult, Peek};

use super::MAX_DEPTH;

/// A value of a text.
pub(crate) struct Piece<'j> {
    /// Where it begins in the text.
    pub(crate) start: usize,
    /// Its JSON.
    pub(crate) json: &'j str,
    pub(crate) node: Node<'j>,
}

/// What a value is.
pub(crate) enum Node<'j> {
    Null,
    /// A string without its quotes and escapes, or the text of a number or a boolean as a parameter alone is written: `2`, not `2.0`.
    Scalar(String),
    Array(Vec<Piece<'j>>),
    Object(Vec<(String, Piece<'j>)>),
}

impl Piece<'_> {
    pub(crate) fn is_null(&self) -> bool {
        matches!(self.node, Node::Null)
    }

    /// The text of a value that is not taken apart further: a string as it is, anything that is nested as JSON.
    pub(crate) fn text(&self) -> &str {
        match &self.node {
            Node::Scalar(text) => text,
            Node::Null | Node::Array(_) | Node::Object(_) => self.json,
        }
    }

    /// The texts of what is written in one: of the items of a list, of the keys and values of an object, without those that are null.
    pub(crate) fn joined_texts(&self) -> Vec<&str> {
        match &self.node {
            Node::Null => Vec::new(),
            Node::Scalar(text) => vec![text],
            Node::Array(items) => {
                let items = items.iter().filter(|item| !item.is_null());
                items.map(Piece::text).collect()
            }
            Node::Object(members) => {
                let members = members.iter().filter(|(_, value)| !value.is_null());
                members
                    .flat_map(|(key, value)| [key.as_str(), value.text()])
                    .collect()
            }
        }
    }
}

/// Takes a text apart; none if it is no JSON.
pub(crate) fn pieces(json: &[u8]) -> Option<Piece<'_>> {
    let mut reader = Jiter::new(json);
    let piece = piece(&mut reader, 0).ok().flatten()?;
    reader.finish().ok()?;
    Some(piece)
}

fn piece<'j>(reader: &mut Jiter<'j>, depth: usize) -> JiterResult<Option<Piece<'j>>> {
    let peek = reader.peek()?;
    let start = reader.current_index();
    let node = match peek {
        Peek::Null => {
            reader.known_null()?;
            Node::Null
        }
        Peek::String => Node::Scalar(reader.known_str()?.to_owned()),
        Peek::Array if depth < MAX_DEPTH => {
            let mut items = Vec::new();
            let mut next = reader.known_array()?;
            while next.is_some() {
                items.extend(piece(reader, depth + 1)?);
                next = reader.array_step()?;
            }
            Node::Array(items)
        }
        Peek::Object if depth < MAX_DEPTH => {
            let mut members = Vec::new();
            let mut key = reader.known_object()?.map(str::to_owned);
            while let Some(name) = key {
                members.extend(piece(reader, depth + 1)?.map(|value| (name, value)));
                key = reader.next_key()?.map(str::to_owned);
            }
            Node::Object(members)
        }
        _ => {
            reader.known_skip(peek)?;
            let text = String::from_utf8_lossy(reader.slice_to_current(start));
            Node::Scalar(match text.parse::<f64>() {
                Ok(float) if text.contains(['.', 'e', 'E']) => float.to_string(),
                _ => text.into_owned(),
            })
        }
    };
    // What the encoder writes is UTF-8, and values end where characters do.
    Ok(std::str::from_utf8(reader.slice_to_current(start))
        .ok()
        .map(|json| Piece { start, json, node }))
}
