//! The same infrastructure as a folder and as a plan of it costs the same, resource by resource.

use std::collections::BTreeMap;
use std::process::Command;

use serde_json::Value;

/// What each resource costs, and how many of its lines wait for usage or are not known.
fn totals(path: &str) -> BTreeMap<String, Value> {
    let output = Command::new(env!("CARGO_BIN_EXE_lepton"))
        .args(["plan-cost", path, "--format", "json", "--no-rules"])
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/module/as-a-plan"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let resources = report["projects"][0]["resources"].as_array().unwrap().iter();
    resources
        .map(|resource| {
            let after = &resource["after"];
            let said = serde_json::json!({ "region": after["region"], "total": after["total"] });
            (resource["address"].as_str().unwrap().to_owned(), said)
        })
        .collect()
}

#[test]
fn a_folder_costs_what_its_plan_does() {
    let (folder, plan) = (totals("infra"), totals("plan.json"));
    assert_eq!(folder, plan);
    let priced = plan.values().filter(|said| !said["total"]["monthly"].is_null()).count();
    assert!(priced >= 8, "only {priced} resources have a cost");
}
