//! Server-sent events (WHATWG HTML, section 9.2): `text/event-stream` cut into events, and the typed stream of them.
//!
//! In: bytes as they arrive. Out: events, their data read as the API promises. Comments and unknown fields are passed over, as
//! the standard says; an event that the end of the body cuts off is none.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;

use super::{Cut, Cutter, Frame, Frames, Streamed, stream_methods};
use crate::runtime::error::Result;
use crate::runtime::read::Read;

/// What many APIs send as the last event, which is no data of theirs.
const DONE: &[u8] = b"[DONE]";

/// One event of a stream.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Event<T> {
    /// The kind of the event: `message`, unless the server says otherwise.
    pub event: String,
    /// The identifier that the server gave last: with this event, or with one before it.
    pub id: Option<String>,
    /// The data.
    pub data: T,
}

/// A stream of server-sent events. It ends with the body, or with an event whose data is `[DONE]`, as many APIs mark their
/// end; it ends with an error if the connection breaks or nothing arrives for the idle timeout. An event whose data is not
/// what the API promises is an error too, but the stream goes on behind it.
///
/// It does not connect anew by itself. To go on after a broken connection, wait for [`EventStream::reconnection_time`] and send
/// the request again with [`EventStream::last_event_id`] in the header `last-event-id`.
#[must_use = "streams do nothing until they are polled"]
pub struct EventStream<T> {
    frames: Frames,
    read: Read<T>,
    last_id: Option<String>,
}

stream_methods!(EventStream);

impl<T> EventStream<T> {
    /// The next event; none after the last.
    ///
    /// # Errors
    /// When the connection breaks, nothing arrives, or the event is not what the API promises.
    pub async fn try_next(&mut self) -> Result<Option<Event<T>>> {
        std::future::poll_fn(|context| self.poll_event(context))
            .await
            .transpose()
    }

    /// The identifier that the server gave last.
    #[must_use]
    pub fn last_event_id(&self) -> Option<&str> {
        self.last_id.as_deref()
    }

    /// How long to wait before connecting anew, where the server said so.
    #[must_use]
    pub fn reconnection_time(&self) -> Option<Duration> {
        self.frames.cut.0.reconnection_time()
    }

    fn poll_event(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Event<T>>>> {
        let Some(frame) = ready!(self.frames.poll_frame(context)) else {
            return Poll::Ready(None);
        };
        let Frame { data, event, id } = match frame {
            Ok(frame) => frame,
            Err(error) => return Poll::Ready(Some(Err(error))),
        };
        self.last_id.clone_from(&id);
        if data.as_ref() == DONE {
            self.frames.stop();
            return Poll::Ready(None);
        }
        let data = self.frames.read(data, self.read);
        Poll::Ready(Some(data.map(|data| Event { event, id, data })))
    }
}

impl<T> Streamed for EventStream<T> {
    type Data = T;

    fn new(frames: Frames, read: Read<T>) -> Self {
        Self {
            frames,
            read,
            last_id: None,
        }
    }

    fn cut(content_type: Option<&str>) -> std::result::Result<Cutter, String> {
        match content_type {
            // Some servers call it plain text; what is surely something else would be taken for a stream without events.
            Some(other)
                if ["json", "html", "xml"]
                    .iter()
                    .any(|kind| other.to_ascii_lowercase().ends_with(kind)) =>
            {
                Err(format!(
                    "the answer is {other}, not a stream of events; some APIs want to be told in the body too that one is wanted"
                ))
            }
            _ => Ok(Cutter(Box::new(Events::default()))),
        }
    }
}

impl<T> Stream for EventStream<T> {
    type Item = Result<Event<T>>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_event(context)
    }
}

/// The state between two pieces of the body.
#[derive(Default)]
struct Events {
    /// A line without its end.
    line: Vec<u8>,
    /// Whether a byte order mark can no longer come.
    begun: bool,
    /// Whether the last byte was a carriage return, so that a line feed belongs to it.
    after_return: bool,
    event: String,
    data: Vec<u8>,
    id: Option<String>,
    reconnection_time: Option<Duration>,
}

impl Cut for Events {
    fn take(&mut self, mut bytes: &[u8], frames: &mut VecDeque<Frame>) {
        while let Some((&first, rest)) = bytes.split_first() {
            if std::mem::take(&mut self.after_return) && first == b'\n' {
                bytes = rest;
                continue;
            }
            let end = bytes.iter().position(|byte| matches!(byte, b'\r' | b'\n'));
            let (line, rest) = bytes.split_at(end.unwrap_or(bytes.len()));
            self.line.extend_from_slice(line);
            let Some((end, rest)) = rest.split_first() else {
                return;
            };
            self.after_return = *end == b'\r';
            bytes = rest;
            let mut line = std::mem::take(&mut self.line);
            self.line_is_complete(&line, frames);
            line.clear();
            self.line = line;
        }
    }

    fn end(&mut self, _: &mut VecDeque<Frame>) {
        self.line.clear();
        self.data.clear();
    }

    fn held(&self) -> usize {
        self.line.len() + self.data.len()
    }

    fn reconnection_time(&self) -> Option<Duration> {
        self.reconnection_time
    }
}

impl Events {
    fn line_is_complete(&mut self, line: &[u8], frames: &mut VecDeque<Frame>) {
        let is_first = !std::mem::replace(&mut self.begun, true);
        let line = line
            .strip_prefix(b"\xef\xbb\xbf")
            .filter(|_| is_first)
            .unwrap_or(line);
        if line.is_empty() {
            frames.extend(self.event_is_complete());
            return;
        }
        let colon = line.iter().position(|byte| *byte == b':');
        let (field, value) = line.split_at(colon.unwrap_or(line.len()));
        let value = value.strip_prefix(b":").unwrap_or(value);
        let value = value.strip_prefix(b" ").unwrap_or(value);
        match field {
            b"event" => self.event = text(value),
            b"data" => {
                self.data.extend_from_slice(value);
                self.data.push(b'\n');
            }
            b"id" if !value.contains(&0) => {
                self.id = Some(text(value)).filter(|id| !id.is_empty());
            }
            b"retry" if !value.is_empty() && value.iter().all(u8::is_ascii_digit) => {
                let milliseconds = text(value).parse().ok();
                self.reconnection_time = milliseconds
                    .map(Duration::from_millis)
                    .or(self.reconnection_time);
            }
            // A comment has no name before its colon.
            _ => {}
        }
    }

    fn event_is_complete(&mut self) -> Option<Frame> {
        let event = std::mem::take(&mut self.event);
        let mut data = std::mem::take(&mut self.data);
        // The line feed of the last line is none of the data; without any line there is no event.
        data.pop()?;
        if let Cow::Owned(mended) = String::from_utf8_lossy(&data) {
            data = mended.into_bytes();
        }
        Some(Frame {
            data: Bytes::from(data),
            event: if event.is_empty() {
                "message".to_owned()
            } else {
                event
            },
            id: self.id.clone(),
        })
    }
}

/// The standard decodes as UTF-8 with replacement characters.
fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
