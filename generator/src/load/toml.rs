//! TOML text into a value, and a walk over it for those who need positions: for changes of the document that stand in the settings.
//!
//! Comes in: text that is valid TOML, since the settings have been read from it. Goes out: the value that JSON would have, and byte
//! offsets. Must not know what the settings mean.

use serde_json::{Map, Number, Value};
use toml::de::{DeTable, DeValue};

use super::events::Step;

/// The value of a text. What JSON has no words for, times and numbers that are none, is text.
pub fn read(text: &str) -> Result<Value, toml::de::Error> {
    Ok(object(DeTable::parse(text)?.get_ref()))
}

fn object(table: &DeTable<'_>) -> Value {
    let member = |(key, held): (
        &toml::Spanned<toml::de::DeString<'_>>,
        &toml::Spanned<DeValue<'_>>,
    )| { (key.get_ref().to_string(), value(held.get_ref())) };
    Value::Object(table.iter().map(member).collect::<Map<_, _>>())
}

fn value(held: &DeValue<'_>) -> Value {
    match held {
        DeValue::String(text) => Value::String(text.to_string()),
        DeValue::Integer(integer) => i64::from_str_radix(integer.as_str(), integer.radix())
            .map_or_else(|_| Value::String(integer.to_string()), Value::from),
        DeValue::Float(float) => {
            let number = float.as_str().parse().ok().and_then(Number::from_f64);
            number.map_or_else(|| Value::String(float.to_string()), Value::Number)
        }
        DeValue::Boolean(truth) => Value::Bool(*truth),
        DeValue::Datetime(time) => Value::String(time.to_string()),
        DeValue::Array(elements) => elements
            .iter()
            .map(|element| value(element.get_ref()))
            .collect(),
        DeValue::Table(table) => object(table),
    }
}

/// Walks over a text. Tables that are extended further down are visited where they begin.
pub fn walk(text: &str, mut visit: impl FnMut(Step<'_, usize>)) {
    if let Ok(table) = DeTable::parse(text) {
        let start = table.span().start;
        walk_table(table.get_ref(), start, &mut visit);
    }
}

fn walk_table(table: &DeTable<'_>, at: usize, visit: &mut impl FnMut(Step<'_, usize>)) {
    visit(Step::OpenObject(at));
    for (key, held) in table {
        visit(Step::Key(key.get_ref(), key.span().start));
        walk_value(held, visit);
    }
    visit(Step::Close);
}

fn walk_value(held: &toml::Spanned<DeValue<'_>>, visit: &mut impl FnMut(Step<'_, usize>)) {
    let at = held.span().start;
    match held.get_ref() {
        DeValue::Table(table) => walk_table(table, at, visit),
        DeValue::Array(elements) => {
            visit(Step::OpenList(at));
            for element in elements {
                walk_value(element, visit);
            }
            visit(Step::Close);
        }
        _ => visit(Step::Scalar(at)),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{
        diagnostics::Pointer,
        load::locate::{Format, locate},
    };

    const TEXT: &str = "a = 1\n[[patches]]\ntarget = \"$\"\n[patches.update]\nx = [1.5, 0x1F, true, 2020-01-02]\n\n[[patches]]\nremove = true\n";

    #[test]
    fn a_text_is_read_as_json_would_have_it() {
        let expected = json!({
            "a": 1,
            "patches": [
                {"target": "$", "update": {"x": [1.5, 31, true, "2020-01-02"]}},
                {"remove": true},
            ],
        });
        assert_eq!(read(TEXT).expect("valid"), expected);
        assert_eq!(read("x = inf").expect("valid"), json!({"x": "inf"}));
        assert!(read("x =").is_err());
    }

    #[test]
    fn places_are_found() {
        let pointers = [
            "/a",
            "/patches/0/target",
            "/patches/0/update/x/1",
            "/patches/1/remove",
            "/patches/1",
        ];
        let pointers = pointers.map(|text| Pointer::parse(text).expect("a pointer"));
        let wanted: Vec<&Pointer> = pointers.iter().collect();
        let found = locate(TEXT, Format::Toml, &wanted);
        let places: Vec<(u32, u32)> = pointers
            .iter()
            .map(|pointer| (found[pointer].line, found[pointer].column))
            .collect();
        assert_eq!(places, [(1, 5), (3, 10), (5, 11), (8, 10), (7, 1)]);
    }
}
