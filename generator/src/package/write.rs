//! The one writer: puts a package on disk, or compares it with what is there.
//!
//! Comes in: a [`Package`] and a folder. Goes out: files that changed, and nothing else; files that the generator wrote before and
//! would not write now are removed. All files are prepared beside the folder and then put in place by renaming; where that fails, what
//! was replaced is put back. Files without the generator's mark belong to someone else and are not touched.

use std::{
    collections::BTreeSet,
    fs, io,
    path::{Component, Path, PathBuf},
};

use super::{MARK, Package};
use crate::diagnostics::{Code, Diagnostic, Diagnostics, quoted};

/// What writing did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Files that are new or different, in the order of the package.
    pub written: Vec<String>,
    /// Files that were removed, in alphabetical order.
    pub removed: Vec<String>,
    /// How many files are as they were.
    pub unchanged: usize,
}

/// The files to write and those to remove.
struct Plan<'p> {
    changed: Vec<(&'p str, &'p str)>,
    stale: Vec<String>,
    foreign: Vec<&'p str>,
    unchanged: usize,
}

/// Writes the files that differ from those in `out`, and removes those that bear the mark and are not in the package.
///
/// # Errors
///
/// CS0903 for each file in the way that does not bear the mark; CS0901 where the disk fails. Then `out` is as it was.
pub fn write(package: &Package, out: &Path) -> Result<Changes, Diagnostics> {
    let plan = plan(package, out)?;
    if !plan.foreign.is_empty() {
        let mut diagnostics = Diagnostics::new();
        diagnostics.extend(plan.foreign.iter().map(|path| {
            Diagnostic::error(
                Code::NotOurs,
                format!(
                    "{} was not written by the generator and is in the way",
                    quoted(path)
                ),
            )
            .help("move it away, or choose another output folder")
        }));
        return Err(diagnostics);
    }
    if !(plan.changed.is_empty() && plan.stale.is_empty() && out.is_dir()) {
        apply(&plan, out).map_err(|failure| failure.diagnostic())?;
    }
    Ok(Changes {
        written: plan
            .changed
            .iter()
            .map(|(path, _)| (*path).to_owned())
            .collect(),
        removed: plan.stale,
        unchanged: plan.unchanged,
    })
}

/// Compares the package with what is in `out`; writes nothing.
///
/// # Errors
///
/// CS0902 for each file that is missing, differs or should not be there; CS0901 where the folder cannot be read.
pub fn check(package: &Package, out: &Path) -> Result<(), Diagnostics> {
    let plan = plan(package, out)?;
    let mut diagnostics = Diagnostics::new();
    let mut differs = |path: &str, how: &str| {
        diagnostics.push(
            Diagnostic::error(Code::OutputDiffers, format!("{} {how}", quoted(path)))
                .help("generate without `--check`, and commit the result"),
        );
    };
    for (path, _) in &plan.changed {
        differs(
            path,
            if out.join(path).exists() {
                "differs from what would be generated"
            } else {
                "is missing"
            },
        );
    }
    for path in &plan.foreign {
        differs(path, "differs from what would be generated");
    }
    for path in &plan.stale {
        differs(path, "would no longer be generated");
    }
    if diagnostics.is_empty() {
        Ok(())
    } else {
        Err(diagnostics)
    }
}

/// Writes one file beside the package, such as the report.
///
/// # Errors
///
/// CS0901 where the disk fails.
pub fn write_file(path: &Path, text: &str) -> Result<(), Diagnostic> {
    fs::write(path, text).map_err(|error| Failure::new("written", path, error).diagnostic())
}

/// Something that the disk refused.
struct Failure {
    action: &'static str,
    path: String,
    error: io::Error,
}

impl Failure {
    fn new(action: &'static str, path: &Path, error: io::Error) -> Self {
        Self {
            action,
            path: path.display().to_string(),
            error,
        }
    }

    fn diagnostic(&self) -> Diagnostic {
        let Self {
            action,
            path,
            error,
        } = self;
        Diagnostic::error(
            Code::OutputNotWritten,
            format!("{} cannot be {action}: {error}", quoted(path)),
        )
        .help("check the permissions and the free space")
    }
}

