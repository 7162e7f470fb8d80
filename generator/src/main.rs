//! The command `clientsmith`.

use std::process::ExitCode;

fn main() -> ExitCode {
    clientsmith::cli::run()
}
