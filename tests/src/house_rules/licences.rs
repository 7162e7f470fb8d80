//! Licences of all dependencies, against the list of those we accept.
//!
//! Comes in: the output of `cargo metadata`. Goes out: packages whose SPDX expression the list does not satisfy.

use serde_json::Value;

use super::Breach;

/// Licences under which a dependency may be used, each with what makes it acceptable.
const ACCEPTED: &[(&str, &str)] = &[
    ("0BSD", "permissive, asks for nothing"),
    ("Apache-2.0", "permissive, our own"),
    (
        "Apache-2.0 WITH LLVM-exception",
        "permissive, fewer duties than our own",
    ),
    ("BSD-2-Clause", "permissive, keep the notice"),
    ("BSD-3-Clause", "permissive, keep the notice"),
    ("BSL-1.0", "permissive, no notice in binaries"),
    ("CC0-1.0", "public domain"),
    (
        "CDLA-Permissive-2.0",
        "permissive, for data: root certificates",
    ),
    ("ISC", "permissive, keep the notice"),
    ("MIT", "permissive, our own"),
    ("MIT-0", "permissive, asks for nothing"),
    ("Unicode-3.0", "permissive, for the Unicode tables"),
    ("Unlicense", "public domain"),
    ("Zlib", "permissive, keep the notice in source"),
];

/// Packages that state their licence in a file only, which somebody has read.
const READ: &[(&str, &str)] = &[("libyaml-safer", "MIT")];

/// Packages whose licence is not accepted.
pub fn breaches(metadata: &Value) -> Vec<Breach> {
    let packages = metadata.get("packages").and_then(Value::as_array);
    let Some(packages) = packages.filter(|packages| !packages.is_empty()) else {
        return vec![Breach::new("cargo metadata", "lists no packages")];
    };
    packages
        .iter()
        .filter_map(|package| {
            let text = |key: &str| package.get(key).and_then(Value::as_str).unwrap_or("");
            let read = READ.iter().find(|(name, _)| *name == text("name"));
            let licence = match (text("license"), read) {
                ("", Some((_, licence))) => licence,
                (stated, _) => stated,
            };
            (!is_accepted(licence)).then(|| {
                let name = format!("{} {}", text("name"), text("version"));
                Breach::new(name, format!("is under `{licence}`, which is not accepted"))
            })
        })
        .collect()
}

/// Whether an SPDX expression can be met with accepted licences alone. The old `A/B` is read as `A OR B`.
fn is_accepted(expression: &str) -> bool {
    let spaced = expression
        .replace('/', " OR ")
        .replace('(', " ( ")
        .replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = words.as_slice();
    let met = any_of(&mut rest);
    met && rest.is_empty()
}

fn any_of(words: &mut &[&str]) -> bool {
    let mut met = all_of(words);
    while let ["OR", rest @ ..] = *words {
        *words = rest;
        met |= all_of(words);
    }
    met
}

fn all_of(words: &mut &[&str]) -> bool {
    let mut met = one(words);
    while let ["AND", rest @ ..] = *words {
        *words = rest;
        met &= one(words);
    }
    met
}

fn one(words: &mut &[&str]) -> bool {
    match *words {
        ["(", rest @ ..] => {
            *words = rest;
            let met = any_of(words);
            match *words {
                [")", rest @ ..] => {
                    *words = rest;
                    met
                }
                _ => false,
            }
        }
        [licence, "WITH", exception, rest @ ..] => {
            *words = rest;
            let both = format!("{licence} WITH {exception}");
            ACCEPTED.iter().any(|(name, _)| *name == both)
        }
        [licence, rest @ ..] => {
            *words = rest;
            ACCEPTED.iter().any(|(name, _)| name == licence)
        }
        [] => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_are_read_as_spdx_means_them() {
        assert!(is_accepted("MIT"));
        assert!(is_accepted("MIT/Apache-2.0"));
        assert!(is_accepted("GPL-3.0-only OR MIT"));
        assert!(is_accepted("(MIT OR GPL-3.0-only) AND Unicode-3.0"));
        assert!(is_accepted(
            "Apache-2.0 WITH LLVM-exception OR GPL-2.0-only"
        ));
        assert!(!is_accepted("GPL-3.0-only"));
        assert!(!is_accepted("MIT AND GPL-3.0-only"));
        assert!(!is_accepted("(MIT"));
        assert!(!is_accepted(""));
    }

    #[test]
    fn a_package_that_is_not_accepted_is_named() {
        let metadata = serde_json::json!({"packages": [
            {"name": "fine", "version": "1.0.0", "license": "MIT"},
            {"name": "strict", "version": "2.0.0", "license": "AGPL-3.0-only"},
            {"name": "silent", "version": "3.0.0", "license": null},
        ]});
        let found = breaches(&metadata);
        let places: Vec<&str> = found.iter().map(|breach| breach.place.as_str()).collect();
        assert_eq!(places, ["strict 2.0.0", "silent 3.0.0"]);
        assert_eq!(breaches(&serde_json::json!({})).len(), 1);
    }
}
