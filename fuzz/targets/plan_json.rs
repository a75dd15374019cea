//! Plan JSON, and whatever it may be wrapped in: read, looked at, priced, judged, rendered.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| lepton_fuzz::input("plan.json", bytes.to_vec()));
