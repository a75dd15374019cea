//! `lepton.hcl`: read, and a plan priced and judged by what could be read of it.

#![no_main]

use lepton::config::Config;
use lepton::model::{Object, Source};

libfuzzer_sys::fuzz_target!(|text: &str| {
    let (config, problems) = match Config::read_partly(&Source::new("lepton.hcl", text)) {
        Ok(read) => read,
        Err(problems) => return lepton_fuzz::say(&problems),
    };
    lepton_fuzz::say(&problems);
    lepton_fuzz::say(&lepton::rules::check_codes(&config));
    lepton_fuzz::judge(&lepton_fuzz::PLAN, &config, &|_, address| match config.usage.is_empty() {
        true => Object::default(),
        false => config.usage_of(address),
    });
});
