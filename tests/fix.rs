//! `lepton fix` changes what it says, where it says, and nothing else.
//!
//! `UPDATE_EXPECTED=1 cargo test --test fix` writes the difference and the refusals that are expected; read them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const FOLDER: &str = "testdata/fix";

fn fix(folder: &Path, arguments: &[&str]) -> Output {
    let catalog = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/cli/catalog");
    let mut command = Command::new(env!("CARGO_BIN_EXE_lepton"));
    command.current_dir(folder).args(["fix", "plan.json", "--source", "infra", "--catalog"]).arg(catalog);
    command.args(arguments).env("NO_COLOR", "1").env("COLUMNS", "80");
    command.output().expect("lepton runs")
}

/// A copy of the case that a test may write in.
fn copy(name: &str) -> PathBuf {
    fn all(from: &Path, to: &Path) {
        fs::create_dir_all(to).unwrap();
        for entry in fs::read_dir(from).unwrap() {
            let entry = entry.unwrap();
            let target = to.join(entry.file_name());
            match entry.path().is_dir() {
                true => all(&entry.path(), &target),
                false => _ = fs::copy(entry.path(), target).unwrap(),
            }
        }
    }
    let to = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("fix-{name}"));
    let _ = fs::remove_dir_all(&to);
    all(Path::new(FOLDER), &to);
    to
}

fn expect(name: &str, seen: &[u8]) {
    let path = Path::new(FOLDER).join(name);
    let seen = String::from_utf8(seen.to_vec()).unwrap();
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        fs::write(&path, &seen).unwrap();
    }
    assert_eq!(fs::read_to_string(&path).unwrap_or_default(), seen, "{}", path.display());
}

#[test]
fn the_difference_and_the_refusals_are_those_expected() {
    let output = fix(Path::new(FOLDER), &[]);
    assert!(output.status.success());
    expect("expected.diff", &output.stdout);
    expect("expected.stderr", &output.stderr);
}

#[test]
fn what_is_written_parses_and_differs_only_in_the_lines_of_the_difference() {
    let folder = copy("write");
    let files = ["infra/main.tf", "infra/modules/store/main.tf", "infra/modules/web/main.tf", "infra/variables.tf"];
    let read = |file: &str| fs::read_to_string(folder.join(file)).unwrap();
    let before: Vec<String> = files.iter().map(|file| read(file)).collect();
    let output = fix(&folder, &["--write"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let after: Vec<String> = files.iter().map(|file| read(file)).collect();
    for text in &after {
        hcl::edit::parser::parse_body(text).expect("the fixed file parses");
    }
    assert_eq!(&before[2..], &after[2..], "a file without a fix is as it was");
    let changed = |at: usize| -> Vec<(&str, &str)> {
        let lines = before[at].split('\n').zip(after[at].split('\n'));
        lines.filter(|(before, after)| before != after).collect()
    };
    assert_eq!(
        changed(0)[..2],
        [
            ("  size     = \"large\" // was small once", "  size     = \"small\" // was small once"),
            ("  disk_gb  = 100", "  disk_gb  = 50")
        ]
    );
    assert_eq!(after[0].lines().count(), before[0].lines().count() + 1, "one line is new");
    assert_eq!(
        after[1],
        "resource \"demo_server\" \"store\" {\r\n  size = \"small\"\r\n  schedule = \"office-hours\"\r\n}\r\n"
    );
    // The plan is of the old text: nothing is changed twice.
    let again = fix(&folder, &["--write"]);
    assert!(again.status.success());
    let text = String::from_utf8_lossy(&again.stderr).into_owned();
    assert!(
        text.contains("the plan was made of another text") || text.contains("the plan was made of another"),
        "{text}"
    );
    assert_eq!(read(files[0]), after[0]);
}

#[test]
fn rules_and_addresses_narrow_it_down() {
    let one = fix(Path::new(FOLDER), &["--rule", "roomy-*"]);
    let text = String::from_utf8(one.stdout).unwrap();
    assert!(text.contains("+  disk_gb  = 50") && !text.contains("small\"\n+"), "{text}");
    let other = fix(Path::new(FOLDER), &["--on", "module.store"]);
    let text = String::from_utf8(other.stdout).unwrap();
    assert!(text.contains("store/main.tf") && !text.contains("infra/main.tf\n"), "{text}");
}

#[test]
fn findings_of_a_report_point_at_the_files() {
    let catalog = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/cli/catalog");
    let mut command = Command::new(env!("CARGO_BIN_EXE_lepton"));
    command.current_dir(FOLDER).args(["plan-cost", "plan.json", "--format", "json", "--source", "infra", "--catalog"]);
    let output = command.arg(catalog).output().expect("lepton runs");
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let places: Vec<(&str, &str, u64)> = report["findings"]
        .as_array()
        .expect("findings")
        .iter()
        .filter_map(|finding| {
            Some((finding["address"].as_str()?, finding["file"].as_str()?, finding["line"].as_u64()?))
        })
        .collect();
    assert!(places.contains(&("demo_server.plain", "infra/main.tf", 12)), "{places:?}");
    assert!(places.contains(&("module.web.demo_server.front", "infra/modules/web/main.tf", 4)), "{places:?}");
    assert!(!places.iter().any(|(address, ..)| *address == "demo_server.nowhere"));
}
