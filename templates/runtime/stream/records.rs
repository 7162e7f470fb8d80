//! JSON lines (`application/jsonl`, `application/x-ndjson`) and JSON text sequences (RFC 7464) cut into records, and the typed
//! stream of them.
//!
//! In: bytes as they arrive. Out: records, read as the API promises. Blank lines are none, so that servers can send them to keep
//! the connection open; the last record needs no line feed.

use std::collections::VecDeque;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;

use super::{Cut, Cutter, Frame, Frames, Streamed, stream_methods};
use crate::runtime::error::Result;
use crate::runtime::read::Read;

/// What stands before each record of a JSON text sequence.
const RECORD_SEPARATOR: u8 = 0x1e;

/// A stream of items, one after the other as the server sends them. It ends with the body; it ends with an error if the
/// connection breaks or nothing arrives for the idle timeout. An item that is not what the API promises is an error too, but
/// the stream goes on behind it.
#[must_use = "streams do nothing until they are polled"]
pub struct ItemStream<T> {
    frames: Frames,
    read: Read<T>,
}

stream_methods!(ItemStream);

impl<T> ItemStream<T> {
    /// The next item; none after the last.
    ///
    /// # Errors
    /// When the connection breaks, nothing arrives, or the item is not what the API promises.
    pub async fn try_next(&mut self) -> Result<Option<T>> {
        std::future::poll_fn(|context| self.poll_item(context))
            .await
            .transpose()
    }

    fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T>>> {
        let frame = ready!(self.frames.poll_frame(context));
        Poll::Ready(frame.map(|frame| self.frames.read(frame?.data, self.read)))
    }
}

impl<T> Streamed for ItemStream<T> {
    type Data = T;

    fn new(frames: Frames, read: Read<T>) -> Self {
        Self { frames, read }
    }

    fn cut(content_type: Option<&str>) -> std::result::Result<Cutter, String> {
        let is_sequence =
            content_type.is_some_and(|name| name.to_ascii_lowercase().ends_with("json-seq"));
        Ok(Cutter(Box::new(Records {
            is_sequence,
            ..Records::default()
        })))
    }
}

impl<T> Stream for ItemStream<T> {
    type Item = Result<T>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_item(context)
    }
}

/// The state between two pieces of the body.
#[derive(Default)]
struct Records {
    record: Vec<u8>,
    is_sequence: bool,
    /// Of a sequence, whose records may hold line feeds: how many brackets are open.
    depth: usize,
    in_text: bool,
    after_backslash: bool,
}

impl Cut for Records {
    fn take(&mut self, bytes: &[u8], frames: &mut VecDeque<Frame>) {
        if self.is_sequence {
            for byte in bytes {
                self.take_of_sequence(*byte, frames);
            }
            return;
        }
        let mut lines = bytes.split(|byte| *byte == b'\n').peekable();
        while let Some(line) = lines.next() {
            self.record.extend_from_slice(line);
            if lines.peek().is_some() {
                frames.extend(self.record_is_complete());
            }
        }
    }

    fn end(&mut self, frames: &mut VecDeque<Frame>) {
        frames.extend(self.record_is_complete());
    }

    fn held(&self) -> usize {
        self.record.len()
    }
}

impl Records {
    /// A record ends before the next separator, or with a line feed that is not within it: what is complete need not wait for
    /// the record behind it.
    fn take_of_sequence(&mut self, byte: u8, frames: &mut VecDeque<Frame>) {
        if byte == RECORD_SEPARATOR {
            frames.extend(self.record_is_complete());
            return;
        }
        self.record.push(byte);
        if self.in_text {
            let escaped = std::mem::take(&mut self.after_backslash);
            self.after_backslash = byte == b'\\' && !escaped;
            self.in_text = escaped || byte != b'"';
            return;
        }
        match byte {
            b'"' => self.in_text = true,
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => self.depth = self.depth.saturating_sub(1),
            b'\n' if self.depth == 0 => frames.extend(self.record_is_complete()),
            _ => {}
        }
    }

    fn record_is_complete(&mut self) -> Option<Frame> {
        (self.depth, self.in_text, self.after_backslash) = (0, false, false);
        let record = std::mem::take(&mut self.record);
        let record = record.trim_ascii();
        (!record.is_empty()).then(|| Frame {
            data: Bytes::copy_from_slice(record),
            event: String::new(),
            id: None,
        })
    }
}
