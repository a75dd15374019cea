//! Saved plans. Bytes that begin like a zip are one; any others become the `tfplan` in one, since no fuzzer guesses a
//! checksum.

#![no_main]

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let bytes = if bytes.starts_with(b"PK") { bytes.to_vec() } else { archive(bytes) };
    lepton_fuzz::input("plan.tfplan", bytes);
});

/// A saved plan around a message.
fn archive(plan: &[u8]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    zip.start_file("tfplan", stored).expect("memory takes it");
    zip.write_all(plan).expect("memory takes it");
    zip.finish().expect("memory takes it").into_inner()
}
