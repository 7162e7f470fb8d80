//! Alternatives: the media types of a request body that carry something else than the one that is chosen.
//!
//! Comes in: the contents that a body offers. Goes out: those that are worth a method of their own, each with the word that tells it apart, and
//! these methods and their names. Frameworks list every media type that they can read, all with one schema: that is one way to send it.
//! Files, other schemas, texts and bytes are other ways. Must not know: what is made of a content.

use std::collections::HashSet;

use indexmap::IndexMap;
use openapiv3::MediaType;

use super::Lowering;
use super::media_type::{Chosen, Family, is_exactly_json, rank_in_requests};
use super::naming::{Candidates, snake, tell_apart};
use crate::diagnostics::Pointer;
use crate::load::essence;
use crate::model::{Body, Operation};

/// A content that is sent by a method of its own.
pub(super) struct Alternative {
    /// What tells it apart: `multipart`.
    pub word: String,
    pub chosen: Chosen,
}

impl Lowering<'_> {
    /// The contents that carry something else than `first`, and than each other; best first.
    pub(super) fn alternatives(
        &mut self,
        content: &IndexMap<String, MediaType>,
        first: &Chosen,
        contents: &Pointer,
    ) -> Vec<Alternative> {
        let mut offered: Vec<(&String, &MediaType)> = content
            .iter()
            .filter(|(name, _)| **name != first.media_type && !name.contains('*'))
            .collect();
        offered.sort_by_key(|(name, _)| rank_in_requests(name));
        let mut kept: Vec<Chosen> = Vec::new();
        for (name, piece) in offered {
            let chosen = self.chosen(name, piece, contents);
            let mut is_new = self.is_written(&chosen) && !self.carries_the_same(&chosen, first);
            for other in &kept {
                is_new = is_new && !self.carries_the_same(&chosen, other);
            }
            if is_new {
                kept.push(chosen);
            }
        }
        let words: Vec<Candidates> = kept.iter().map(words).collect();
        let words = tell_apart(&words, &|_| false);
        let kept = words.into_iter().zip(kept);
        kept.map(|(word, chosen)| Alternative { word, chosen })
            .collect()
    }

    /// Whether a client writes it: what callers have to encode is no way of its own.
    fn is_written(&mut self, chosen: &Chosen) -> bool {
        match chosen.family {
            Family::Json | Family::Text | Family::Bytes => true,
            Family::Form => self.has_properties(chosen),
            Family::Multipart => chosen.is_form_data() && self.has_properties(chosen),
            Family::Anything | Family::Xml | Family::Stream => false,
        }
    }

    fn carries_the_same(&mut self, chosen: &Chosen, other: &Chosen) -> bool {
        // A patch in another language says something else.
        if is_patch(chosen) || is_patch(other) {
            return essence(&chosen.media_type) == essence(&other.media_type);
        }
        match (chosen.family, other.family) {
            (Family::Text, Family::Text) | (Family::Bytes, Family::Bytes) => true,
            _ => {
                self.have_one_schema(chosen, other)
                    && (self.carries_files(other) || !self.carries_files(chosen))
            }
        }
    }

    fn have_one_schema(&mut self, left: &Chosen, right: &Chosen) -> bool {
        match (&left.schema, &right.schema) {
            (None, None) => true,
            (Some(left), Some(right)) => {
                let (left, right) = (self.without_wrapping(left), self.without_wrapping(right));
                left == right || self.document.value(&left) == self.document.value(&right)
            }
            _ => false,
        }
    }

    /// Whether it is written in parts, files among them.
    pub(super) fn carries_files(&mut self, chosen: &Chosen) -> bool {
        chosen.family == Family::Multipart
            && chosen
                .schema
                .as_ref()
                .is_some_and(|schema| self.has_files(schema))
    }
}

/// Whether it is one of the languages for changes: `application/merge-patch+json`, `application/json-patch+json`.
fn is_patch(chosen: &Chosen) -> bool {
    essence(&chosen.media_type).contains("patch+")
}

/// What may tell an alternative apart: its family, or more of its media type.
fn words(chosen: &Chosen) -> Candidates {
    let essence = essence(&chosen.media_type);
    let subtype = essence.split_once('/').map_or("", |(_, subtype)| subtype);
    let subtype = snake(subtype.trim_end_matches("+json"));
    let word = match chosen.family {
        Family::Json if is_exactly_json(&chosen.media_type) => "json",
        Family::Form => "form",
        Family::Multipart => "multipart",
        Family::Text => "text",
        Family::Bytes => "bytes",
        _ => &subtype,
    };
    Candidates::snake(word)
        .or(subtype.clone())
        .hashing(&chosen.media_type)
}

/// The operation, and the same with each of the other bodies, by their words.
pub(super) fn with_alternatives(
    operation: Operation,
    others: Vec<(String, Body)>,
) -> Vec<Operation> {
    let method = operation.method_name.trim_start_matches("r#");
    let others: Vec<Operation> = others
        .into_iter()
        .map(|(word, body)| Operation {
            words: format!("{}_as_{word}", operation.words),
            method_name: format!("{method}_as_{word}"),
            alternative_to: Some(operation.method_name.clone()),
            body: Some(body),
            ..operation.clone()
        })
        .collect();
    std::iter::once(operation).chain(others).collect()
}

/// Names the methods of alternatives, which stand behind the operation that sends the first of its bodies.
pub(super) fn name_methods(operations: &mut [Operation]) {
    let (named, alternatives): (Vec<&mut Operation>, Vec<&mut Operation>) = operations
        .iter_mut()
        .partition(|operation| !operation.is_alternative());
    let candidates: Vec<Candidates> = alternatives
        .iter()
        .map(|operation| {
            Candidates::snake(&operation.method_name)
                .or(format!("{}_body", operation.method_name))
                .hashing(&operation.words)
        })
        .collect();
    let taken: HashSet<&str> = named
        .iter()
        .map(|operation| operation.method_name.as_str())
        .collect();
    let names = tell_apart(&candidates, &|name| taken.contains(name));
    for (operation, name) in alternatives.into_iter().zip(names) {
        operation.method_name = name;
    }
}
