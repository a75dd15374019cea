//! Whole configurations against what Terraform 1.11.4 planned for them.
//!
//! `testdata/module/recorded/NAME` holds the files of a configuration with `expected.json`: its outputs and resources, or
//! the error. What differs stands in `deviations.txt` with its reason; a difference that is not listed fails, and so does
//! a listed one that is gone.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use lepton::input::module::{Given, NoKnowledge, Project, VariableOption, evaluate};
use lepton::model::Value;
use serde_json::{Value as Json, json};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/module/recorded")
}

fn read(path: &Path) -> Json {
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// What `args.json` says, as options.
fn given(case: &Path) -> Given {
    let recorded = read(&case.join("args.json"));
    let mut given = Given::default();
    let arguments: Vec<&str> = recorded["args"].as_array().unwrap().iter().filter_map(Json::as_str).collect();
    let mut rest = arguments.as_slice();
    while let [argument, after @ ..] = rest {
        let (name, value) = match (argument.split_once('='), after) {
            (Some(pair), _) => {
                rest = after;
                pair
            }
            (None, [value, after @ ..]) => {
                rest = after;
                (*argument, *value)
            }
            (None, []) => break,
        };
        match name {
            "-var" => {
                let (name, value) = value.split_once('=').unwrap();
                given.options.push(VariableOption::Value(name.into(), value.into()));
            }
            "-var-file" => given.options.push(VariableOption::File(case.join(value))),
            _ => {}
        }
    }
    for (name, value) in recorded["env"].as_object().unwrap() {
        if let Some(name) = name.strip_prefix("TF_VAR_") {
            given.environment.push((name.into(), value.as_str().unwrap().into()));
        }
    }
    given.workspace = recorded["workspace"].as_str().unwrap_or_default().into();
    given
}

/// A value as the record has it: unknown parts are marked, numbers are doubles.
fn plain(value: &Value) -> Json {
    match value.unmarked() {
        Value::Null => Json::Null,
        Value::Bool(truth) => json!(truth),
        Value::Number(number) => json!(number.to_string().parse::<f64>().unwrap()),
        Value::String(text) => json!(text.as_str()),
        Value::List(items) => items.iter().map(plain).collect(),
        Value::Object(object) => {
            object.entries().into_iter().map(|(name, value)| (name.to_string(), plain(&value))).collect()
        }
        _ => json!({ "__unknown__": true }),
    }
}

fn doubles(value: &Json) -> Json {
    match value {
        Json::Number(number) => json!(number.as_f64().unwrap()),
        Json::Array(items) => items.iter().map(doubles).collect(),
        Json::Object(entries) => entries.iter().map(|(name, value)| (name.clone(), doubles(value))).collect(),
        other => other.clone(),
    }
}

/// How an evaluated configuration differs from the record.
fn difference(project: &Project, expected: &Json) -> Option<String> {
    let outputs: BTreeMap<&str, Json> =
        project.outputs.iter().map(|(name, value)| (name.as_str(), plain(value))).collect();
    for (name, wanted) in expected["outputs"].as_object()? {
        let got = outputs.get(name.as_str());
        if got != Some(&doubles(wanted)) {
            return Some(format!("output {name}: {} is wanted, not {}", wanted, got.unwrap_or(&Json::Null)));
        }
    }
    for (name, wanted) in expected["output_types"].as_object().into_iter().flatten() {
        let got = project.outputs.get(name.as_str()).map(|value| value.value_type().to_json());
        // A null at the top has no type in what `show -json` writes.
        if got.as_ref() != Some(wanted) && !expected["outputs"][name].is_null() {
            return Some(format!("output {name}: type {wanted} is wanted, not {}", got.unwrap_or(Json::Null)));
        }
    }
    let resources: BTreeMap<&str, Json> = project
        .plan
        .changes
        .iter()
        .map(|change| {
            let values = Value::Object(change.after.as_ref().unwrap().values.clone());
            (change.address.as_str(), plain(&values))
        })
        .collect();
    let mut wanted = BTreeSet::new();
    for resource in expected["resources"].as_array()? {
        let address = resource["address"].as_str()?;
        if resource["mode"] != "managed" || resource["actions"] == json!(["delete"]) {
            continue;
        }
        wanted.insert(address);
        let Some(got) = resources.get(address) else { return Some(format!("{address} is missing")) };
        if *got != doubles(&resource["values"]) {
            return Some(format!("{address}: {} is wanted, not {got}", resource["values"]));
        }
    }
    resources.keys().find(|address| !wanted.contains(*address)).map(|address| format!("{address} is not wanted"))
}

fn outcome(case: &Path) -> Option<String> {
    let expected = read(&case.join("expected.json"));
    let result = evaluate(case, &given(case), &|_, _, _| None, &NoKnowledge);
    match (result, expected["error"].as_str()) {
        (Ok(project), None) => difference(&project, &expected),
        (Ok(_), Some(error)) => Some(format!("it should fail: {error}")),
        (Err(problems), None) => Some(format!("it fails: {}", problems[0])),
        (Err(problems), Some(error)) => {
            let line = expected["line"].as_u64()?;
            let place = problems.iter().filter_map(|problem| problem.place()).map(|(source, span)| source.line(span));
            let lines: Vec<usize> = place.collect();
            (!lines.is_empty() && !lines.contains(&(line as usize)))
                .then(|| format!("{error}: line {line} is wanted, not {lines:?} ({})", problems[0]))
        }
    }
}

fn deviations() -> BTreeMap<String, String> {
    let text = fs::read_to_string(folder().join("deviations.txt")).unwrap_or_default();
    let entries = text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
    entries
        .map(|line| {
            let (name, reason) = line.split_once(": ").expect("`name: reason`");
            (name.to_owned(), reason.to_owned())
        })
        .collect()
}

#[test]
fn configurations_are_what_terraform_planned() {
    let listed = deviations();
    let mut failures = Vec::new();
    let mut compared = 0;
    let mut folders: Vec<PathBuf> = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    for case in folders.into_iter().filter(|path| path.is_dir()) {
        let name = case.file_name().unwrap().to_string_lossy().into_owned();
        compared += 1;
        match (outcome(&case), listed.contains_key(&name)) {
            (Some(difference), false) => failures.push(format!("{name}: {difference}")),
            (None, true) => failures.push(format!("{name}: is listed and does not differ")),
            _ => {}
        }
    }
    assert!(compared >= 68, "only {compared} configurations were compared");
    assert!(failures.is_empty(), "{} of {compared}:\n{}", failures.len(), failures.join("\n"));
}
