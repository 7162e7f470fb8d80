//! The program beside a generated crate: it reads JSON into the crate's own types and writes it back, and calls its operations.
//!
//! Comes in: the types and the operations to try, and the values. Goes out: what each became. The values are read when the program
//! runs, and each type costs it one instance of one small function, so that it is cheap to build. Must not know: which answer is right.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Stdio;

use anyhow::{Context, Result, anyhow};
use clientsmith::Origin;
use clientsmith::model::{CredentialKind, Group, Operation};
use clientsmith::outside::client_call;
use serde::{Deserialize, Serialize};

use super::super::check::{faults, features};
use crate::workspace::root;

/// What the program is asked.
#[derive(Debug, Default, Serialize)]
pub(super) struct Questions {
    /// The number of a type, and the JSON to read as it.
    pub trips: Vec<(usize, String)>,
    /// The number of an operation, and its arguments as JSON by their names.
    pub calls: Vec<(usize, BTreeMap<String, String>)>,
}

/// What the program answers, each in the order of the questions.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Answers {
    /// The JSON that was written, or why none was.
    pub trips: Vec<std::result::Result<String, String>>,
    /// The requests that were made, or why none was.
    pub calls: Vec<std::result::Result<Sent, String>>,
}

/// A request as it left the client.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Sent {
    /// The HTTP method.
    pub method: String,
    /// The absolute URL.
    pub url: String,
    /// The headers, their names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: String,
}

/// The base URL of the program's client.
pub(super) const BASE: &str = "http://corpus.test/base";

/// The Rust text of the program. `types` are paths of types, numbered by their order; `operations` likewise.
pub(super) fn text(
    origin: &Origin,
    types: &[String],
    operations: &[(&Group, &Operation)],
) -> String {
    let library = &origin.library;
    let mut text = PROGRAM.replace("LIBRARY", library).replace("BASE", BASE);
    let mut credentials = String::new();
    for scheme in origin.api.security_schemes.values() {
        let arguments = match scheme.credential {
            CredentialKind::Basic => "\"user\", \"secret\"",
            CredentialKind::ApiKey { .. } | CredentialKind::Bearer => "\"secret\"",
        };
        let _ = write!(credentials, ".{}({arguments})", scheme.name);
    }
    text = text.replace("CREDENTIALS", &credentials);
    let _ = writeln!(text, "\nstatic TRIPS: &[Trip] = &[");
    for path in types {
        let _ = writeln!(text, "    trip::<{path}>,");
    }
    let _ = writeln!(text, "];");
    let mut names = String::new();
    for (number, (group, operation)) in operations.iter().enumerate() {
        if write_call(&mut text, origin, number, group, operation).is_some() {
            let _ = writeln!(names, "    call_{number},");
        } else {
            let _ = writeln!(names, "    no_call,");
        }
    }
    let _ = writeln!(text, "\nstatic CALLS: &[Calling] = &[\n{names}];");
    text
}

/// The function that calls an operation with the arguments given.
fn write_call(
    text: &mut String,
    origin: &Origin,
    number: usize,
    group: &Group,
    operation: &Operation,
) -> Option<()> {
    let call = client_call(&origin.api, &origin.library, group, operation)?;
    let mut before = String::new();
    let mut positional = Vec::new();
    let mut after = String::new();
    for argument in &call.arguments {
        let (name, passed) = (&argument.name, &argument.passed);
        match (&argument.held, &argument.setter) {
            (Some(held), None) => {
                let _ = writeln!(before, "    let {name}: {held} = needed(given, {name:?})?;");
                positional.push(passed.clone());
            }
            (None, None) => positional.push(passed.clone()),
            (Some(held), Some(setter)) => {
                let _ = writeln!(
                    after,
                    "    if let Some({name}) = held::<{held}>(given, {name:?})? {{\n        request = request.{setter}({passed});\n    }}"
                );
            }
            (None, Some(setter)) => {
                let _ = writeln!(after, "    request = request.{setter}({passed});");
            }
        }
    }
    let _ = writeln!(
        text,
        "\nfn call_{number}(client: &Client, given: &Given) -> Result<(), String> {{\n{before}    let mut request = client.{}().{}({});\n{after}    perform(request)\n}}",
        call.accessor,
        call.method,
        positional.join(", ")
    );
    Some(())
}

