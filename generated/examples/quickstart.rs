//! The first steps: workspaces, projects, and the images of a project.
//!
//! `cargo run --example quickstart --features mock [PROJECT_ID]`

mod offline;

use hasty_api::types::DefaultStatus;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = offline::client(hasty_api::mock::examples())?;

    let mut workspaces = client.workspaces().list().items();
    while let Some(workspace) = workspaces.try_next().await? {
        println!("workspace {}", workspace.id);
    }

    let mut projects = client.projects().list().items();
    while let Some(project) = projects.try_next().await? {
        println!("project {} {:?}", project.id, project.name);
    }

    let project_id = offline::id_argument(1, "PROJECT_ID")?;
    let page = client
        .images()
        .list(project_id)
        .image_status([DefaultStatus::Done, DefaultStatus::ToReview])
        .limit(10)
        .send()
        .await?;
    println!("{}, request id {:?}", page.status(), page.request_id());
    for image in &page.body().items {
        println!("image {} {}", image.id, image.name);
    }
    Ok(())
}
