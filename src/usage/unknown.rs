//! Usage keys that no stanza reads: a typing mistake there would silently leave a cost out.

use std::collections::{BTreeMap, BTreeSet};

use smol_str::SmolStr;

use crate::model::{Object, Problem, Source, Span, Value};

/// A key that the file gives.
#[derive(Debug)]
pub(super) struct Given {
    /// The type that it is for.
    pub(super) kind: SmolStr,
    /// The keys that lead to it, its own last.
    pub(super) path: Vec<SmolStr>,
    /// Where it stands.
    pub(super) span: Span,
}

/// One warning that names every unknown key, with the nearest known one at each place.
pub(super) fn report(source: &Source, given: &[Given], known: &dyn Fn(&str) -> Option<Object>) -> Option<Problem> {
    /// Places shown under the message, which names all keys.
    const SHOWN: usize = 12;
    let mut unknown: Vec<(Span, String)> = Vec::new();
    let mut names: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for key in given {
        let Some(keys) = known(&key.kind) else { continue };
        if let Some(near) = missing(&keys, &key.path) {
            unknown.push((key.span, near));
            names.entry(&key.kind).or_default().insert(key.path.join("."));
        }
    }
    if unknown.is_empty() {
        return None;
    }
    unknown.sort();
    let of_type = |(kind, keys): (&&str, &BTreeSet<String>)| {
        format!("{} of {kind}", Vec::from_iter(keys.iter().map(String::as_str)).join(", "))
    };
    let names: Vec<String> = names.iter().map(of_type).collect();
    let message = format!("no stanza reads these usage keys, they are ignored: {}", names.join("; "));
    let mut problem = Problem::warning("lepton::usage::unknown-key", message);
    for (span, near) in unknown.iter().take(SHOWN) {
        problem = problem.at(source, *span, near.clone());
    }
    Some(problem.help("`lepton catalog show TYPE` lists the usage keys of a type"))
}

/// The label for a key that is not among the known ones; `None` if it is, or if its parent already is not.
fn missing(known: &Object, path: &[SmolStr]) -> Option<String> {
    let mut level = known.clone();
    for (at, name) in path.iter().enumerate() {
        let stem = name.split('[').next().unwrap_or(name);
        match level.get(name).or_else(|| level.get(stem)) {
            Some(Value::Object(inner)) => level = inner,
            // The stanza takes the whole value: what is below is its own business.
            Some(_) => return None,
            None if at + 1 < path.len() => return None,
            None => {
                let names = level.names();
                let near = names.iter().map(|known| (strsim::damerau_levenshtein(name, known), known)).min();
                return Some(match near {
                    Some((distance, known)) if distance <= 2 + name.len() / 3 => format!("did you mean `{known}`?"),
                    _ if at == 0 => "not a usage key of this type".into(),
                    _ => format!("not a key of `{}`", path[..at].join(".")),
                });
            }
        }
    }
    None
}
