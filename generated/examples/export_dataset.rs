//! Exports a project: start, wait, download, with a progress bar.
//!
//! `cargo run --example export_dataset --features mock [PROJECT_ID [FILE]]`

mod offline;

use std::path::PathBuf;
use std::time::Duration;

use hasty_api::runtime::{Method, StatusCode};
use hasty_api::types::{ExportCreate, ExportFormat};
use hasty_api::workflows;
use indicatif::{ProgressBar, ProgressStyle};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    // The storage host is no part of the API's description: offline, a GET of two segments is answered with these bytes.
    let mock = hasty_api::mock::examples().reply_bytes(
        Method::GET,
        "/{bucket}/{file}",
        StatusCode::OK,
        &b"an export"[..],
    );
    let client = offline::client(mock)?;
    let project_id = offline::id_argument(1, "PROJECT_ID")?;

    let export = ExportCreate::new(ExportFormat::JsonCoco).export_name("my_export");
    let job = client.exports().create(project_id, &export).await?;
    println!("export {} is {:?}", job.id, job.status);

    let bar = ProgressBar::new_spinner().with_message("waiting for the export");
    bar.enable_steady_tick(Duration::from_millis(100));
    let job = client
        .exports()
        .get(project_id, job.id)
        .wait()
        .with_deadline(Duration::from_secs(1800))
        .await?;
    bar.finish_with_message("the export is done");

    let url = workflows::download_url(&job).ok_or("the export says no address")?;
    let file = match std::env::args().nth(2) {
        Some(file) => PathBuf::from(file),
        None => std::env::temp_dir().join(workflows::file_name(&job).unwrap_or("export")),
    };
    let bar = ProgressBar::no_length().with_style(ProgressStyle::with_template(
        "{bytes} of {total_bytes} {bar:40}",
    )?);
    let shown = bar.clone();
    let bytes = client
        .download(url)
        .with_progress(move |progress| {
            if let Some(total) = progress.total {
                shown.set_length(total);
            }
            shown.set_position(progress.bytes);
        })
        .to_file(&file)
        .await?;
    bar.finish_and_clear();
    println!("{bytes} bytes in {}", file.display());
    Ok(())
}
