//! Conversions of snippets.
