//! The widely used JSON layout: the keys that its readers rely on, and what must hold between its figures.

use std::process::Command;

use rust_decimal::Decimal;
use serde_json::Value;

fn printed(arguments: &[&str]) -> Value {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lepton"));
    command.arg("plan-cost").args(arguments).args(["--format", "infracost-json"]);
    let output = command.env("SOURCE_DATE_EPOCH", "1767225600").output().expect("lepton runs");
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

fn demo() -> Value {
    let plans = ["testdata/cli/plans/mixed.json", "testdata/cli/plans/small.json"];
    printed(&[&plans[..], &["--catalog", "testdata/cli/catalog"]].concat())
}

/// Real resource types too: their figures change with the book, what holds between them does not.
fn reports() -> Vec<Value> {
    let mut reports = vec![demo()];
    for entry in std::fs::read_dir("testdata/hand").expect("testdata/hand") {
        let folder = entry.expect("an entry").path();
        let (plan, usage) = (folder.join("plan.json"), folder.join("usage.yml"));
        if plan.exists() {
            let plan = plan.to_str().expect("a plain path");
            reports.push(match usage.exists() {
                true => printed(&[plan, "--usage-file", usage.to_str().expect("a plain path")]),
                false => printed(&[plan]),
            });
        }
    }
    assert!(reports.len() > 10, "the cases are gone");
    reports
}

/// A decimal string, or null; anything else is a mistake.
fn decimal(value: &Value) -> Option<Decimal> {
    match value {
        Value::Null => None,
        Value::String(text) => {
            assert!(text.bytes().all(|byte| byte.is_ascii_digit() || b"-.".contains(&byte)), "{text}");
            assert_ne!(text, "-0");
            Some(text.parse().unwrap_or_else(|_| panic!("{text} is no decimal")))
        }
        other => panic!("{other} is no decimal string"),
    }
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value[key].as_array().map(Vec::as_slice).unwrap_or_default()
}

fn has_keys(value: &Value, keys: &[&str]) {
    for key in keys {
        assert!(value.get(key).is_some(), "{key} is missing in {value:.300}");
    }
}

/// A sum of what is known; null if nothing is.
fn sum(values: impl Iterator<Item = Option<Decimal>>) -> Option<Decimal> {
    values.flatten().reduce(|a, b| a + b)
}

fn assert_hourly(value: &Value, hourly: &str, monthly: &str) {
    let (hourly, monthly) = (decimal(&value[hourly]), decimal(&value[monthly]));
    assert_eq!(hourly.is_some(), monthly.is_some(), "{value:.300}");
    if let (Some(hourly), Some(monthly)) = (hourly, monthly) {
        let slack = Decimal::new(1, 12);
        assert!((hourly * Decimal::from(730) - monthly).abs() < slack, "{hourly} × 730 is not {monthly}");
    }
}

fn check_component(component: &Value, is_diff: bool) {
    has_keys(component, &["name", "unit", "hourlyQuantity", "monthlyQuantity", "price", "hourlyCost", "monthlyCost"]);
    let is_missing = component["priceNotFound"].as_bool().expect("a boolean");
    assert_hourly(component, "hourlyCost", "monthlyCost");
    assert_hourly(component, "hourlyQuantity", "monthlyQuantity");
    let [quantity, price, cost] = ["monthlyQuantity", "price", "monthlyCost"].map(|key| decimal(&component[key]));
    if is_diff {
        return;
    }
    if is_missing {
        assert_eq!((price, cost), (None, None), "a missing price is no price of 0: {component}");
    }
    assert_eq!(cost.is_some(), quantity.is_some() && price.is_some(), "{component}");
    if let (Some(quantity), Some(price), Some(cost)) = (quantity, price, cost) {
        let slack = Decimal::new(1, 9);
        assert!((quantity * price - cost).abs() < slack || cost < quantity * price, "{component}");
    }
}

fn check_resource(resource: &Value, is_diff: bool) {
    has_keys(resource, &["name", "metadata", "hourlyCost", "monthlyCost", "monthlyUsageCost"]);
    assert_hourly(resource, "hourlyCost", "monthlyCost");
    let components = list(resource, "costComponents");
    let parts = list(resource, "subresources");
    components.iter().for_each(|component| check_component(component, is_diff));
    parts.iter().for_each(|part| check_resource(part, is_diff));
    let below = components.iter().chain(parts);
    assert_eq!(decimal(&resource["monthlyCost"]), sum(below.map(|child| decimal(&child["monthlyCost"]))), "{resource}");
}

fn check_breakdown(breakdown: &Value, is_diff: bool) {
    has_keys(breakdown, &["resources", "totalHourlyCost", "totalMonthlyCost", "totalMonthlyUsageCost"]);
    assert_hourly(breakdown, "totalHourlyCost", "totalMonthlyCost");
    let resources = list(breakdown, "resources");
    for resource in resources {
        has_keys(resource, &["resourceType"]);
        check_resource(resource, is_diff);
    }
    let cost = |resource: &Value| decimal(&resource["monthlyCost"]);
    assert_eq!(decimal(&breakdown["totalMonthlyCost"]), sum(resources.iter().map(cost)));
    let usage = |resource: &Value| decimal(&resource["monthlyUsageCost"]);
    assert_eq!(decimal(&breakdown["totalMonthlyUsageCost"]), sum(resources.iter().map(usage)));
    for pair in resources.windows(2) {
        let name = |resource: &Value| resource["name"].as_str().expect("a name").to_owned();
        match (cost(&pair[0]), cost(&pair[1])) {
            (Some(a), Some(b)) if a == b => assert!(name(&pair[0]) <= name(&pair[1])),
            (Some(a), Some(b)) => assert!(a > b, "{} costs less than {}", name(&pair[0]), name(&pair[1])),
            (a, b) => assert!(a.is_some() || b.is_none(), "{} is before {}", name(&pair[0]), name(&pair[1])),
        }
    }
}

#[test]
fn keys_figures_and_order_hold() {
    for report in reports() {
        has_keys(&report, &["version", "metadata", "currency", "projects", "timeGenerated", "summary"]);
        has_keys(&report, &["totalHourlyCost", "totalMonthlyCost", "totalMonthlyUsageCost"]);
        has_keys(&report, &["pastTotalHourlyCost", "pastTotalMonthlyCost", "pastTotalMonthlyUsageCost"]);
        has_keys(&report, &["diffTotalHourlyCost", "diffTotalMonthlyCost", "diffTotalMonthlyUsageCost"]);
        assert_eq!(report["version"], "0.2");
        assert_eq!(report["currency"], "USD");
        assert_eq!(report["timeGenerated"], "2026-01-01T00:00:00Z");
        let commit = ["vcsBranch", "vcsCommitSha", "vcsCommitAuthorName", "vcsCommitAuthorEmail"];
        has_keys(&report["metadata"], &["infracostCommand", "vcsCommitTimestamp", "vcsCommitMessage"]);
        has_keys(&report["metadata"], &commit);
        let projects = list(&report, "projects");
        for project in projects {
            has_keys(project, &["name", "displayName", "metadata", "pastBreakdown", "breakdown", "diff", "summary"]);
            has_keys(&project["metadata"], &["path", "type"]);
            check_breakdown(&project["breakdown"], false);
            if project["pastBreakdown"].is_object() {
                check_breakdown(&project["pastBreakdown"], false);
                check_breakdown(&project["diff"], true);
            }
        }
        let of = |side: &str, key: &str| sum(projects.iter().map(|project| decimal(&project[side][key])));
        assert_eq!(decimal(&report["totalMonthlyCost"]), of("breakdown", "totalMonthlyCost"));
        assert_eq!(decimal(&report["pastTotalMonthlyCost"]), of("pastBreakdown", "totalMonthlyCost"));
        assert_eq!(decimal(&report["diffTotalMonthlyCost"]), of("diff", "totalMonthlyCost"));
        assert_eq!(decimal(&report["totalMonthlyUsageCost"]), of("breakdown", "totalMonthlyUsageCost"));
    }
}

fn find<'v>(breakdown: &'v Value, name: &str) -> &'v Value {
    list(breakdown, "resources").iter().find(|resource| resource["name"] == name).expect("the resource")
}

