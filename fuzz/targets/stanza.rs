//! Stanzas of users: lowered, checked against attribute lists, their examples run and looked up in the price book.

#![no_main]

use std::sync::LazyLock;

use lepton::catalog::{Catalog, schema::Schema};
use lepton::estimate::check::check;
use lepton::model::Source;
use lepton::price::Book;

static SCHEMA: LazyLock<Schema> = LazyLock::new(Schema::embedded);

libfuzzer_sys::fuzz_target!(|text: &str| {
    let mut catalog = Catalog::embedded();
    if let Err(problems) = catalog.add_source(Source::new("stanza.hcl", text)) {
        return lepton_fuzz::say(&problems);
    }
    let types = catalog.users_types();
    lepton_fuzz::say(&catalog.problems_of_users());
    lepton_fuzz::say(&check(&catalog, Book::embedded(), &SCHEMA, types.iter().map(String::as_str)).problems);
});
