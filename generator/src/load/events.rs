//! What the readers of JSON and YAML tell those who want to know where things stand: a walk over the text in document order.

use crate::diagnostics::Pointer;

/// One step of the walk. `P` is a position in the terms of the reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step<'t, P> {
    /// A key of the object that was opened last; its value follows.
    Key(&'t str, P),
    /// A value that is neither list nor object.
    Scalar(P),
    /// An object begins.
    OpenObject(P),
    /// A list begins.
    OpenList(P),
    /// The object or list that was opened last ends.
    Close,
}

/// The containers that are open during a walk, and the place that the walk is at.
#[derive(Debug, Default)]
pub struct Path {
    frames: Vec<Token>,
}

#[derive(Debug)]
enum Token {
    Key(String),
    Index(usize),
}

impl Path {
    /// Goes down into an object.
    pub fn open_object(&mut self) {
        self.frames.push(Token::Key(String::new()));
    }

    /// Goes down into a list.
    pub fn open_list(&mut self) {
        self.frames.push(Token::Index(0));
    }

    /// Goes to the member `key` of the open object.
    pub fn key(&mut self, key: &str) {
        if let Some(Token::Key(current)) = self.frames.last_mut() {
            key.clone_into(current);
        }
    }

    /// Goes behind a value: to the next element of the open list.
    pub fn value_ended(&mut self) {
        if let Some(Token::Index(index)) = self.frames.last_mut() {
            *index += 1;
        }
    }

    /// Goes up, behind the container that ends.
    pub fn close(&mut self) {
        self.leave();
        self.value_ended();
    }

    /// Goes up, to the container that ends.
    pub fn leave(&mut self) {
        self.frames.pop();
    }

    /// The pointer to where the walk is.
    pub fn pointer(&self) -> Pointer {
        self.frames
            .iter()
            .fold(Pointer::root(), |pointer, token| match token {
                Token::Key(key) => pointer.push(key),
                Token::Index(index) => pointer.index(*index),
            })
    }
}

/// The deepest nesting that a document may have, in JSON and in YAML: that of `serde_json`.
pub const DEEPEST: usize = 127;

/// The most values that a document may have, so that it stays under a gigabyte in memory. The largest descriptions in public have a
/// tenth of that.
pub const MOST_VALUES: usize = 5_000_000;
