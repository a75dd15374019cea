//! Every built-in rule on small plans written as Terraform resources: `testdata/rules/<code>.hcl`.
//!
//! A case says which addresses the rule finds, and what following it saves a month as a formula worked out by hand.
//! Prices come from the pinned book beside the cases. `RULE=<code>` runs the cases of one rule.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use hcl::edit::expr::{Expression, TraversalOperator};
use hcl::edit::structure::{Block, Body};
use lepton::catalog::Catalog;
use lepton::config::{Config, Rule};
use lepton::diff;
use lepton::estimate::Estimator;
use lepton::lang::{Dialect, Frame, Names, NoHost, lower, parse_body};
use lepton::model::{Address, Object, Source, Value};
use lepton::price::{Book, Sheet};
use lepton::rules::{Judge, Project, all_builtin_rules};
use rust_decimal::Decimal;
use serde_json::{Map, Value as Json, json};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/rules")
}

/// What a case expects: addresses with their savings; `None` where there is no figure.
type Finds = BTreeMap<String, Option<Decimal>>;

#[test]
fn every_rule_finds_what_its_cases_say() {
    let sheets = Sheet::read_all(&root().join("book")).expect("the pinned book");
    let book = Book::from_sheets(&sheets).expect("the pinned book compiles");
    let catalog = Catalog::embedded();
    let rules = all_builtin_rules().expect("the built-in rules hold");
    let only = std::env::var("RULE").ok();
    let mut wrong = Vec::new();
    for rule in rules.iter().filter(|rule| only.as_deref().is_none_or(|only| only == rule.code)) {
        let path = root().join(format!("{}.hcl", rule.code));
        let Ok(text) = std::fs::read_to_string(&path) else {
            wrong.push(format!("{}: there are no cases", rule.code));
            continue;
        };
        let source = Source::new(path.display().to_string(), text);
        let body = parse_body(&source).expect("a file of cases");
        let mut kinds = [0, 0];
        for case in body.get_blocks("case") {
            let expected = expected(case, &source);
            kinds[usize::from(expected.is_empty())] += 1;
            let found = found(case, &source, rule, &catalog, &book);
            if found != Ok(expected.clone()) {
                let name = case.labels[0].as_str();
                wrong.push(format!("{}: {name}\n  expected {expected:?}\n  found    {found:?}", rule.code));
            }
        }
        if kinds.contains(&0) {
            wrong.push(format!("{}: needs a case that finds something and one that finds nothing", rule.code));
        }
    }
    assert!(wrong.is_empty(), "{} rules or cases differ\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_file_of_cases_has_its_rule_and_every_rule_its_docs() {
    let rules = all_builtin_rules().expect("the built-in rules hold");
    for entry in std::fs::read_dir(root()).expect("testdata/rules") {
        let path = entry.expect("a readable entry").path();
        if path.is_file() {
            let code = path.file_stem().and_then(|stem| stem.to_str()).expect("a name");
            assert!(rules.iter().any(|rule| rule.code == code), "{code} has cases, but no rule");
        }
    }
    for rule in &rules {
        let docs = &rule.docs;
        let said = [&docs.what, &docs.why, &docs.ignore, &docs.confidence, &docs.effort];
        assert!(said.iter().all(|text| !text.is_empty()), "{}: a part of the docs is missing", rule.code);
        assert!(docs.url.is_some(), "{}: no page that it rests on", rule.code);
    }
}

/// Judges a case by one rule.
fn found(case: &Block, source: &Source, rule: &Rule, catalog: &Catalog, book: &Book) -> Result<Finds, String> {
    let text = |name: &str| case.body.get_attribute(name).and_then(|attribute| attribute.value.as_str());
    let plan = lepton::input::read("case.json", plan(case, source).to_string().into_bytes())
        .map_err(|problem| problem.to_string())?;
    let usage = match case.body.get_attribute("usage") {
        Some(attribute) => constant(&attribute.value, source).as_object().cloned().expect("usage by address"),
        None => Object::default(),
    };
    let usage = |_: &str, address: &Address| {
        usage.get(address.as_str()).and_then(|figures| figures.as_object().cloned()).unwrap_or_default()
    };
    let estimator = Estimator {
        catalog,
        book,
        usage: &usage,
        region: None,
        is_strict: true,
        currency: "USD".into(),
        terms: lepton::config::Terms::NONE,
        wants_trace: false,
        wants_tags: false,
        alike: None,
    };
    let priced = estimator.price_plan(&plan);
    let diff = diff::compare(&priced, &estimator.currency);
    let project = Project {
        index: 0,
        name: text("project").unwrap_or("plan.json"),
        plan: &plan,
        priced: &priced,
        positions: None,
        diff: &diff,
    };
    let config = Config::default();
    let judge = Judge::new(&config, std::slice::from_ref(rule), text("today").unwrap_or("2026-11-23"));
    let judgement = judge.judge(&project, &estimator);
    if let Some(problem) = judgement.problems.first() {
        return Err(format!("{:?}", miette::Report::new(problem.clone())));
    }
    let finding = |finding: lepton::rules::Finding| {
        let address = finding.address.as_ref().map(|address| address.to_string()).unwrap_or_default();
        assert!(!finding.message.is_empty() && finding.code == rule.code);
        assert_ne!(finding.message, finding.title, "{}: the message cannot be made", rule.code);
        let saving = finding.saving.filter(|saving| saving.usage_lines + saving.unknown_lines == 0);
        (address, saving.map(|saving| saving.monthly.round_dp(6).normalize()))
    };
    Ok(judgement.findings.into_iter().map(finding).collect())
}

fn expected(case: &Block, source: &Source) -> Finds {
    let finds = case.body.get_attribute("finds").expect("a case says what it `finds`");
    let finds = constant(&finds.value, source);
    let entries = finds.as_object().expect("`finds` is an object").entries();
    let saving = |value: &Value| value.as_number().map(|number| number.round_dp(6).normalize());
    entries.into_iter().map(|(address, value)| (address.to_string(), saving(&value))).collect()
}

fn constant(expression: &Expression, source: &Source) -> Value {
    let expr = lower(expression, &Names::new(Dialect::Stanza), source).expect("a constant");
    expr.eval(&Frame { slots: &[], host: &NoHost }).expect("a constant")
}

/// The case as `terraform show -json` would print it.
fn plan(case: &Block, source: &Source) -> Json {
    let (mut changes, mut configured) = (Vec::new(), Vec::new());
    for block in case.body.get_blocks("resource") {
        let [kind, name] = [0, 1].map(|at| block.labels[at].as_str());
        let address = format!("{kind}.{name}");
        let (after, unknown, expressions) = attributes(&block.body, source);
        let provider = kind.split('_').next().unwrap_or_default();
        changes.push(json!({
            "address": address, "mode": "managed", "type": kind, "name": name,
            "provider_name": format!("registry.terraform.io/hashicorp/{provider}"),
            "change": { "actions": ["create"], "before": null, "after": after, "after_unknown": unknown },
        }));
        configured.push(json!({
            "address": address, "mode": "managed", "type": kind, "name": name, "provider_config_key": provider,
            "expressions": expressions,
        }));
    }
    let region = case.body.get_attribute("region").and_then(|attribute| attribute.value.as_str());
    let region = |default: &str| json!({ "region": { "constant_value": region.unwrap_or(default) } });
    json!({
        "format_version": "1.2", "terraform_version": "1.12.0", "resource_changes": changes,
        "configuration": {
            "provider_config": {
                "aws": { "name": "aws", "expressions": region("us-east-1") },
                "google": { "name": "google", "expressions": region("us-central1") },
            },
            "root_module": { "resources": configured },
        },
    })
}

/// Known values, unknown ones, and the expressions of a body.
fn attributes(body: &Body, source: &Source) -> (Json, Json, Json) {
    let [mut after, mut unknown, mut expressions] = [Map::new(), Map::new(), Map::new()];
    for attribute in body.attributes() {
        let name = attribute.key.as_str().to_owned();
        let references = references(&attribute.value);
        if references.is_empty() {
            let value = to_json(&constant(&attribute.value, source));
            expressions.insert(name.clone(), json!({ "constant_value": value }));
            after.insert(name, value);
        } else {
            expressions.insert(name.clone(), json!({ "references": references }));
            unknown.insert(name, json!(true));
        }
    }
    let mut blocks: BTreeMap<String, [Vec<Json>; 3]> = BTreeMap::new();
    for block in body.blocks() {
        let (a, b, c) = attributes(&block.body, source);
        let lists = blocks.entry(block.ident.as_str().to_owned()).or_default();
        lists.iter_mut().zip([a, b, c]).for_each(|(list, value)| list.push(value));
    }
    for (name, [a, b, c]) in blocks {
        after.insert(name.clone(), a.into());
        unknown.insert(name.clone(), b.into());
        expressions.insert(name, c.into());
    }
    (after.into(), unknown.into(), expressions.into())
}

/// What an expression refers to, as Terraform lists it: `aws_x.y.id`, then `aws_x.y`.
fn references(expression: &Expression) -> Vec<String> {
    match expression {
        Expression::Array(items) => items.iter().flat_map(references).collect(),
        Expression::Traversal(traversal) => {
            let Expression::Variable(root) = &traversal.expr else { return Vec::new() };
            let mut path = vec![root.as_str().to_owned()];
            for operator in &traversal.operators {
                if let TraversalOperator::GetAttr(name) = operator.value() {
                    path.push(name.as_str().to_owned());
                }
            }
            vec![path.join("."), path[..2].join(".")]
        }
        _ => Vec::new(),
    }
}

fn to_json(value: &Value) -> Json {
    match value {
        Value::Bool(value) => json!(value),
        Value::Number(number) => serde_json::from_str(&number.normalize().to_string()).expect("a number"),
        Value::String(text) => json!(text.as_str()),
        Value::List(items) => items.iter().map(to_json).collect(),
        Value::Object(object) => object
            .entries()
            .into_iter()
            .map(|(name, value)| (name.to_string(), to_json(&value)))
            .collect::<Map<_, _>>()
            .into(),
        Value::Null | Value::Unknown(_) | Value::Sensitive(_) => Json::Null,
    }
}