#[test]
fn an_unknown_is_null_and_a_missing_price_is_said() {
    let report = demo();
    let breakdown = &report["projects"][0]["breakdown"];
    let jobs = &find(breakdown, "demo_queue.jobs")["costComponents"][0];
    assert_eq!((&jobs["monthlyQuantity"], &jobs["monthlyCost"]), (&Value::Null, &Value::Null));
    assert_eq!((&jobs["price"], &jobs["usageBased"]), (&"0.5".into(), &true.into()));
    let seats = &find(breakdown, "demo_license.office")["costComponents"][0];
    assert_eq!((&seats["priceNotFound"], &seats["monthlyCost"]), (&true.into(), &Value::Null));
    assert_eq!(seats["monthlyQuantity"], "5");
    // The change into a type without a price is not known: no saving, no cost of 0.
    let change = find(&report["projects"][0]["diff"], "demo_license.office");
    assert_eq!(change["monthlyCost"], Value::Null);
}

#[test]
fn a_diff_holds_what_changes_and_nothing_else() {
    let report = demo();
    let diff = &report["projects"][0]["diff"];
    assert!(list(diff, "resources").iter().all(|resource| resource["name"] != "demo_server.same"));
    let grows = find(diff, "demo_server.grows");
    assert_eq!(grows["costComponents"].as_array().map(Vec::len), Some(1), "traffic and disk are as they were");
    assert_eq!(grows["costComponents"][0]["name"], "Running (small → large)");
    assert_eq!(grows["monthlyCost"], "255.5");
    assert_eq!(find(diff, "demo_disk.ends")["monthlyCost"], "-50");
}

#[test]
fn the_summary_counts_every_resource_once() {
    let summary = &demo()["summary"];
    let count = |key: &str| summary[key].as_u64().expect("a count");
    let parts = ["totalSupportedResources", "totalUnsupportedResources", "totalNoPriceResources"].map(count);
    assert_eq!(parts, [10, 1, 1]);
    assert_eq!(count("totalDetectedResources"), parts.iter().sum::<u64>());
    assert_eq!(summary["unsupportedResourceCounts"], serde_json::json!({ "demo_robot": 1 }));
    assert_eq!(summary["noPriceResourceCounts"], serde_json::json!({ "demo_network": 1 }));
}

#[test]
fn a_line_over_several_tiers_is_a_component_per_tier() {
    let folder = "testdata/hand/aws-object-storage-has-volume-tiers";
    let report = printed(&[&format!("{folder}/plan.json"), "--usage-file", &format!("{folder}/usage.yml")]);
    let mut names = Vec::new();
    fn walk(resource: &Value, names: &mut Vec<String>) {
        list(resource, "costComponents").iter().for_each(|it| names.push(it["name"].as_str().unwrap().to_owned()));
        list(resource, "subresources").iter().for_each(|part| walk(part, names));
    }
    list(&report["projects"][0]["breakdown"], "resources").iter().for_each(|resource| walk(resource, &mut names));
    for range in ["first 51,200 GB", "next 460,800 GB"] {
        assert!(names.iter().any(|name| name.contains(range)), "{range} is not in {names:#?}");
    }
}
