//! Reads every case under `testdata/input` and compares what was understood with its `expected.txt`.
//!
//! Set `UPDATE_EXPECTED` to write what is found, and read each change before it is committed.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use lepton::input;
use lepton::model::{Change, Object, Plan, Problem, Value};

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/input");
    let mut cases: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.retain(|path| path.is_dir());
    cases.sort();
    cases
}

fn input_of(case: &Path) -> PathBuf {
    let files = std::fs::read_dir(case).unwrap().map(|entry| entry.unwrap().path());
    let mut inputs: Vec<_> = files.filter(|path| path.file_stem().is_some_and(|stem| stem == "input")).collect();
    assert_eq!(inputs.len(), 1, "{} holds one input", case.display());
    inputs.remove(0)
}

#[test]
fn every_case_is_understood_as_expected() {
    let mut wrong = Vec::new();
    for case in cases() {
        let found = match input::read("input", std::fs::read(input_of(&case)).unwrap()) {
            Ok(plan) => describe(&plan),
            Err(problem) => describe_problem(&problem),
        };
        let path = case.join("expected.txt");
        if std::env::var_os("UPDATE_EXPECTED").is_some() {
            std::fs::write(&path, &found).unwrap();
        }
        let expected = std::fs::read_to_string(&path).unwrap_or_default();
        if found != expected {
            let line = found.lines().zip(expected.lines()).position(|(left, right)| left != right);
            let line = line.unwrap_or_else(|| found.lines().count().min(expected.lines().count()));
            wrong.push(format!("{} differs from line {}: {:?}", path.display(), line + 1, found.lines().nth(line)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// One plan or state in several spellings must read the same.
#[test]
fn spellings_of_one_document_read_the_same() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/input");
    let read = |case: &str| {
        let path = input_of(&folder.join(case));
        describe(&input::read("input", std::fs::read(path).unwrap()).unwrap())
    };
    for case in ["plan-utf8-bom-crlf", "plan-utf16be-with-bom", "plan-utf16-without-bom"] {
        assert_eq!(read(case), read("plan-create"), "{case}");
    }
    assert_eq!(read("state-v4"), read("state-shown"));
    assert_eq!(read("state-v4-keys-in-nested-modules"), read("state-shown-keys-in-nested-modules"));
}

#[test]
fn gzip_is_taken_off() {
    use std::io::Write as _;
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/input/plan-create/input.json");
    let bytes = std::fs::read(&path).unwrap();
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(&bytes).unwrap();
    let packed = encoder.finish().unwrap();
    let plan = input::read("input", packed.clone()).unwrap();
    assert_eq!(describe(&plan), describe(&input::read("input", bytes).unwrap()));
    let problem = input::read("input", packed[..packed.len() / 2].to_vec()).err().unwrap();
    assert_eq!(problem.code(), "lepton::input::broken-gzip");
}

#[test]
fn paths_that_hold_no_file_are_told_apart() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let code = |path: PathBuf| input::read_path(&path).err().unwrap().code();
    assert_eq!(code(folder.join("no-such-plan.json")), "lepton::input::not-found");
    assert_eq!(code(folder.join("src")), "lepton::input::directory");
}

#[test]
fn no_secret_stands_in_a_problem() {
    let secret = "hunter2-token";
    for text in [
        format!(r#"{{"format_version":"{secret}","resource_changes":"{secret}"}}"#),
        format!(r#"{{"format_version":"1.2","resource_changes":[{{"address":["{secret}"]}}]}}"#),
        format!(r#"{{"format_version":"1.2","resource_changes":[]}}{secret}"#),
        format!(r#"{{"format_version":"2.{secret}","resource_changes":[]}}"#),
        format!(r#"{{"version":"{secret}","serial":1}}"#),
        format!(r#"{{"format_version":"1.2","{secret}":"{secret}",}}"#),
        format!(r#"{{"a":"{secret}"}}"#),
        secret.to_owned(),
    ] {
        let problem = input::read("input", text.clone().into()).err().unwrap();
        let report = format!("{:?} {problem} {:?}", miette::Report::new(problem.clone()), problem.help_text());
        assert!(!report.contains("hunter2"), "{text}: {report}");
    }
}

fn describe_problem(problem: &Problem) -> String {
    let help = problem.help_text().unwrap_or("");
    assert!(!help.is_empty(), "{problem} says what to do now");
    let severity = format!("{:?}", problem.severity()).to_lowercase();
    format!("{severity} {}\n  {problem}\n  help: {help}\n", problem.code())
}

fn describe(plan: &Plan) -> String {
    let version = plan.terraform_version.as_deref().unwrap_or("unknown");
    let mut out = format!("{:?}, terraform {version}", plan.kind);
    out.push_str(if plan.complete { ", complete" } else { ", incomplete" });
    out.push_str(if plan.has_before { ", two sides\n" } else { ", one side\n" });
    plan.problems.iter().for_each(|problem| out.push_str(&describe_problem(problem)));
    for (at, change) in plan.changes.iter().enumerate() {
        out.push('\n');
        describe_change(&mut out, plan, at, change);
    }
    out
}

fn describe_change(out: &mut String, plan: &Plan, at: usize, change: &Change) {
    let deposed = change.deposed.as_deref().map(|key| format!(" (deposed {key})")).unwrap_or_default();
    let import = if change.is_import { ", imported" } else { "" };
    let moved = change.previous_address.as_ref().map(|old| format!(", moved from {old}")).unwrap_or_default();
    writeln!(out, "{}{deposed}: {:?}{import}{moved}", change.address, change.action).unwrap();
    let Some(resource) = change.after.as_ref().or(change.before.as_ref()) else { return };
    let region = resource.provider_region.as_deref().unwrap_or("no region");
    writeln!(out, "  {} of {}, {region}", resource.kind, resource.provider).unwrap();
    let same = matches!((&change.before, &change.after), (Some(b), Some(a)) if is_shared(&b.values, &a.values));
    if let Some(before) = change.before.as_ref().filter(|_| !same) {
        describe_values(out, "before", &before.values);
    }
    if let Some(after) = &change.after {
        describe_values(out, if same { "both" } else { "after" }, &after.values);
    }
    for name in resource.values.names() {
        let targets = plan.references.targets(at, &name);
        let addresses: Vec<_> = targets.iter().map(|&target| plan.changes[target].address.as_str()).collect();
        if !addresses.is_empty() {
            writeln!(out, "  {name} refers to {}", addresses.join(", ")).unwrap();
        }
    }
}

fn is_shared(left: &Object, right: &Object) -> bool {
    match (left, right) {
        (Object::Lazy(left), Object::Lazy(right)) => std::sync::Arc::ptr_eq(left, right),
        _ => false,
    }
}

fn describe_values(out: &mut String, side: &str, values: &Object) {
    for (name, value) in values.entries() {
        let is_empty = value.is_null() || value.as_list().is_some_and(<[Value]>::is_empty);
        if !is_empty {
            let path = value.as_unknown().map(|unknown| format!(" {}", unknown.path)).unwrap_or_default();
            writeln!(out, "  {side} {name} = {value}{path}").unwrap();
        }
    }
}
