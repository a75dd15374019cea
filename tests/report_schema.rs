//! The JSON that lepton prints is what its published schema says, field by field.

use std::collections::BTreeSet;
use std::process::Command;

use jsonschema::Validator;
use layout::gv::DotParser;
use layout::gv::parser::ast::Stmt;
use serde_json::Value;

fn schema() -> Value {
    serde_json::from_str(include_str!("../src/report/schema/lepton-1.json")).expect("the schema is JSON")
}

/// The schema, closed: readers must expect new fields, but a field that the schema does not describe is a mistake here.
fn closed(mut schema: Value) -> Value {
    if schema.get("properties").is_some() {
        schema["additionalProperties"] = false.into();
    }
    for key in ["properties", "$defs"] {
        for child in schema.get_mut(key).and_then(Value::as_object_mut).into_iter().flat_map(|all| all.values_mut()) {
            *child = closed(child.take());
        }
    }
    schema
}

fn printed(arguments: &[&str]) -> Value {
    printed_with_code(arguments, 0)
}

fn printed_with_code(arguments: &[&str], code: i32) -> Value {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lepton"));
    command.arg("plan-cost").args(arguments).args(["--format", "json"]);
    let output = command.output().expect("lepton runs");
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

fn graphs() -> Vec<(String, Value)> {
    let inputs: [&[&str]; 10] = [
        &["testdata/cli/plans/mixed.json", "--catalog", "testdata/cli/catalog"],
        &["testdata/cli/plans/mixed.json", "testdata/cli/plans/small.json", "--catalog", "testdata/cli/catalog"],
        &["testdata/plans/azure-scale-set.json"],
        &["testdata/plans/azure-scale-set.json", "--only-costly"],
        &["testdata/plans/google-compute.json"],
        &["testdata/input/plan-references-across-modules/input.json"],
        &["testdata/input/plan-deposed-and-odd/input.json"],
        &["testdata/input/state-v4-references-by-id/input.tfstate"],
        &["testdata/input/plan-control-characters/input.json"],
        &["testdata/cli/monorepo"],
    ];
    let run = |arguments: &[&str], format: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_lepton"));
        let output = command.arg("graph").args(arguments).args(["--format", format]).output().expect("lepton runs");
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("text")
    };
    let both =
        |arguments: &[&str]| (run(arguments, "dot"), serde_json::from_str(&run(arguments, "json")).expect("JSON"));
    inputs.into_iter().map(both).collect()
}

/// The resources and references of a drawing, as Graphviz would read it.
fn drawn(statements: &[Stmt], nodes: &mut BTreeSet<String>, edges: &mut BTreeSet<(String, String)>) {
    for statement in statements {
        match statement {
            Stmt::Node(node) => assert!(nodes.insert(node.id.name.clone()), "{} is drawn twice", node.id.name),
            Stmt::Edge(edge) => {
                edges.extend(edge.to.iter().map(|(to, _)| (edge.from.name.clone(), to.name.clone())));
            }
            Stmt::SubGraph(inner) => drawn(&inner.list.list, nodes, edges),
            Stmt::Attribute(_) => {}
        }
    }
}

#[test]
fn graphs_are_what_their_schema_says_and_what_graphviz_reads() {
    let text = include_str!("../src/report/schema/lepton-graph-1.json");
    let schema: Value = serde_json::from_str(text).expect("the schema is JSON");
    let validator = jsonschema::validator_for(&closed(schema.clone())).expect("the schema is a schema");
    let mut broken = None;
    let mut references = 0;
    for (dot, json) in graphs() {
        let errors: Vec<String> =
            validator.iter_errors(&json).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert!(errors.is_empty(), "{}", errors.join("\n"));
        let graph = DotParser::new(&dot).process().unwrap_or_else(|error| panic!("{error}\n{dot}"));
        let (mut nodes, mut edges) = Default::default();
        drawn(&graph.list.list, &mut nodes, &mut edges);
        let count = |key: &str| -> usize {
            json["projects"].as_array().unwrap().iter().map(|project| project[key].as_array().unwrap().len()).sum()
        };
        assert_eq!(nodes.len(), count("resources"));
        assert_eq!(edges.len(), count("references"));
        references += edges.len();
        assert!(edges.iter().all(|(from, to)| nodes.contains(from) && nodes.contains(to)));
        broken.get_or_insert(json);
    }
    assert!(references > 20, "only {references} references");
    let mut broken = broken.expect("a graph");
    broken["projects"][0]["resources"][0]["status"] = "cheap".into();
    assert!(!validator.is_valid(&broken));
    let mut missing = Vec::new();
    walk(&schema, "", &mut missing);
    assert_eq!(missing, Vec::<String>::new());
}

