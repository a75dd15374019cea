//! Reads every usage file under `testdata/usage` and compares what it gives with the case's `expected.txt`.
//!
//! A case holds `usage.yml`, `addresses.txt` (a resource per line) and, to look for unknown keys, `known.json`: the
//! keys of each type as a stanza declares them. Set `UPDATE_EXPECTED` to write what is found, and read each change
//! before it is committed.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use lepton::model::{Address, Object, Problem, Value};
use lepton::usage::UsageFile;
use miette::{GraphicalReportHandler, GraphicalTheme};

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/usage");
    let mut cases: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.retain(|path| path.is_dir());
    cases.sort();
    cases
}

#[test]
fn every_case_gives_what_is_expected() {
    let mut wrong = Vec::new();
    for case in cases() {
        let found = describe(&case);
        let path = case.join("expected.txt");
        if std::env::var_os("UPDATE_EXPECTED").is_some() {
            std::fs::write(&path, &found).unwrap();
        }
        let expected = std::fs::read_to_string(&path).unwrap_or_default();
        if found != expected {
            wrong.push(format!("{} differs, found:\n{found}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn describe(case: &Path) -> String {
    let mut out = String::new();
    let text = std::fs::read_to_string(case.join("usage.yml")).unwrap();
    let (file, warnings) = match UsageFile::parse("usage.yml", &text) {
        Ok(read) => read,
        Err(errors) => {
            errors.iter().for_each(|problem| show(&mut out, problem));
            return out;
        }
    };
    warnings.iter().for_each(|problem| show(&mut out, problem));
    if let Ok(known) = std::fs::read_to_string(case.join("known.json")) {
        let known: serde_json::Value = serde_json::from_str(&known).unwrap();
        let of_type = |kind: &str| Some(object(known.get(kind)?));
        file.unknown_keys(&of_type).iter().for_each(|problem| show(&mut out, problem));
    }
    for address in std::fs::read_to_string(case.join("addresses.txt")).unwrap_or_default().lines() {
        let address = Address::new(address);
        let kind = address.local().split(['.', '[']).next().unwrap();
        writeln!(out, "{address}").unwrap();
        keys(&mut out, &file.for_resource(kind, &address), 1);
    }
    for address in file.usage_only_addresses(&|kind| kind == "aws_data_transfer") {
        writeln!(out, "only in the usage file: {address}").unwrap();
    }
    out
}

fn object(value: &serde_json::Value) -> Object {
    let inner = |value: &serde_json::Value| if value.is_object() { Value::Object(object(value)) } else { Value::Null };
    value.as_object().unwrap().iter().map(|(name, value)| (name.as_str().into(), inner(value))).collect()
}

fn keys(out: &mut String, object: &Object, depth: usize) {
    for (name, value) in object.entries() {
        match value.as_object() {
            Some(inner) => {
                writeln!(out, "{}{name}", "  ".repeat(depth)).unwrap();
                keys(out, inner, depth + 1);
            }
            None => writeln!(out, "{}{name} = {value}", "  ".repeat(depth)).unwrap(),
        }
    }
}

fn show(out: &mut String, problem: &Problem) {
    assert!(problem.help_text().is_some(), "{problem} says what to do now");
    let theme = GraphicalTheme::unicode_nocolor();
    let handler = GraphicalReportHandler::new_themed(theme).with_width(80).with_links(false);
    let mut text = String::new();
    handler.render_report(&mut text, problem).unwrap();
    text.lines().for_each(|line| writeln!(out, "{}", line.trim_end()).unwrap());
    out.push('\n');
}

#[test]
fn a_file_that_is_too_large_is_refused() {
    let long = format!("version: 0.1\n# {}\n", "x".repeat(17 << 20));
    assert_eq!(UsageFile::parse("usage.yml", &long).unwrap_err()[0].code(), "lepton::usage::too-large");
}

/// Places are found in constant time: a letter beyond ASCII once made this quadratic, minutes for a megabyte.
#[test]
fn a_long_file_with_an_umlaut_reads_quickly() {
    let mut text = String::from("version: 0.1\n# für alle\nresource_usage:\n");
    for at in 0..20_000 {
        writeln!(text, "  aws_lambda_function.f{at}: {{ monthly_requests: {at}, request_duration_ms: 5 }}").unwrap();
    }
    let start = std::time::Instant::now();
    let (file, _) = UsageFile::parse("usage.yml", &text).unwrap();
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
    let given = file.for_resource("aws_lambda_function", &Address::new("aws_lambda_function.f19999"));
    assert_eq!(given.get("monthly_requests"), Some(Value::from(19_999)));
}
