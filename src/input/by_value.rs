//! References read off equal values: an attribute that holds another resource's id, ARN, link or name.

use std::collections::{HashMap, HashSet};

use smol_str::SmolStr;

use crate::model::{Change, Object, Value};

/// Who is known under which text.
pub(super) struct Identities(HashMap<SmolStr, Vec<(usize, Handle)>>);

/// By what a resource is known.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Handle {
    /// `arn` or `self_link`: nothing else has the same.
    Global,
    /// `id`: often the same as a name, so equal ones of several types tell little.
    Id,
    /// `name`: means something only together with the type that an attribute expects.
    Name,
}

const HANDLES: [(&str, Handle); 4] =
    [("arn", Handle::Global), ("self_link", Handle::Global), ("id", Handle::Id), ("name", Handle::Name)];

impl Identities {
    pub(super) fn of(changes: &[Change]) -> Self {
        let mut known: HashMap<SmolStr, Vec<(usize, Handle)>> = HashMap::new();
        for (at, change) in changes.iter().enumerate().filter(|(_, change)| change.deposed.is_none()) {
            for resource in [change.after.as_ref(), change.before.as_ref()].into_iter().flatten() {
                for (attribute, handle) in HANDLES {
                    let value = resource.values.get(attribute);
                    let Some(text) = value.as_ref().and_then(Value::as_str).filter(|text| !text.is_empty()) else {
                        continue;
                    };
                    let holders = known.entry(SmolStr::new(text)).or_default();
                    if !holders.iter().any(|(holder, _)| *holder == at) {
                        holders.push((at, handle));
                    }
                }
            }
        }
        Self(known)
    }

    /// The resources that a text at a path of the change `from`, a `kind`, may name.
    pub(super) fn named(&self, changes: &[Change], from: usize, kind: &str, path: &str, text: &str) -> Vec<usize> {
        let Some(holders) = self.0.get(text) else { return Vec::new() };
        let kind_of = |at: usize| {
            let change: &Change = &changes[at];
            change.after.as_ref().or(change.before.as_ref()).map_or("", |resource| resource.kind.as_str())
        };
        let is_other = |at: usize| at != from && family(kind_of(at)) == family(kind);
        let others: Vec<_> = holders.iter().copied().filter(|(at, _)| is_other(*at)).collect();
        let global = others.iter().filter(|(_, handle)| *handle == Handle::Global);
        let likely = others.iter().filter(|(at, _)| is_likely(path, kind_of(*at)));
        let ids = others.iter().filter(|(_, handle)| *handle == Handle::Id);
        let mut found: Vec<usize> = global.map(|(at, _)| *at).collect();
        if found.is_empty() {
            found = likely.map(|(at, _)| *at).collect();
        }
        if found.is_empty() && ids.clone().count() == 1 {
            found = ids.map(|(at, _)| *at).collect();
        }
        found
    }
}

/// Whether one of these texts is an id, ARN, link or name of a resource.
pub(super) fn is_known_as(change: &Change, texts: &HashSet<SmolStr>) -> bool {
    let sides = [&change.after, &change.before].into_iter().flatten();
    let mut handles = sides.flat_map(|resource| HANDLES.map(|(attribute, _)| resource.values.get(attribute)));
    handles.any(|value| value.as_ref().and_then(Value::as_str).is_some_and(|text| texts.contains(text)))
}

/// `aws` of `aws_instance`.
fn family(kind: &str) -> &str {
    kind.split('_').next().unwrap_or(kind)
}

/// Whether a path such as `launch_template.id` or `subnet_ids` speaks of a type such as `aws_subnet`.
fn is_likely(path: &str, kind: &str) -> bool {
    const HANDLE_WORDS: [&str; 8] = ["id", "arn", "name", "self", "link", "identifier", "source", "target"];
    let words = |part: &str| -> Vec<String> {
        let singular = |word: &str| word.strip_suffix('s').filter(|rest| rest.len() > 1).unwrap_or(word).to_owned();
        let named = part.split('_').map(singular);
        named.filter(|word| !HANDLE_WORDS.contains(&word.as_str())).collect()
    };
    let named = path.rsplit('.').map(words).find(|words| !words.is_empty()).unwrap_or_default();
    let kind = words(kind);
    named.iter().any(|word| kind[1.min(kind.len())..].contains(word))
}

/// The value at a path without indexes: lists on the way stand for all their elements.
pub(super) fn value_at(object: &Object, path: &str) -> Option<Value> {
    let (first, rest) = path.split_once('.').unwrap_or((path, ""));
    let value = object.get(first)?;
    if rest.is_empty() { Some(value) } else { inner_at(&value, rest) }
}

fn inner_at(value: &Value, path: &str) -> Option<Value> {
    match value.unmarked() {
        Value::Object(object) => value_at(object, path),
        Value::List(items) => {
            Some(Value::from(items.iter().filter_map(|item| inner_at(item, path)).collect::<Vec<_>>()))
        }
        _ => None,
    }
}

/// The known texts at a path.
pub(super) fn texts_at(object: &Object, path: &str) -> Vec<SmolStr> {
    let mut texts = Vec::new();
    value_at(object, path).iter().for_each(|value| gather(value, &mut texts));
    texts
}

fn gather(value: &Value, texts: &mut Vec<SmolStr>) {
    match value.unmarked() {
        Value::String(text) => texts.push(text.clone()),
        Value::List(items) => items.iter().for_each(|item| gather(item, texts)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expects_types_that_the_path_speaks_of() {
        assert!(is_likely("subnet_ids", "aws_subnet"));
        assert!(is_likely("launch_template.id", "aws_launch_template"));
        assert!(is_likely("resource_group_name", "azurerm_resource_group"));
        assert!(is_likely("cluster", "aws_ecs_cluster"));
        assert!(!is_likely("key_name", "aws_s3_bucket"));
        assert!(!is_likely("name", "aws_s3_bucket"));
    }
}
