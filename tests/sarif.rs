//! The SARIF that lepton writes is what the published schema of the standard asks for, and code scanning can use it.

use std::process::Command;

use serde_json::Value;

fn sarif(arguments: &[&str]) -> Value {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lepton"));
    command.arg("plan-cost").args(arguments).args(["--format", "sarif", "--fail-on", "never"]);
    command.env("SOURCE_DATE_EPOCH", "1767225600");
    let output = command.output().expect("lepton runs");
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

fn logs() -> Vec<Value> {
    let demo = ["testdata/cli/plans/mixed.json", "--catalog", "testdata/cli/catalog"];
    let gate = ["--config", "testdata/cli/gates/team.hcl"];
    vec![
        sarif(&[&demo[..], &gate].concat()),
        sarif(&[&demo[..], &["--no-rules"]].concat()),
        sarif(&["testdata/plans/aws-everything.json", "testdata/cli/plans/small.json"]),
        sarif(&["testdata/input/plan-deposed-and-odd/input.json"]),
    ]
}

#[test]
fn every_log_is_what_the_standard_says() {
    let schema = include_str!("../testdata/sarif/sarif-schema-2.1.0.json");
    let mut schema: Value = serde_json::from_str(schema).expect("the schema is JSON");
    // The published text has a stray bracket in one pattern, which strict readers of patterns refuse.
    for place in ["run", "toolComponent"] {
        let language = &mut schema["definitions"][place]["properties"]["language"]["pattern"];
        assert_eq!(language, "^[a-zA-Z]{2}|^[a-zA-Z]{2}-[a-zA-Z]{2}]?$");
        *language = "^[a-zA-Z]{2}(-[a-zA-Z]{2})?$".into();
    }
    let validator = jsonschema::validator_for(&schema).expect("the schema is a schema");
    for log in logs() {
        let errors: Vec<String> =
            validator.iter_errors(&log).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert!(errors.is_empty(), "{}", errors.join("\n"));
        let mut broken = log.clone();
        broken["runs"][0]["results"] = "none".into();
        assert!(!validator.is_valid(&broken), "the schema takes anything");
    }
}

#[test]
fn every_result_names_its_rule_its_place_and_a_print_of_its_own() {
    let mut results_seen = 0;
    for log in logs() {
        let run = &log["runs"][0];
        let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
        let mut prints: Vec<&str> = Vec::new();
        for result in run["results"].as_array().expect("results") {
            let index = usize::try_from(result["ruleIndex"].as_u64().expect("an index")).expect("a small index");
            assert_eq!(rules[index]["id"], result["ruleId"]);
            for location in result["locations"].as_array().into_iter().flatten() {
                assert!(location["physicalLocation"]["region"]["startLine"].as_u64().is_some_and(|line| line > 0));
            }
            prints.push(result["partialFingerprints"]["finding/v1"].as_str().expect("a print"));
            results_seen += 1;
        }
        let all = prints.len();
        prints.sort_unstable();
        prints.dedup();
        assert_eq!(prints.len(), all, "two results have one print");
    }
    assert!(results_seen > 20, "only {results_seen} results");
}

#[test]
fn a_finding_of_the_configuration_points_at_its_line() {
    let log = &logs()[0];
    let results = log["runs"][0]["results"].as_array().expect("results");
    let budget = results.iter().find(|result| result["ruleId"] == "budget-exceeded").expect("the budget is exceeded");
    let place = &budget["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "testdata/cli/gates/team.hcl");
    assert_eq!(place["region"]["startLine"], 3);
    let suppressed = results.iter().find(|result| result["suppressions"].is_array()).expect("one is suppressed");
    assert_eq!(suppressed["suppressions"][0]["justification"], "the load test runs until spring");
}
