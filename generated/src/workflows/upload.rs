//! Uploads: a signed URL, the bytes to the storage host, then the import into a dataset.

use std::sync::{Arc, Mutex, PoisonError};

use uuid::Uuid;

use crate::runtime::{Error, UploadBody};
use crate::types::{Image, ImageImportUpload, SignedUrl, Video, VideoImport};
use crate::{Client, Result};

/// The most signed URLs that one call gives.
const MAX_URLS: i64 = 50;

/// Uploads images and videos into a project. A clone shares the signed URLs that are not used yet, so that many uploads can run at
/// once and ask for URLs together.
///
/// ```no_run
/// # async fn demo(project_id: uuid::Uuid, dataset_id: uuid::Uuid) -> hasty_api::Result<()> {
/// use std::path::Path;
///
/// let client = hasty_api::Client::from_env()?;
/// let uploader = hasty_api::workflows::Uploader::new(&client, project_id);
/// let image = uploader.image(dataset_id, "street.jpg", Path::new("photos/street.jpg")).await?;
/// # Ok(()) }
/// ```
#[derive(Debug, Clone)]
pub struct Uploader {
    client: Client,
    project_id: Uuid,
    batch: i64,
    spare: Arc<Mutex<Vec<SignedUrl>>>,
}

impl Uploader {
    /// Uploads into this project.
    pub fn new(client: &Client, project_id: Uuid) -> Self {
        Self {
            client: client.clone(),
            project_id,
            batch: 1,
            spare: Arc::default(),
        }
    }

    /// How many signed URLs are asked for at once, from 1 to 50. URLs run out after a while: ask for as many as are used soon.
    #[must_use]
    pub fn with_batch(mut self, urls: usize) -> Self {
        self.batch = i64::try_from(urls).unwrap_or(MAX_URLS).clamp(1, MAX_URLS);
        self
    }

    /// Uploads an image and imports it under a name that no other image of the dataset has. The body is a path, bytes, or a stream.
    ///
    /// # Errors
    ///
    /// Those of the three requests. The API key never goes to the storage host.
    pub async fn image(
        &self,
        dataset_id: Uuid,
        filename: &str,
        body: impl Into<UploadBody>,
    ) -> Result<Image> {
        let upload_id = self.put(body.into(), "image/*").await?;
        let import = ImageImportUpload::new(dataset_id, upload_id, filename);
        self.client
            .images()
            .import(self.project_id, &import.into())
            .await
    }

    /// Uploads a video and imports it under a name that no other video of the dataset has. The server then processes it: wait for that
    /// with `client.videos().get(…).wait()`.
    ///
    /// # Errors
    ///
    /// Those of the three requests. The API key never goes to the storage host.
    pub async fn video(
        &self,
        dataset_id: Uuid,
        filename: &str,
        body: impl Into<UploadBody>,
    ) -> Result<Video> {
        let upload_id = self.put(body.into(), "video/*").await?;
        let import = VideoImport::new(dataset_id, upload_id, filename);
        self.client
            .videos()
            .import(self.project_id, &import.into())
            .await
    }

    /// Sends the bytes to a signed URL and gives the id of the upload.
    async fn put(&self, body: UploadBody, media_type: &str) -> Result<Uuid> {
        let signed = self.signed_url().await?;
        let upload_id = Uuid::parse_str(&signed.id).map_err(|_| {
            Error::request(format!(
                "the id of the signed URL is no UUID: {:?}",
                signed.id
            ))
        })?;
        self.client
            .upload(&signed.url, body)
            .with_content_type(media_type)
            .await?;
        Ok(upload_id)
    }

    async fn signed_url(&self) -> Result<SignedUrl> {
        if let Some(signed) = self.spare().pop() {
            return Ok(signed);
        }
        let mut urls = self
            .client
            .uploads()
            .generate_urls(self.project_id, self.batch)
            .await?
            .items;
        let signed = urls
            .pop()
            .ok_or_else(|| Error::request("the server gave no signed URL to upload to"))?;
        self.spare().append(&mut urls);
        Ok(signed)
    }

    /// A list of URLs is whole after each change, so a panic elsewhere while it was locked does no harm.
    fn spare(&self) -> std::sync::MutexGuard<'_, Vec<SignedUrl>> {
        self.spare.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
