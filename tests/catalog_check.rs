//! What `lepton catalog check` says about a stanza: a folder a case, with the stanza and all that is printed about it.
//!
//! `UPDATE_EXPECTED=1 cargo test --test catalog_check` writes what is found; read it before you commit it.

use std::fs;
use std::path::PathBuf;

use lepton::catalog::{Catalog, schema::Schema};
use lepton::estimate::check::check;
use lepton::model::Problem;
use lepton::price::{Book, Sheet};
use miette::{GraphicalReportHandler, GraphicalTheme};

const BOOK: &str = "\
# service: AmazonEC2
# provider: aws
# source list | 2026-07-20 | USD | a list
usage_type,operation,unit,from,source,us-east-1
NatGateway-Hours,NatGateway,Hrs,0,list,0.045
";

/// As in a terminal of 80 columns.
fn show(problem: &Problem) -> String {
    let handler = GraphicalReportHandler::new_themed(GraphicalTheme::unicode_nocolor()).with_width(80);
    let mut shown = String::new();
    handler.with_links(false).render_report(&mut shown, problem).unwrap();
    shown.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}

fn found(case: &std::path::Path, book: &Book) -> Vec<Problem> {
    let mut catalog = Catalog::embedded();
    if let Err(problems) = catalog.add_files(&[case.join("stanza.hcl")]) {
        return problems;
    }
    let types = catalog.users_types();
    check(&catalog, book, &Schema::embedded(), types.iter().map(String::as_str)).problems
}

#[test]
fn every_case_finds_what_it_says() {
    let sheet = Sheet::parse("ec2.csv", BOOK).unwrap();
    let book = Book::from_sheets(&[sheet]).unwrap();
    let mut cases: Vec<PathBuf> =
        fs::read_dir("testdata/catalog").unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    let mut wrong = Vec::new();
    for case in &cases {
        let said = found(case, &book).iter().map(show).collect::<Vec<String>>().join("\n");
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
    assert!(cases.len() >= 24, "the cases are gone");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
