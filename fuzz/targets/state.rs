//! States of every version, as they lie in a backend and as `show -json` writes them.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| lepton_fuzz::input("terraform.tfstate", bytes.to_vec()));