/// Compares without writing.
fn plan<'p>(package: &'p Package, out: &Path) -> Result<Plan<'p>, Diagnostic> {
    let mut plan = Plan {
        changed: Vec::new(),
        stale: Vec::new(),
        foreign: Vec::new(),
        unchanged: 0,
    };
    for (path, text) in &package.files {
        let plain = Path::new(path)
            .components()
            .all(|component| matches!(component, Component::Normal(_)));
        if !plain || path.is_empty() {
            return Err(Diagnostic::error(
                Code::OutputNotWritten,
                format!("{} leads out of the output folder", quoted(path)),
            ));
        }
        let place = out.join(path);
        match fs::read(&place) {
            Ok(found) if found == text.as_bytes() => plan.unchanged += 1,
            Ok(found) if bears_mark(&found) => plan.changed.push((path, text)),
            Ok(_) => plan.foreign.push(path),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                plan.changed.push((path, text))
            }
            Err(error) => return Err(Failure::new("read", &place, error).diagnostic()),
        }
    }
    let mut stale = BTreeSet::new();
    find_marked(out, "", &mut stale).map_err(|failure| failure.diagnostic())?;
    plan.stale = stale
        .into_iter()
        .filter(|path| !package.files.contains_key(path))
        .collect();
    Ok(plan)
}

/// Whether one of the first lines of a file says that the generator wrote it.
fn bears_mark(content: &[u8]) -> bool {
    const LINES: usize = 5;
    const LONGEST: usize = 2048;
    let head = content
        .get(..LONGEST.min(content.len()))
        .unwrap_or_default();
    String::from_utf8_lossy(head)
        .lines()
        .take(LINES)
        .any(|line| line.contains(MARK))
}

/// Finds all files below `folder` that bear the mark, except in the folders of build tools and version control.
fn find_marked(out: &Path, below: &str, found: &mut BTreeSet<String>) -> Result<(), Failure> {
    let folder = out.join(below);
    let entries = match fs::read_dir(&folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(Failure::new("read", &folder, error)),
    };
    for entry in entries {
        let failed = |error| Failure::new("read", &folder, error);
        let entry = entry.map_err(failed)?;
        let Ok(name) = entry.file_name().into_string() else {
            continue;
        };
        let path = if below.is_empty() {
            name.clone()
        } else {
            format!("{below}/{name}")
        };
        let kind = entry.file_type().map_err(failed)?;
        if kind.is_dir()
            && !(name.starts_with('.') || matches!(name.as_str(), "target" | "node_modules"))
        {
            find_marked(out, &path, found)?;
        } else if kind.is_file() && fs::read(entry.path()).is_ok_and(|content| bears_mark(&content))
        {
            found.insert(path);
        }
    }
    Ok(())
}

/// What has been done and can be undone.
enum Step {
    CreatedFolder(PathBuf),
    Moved { from: PathBuf, to: PathBuf },
}

/// Prepares all files beside `out`, then puts them in place. On failure everything is undone.
fn apply(plan: &Plan<'_>, out: &Path) -> Result<(), Failure> {
    let name = out
        .file_name()
        .map_or_else(|| "out".into(), |name| name.to_string_lossy().into_owned());
    let beside = match out.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        _ if out.file_name().is_some() => PathBuf::from("."),
        // `.` and the like have no parent that could be named.
        _ => out.to_owned(),
    };
    let mut done = Vec::new();
    let staging = beside.join(format!(".{name}.clientsmith-{}", std::process::id()));
    let result = create_folders(&staging.join("new"), &mut done)
        .and_then(|()| create_folders(&staging.join("old"), &mut done))
        .and_then(|()| stage(plan, &staging.join("new")))
        .and_then(|()| put_in_place(plan, out, &staging, &mut done));
    if result.is_err() {
        for step in done.into_iter().rev() {
            // Undoing is best effort: the failure that led here is what is reported.
            match step {
                Step::Moved { from, to } => drop(fs::rename(to, from)),
                Step::CreatedFolder(folder) if !folder.starts_with(&staging) => {
                    drop(fs::remove_dir(folder))
                }
                Step::CreatedFolder(_) => {}
            }
        }
    }
    // A staging folder that stays behind is in nobody's way.
    drop(fs::remove_dir_all(&staging));
    result
}

