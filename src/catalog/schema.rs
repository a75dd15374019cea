//! Which attributes a resource type has: names only, one line a type, used to check stanzas.
//!
//! ```text
//! aws_nat_gateway: allocation_id connectivity_type id private_ip public_ip subnet_id tags
//! ```

use std::collections::{BTreeSet, HashMap};

use smol_str::SmolStr;

/// Attribute paths by resource type.
#[derive(Debug, Default)]
pub struct Schema {
    types: HashMap<&'static str, BTreeSet<&'static str>>,
}

mod embedded {
    include!(concat!(env!("OUT_DIR"), "/catalog_schema.rs"));
}

impl Schema {
    /// The attribute names inside this binary.
    pub fn embedded() -> Self {
        let mut types = HashMap::new();
        for text in embedded::SCHEMAS {
            for line in text.lines().filter(|line| !line.starts_with('#')) {
                if let Some((kind, paths)) = line.split_once(':') {
                    types.insert(kind.trim(), paths.split_whitespace().collect());
                }
            }
        }
        Self { types }
    }

    /// Whether the attributes of a type are known at all.
    pub fn has(&self, kind: &str) -> bool {
        self.types.contains_key(kind)
    }

    /// The position of the first name in a path that the type lacks. `None` if all exist or the type is not known.
    pub fn missing(&self, kind: &str, path: &[SmolStr]) -> Option<usize> {
        let known = self.types.get(kind)?;
        let mut dotted = String::new();
        for (at, name) in path.iter().enumerate() {
            let is_block = at > 0 && has_inner(known, &dotted);
            if at > 0 && !is_block {
                // A map or a dynamic value: anything may be below.
                return None;
            }
            if at > 0 {
                dotted.push('.');
            }
            dotted.push_str(name);
            if !known.contains(dotted.as_str()) && !has_inner(known, &dotted) {
                return Some(at);
            }
        }
        None
    }

    /// The names that stand directly below a path.
    pub fn beside(&self, kind: &str, path: &[SmolStr]) -> Vec<&'static str> {
        let Some(known) = self.types.get(kind) else { return Vec::new() };
        let prefix = if path.is_empty() { String::new() } else { format!("{}.", path.join(".")) };
        let below = known.iter().filter_map(|full| full.strip_prefix(prefix.as_str()));
        let mut names: Vec<&str> = below.map(|rest| rest.split('.').next().unwrap_or(rest)).collect();
        names.dedup();
        names
    }
}

fn has_inner(known: &BTreeSet<&'static str>, path: &str) -> bool {
    let prefix = format!("{path}.");
    known.range(prefix.as_str()..).next().is_some_and(|next| next.starts_with(&prefix))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(dotted: &str) -> Vec<SmolStr> {
        dotted.split('.').map(SmolStr::from).collect()
    }

    #[test]
    fn finds_the_first_name_that_a_type_lacks() {
        let mut schema = Schema::default();
        schema.types.insert("t", ["a", "b", "b.c", "tags"].into_iter().collect());
        assert_eq!(schema.missing("t", &path("a")), None);
        assert_eq!(schema.missing("t", &path("b.c")), None);
        assert_eq!(schema.missing("t", &path("b.d")), Some(1));
        assert_eq!(schema.missing("t", &path("x.y")), Some(0));
        assert_eq!(schema.missing("t", &path("tags.anything")), None);
        assert_eq!(schema.missing("unknown", &path("x")), None);
        assert_eq!(schema.beside("t", &path("b")), ["c"]);
    }
}
