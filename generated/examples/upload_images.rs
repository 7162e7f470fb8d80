//! Uploads a folder of images into a dataset, 8 at a time, with a progress bar.
//!
//! `cargo run --example upload_images --features mock [PROJECT_ID DATASET_ID FOLDER]`

mod offline;

use std::error::Error;
use std::path::{Path, PathBuf};

use futures_util::{StreamExt, TryStreamExt, stream};
use hasty_api::runtime::{Method, StatusCode};
use hasty_api::workflows::Uploader;
use indicatif::{ProgressBar, ProgressStyle};

const AT_ONCE: usize = 8;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let client = offline::client(mock())?;
    let project_id = offline::id_argument(1, "PROJECT_ID")?;
    let dataset_id = offline::id_argument(2, "DATASET_ID")?;
    let files = match std::env::args().nth(3) {
        Some(folder) => images_in(Path::new(&folder))?,
        None => sample_images()?,
    };

    let uploader = Uploader::new(&client, project_id).with_batch(AT_ONCE);
    let bar = ProgressBar::new(files.len() as u64).with_style(ProgressStyle::with_template(
        "{pos} of {len} {bar:40} {msg}",
    )?);
    let uploads = files.iter().map(|file| {
        let (uploader, bar) = (uploader.clone(), bar.clone());
        async move {
            let name = file.file_name().unwrap_or_default().to_string_lossy();
            let image = uploader.image(dataset_id, &name, file.as_path()).await?;
            bar.inc(1);
            bar.set_message(name.into_owned());
            Ok::<_, hasty_api::Error>(image.id)
        }
    });
    let ids: Vec<_> = stream::iter(uploads)
        .buffer_unordered(AT_ONCE)
        .try_collect()
        .await?;
    bar.finish_and_clear();
    println!("{} images uploaded", ids.len());
    Ok(())
}

fn images_in(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let is_image = |file: &Path| {
        let extension = file.extension().unwrap_or_default().to_ascii_lowercase();
        ["jpg", "jpeg", "png", "tif", "tiff", "bmp", "webp"]
            .iter()
            .any(|known| extension == *known)
    };
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let file = entry?.path();
        if is_image(&file) {
            files.push(file);
        }
    }
    files.sort();
    Ok(files)
}

/// Twelve small files that stand for images.
fn sample_images() -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let folder = std::env::temp_dir().join("hasty-api-upload-images");
    std::fs::create_dir_all(&folder)?;
    for number in 0..12 {
        std::fs::write(
            folder.join(format!("image-{number:02}.png")),
            [number; 1024],
        )?;
    }
    images_in(&folder)
}

/// The storage host is no part of the API's description: offline, signed URLs lead to a PUT that is always answered well.
fn mock() -> hasty_api::mock::Mock {
    let urls: Vec<String> = (0..AT_ONCE)
        .map(|number| {
            format!(
                r#"{{"id":"17a4fab4-c59c-4031-9cb5-41fccb5b05{number:02}","url":"https://storage.example.com/upload/{number}"}}"#
            )
        })
        .collect();
    let list = format!(
        r#"{{"meta":{{"total":{AT_ONCE}}},"items":[{}]}}"#,
        urls.join(",")
    );
    hasty_api::mock::examples()
        .reply(
            Method::GET,
            "/v1/projects/{project_id}/uploads",
            StatusCode::OK,
            list,
        )
        .reply_bytes(Method::PUT, "/upload/{number}", StatusCode::OK, "")
}
