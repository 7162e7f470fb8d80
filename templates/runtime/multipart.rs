//! Bodies of several parts (`multipart/form-data`), written from the JSON of a value and the files beside it.
//!
//! In: a value, and how its properties are written where the document says so. Out: a payload; files are read while it
//! is sent. Compiled once, whatever the types were.

use std::collections::VecDeque;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;

use super::call::Call;
use super::core::header;
use super::exchange::{BodySource, OpenedBody, Payload};
use super::file::File;
use super::json::{Attachment, Encode, Node, Piece, pieces, with_attachments};
use super::retry::random;
use super::transport::Body;

/// The media type of the parts whose values are objects.
const JSON: &str = "application/json";

/// The media type of what nothing is known of.
const BYTES: &str = "application/octet-stream";

/// The second half of the media type, where it is not the extension that files have.
const SUBTYPES: &[(&str, &str)] = &[
    ("jpg", "jpeg"),
    ("svg", "svg+xml"),
    ("tif", "tiff"),
    ("txt", "plain"),
    ("md", "markdown"),
    ("htm", "html"),
    ("yml", "yaml"),
    ("gz", "gzip"),
    ("mp3", "mpeg"),
    ("mov", "quicktime"),
];

/// How a property of a body of parts is written. Without one, a list is a part for each item, and an object is a part with its JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartStyle {
    /// In parts of this media type. Of several, a file has the one that fits its name.
    MediaType(&'static str),
    /// One part; items, or keys and values, are separated by this.
    Joined(char),
}

impl<T> Call<T> {
    /// Sets a body of parts (`multipart/form-data`): the properties of an object, those named here in their own style.
    pub fn multipart(&mut self, body: &dyn Encode, styles: &[(&str, PartStyle)]) {
        match self::body(body, styles) {
            Ok((content_type, payload)) => self.request.payload(&content_type, payload),
            Err(fault) => self.request.fail(fault),
        }
    }
}

/// The `Content-Type` and the payload of a body, or what is wrong with it.
fn body(body: &dyn Encode, styles: &[(&str, PartStyle)]) -> Result<(String, Payload), String> {
    let (json, attachments) = with_attachments(body);
    let Some(Node::Object(members)) = pieces(&json).map(|piece| piece.node) else {
        return Err("the body has no properties, so it cannot be sent in parts".to_owned());
    };
    let mut parts = Parts {
        boundary: format!("{:016x}{:016x}", random(), random()),
        attachments,
        text: Vec::new(),
        segments: Vec::new(),
    };
    for (name, value) in &members {
        let style = styles.iter().find(|(property, _)| property == name);
        match style.map(|(_, style)| *style) {
            Some(PartStyle::Joined(separator)) => parts.joined(name, value, separator),
            Some(PartStyle::MediaType(stated)) => parts.property(name, value, Some(stated))?,
            None => parts.property(name, value, None)?,
        }
    }
    let content_type = format!("multipart/form-data; boundary={}", parts.boundary);
    Ok((content_type, parts.finish()))
}

/// A body that grows part by part.
struct Parts {
    boundary: String,
    attachments: Vec<Attachment>,
    /// What has not become a segment yet.
    text: Vec<u8>,
    segments: Vec<Payload>,
}

impl Parts {
    fn property(
        &mut self,
        name: &str,
        value: &Piece<'_>,
        stated: Option<&str>,
    ) -> Result<(), String> {
        let listed = stated;
        // A choice is for files, which tell by their names what they hold.
        let stated = stated.filter(|stated| !stated.contains([',', '*']));
        match &value.node {
            Node::Null => {
                let is_it = |found: &&Attachment| found.0 == value.start;
                let attachment = self.attachments.iter().find(is_it);
                let file = attachment.and_then(|(_, found)| found.downcast_ref::<File>());
                file.cloned()
                    .map_or(Ok(()), |file| self.file(name, &file, listed))
            }
            // A list is a part for each item, unless it is said to be JSON as a whole.
            Node::Array(items) if !stated.is_some_and(is_json) => items
                .iter()
                .try_for_each(|item| self.property(name, item, listed)),
            Node::Scalar(text) if !stated.is_some_and(is_json) => {
                self.value(name, text, stated);
                Ok(())
            }
            Node::Scalar(_) | Node::Array(_) | Node::Object(_) => {
                self.value(name, value.json, stated.or(Some(JSON)));
                Ok(())
            }
        }
    }

    /// Nothing is encoded in a part (RFC 7578, section 5.1.2), so that the separator stands as it is too.
    fn joined(&mut self, name: &str, value: &Piece<'_>, separator: char) {
        let texts = value.joined_texts();
        if !texts.is_empty() {
            let mut buffer = [0; 4];
            self.value(name, &texts.join(separator.encode_utf8(&mut buffer)), None);
        }
    }

    fn value(&mut self, name: &str, text: &str, media_type: Option<&str>) {
        self.begin(name, None);
        if let Some(media_type) = media_type {
            self.header("Content-Type", media_type);
        }
        self.write(&["\r\n", text, "\r\n"]);
    }

