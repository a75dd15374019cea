//! The house rules that a compiler does not know: arrows between modules, files wired up, files kept small.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Longer files are two files.
const LONGEST: usize = 600;

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// The files below a folder with one extension, in order of path.
fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|found| found == extension) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// The table of `lib.rs`: each module with those that it may import.
fn allowed(map: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut table: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for line in map.lines() {
        let cells: Vec<&str> = line.trim_start_matches("//!").split('|').map(str::trim).collect();
        let ["", module, _owns, imports, ""] = cells.as_slice() else { continue };
        let Some(module) = module.strip_prefix("[`").and_then(|name| name.strip_suffix("`]")) else { continue };
        let above: BTreeSet<String> = table.keys().cloned().collect();
        let imports = match *imports {
            "nothing" => BTreeSet::new(),
            "all above" | "everything above" | "all" => above,
            names => names.split(',').map(|name| name.trim().to_owned()).collect(),
        };
        assert!(imports.iter().all(|name| table.contains_key(name)), "{module} imports what stands below it");
        table.insert(module.to_owned(), imports);
    }
    table
}

/// The top-level modules that code names, by `crate::name`, `crate::{…}` or as many `super::` as reach the root.
fn named_modules<'t>(code: &'t str, depth: usize) -> Vec<&'t str> {
    let is_word = |letter: char| letter.is_alphanumeric() || letter == '_';
    let first_word = |text: &'t str| text.split(|letter| !is_word(letter)).next().unwrap_or_default();
    let to_root = "super::".repeat(depth);
    let mut found = Vec::new();
    for start in ["crate::", to_root.as_str()] {
        for (at, _) in code.match_indices(start) {
            if code[..at].ends_with(|letter| is_word(letter) || letter == ':') {
                continue;
            }
            let rest = &code[at + start.len()..];
            match rest.strip_prefix('{') {
                None => found.push(first_word(rest)),
                Some(group) => {
                    let mut level = 0;
                    let mut is_start = true;
                    for (at, letter) in group.char_indices() {
                        match letter {
                            '{' => level += 1,
                            '}' if level == 0 => break,
                            '}' => level -= 1,
                            ',' if level == 0 => is_start = true,
                            letter if is_start && is_word(letter) => {
                                found.push(first_word(&group[at..]));
                                is_start = false;
                            }
                            _ => {}
                        }
                    }
                }
            }
        }
    }
    found
}

/// Code without the lines that are comments.
fn code_of(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    code.collect::<Vec<_>>().join("\n")
}

#[test]
fn arrows_point_one_way() {
    let table = allowed(&fs::read_to_string(source().join("lib.rs")).unwrap());
    let mut wrong = Vec::new();
    let mut arrows = 0;
    for path in files(&source(), "rs") {
        let inside = path.strip_prefix(source()).unwrap();
        let steps: Vec<&str> = inside.iter().map(|step| step.to_str().unwrap()).collect();
        let [module, .., _file] = steps.as_slice() else { continue };
        let Some(imports) = table.get(*module) else {
            wrong.push(format!("{}: the table of lib.rs has no `{module}`", inside.display()));
            continue;
        };
        let is_folder = steps.last() == Some(&"mod.rs");
        let depth = if is_folder { steps.len() - 1 } else { steps.len() };
        for named in named_modules(&code_of(&path), depth) {
            if named != *module && table.contains_key(named) {
                arrows += 1;
                if !imports.contains(named) {
                    wrong.push(format!("{}: `{module}` may not import `{named}`", inside.display()));
                }
            }
        }
    }
    assert!(arrows > 50, "the scan sees only {arrows} arrows");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_map_names_every_module() {
    let map = fs::read_to_string(source().join("lib.rs")).unwrap();
    let folders: BTreeSet<String> = fs::read_dir(source())
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    let named: BTreeSet<String> = allowed(&map).into_keys().collect();
    assert_eq!(folders, named);
}

#[test]
fn every_file_is_wired_up() {
    let mut loose = Vec::new();
    let build = fs::read_to_string(source().with_file_name("build.rs")).unwrap();
    for path in files(&source(), "rs") {
        let (folder, stem) = (path.parent().unwrap(), path.file_stem().unwrap().to_str().unwrap());
        if folder == source() && matches!(stem, "lib" | "main") {
            continue;
        }
        let (name, owner) = match stem {
            "mod" => (folder.file_name().unwrap().to_str().unwrap(), folder.parent().unwrap()),
            stem => (stem, folder),
        };
        let parents = [owner.join("mod.rs"), owner.with_extension("rs"), source().join("lib.rs")];
        let parent = parents.iter().find(|parent| parent.exists()).unwrap();
        let declares = |line: &str| line.trim_start().ends_with(&format!("mod {name};"));
        let inside = path.strip_prefix(source()).unwrap().to_str().unwrap().replace('\\', "/");
        // The build script has modules in common with the crate, and some for itself, by their path.
        let is_built_with = build.contains(&format!("#[path = \"src/{inside}\"]"));
        if !is_built_with && !fs::read_to_string(parent).unwrap().lines().any(declares) {
            loose.push(inside);
        }
    }
    assert!(loose.is_empty(), "no `mod` names these files: {loose:?}");
}

#[test]
fn no_file_is_two_files() {
    let mut long = Vec::new();
    for path in files(&source(), "rs") {
        let lines = fs::read_to_string(&path).unwrap().lines().count();
        if lines > LONGEST {
            long.push(format!("{}: {lines} lines", path.strip_prefix(source()).unwrap().display()));
        }
    }
    assert!(long.is_empty(), "over {LONGEST} lines:\n{}", long.join("\n"));
}

/// A scan that sees nothing forbids nothing.
#[test]
fn the_scan_sees_every_spelling() {
    let code = "use crate::model::Value;\nuse crate::{price::{Book, Key}, lang, usage::File};\n\
                let x = crate::diff::pair(); use super::super::input; mycrate::report";
    assert_eq!(named_modules(code, 2), ["model", "price", "lang", "usage", "diff", "input"]);
    assert_eq!(named_modules("use super::super::lookup;", 3), Vec::<&str>::new());
    let table = allowed("//! | [`a`] | x | nothing |\n//! | [`b`] | x | a |\n//! | [`c`] | x | all above |");
    assert_eq!(table["c"], ["a".to_owned(), "b".to_owned()].into());
}
