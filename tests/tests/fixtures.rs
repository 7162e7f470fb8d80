//! Every construct: the emitted code as a snapshot, and all fixtures compiled together, linted and run.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use clientsmith_tests::fixtures::{self, Fixture};

#[test]
fn the_emitted_code_of_each_construct_is_as_reviewed() -> Result<()> {
    for fixture in fixtures::all()? {
        let generation = fixture.generate()?;
        insta::assert_snapshot!(
            format!("code_{}", fixture.construct),
            Fixture::emitted(&generation)
        );
    }
    Ok(())
}

#[test]
fn the_model_of_each_construct_is_as_reviewed() -> Result<()> {
    for fixture in fixtures::all()? {
        let generation = fixture.generate()?;
        insta::assert_json_snapshot!(format!("model_{}", fixture.construct), generation.api);
    }
    Ok(())
}

#[test]
fn the_types_of_all_constructs_carry_and_refuse_their_values() -> Result<()> {
    let target = target_folder()?;
    let workspace = target.join("fixtures");
    let fixtures = fixtures::all()?;
    fixtures::write_workspace(&fixtures, &workspace)?;
    // The versions that the whole workspace is tested with.
    std::fs::copy(
        fixtures::package_folder().join("../Cargo.lock"),
        workspace.join("Cargo.lock"),
    )?;
    // The program asks for the feature `serde` of every crate: with it, and without.
    for selection in [&[][..], &["--exclude", "fixtures-program"]] {
        let lint = ["clippy", "--quiet", "--workspace"];
        let denied = ["--", "-D", "warnings"];
        cargo(
            &workspace,
            &target,
            &[&lint[..], selection, &denied].concat(),
        )?;
    }
    for fixture in &fixtures {
        let features = fixture.generate()?.api.features;
        let none = (!features.is_empty()).then_some("");
        for feature in none
            .into_iter()
            .chain(features.groups.values().map(String::as_str))
        {
            let package = fixture.package();
            let alone = [
                "--package",
                &package,
                "--no-default-features",
                "--features",
                feature,
            ];
            let clippy = [
                &["clippy", "--quiet"],
                &alone[..],
                &["--", "-D", "warnings"],
            ]
            .concat();
            cargo(&workspace, &target, &clippy)?;
        }
    }
    cargo(
        &workspace,
        &target,
        &["run", "--quiet", "--package", "fixtures-program"],
    )
}

fn cargo(workspace: &Path, target: &Path, arguments: &[&str]) -> Result<()> {
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .current_dir(workspace)
        .env("CARGO_TARGET_DIR", target)
        .output()
        .context("cargo starts")?;
    ensure!(
        output.status.success(),
        "cargo {}: {}",
        arguments.join(" "),
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(())
}

/// The target folder that this test was built in: `<target>/<profile>/deps/<test>`.
fn target_folder() -> Result<PathBuf> {
    let program = std::env::current_exe()?;
    let target = program
        .ancestors()
        .nth(3)
        .context("a test lies three folders deep")?;
    Ok(target.to_owned())
}
