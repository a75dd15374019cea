//! Compiles the price book and indexes the catalog (filled in by `price` and `catalog`).
fn main() {
    println!("cargo::rerun-if-changed=build.rs");
}
