//! The files of a description: from a reference to the file and the place in it, each file read once.
//!
//! Comes in: references, and the file that each stands in. Goes out: the index of the file and the place, or the [`Fault`]. This
//! decides what may be read at all; reading itself is the business of `source.rs`.

use std::{
    collections::{HashMap, HashSet},
    path::{Component, Path, PathBuf},
};

use serde_json::Value;

use super::{DOCUMENTS, Fault, Faults, LoadOptions};
use crate::{
    diagnostics::{Code, Diagnostics, Pointer, Severity, quoted},
    load::{
        Source,
        origin::{Origin, Origins},
        source::{canonical, read_text},
    },
};

/// The most files that are read.
const MOST_FILES: usize = 10_000;
/// The most bytes that all of them may hold.
const MOST_BYTES: usize = 256 << 20;

/// One of the files.
pub struct File {
    /// Its tree; nothing while it is being walked.
    pub tree: Value,
    /// Where its tree stands in the whole.
    pub prefix: Pointer,
    /// The index of its text.
    pub source: usize,
    /// Its real path.
    path: Option<PathBuf>,
    /// Its path from the folder of the main file.
    key: String,
    /// The places that have an `$anchor`.
    anchors: HashMap<String, Pointer>,
    /// The names of its own component schemas.
    schemas: HashSet<String>,
}

/// A file that is put in place: what it holds, the index of its text where it has places in it, and how long it is.
struct Data {
    value: Value,
    source: Option<usize>,
    length: usize,
}

/// All files that are known so far; the main file is the first.
pub struct Files<'o> {
    pub list: Vec<File>,
    pub origins: &'o mut Origins,
    options: &'o LoadOptions,
    found: &'o mut Diagnostics,
    /// The folder of the main file, as the user named it.
    named: PathBuf,
    /// The real paths of the folders whose files may be read.
    allowed: Vec<PathBuf>,
    known: HashMap<PathBuf, Result<usize, Fault>>,
    /// Texts and data that were read to be put in place, by their real paths.
    data: HashMap<PathBuf, Data>,
    /// The places that have an `$id`.
    ids: HashMap<String, (usize, Pointer)>,
    faults: Faults,
    bytes: usize,
}

impl<'o> Files<'o> {
    /// The main file alone.
    pub fn new(
        tree: Value,
        main: Option<&Path>,
        options: &'o LoadOptions,
        origins: &'o mut Origins,
        found: &'o mut Diagnostics,
    ) -> Self {
        let named = main
            .and_then(Path::parent)
            .map(Path::to_path_buf)
            .unwrap_or_default();
        let path = main.and_then(|path| canonical(path).ok());
        let folder = path.as_deref().and_then(Path::parent);
        let allowed = options
            .allow
            .iter()
            .filter_map(|folder| canonical(folder).ok());
        let mut files = Self {
            list: Vec::new(),
            allowed: folder
                .map(Path::to_path_buf)
                .into_iter()
                .chain(allowed)
                .collect(),
            origins,
            options,
            found,
            named,
            known: HashMap::new(),
            data: HashMap::new(),
            ids: HashMap::new(),
            faults: Faults::default(),
            bytes: 0,
        };
        if let Some(path) = &path {
            files.known.insert(path.clone(), Ok(0));
        }
        files.add(tree, Pointer::root(), 0, path, String::new());
        files
    }

    /// The trees by their keys, and the references that lead nowhere.
    pub fn done(self) -> (Vec<(Option<String>, Value)>, Faults) {
        let trees = self
            .list
            .into_iter()
            .enumerate()
            .map(|(index, file)| ((index > 0).then_some(file.key), file.tree))
            .collect();
        (trees, self.faults)
    }

    /// The place in the whole that a reference in one of the files leads to. `None` where it is to stay as it is: it may be a fault,
    /// which is kept.
    pub fn target(&mut self, from: usize, reference: &str) -> Option<Pointer> {
        match self.find(from, reference) {
            Ok(target) => target,
            Err(fault) => {
                let source = self.list.get(from)?.source;
                self.faults.0.insert((source, reference.to_owned()), fault);
                None
            }
        }
    }

