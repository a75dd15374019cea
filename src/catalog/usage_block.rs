//! The `usage { … }` block: keys, defaults, and the comments that document them.

use hcl::edit::expr::{Expression, ObjectKey};
use hcl::edit::structure::{Body, Structure};
use hcl::edit::{Decorate as _, Span as _};
use indexmap::IndexMap;
use smol_str::{SmolStr, ToSmolStr, format_smolstr};

use crate::lang::{self, Dialect, Frame, Names, NoHost};
use crate::model::{Object, Problem, Source, Value};

/// Reads keys with their constant defaults, and their documentation by dotted path.
pub(crate) fn read(body: &Body, source: &Source, problems: &mut Vec<Problem>) -> (Object, Vec<(SmolStr, SmolStr)>) {
    let mut keys = IndexMap::new();
    let mut docs = Vec::new();
    for structure in body.iter() {
        match structure {
            Structure::Attribute(attribute) => {
                let name = attribute.key.as_str().to_smolstr();
                let before = attribute.decor().prefix().map(|text| comment(text));
                let behind = attribute.decor().suffix().map(|text| comment(text));
                if let Some(doc) = [before, behind].into_iter().flatten().find(|doc| !doc.is_empty()) {
                    docs.push((name.clone(), doc.into()));
                }
                nested_docs(&attribute.value, &name, &mut docs);
                match constant(&attribute.value, source) {
                    Ok(value) => {
                        keys.insert(name, value);
                    }
                    Err(found) => problems.extend(found),
                }
            }
            Structure::Block(block) => problems.push(
                Problem::error("lepton::catalog::stray-item", "`usage` holds only attributes")
                    .at(source, block.ident.span().unwrap_or_default().into(), "")
                    .help("write a nested key as an object: `key = { inner = null }`"),
            ),
        }
    }
    (Object::from_iter(keys), docs)
}

fn nested_docs(value: &Expression, path: &SmolStr, docs: &mut Vec<(SmolStr, SmolStr)>) {
    let Some(object) = value.as_object() else { return };
    for (key, value) in object.iter() {
        let ObjectKey::Ident(name) = key else { continue };
        let path = format_smolstr!("{path}.{}", name.as_str());
        let doc = key.decor().prefix().map(|text| comment(text)).unwrap_or_default();
        if !doc.is_empty() {
            docs.push((path.clone(), doc.into()));
        }
        nested_docs(value.expr(), &path, docs);
    }
}

fn constant(expression: &Expression, source: &Source) -> Result<Value, Vec<Problem>> {
    let expr = lang::lower(expression, &Names::new(Dialect::Stanza), source)?;
    expr.eval(&Frame { slots: &[], host: &NoHost }).map_err(|problem| vec![problem])
}

/// The words of the comments in the space around an item.
fn comment(space: &str) -> String {
    let words = space.lines().filter_map(|line| line.trim().strip_prefix(['#']).or(line.trim().strip_prefix("//")));
    words.map(str::trim).collect::<Vec<_>>().join(" ")
}

/// Two sets of keys; where both have one, the second's default stands and nested keys meet.
pub fn merge(base: &Object, over: &Object) -> Object {
    let mut keys: IndexMap<SmolStr, Value> = base.entries().into_iter().collect();
    for (name, value) in over.entries() {
        let both = (keys.get(&name).and_then(Value::as_object), value.as_object());
        let value = match both {
            (Some(base), Some(over)) => Value::Object(merge(base, over)),
            _ => value,
        };
        keys.insert(name, value);
    }
    Object::from_iter(keys)
}
