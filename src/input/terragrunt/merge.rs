//! How an included configuration and the one that includes it become one.

use indexmap::IndexMap;
use smol_str::SmolStr;

use crate::model::{Object, Value};

/// What an `include` block says of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Strategy {
    /// The included configuration is only there to be referred to.
    NoMerge,
    /// Attributes and labelled blocks of the child replace those of the same name.
    Shallow,
    /// Maps are merged at every level, lists are joined.
    Deep,
}

impl Strategy {
    pub(super) fn of(name: &str) -> Option<Self> {
        Some(match name {
            "no_merge" => Self::NoMerge,
            "shallow" => Self::Shallow,
            "deep" => Self::Deep,
            _ => return None,
        })
    }
}

/// The parts of a configuration, by their names.
pub(super) type Parts = IndexMap<SmolStr, Value>;

/// A configuration laid over one that it includes.
pub(super) fn configurations(base: &Parts, over: Parts, strategy: Strategy) -> Parts {
    if strategy == Strategy::NoMerge {
        return over;
    }
    let mut merged = base.clone();
    // Local values belong to their file.
    merged.shift_remove("locals");
    for (name, value) in over {
        let value = match merged.get(&name) {
            Some(known) => part(&name, known, &value, strategy),
            None => value,
        };
        merged.insert(name, value);
    }
    merged
}

fn part(name: &str, base: &Value, over: &Value, strategy: Strategy) -> Value {
    match (name, strategy) {
        // What a unit waits for adds up.
        ("dependencies", _) => deep(base, over),
        ("inputs" | "terraform", Strategy::Deep) => deep(base, over),
        ("terraform", _) => terraform(base, over),
        // Dependencies of one label were merged before their outputs were known.
        ("inputs" | "dependency" | "generate" | "feature", _) => shallow(base, over),
        _ => over.clone(),
    }
}

/// `source` of the child if it has one, and the `extra_arguments` of both.
fn terraform(base: &Value, over: &Value) -> Value {
    let extra = |value: &Value| value.as_object().and_then(|object| object.get("extra_arguments"));
    let merged = shallow(base, over);
    match (extra(base), extra(over), merged.as_object()) {
        (Some(of_base), Some(of_child), Some(object)) => {
            let mut entries: Parts = object.entries().into_iter().collect();
            entries.insert("extra_arguments".into(), shallow(&of_base, &of_child));
            Value::Object(entries.into_iter().collect())
        }
        _ => merged,
    }
}

/// The entries of both, those of the second winning.
pub(super) fn shallow(base: &Value, over: &Value) -> Value {
    combined(base, over, |_, over| over.clone()).unwrap_or_else(|| over.clone())
}

/// Maps merged at every level, lists joined.
pub(super) fn deep(base: &Value, over: &Value) -> Value {
    if let (Some(first), Some(second)) = (base.as_list(), over.as_list()) {
        let joined = Value::from([first, second].concat());
        return if base.is_sensitive() || over.is_sensitive() { joined.sensitive() } else { joined };
    }
    combined(base, over, deep).unwrap_or_else(|| over.clone())
}

/// Maps merged at every level, everything else replaced.
pub(super) fn deep_maps(base: &Value, over: &Value) -> Value {
    combined(base, over, deep_maps).unwrap_or_else(|| over.clone())
}

fn combined(base: &Value, over: &Value, both: impl Fn(&Value, &Value) -> Value) -> Option<Value> {
    let (first, second): (&Object, &Object) = (base.as_object()?, over.as_object()?);
    let mut entries: Parts = first.entries().into_iter().collect();
    for (name, value) in second.entries() {
        let value = match entries.get(&name) {
            Some(known) => both(known, &value),
            None => value,
        };
        entries.insert(name, value);
    }
    let merged = Value::Object(entries.into_iter().collect());
    Some(if base.is_sensitive() || over.is_sensitive() { merged.sensitive() } else { merged })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> Value {
        let source = crate::model::Source::new("a", format!("a = {text}\n"));
        let body = crate::lang::parse_body(&source).unwrap();
        let names = crate::lang::Names::new(crate::lang::Dialect::Terraform);
        let expr = crate::lang::lower(&body.get_attribute("a").unwrap().value, &names, &source).unwrap();
        expr.constant().unwrap().clone()
    }

    #[test]
    fn deep_joins_lists_and_merges_maps() {
        let (base, over) = (value("{ a = { x = [1], y = 1 }, b = 1 }"), value("{ a = { x = [2], z = 3 }, b = 2 }"));
        assert_eq!(deep(&base, &over), value("{ a = { x = [1, 2], y = 1, z = 3 }, b = 2 }"));
        assert_eq!(deep_maps(&base, &over), value("{ a = { x = [2], y = 1, z = 3 }, b = 2 }"));
        assert_eq!(shallow(&base, &over), value("{ a = { x = [2], z = 3 }, b = 2 }"));
    }

    fn parts(text: &str) -> Parts {
        value(text).as_object().unwrap().entries().into_iter().collect()
    }

    #[test]
    fn local_values_belong_to_their_file_and_sources_are_kept() {
        let base =
            parts(r#"{ locals = { a = 1 }, terraform = { source = "x", extra_arguments = { a = { y = 1 } } } }"#);
        let over = parts(r#"{ terraform = { extra_arguments = { b = { z = 1 } } }, skip = true }"#);
        let merged = configurations(&base, over, Strategy::Shallow);
        let all =
            r#"{ terraform = { source = "x", extra_arguments = { a = { y = 1 }, b = { z = 1 } } }, skip = true }"#;
        assert_eq!(merged, parts(all));
    }

    #[test]
    fn dependencies_add_up() {
        let (base, over) =
            (parts(r#"{ dependencies = { paths = ["a"] } }"#), parts(r#"{ dependencies = { paths = ["b"] } }"#));
        let merged = configurations(&base, over, Strategy::Shallow);
        assert_eq!(merged, parts(r#"{ dependencies = { paths = ["a", "b"] } }"#));
    }
}
