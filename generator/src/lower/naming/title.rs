//! The title of an API as a short name: `github` of "GitHub's official OpenAPI specification".
//!
//! Comes in: `info.title`. Goes out: words in kebab-case, without what every description may say of itself. Must not know: what the name
//! is for, and what may be one.

use heck::ToKebabCase as _;

use super::spelling::{with_words_told_apart, without_apostrophes};

/// A name is read and typed by people: what is longer is cut between two words.
const LONGEST: usize = 40;

/// What a title says of the document rather than of the API, at its end.
const OF_THE_DOCUMENT: [&str; 12] = [
    "spec",
    "specs",
    "specification",
    "specifications",
    "definition",
    "definitions",
    "description",
    "doc",
    "docs",
    "documentation",
    "document",
    "reference",
];

/// How the document is written.
const FORMATS: [&str; 4] = ["openapi", "openapi3", "oas", "swagger"];

/// What no name ends with.
const LINKS: [&str; 11] = [
    "a", "and", "by", "for", "from", "in", "of", "on", "the", "to", "with",
];

/// The short name; empty where the title says nothing of the API.
pub(crate) fn short_title(title: &str) -> String {
    let mut words = words(title);
    drop_words_of_the_document(&mut words);
    cut(&mut words);
    match words
        .iter()
        .map(String::as_str)
        .collect::<Vec<_>>()
        .as_slice()
    {
        ["api" | "apis"] | ["rest", "api"] => String::new(),
        words => words.join("-"),
    }
}

fn words(title: &str) -> Vec<String> {
    let mut words = Vec::new();
    for word in title
        .split_whitespace()
        .filter(|word| !word.contains("://"))
    {
        // What belongs to somebody is called after them.
        let word = word
            .strip_suffix("'s")
            .or_else(|| word.strip_suffix("’s"))
            .unwrap_or(word);
        let word = without_apostrophes(word);
        let is_abbreviated = word.len() > 2
            && word
                .split_inclusive('.')
                .all(|part| part.len() == 2 && part.ends_with('.'));
        if is_abbreviated {
            words.push(word.replace('.', "").to_lowercase());
            continue;
        }
        let parts = word.split(|character: char| !character.is_ascii_alphanumeric());
        for part in parts.filter(|part| !part.is_empty()) {
            let kebab = if is_brand(part) {
                part.to_lowercase()
            } else {
                with_words_told_apart(part).to_kebab_case()
            };
            words.extend(
                kebab
                    .split('-')
                    .filter(|word| !word.is_empty())
                    .map(str::to_owned),
            );
        }
    }
    words
}

/// Whether the word is the name of something although capitals stand at its end: `OpenAI`, `DeepL`, `PostgreSQL`.
fn is_brand(word: &str) -> bool {
    if word.eq_ignore_ascii_case("OpenAPI") {
        return true;
    }
    let stem = word.trim_end_matches(|character: char| character.is_ascii_uppercase());
    let capitals = word.len() - stem.len();
    (1..=3).contains(&capitals)
        && stem.len() >= 2
        && !word.ends_with("API")
        && stem.starts_with(|first: char| first.is_ascii_uppercase())
        && stem
            .chars()
            .skip(1)
            .all(|character| character.is_ascii_lowercase())
}

fn drop_words_of_the_document(words: &mut Vec<String>) {
    words.retain(|word| word != "official");
    let is_number = |word: Option<&String>| {
        word.is_some_and(|word| {
            let digits = word.strip_prefix('v').unwrap_or(word);
            !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
        })
    };
    let mut index = 0;
    while let Some(word) = words.get(index) {
        let mut end = index + 1;
        if FORMATS.contains(&word.as_str()) {
            while is_number(words.get(end)) {
                end += 1;
            }
            let has_version = end > index + 1;
            let says_what = words
                .get(end)
                .is_some_and(|next| OF_THE_DOCUMENT.contains(&next.as_str()));
            end += usize::from(says_what);
            if has_version || says_what {
                words.drain(index..end);
                continue;
            }
        }
        index += 1;
    }
    let before = words.len();
    while words.last().is_some_and(|last| {
        OF_THE_DOCUMENT.contains(&last.as_str())
            || last == "openapi" && words.len() > 1
            || words.len() < before && LINKS.contains(&last.as_str())
    }) {
        words.pop();
    }
    if words.first().is_some_and(|first| first == "the") {
        words.remove(0);
    }
}

/// Leaves out the words that would make the name too long.
fn cut(words: &mut Vec<String>) {
    let mut length = 0;
    let fitting = words
        .iter()
        .take_while(|word| {
            length += word.len() + 1;
            length <= LONGEST + 1
        })
        .count();
    if fitting < words.len() && fitting > 0 {
        words.truncate(fitting);
        while words
            .last()
            .is_some_and(|last| LINKS.contains(&last.as_str()))
        {
            words.pop();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::short_title;

    #[test]
    fn titles_are_called_after_the_api() {
        for (title, name) in [
            ("Swagger Petstore", "swagger-petstore"),
            ("Swagger Petstore - OpenAPI 3.0", "swagger-petstore"),
            ("Hasty API v1", "hasty-api-v1"),
            ("hasty-api", "hasty-api"),
            (
                "GitHub's official OpenAPI spec + Octokit extension",
                "github-octokit-extension",
            ),
            ("GitHub v3 REST API", "github-v3-rest-api"),
            ("DeepL API Documentation", "deepl-api"),
            ("OpenAI API", "openai-api"),
            (
                "The Jira Cloud platform REST API",
                "jira-cloud-platform-rest-api",
            ),
            ("Netlify's API documentation", "netlify-api"),
            (
                "Mastodon API Specification (https://github.com/mastodon/mastodon)",
                "mastodon-api",
            ),
            ("PI Web API 2018 SP1 Swagger Spec", "pi-web-api-2018-sp1"),
            ("OpenAPI Generator Online", "openapi-generator-online"),
            ("OpenAPI definition", ""),
            ("API Documentation", ""),
            ("", ""),
            ("日本", ""),
            ("UserAPI", "user-api"),
            ("TestServer", "test-server"),
            (
                "U.S. EPA Enforcement and Compliance History Online (ECHO) - Safe Drinking Water Act",
                "us-epa-enforcement-and-compliance",
            ),
            (
                "Employees' Provident Fund Organization",
                "employees-provident-fund-organization",
            ),
            ("Sign In", "sign-in"),
            ("Company A", "company-a"),
        ] {
            assert_eq!(short_title(title), name, "{title}");
        }
        assert!(short_title(&"long ".repeat(60)).len() <= 40);
        assert_eq!(short_title(&"x".repeat(70)).len(), 70);
    }
}
