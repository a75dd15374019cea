//! Usage files: read, asked for figures, and priced with.

#![no_main]

use lepton::catalog::Entitled;
use lepton::model::{Address, Object};
use lepton::usage::UsageFile;

libfuzzer_sys::fuzz_target!(|text: &str| {
    let (file, warnings) = match UsageFile::parse("usage.yml", text) {
        Ok(read) => read,
        Err(problems) => return lepton_fuzz::say(&problems),
    };
    lepton_fuzz::say(&warnings);
    lepton_fuzz::say(&file.unknown_keys(&|kind| match lepton_fuzz::CATALOG.find(kind) {
        Entitled::Stanza(stanza) => Some(stanza.usage.clone()),
        Entitled::Free => Some(Object::default()),
        Entitled::Unsupported | Entitled::Broken(_) => None,
    }));
    for address in file.usage_only_addresses(&|kind| kind.starts_with("aws_")) {
        file.for_resource("aws_sqs_queue", &address);
    }
    file.for_resource("aws_instance", &Address::new("module.a[\"b\"].aws_instance.web[0]"));
    lepton_fuzz::price(&lepton_fuzz::PLAN, &|kind, address| file.for_resource(kind, address));
});