fn stage(plan: &Plan<'_>, new: &Path) -> Result<(), Failure> {
    for (index, (_, text)) in plan.changed.iter().enumerate() {
        let staged = new.join(index.to_string());
        fs::write(&staged, text).map_err(|error| Failure::new("written", &staged, error))?;
    }
    Ok(())
}

fn put_in_place(
    plan: &Plan<'_>,
    out: &Path,
    staging: &Path,
    done: &mut Vec<Step>,
) -> Result<(), Failure> {
    create_folders(out, done)?;
    let (new, old) = (staging.join("new"), staging.join("old"));
    for (index, (path, _)) in plan.changed.iter().enumerate() {
        let place = out.join(path);
        if let Some(folder) = place.parent() {
            create_folders(folder, done)?;
        }
        if place.exists() {
            shift(&place, &old.join(index.to_string()), "replaced", done)?;
        }
        shift(&new.join(index.to_string()), &place, "written", done)?;
    }
    for (index, path) in plan.stale.iter().enumerate() {
        shift(
            &out.join(path),
            &old.join(format!("stale-{index}")),
            "removed",
            done,
        )?;
    }
    for path in &plan.stale {
        let mut folder = Path::new(path).parent();
        while let Some(empty) = folder.filter(|folder| !folder.as_os_str().is_empty()) {
            // Fails where something else is in it, which then stays.
            if fs::remove_dir(out.join(empty)).is_err() {
                break;
            }
            folder = empty.parent();
        }
    }
    Ok(())
}

fn shift(
    from: &Path,
    to: &Path,
    action: &'static str,
    done: &mut Vec<Step>,
) -> Result<(), Failure> {
    fs::rename(from, to).map_err(|error| {
        Failure::new(action, if action == "written" { to } else { from }, error)
    })?;
    done.push(Step::Moved {
        from: from.to_owned(),
        to: to.to_owned(),
    });
    Ok(())
}