fn reports() -> Vec<Value> {
    const DEMO: [&str; 2] = ["--catalog", "testdata/cli/catalog"];
    let mixed = "testdata/cli/plans/mixed.json";
    let usage = "testdata/cli/usage-fills-what-a-plan-cannot-know/usage.yml";
    let mut reports = vec![
        printed(&[&[mixed], &DEMO[..]].concat()),
        printed(&[&[mixed, "--usage-file", usage], &DEMO[..]].concat()),
        printed(&[&[mixed, "testdata/cli/plans/small.json"], &DEMO[..]].concat()),
    ];
    let gate = ["--config", "testdata/cli/gates/team.hcl", "--fail-on", "never"];
    reports.push(printed(&[&[mixed], &DEMO[..], &gate[..]].concat()));
    let discount = "testdata/cli/gates/discount.hcl";
    reports.push(printed(&["testdata/plans/aws-everything.json", "--config", discount, "--fail-on", "never"]));
    let own = ["testdata/cli/overlays/plan.json", "--catalog", "testdata/cli/overlays/catalog"];
    for config in ["committed", "euro", "terms"] {
        let config = format!("testdata/cli/overlays/{config}.hcl");
        reports.push(printed(&[&own[..], &["--config", &config]].concat()));
    }
    let inputs = [
        "plan-every-action",
        "plan-moved-by-count",
        "plan-deposed-and-odd",
        "plan-two-providers",
        "plan-errored-is-incomplete",
        "plan-empty",
    ];
    reports.extend(inputs.map(|case| printed(&[&format!("testdata/input/{case}/input.json")])));
    reports.push(printed(&["testdata/input/state-v4/input.tfstate"]));
    let broken = "testdata/input/error-truncated/input.json";
    let with_unread = printed_with_code(&["testdata/input/state-v4/input.tfstate", broken], 2);
    assert_eq!(with_unread["unread"], serde_json::json!([broken]));
    reports.push(with_unread);
    // A region that the book knows little of: the price of a neighbour stands in.
    reports.push(printed(&["testdata/report/region-that-the-book-lacks/plan.json", "--region", "mx-central-1"]));
    let place = |case: &str| {
        let (plan, config) = (format!("testdata/place/{case}/plan.json"), format!("testdata/place/{case}/lepton.hcl"));
        printed(&[&plan, "--config", &config, "--catalog", "testdata/place/catalog", "--no-rules"])
    };
    let cases = [
        "stays-because-of-traffic",
        "what-talks-moves-together",
        "data-of-buckets-in-colder-classes",
        "lifecycle-rules-judged",
    ];
    reports.extend(cases.map(place));
    reports.extend(["as-many-as-fit", "outside-production-at-all-hours"].map(place));
    let [shop, web, config] = ["shop/plan.json", "web/plan.json", "lepton.hcl"]
        .map(|file| format!("testdata/place/two-projects-in-total/{file}"));
    let several = printed(&[&shop, &web, "--config", &config, "--catalog", "testdata/place/catalog", "--no-rules"]);
    assert_eq!(several["placementTotal"]["projects"], 2);
    reports.push(several);
    reports.push(printed(&["testdata/cli/monorepo"]));
    for entry in std::fs::read_dir("testdata/hand").expect("testdata/hand") {
        let plan = entry.expect("an entry").path().join("plan.json");
        if plan.exists() {
            reports.push(printed(&[plan.to_str().expect("a plain path")]));
        }
    }
    reports
}

