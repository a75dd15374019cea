//! The README shows what lepton does: its output and its coverage tables are generated, never trusted.
//!
//! `UPDATE_EXPECTED=1 cargo test --test readme` writes both anew.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::Command;

use lepton::catalog::Catalog;

const END: &str = "<!-- end -->";

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn shows_real_output_and_real_coverage() {
    let path = root().join("README.md");
    let text = std::fs::read_to_string(&path).expect("the README");
    let text = text.replace("\r\n", "\n");
    let mut expected = replace(&text, "<!-- coverage -->", &coverage());
    for (marker, fence, end, least) in [("<!-- output: ", "```text\n", "```\n", 2), ("<!-- markdown: ", "", "", 1)] {
        let commands = text.split(marker).skip(1).map(|rest| rest.split(" -->").next().expect("a command"));
        let mut outputs = 0;
        for command in commands {
            let output = format!("{fence}{}{end}", run(command));
            expected = replace(&expected, &format!("{marker}{command} -->"), &output);
            outputs += 1;
        }
        assert!(outputs >= least, "{marker}: an output of plan-cost and one of place, and the coverage of the book");
    }
    let rules = lepton::rules::builtin_codes().count();
    let (before, rest) = expected.split_once("<!-- rules -->").expect("the number of rules");
    let (_, after) = rest.split_once("<!-- /rules -->").expect("its end");
    expected = format!("{before}<!-- rules -->{rules}<!-- /rules -->{after}");
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        std::fs::write(&path, &expected).expect("the README can be written");
        return;
    }
    assert!(text == expected, "the README is not what lepton shows: UPDATE_EXPECTED=1 cargo test --test readme");
}

/// The description of `lepton.hcl` that stands in the repository is the one that the program checks by.
#[test]
fn describes_the_configuration_as_it_is_read() {
    let path = root().join("src/config/lepton-hcl.json");
    let seen = run("config schema");
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        std::fs::write(&path, &seen).expect("the description can be written");
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert!(expected == seen, "UPDATE_EXPECTED=1 cargo test --test readme");
}

/// What the README writes into `lepton.hcl` can stand there.
#[test]
fn shows_blocks_that_can_be_read() {
    let text = std::fs::read_to_string(root().join("README.md")).expect("the README").replace("\r\n", "\n");
    for heading in ["## Without a plan", "## Where it could run", "## Your own prices"] {
        let (_, section) = text.split_once(heading).expect("the section");
        let block = section.split("```hcl\n").nth(1).and_then(|rest| rest.split("```").next()).expect("its blocks");
        let read = lepton::config::Config::read(&lepton::model::Source::new("README.md", block));
        assert!(read.is_ok(), "{heading}: {:?}", read.err());
    }
}

/// The text between a marker's line and the next end marker, replaced.
fn replace(text: &str, marker: &str, with: &str) -> String {
    let start = text.find(marker).expect("the marker") + marker.len() + 1;
    let end = start + text[start..].find(END).expect("the end marker");
    format!("{}{with}{}", &text[..start], &text[end..])
}

fn run(command: &str) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_lepton"))
        .args(command.split(' '))
        .env("NO_COLOR", "1")
        .env("COLUMNS", "80")
        .env("LEPTON_PRICES", "embedded")
        .current_dir(root())
        .output()
        .expect("lepton runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

/// Priced and free types by provider.
fn coverage() -> String {
    let mut types: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let catalog = Catalog::embedded();
    for (_, file, is_free) in catalog.resources() {
        let provider = file.split('/').next().expect("a folder").to_owned();
        let counts = types.entry(provider).or_default();
        if is_free {
            counts.1 += 1;
        } else {
            counts.0 += 1;
        }
    }
    let mut text = String::from("| provider | priced types | free types |\n");
    text.push_str("| --- | ---: | ---: |\n");
    for (folder, name) in [
        ("aws", "AWS"),
        ("azurerm", "Azure"),
        ("google", "Google Cloud"),
        ("alicloud", "Alibaba Cloud"),
        ("tencentcloud", "Tencent Cloud"),
        ("hcloud", "Hetzner Cloud"),
        ("ovh", "OVHcloud"),
        ("scaleway", "Scaleway"),
        ("upcloud", "UpCloud"),
        ("exoscale", "Exoscale"),
        ("other", "utility providers"),
    ] {
        let (priced, free) = types.get(folder).copied().unwrap_or_default();
        writeln!(text, "| {name} | {priced} | {free} |").expect("a String");
    }
    text
}
