//! Samples: what the document shows as the answer of an operation that succeeds.

use serde_json::Value;

use super::Lowering;
use super::media_type::Family;
use crate::diagnostics::Pointer;
use crate::model::Sample;

impl Lowering<'_> {
    /// The example of a media type at `pointer`, of the first status that succeeds.
    pub(super) fn sample(
        &mut self,
        status: u16,
        media_type: &str,
        family: Family,
        pointer: &Pointer,
    ) -> Option<Sample> {
        let example = self.example(pointer)?;
        let body = match (family, example) {
            (Family::Json, value) => value.to_string(),
            (Family::Text | Family::Stream, Value::String(text)) => text,
            _ => return None,
        };
        // A media type range stands for any type in it, which nobody can send.
        let media_type = if media_type.contains('*') {
            "application/json"
        } else {
            media_type
        };
        Some(Sample {
            status,
            media_type: media_type.to_owned(),
            body,
        })
    }

    /// `example`, else the first of `examples` that has a value.
    fn example(&mut self, pointer: &Pointer) -> Option<Value> {
        if let Some(example) = self.document.value(&pointer.push("example")) {
            return Some(example.clone());
        }
        let examples = self.document.members(&pointer.push("examples"));
        examples.into_iter().find_map(|(_, example)| {
            // An example that refers to nothing is no loss to the client.
            let target = self.document.resolve(&example).ok()?;
            self.document.value(&target.push("value")).cloned()
        })
    }
}
