//! What values hold that JSON cannot, such as files: kept beside the text.

use std::any::Any;

use super::encoder::{Encode, encoded};

/// What JSON cannot hold, and where in the text a null stands for it.
pub(crate) type Attachment = (usize, Box<dyn Any>);

/// Writes a value that may hold more than JSON can. In the text each attachment is null.
pub(crate) fn with_attachments(value: &dyn Encode) -> (Vec<u8>, Vec<Attachment>) {
    let encoder = encoded(value);
    (encoder.text, encoder.attachments)
}
