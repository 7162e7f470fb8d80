//! Counts the labels of a project by class: a table, and a bar chart as an SVG file.
//!
//! `cargo run --example label_stats --features mock [PROJECT_ID [FILE.svg]]`

mod offline;

use std::collections::HashMap;
use std::error::Error;
use std::fmt::Write as _;
use std::path::PathBuf;

use hasty_api::Client;
use uuid::Uuid;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let client = offline::client(hasty_api::mock::examples())?;
    let project_id = offline::id_argument(1, "PROJECT_ID")?;
    let counts = count(&client, project_id).await?;

    let width = counts
        .iter()
        .map(|(name, _)| name.chars().count())
        .max()
        .unwrap_or(0);
    for (name, labels) in &counts {
        println!("{name:width$}  {labels:>8}");
    }

    let file = match std::env::args().nth(2) {
        Some(file) => PathBuf::from(file),
        None => std::env::temp_dir().join("label_stats.svg"),
    };
    std::fs::write(&file, chart(&counts))?;
    println!("chart in {}", file.display());
    Ok(())
}

/// Labels by the name of their class, the most frequent first.
async fn count(client: &Client, project_id: Uuid) -> hasty_api::Result<Vec<(String, usize)>> {
    let mut names = HashMap::new();
    let mut classes = client.label_classes().list(project_id).limit(100).items();
    while let Some(class) = classes.try_next().await? {
        names.insert(class.id, class.name);
    }

    let mut labels_of: HashMap<String, usize> = HashMap::new();
    let mut images = client.images().list(project_id).limit(100).items();
    while let Some(image) = images.try_next().await? {
        let mut labels = client
            .labels()
            .list_for_image(project_id, image.id)
            .limit(100)
            .items();
        while let Some(label) = labels.try_next().await? {
            let name = match label.class_id {
                Some(id) => names.get(&id).cloned().unwrap_or_else(|| id.to_string()),
                None => "no class".to_owned(),
            };
            *labels_of.entry(name).or_default() += 1;
        }
    }
    let mut counts: Vec<(String, usize)> = labels_of.into_iter().collect();
    counts.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
    Ok(counts)
}

/// A bar for each class.
fn chart(counts: &[(String, usize)]) -> String {
    const ROW: usize = 28;
    const NAMES: usize = 200;
    const BARS: usize = 500;
    let most = counts
        .iter()
        .map(|(_, labels)| *labels)
        .max()
        .unwrap_or(0)
        .max(1);
    let (width, height) = (NAMES + BARS + 100, counts.len() * ROW + 40);
    let mut svg = format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" font-family="sans-serif" font-size="13">
<rect width="100%" height="100%" fill="white"/>
<text x="10" y="20" font-weight="bold">Labels per class</text>
"#
    );
    for (row, (name, labels)) in counts.iter().enumerate() {
        let (top, length) = (row * ROW + 32, labels * BARS / most);
        let text = top + 16;
        let _ = writeln!(
            svg,
            r##"<text x="{x}" y="{text}" text-anchor="end">{name}</text><rect x="{NAMES}" y="{top}" width="{length}" height="20" fill="#4c78a8"/><text x="{end}" y="{text}">{labels}</text>"##,
            x = NAMES - 8,
            name = escape(name),
            end = NAMES + length + 6,
        );
    }
    svg.push_str("</svg>\n");
    svg
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
