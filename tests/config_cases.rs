//! What is said about a `lepton.hcl`: a folder a case, with the file and all that is printed about it.
//!
//! `UPDATE_EXPECTED=1 cargo test --test config_cases` writes what is found; read it before you commit it.

use std::fs;
use std::path::PathBuf;

use lepton::config::{Config, PathKind, Placement, Provider, describe};
use lepton::model::{Address, Problem, Source};
use lepton::rules::check_codes;
use miette::{GraphicalReportHandler, GraphicalTheme};
use proptest::prelude::*;

/// As in a terminal of 80 columns.
fn show(problem: &Problem) -> String {
    let handler = GraphicalReportHandler::new_themed(GraphicalTheme::unicode_nocolor()).with_width(80);
    let mut shown = String::new();
    handler.with_links(false).render_report(&mut shown, problem).unwrap();
    shown.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}

fn problems(text: &str) -> Vec<Problem> {
    match Config::read(&Source::new("lepton.hcl", text)) {
        Ok(config) => check_codes(&config),
        Err(problems) => problems,
    }
}

#[test]
fn every_case_says_what_is_expected() {
    let mut cases: Vec<PathBuf> = fs::read_dir("testdata/config").unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    let mut wrong = Vec::new();
    for case in &cases {
        let text = fs::read_to_string(case.join("lepton.hcl")).unwrap();
        let said = problems(&text).iter().map(show).collect::<Vec<String>>().join("\n");
        let path = case.join("expected.txt");
        let expected = fs::read_to_string(&path).unwrap_or_default();
        if said != expected && std::env::var_os("UPDATE_EXPECTED").is_some() {
            fs::write(&path, &said).unwrap();
        } else if said != expected {
            wrong.push(format!("{}\n--- expected\n{expected}--- said\n{said}", case.display()));
        }
        let name = case.file_name().unwrap().to_str().unwrap();
        assert_eq!(said.is_empty(), name == "what-holds-is-silent", "{name}");
    }
    assert!(cases.len() >= 15, "the cases are gone");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_description_names_every_block_and_what_it_holds() {
    let described = describe();
    let blocks = described["blocks"].as_object().unwrap();
    for name in [
        "budget",
        "rule",
        "builtin",
        "suppress",
        "discount",
        "contract",
        "prices",
        "exchange",
        "usage",
        "project",
        "instances",
        "site",
        "placement",
        "pin",
        "apart",
        "workload",
        "traffic",
        "path",
        "commitment",
    ] {
        assert!(blocks[name]["description"].as_str().is_some_and(|text| text.ends_with('.')), "{name}");
    }
    assert_eq!(described["blocks"]["suppress"]["attributes"]["until"]["required"], true);
    assert_eq!(described["blocks"]["path"]["labels"].as_array().map(Vec::len), Some(2));
    let capacity = &described["blocks"]["site"]["attributes"]["capacity"];
    assert_eq!(capacity["keys"]["vcpu"]["required"], true);
}

#[test]
fn placement_is_read_with_places_and_what_holds_otherwise() {
    let text = "placement {\n  regions = [\"google/europe-west3\"]\n  fees = { google = 100 }\n}\n\
                workload \"module.batch\" {\n  hours = 200\n  replicas = 2\n}\n\
                workload \"module.batch.aws_instance.a\" {\n  hours = 100\n}\n\
                path \"aws\" \"google\" {\n  gb_price = 0.02\n}\n";
    let source = Source::new("lepton.hcl", text);
    let config = Config::read(&source).unwrap();
    let placement = config.placement.as_ref().unwrap();
    let region = &placement.regions[0];
    assert_eq!((region.value.provider, region.value.region.as_str()), (Provider::Google, "europe-west3"));
    assert_eq!(source.slice(region.span), "\"google/europe-west3\"");
    assert!(source.slice(placement.span).starts_with("placement {"));
    assert_eq!(placement.fees[&Provider::Google], 100.into());
    let otherwise = Placement::default();
    assert_eq!(placement.providers, otherwise.providers);
    assert_eq!((placement.minimum_saving, placement.max_moves), (20.into(), None));
    let said = config.workload_of(&Address::new("module.batch.aws_instance.a"));
    assert_eq!((said.hours, said.replicas, said.batch), (Some(100.into()), Some(2), None));
    let path = &config.paths[0];
    assert_eq!((path.between[1].value.as_str(), path.kind), ("google", PathKind::Internet));
    assert_eq!((path.gb_price.map(|price| price.to_string()), path.back_gb_price), (Some("0.02".into()), None));
}

proptest! {
    #[test]
    fn no_text_panics(text in "\\PC{0,200}") {
        let _ = problems(&text);
    }

    #[test]
    fn no_arrangement_of_known_words_panics(words in prop::collection::vec(
        prop::sample::select(vec![
            "budget", "rule", "\"a\"", "{", "}", "=", "when", "monthly", "scope", "1", "\n", "self.x", "[", "]",
            "let", "table", "docs", "suppress", "until", "\"2026-01-01\"", "${", "instead", "message",
            "placement", "site", "capacity", "path", "pin", "vcpu", "contract", "tier", "commitment", "kind", "\"reserved\"", "hours", "prices", "books", "workload", "with", "regions", "\"a/b\"", "value",
        ]),
        0..40,
    )) {
        let _ = problems(&words.join(" "));
    }
}