#[test]
fn every_report_is_what_the_schema_says() {
    let validator: Validator = jsonschema::validator_for(&closed(schema())).expect("the schema is a schema");
    let reports = reports();
    assert!(reports.len() >= 20, "only {} reports", reports.len());
    for report in &reports {
        let errors: Vec<String> =
            validator.iter_errors(report).map(|error| format!("{}: {error}", error.instance_path())).collect();
        let path = &report["projects"][0]["path"];
        assert!(errors.is_empty(), "{path}\n{}", errors.join("\n"));
    }
    // A schema that takes anything would prove nothing.
    let mut broken = reports[0].clone();
    broken["projects"][0]["resources"][0]["status"] = "cheap".into();
    assert!(!validator.is_valid(&broken));
    let mut broken = reports[0].clone();
    broken["current"]["monthly"] = 12.5.into();
    assert!(!validator.is_valid(&broken));
}

/// `lepton place` prints placements as they stand in a report.
#[test]
fn placements_alone_are_what_the_schema_says() {
    let of = |name: &str| -> Validator {
        let mut schema = closed(schema());
        schema["$ref"] = format!("#/$defs/{name}").into();
        for key in ["properties", "required", "additionalProperties"] {
            schema.as_object_mut().expect("an object").remove(key);
        }
        jsonschema::validator_for(&schema).expect("the schema is a schema")
    };
    let (validator, of_total) = (of("placement"), of("placementTotal"));
    let (mut placements, mut totals) = (0, 0);
    for entry in std::fs::read_dir("testdata/place").expect("testdata/place") {
        let path = entry.expect("an entry").path().join("expected.json");
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        let seen: Value = serde_json::from_str(&text).expect("JSON");
        for project in seen["projects"].as_array().expect("projects") {
            let errors = validator.iter_errors(&project["placement"]);
            let errors: Vec<String> = errors.map(|error| format!("{}: {error}", error.instance_path())).collect();
            assert!(errors.is_empty(), "{}\n{}", path.display(), errors.join("\n"));
            placements += 1;
        }
        if let Some(total) = seen.get("total") {
            assert!(of_total.is_valid(total), "{}", path.display());
            totals += 1;
        }
    }
    assert!(placements >= 14 && totals >= 1, "only {placements} placements and {totals} totals");
}

/// The fields of a schema that nothing describes.
fn walk(schema: &Value, path: &str, missing: &mut Vec<String>) {
    let children = ["properties", "$defs"].iter().filter_map(|key| schema[*key].as_object()).flatten();
    for (name, child) in children {
        let path = format!("{path}.{name}");
        if child["description"].as_str().is_none_or(|text| !text.ends_with('.')) {
            missing.push(path.clone());
        }
        walk(child, &path, missing);
    }
}

#[test]
fn every_field_is_described() {
    let mut missing = Vec::new();
    walk(&schema(), "", &mut missing);
    assert_eq!(missing, Vec::<String>::new());
}

/// A field of the layout that no report ever has is not tested by the others.
#[test]
fn the_reports_have_every_field_of_the_schema() {
    fn seen(value: &Value, found: &mut std::collections::BTreeSet<String>) {
        match value {
            Value::Object(fields) => fields.iter().for_each(|(name, value)| {
                found.insert(name.clone());
                seen(value, found);
            }),
            Value::Array(values) => values.iter().for_each(|value| seen(value, found)),
            _ => {}
        }
    }
    fn named(schema: &Value, found: &mut std::collections::BTreeSet<String>) {
        for (name, child) in schema["properties"].as_object().into_iter().flatten() {
            found.insert(name.clone());
            named(child, found);
        }
        schema["$defs"].as_object().into_iter().flatten().for_each(|(_, child)| named(child, found));
    }
    let (mut have, mut want) = Default::default();
    reports().iter().for_each(|report| seen(report, &mut have));
    named(&schema(), &mut want);
    let missing: Vec<&String> = want.difference(&have).collect();
    assert_eq!(missing, Vec::<&String>::new());
}
