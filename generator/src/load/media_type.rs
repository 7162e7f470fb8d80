//! Names of media types, as documents write them (RFC 9110, section 8.3.1).
//!
//! Comes in: a name. Goes out: what two names are compared by. Must not know: what a client makes of a media type.

/// The media type without its parameters, in lower case.
pub(crate) fn essence(media_type: &str) -> String {
    let essence = media_type.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}