    fn file(&mut self, name: &str, file: &File, stated: Option<&str>) -> Result<(), String> {
        // Servers tell files from texts by their having a name.
        let file_name = file.name.as_deref().unwrap_or(name);
        self.begin(name, Some(file_name));
        let media_type = match (&file.content_type, stated) {
            (Some(own), _) => own.clone(),
            (None, Some(stated)) => fitting(stated, file_name),
            (None, None) => BYTES.to_owned(),
        };
        header("content-type", &media_type)?;
        self.header("Content-Type", &media_type);
        for (name, value) in &file.headers {
            header(name, value)?;
            self.header(name, value);
        }
        self.write(&["\r\n"]);
        let text = std::mem::take(&mut self.text);
        self.segments.push(Payload::Bytes(text.into()));
        self.segments.push(file.content.payload());
        self.write(&["\r\n"]);
        Ok(())
    }

    fn begin(&mut self, name: &str, file_name: Option<&str>) {
        let boundary = self.boundary.clone();
        self.write(&["--", &boundary, "\r\n"]);
        let mut disposition = format!("form-data; name=\"{}\"", quoted(name));
        if let Some(file_name) = file_name {
            disposition.push_str(&format!("; filename=\"{}\"", quoted(file_name)));
        }
        self.header("Content-Disposition", &disposition);
    }

    fn header(&mut self, name: &str, value: &str) {
        self.write(&[name, ": ", value, "\r\n"]);
    }

    fn write(&mut self, texts: &[&str]) {
        for text in texts {
            self.text.extend_from_slice(text.as_bytes());
        }
    }

    fn finish(mut self) -> Payload {
        let boundary = std::mem::take(&mut self.boundary);
        self.write(&["--", &boundary, "--\r\n"]);
        let end = Bytes::from(self.text);
        if self.segments.is_empty() {
            return Payload::Bytes(end);
        }
        self.segments.push(Payload::Bytes(end));
        Payload::Source(Arc::new(Segments(self.segments)))
    }
}

fn is_json(media_type: &str) -> bool {
    media_type == JSON || media_type.ends_with("+json")
}

/// Of a list of media types and ranges, the one that the extension of a file's name speaks for; else the first that is no range.
fn fitting(listed: &str, file_name: &str) -> String {
    let extension = file_name.rsplit_once('.').map(|(_, extension)| extension);
    let subtype = extension.map(|extension| {
        let extension = extension.to_ascii_lowercase();
        let other = SUBTYPES.iter().find(|(known, _)| *known == extension);
        other.map_or(extension.clone(), |(_, subtype)| (*subtype).to_owned())
    });
    let listed: Vec<&str> = listed.split(',').map(str::trim).collect();
    let offers = |subtype: &str| {
        listed
            .iter()
            .find_map(|offered| match offered.split_once('/')? {
                ("*", _) => None,
                (kind, "*")
                    if subtype
                        .bytes()
                        .all(|byte| byte.is_ascii_alphanumeric() || b"+-".contains(&byte)) =>
                {
                    Some(format!("{kind}/{subtype}"))
                }
                (_, own) => (own.split(';').next() == Some(subtype)).then(|| (*offered).to_owned()),
            })
    };
    let first = || {
        listed
            .iter()
            .find(|offered| !offered.contains('*'))
            .copied()
    };
    match listed.as_slice() {
        [only] if !only.contains('*') => (*only).to_owned(),
        _ => subtype
            .and_then(|subtype| offers(&subtype))
            .unwrap_or_else(|| first().unwrap_or(BYTES).to_owned()),
    }
}

/// As browsers write names of fields and files (WHATWG HTML, section 4.10.21.8).
fn quoted(name: &str) -> String {
    name.replace('"', "%22")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// Payloads one after the other.
struct Segments(Vec<Payload>);

impl BodySource for Segments {
    fn open(&self) -> OpenedBody<'_> {
        Box::pin(async move {
            let mut rest = VecDeque::with_capacity(self.0.len());
            let mut length = Some(0);
            for segment in &self.0 {
                let body = segment.open().await?;
                let own = match &body {
                    Body::Empty => Some(0),
                    Body::Bytes(bytes) => Some(bytes.len() as u64),
                    Body::Stream { length, .. } => *length,
                };
                length = length.zip(own).map(|(length, own)| length + own);
                rest.push_back(body);
            }
            Ok(Body::Stream {
                stream: Box::pin(Chain(rest)),
                length,
            })
        })
    }

    fn replayable(&self) -> bool {
        self.0.iter().all(Payload::replayable)
    }
}

/// The pieces of one body after those of another.
struct Chain(VecDeque<Body>);

impl Stream for Chain {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            match self.0.front_mut() {
                None => return Poll::Ready(None),
                Some(Body::Stream { stream, .. }) => {
                    if let Some(piece) = ready!(stream.as_mut().poll_next(context)) {
                        return Poll::Ready(Some(piece));
                    }
                    self.0.pop_front();
                }
                Some(Body::Empty | Body::Bytes(_)) => {
                    if let Some(Body::Bytes(bytes)) = self.0.pop_front()
                        && !bytes.is_empty()
                    {
                        return Poll::Ready(Some(Ok(bytes)));
                    }
                }
            }
        }
    }
}
