//! What the targets share: a document is read, looked at in every part, priced, judged and rendered.

use std::sync::LazyLock;

use lepton::catalog::Catalog;
use lepton::config::{Config, Rule};
use lepton::estimate::{Estimator, UsageOf};
use lepton::model::{Address, Object, Plan, Problem, Value};
use lepton::price::Book;
use lepton::report::{Format, Options, ProjectInput, RenderOptions, Report};
use lepton::rules::{Judge, Project};
use miette::{GraphicalReportHandler, GraphicalTheme};

/// The catalog inside the program.
pub static CATALOG: LazyLock<Catalog> = LazyLock::new(Catalog::embedded);

/// A small plan to price where the fuzzed text is no plan.
pub static PLAN: LazyLock<Plan> = LazyLock::new(|| {
    let text = include_bytes!("../../testdata/hand/aws-messages-are-billed-in-chunks/plan.json");
    lepton::input::read("plan.json", text.to_vec()).expect("a sound plan")
});

static RULES: LazyLock<Vec<Rule>> =
    LazyLock::new(|| lepton::rules::all_builtin_rules().expect("built-in rules parse"));

/// Reads an input and does all that `plan-cost` does with it.
pub fn input(name: &str, bytes: Vec<u8>) {
    match lepton::input::read(name, bytes) {
        Err(problem) => {
            assert!(problem.help_text().is_some(), "{} says nothing to do", problem.code());
            say(&[problem]);
        }
        Ok(plan) => {
            say(&plan.problems);
            visit(&plan);
            judge(&plan, &Config::default(), &|_, _| Object::default());
        }
    }
}

/// Looks at everything that a plan holds.
fn visit(plan: &Plan) {
    for (at, change) in plan.changes.iter().enumerate() {
        for resource in [&change.before, &change.after].into_iter().flatten() {
            for (name, value) in resource.values.entries() {
                depth(&value);
                plan.references.targets(at, &name);
                plan.references.referrers(at, &resource.kind, &name);
            }
        }
        change.address.module();
        change.address.without_indexes();
    }
}

fn depth(value: &Value) -> usize {
    match value.unmarked() {
        Value::List(items) => 1 + items.iter().map(depth).max().unwrap_or(0),
        Value::Object(object) => 1 + object.entries().iter().map(|(_, value)| depth(value)).max().unwrap_or(0),
        _ => 0,
    }
}

/// Prices a plan with some usage.
pub fn price(plan: &Plan, usage: &UsageOf<'_>) {
    judge(plan, &Config::default(), usage);
}

/// Prices a plan by a configuration, judges it, and renders the report in each form.
pub fn judge(plan: &Plan, config: &Config, usage: &UsageOf<'_>) {
    let assumed = |kind: &str, address: &Address| usage(kind, address);
    let currency = config.currency_or_default();
    let estimator = Estimator {
        catalog: &CATALOG,
        book: Book::embedded(),
        usage: &assumed,
        region: None,
        is_strict: false,
        currency: currency.into(),
        terms: &config.terms,
        wants_trace: false,
        wants_tags: true,
        alike: None,
    };
    let priced = estimator.price_plan(plan);
    let diff = lepton::diff::compare(&priced, &currency.into());
    let project = Project { index: 0, name: "plan", plan, priced: &priced, positions: None, diff: &diff };
    let mut judged = vec![Judge::new(config, &RULES, "2026-11-23").judge(&project, &estimator)];
    let findings = lepton::rules::conclude(config, &mut judged, &currency.into(), "2026-11-23");
    say(&judged[0].problems);
    let project = ProjectInput { name: "plan".into(), path: "plan.json".into(), priced, diff };
    let mut report = Report::new(vec![project], Options { currency: currency.into(), ..Options::default() });
    report.findings = findings;
    let options = RenderOptions { width: 80, color: false, timestamp: String::new() };
    for format in [Format::Table, Format::Json, Format::Markdown, Format::InfracostJson, Format::Sarif, Format::Csv] {
        lepton::report::render(&report, format, &options);
    }
}

/// Prints problems to nowhere: their places must be inside their texts.
pub fn say(problems: &[Problem]) {
    let handler = GraphicalReportHandler::new_themed(GraphicalTheme::unicode_nocolor()).with_width(80);
    for problem in problems {
        let mut text = String::new();
        handler.render_report(&mut text, problem).expect("a place that the text has");
    }
}
