//! Compiles the price book and indexes the catalog, so that start-up decodes nothing.

use std::path::{Path, PathBuf};

#[allow(dead_code, reason = "the crate uses the rest")]
#[path = "src/price/compile.rs"]
mod compile;
#[path = "src/catalog/embed.rs"]
mod embed;
#[path = "src/rules/embed.rs"]
mod rules;
#[allow(dead_code, unreachable_pub, reason = "the crate uses the rest")]
#[path = "src/price/sheet.rs"]
mod sheet;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=src/price/compile.rs");
    println!("cargo::rerun-if-changed=src/price/sheet.rs");
    println!("cargo::rerun-if-changed=src/catalog/embed.rs");
    println!("cargo::rerun-if-changed=src/catalog/bake.rs");
    println!("cargo::rerun-if-changed=src/rules/embed.rs");
    let root = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").expect("set by cargo"));
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("set by cargo"));
    embed::embed(&root.join("src/catalog"), &out);
    rules::embed(&root.join("src/rules/builtin"), &out);
    if let Err(error) = compile_book(&root.join("src/price/book"), &out) {
        panic!("the price book does not compile: {error}");
    }
}

fn compile_book(book: &Path, out: &Path) -> Result<(), sheet::SheetError> {
    println!("cargo::rerun-if-changed={}", book.display());
    let mut sheets = Vec::new();
    for entry in std::fs::read_dir(book).map_err(|error| sheet::SheetError::io(book, error))? {
        let path = entry.map_err(|error| sheet::SheetError::io(book, error))?.path();
        if path.is_dir() {
            sheets.extend(sheet::Sheet::read_all(&path)?);
        }
    }
    sheets.sort_by(|a, b| (a.provider(), a.service()).cmp(&(b.provider(), b.service())));
    let fallbacks = book.join("fallback.csv");
    let text = std::fs::read_to_string(&fallbacks).map_err(|error| sheet::SheetError::io(&fallbacks, error))?;
    let fallbacks = compile::parse_fallbacks(&fallbacks.display().to_string(), &text)?;
    let compiled = compile::compile(&sheets, &fallbacks)?;
    let write = |name: &str, bytes: &[u8]| {
        let path = out.join(name);
        std::fs::write(&path, bytes).map_err(|error| sheet::SheetError::io(&path, error))
    };
    write("book.fst", &compiled.fst)?;
    write("book.meters", &compiled.meters)?;
    write("book.tiers", &compiled.tiers)?;
    write("book.decimals", &compiled.decimals)?;
    write("book.names", compiled.names.as_bytes())
}
