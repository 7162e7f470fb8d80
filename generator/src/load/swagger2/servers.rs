//! `host`, `basePath` and `schemes`: the servers of OpenAPI 3.0.

use serde_json::{Map, Value, json};

use super::Conversion;
use crate::diagnostics::{Code, Diagnostic, Pointer, quoted};

/// What the servers of a document are made of.
#[derive(Default)]
pub(super) struct Servers {
    /// Empty where the document names no host: then schemes say nothing.
    host: String,
    base: String,
    /// The schemes of the document, the best first.
    schemes: Vec<String>,
}

impl Servers {
    fn list(&self, schemes: &[String]) -> Value {
        let url =
            |scheme: &String| json!({ "url": format!("{scheme}://{}{}", self.host, self.base) });
        schemes.iter().map(url).collect()
    }
}

impl Conversion {
    /// The servers of the document; `None` where it says nothing about them.
    pub(super) fn servers(&mut self, old: &mut Map<String, Value>) -> Option<Value> {
        let root = Pointer::root();
        let (list, schemes) = (root.push("servers"), root.push("schemes"));
        let written = old.shift_remove("schemes");
        let host = self.text(old, "host");
        let base = self.text(old, "basePath").unwrap_or_default();
        let base = base.trim().trim_end_matches('/');
        self.servers.base = if base.is_empty() || base.starts_with('/') {
            base.to_owned()
        } else {
            format!("/{base}")
        };
        let Some(host) = host.filter(|host| !host.trim().is_empty()) else {
            if self.servers.base.is_empty() {
                return None;
            }
            self.stood(list, root.push("basePath"));
            return Some(json!([{ "url": self.servers.base }]));
        };
        let host = host.trim().trim_end_matches('/');
        let (inner, host) = match host.split_once("://") {
            Some((scheme, host)) => (Some(scheme.to_ascii_lowercase()), host),
            None => (None, host),
        };
        host.clone_into(&mut self.servers.host);
        self.servers.schemes = self.schemes(written.as_ref(), &schemes);
        if let Some(scheme) = inner {
            self.found.push(
                Diagnostic::note(Code::Converted, "`host` holds a scheme, which is used")
                    .at(&root.push("host")),
            );
            self.servers.schemes = vec![scheme];
        }
        if self.servers.schemes.is_empty() {
            // The scheme that the document was fetched with, which is not known here.
            self.servers.schemes.push("https".to_owned());
        }
        self.stood(list, root.push("host"));
        Some(self.servers.list(&self.servers.schemes))
    }

    /// The servers of an operation; `None` where it can be reached as the others are.
    pub(super) fn servers_of(&mut self, schemes: &Value, before: &Pointer) -> Option<Value> {
        let first = self.servers.schemes.first()?.clone();
        let schemes = self.schemes(Some(schemes), before);
        (!schemes.is_empty() && !schemes.contains(&first)).then(|| self.servers.list(&schemes))
    }

    /// Schemes that requests can be sent with, `https` first.
    fn schemes(&mut self, written: Option<&Value>, before: &Pointer) -> Vec<String> {
        let mut schemes = Vec::new();
        let one = std::slice::from_ref(written.unwrap_or(&Value::Null));
        let list = match written {
            Some(Value::Array(list)) => list.as_slice(),
            _ => one,
        };
        for (index, value) in list.iter().enumerate() {
            match value.as_str().map(str::to_ascii_lowercase) {
                Some(scheme) if scheme == "https" => schemes.insert(0, scheme),
                Some(scheme) if scheme == "http" => schemes.push(scheme),
                Some(scheme) => self.unsayable(
                    format!("no server is made of the scheme {}", quoted(&scheme)),
                    &before.index(index),
                ),
                None if value.is_null() => {}
                None => self.found.push(
                    Diagnostic::warning(Code::WrongType, "a scheme is not a text and is left out")
                        .at(&before.index(index)),
                ),
            }
        }
        schemes.dedup();
        schemes
    }

    fn text(&mut self, old: &mut Map<String, Value>, key: &str) -> Option<String> {
        match old.shift_remove(key)? {
            Value::String(text) => Some(text),
            Value::Null => None,
            _ => {
                let message = format!("`{key}` is not a text and is left out");
                let place = Pointer::root().push(key);
                self.found
                    .push(Diagnostic::warning(Code::WrongType, message).at(&place));
                None
            }
        }
    }
}