    fn find(&mut self, from: usize, reference: &str) -> Result<Option<Pointer>, Fault> {
        let (location, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let (file, base) = if location.is_empty() {
            (from, Pointer::root())
        } else if let Some((file, place)) = self.ids.get(location) {
            (*file, place.clone())
        } else {
            (self.file(from, location)?, Pointer::root())
        };
        let Some(target) = self.list.get(file) else {
            return Ok(None);
        };
        let within = if fragment.is_empty() || fragment.starts_with('/') {
            Pointer::from_reference(&format!("#{fragment}")).unwrap_or_default()
        } else if let Some(place) = target.anchors.get(fragment) {
            place.clone()
        } else if location.is_empty() && file == 0 {
            return Ok(None);
        } else {
            let message = format!("{} names an anchor that is not there", quoted(reference));
            return Err(Fault::new(Code::ReferenceMalformed, message)
                .help("write a JSON pointer behind the `#`, or give the schema an `$anchor`"));
        };
        let place = within.moved(&Pointer::root(), &base);
        Ok(Some(place.moved(&Pointer::root(), &target.prefix)))
    }

    /// The place of what a discriminator maps to, where it is a reference, or the name of a component of a file of its own.
    pub fn mapped(&mut self, from: usize, name: &str) -> Option<Pointer> {
        let is_file = [".json", ".yaml", ".yml"]
            .iter()
            .any(|end| name.ends_with(end));
        if name.contains(['#', '/']) || is_file {
            return self.target(from, name);
        }
        let file = self.list.get(from).filter(|_| from > 0)?;
        file.schemas
            .contains(name)
            .then(|| file.prefix.push("components").push("schemas").push(name))
    }

    /// What a reference to a file of plain text, or to data, stands for; with the index of its text where it has places in it.
    pub fn content(&mut self, from: usize, reference: &str) -> Option<(Value, Option<Origin>)> {
        let (location, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let (path, named) = self.path(from, location).ok()?;
        if !self.data.contains_key(&path) {
            let name = named.display().to_string();
            let text = read_text(&named).ok()?;
            let length = text.len();
            let (value, source) = if is_structured(&path) {
                let (source, tree, _) = Source::parse(name, text).ok()?;
                (tree, Some(self.origins.add(source)))
            } else {
                (Value::String(text), None)
            };
            let data = Data {
                value,
                source,
                length,
            };
            self.data.insert(path.clone(), data);
        }
        let data = self.data.get(&path)?;
        // A file that is put in many places takes its room in each.
        self.bytes = self.bytes.saturating_add(data.length);
        if self.bytes > MOST_BYTES {
            return None;
        }
        let place = Pointer::from_reference(&format!("#{fragment}"))?;
        let value = data.value.pointer(place.as_str())?.clone();
        let origin = data.source.map(|source| Origin {
            source,
            pointer: place,
        });
        Some((value, origin))
    }

    /// The file that the part of a reference before `#` leads to.
    fn file(&mut self, from: usize, location: &str) -> Result<usize, Fault> {
        let (path, named) = self.path(from, location)?;
        if let Some(known) = self.known.get(&path) {
            return known.clone();
        }
        let read = self.read(&path, &named);
        self.known.insert(path, read.clone());
        read
    }

    /// The real path of a file, and the one under which the user knows it.
    fn path(&self, from: usize, location: &str) -> Result<(PathBuf, PathBuf), Fault> {
        if let Some(path) = self.options.addresses.get(location) {
            let real =
                canonical(path).map_err(|error| unread(&path.display().to_string(), &error))?;
            let named = self.named(&real);
            return Ok((real, named));
        }
        let plain = match location.split_once(':') {
            // A letter alone is a drive.
            Some((scheme, rest)) if scheme.len() > 1 && is_scheme(scheme) => {
                if !scheme.eq_ignore_ascii_case("file") {
                    return Err(fetched(location));
                }
                let rest = rest.strip_prefix("//").unwrap_or(rest);
                rest.strip_prefix("localhost").unwrap_or(rest)
            }
            _ => location,
        };
        let Some(folder) = self
            .list
            .get(from)
            .and_then(|file| file.path.as_deref())
            .and_then(Path::parent)
        else {
            let message = format!(
                "{} leads to another document, and nothing says where {} lies",
                quoted(location),
                quoted(self.origins.main().name())
            );
            return Err(Fault::new(Code::ExternalReference, message)
                .help("read the description from a file"));
        };
        let decoded = Pointer::from_reference(&format!("#/{plain}"));
        let decoded = decoded.as_ref().map_or(plain, |text| &text.as_str()[1..]);
        let real = canonical(&folder.join(plain))
            .or_else(|error| canonical(&folder.join(decoded)).map_err(|_| error))
            .map_err(|error| unread(location, &error))?;
        if !self.allowed.iter().any(|folder| real.starts_with(folder)) {
            let message = format!(
                "{} lies outside the folder of the description and is not read",
                quoted(location)
            );
            let outer = self.named(real.parent().unwrap_or(&real));
            let outer = if outer.as_os_str().is_empty() {
                PathBuf::from(".")
            } else {
                outer
            };
            let help = format!("if it may be read, pass `--allow-dir {}`", outer.display());
            return Err(Fault::new(Code::OutsideFolder, message).help(help));
        }
        let named = self.named(&real);
        Ok((real, named))
    }

    fn read(&mut self, path: &Path, named: &Path) -> Result<usize, Fault> {
        if self.list.len() >= MOST_FILES {
            let message = format!("the description has more than {MOST_FILES} files");
            return Err(Fault::new(Code::TooLarge, message).help("join some of them"));
        }
        let name = named.display().to_string();
        let parsed = read_text(named).and_then(|text| {
            self.bytes = self.bytes.saturating_add(text.len());
            Source::parse(name.clone(), text)
        });
        if self.bytes > MOST_BYTES {
            let message = format!(
                "the files of the description hold more than {} MB",
                MOST_BYTES >> 20
            );
            return Err(
                Fault::new(Code::TooLarge, message).help("generate a client for a part of it")
            );
        }
        match parsed {
            Ok((source, tree, found)) => {
                self.found
                    .extend(found.iter().cloned().map(|mut diagnostic| {
                        // It speaks of a place in its own file, which is worked out already.
                        diagnostic.severity = diagnostic.severity.min(Severity::Warning);
                        diagnostic
                    }));
                let source = self.origins.add(source);
                let key = self.key(path);
                let prefix = Pointer::root().push(DOCUMENTS).push(&key);
                self.origins.graft(
                    prefix.clone(),
                    Origin {
                        source,
                        pointer: Pointer::root(),
                    },
                );
                Ok(self.add(tree, prefix, source, Some(path.to_path_buf()), key))
            }
            Err(mut diagnostic) => {
                let reason = diagnostic.message.clone();
                let place = diagnostic.location.clone();
                let help = diagnostic.help.clone();
                if place.is_some() {
                    diagnostic.severity = Severity::Warning;
                    self.found.push(diagnostic);
                }
                let message = match place {
                    Some(place) => format!(
                        "{} cannot be used: {reason} (line {})",
                        quoted(&name),
                        place.line
                    ),
                    None => reason,
                };
                let fault = Fault::new(Code::FileNotUsed, message);
                Err(match help {
                    Some(help) => fault.help(help),
                    None => fault,
                })
            }
        }
    }

    fn add(
        &mut self,
        tree: Value,
        prefix: Pointer,
        source: usize,
        path: Option<PathBuf>,
        key: String,
    ) -> usize {
        let index = self.list.len();
        let mut anchors = HashMap::new();
        for (word, name, place) in super::rewrite::anchors(&tree) {
            if word == "$id" || word == "$self" {
                self.ids.entry(name).or_insert((index, place));
            } else {
                anchors.entry(name).or_insert(place);
            }
        }
        let schemas = tree
            .pointer("/components/schemas")
            .and_then(Value::as_object);
        let schemas = schemas.map(|schemas| schemas.keys().cloned().collect());
        self.list.push(File {
            tree,
            prefix,
            source,
            path,
            key,
            anchors,
            schemas: schemas.unwrap_or_default(),
        });
        index
    }

    /// The path of a file from the folder of the main file, with `/` between its parts.
    fn key(&self, path: &Path) -> String {
        let folder = self.allowed.first().map(PathBuf::as_path);
        relative(folder.unwrap_or(Path::new("")), path)
    }

    /// The path under which the user knows a file, from where the user named the main file.
    fn named(&self, path: &Path) -> PathBuf {
        let named = plain(&self.named.join(self.key(path)));
        match canonical(&named) {
            Ok(real) if real == path => named,
            _ => path.to_path_buf(),
        }
    }
}

/// The path without `.`, and without folders that `..` leaves again.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir
                if matches!(plain.components().next_back(), Some(Component::Normal(_))) =>
            {
                plain.pop();
            }
            other => plain.push(other),
        }
    }
    plain
}