fn create_folders(folder: &Path, done: &mut Vec<Step>) -> Result<(), Failure> {
    if folder.as_os_str().is_empty() || folder.is_dir() {
        return Ok(());
    }
    if let Some(parent) = folder.parent() {
        create_folders(parent, done)?;
    }
    fs::create_dir(folder).map_err(|error| Failure::new("created", folder, error))?;
    done.push(Step::CreatedFolder(folder.to_owned()));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(files: &[(&str, &str)]) -> Package {
        let text = |words: &str| format!("// {MARK}; edits are lost.\n{words}\n");
        Package {
            files: files
                .iter()
                .map(|(path, words)| ((*path).to_owned(), text(words)))
                .collect(),
        }
    }

    /// Every file below a folder with its text.
    fn tree(folder: &Path) -> Vec<(String, String)> {
        fn walk(root: &Path, folder: &Path, found: &mut Vec<(String, String)>) {
            for entry in fs::read_dir(folder).expect("a folder") {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    walk(root, &path, found);
                } else {
                    let name = path
                        .strip_prefix(root)
                        .expect("below")
                        .to_string_lossy()
                        .into_owned();
                    found.push((name, fs::read_to_string(&path).expect("text")));
                }
            }
        }
        let mut found = Vec::new();
        walk(folder, folder, &mut found);
        found.sort();
        found
    }

    #[test]
    fn only_what_changed_is_written_and_only_what_was_ours_is_removed() {
        let folder = tempfile::tempdir().expect("a folder");
        let out = folder.path().join("deep/client");
        let first = package(&[
            ("Cargo.toml", "a"),
            ("src/api/old.rs", "b"),
            ("src/lib.rs", "c"),
        ]);
        let changes = write(&first, &out).expect("written");
        assert_eq!(changes.written.len(), 3);
        fs::create_dir_all(out.join("src/workflows")).expect("a folder");
        fs::write(out.join("src/workflows/mod.rs"), "mine").expect("written");
        let before = fs::metadata(out.join("Cargo.toml"))
            .and_then(|file| file.modified())
            .expect("a time");

        let second = package(&[
            ("Cargo.toml", "a"),
            ("src/lib.rs", "d"),
            ("src/client.rs", "e"),
        ]);
        let changes = write(&second, &out).expect("written");
        assert_eq!(changes.written, ["src/lib.rs", "src/client.rs"]);
        assert_eq!(changes.removed, ["src/api/old.rs"]);
        assert_eq!(changes.unchanged, 1);
        assert_eq!(
            fs::metadata(out.join("Cargo.toml"))
                .and_then(|file| file.modified())
                .expect("a time"),
            before
        );
        let names: Vec<_> = tree(&out).into_iter().map(|(name, _)| name).collect();
        assert_eq!(
            names,
            [
                "Cargo.toml",
                "src/client.rs",
                "src/lib.rs",
                "src/workflows/mod.rs"
            ]
        );
        assert!(!out.join("src/api").exists(), "an empty folder goes too");
        assert_eq!(
            fs::read_dir(out.parent().expect("a parent"))
                .expect("a folder")
                .count(),
            1,
            "nothing is left beside it"
        );
        assert_eq!(
            write(&second, &out),
            Ok(Changes {
                unchanged: 3,
                ..Changes::default()
            })
        );
    }

    #[test]
    fn a_check_names_each_difference_and_writes_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let out = folder.path().join("client");
        write(
            &package(&[("a.rs", "a"), ("b.rs", "b"), ("c.rs", "c")]),
            &out,
        )
        .expect("written");
        assert_eq!(
            check(
                &package(&[("a.rs", "a"), ("b.rs", "b"), ("c.rs", "c")]),
                &out
            )
            .err()
            .map(|found| found.len()),
            None
        );
        let before = tree(&out);
        let found = check(
            &package(&[("a.rs", "a"), ("b.rs", "B"), ("d.rs", "d")]),
            &out,
        )
        .expect_err("different");
        let messages: Vec<_> = found.iter().map(ToString::to_string).collect();
        assert_eq!(
            messages,
            [
                "error[CS0902]: `b.rs` differs from what would be generated",
                "error[CS0902]: `d.rs` is missing",
                "error[CS0902]: `c.rs` would no longer be generated",
            ]
        );
        assert_eq!(tree(&out), before);
    }

    #[test]
    fn a_file_of_someone_else_stops_everything() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("Cargo.toml"), "[package]\n").expect("written");
        let before = tree(folder.path());
        let found = write(
            &package(&[("a.rs", "a"), ("Cargo.toml", "b")]),
            folder.path(),
        )
        .expect_err("in the way");
        let messages: Vec<_> = found.iter().map(ToString::to_string).collect();
        assert_eq!(
            messages,
            ["error[CS0903]: `Cargo.toml` was not written by the generator and is in the way"]
        );
        assert_eq!(tree(folder.path()), before);
    }

    #[test]
    fn a_failure_half_way_is_undone() {
        let folder = tempfile::tempdir().expect("a folder");
        let out = folder.path().join("client");
        write(&package(&[("a.rs", "a"), ("stale.rs", "s")]), &out).expect("written");
        // A folder where a file's folder should be: found only when `a.rs` is in place already.
        fs::write(out.join("b"), "a file").expect("written");
        let before = tree(&out);
        let found = write(
            &package(&[("a.rs", "A"), ("new/c.rs", "c"), ("b/d.rs", "d")]),
            &out,
        );
        assert!(found.is_err(), "{found:?}");
        assert_eq!(tree(&out), before);
        assert!(!out.join("new").exists());
        assert_eq!(
            fs::read_dir(folder.path()).expect("a folder").count(),
            1,
            "nothing is left beside it"
        );
    }

    #[test]
    fn no_path_leads_out_of_the_folder() {
        let folder = tempfile::tempdir().expect("a folder");
        let out = folder.path().join("client");
        for path in ["../a", "/a", "a/../../b", ""] {
            assert!(write(&package(&[(path, "a")]), &out).is_err(), "{path}");
        }
        assert!(!out.exists());
    }

    #[test]
    fn the_mark_counts_only_at_the_top() {
        assert!(bears_mark(b"#!x\n# Generated by clientsmith\n"));
        assert!(!bears_mark(b"\n\n\n\n\n# Generated by clientsmith\n"));
        assert!(!bears_mark(b""));
    }
}
