//! Reads a whole folder of real plans and states, given by `LEPTON_CORPUS`; see its README for the rows.

use std::path::{Path, PathBuf};

use lepton::input;
use lepton::model::{Object, Severity, Value};

fn files(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files(&path, out) } else { out.push(path) }
    }
}

/// What must be said of a file; `None` for a plan or a state that can be read.
fn expected(name: &str) -> Option<&'static str> {
    Some(match name {
        "invalid/state-syntax-error.tfstate" => "syntax",
        "invalid/trailing-char.json" | "invalid/trailing-document.json" => "trailing-data",
        "invalid/odd/ancient-gob-header.tfplan" => "ancient-plan-file",
        "invalid/odd/derived-format-2.0.json" => "plan-version",
        "invalid/odd/derived-latin1.json" => "not-utf8",
        "invalid/odd/derived-state-v2.tfstate" | "invalid/odd/derived-state-v5.tfstate" => "state-version",
        "invalid/odd/derived-truncated.json" => "truncated",
        "invalid/odd/derived-two-plans-concatenated.json" => "several-documents",
        "invalid/odd/hostile-types.json" => "unexpected-shape",
        "invalid/odd/not-a-plan-empty.json" => "empty",
        "invalid/odd/not-a-plan-html.json" => "html",
        "invalid/odd/not-a-plan-lfs-pointer.tfplan" => "git-lfs-pointer",
        "invalid/odd/not-a-plan-nan.json" => "syntax",
        "invalid/odd/not-a-plan-null.json" => "not-terraform",
        "invalid/odd/not-a-plan-other.zip.tfplan" => "zip",
        "invalid/odd/opentofu-encrypted-state.tfstate" => "encrypted-state",
        "invalid/odd/plan-text-ansi.json" => "plan-text",
        "invalid/odd/plan-ui-stream.jsonl" => "event-stream",
        "invalid/odd/state-v0-binary.tfstate" => "ancient-state",
        "plan-json/wrapped/scalr-mock-iam.json" => "several-plans",
        "state-raw/core/backend-only-v3.tfstate" => "backend-pointer",
        "invalid/odd/derived-plan-version-4.tfplan" => "plan-file-version",
        "invalid/odd/derived-protobuf-cut.tfplan" | "invalid/odd/derived-truncated.tfplan" => "plan-file-damaged",
        "invalid/odd/derived-zip-without-tfplan.tfplan" => "plan-file-incomplete",
        "invalid/odd/hostile-zip-bomb-96mb.tfplan" => "plan-file-damaged",
        _ => return None,
    })
}

/// The README's columns of counts, by file: resources.
fn counts(readme: &str) -> std::collections::HashMap<String, usize> {
    let rows = readme.lines().filter(|line| line.starts_with("| ")).map(|line| line.split('|').collect::<Vec<_>>());
    let row = |cells: Vec<&str>| Some((cells.get(1)?.trim().to_owned(), cells.get(7)?.trim().parse().ok()?));
    rows.filter_map(row).collect()
}

fn visit(object: &Object) -> usize {
    object.entries().iter().map(|(_, value)| nodes(value)).sum()
}

fn nodes(value: &Value) -> usize {
    match value.unmarked() {
        Value::Object(object) => 1 + visit(object),
        Value::List(items) => 1 + items.iter().map(nodes).sum::<usize>(),
        _ => 1,
    }
}

#[test]
fn every_file_reads_or_says_why_not() {
    let Some(folder) = std::env::var_os("LEPTON_CORPUS").map(PathBuf::from) else {
        println!("LEPTON_CORPUS is not set: skipped");
        return;
    };
    let counts = counts(&std::fs::read_to_string(folder.join("README.md")).unwrap());
    let mut paths = Vec::new();
    for part in ["plan-json", "plan-binary", "state-json", "state-raw", "invalid"] {
        files(&folder.join(part), &mut paths);
    }
    paths.sort();
    assert!(paths.len() > 100);
    let mut failures = Vec::new();
    for path in paths {
        let name = path.strip_prefix(&folder).unwrap().to_string_lossy().into_owned();
        let found = input::read_path(&path);
        let code = found.as_ref().err().map(|problem| problem.code().trim_start_matches("lepton::input::"));
        if code != expected(&name) {
            let said = found.as_ref().err().map(ToString::to_string);
            failures.push(format!("{name}: expected {:?}, found {code:?}: {said:?}", expected(&name)));
        }
        let Ok(plan) = found else { continue };
        let mut decoded = 0;
        for (at, change) in plan.changes.iter().enumerate() {
            for resource in [&change.before, &change.after].into_iter().flatten() {
                decoded += visit(&resource.values);
                for attribute in resource.values.names() {
                    for target in plan.references.targets(at, &attribute) {
                        assert!(target < plan.changes.len());
                    }
                }
            }
        }
        assert!(plan.problems.iter().all(|problem| problem.severity() == Severity::Warning));
        let warnings: Vec<_> = plan.problems.iter().map(|p| p.code().trim_start_matches("lepton::input::")).collect();
        let regions: std::collections::BTreeSet<_> = plan
            .changes
            .iter()
            .flat_map(|change| [&change.before, &change.after])
            .flatten()
            .filter_map(|resource| resource.provider_region.as_deref())
            .collect();
        println!("{name}: {} resources, {decoded} values, {regions:?} {warnings:?}", plan.changes.len());
        // Two rows also count resources that have no instance.
        let counts_blocks =
            name.ends_with("ec2-0.12-each.tfstate") || name.ends_with("state-raw/aws/mixed-0.12.tfstate");
        if let Some(&count) = counts.get(&name)
            && count != plan.changes.len()
            && !counts_blocks
        {
            failures.push(format!("{name}: {count} resources expected, {} found", plan.changes.len()));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// States in the corpus and beside it that were written in both spellings.
#[test]
fn raw_states_and_shown_ones_agree() {
    let Some(folder) = std::env::var_os("LEPTON_CORPUS").map(PathBuf::from) else {
        println!("LEPTON_CORPUS is not set: skipped");
        return;
    };
    let mut raw = Vec::new();
    files(&folder.join("state-raw/generated"), &mut raw);
    files(&folder.join("../oracles/lifecycles"), &mut raw);
    raw.retain(|path| path.extension().is_some_and(|end| end == "tfstate"));
    let mut compared = 0;
    for path in raw {
        let shown = path.to_string_lossy().replace("state-raw", "state-json").replace(".tfstate", ".json");
        if !Path::new(&shown).is_file() {
            continue;
        }
        compared += 1;
        let [raw, shown] = [path.as_path(), Path::new(&shown)].map(|path| input::read_path(path).unwrap());
        let line = |change: &lepton::model::Change| {
            let after = change.after.as_ref().unwrap();
            let mut values = after.values.entries();
            values.sort_by(|left, right| left.0.cmp(&right.0));
            (
                change.address.clone(),
                change.deposed.clone(),
                after.kind.clone(),
                after.provider.clone(),
                format!("{values:?}"),
            )
        };
        let lines = |plan: &lepton::model::Plan| plan.changes.iter().map(line).collect::<Vec<_>>();
        assert_eq!(lines(&raw), lines(&shown), "{}", path.display());
    }
    assert!(compared > 5, "{compared} pairs compared");
}
