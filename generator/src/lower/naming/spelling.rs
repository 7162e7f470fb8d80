//! Spellings whose capitals begin no word: `userIDs`, `OAuth`, `IPv4`.
//!
//! Comes in: a text of the document. Goes out: the same text, spelled so that capitals begin words. Must not know: identifiers.

/// Names that are one word although they have capitals within.
const ONE_WORD: [&str; 15] = [
    "OAuth",
    "ETag",
    "eTag",
    "IPv4",
    "IPv6",
    "IoT",
    "iOS",
    "GraphQL",
    "MySQL",
    "PostgreSQL",
    "GitHub",
    "GitLab",
    "LinkedIn",
    "PayPal",
    "YouTube",
];

/// The text in which every capital begins a word, or continues an abbreviation.
pub(super) fn with_words_told_apart(text: &str) -> String {
    let mut text = without_apostrophes(text);
    if !text.contains(char::is_uppercase) {
        return text;
    }
    for name in ONE_WORD {
        text = as_one_word(&text, name);
    }
    with_plain_plurals(&text)
}

/// The text without the apostrophes inside its words: `Driver's` is one word.
pub(super) fn without_apostrophes(text: &str) -> String {
    if !text.contains(['\'', '’']) {
        return text.to_owned();
    }
    let characters: Vec<char> = text.chars().collect();
    let is_letter = |index: Option<usize>| {
        index
            .and_then(|index| characters.get(index))
            .copied()
            .is_some_and(char::is_alphabetic)
    };
    characters
        .iter()
        .enumerate()
        .filter(|(index, character)| {
            let is_inside = is_letter(index.checked_sub(1)) && is_letter(Some(index + 1));
            !(matches!(character, '\'' | '’') && is_inside)
        })
        .map(|(_, character)| *character)
        .collect()
}

/// The text in which `name` has no capital but its first, wherever it is a name and not a part of other words.
fn as_one_word(text: &str, name: &str) -> String {
    let starts_with_capital = name.starts_with(char::is_uppercase);
    let mut result = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(name) {
        result.push_str(before);
        let begins_a_word = match result.chars().next_back() {
            None => true,
            Some(last) if starts_with_capital => !last.is_uppercase(),
            Some(last) => !last.is_alphanumeric(),
        };
        let mut characters = name.chars();
        match characters.next() {
            Some(first) if begins_a_word => {
                result.push(first);
                result.extend(characters.flat_map(char::to_lowercase));
            }
            _ => result.push_str(name),
        }
        rest = after;
    }
    result.push_str(rest);
    result
}

/// The text in which the plural of an abbreviation is spelled as a word: `userIds` for `userIDs`, whose last capital would begin one.
fn with_plain_plurals(text: &str) -> String {
    let mut characters: Vec<char> = text.chars().collect();
    let mut run = 0;
    for index in 0..characters.len() {
        let character = characters.get(index).copied().unwrap_or_default();
        let next = characters.get(index + 1).copied();
        if character == 's' && run >= 2 && !next.is_some_and(char::is_lowercase) {
            for capital in characters.iter_mut().take(index).skip(index + 1 - run) {
                *capital = capital.to_ascii_lowercase();
            }
        }
        run = if character.is_ascii_uppercase() {
            run + 1
        } else {
            0
        };
    }
    characters.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::with_words_told_apart;

    #[test]
    fn capitals_begin_words() {
        for (text, expected) in [
            ("userIDs", "userIds"),
            ("IPs", "Ips"),
            ("imageURLsByID", "imageUrlsByID"),
            ("HTTPServer", "HTTPServer"),
            ("AWSsecret", "AWSsecret"),
            ("OAuth2Token", "Oauth2Token"),
            ("lastETag", "lastEtag"),
            ("eTag", "etag"),
            ("deviceTag", "deviceTag"),
            ("NOAuth", "NOAuth"),
            ("publicIPv4Address", "publicIpv4Address"),
            ("iOSVersion", "iosVersion"),
            ("driver's licence", "drivers licence"),
            ("'quoted'", "'quoted'"),
            ("GitHub’s", "Githubs"),
        ] {
            assert_eq!(with_words_told_apart(text), expected, "{text}");
        }
    }
}
