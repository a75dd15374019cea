//! What `lepton catalog check` says about a stanza: a folder a case, with the stanza and what is found in it.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use lepton::catalog::{Catalog, schema::Schema};
use lepton::estimate::check::check;
use lepton::model::Problem;
use lepton::price::{Book, Sheet};

const BOOK: &str = "\
# service: AmazonEC2
# provider: aws
# source list | 2026-07-20 | USD | a list
usage_type,operation,unit,from,source,us-east-1
NatGateway-Hours,NatGateway,Hrs,0,list,0.045
";

/// Where, which code, what, and the text that is underlined.
fn show(problem: &Problem) -> String {
    let mut shown = String::new();
    if let Some((source, span)) = problem.place() {
        let first = source.slice(span).lines().next().unwrap_or_default();
        write!(shown, "{}: `{first}`\n    ", source.line(span)).unwrap();
    }
    write!(shown, "{:?} {}: {problem}", problem.severity(), problem.code()).unwrap();
    shown
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
        let mut catalog = Catalog::embedded();
        catalog.add_files(&[case.join("stanza.hcl")]).unwrap();
        let types = catalog.users_types();
        let found = check(&catalog, &book, &Schema::embedded(), types.iter().map(String::as_str));
        let said: String = found.problems.iter().map(|problem| show(problem) + "\n").collect();
        let expected = fs::read_to_string(case.join("expected.txt")).unwrap();
        if said != expected {
            wrong.push(format!("{}\n--- expected\n{expected}--- said\n{said}", case.display()));
        }
    }
    assert!(cases.len() >= 6, "the cases are gone");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
