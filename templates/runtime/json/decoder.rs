//! The decoder: a pull parser with a depth limit and errors that know their place.

use jiter::{Jiter, JiterError, Peek};

use super::encoder::is_plain;
use super::error::DecodeError;

/// How deep values may nest. Parts that are skipped may nest deeper, since skipping does not recurse.
pub const MAX_DEPTH: usize = 128;

/// How many times its own length a text may be read again while choosing between the variants of unions by best match. It
/// bounds the time that a hostile text can take.
const MAX_REREADING: usize = 128;

/// A type that can be read from JSON.
pub trait Decode: Sized {
    /// Reads one value.
    ///
    /// # Errors
    /// When the JSON is broken or of another type; the error names the place.
    fn decode(json: &mut Decoder<'_>) -> Result<Self, DecodeError>;

    /// What stands for a value that is not there: a missing key, an empty body. None: it is required.
    #[must_use]
    fn absent() -> Option<Self> {
        None
    }
}

/// Reads one value from a complete text.
///
/// # Errors
/// When the text is not JSON, is JSON of another type, or goes on after the value.
pub fn from_slice<T: Decode>(json: &[u8]) -> Result<T, DecodeError> {
    // Some servers put a byte order mark before it; RFC 8259, section 8.1, lets a reader skip it.
    let mut decoder = match json.strip_prefix(b"\xef\xbb\xbf") {
        Some(rest) => Decoder::new(rest, 3),
        None => Decoder::new(json, 0),
    };
    let value = T::decode(&mut decoder)?;
    decoder.finish()?;
    Ok(value)
}

/// A position in JSON text, from which values are read one after the other.
pub struct Decoder<'j> {
    pub(super) data: &'j [u8],
    pub(super) jiter: Jiter<'j>,
    /// Where `data` begins in the whole text.
    pub(super) base: usize,
    pub(super) depth: usize,
    /// How much of what was read no type names: two for each key, item and value of an enumeration, so that there are halves.
    pub(super) unnamed: usize,
    /// How many choices by best match this one is inside of.
    pub(super) trials: usize,
    /// At which depth the innermost of these choices began.
    pub(super) trial_depth: usize,
    /// How many bytes may still be read in such choices.
    pub(super) budget: usize,
}

impl<'j> Decoder<'j> {
    pub(super) fn new(data: &'j [u8], base: usize) -> Self {
        Self {
            data,
            jiter: Jiter::new(data),
            base,
            depth: 0,
            unnamed: 0,
            trials: 0,
            trial_depth: 0,
            budget: data.len().saturating_mul(MAX_REREADING),
        }
    }

    /// A decoder of its own that begins with the value that comes next.
    pub(super) fn ahead(&self) -> Self {
        let start = self.jiter.current_index();
        let data = self.data.get(start..).unwrap_or_default();
        Self {
            data,
            jiter: Jiter::new(data),
            base: self.base + start,
            unnamed: 0,
            ..*self
        }
    }

    fn finish(&mut self) -> Result<(), DecodeError> {
        self.jiter.finish().map_err(|error| self.syntax(&error))
    }

    /// Reads a value of the type that is asked for.
    ///
    /// # Errors
    /// As [`Decode::decode`].
    pub fn value<T: Decode>(&mut self) -> Result<T, DecodeError> {
        T::decode(self)
    }

    /// The error of an object that lacks a required key. [`Decoder::object`] has reported that before, with the key.
    #[must_use]
    pub fn incomplete(&self) -> DecodeError {
        self.error("a required key is missing")
    }

    /// An error at the current place.
    #[must_use]
    pub fn error(&self, problem: impl Into<String>) -> DecodeError {
        DecodeError::new(problem, self.offset())
    }

    /// Takes a key with what stands before and after it, if it is what comes next in the spelling of compact text; `before` is the
    /// brace or the comma.
    pub(super) fn take_key(&mut self, before: u8, key: &str) -> bool {
        let index = self.jiter.current_index();
        let end = index + key.len() + 4;
        let is_it = match self.data.get(index..end) {
            Some([first, b'"', middle @ .., b'"', b':']) => {
                *first == before && middle == key.as_bytes() && is_plain(middle)
            }
            _ => false,
        };
        if is_it {
            // The parser has no way to be moved, but it is nothing more than a place in the text and a buffer.
            let tape = std::mem::replace(&mut self.jiter, Jiter::new(&[])).into_tape();
            self.data = self.data.get(end..).unwrap_or_default();
            self.base += end;
            self.jiter = Jiter::with_tape(self.data, tape);
        }
        is_it
    }

    pub(super) fn offset(&self) -> usize {
        self.base + self.jiter.current_index()
    }

    pub(super) fn peek(&mut self) -> Result<Peek, DecodeError> {
        // Compact text has no space here, so that what the parser would look for is in plain sight.
        if let Some(byte @ b'!'..) = self.data.get(self.jiter.current_index()) {
            return Ok(Peek::new(*byte));
        }
        self.jiter.peek().map_err(|error| self.syntax(&error))
    }

    #[cold]
    pub(super) fn syntax(&self, error: &JiterError) -> DecodeError {
        DecodeError::syntax(error, self.base)
    }

    /// The error of a value of another type.
    #[cold]
    pub(super) fn unexpected(&self, expected: &str, found: Peek) -> DecodeError {
        match name(found) {
            Some(found) => self.error(format!("expected {expected}, found {found}")),
            None => DecodeError::no_json(expected, self.offset()),
        }
    }

    /// Takes a null, if that is what comes next.
    pub(super) fn take_null(&mut self) -> Result<bool, DecodeError> {
        if self.peek()? != Peek::Null {
            return Ok(false);
        }
        self.jiter
            .known_null()
            .map_err(|error| self.syntax(&error))?;
        Ok(true)
    }

    pub(super) fn skip(&mut self) -> Result<(), DecodeError> {
        self.jiter.next_skip().map_err(|error| self.syntax(&error))
    }

    pub(super) fn enter(&mut self) -> Result<(), DecodeError> {
        if self.depth == MAX_DEPTH {
            return Err(self.too_deep());
        }
        self.depth += 1;
        Ok(())
    }

    #[cold]
    fn too_deep(&self) -> DecodeError {
        self.error(format!("more than {MAX_DEPTH} levels of nesting"))
    }

    pub(super) fn leave(&mut self) {
        self.depth -= 1;
    }

    /// Calls `item` at the start of each item of an array.
    pub(super) fn array(
        &mut self,
        item: &mut dyn FnMut(&mut Self) -> Result<(), DecodeError>,
    ) -> Result<(), DecodeError> {
        let peek = self.peek()?;
        if peek != Peek::Array {
            return Err(self.unexpected("array", peek));
        }
        self.enter()?;
        let mut more = self
            .jiter
            .known_array()
            .map_err(|error| self.syntax(&error))?;
        let mut index = 0;
        while more.is_some() {
            item(self).map_err(|error| error.in_index(index))?;
            index += 1;
            more = self
                .jiter
                .array_step()
                .map_err(|error| self.syntax(&error))?;
        }
        self.leave();
        Ok(())
    }
}

/// The JSON type that begins so, if any does.
fn name(peek: Peek) -> Option<&'static str> {
    Some(match peek {
        Peek::Null => "null",
        Peek::True | Peek::False => "boolean",
        Peek::String => "string",
        Peek::Array => "array",
        Peek::Object => "object",
        number if number.is_num() => "number",
        _ => return None,
    })
}
