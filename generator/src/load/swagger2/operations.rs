//! Path items and their operations.

use serde_json::{Map, Value};

use super::{At, Conversion, bodies::Carried};
use crate::diagnostics::Pointer;

/// The methods that Swagger 2.0 knows, and `trace`, which came later.
pub(super) const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

impl Conversion {
    /// The paths of the document.
    pub(super) fn paths(&mut self, mut paths: Value) -> Value {
        if let Value::Object(members) = &mut paths {
            let place = Pointer::root().push("paths");
            for (template, item) in members {
                if !template.starts_with("x-") {
                    self.path_item(item, &place.push(template));
                }
            }
        }
        paths
    }

    /// One path item, which stays where it is.
    pub(super) fn path_item(&mut self, item: &mut Value, place: &Pointer) {
        let Value::Object(item) = item else { return };
        let at = At::same(place.clone());
        let inherited = self.own_parameters(item, &at);
        for (key, operation) in item {
            if let (true, Value::Object(operation)) = (METHODS.contains(&key.as_str()), operation) {
                self.operation(operation, &inherited, &at.push(key));
            }
        }
    }

    fn operation(&mut self, operation: &mut Map<String, Value>, inherited: &[Carried], at: &At) {
        let before = &at.before;
        let consumes = self
            .media_types(operation.shift_remove("consumes"), &before.push("consumes"))
            .or_else(|| self.consumes.clone());
        let produces = self
            .media_types(operation.shift_remove("produces"), &before.push("produces"))
            .or_else(|| self.produces.clone());
        if let Some(schemes) = operation.shift_remove("schemes") {
            let written = before.push("schemes");
            if let Some(servers) = self.servers_of(&schemes, &written) {
                self.stood(at.now.push("servers"), written);
                operation.insert("servers".to_owned(), servers);
            }
        }
        let own = self.own_parameters(operation, at);
        if let Some(body) = self.request_body(own, inherited, &consumes, &at.now) {
            operation.insert("requestBody".to_owned(), body);
        }
        if let Some(Value::Object(responses)) = operation.get_mut("responses") {
            let place = at.push("responses");
            for (status, response) in responses {
                if !status.starts_with("x-") {
                    let value = response.take();
                    let success = status.starts_with('2');
                    *response = self.response(value, &produces, success, &place.push(status));
                }
            }
        }
    }

    /// Converts the parameters of a path item or operation, and takes out those that become part of the body.
    fn own_parameters(&mut self, holder: &mut Map<String, Value>, at: &At) -> Vec<Carried> {
        let Some(Value::Array(list)) = holder.get_mut("parameters") else {
            return Vec::new();
        };
        let (kept, carried) = self.parameters(std::mem::take(list), &at.push("parameters"));
        *list = kept;
        carried
    }
}
