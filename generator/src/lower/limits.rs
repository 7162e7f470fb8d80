//! Limits in words, for documentation: types do not enforce them.

use std::fmt::Display;

/// A bound of a range, inclusive or not.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bound<T> {
    value: Option<T>,
    exclusive: bool,
}

impl<T> Bound<T> {
    pub(super) fn new(value: Option<T>, exclusive: bool) -> Self {
        Self { value, exclusive }
    }
}

/// `at least 0`, `less than 1`, `a multiple of 5`.
pub(super) fn of_range<T: Display + PartialEq>(
    minimum: Bound<T>,
    maximum: Bound<T>,
    multiple_of: Option<&T>,
) -> Vec<String> {
    let mut limits = Vec::new();
    if let Some(value) = minimum.value {
        limits.push(format!(
            "{} {value}",
            if minimum.exclusive {
                "more than"
            } else {
                "at least"
            }
        ));
    }
    if let Some(value) = maximum.value {
        limits.push(format!(
            "{} {value}",
            if maximum.exclusive {
                "less than"
            } else {
                "at most"
            }
        ));
    }
    if let Some(value) = multiple_of {
        limits.push(format!("a multiple of {value}"));
    }
    limits
}

/// `at least 1 character`, `exactly 4 items`.
pub(super) fn of_size(
    minimum: Option<usize>,
    maximum: Option<usize>,
    one: &str,
    many: &str,
) -> Vec<String> {
    let unit = |count: usize| if count == 1 { one } else { many };
    match (minimum.filter(|&minimum| minimum > 0), maximum) {
        (Some(minimum), Some(maximum)) if minimum == maximum => {
            vec![format!("exactly {minimum} {}", unit(minimum))]
        }
        (minimum, maximum) => {
            let least = minimum.map(|count| format!("at least {count} {}", unit(count)));
            let most = maximum.map(|count| format!("at most {count} {}", unit(count)));
            least.into_iter().chain(most).collect()
        }
    }
}

/// Limits of an array.
pub(super) fn of_items(
    minimum: Option<usize>,
    maximum: Option<usize>,
    unique: bool,
) -> Vec<String> {
    let mut limits = of_size(minimum, maximum, "item", "items");
    if unique {
        limits.push("no item twice".to_owned());
    }
    limits
}

/// Whether the greatest value allowed needs `u64`.
pub(super) fn is_beyond_i64(maximum: Option<f64>) -> bool {
    const ABOVE_I64: f64 = 9_223_372_036_854_775_808.0;
    maximum.is_some_and(|maximum| maximum > ABOVE_I64)
}

/// Whether the least whole number allowed is negative.
pub(super) fn is_below_zero(minimum: Option<f64>, is_excluded: bool) -> bool {
    minimum.is_some_and(|minimum| minimum < if is_excluded { -1.0 } else { 0.0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_and_sizes_read_as_words() {
        assert_eq!(
            of_range(
                Bound::new(Some(0), false),
                Bound::new(Some(5), true),
                Some(&2)
            ),
            ["at least 0", "less than 5", "a multiple of 2"]
        );
        assert_eq!(
            of_range(Bound::new(Some(0.5), true), Bound::new(None, false), None),
            ["more than 0.5"]
        );
        assert_eq!(
            of_size(Some(1), Some(2), "character", "characters"),
            ["at least 1 character", "at most 2 characters"]
        );
        assert_eq!(
            of_items(Some(4), Some(4), true),
            ["exactly 4 items", "no item twice"]
        );
        assert_eq!(
            of_size(Some(0), None, "item", "items"),
            Vec::<String>::new()
        );
    }
}
