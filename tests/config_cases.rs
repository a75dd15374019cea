//! What is said about a `lepton.hcl`: a folder a case, with the file and all that is printed about it.
//!
//! `UPDATE_EXPECTED=1 cargo test --test config_cases` writes what is found; read it before you commit it.

use std::fs;
use std::path::PathBuf;

use lepton::config::{Config, describe};
use lepton::model::{Problem, Source};
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
    assert!(cases.len() >= 8, "the cases are gone");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_description_names_every_block_and_what_it_holds() {
    let described = describe();
    let blocks = described["blocks"].as_object().unwrap();
    for name in ["budget", "rule", "builtin", "suppress", "discount", "exchange", "usage", "site"] {
        assert!(blocks[name]["description"].as_str().is_some_and(|text| text.ends_with('.')), "{name}");
    }
    assert_eq!(described["blocks"]["suppress"]["attributes"]["until"]["required"], true);
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
        ]),
        0..40,
    )) {
        let _ = problems(&words.join(" "));
    }
}
