//! Objects: the loop over keys, the lookup of slots, and what becomes of the other keys.

use jiter::Peek;

use super::decoder::{Decode, Decoder};
use super::encoder::{Encode, Encoder};
use super::error::DecodeError;
use super::{Field, Map};

/// A variable that a key's value is read into.
pub trait Slot {
    /// Reads the value. Where the key is optional, null stands for nothing.
    ///
    /// # Errors
    /// As [`Decode::decode`].
    fn fill(&mut self, json: &mut Decoder<'_>, is_required: bool) -> Result<(), DecodeError>;

    /// Puts in what stands for a missing key; false if nothing does.
    fn fill_absent(&mut self) -> bool;
}

impl<T: Decode> Slot for Option<T> {
    fn fill(&mut self, json: &mut Decoder<'_>, is_required: bool) -> Result<(), DecodeError> {
        *self = if !is_required && json.take_null()? {
            None
        } else {
            Some(T::decode(json)?)
        };
        Ok(())
    }

    fn fill_absent(&mut self) -> bool {
        if self.is_none() {
            *self = T::absent();
        }
        self.is_some()
    }
}

impl<T: Decode> Slot for Field<T> {
    fn fill(&mut self, json: &mut Decoder<'_>, _: bool) -> Result<(), DecodeError> {
        *self = if json.take_null()? {
            Field::Null
        } else {
            Field::Value(T::decode(json)?)
        };
        Ok(())
    }

    fn fill_absent(&mut self) -> bool {
        true
    }
}

/// A key and the slot for its value.
pub struct Entry<'s> {
    key: &'static str,
    slot: &'s mut dyn Slot,
    is_required: bool,
}

impl Entry<'_> {
    /// The key, where it is required, has no value yet, and nothing stands for a missing one.
    fn unfilled_key(&mut self) -> Option<&'static str> {
        (self.is_required && !self.slot.fill_absent()).then_some(self.key)
    }
}

/// A key that must be there.
pub fn required<'s, T: Decode>(key: &'static str, slot: &'s mut Option<T>) -> Entry<'s> {
    Entry {
        key,
        slot,
        is_required: true,
    }
}

/// A key that may be missing.
pub fn optional<'s>(key: &'static str, slot: &'s mut dyn Slot) -> Entry<'s> {
    Entry {
        key,
        slot,
        is_required: false,
    }
}

