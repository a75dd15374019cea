//! The expression language in Terraform's dialect against answers that Terraform itself gave.
//!
//! `testdata/lang/terraform.jsonl` holds one expression a line with the recorded value or error. What
//! differs stands in `deviations.txt` with its reason; a difference that is not listed fails, and so does
//! a listed one that is gone.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use hcl::edit::structure::Body;
use lepton::input::ModuleFiles;
use lepton::lang::{Dialect, Expr, Files, Frame, Host, Names, NoHost, lower, parse_body, read_type};
use lepton::model::{Source, Type, Value};
use serde_json::Value as Json;
use smol_str::SmolStr;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/lang")
}

fn object(entries: impl IntoIterator<Item = (&'static str, Value)>) -> Value {
    Value::Object(entries.into_iter().map(|(name, value)| (name.into(), value)).collect())
}

/// The module's folder, and some time at which it is planned.
struct Module(ModuleFiles);

impl Module {
    fn new() -> Self {
        Self(ModuleFiles::new(&folder(), &folder()).unwrap())
    }
}

impl Host for Module {
    fn targets(&self, _path: &str, _kinds: &[SmolStr]) -> Vec<Value> {
        Vec::new()
    }

    fn referrers(&self, _kind: &str, _path: &str) -> Vec<Value> {
        Vec::new()
    }

    fn files(&self) -> Option<&dyn Files> {
        Some(&self.0)
    }

    fn plan_time(&self) -> Option<SmolStr> {
        Some("2026-07-01T12:00:00Z".into())
    }
}

/// The names that the recorded expressions refer to, with the values of `preamble.tf`.
struct Preamble {
    names: Names,
    slots: Vec<Value>,
    host: Module,
}

impl Preamble {
    fn new() -> Self {
        let source = Source::new("preamble.tf", fs::read_to_string(folder().join("preamble.tf")).unwrap());
        let body = parse_body(&source).unwrap();
        let mut names = Names::new(Dialect::Terraform);
        let mut slots = Vec::new();
        for (name, value) in [("var", variables(&body, &source)), ("terraform_data", resources()), ("path", paths())] {
            names.bind(name);
            slots.push(value);
        }
        names.bind("terraform");
        slots.push(object([("workspace", Value::from("default"))]));
        let locals = locals(&body, &source, &names, &slots);
        names.bind("local");
        slots.push(locals);
        Self { names, slots, host: Module::new() }
    }

    fn eval(&self, text: &str) -> Result<Value, String> {
        let expr = lowered(text, &self.names)?;
        expr.eval(&Frame { slots: &self.slots, host: &self.host }).map_err(|problem| problem.to_string())
    }
}

/// The defaults of the variables, in their types.
fn variables(body: &Body, source: &Source) -> Value {
    let constants = Names::new(Dialect::Terraform);
    let variable = |block: &hcl::edit::structure::Block| {
        let attribute = |name: &str| &block.body.get_attribute(name).unwrap().value;
        let kind = read_type(attribute("type"), source).unwrap();
        let default = lower(attribute("default"), &constants, source).unwrap();
        let value = kind.conform(&default.eval(&Frame { slots: &[], host: &NoHost }).unwrap()).unwrap();
        let is_sensitive = block.body.get_attribute("sensitive").is_some();
        (SmolStr::from(block.labels[0].as_str()), if is_sensitive { value.sensitive() } else { value })
    };
    Value::Object(body.get_blocks("variable").map(variable).collect())
}

fn paths() -> Value {
    object([("module", Value::from(".")), ("root", Value::from(".")), ("cwd", Value::from("/module"))])
}

fn resources() -> Value {
    let data = |address: &str, input: Value| {
        object([
            ("id", Value::unknown_of(format!("{address}.id"), Type::String).not_null()),
            ("output", Value::unknown_of(format!("{address}.output"), input.value_type())),
            ("input", input),
            ("triggers_replace", Value::Null),
        ])
    };
    let many = |at: i64| {
        let input = object([("label", Value::from(format!("many-{at}").as_str())), ("n", Value::from(at))]);
        data(&format!("terraform_data.many[{at}]"), input)
    };
    object([
        ("x", data("terraform_data.x", Value::from("in"))),
        ("many", Value::from(vec![many(0), many(1)])),
        (
            "keyed",
            object([
                ("a", data("terraform_data.keyed[\"a\"]", Value::from(1))),
                ("b", data("terraform_data.keyed[\"b\"]", Value::from(2))),
            ]),
        ),
    ])
}

fn locals(body: &Body, source: &Source, names: &Names, slots: &[Value]) -> Value {
    let block = body.get_blocks("locals").next().unwrap();
    let local = |attribute: &hcl::edit::structure::Attribute| {
        let expr = lower(&attribute.value, names, source).unwrap();
        let value = expr.eval(&Frame { slots, host: &NoHost }).unwrap();
        (SmolStr::from(attribute.key.as_str()), value)
    };
    Value::Object(block.body.attributes().map(local).collect())
}

fn lowered(text: &str, names: &Names) -> Result<Expr, String> {
    let source = Source::new("expression", format!("v = {text}\n"));
    let body = parse_body(&source).map_err(|problem| problem.to_string())?;
    let attribute = body.get_attribute("v").ok_or("not an attribute")?;
    lower(&attribute.value, names, &source).map_err(|problems| problems[0].to_string())
}

/// Whether a value is what was recorded: `unknown` is `true`, or parallel to the value.
fn is_same(value: &Value, recorded: &Json, unknown: &Json) -> bool {
    if unknown == &Json::Bool(true) {
        return value.as_unknown().is_some();
    }
    match (value.unmarked(), recorded) {
        (Value::Null, Json::Null) => true,
        (Value::Bool(ours), Json::Bool(theirs)) => ours == theirs,
        (Value::Number(ours), Json::Number(theirs)) => {
            ours.normalize().to_string().parse::<f64>().ok() == theirs.as_f64()
        }
        (Value::String(ours), Json::String(theirs)) => ours == theirs,
        (Value::List(ours), Json::Array(theirs)) => {
            let length = theirs.len().max(unknown.as_array().map_or(0, Vec::len));
            ours.len() == length
                && (0..length).all(|at| {
                    let theirs = theirs.get(at).unwrap_or(&Json::Null);
                    is_same(&ours[at], theirs, unknown.get(at).unwrap_or(&Json::Null))
                })
        }
        (Value::Object(ours), Json::Object(theirs)) => {
            let unknown_keys = unknown.as_object().into_iter().flat_map(|keys| keys.keys());
            let names: BTreeSet<&String> = theirs.keys().chain(unknown_keys).collect();
            ours.len() == names.len()
                && names.into_iter().all(|name| {
                    let theirs = theirs.get(name).unwrap_or(&Json::Null);
                    let unknown = unknown.get(name).unwrap_or(&Json::Null);
                    ours.get(name).is_some_and(|ours| is_same(&ours, theirs, unknown))
                })
        }
        _ => false,
    }
}

fn is_marked(value: &Value) -> bool {
    match value {
        Value::Sensitive(_) => true,
        Value::List(items) => items.iter().any(is_marked),
        Value::Object(object) => object.entries().iter().any(|(_, value)| is_marked(value)),
        _ => false,
    }
}

/// Why the answer differs from the recorded one, if it does.
fn difference(preamble: &Preamble, record: &Json) -> Option<String> {
    let answer = preamble.eval(record["expr"].as_str().unwrap());
    match (answer, record.get("error")) {
        (Err(_), Some(_)) => None,
        (Ok(value), Some(error)) => Some(format!("gives {value}, not the error {error}")),
        (Err(problem), None) => Some(format!("fails ({problem}), not {}", record["value"])),
        (Ok(value), None) if record.get("number").is_some() => {
            let is_same = record["number"] == value.to_string();
            (!is_same).then(|| format!("gives {value}, not {}", record["number"]))
        }
        (Ok(value), None) => {
            if !is_same(&value, &record["value"], &record["unknown"]) {
                let value = value.unmarked();
                return Some(format!("gives {value}, not {} (unknown: {})", record["value"], record["unknown"]));
            }
            let kind = value.value_type().to_json();
            if record.get("type").is_some_and(|recorded| *recorded != kind) {
                return Some(format!("is of type {kind}, not {}", record["type"]));
            }
            let is_sensitive = record["sensitive"] == true;
            (is_marked(&value) != is_sensitive).then(|| format!("sensitive is {}, not {is_sensitive}", !is_sensitive))
        }
    }
}

/// The listed deviations: an id and its reason a line.
fn deviations() -> BTreeMap<String, String> {
    let text = fs::read_to_string(folder().join("deviations.txt")).unwrap();
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let parsed = lines.map(|line| {
        let (id, reason) = line.split_once(": ").unwrap_or_else(|| panic!("no reason: {line}"));
        assert!(!reason.trim().is_empty(), "no reason: {line}");
        (id.to_owned(), reason.to_owned())
    });
    parsed.collect()
}

#[test]
fn answers_are_terraforms() {
    let preamble = Preamble::new();
    let mut listed = deviations();
    let mut counts: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let mut unlisted = Vec::new();
    let mut gone = Vec::new();
    for line in fs::read_to_string(folder().join("terraform.jsonl")).unwrap().lines() {
        let record: Json = serde_json::from_str(line).unwrap();
        let id = record["id"].as_str().unwrap();
        let count = counts.entry(record["category"].as_str().unwrap().to_owned()).or_default();
        count.1 += 1;
        match (difference(&preamble, &record), listed.remove(id)) {
            (None, None) => count.0 += 1,
            (None, Some(_)) => gone.push(id.to_owned()),
            (Some(why), None) => unlisted.push(format!("{id}  {}  {why}", record["expr"])),
            (Some(_), Some(_)) => {}
        }
    }
    for (category, (same, all)) in &counts {
        println!("{category}: {same} of {all}");
    }
    let same: usize = counts.values().map(|count| count.0).sum();
    println!("in all: {same} of {}", counts.values().map(|count| count.1).sum::<usize>());
    assert!(unlisted.is_empty(), "{} differ and are not listed:\n{}", unlisted.len(), unlisted.join("\n"));
    assert!(gone.is_empty(), "listed, but no longer different: {gone:?}");
    assert!(listed.is_empty(), "listed, but not recorded: {:?}", listed.keys());
}

/// Corner cases that nobody recorded: each follows from the page of the documentation that it names.
#[test]
fn answers_are_those_of_the_documentation() {
    let preamble = Preamble::new();
    let text = fs::read_to_string(folder().join("documented.jsonl")).unwrap();
    let records = text.lines().map(|line| serde_json::from_str::<Json>(line).unwrap());
    let different = records.filter_map(|record| {
        assert!(record["source"].as_str().is_some_and(|page| page.starts_with("https://")), "no page: {record}");
        difference(&preamble, &record).map(|why| format!("{}  {why}", record["expr"]))
    });
    let different: Vec<String> = different.collect();
    assert!(different.is_empty(), "{}", different.join("\n"));
}
