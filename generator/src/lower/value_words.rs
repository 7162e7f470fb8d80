//! Names and descriptions of the values of an enumeration, which OpenAPI has no keywords for, but authors have.
//!
//! Comes in: extensions, in any of their forms. Goes out: texts in the order of the values. Must not know what becomes of them.

use indexmap::IndexMap;
use serde_json::Value;

use super::keywords::Keywords;

impl Keywords {
    /// Reads what extensions say of the values.
    pub(super) fn read_words_of_values(&mut self, extensions: &IndexMap<String, Value>) {
        let values = self.enumeration.as_deref().unwrap_or_default();
        let first = |keys: [&str; 2]| keys.into_iter().find_map(|key| extensions.get(key));
        let autorest = |key: &str| {
            let described = extensions.get("x-ms-enum")?.get("values")?.as_array()?;
            Some(by_description(described, key, values))
        };
        self.enumeration_names = first(["x-enum-varnames", "x-enumNames"])
            .map(|words| of_values(words, values))
            .or_else(|| autorest("name"))
            .unwrap_or_default();
        self.enumeration_descriptions = first(["x-enum-descriptions", "x-enumDescriptions"])
            .map(|words| of_values(words, values))
            .or_else(|| autorest("description"))
            .unwrap_or_default();
    }
}

/// A list of texts in the order of the values, or an object of texts by value.
fn of_values(words: &Value, values: &[Value]) -> Vec<String> {
    match words {
        Value::Array(texts) => texts.iter().map(|text| said(Some(text))).collect(),
        Value::Object(texts) => values
            .iter()
            .map(|value| said(texts.get(&spelt(value))))
            .collect(),
        _ => Vec::new(),
    }
}

/// A list of objects, each with a value and what is said of it (`x-ms-enum` of AutoRest).
fn by_description(described: &[Value], key: &str, values: &[Value]) -> Vec<String> {
    let word = |value: &Value| {
        let spelling = spelt(value);
        let speaks_of = |entry: &&Value| entry.get("value").map(spelt) == Some(spelling.clone());
        said(
            described
                .iter()
                .find(speaks_of)
                .and_then(|entry| entry.get(key)),
        )
    };
    values.iter().map(word).collect()
}

fn said(text: Option<&Value>) -> String {
    text.and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// A value as a text: as the key of an object spells it.
pub(super) fn spelt(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}
