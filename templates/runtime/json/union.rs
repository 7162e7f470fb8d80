//! Unions: looking at a value before it is read, and trying several readings of it.

use std::borrow::Cow;

use jiter::{Jiter, Peek};

use super::decoder::name;
use super::{DecodeError, Decoder};

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
            other => return Err(self.error(format!("expected a value, found {}", name(other)))),
        })
    }

    /// The text at `key` of the object that comes next, which stays where it is; none if it is no object, or holds no text there.
    ///
    /// # Errors
    /// When the object is broken.
    pub fn tag(&mut self, key: &str) -> Result<Option<Cow<'j, str>>, DecodeError> {
        let mut tag = None;
        self.look(&mut |jiter, found| {
            if found != key || jiter.peek()? != Peek::String {
                return Ok(false);
            }
            tag = Some(Cow::Owned(jiter.known_str()?.to_owned()));
            Ok(true)
        })?;
        Ok(tag)
    }

    /// Whether the object that comes next has all of these keys; it stays where it is.
    ///
    /// # Errors
    /// When the object is broken.
    pub fn has_keys(&mut self, keys: &[&str]) -> Result<bool, DecodeError> {
        let mut missing: Vec<&str> = keys.to_vec();
        self.look(&mut |_, found| {
            missing.retain(|key| *key != found);
            Ok(false)
        })?;
        Ok(missing.is_empty())
    }

    /// Whether the number that comes next is whole; it stays where it is.
    ///
    /// # Errors
    /// When what comes next is no value.
    pub fn is_integer(&mut self) -> Result<bool, DecodeError> {
        let peek = self.peek()?;
        if !peek.is_num() {
            return Ok(false);
        }
        let mut ahead = self.ahead();
        Ok(matches!(
            ahead.number(peek)?,
            super::number::Number::Integer(_)
        ))
    }

    /// Whether the string that comes next is one of these; it stays where it is.
    ///
    /// # Errors
    /// When what comes next is no value.
    pub fn is_one_of(&mut self, values: &[&str]) -> Result<bool, DecodeError> {
        if self.peek()? != Peek::String {
            return Ok(false);
        }
        self.ahead().string(|text| Ok(values.contains(&text)))
    }

    /// Reads the value in the best of several ways: the one that fits and leaves the fewest keys unread, the first among equals. The
    /// last way is taken only where no other fits.
    ///
    /// # Errors
    /// When no way fits: the error of the last.
    pub fn best<T>(&mut self, ways: &[Way<T>]) -> Result<T, DecodeError> {
        self.peek()?;
        let Some((last, ways)) = ways.split_last() else {
            return Err(self.error("nothing to read a value as"));
        };
        let mut best: Option<(usize, T)> = None;
        for way in ways {
            let mut ahead = self.ahead();
            ahead.trials += 1;
            let Ok(value) = way(&mut ahead) else { continue };
            let unknown_keys = ahead.unknown_keys;
            if best
                .as_ref()
                .is_none_or(|(fewest, _)| unknown_keys < *fewest)
            {
                best = Some((unknown_keys, value));
            }
            if unknown_keys == 0 || self.trials >= MAX_TRIALS {
                break;
            }
        }
        match best {
            Some((unknown_keys, value)) => {
                self.unknown_keys += unknown_keys;
                self.skip()?;
                Ok(value)
            }
            None => last(self),
        }
    }

    /// A decoder of its own that begins with the value that comes next.
    fn ahead(&self) -> Decoder<'j> {
        let start = self.jiter.current_index();
        let mut ahead = Decoder::new(
            self.data.get(start..).unwrap_or_default(),
            self.base + start,
        );
        ahead.depth = self.depth;
        ahead.trials = self.trials;
        ahead
    }

    /// Calls `see` with each key of the object that comes next until it says that it has seen enough. It reads the value, or leaves it.
    fn look(&mut self, see: &mut See<'_, 'j>) -> Result<(), DecodeError> {
        if self.peek()? != Peek::Object {
            return Ok(());
        }
        let ahead = self.ahead();
        let (mut jiter, base) = (ahead.jiter, ahead.base);
        walk(&mut jiter, see).map_err(|error| DecodeError::syntax(&error, base))
    }
}

type See<'s, 'j> = dyn FnMut(&mut Jiter<'j>, &str) -> Result<bool, jiter::JiterError> + 's;

fn walk<'j>(jiter: &mut Jiter<'j>, see: &mut See<'_, 'j>) -> Result<(), jiter::JiterError> {
    let mut key = jiter.next_object()?.map(str::to_owned);
    while let Some(found) = key {
        let before = jiter.current_index();
        if see(jiter, &found)? {
            return Ok(());
        }
        if jiter.current_index() == before || jiter.peek().is_ok() {
            jiter.next_skip()?;
        }
        key = jiter.next_key()?.map(str::to_owned);
    }
    Ok(())
}