/// Builds and runs the program in `folder`, beside the crate in `package`.
pub(super) fn run(
    folder: &Path,
    package: &Path,
    target: &Path,
    text: &str,
    questions: &Questions,
) -> Result<Answers> {
    let name = "corpus-program";
    let mut features = features(package)?;
    // Both halves of the codec of every type, and calls without a network.
    features.extend(["serde", "mock"]);
    fs::create_dir_all(folder.join("src"))?;
    fs::write(folder.join("src/main.rs"), text)?;
    fs::write(
        folder.join("Cargo.toml"),
        format!(
            "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\ncorpus-client = {{ path = {:?}, default-features = false, features = {features:?} }}\ntokio = {{ version = \"1\", features = [\"rt\", \"time\"] }}\nserde_json = {{ version = \"1\", features = [\"preserve_order\"] }}\ntime = {{ version = \"0.3\", default-features = false }}\nuuid = {{ version = \"1\", default-features = false }}\n\n[workspace]\n",
            package.display().to_string()
        ),
    )?;
    // The versions that the workspace is tested with.
    fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock"))?;
    // The program allows itself everything, so that what is said is about the crate.
    let said = faults(
        folder,
        target,
        &["build", "--quiet", "--message-format", "json"],
    )?;
    if let Some(first) = said.first() {
        let first: Vec<&str> = first.lines().take(12).collect();
        return Err(anyhow!(
            "the program does not compile: {}",
            first.join("\n")
        ));
    }
    let input = folder.join("questions.json");
    fs::write(&input, serde_json::to_vec(questions)?)?;
    let output = std::process::Command::new(target.join("debug").join(name))
        .arg(&input)
        .stdin(Stdio::null())
        .output()?;
    serde_json::from_slice(&output.stdout).with_context(|| {
        format!(
            "the program answers nothing: {} {}",
            output.status,
            String::from_utf8_lossy(&output.stderr)
        )
    })
}

const PROGRAM: &str = r#"//! Reads JSON into the types of a client and writes it back, and calls its operations.
#![allow(warnings)]

use std::panic::{AssertUnwindSafe, catch_unwind};

use LIBRARY::Client;
use LIBRARY::mock::Mock;
use LIBRARY::runtime::json::{Decode, Encode, from_slice, to_vec};
use LIBRARY::serde_json::{Map, Value, from_str, json};

type Trip = fn(&str) -> Result<String, String>;
type Given = Map<String, Value>;
type Calling = fn(&Client, &Given) -> Result<(), String>;

fn trip<T: Decode + Encode>(json: &str) -> Result<String, String> {
    match from_slice::<T>(json.as_bytes()) {
        Ok(value) => text(to_vec(&value)),
        Err(error) => Err(error.to_string()),
    }
}

fn text(bytes: Vec<u8>) -> Result<String, String> {
    String::from_utf8(bytes).map_err(|error| error.to_string())
}

fn held<T: Decode>(given: &Given, name: &str) -> Result<Option<T>, String> {
    match given.get(name).and_then(Value::as_str) {
        Some(json) => from_slice(json.as_bytes()).map(Some).map_err(|error| format!("{name}: {error}")),
        None => Ok(None),
    }
}

fn needed<T: Decode>(given: &Given, name: &str) -> Result<T, String> {
    held(given, name)?.ok_or_else(|| format!("{name}: no value"))
}

fn no_call(_: &Client, _: &Given) -> Result<(), String> {
    Err("no call can be written".to_owned())
}

fn perform<T, R: IntoFuture<Output = LIBRARY::Result<T>>>(request: R) -> Result<(), String> {
    finish(Box::pin({
        let sending = request.into_future();
        async move { sending.await.err().map(|error| error.to_string()) }
    }))
}

fn finish(sending: std::pin::Pin<Box<dyn Future<Output = Option<String>> + '_>>) -> Result<(), String> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build();
    match runtime.map_err(|error| error.to_string())?.block_on(sending) {
        // What the answer is does not matter, only whether there was a request: the caller looks.
        Some(error) => Err(error),
        None => Ok(()),
    }
}

fn call(calling: Calling, given: &Given) -> Result<Value, String> {
    let mock = Mock::new(&[]);
    let builder = Client::builder().base_url("BASE").transport(mock.clone())CREDENTIALS;
    let client = builder.build().map_err(|error| error.to_string())?;
    let outcome = calling(&client, given);
    match mock.requests().first() {
        None => Err(outcome.err().unwrap_or_else(|| "no request was made".to_owned())),
        Some(request) => Ok(json!({
            "method": request.method.as_str(),
            "url": request.url,
            "headers": request.headers.iter().map(|(name, value)| json!([name.as_str(), String::from_utf8_lossy(value.as_bytes())])).collect::<Vec<_>>(),
            "body": String::from_utf8_lossy(&request.body),
        })),
    }
}

fn guarded<T>(work: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err("the client panicked".to_owned()))
}

fn outcome<T: Into<Value>>(outcome: Result<T, String>) -> Value {
    match outcome {
        Ok(value) => json!({ "Ok": value.into() }),
        Err(error) => json!({ "Err": error }),
    }
}

fn main() {
    let file = std::env::args().nth(1).expect("a file");
    let questions: Value = from_str(&std::fs::read_to_string(file).expect("readable")).expect("JSON");
    let empty = Map::new();
    let trips: Vec<Value> = questions["trips"].as_array().expect("a list").iter().map(|question| {
        let trip = TRIPS[question[0].as_u64().expect("a number") as usize];
        outcome(guarded(|| trip(question[1].as_str().expect("a text"))))
    }).collect();
    let calls: Vec<Value> = questions["calls"].as_array().expect("a list").iter().map(|question| {
        let calling = CALLS[question[0].as_u64().expect("a number") as usize];
        outcome(guarded(|| call(calling, question[1].as_object().unwrap_or(&empty))))
    }).collect();
    println!("{}", json!({ "trips": trips, "calls": calls }));
}
"#;
