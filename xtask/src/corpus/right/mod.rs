//! Right, not only compiled: the examples of a document through the client's own types and there and back, and the requests that the client makes of
//! them held against the document.
//!
//! Comes in: a document with its model, and the crate that was generated. Goes out: how many examples and requests were tried, how many
//! were right, and a reason for each that was not.

mod cases;
mod program;
mod requests;
mod same;
mod schema;
mod synthesis;
mod wire;

use std::collections::{HashMap, HashSet};
use std::path::Path;

use anyhow::Result;
use clientsmith::Origin;
use clientsmith::outside::type_path;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use self::cases::{Case, cases};
use self::program::{Answers, Questions};
use self::requests::{Call, Wrong};
use self::schema::Schemas;

/// What was tried with a client, and what became of it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Right {
    /// Examples read and written again.
    pub examples: Count,
    /// Requests made.
    pub requests: Count,
    /// What was not right.
    pub failures: Vec<Failure>,
    /// Seconds that it took to build and run.
    pub seconds: f64,
}

/// How many were tried, and how many were right.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
pub(super) struct Count {
    /// All that were tried.
    pub tried: usize,
    /// Those that were right.
    pub right: usize,
    /// Those in which the document contradicts itself.
    pub contradicted: usize,
}

impl Count {
    /// Both together.
    pub(super) fn plus(self, other: Self) -> Self {
        Self {
            tried: self.tried + other.tried,
            right: self.right + other.right,
            contradicted: self.contradicted + other.contradicted,
        }
    }
}

/// Something that was not right.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Failure {
    /// The place in the document.
    pub pointer: String,
    /// What was expected.
    pub expected: String,
    /// What was there instead.
    pub got: String,
    /// What the document itself does wrong; none: the fault is the client's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contradiction: Option<String>,
}

/// Tries the crate in `package`; `folder` is for the program, `target` for build output.
pub(super) fn check(
    origin: &Origin,
    package: &Path,
    folder: &Path,
    target: &Path,
) -> Result<Right> {
    let started = std::time::Instant::now();
    let schemas = Schemas::new(&origin.document);
    let mut types = Numbers::default();
    let mut questions = Questions::default();
    let mut cases = cases(origin);
    let mut seen = HashSet::new();
    cases.retain(|case| {
        let path = type_path(&origin.api, &origin.library, &case.to_type());
        seen.insert((case.pointer.clone(), path))
    });
    for case in &mut cases {
        case.read_text(&schemas);
        let path = type_path(&origin.api, &origin.library, &case.to_type());
        let number = types.number(path);
        questions.trips.push((number, case.example.to_string()));
    }
    let calls = requests::calls(origin, &schemas);
    let operations: Vec<_> = calls
        .iter()
        .map(|call| (call.group, call.operation))
        .collect();
    for (number, call) in calls.iter().enumerate() {
        questions.calls.push((number, call.arguments()));
    }
    let text = program::text(origin, &types.names, &operations);
    let answers = program::run(folder, package, target, &text, &questions)?;
    let mut right = Right::default();
    examples(origin, &schemas, &cases, &answers, &mut right);
    requests(origin, &schemas, &calls, &answers, &mut right);
    right.seconds = started.elapsed().as_secs_f64();
    Ok(right)
}

/// Names by the order in which they were first seen.
#[derive(Default)]
struct Numbers {
    names: Vec<String>,
    known: HashMap<String, usize>,
}

impl Numbers {
    fn number(&mut self, name: String) -> usize {
        if let Some(number) = self.known.get(&name) {
            return *number;
        }
        let number = self.names.len();
        self.known.insert(name.clone(), number);
        self.names.push(name);
        number
    }
}

/// Judges the examples that were read and written again.
fn examples(
    origin: &Origin,
    schemas: &Schemas<'_>,
    cases: &[Case<'_>],
    answers: &Answers,
    right: &mut Right,
) {
    for (case, answer) in cases.iter().zip(&answers.trips) {
        right.examples.tried += 1;
        let got = match answer {
            Ok(text) => {
                let got = serde_json::from_str(text).unwrap_or(Value::Null);
                match same::compare(&origin.api, &case.to_type(), &case.example, &got) {
                    Ok(()) => {
                        right.examples.right += 1;
                        continue;
                    }
                    Err(difference) => difference.0,
                }
            }
            Err(error) => error.clone(),
        };
        let contradiction = case.contradiction(schemas);
        right.examples.contradicted += usize::from(contradiction.is_some());
        right.failures.push(Failure {
            pointer: case.pointer.to_string(),
            expected: same::shortened(&case.example),
            got,
            contradiction,
        });
    }
}

/// Judges the requests that were made.
fn requests(
    origin: &Origin,
    schemas: &Schemas<'_>,
    calls: &[Call<'_>],
    answers: &Answers,
    right: &mut Right,
) {
    for (call, answer) in calls.iter().zip(&answers.calls) {
        right.requests.tried += 1;
        let judged = match answer {
            Ok(sent) => requests::judge(origin, schemas, call, sent),
            Err(error) => Err(Wrong {
                pointer: call.pointer().clone(),
                expected: "a request".to_owned(),
                got: error.clone(),
            }),
        };
        let Err(wrong) = judged else {
            right.requests.right += 1;
            continue;
        };
        // A value that the document itself does not allow may be refused.
        let refusal = answer.as_ref().err();
        let contradiction = refusal.and_then(|error| call.contradiction(error));
        right.requests.contradicted += usize::from(contradiction.is_some());
        right.failures.push(Failure {
            pointer: wrong.pointer.to_string(),
            expected: wrong.expected,
            got: wrong.got,
            contradiction,
        });
    }
}
