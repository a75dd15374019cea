//! For the build script: indexes the built-in rules by what they are judged on, so that a run parses only those it needs.

use std::fmt::Write as _;
use std::path::Path;

use hcl::edit::expr::Expression;

/// Writes `rules_index.rs`: code, targets and text of every rule below `folder`.
pub(crate) fn embed(folder: &Path, out: &Path) {
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .expect("the folder of built-in rules")
        .map(|entry| entry.expect("a readable entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "hcl"))
        .collect();
    paths.sort();
    let mut index = String::from("pub(super) static RULES: &[BuiltinRule] = &[\n");
    for path in &paths {
        println!("cargo::rerun-if-changed={}", path.display());
        let text = std::fs::read_to_string(path).expect("a collected file");
        let body = match hcl::edit::parser::parse_body(&text) {
            Ok(body) => body,
            Err(error) => panic!("{}: {error}", path.display()),
        };
        let name = path.file_stem().and_then(|stem| stem.to_str()).expect("names of rules are UTF-8");
        let rules: Vec<_> = body.get_blocks("rule").collect();
        let [rule] = rules.as_slice() else { panic!("{}: one rule a file", path.display()) };
        let code = rule.labels.first().map_or("", |label| label.as_str());
        assert_eq!(code, name, "the file of a rule has its name");
        let on = targets(rule.body.get_attribute("on").map(|attribute| &attribute.value));
        let file = format!("{:?}", path.display().to_string());
        writeln!(index, "    BuiltinRule {{ code: {code:?}, on: &{on:?}, text: include_str!({file}) }},")
            .expect("a String takes every write");
    }
    index.push_str("];\n");
    std::fs::write(out.join("rules_index.rs"), index).expect("OUT_DIR is writable");
}

fn targets(on: Option<&Expression>) -> Vec<&str> {
    match on {
        None => Vec::new(),
        Some(Expression::Array(items)) => items.iter().map(|item| item.as_str().expect("`on` holds texts")).collect(),
        Some(one) => vec![one.as_str().expect("`on` is a text or a list of texts")],
    }
}
