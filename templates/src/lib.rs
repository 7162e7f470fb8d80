//! What goes into every generated crate as it is.
