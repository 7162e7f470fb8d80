//! `securityDefinitions`: the security schemes of OpenAPI 3.0.

use serde_json::{Map, Value, json};

use super::{At, Conversion, Converted};
use crate::diagnostics::{Code, Diagnostic, quoted};

impl Conversion {
    pub(super) fn security_scheme(&mut self, _: &str, value: Value, at: &At) -> Converted {
        let Value::Object(mut scheme) = value else {
            return Converted::Member(value);
        };
        match scheme.get("type").and_then(Value::as_str) {
            Some("basic") => {
                scheme.insert("type".to_owned(), "http".into());
                scheme.insert("scheme".to_owned(), "basic".into());
                self.stood(at.now.push("scheme"), at.before.push("type"));
            }
            Some("oauth2") => self.flows(&mut scheme, at),
            // Those of 2.0 that 3.0 knows too, and what is unknown in both.
            _ => {}
        }
        Converted::Member(Value::Object(scheme))
    }

    fn flows(&mut self, scheme: &mut Map<String, Value>, at: &At) {
        let written = scheme.shift_remove("flow");
        let name = match written.as_ref().and_then(Value::as_str) {
            Some("implicit") => "implicit",
            Some("password") => "password",
            Some("application" | "clientCredentials") => "clientCredentials",
            Some("accessCode" | "authorizationCode") => "authorizationCode",
            other => {
                let message = match other {
                    Some(flow) => format!(
                        "the OAuth flow {} is unknown; it is told by its addresses",
                        quoted(flow)
                    ),
                    None => "the OAuth flow is missing; it is told by its addresses".to_owned(),
                };
                self.found
                    .push(Diagnostic::warning(Code::MissingKey, message).at(&at.before));
                match ["authorizationUrl", "tokenUrl"].map(|key| scheme.contains_key(key)) {
                    [true, false] => "implicit",
                    [true, true] => "authorizationCode",
                    [false, _] => "clientCredentials",
                }
            }
        };
        let mut flow = Map::new();
        for key in ["authorizationUrl", "tokenUrl", "scopes"] {
            if let Some(value) = scheme.shift_remove(key) {
                flow.insert(key.to_owned(), value);
            }
        }
        let flows = at.now.push("flows");
        self.stood(flows.push(name), at.before.clone());
        self.stood(flows, at.before.push("flow"));
        scheme.insert("flows".to_owned(), json!({ name: flow }));
    }
}
