//! Damage to a text, whatever it says.
//!
//! Comes in: a text and random numbers. Goes out: the text with one thing wrong, and what was done in a few words.

use fastrand::Rng;

/// What is put into a text: what JSON, YAML and Unicode make something of.
const INSERTED: [&str; 24] = [
    "{", "}", "[", "]", ":", ",", "\"", "'", "\t", "\n", "- ", "? ", "&a ", "*a", "<<: ", "!!int ",
    "| ", "#", "\u{0}", "\u{feff}", "\u{202e}", "\\ud800", "---\n", "1e999",
];

/// Breaks one thing.
pub(super) fn damage(text: &mut String, random: &mut Rng) -> String {
    let at = place(text, random);
    match random.u8(..6) {
        0 => {
            text.truncate(at);
            format!("cut off at byte {at}")
        }
        1 => {
            let to = place(text, random).clamp(at, text.len().min(at + 200));
            let to = (at..=to)
                .rev()
                .find(|to| text.is_char_boundary(*to))
                .unwrap_or(at);
            text.replace_range(at..to, "");
            format!("bytes {at} to {to} removed")
        }
        2 => {
            let inserted = random.choice(INSERTED).unwrap_or_default();
            text.insert_str(at, inserted);
            format!("{inserted:?} put in at byte {at}")
        }
        3 => {
            let (from, to) = line(text, at);
            let copy = text.get(from..to).unwrap_or_default().to_owned();
            text.insert_str(from, &copy);
            format!("the line at byte {from} doubled")
        }
        4 => {
            let (from, to) = line(text, at);
            text.replace_range(from..to, "");
            format!("the line at byte {from} removed")
        }
        _ => {
            let (from, _) = line(text, at);
            text.insert(from, ' ');
            format!("the line at byte {from} moved to the right")
        }
    }
}

/// A place between two characters.
fn place(text: &str, random: &mut Rng) -> usize {
    let at = random.usize(..=text.len());
    (at..=text.len())
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or_default()
}

/// The line around a place, with its end.
fn line(text: &str, at: usize) -> (usize, usize) {
    let (before, after) = text.split_at(at);
    let from = before.rfind('\n').map_or(0, |end| end + 1);
    let to = after.find('\n').map_or(text.len(), |end| at + end + 1);
    (from, to)
}
