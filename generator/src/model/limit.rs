//! Limits that a client checks before it sends a value.

use serde::Serialize;

/// Limits of values that have a table of their own, since several places use them or they have parts.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LimitTable {
    /// The Rust name, in snake case, unique among all tables.
    pub name: String,
    /// JSON pointer of the schema they come from.
    pub pointer: String,
    /// The limits, all of which hold.
    pub limits: Vec<Limit>,
}

/// Limits of a value, stated where it is used or in a table.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum Limits {
    /// Stated here.
    Own(Vec<Limit>),
    /// Those of the table at this index of [`super::Api::limits`].
    Table(usize),
}

/// A limit of a value. It holds for values of the JSON type that it is about, and says nothing of others.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum Limit {
    /// A limit without parts.
    Plain(PlainLimit),
    /// Limits of each item of a list.
    Items(Limits),
    /// Limits of the values of keys.
    Properties(Vec<(String, Limits)>),
    /// Limits of the values of all keys that are not among these.
    Others(Vec<String>, Limits),
}

/// A limit without parts.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub enum PlainLimit {
    /// A text has at least so many characters.
    MinLength(u64),
    /// A text has at most so many characters.
    MaxLength(u64),
    /// A number is at least this.
    Minimum(f64),
    /// A number is more than this.
    Above(f64),
    /// A number is at most this.
    Maximum(f64),
    /// A number is less than this.
    Below(f64),
    /// A number is a multiple of this.
    MultipleOf(f64),
    /// A list has at least so many items.
    MinItems(u64),
    /// A list has at most so many items.
    MaxItems(u64),
    /// No item is in a list twice.
    UniqueItems,
    /// An object has at least so many keys.
    MinProperties(u64),
    /// An object has at most so many keys.
    MaxProperties(u64),
}

impl Limit {
    /// The limits of the parts of a value.
    pub fn parts(&self) -> impl Iterator<Item = &Limits> {
        let (one, many): (Option<&Limits>, &[(String, Limits)]) = match self {
            Limit::Plain(_) => (None, &[]),
            Limit::Items(limits) | Limit::Others(_, limits) => (Some(limits), &[]),
            Limit::Properties(properties) => (None, properties),
        };
        one.into_iter().chain(many.iter().map(|(_, limits)| limits))
    }
}
