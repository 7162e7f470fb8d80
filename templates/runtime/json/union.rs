//! Unions: looking at a value before it is read, and trying several readings of it.
//!
//! Looking costs a pass over what is looked at, and ends as early as it can: a discriminator that comes first costs nothing. Reading
//! in several ways multiplies with each level of a recursive type, so it is bounded twice: in the number of levels that compare all
//! their variants, and in the bytes that are read again.

use std::borrow::Cow;

use jiter::{Jiter, JiterError, Peek};

use super::{DecodeError, Decoder, Encode, Encoder};

/// The type of a JSON value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are those of JSON")]
pub enum Kind {
    Null,
    Boolean,
    Number,
    String,
    Array,
    Object,
}

/// One way to read a value.
pub type Way<T> = fn(&mut Decoder<'_>) -> Result<T, DecodeError>;

/// Within so many choices by best match, the first reading that fits is taken, since the number of readings grows with the depth.
const MAX_TRIALS: usize = 4;

impl<'j> Decoder<'j> {
    /// The type of the value that comes next, which stays where it is.
    ///
    /// # Errors
    /// When what comes next is no value.
    pub fn kind(&mut self) -> Result<Kind, DecodeError> {
        let peek = self.peek()?;
        Ok(match peek {
            Peek::Null => Kind::Null,
            Peek::True | Peek::False => Kind::Boolean,
            Peek::String => Kind::String,
            Peek::Array => Kind::Array,
            Peek::Object => Kind::Object,
            number if number.is_num() => Kind::Number,
            other => return Err(self.unexpected("a JSON value", other)),
        })
    }

    /// The text at `key` of the object that comes next, which stays where it is; none if it is no object, or holds no text there.
    /// It is the first of duplicate keys.
    ///
    /// # Errors
    /// When the object is broken.
    pub fn tag(&mut self, key: &str) -> Result<Option<Cow<'j, str>>, DecodeError> {
        let Some(mut value) = self.at(key)? else {
            return Ok(None);
        };
        if value.peek()? != Peek::String {
            return Ok(None);
        }
        value.text().map(|tag| Some(Cow::Owned(tag.to_owned())))
    }

    /// The integer at `key`, as [`Decoder::tag`] finds a text: `1.0` is 1, as everywhere; one that 64 bits do not hold is none.
    ///
    /// # Errors
    /// When the object is broken.
    pub fn integer_at(&mut self, key: &str) -> Result<Option<i64>, DecodeError> {
        let Some(mut value) = self.at(key)? else {
            return Ok(None);
        };
        Ok(if value.is_integer()? {
            value.value().ok()
        } else {
            None
        })
    }

    /// The boolean at `key`, as [`Decoder::tag`] finds a text.
    ///
    /// # Errors
    /// When the object is broken.
    pub fn boolean_at(&mut self, key: &str) -> Result<Option<bool>, DecodeError> {
        let Some(mut value) = self.at(key)? else {
            return Ok(None);
        };
        Ok(match value.peek()? {
            Peek::True => Some(true),
            Peek::False => Some(false),
            _ => None,
        })
    }

    /// Whether there is null at `key`, as [`Decoder::tag`] finds a text.
    ///
    /// # Errors
    /// When the object is broken.
    pub fn is_null_at(&mut self, key: &str) -> Result<bool, DecodeError> {
        match self.at(key)? {
            Some(mut value) => Ok(value.peek()? == Peek::Null),
            None => Ok(false),
        }
    }

    /// A decoder of its own at the value of the first such key of the object that comes next; none if it is no object, or has no such key.
    fn at(&mut self, key: &str) -> Result<Option<Self>, DecodeError> {
        if self.peek()? != Peek::Object {
            return Ok(None);
        }
        let mut ahead = self.ahead();
        Ok(ahead.look(&mut |found| found == key)?.then_some(ahead))
    }

    /// Whether the object that comes next has all of these keys; it stays where it is.
    ///
    /// # Errors
    /// When the object is broken.
    pub fn has_keys(&mut self, keys: &[&str]) -> Result<bool, DecodeError> {
        if self.peek()? != Peek::Object {
            return Ok(false);
        }
        self.missing_key(keys.to_vec()).map(|key| key.is_none())
    }

    /// The first of these keys that the object that comes next does not have; the object stays where it is.
    pub(super) fn missing_key<'k>(
        &self,
        mut keys: Vec<&'k str>,
    ) -> Result<Option<&'k str>, DecodeError> {
        if !keys.is_empty() {
            self.ahead().look(&mut |found| {
                keys.retain(|key| *key != found);
                keys.is_empty()
            })?;
        }
        Ok(keys.first().copied())
    }

    /// Whether the string that comes next is one of these; it stays where it is.
    ///
    /// # Errors
    /// When what comes next is no value.
    pub fn is_one_of(&mut self, values: &[&str]) -> Result<bool, DecodeError> {
        if self.peek()? != Peek::String {
            return Ok(false);
        }
        self.ahead().text().map(|text| values.contains(&text))
    }

    /// Reads the value in the best of several ways: the one that fits and names the most of what is there, the first among equals. Keys,
    /// values of enumerations and items that a type does not know count against it; so do keys that are data, but a little less: a map
    /// takes an object of which no other type names a key. The last way is taken only where no other fits: it is the one that keeps a
    /// value that no variant describes.
    ///
    /// # Errors
    /// When no way fits: the error of the last. When the text makes too many readings possible.
    pub fn best<T>(&mut self, ways: &[Way<T>]) -> Result<T, DecodeError> {
        self.peek()?;
        let Some((last, ways)) = ways.split_last() else {
            return Err(self.error("nothing to read a value as"));
        };
        let mut best: Option<(T, Self)> = None;
        for way in ways {
            let mut ahead = self.trial();
            let result = way(&mut ahead);
            self.spend(&ahead)?;
            let Ok(value) = result else { continue };
            let unnamed = ahead.unnamed;
            if best.as_ref().is_none_or(|(_, best)| unnamed < best.unnamed) {
                best = Some((value, ahead));
            }
            if unnamed == 0 || self.trials >= MAX_TRIALS {
                break;
            }
        }
        match best {
            Some((value, winner)) => {
                self.go_on_after(winner);
                Ok(value)
            }
            None => last(self),
        }
    }

    /// A decoder of its own for one of several readings of the value that comes next.
    fn trial(&self) -> Self {
        let mut ahead = self.ahead();
        ahead.trials += 1;
        ahead.trial_depth = ahead.depth;
        ahead
    }

    /// Counts what a reading has read.
    fn spend(&mut self, ahead: &Self) -> Result<(), DecodeError> {
        let bytes = ahead.offset() - self.offset();
        match ahead.budget.checked_sub(bytes) {
            Some(budget) => {
                self.budget = budget;
                Ok(())
            }
            None => {
                self.budget = 0;
                Err(self.error("the text can be read in too many ways"))
            }
        }
    }

    /// Goes on where the reading that was chosen has ended.
    fn go_on_after(&mut self, winner: Self) {
        self.data = winner.data;
        self.jiter = winner.jiter;
        self.base = winner.base;
        self.unnamed += winner.unnamed;
    }

    /// Whether what comes next is the value that a choice by best match is about, not something within it.
    pub(super) fn is_on_trial(&self) -> bool {
        self.trials > 0 && self.depth == self.trial_depth
    }

    /// Goes to the value of the first key of the object that comes next at which `is_enough` holds; false if there is none.
    fn look(&mut self, is_enough: &mut dyn FnMut(&str) -> bool) -> Result<bool, DecodeError> {
        let base = self.base;
        walk(&mut self.jiter, is_enough).map_err(|error| DecodeError::syntax(&error, base))
    }
}

impl Encoder {
    /// Writes an object that a discriminator tells from others, with the discriminator where the object itself has none.
    pub fn tagged(&mut self, key: &str, tag: &dyn Encode, value: &dyn Encode) {
        let start = self.text.len();
        value.encode(self);
        let written = self.text.get(start..).unwrap_or_default();
        let is_untagged = Decoder::new(written, 0)
            .at(key)
            .is_ok_and(|tag| tag.is_none());
        if is_untagged && written.first() == Some(&b'{') {
            self.text.pop();
            self.key(key);
            tag.encode(self);
            self.end_object();
        }
    }
}

fn walk(
    jiter: &mut Jiter<'_>,
    is_enough: &mut dyn FnMut(&str) -> bool,
) -> Result<bool, JiterError> {
    let mut key = jiter.next_object()?;
    while let Some(found) = key {
        if is_enough(found) {
            return Ok(true);
        }
        jiter.next_skip()?;
        key = jiter.next_key()?;
    }
    Ok(false)
}
