//! What resources that look alike share is what each of them would have alone: plans of which nothing can be shared,
//! since all their attributes are decoded beforehand, cost the same and have the same findings.
//!
//! `LEPTON_CORPUS=DIR` compares the plans and states below another folder, too.

#[path = "../benches/states/mod.rs"]
mod states;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use lepton::catalog::Catalog;
use lepton::config::{Config, Terms};
use lepton::diff;
use lepton::estimate::{Alike, Estimator, PricedPlan};
use lepton::model::{Address, List, Object, Plan, Value};
use lepton::price::Book;
use lepton::rules::{Judge, Judgement, Project, all_builtin_rules};

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
