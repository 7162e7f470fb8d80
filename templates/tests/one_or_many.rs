//! One value, or several, however a caller writes them.

#![allow(clippy::unwrap_used, reason = "in a test it is the assertion")]

use clientsmith_templates::runtime::OneOrMany;
use clientsmith_templates::runtime::json::{from_slice, to_vec};

fn texts(texts: impl Into<OneOrMany<String>>) -> Vec<String> {
    texts.into().into_vec()
}

fn numbers(numbers: impl Into<OneOrMany<i64>>) -> Vec<i64> {
    numbers.into().into_iter().collect()
}

#[test]
fn one_value_is_a_list_of_one() {
    let owned = "a".to_owned();
    assert_eq!(texts("a"), ["a"]);
    assert_eq!(texts(&owned), ["a"]);
    assert_eq!(texts(owned), ["a"]);
    assert_eq!(numbers(1), [1]);
}

#[test]
fn several_values_come_in_any_list() {
    let both = ["a".to_owned(), "b".to_owned()];
    assert_eq!(texts(["a", "b"]), both);
    assert_eq!(texts(&["a", "b"][..]), both);
    assert_eq!(texts(vec!["a", "b"]), both);
    assert_eq!(texts(&both[..]), both);
    let vector = both.to_vec();
    assert_eq!(texts(&vector), vector);
    assert_eq!(texts(both.clone()), both);
    assert_eq!(
        texts(both.iter().map(String::as_str).collect::<OneOrMany<_>>()),
        both
    );
    assert_eq!(numbers(vec![1, 2]), [1, 2]);
    assert_eq!(numbers([]), [0; 0]);
}

#[test]
fn json_has_it_both_ways() {
    let one: OneOrMany<String> = from_slice(br#""a""#).unwrap();
    assert_eq!(one, OneOrMany::from("a"));
    let many: OneOrMany<i64> = from_slice(b"[1,2]").unwrap();
    assert_eq!(many.as_slice(), [1, 2]);
    assert_eq!((&many).into_iter().sum::<i64>(), 3);
    assert_eq!(to_vec(&one), br#""a""#);
    assert_eq!(to_vec(&many), b"[1,2]");
    assert!(from_slice::<OneOrMany<i64>>(br#""a""#).is_err());
}
