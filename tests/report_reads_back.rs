//! A JSON report holds all that other forms of it show: read back, it gives the same text.

use std::path::Path;
use std::process::Command;

use lepton::report::{Format, RenderOptions, SavedReport, read_report, render};

fn printed(arguments: &[&str], format: &str) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lepton"));
    command.arg("plan-cost").args(arguments).args(["--format", format, "--fail-on", "error"]);
    command.env("SOURCE_DATE_EPOCH", "1767225600").env("COLUMNS", "80").env("NO_COLOR", "1");
    let output = command.output().expect("lepton runs");
    String::from_utf8(output.stdout).expect("text")
}

fn holds(arguments: &[&str]) {
    let json = printed(arguments, "json");
    let SavedReport { report, .. } = read_report("report.json", &json).expect("a report").expect("a whole one");
    let options = RenderOptions { width: 80, color: false, timestamp: "2026-01-01T00:00:00Z".into() };
    for (name, format) in [
        ("markdown", Format::Markdown),
        ("table", Format::Table),
        ("csv", Format::Csv),
        ("junit", Format::Junit),
        ("json", Format::Json),
    ] {
        let expected = printed(arguments, name);
        let seen = render(&report, format, &options);
        if name == "json" {
            // What only the rules' own files say is not read back.
            let strip = |text: &str| {
                let mut value: serde_json::Value = serde_json::from_str(text).expect("JSON");
                value["problems"] = serde_json::Value::Null;
                for finding in value["findings"].as_array_mut().expect("findings") {
                    for key in ["confidence", "effort", "restart", "rollback"] {
                        finding[key] = serde_json::Value::Null;
                    }
                }
                for project in value["projects"].as_array_mut().expect("projects") {
                    for resource in project["resources"].as_array_mut().expect("resources") {
                        for side in ["before", "after"] {
                            for line in resource[side]["lines"].as_array_mut().into_iter().flatten() {
                                line["tiers"] = serde_json::Value::Null;
                            }
                        }
                    }
                }
                value
            };
            assert_eq!(strip(&expected), strip(&seen), "{arguments:?}");
        } else {
            assert!(expected == seen, "{arguments:?} as {name}\n--- expected\n{expected}\n--- seen\n{seen}");
        }
    }
}

#[test]
fn a_placement_reads_back() {
    for case in ["stays-because-of-traffic", "what-talks-moves-together"] {
        let folder = format!("testdata/place/{case}");
        let (plan, config) = (format!("{folder}/plan.json"), format!("{folder}/lepton.hcl"));
        holds(&[&plan, "--config", &config, "--catalog", "testdata/place/catalog", "--no-rules"]);
    }
}

#[test]
fn a_gate_with_findings_reads_back() {
    holds(&[
        "testdata/cli/plans/mixed.json",
        "testdata/cli/plans/small.json",
        "--catalog",
        "testdata/cli/catalog",
        "--config",
        "testdata/cli/gates/team.hcl",
    ]);
}

#[test]
fn every_odd_plan_reads_back() {
    let mut plans = 0;
    for entry in std::fs::read_dir("testdata/input").expect("testdata/input") {
        let path = entry.expect("an entry").path().join("input.json");
        if path.exists() && !printed(&[path.to_str().expect("a plain path")], "json").is_empty() {
            holds(&[path.to_str().expect("a plain path")]);
            plans += 1;
        }
    }
    assert!(plans > 10, "only {plans} plans");
}

#[test]
fn real_plans_read_back() {
    for plan in ["aws-everything", "azure-scale-set"] {
        let path = Path::new("testdata/plans").join(plan).with_extension("json");
        holds(&[path.to_str().expect("a plain path")]);
    }
    holds(&["testdata/plans/aws-everything.json", "--config", "testdata/cli/gates/discount.hcl"]);
    for config in ["committed", "euro", "terms"] {
        let config = format!("testdata/cli/overlays/{config}.hcl");
        let plan = "testdata/cli/overlays/plan.json";
        holds(&[plan, "--catalog", "testdata/cli/overlays/catalog", "--config", &config]);
    }
}

#[test]
fn other_texts_are_no_reports() {
    assert!(read_report("x", "{}").is_none());
    assert!(read_report("x", "not JSON").is_none());
    let newer = read_report("x", r#"{"schema": "lepton/2"}"#).expect("some report");
    assert_eq!(newer.expect_err("a newer one").code(), "lepton::report::version");
    let broken = read_report("x", r#"{"schema": "lepton/1", "currency": 5}"#).expect("some report");
    assert_eq!(broken.expect_err("a broken one").code(), "lepton::report::shape");
}
