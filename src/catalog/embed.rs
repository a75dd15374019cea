//! For the build script: writes the index of the catalog's files as Rust.

use std::fmt::Write as _;
use std::path::Path;

#[path = "bake.rs"]
mod bake;

use bake::{BlockKind, declared_blocks};

/// Indexes every file below `catalog` into `catalog_index.rs` and `catalog_schema.rs` of `out`.
pub(crate) fn embed(catalog: &Path, out: &Path) {
    println!("cargo::rerun-if-changed={}", catalog.display());
    let mut paths = Vec::new();
    collect(catalog, &mut paths);
    paths.sort();

    let mut files = String::new();
    let mut tables = String::new();
    let mut schemas = String::new();
    let mut entries: Vec<(BlockKind, String, usize, bool)> = Vec::new();
    let mut file_count = 0;
    for path in &paths {
        println!("cargo::rerun-if-changed={}", path.display());
        let relative = path.strip_prefix(catalog).expect("collected below the folder");
        let relative = relative.to_str().expect("catalog paths are UTF-8").replace('\\', "/");
        let include = format!("include_str!({:?})", path.display().to_string());
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("hcl") => {
                let text = std::fs::read_to_string(path).expect("a collected file");
                let body = match hcl::edit::parser::parse_body(&text) {
                    Ok(body) => body,
                    Err(error) => panic!("{}: {error}", path.display()),
                };
                for (kind, name, is_free) in declared_blocks(&body) {
                    if let Some(twice) = entries.iter().find(|entry| entry.0 == kind && entry.1 == name) {
                        panic!("{}: {kind:?} `{name}` is declared twice (file {} too)", path.display(), twice.2);
                    }
                    entries.push((kind, name.to_owned(), file_count, is_free));
                }
                writeln!(files, "    ({relative:?}, {include}),").expect("a String takes every write");
                file_count += 1;
            }
            Some("csv") => writeln!(tables, "    ({relative:?}, {include}),").expect("a String takes every write"),
            Some("txt") if relative.starts_with("schema/") => {
                writeln!(schemas, "    {include},").expect("a String takes every write");
            }
            _ => {}
        }
    }
    entries.sort();
    let mut index = format!("pub(super) static FILES: &[EmbeddedFile] = &[\n{files}];\n");
    writeln!(index, "pub(super) static TABLES: &[EmbeddedFile] = &[\n{tables}];").expect("a String takes every write");
    index.push_str("pub(super) static ENTRIES: &[Entry] = &[\n");
    for (kind, name, file, is_free) in entries {
        writeln!(
            index,
            "    Entry {{ kind: BlockKind::{kind:?}, name: Cow::Borrowed({name:?}), file: {file}, is_free: {is_free} }},"
        )
        .expect("a String takes every write");
    }
    index.push_str("];\n");
    std::fs::write(out.join("catalog_index.rs"), index).expect("OUT_DIR is writable");
    let schemas = format!("pub(super) static SCHEMAS: &[&str] = &[\n{schemas}];\n");
    std::fs::write(out.join("catalog_schema.rs"), schemas).expect("OUT_DIR is writable");
}

fn collect(folder: &Path, paths: &mut Vec<std::path::PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder of the catalog") {
        let path = entry.expect("a readable entry").path();
        if path.is_dir() {
            collect(&path, paths);
        } else {
            paths.push(path);
        }
    }
}
