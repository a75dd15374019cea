//! What resources that look alike share is what each of them would have alone: plans of which nothing can be shared,
//! since all their attributes are decoded beforehand, cost the same and have the same findings.
//!
//! `LEPTON_CORPUS=DIR` compares the plans and states below another folder, too.

#[path = "../benches/states/mod.rs"]
mod states;

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use lepton::catalog::Catalog;
use lepton::config::{Config, Terms};
use lepton::diff;
use lepton::estimate::{Alike, Estimator, PricedPlan};
use lepton::model::{Address, List, Object, Plan, Source, Value};
use lepton::price::Book;
use lepton::rules::{Judge, Judgement, Project, all_builtin_rules};
use serde_json::Value as Json;

/// How many plans and states the repository has at least.
const LEAST: usize = 150;

#[test]
fn sharing_changes_nothing() {
    let mut plans: Vec<(String, Plan)> = Vec::new();
    let corpus = env::var_os("LEPTON_CORPUS").map(PathBuf::from);
    for root in [Some(PathBuf::from("testdata")), corpus].into_iter().flatten() {
        gather(&root, &mut plans);
    }
    assert!(plans.len() >= LEAST, "{} plans", plans.len());
    for seed in 0..6 {
        let name = format!("state {seed}");
        let plan = lepton::input::read(&name, states::state(120_000, seed).into_bytes()).expect("a state");
        plans.push((name, plan));
    }
    let (catalog, book, config) = (Catalog::embedded(), Book::embedded(), Config::default());
    let rules = all_builtin_rules().expect("the built-in rules hold");
    let (alike, judge) = (Alike::default(), Judge::new(&config, &rules, "2026-11-23"));
    for (name, plan) in &plans {
        let shared = said(plan, &estimator(&catalog, book, Some(&alike)), &judge);
        let plan = decoded(plan);
        let alone = said(&plan, &estimator(&catalog, book, None), &Judge::new(&config, &rules, "2026-11-23"));
        for (shared, alone) in shared.iter().zip(&alone) {
            assert_eq!(shared, alone, "{name}");
        }
        assert_eq!(shared.len(), alone.len(), "{name}");
    }
}

/// Resources of every type that the plans have, each with a part of it changed into what others have there: all that a
/// stanza or a rule looks at makes a difference in some of them.
#[test]
fn a_difference_anywhere_is_seen() {
    /// How many of a type are varied, and into how many values each part.
    const MOST: usize = 3;
    let mut plans: Vec<(String, Plan)> = Vec::new();
    gather(Path::new("testdata"), &mut plans);
    let mut by_kind: BTreeMap<(String, String), Vec<Json>> = BTreeMap::new();
    for resource in plans.iter().flat_map(|(_, plan)| plan.changes.iter()).filter_map(|change| change.after.as_ref()) {
        let all = by_kind.entry((resource.kind.to_string(), resource.provider.to_string())).or_default();
        let values = json(&Value::Object(resource.values.clone()));
        if !all.contains(&values) {
            all.push(values);
        }
    }
    assert!(by_kind.len() > 100, "{} types", by_kind.len());
    let (catalog, book, config) = (Catalog::embedded(), Book::embedded(), Config::default());
    let rules = all_builtin_rules().expect("the built-in rules hold");
    let (alike, judge) = (Alike::default(), Judge::new(&config, &rules, "2026-11-23"));
    for ((kind, provider), mut all) in by_kind {
        // Those that say most first.
        all.sort_by_key(|values| Reverse(values.to_string().len()));
        let mut pool: BTreeMap<String, Vec<Json>> = BTreeMap::new();
        all.iter().for_each(|values| collect(values, &mut pool));
        let mut variants = all.clone();
        for values in all.iter().take(MOST) {
            for (pointer, _) in leaves(values) {
                let others = pool.get(&pattern(&pointer)).into_iter().flatten();
                let own = values.pointer(&pointer).expect("a leaf");
                let changed = others.filter(|other| *other != own).take(MOST).cloned().chain([odd(own)]);
                for value in changed {
                    let mut variant = values.clone();
                    *variant.pointer_mut(&pointer).expect("a leaf") = value;
                    variants.push(variant);
                }
            }
        }
        let provider = format!("provider[\"registry.terraform.io/hashicorp/{provider}\"]");
        let state = |variants: &[Json]| {
            let resources = variants.iter().enumerate().map(|(at, attributes)| {
                serde_json::json!({ "mode": "managed", "type": kind, "name": format!("r{at}"), "provider": provider,
                    "instances": [{ "schema_version": 0, "attributes": attributes }] })
            });
            let resources: Vec<Json> = resources.collect();
            serde_json::json!({ "version": 4, "serial": 1, "lineage": "x", "resources": resources }).to_string()
        };
        let plan = lepton::input::read(&kind, state(&variants).into_bytes()).expect("a state");
        let shared = said(&plan, &estimator(&catalog, book, Some(&alike)), &judge);
        let alone = said(&decoded(&plan), &estimator(&catalog, book, None), &Judge::new(&config, &rules, "2026-11-23"));
        assert_eq!(shared, alone, "{kind}");
    }
}

