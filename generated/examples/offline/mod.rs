//! Where the examples get their answers: from the API when `HASTY_API_KEY` is set, else from the examples of its own description.

use hasty_api::mock::Mock;
use hasty_api::{Client, Result};
use uuid::Uuid;

/// The project that the API's own examples speak of.
pub const EXAMPLE_PROJECT: Uuid = Uuid::from_u128(0x17a4fab4_c59c_4031_9cb5_41fccb5b054c);

/// A client of the live API, or one that answers from `mock`.
pub fn client(mock: Mock) -> Result<Client> {
    if std::env::var_os("HASTY_API_KEY").is_some() {
        return Client::from_env();
    }
    eprintln!("HASTY_API_KEY is not set: answering from the examples of the API's description");
    Client::builder().api_key("offline").transport(mock).build()
}

/// An argument that is a UUID, or what stands for it offline.
#[allow(dead_code, reason = "not every example takes an id")]
pub fn id_argument(position: usize, name: &str) -> Result<Uuid, String> {
    match std::env::args().nth(position) {
        Some(text) => {
            Uuid::parse_str(&text).map_err(|error| format!("{name} {text:?} is no UUID: {error}"))
        }
        None if std::env::var_os("HASTY_API_KEY").is_some() => Err(format!("{name} is missing")),
        None => Ok(EXAMPLE_PROJECT),
    }
}
