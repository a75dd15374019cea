//! What is said about where work could run: a folder a case, with a plan, or one in a folder a project, a `lepton.hcl`
//! and all that is shown.
//!
//! Prices come from the few stanzas in `testdata/place/catalog`, never from the book. A case whose name begins with
//! `error-` expects what is printed about its mistakes. `UPDATE_EXPECTED=1 cargo test --test place_cases` writes what is
//! shown; read it before you commit it.

use std::fs;
use std::path::{Path, PathBuf};

use lepton::catalog::Catalog;
use lepton::config::Config;
use lepton::estimate::Estimator;
use lepton::model::{Address, Problem};
use lepton::place::{Placing, place};
use lepton::price::Book;
use lepton::report::placement::{Depth, Form, PlacedProject, PlacementOptions, PlacementView, render};
use miette::{GraphicalReportHandler, GraphicalTheme};
use rust_decimal::Decimal;

const FOLDER: &str = "testdata/place";
const WIDTH: usize = 80;

fn show(problem: &Problem) -> String {
    let handler = GraphicalReportHandler::new_themed(GraphicalTheme::unicode_nocolor()).with_width(WIDTH);
    let mut shown = String::new();
    handler.with_links(false).render_report(&mut shown, problem).unwrap();
    shown.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}

/// The plans of a case: its own, or those of the folders in it, which are projects.
fn plans(case: &Path) -> Vec<PathBuf> {
    let own = case.join("plan.json");
    if own.exists() {
        return vec![own];
    }
    let Ok(entries) = fs::read_dir(case) else { return Vec::new() };
    let plans = entries.map(|entry| entry.unwrap().path().join("plan.json"));
    let mut plans: Vec<PathBuf> = plans.filter(|path| path.exists()).collect();
    plans.sort();
    plans
}

fn placements(case: &Path) -> Result<(Vec<PlacedProject>, String), Vec<Problem>> {
    let path = case.join("lepton.hcl");
    let source = lepton::model::Source::new("lepton.hcl", fs::read_to_string(path).unwrap());
    let config = Config::read(&source)?;
    let mut catalog = Catalog::embedded();
    catalog.add_folder(&Path::new(FOLDER).join("catalog")).expect("the stanzas of the cases");
    let book = Book::from_sheets(&[]).expect("an empty book");
    let estimator = Estimator {
        catalog: &catalog,
        book: &book,
        usage: &|_: &str, address: &Address| config.usage_of(address),
        region: None,
        is_strict: false,
        currency: config.currency_or_default().into(),
        terms: &config.terms,
        wants_trace: false,
        wants_tags: false,
        alike: None,
    };
    let project = |path: &PathBuf| {
        let name = path.strip_prefix(case).unwrap().to_str().unwrap().replace('\\', "/");
        let (plan, today) = (&lepton::input::read_path(path).expect("the case's plan"), "2026-11-01");
        let priced = &estimator.price_plan(plan);
        let all_hours = &lepton::rules::all_hours(&name, plan, priced, &estimator, &config, today)?;
        let placing = Placing { plan, priced, estimator: &estimator, config: &config, today, all_hours };
        let placement = place(&placing)?;
        assert!(placement.problems.is_empty(), "{}: {:?}", case.display(), placement.problems);
        // What each cloud bills is together what everything costs.
        let of_clouds: Decimal = placement.clouds_now.iter().map(|cloud| cloud.monthly).sum();
        assert_eq!(of_clouds, placement.now.bill.monthly(), "{}", case.display());
        Ok(PlacedProject { name: name.clone(), path: name, placement: PlacementView::of(&placement) })
    };
    let projects = plans(case).iter().map(project).collect::<Result<_, Vec<Problem>>>()?;
    Ok((projects, estimator.currency.to_string()))
}

/// What is shown, by the name of the file that expects it.
fn shown(case: &Path) -> Vec<(&'static str, String)> {
    let (projects, currency) = match placements(case) {
        Ok(placed) => placed,
        Err(problems) => {
            let texts: Vec<String> = problems.iter().map(show).collect();
            assert!(!texts.is_empty(), "{}: an error without a word", case.display());
            return vec![("expected.stderr", texts.join("\n"))];
        }
    };
    let render = |form, depth| {
        let prices = ("2026-10-01", "2026-10-01");
        let options = PlacementOptions { depth, unplaced: 0, currency: &currency, prices, width: WIDTH, color: false };
        render(&projects, form, &options).replace(env!("CARGO_PKG_VERSION"), "VERSION")
    };
    vec![
        ("expected.txt", render(Form::Table, Depth::Full)),
        ("expected.md", render(Form::Markdown, Depth::Short)),
        ("expected.json", render(Form::Json, Depth::Full)),
    ]
}

fn cases() -> Vec<PathBuf> {
    let entries = fs::read_dir(FOLDER).unwrap().map(|entry| entry.unwrap().path());
    let mut cases: Vec<PathBuf> = entries.filter(|path| !plans(path).is_empty()).collect();
    cases.sort();
    cases
}

#[test]
fn every_case_shows_what_is_expected() {
    let cases = cases();
    assert!(cases.len() >= 20, "the cases are gone");
    let mut wrong = Vec::new();
    for case in &cases {
        let shown = shown(case);
        let name = case.file_name().unwrap().to_str().unwrap();
        assert_eq!(name.starts_with("error-"), shown.len() == 1, "{name}\n{}", shown[0].1);
        for (file, text) in shown {
            let path = case.join(file);
            let expected = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
            if text == expected {
                continue;
            }
            match std::env::var_os("UPDATE_EXPECTED") {
                Some(_) => fs::write(&path, &text).unwrap(),
                None => wrong.push(format!("{}\n--- expected\n{expected}--- shown\n{text}", path.display())),
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_row_is_wider_than_the_terminal() {
    for case in cases() {
        for (file, text) in shown(&case) {
            let is_table = file == "expected.txt";
            let wide = text.lines().find(|row| is_table && row.chars().count() > WIDTH);
            assert_eq!(wide, None, "{}", case.display());
        }
    }
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    for case in cases() {
        assert_eq!(shown(&case), shown(&case), "{}", case.display());
    }
}