/// A rule may ask where a resource is that no stanza prices.
#[test]
fn regions_are_told_apart_where_nothing_is_priced() {
    let rule = r#"
        rule "not-there" {
          title   = "Not where it should be"
          on      = ["aws_made_up"]
          when    = region == "us-east-1"
          message = "move it"
        }
    "#;
    let config = Config::read(&Source::new("lepton.hcl", rule)).expect("a rule");
    let resource = |name: &str, region: &str| {
        serde_json::json!({ "mode": "managed", "type": "aws_made_up", "name": name,
            "provider": "provider[\"registry.terraform.io/hashicorp/aws\"]",
            "instances": [{ "attributes": { "arn": format!("arn:aws:x:{region}:1:y/z") } }] })
    };
    let resources = [resource("a", "us-east-1"), resource("b", "eu-west-1"), resource("c", "us-east-1")];
    let state = serde_json::json!({ "version": 4, "serial": 1, "lineage": "x", "resources": resources });
    let plan = lepton::input::read("state", state.to_string().into_bytes()).expect("a state");
    let catalog = Catalog::embedded();
    let judge = Judge::new(&config, &[], "2026-11-23");
    let said = said(&plan, &estimator(&catalog, Book::embedded(), None), &judge);
    let found: Vec<&String> = said.iter().filter(|text| text.contains("not-there")).collect();
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].contains("aws_made_up.a") && found[1].contains("aws_made_up.c"), "{found:?}");
}

/// A value that none of the others is, of the same kind where that can be.
fn odd(value: &Json) -> Json {
    match value {
        Json::Bool(truth) => Json::Bool(!truth),
        Json::Number(number) => number.as_i64().map_or(Json::Null, |number| (number * 2 + 1).into()),
        Json::String(text) => format!("{text}x").into(),
        _ => Json::Null,
    }
}

fn json(value: &Value) -> Json {
    match value {
        Value::Bool(truth) => (*truth).into(),
        Value::Number(number) => serde_json::from_str(&number.normalize().to_string()).expect("a number"),
        Value::String(text) => text.as_str().into(),
        Value::List(items) => items.iter().map(json).collect(),
        Value::Object(object) => {
            Json::Object(object.entries().iter().map(|(name, value)| (name.to_string(), json(value))).collect())
        }
        Value::Sensitive(inner) => json(inner),
        Value::Null | Value::Unknown(_) => Json::Null,
    }
}

/// The parts that have no parts, with their JSON pointers.
fn leaves(value: &Json) -> Vec<(String, &Json)> {
    fn find<'j>(value: &'j Json, pointer: &str, found: &mut Vec<(String, &'j Json)>) {
        match value {
            Json::Object(object) => object.iter().for_each(|(name, value)| {
                find(value, &format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1")), found);
            }),
            Json::Array(items) if !items.is_empty() => {
                items.iter().enumerate().for_each(|(at, value)| find(value, &format!("{pointer}/{at}"), found));
            }
            leaf => found.push((pointer.to_owned(), leaf)),
        }
    }
    let mut found = Vec::new();
    find(value, "", &mut found);
    found
}

fn collect(values: &Json, pool: &mut BTreeMap<String, Vec<Json>>) {
    for (pointer, leaf) in leaves(values) {
        let known = pool.entry(pattern(&pointer)).or_default();
        if !known.contains(leaf) {
            known.push(leaf.clone());
        }
    }
}

/// A pointer without its indexes.
fn pattern(pointer: &str) -> String {
    pointer.split('/').filter(|step| step.parse::<usize>().is_err()).collect::<Vec<_>>().join("/")
}

/// The documents below a folder that are plans or states.
fn gather(folder: &Path, plans: &mut Vec<(String, Plan)>) {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            gather(&path, plans);
        } else if let Some("json" | "tfstate" | "tfplan") = path.extension().and_then(|extension| extension.to_str()) {
            let name = path.display().to_string();
            // Of what is no plan other tests speak.
            plans.extend(lepton::input::read(&name, fs::read(&path).expect("a file")).map(|plan| (name, plan)));
        }
    }
}

fn estimator<'e>(catalog: &'e Catalog, book: &'e Book, alike: Option<&'e Alike>) -> Estimator<'e> {
    Estimator {
        catalog,
        book,
        usage: &|_: &str, _: &Address| Object::default(),
        region: None,
        is_strict: false,
        currency: "USD".into(),
        terms: Terms::NONE,
        wants_trace: false,
        wants_tags: false,
        alike,
    }
}

/// The same plan with every attribute at hand.
fn decoded(plan: &Plan) -> Plan {
    let changes = plan.changes.iter().cloned().map(|mut change| {
        for resource in [&mut change.before, &mut change.after].into_iter().flatten() {
            resource.values = object(&resource.values);
        }
        change
    });
    Plan { changes: changes.collect(), ..plan.clone() }
}

fn object(of: &Object) -> Object {
    of.entries().into_iter().map(|(name, inner)| (name, value(&inner))).collect()
}

fn value(of: &Value) -> Value {
    match of {
        Value::Object(inner) => Value::Object(object(inner)),
        Value::List(items) => Value::List(items.iter().map(value).collect::<List>()),
        Value::Sensitive(inner) => value(inner).sensitive(),
        other => other.clone(),
    }
}

/// All that is said of a plan, a text each.
fn said(plan: &Plan, estimator: &Estimator<'_>, judge: &Judge<'_>) -> Vec<String> {
    let priced: PricedPlan = estimator.price_plan(plan);
    let diff = diff::compare(&priced, &estimator.currency);
    let project = Project { index: 0, name: "plan", plan, priced: &priced, positions: None, diff: &diff };
    let Judgement { findings, savings, problems, .. } = judge.judge(&project, estimator);
    let estimates = priced.changes.iter().map(|change| format!("{:#?}", (&change.before, &change.after)));
    let findings = findings.iter().map(|finding| {
        format!(
            "{:?}: {} {:?} {:?} {:?}",
            finding.address, finding.code, finding.message, finding.saving, finding.patch
        )
    });
    let savings = savings.iter().map(|saving| format!("{saving:?}"));
    estimates.chain(findings).chain(savings).chain(problems.iter().map(|problem| format!("{problem:?}"))).collect()
}
