//! Quantities and costs worked out by hand from the providers' pricing rules, as directories under `testdata/hand`.
//!
//! A case holds `plan.json`, perhaps `usage.yml` and `currency.txt` (of the sums: USD unless it says another),
//! `expected.csv` and the arithmetic in `WORK.md`. Prices come from the
//! small pinned book in `testdata/hand/book`, so that a refreshed price list changes nothing here.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use lepton::catalog::Catalog;
use lepton::estimate::{Estimator, Line, Monthly, PricedPlan, Quantity};
use lepton::model::{Address, Object};
use lepton::price::{Book, Sheet};
use lepton::usage::UsageFile;
use rust_decimal::Decimal;

/// Quantity, unit and cost of a line; `None` where it is not known.
type Expected = (Option<Decimal>, String, Option<Decimal>);

#[test]
fn every_case_gives_the_figures_of_its_hand_calculation() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/hand");
    let sheets = Sheet::read_all(&root.join("book")).expect("the pinned book");
    let book = Book::from_sheets(&sheets).expect("the pinned book compiles");
    let catalog = Catalog::embedded();
    let mut cases: Vec<PathBuf> = std::fs::read_dir(&root)
        .expect("testdata/hand")
        .map(|entry| entry.expect("a case").path())
        .filter(|path| path.join("expected.csv").exists())
        .collect();
    cases.sort();
    let mut failures = Vec::new();
    let mut resources = 0;
    for case in &cases {
        let expected = read_expected(&case.join("expected.csv"));
        let got = figures(&price(case, &catalog, &book));
        resources += expected.keys().map(|(address, _)| address).collect::<std::collections::BTreeSet<_>>().len();
        let name = case.file_name().expect("a folder").to_string_lossy();
        for (line, figures) in &expected {
            match got.get(line) {
                None => failures.push(format!("{name}: {} {} is missing", line.0, line.1)),
                Some(other) if !is_same(figures, other) => {
                    failures
                        .push(format!("{name}: {} {}\n  expected {figures:?}\n  got      {other:?}", line.0, line.1));
                }
                Some(_) => {}
            }
        }
        for line in got.keys().filter(|line| !expected.contains_key(*line)) {
            failures.push(format!("{name}: {} {} is not expected: {:?}", line.0, line.1, got[line]));
        }
    }
    assert!(failures.is_empty(), "{} of the hand-worked figures differ\n{}", failures.len(), failures.join("\n"));
    assert!(resources >= 40, "only {resources} resources are worked out by hand");
}

fn price(case: &Path, catalog: &Catalog, book: &Book) -> PricedPlan {
    let plan = lepton::input::read_path(&case.join("plan.json")).expect("the case's plan");
    let usage_path = case.join("usage.yml");
    let usage = usage_path.exists().then(|| UsageFile::read(&usage_path).expect("the case's usage file").0);
    let usage_of = |kind: &str, address: &Address| match &usage {
        Some(usage) => usage.for_resource(kind, address),
        None => Object::default(),
    };
    let currency = std::fs::read_to_string(case.join("currency.txt")).unwrap_or_else(|_| "USD".to_owned());
    let estimator = Estimator {
        catalog,
        book,
        usage: &usage_of,
        region: None,
        is_strict: false,
        currency: currency.trim().into(),
        terms: lepton::config::Terms::NONE,
        wants_trace: false,
        wants_tags: false,
        alike: None,
    };
    estimator.price_plan(&plan)
}

fn figures(priced: &PricedPlan) -> BTreeMap<(String, String), Expected> {
    let mut figures = BTreeMap::new();
    for change in &priced.changes {
        let Some(estimate) = &change.after else { continue };
        for line in estimate.lines.iter() {
            let mut name = line.part.join("/");
            if !name.is_empty() {
                name.push('/');
            }
            name.push_str(&line.name());
            figures.insert((change.address.to_string(), name), (quantity(line), line.unit.to_string(), monthly(line)));
        }
    }
    figures
}

fn quantity(line: &Line) -> Option<Decimal> {
    match &line.quantity {
        Quantity::Known(quantity) => Some(*quantity),
        _ => None,
    }
}

fn monthly(line: &Line) -> Option<Decimal> {
    match &line.monthly {
        Monthly::Exact(money) => Some(money.amount),
        Monthly::Unknown(_) => None,
    }
}

/// To ten decimals: a third of something has no last digit.
fn is_same(expected: &Expected, got: &Expected) -> bool {
    let near = |expected: Option<Decimal>, got: Option<Decimal>| match (expected, got) {
        (Some(expected), Some(got)) => (expected - got).abs() < Decimal::new(1, 10),
        (expected, got) => expected == got,
    };
    near(expected.0, got.0) && expected.1 == got.1 && near(expected.2, got.2)
}

fn read_expected(path: &Path) -> BTreeMap<(String, String), Expected> {
    let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_path(path).expect("expected.csv");
    let head = reader.headers().expect("a head").clone();
    assert_eq!(
        head.iter().collect::<Vec<_>>(),
        ["address", "line", "quantity", "unit", "monthly"],
        "{}",
        path.display()
    );
    let number = |text: &str| (!text.is_empty()).then(|| text.parse::<Decimal>().expect("a decimal"));
    let records = reader.records().map(|record| record.expect("a row"));
    records
        .map(|row| ((row[0].to_owned(), row[1].to_owned()), (number(&row[2]), row[3].to_owned(), number(&row[4]))))
        .collect()
}
