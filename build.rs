//! Compiles the price book and indexes the catalog (the book part is filled in by `price`).

use std::path::PathBuf;

#[path = "src/catalog/embed.rs"]
mod embed;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let root = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").expect("set by cargo"));
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("set by cargo"));
    embed::embed(&root.join("src/catalog"), &out);
}