/// Where the values of keys go that a type does not name.
pub trait Rest {
    /// Reads the value of a key.
    ///
    /// # Errors
    /// As [`Decode::decode`].
    fn keep(&mut self, key: String, json: &mut Decoder<'_>) -> Result<(), DecodeError>;
}

impl<T: Decode> Rest for Map<T> {
    fn keep(&mut self, key: String, json: &mut Decoder<'_>) -> Result<(), DecodeError> {
        match T::decode(json) {
            Ok(value) => {
                self.insert(key, value);
                Ok(())
            }
            Err(error) => Err(error.in_key(&key)),
        }
    }
}

/// What to do with the value of a key.
enum Found {
    Slot(usize),
    Keep(String),
    Skip,
}

impl Decoder<'_> {
    /// Reads an object into its slots; other keys are skipped.
    ///
    /// # Errors
    /// When it is no object, a value does not fit, or a required key is missing.
    pub fn object(&mut self, entries: &mut [Entry<'_>]) -> Result<(), DecodeError> {
        self.entries(entries, None)
    }

    /// Reads an object into its slots; other keys go to `rest`.
    ///
    /// # Errors
    /// As [`Decoder::object`], or when another key's value does not fit.
    pub fn object_with(
        &mut self,
        entries: &mut [Entry<'_>],
        rest: &mut dyn Rest,
    ) -> Result<(), DecodeError> {
        self.entries(entries, Some(rest))
    }

    fn entries(
        &mut self,
        entries: &mut [Entry<'_>],
        mut rest: Option<&mut dyn Rest>,
    ) -> Result<(), DecodeError> {
        let peek = self.peek()?;
        if peek != Peek::Object {
            return Err(self.unexpected("object", peek));
        }
        let start = self.offset();
        let is_on_trial = self.is_on_trial();
        if is_on_trial {
            self.try_keys(entries)?;
        }
        let mut kept = 0_usize;
        self.enter()?;
        let (mut before, mut next) = (b'{', 0);
        loop {
            let expected = entries.get(next).map(|entry| entry.key);
            let found = if expected.is_some_and(|key| self.take_key(before, key)) {
                Found::Slot(next)
            } else {
                let key = if before == b'{' {
                    self.jiter.known_object()
                } else {
                    self.jiter.next_key()
                };
                match key {
                    Ok(None) => break,
                    Ok(Some(key)) => match position(entries, next, key) {
                        Some(index) => Found::Slot(index),
                        None if rest.is_some() => Found::Keep(key.to_owned()),
                        None => Found::Skip,
                    },
                    Err(error) => return Err(self.syntax(&error)),
                }
            };
            before = b',';
            match (found, &mut rest) {
                (Found::Slot(index), _) => {
                    next = index + 1;
                    // `position` found it there.
                    let Some(entry) = entries.get_mut(index) else {
                        continue;
                    };
                    entry
                        .slot
                        .fill(self, entry.is_required)
                        .map_err(|error| error.in_key(entry.key))?;
                }
                (Found::Keep(key), Some(rest)) => {
                    kept += 1;
                    rest.keep(key, self)?;
                }
                (Found::Keep(_) | Found::Skip, _) => {
                    self.unnamed += 2;
                    self.skip()?;
                }
            }
        }
        self.leave();
        if is_on_trial {
            self.unnamed += (2 * kept).saturating_sub(1);
        }
        match entries.iter_mut().find_map(Entry::unfilled_key) {
            Some(key) => Err(missing(key, start)),
            None => Ok(()),
        }
    }

    /// Looks whether all required keys are there before any value is read. A choice by best match would otherwise read all that
    /// is within an object only to find that it is of another variant, and that again at each level of a recursive type.
    fn try_keys(&self, entries: &mut [Entry<'_>]) -> Result<(), DecodeError> {
        let keys = entries.iter_mut().filter_map(Entry::unfilled_key).collect();
        match self.missing_key(keys)? {
            Some(key) => Err(missing(key, self.offset())),
            None => Ok(()),
        }
    }
}

#[cold]
fn missing(key: &str, offset: usize) -> DecodeError {
    DecodeError::new(format!("missing key {key:?}"), offset)
}

/// Where the slot of a key is. Servers keep an order and leave keys out of it, so the search begins after the last one.
fn position(entries: &[Entry<'_>], next: usize, key: &str) -> Option<usize> {
    let (before, after) = entries.split_at(next.min(entries.len()));
    let is_it = |entry: &Entry<'_>| entry.key == key;
    match after.iter().position(is_it) {
        Some(steps) => Some(next + steps),
        None => before.iter().position(is_it),
    }
}

impl Encoder {
    /// Writes an object; values that are absent are left out with their key.
    pub fn object(&mut self, entries: &[(&str, &dyn Encode)]) {
        self.begin_object();
        self.members(entries);
        self.end_object();
    }

    /// Writes an object with keys of its own after the others. Those are data: null stands there as it is, and leaves no key out.
    pub fn object_with<T: Encode>(&mut self, entries: &[(&str, &dyn Encode)], rest: &Map<T>) {
        self.begin_object();
        self.members(entries);
        for (key, value) in rest {
            self.key(key);
            value.encode(self);
        }
        self.end_object();
    }

    fn members(&mut self, entries: &[(&str, &dyn Encode)]) {
        for (key, value) in entries {
            value.encode_member(key, self);
        }
    }
}
