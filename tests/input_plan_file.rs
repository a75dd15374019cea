//! Saved plans against what `show -json` gives of the same plan: every change, attribute, mark, region and reference.
//!
//! `testdata/plan_file/NAME` holds a pair, `plan.bin` and `plan.json`. With `LEPTON_ORACLES` and `LEPTON_CORPUS` the
//! pairs of these folders are compared too. What differs stands in `deviations.txt` with its reason; a difference that
//! is not listed fails.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use lepton::input;
use lepton::model::{Plan, Resource, Value};

/// A pair: its name, the saved plan, the JSON.
type Pair = (String, PathBuf, PathBuf);

/// Binary plans of `LEPTON_CORPUS`, and their twins.
const TWINS: [(&str, &str); 8] = [
    ("aws/vpc-34-1.9", "aws/large-vpc-34"),
    ("aws/goof-0.14", "aws/goof-0.14"),
    ("local/guides-0.13-beta", "core/guides-0.13-beta"),
    ("generated/change", "generated/change"),
    ("generated/create", "generated/create"),
    ("generated/destroy", "generated/destroy"),
    ("generated/errored", "generated/errored"),
    ("generated/refresh-only", "generated/refresh-only"),
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/plan_file")
}

/// The pairs below a folder.
fn find(base: &Path, folder: &Path, out: &mut Vec<Pair>) {
    let (saved, json) = (folder.join("plan.bin"), folder.join("plan.json"));
    if saved.is_file() && json.is_file() {
        out.push((folder.strip_prefix(base).unwrap().display().to_string(), saved, json));
    }
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            find(base, &path, out);
        }
    }
}

fn pairs() -> Vec<Pair> {
    let mut pairs = Vec::new();
    find(&folder(), &folder(), &mut pairs);
    if let Some(oracles) = std::env::var_os("LEPTON_ORACLES").map(PathBuf::from) {
        find(&oracles, &oracles, &mut pairs);
    }
    if let Some(corpus) = std::env::var_os("LEPTON_CORPUS").map(PathBuf::from) {
        pairs.extend(TWINS.iter().map(|(saved, json)| {
            let saved = corpus.join(format!("plan-binary/{saved}.tfplan"));
            (saved.file_stem().unwrap().display().to_string(), saved, corpus.join(format!("plan-json/{json}.json")))
        }));
    }
    pairs.sort();
    pairs
}

/// Everything that lepton understands of a plan, by where it stands.
fn facts(plan: &Plan) -> BTreeMap<String, String> {
    let mut facts = BTreeMap::new();
    let version = plan.terraform_version.as_deref().unwrap_or_default();
    facts.insert("plan".to_owned(), format!("{version} complete {} before {}", plan.complete, plan.has_before));
    let codes: Vec<_> = plan.problems.iter().map(|problem| problem.code()).collect();
    facts.insert("problems".to_owned(), codes.join(" "));
    for (at, change) in plan.changes.iter().enumerate() {
        let name = format!("{} {}", change.address, change.deposed.as_deref().unwrap_or("current"));
        let moved = change.previous_address.as_ref().map(|old| old.to_string()).unwrap_or_default();
        facts.insert(name.clone(), format!("{:?} {moved} {}", change.action, change.is_import));
        for (side, resource) in [("before", &change.before), ("after", &change.after)] {
            let Some(resource) = resource else { continue };
            side_facts(&format!("{name} {side}"), resource, &mut facts);
            for attribute in resource.values.names() {
                let mut targets: Vec<_> = plan.references.targets(at, &attribute);
                targets.sort_unstable();
                let addresses: Vec<_> = targets.iter().map(|&at| plan.changes[at].address.as_str()).collect();
                facts.insert(format!("{name} {side} {attribute} refers"), addresses.join(" "));
            }
        }
    }
    facts
}

fn side_facts(name: &str, resource: &Resource, facts: &mut BTreeMap<String, String>) {
    let region = resource.provider_region.as_deref().unwrap_or("none");
    facts.insert(name.to_owned(), format!("{} of {} in {region}", resource.kind, resource.provider));
    for (attribute, value) in resource.values.entries() {
        value_facts(&format!("{name} {attribute}"), &value, facts);
    }
}

fn value_facts(name: &str, value: &Value, facts: &mut BTreeMap<String, String>) {
    let mark = if value.is_sensitive() { "sensitive " } else { "" };
    match value.unmarked() {
        Value::List(items) => {
            facts.insert(name.to_owned(), format!("{mark}list of {}", items.len()));
            items.iter().enumerate().for_each(|(at, item)| value_facts(&format!("{name}[{at}]"), item, facts));
        }
        Value::Object(object) => {
            facts.insert(name.to_owned(), format!("{mark}object"));
            object.entries().iter().for_each(|(key, item)| value_facts(&format!("{name}.{key}"), item, facts));
        }
        Value::String(text) => _ = facts.insert(name.to_owned(), format!("{mark}text {text}")),
        other => _ = facts.insert(name.to_owned(), format!("{mark}{other}")),
    }
}

/// Where two plans differ.
fn differences((_, saved, json): &Pair) -> Vec<String> {
    let read = |path: &Path| facts(&input::read("plan", std::fs::read(path).unwrap()).unwrap());
    let (saved, json) = (read(saved), read(json));
    let mut names: Vec<_> = saved.keys().chain(json.keys()).collect();
    names.sort();
    names.dedup();
    let line = |name: &String| {
        let said = |facts: &BTreeMap<String, String>| facts.get(name).cloned().unwrap_or("nothing".into());
        (saved.get(name) != json.get(name)).then(|| format!("{name}: {} for {}", said(&saved), said(&json)))
    };
    names.into_iter().filter_map(line).collect()
}

#[test]
fn a_saved_plan_is_what_show_gives_of_it() {
    let listed = std::fs::read_to_string(folder().join("deviations.txt")).unwrap();
    let listed: Vec<&str> = listed.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).collect();
    let pairs = pairs();
    assert!(pairs.len() >= 10, "{} pairs", pairs.len());
    let found = pairs.iter().flat_map(|pair| {
        differences(pair).into_iter().map(|difference| format!("{}: {difference}", pair.0))
    });
    let new: Vec<String> = found.filter(|line| !listed.contains(&line.as_str())).collect();
    println!("{} pairs compared", pairs.len());
    assert!(new.is_empty(), "{}", new.join("\n"));
}