/// The way from a folder to a file, both real paths.
fn relative(folder: &Path, path: &Path) -> String {
    let mut from = folder.components().peekable();
    let mut to = path.components().peekable();
    while let (Some(left), Some(right)) = (from.peek(), to.peek())
        && left == right
    {
        from.next();
        to.next();
    }
    let up = from.map(|_| "..".to_owned());
    let down = to.filter_map(|part| match part {
        Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
        _ => None,
    });
    up.chain(down).collect::<Vec<_>>().join("/")
}

/// Whether the name of a file says that it holds JSON or YAML.
pub fn is_structured(path: &Path) -> bool {
    path.extension()
        .and_then(|extension| extension.to_str())
        .is_some_and(|extension| {
            ["json", "yaml", "yml"]
                .iter()
                .any(|known| extension.eq_ignore_ascii_case(known))
        })
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text
            .chars()
            .all(|character| character.is_ascii_alphanumeric() || "+-.".contains(character))
}

fn fetched(location: &str) -> Fault {
    let message = format!(
        "{} leads to an address, and nothing is fetched",
        quoted(location)
    );
    Fault::new(Code::ExternalReference, message).help(format!(
        "save it to a file, and name the file in the settings: `[references]` with `\"{location}\" = \"path\"`"
    ))
}

fn unread(name: &str, error: &std::io::Error) -> Fault {
    let reason = match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file".to_owned(),
        std::io::ErrorKind::PermissionDenied => "it may not be read".to_owned(),
        _ => error.to_string(),
    };
    Fault::new(
        Code::FileNotUsed,
        format!("{} cannot be read: {reason}", quoted(name)),
    )
    .help("check the path; it is taken from the folder of the file in which the reference stands")
}
