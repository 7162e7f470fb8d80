//! Exports: start the job, wait for its end, download the result.

use std::path::Path;

use uuid::Uuid;

use crate::runtime::Error;
use crate::types::{ExportCreate, ExportJob};
use crate::{Client, Result};

/// Exports a project into a file, which appears only when it is complete.
///
/// ```no_run
/// # async fn demo(project_id: uuid::Uuid) -> hasty_api::Result<()> {
/// use hasty_api::types::{ExportCreate, ExportFormat};
///
/// let client = hasty_api::Client::from_env()?;
/// let export = ExportCreate::new(ExportFormat::JsonCoco).export_name("street");
/// hasty_api::workflows::export_to_file(&client, project_id, &export, "street.zip").await?;
/// # Ok(()) }
/// ```
///
/// # Errors
///
/// Those of the requests; that the job failed, or took too long; that the file cannot be written.
pub async fn export_to_file(
    client: &Client,
    project_id: Uuid,
    export: &ExportCreate,
    file: impl AsRef<Path>,
) -> Result<ExportJob> {
    let started = client.exports().create(project_id, export).await?;
    let job = client.exports().get(project_id, started.id).wait().await?;
    let url = download_url(&job).ok_or_else(|| {
        Error::request("the export is done, but says no address to download it from")
    })?;
    client.download(url).to_file(file).await?;
    Ok(job)
}

/// Where the result of a finished export can be downloaded, without the API key.
#[must_use]
pub fn download_url(job: &ExportJob) -> Option<&str> {
    job.meta.as_ref()?.get("url")?.as_str()
}

/// The name that the export was given.
#[must_use]
pub fn file_name(job: &ExportJob) -> Option<&str> {
    job.meta.as_ref()?.get("export_name")?.as_str()
}
