//! The whole main job on a large plan: read, price both sides, compare, render. Measured against serde_json
//! skipping through the same bytes. `RESOURCES` sets the size, `WRITE` keeps the plan as a file,
//! `RAYON_NUM_THREADS` the cores; `PROFILE_RULES` judges alone, again and again, for a profiler.

mod plans;

use std::hint::black_box;
use std::time::{Duration, Instant};

use lepton::catalog::Catalog;
use lepton::estimate::{Estimator, PricedPlan};
use lepton::model::{Object, Plan};
use lepton::price::Book;
use lepton::report::{Format, Options, ProjectInput, RenderOptions, Report};
use serde::de::IgnoredAny;

/// As in the binary.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let resources = std::env::var("RESOURCES").ok().and_then(|text| text.parse().ok()).unwrap_or(5000);
    let text = plans::plan(resources);
    if let Some(path) = std::env::var_os("WRITE") {
        std::fs::write(path, &text).expect("the file can be written");
    }
    println!("{resources} resources, {:.1} MB", text.len() as f64 / 1e6);
    let skip = best(|| (), |()| serde_json::from_slice::<IgnoredAny>(text.as_bytes()).expect("JSON"));
    let say = |what: &str, time: Duration| {
        let ratio = time.as_secs_f64() / skip.as_secs_f64();
        println!("{what:<28} {time:>10.1?}  {ratio:>5.2} x");
    };
    say("skip with serde_json", skip);
    let catalog = Catalog::embedded();
    let book = Book::embedded();
    let copy = || text.clone().into_bytes();
    let read = |bytes| lepton::input::read("plan.json", bytes).expect("a plan");
    say("read", best(copy, read));
    say("read, price", best(copy, |bytes| price(&catalog, book, bytes)));
    let kinds = lepton::rules::all_builtin_rules().expect("built-in rules parse");
    if std::env::var_os("PROFILE_RULES").is_some() {
        let (plan, priced) = price(&catalog, book, copy());
        let diff = lepton::diff::compare(&priced, &"USD".into());
        let start = Instant::now();
        let found: usize = (0..50).map(|_| judge(&catalog, book, &plan, &priced, &diff, &kinds)).sum();
        println!("{} findings, {:?} a run", found / 50, start.elapsed() / 50);
        return;
    }
    let without = best(copy, |bytes| {
        let (plan, priced) = price(&catalog, book, bytes);
        (plan, render(priced, Format::Table))
    });
    let with = best(copy, |bytes| {
        let (plan, priced) = price(&catalog, book, bytes);
        let diff = lepton::diff::compare(&priced, &"USD".into());
        let found = judge(&catalog, book, &plan, &priced, &diff, &kinds);
        (plan, found, render_compared(priced, diff, Format::Table))
    });
    say("table without rules", without);
    say(&format!("table with {} rules", kinds.len()), with);
    println!("{:<28} {:>17.2} x of without", "", with.as_secs_f64() / without.as_secs_f64());
    for (name, format) in [("table", Format::Table), ("json", Format::Json), ("markdown", Format::Markdown)] {
        let whole = best(copy, |bytes| {
            let (plan, priced) = price(&catalog, book, bytes);
            (plan, render(priced, format))
        });
        say(&format!("read, price, render {name}"), whole);
    }
}

/// The plan is given back too: like the command line, the measurement leaves freeing it to the end.
fn price(catalog: &Catalog, book: &Book, bytes: Vec<u8>) -> (Plan, PricedPlan) {
    let plan = lepton::input::read("plan.json", bytes).expect("a plan");
    let usage = |_: &str, _: &lepton::model::Address| Object::default();
    let estimator = Estimator {
        catalog,
        book,
        usage: &usage,
        region: None,
        is_strict: false,
        currency: "USD".into(),
        terms: lepton::config::Terms::NONE,
        wants_trace: false,
        wants_tags: false,
        alike: None,
    };
    let priced = estimator.price_plan(&plan);
    (plan, priced)
}

/// All that the rules find.
fn judge(
    catalog: &Catalog,
    book: &Book,
    plan: &Plan,
    priced: &PricedPlan,
    diff: &lepton::diff::CostDiff,
    rules: &[lepton::config::Rule],
) -> usize {
    let usage = |_: &str, _: &lepton::model::Address| Object::default();
    let estimator = Estimator {
        catalog,
        book,
        usage: &usage,
        region: None,
        is_strict: false,
        currency: "USD".into(),
        terms: lepton::config::Terms::NONE,
        wants_trace: false,
        wants_tags: false,
        alike: None,
    };
    let config = lepton::config::Config::default();
    let project = lepton::rules::Project { index: 0, name: "plan", plan, priced, positions: None, diff };
    let judgement = lepton::rules::Judge::new(&config, rules, "2026-11-23").judge(&project, &estimator);
    let found = judgement.findings.len();
    // Like the command line, which ends with them.
    std::mem::forget(judgement);
    found
}

fn render(priced: PricedPlan, format: Format) -> String {
    let diff = lepton::diff::compare(&priced, &"USD".into());
    render_compared(priced, diff, format)
}

fn render_compared(priced: PricedPlan, diff: lepton::diff::CostDiff, format: Format) -> String {
    let project = ProjectInput { name: "plan".into(), path: "plan.json".into(), priced, diff };
    let options = Options { currency: "USD".into(), ..Options::default() };
    let report = Report::new(vec![project], options);
    let options = RenderOptions { width: 80, color: false, timestamp: String::new() };
    let text = lepton::report::render(&report, format, &options);
    // As the command line does: the process ends here.
    std::mem::forget(report);
    text
}

/// The best of several runs, what is made before and dropped after left out.
fn best<I, T>(mut make: impl FnMut() -> I, mut run: impl FnMut(I) -> T) -> Duration {
    let timed = |_| {
        let input = make();
        let start = Instant::now();
        let result = black_box(run(black_box(input)));
        let spent = start.elapsed();
        drop(result);
        spent
    };
    (0..9).map(timed).min().expect("there are runs")
}
