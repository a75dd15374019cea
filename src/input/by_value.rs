//! References read off equal values: an attribute that holds another resource's id, ARN, link or name.

use std::collections::HashSet;
use std::hash::BuildHasher as _;

use foldhash::quality::RandomState;
use indexmap::IndexSet;
use smol_str::SmolStr;

use super::dependencies::MadeAfter;
use crate::model::{Change, Object, Value};

/// Who is known under which text: sorted by the text's hash, then by position.
pub(super) struct Identities {
    known: Vec<Known>,
    /// Two, so that no two texts of even the largest input have the same hashes.
    hashers: [RandomState; 2],
}

/// The hashes of a text.
type Hashes = (u64, u32);

struct Known {
    text: Hashes,
    at: u32,
    handle: Handle,
}

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
        let mut identities = Self { known: Vec::new(), hashers: Default::default() };
        for (at, change) in changes.iter().enumerate().filter(|(_, change)| change.deposed.is_none()) {
            let at = u32::try_from(at).expect("an input has fewer resources than bytes, and those are bounded");
            for resource in [change.after.as_ref(), change.before.as_ref()].into_iter().flatten() {
                for (attribute, handle) in HANDLES {
                    let value = resource.values.get(attribute);
                    let Some(text) = value.as_ref().and_then(Value::as_str).filter(|text| !text.is_empty()) else {
                        continue;
                    };
                    let text = identities.hashes(text);
                    identities.known.push(Known { text, at, handle });
                }
            }
        }
        // Of the handles of a resource that have one text the first counts: the sort keeps their order.
        identities.known.sort_by_key(|known| (known.text, known.at));
        identities.known.dedup_by_key(|known| (known.text, known.at));
        identities.known.shrink_to_fit();
        identities
    }

    fn hashes(&self, text: &str) -> Hashes {
        let [first, second] = &self.hashers;
        (first.hash_one(text), second.hash_one(text) as u32)
    }

    /// The positions of the resources that are known under a text, in order.
    fn holders(&self, text: &str) -> impl Iterator<Item = (usize, Handle)> {
        let text = self.hashes(text);
        let from = self.known.partition_point(|known| known.text < text);
        let alike = self.known[from..].iter().take_while(move |known| known.text == text);
        alike.map(|known| (known.at as usize, known.handle))
    }

    /// The resource that a text at a path of the change `from`, a `kind`, names. Where several are known under it, the
    /// type that the path speaks of decides, and after that what `from` was made after; else nothing is chosen.
    pub(super) fn named(
        &self,
        changes: &[Change],
        from: usize,
        kind: &str,
        path: &str,
        text: &str,
        made_after: Option<&MadeAfter>,
    ) -> Option<usize> {
        let kind_of = |at: usize| {
            let change: &Change = &changes[at];
            change.after.as_ref().or(change.before.as_ref()).map_or("", |resource| resource.kind.as_str())
        };
        let is_other = |at: usize| at != from && family(kind_of(at)) == family(kind);
        let others: Vec<_> = self.holders(text).filter(|(at, _)| is_other(*at)).collect();
        let of = |wanted: Handle| -> Vec<usize> {
            others.iter().filter(|(_, handle)| *handle == wanted).map(|(at, _)| *at).collect()
        };
        let fit_of = |at: usize| fit(path, kind_of(at));
        let chosen = |candidates: Vec<usize>| -> Option<usize> {
            let best = candidates.iter().map(|at| fit_of(*at)).max()?;
            let best: Vec<usize> = candidates.into_iter().filter(|at| fit_of(*at) == best).collect();
            let known = made_after.map(|after| best.iter().copied().filter(|at| after.has(*at)).collect::<Vec<_>>());
            let best = known.filter(|known| !known.is_empty()).unwrap_or(best);
            if let [only] = best.as_slice() { Some(*only) } else { None }
        };
        let global = of(Handle::Global);
        if !global.is_empty() {
            return chosen(global);
        }
        let likely: Vec<usize> = others.iter().map(|(at, _)| *at).filter(|at| fit_of(*at) >= FITTING).collect();
        if !likely.is_empty() {
            return chosen(likely);
        }
        match of(Handle::Id).as_slice() {
            [only] => Some(*only),
            _ => None,
        }
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

/// How well a type fits what a path such as `launch_template.id` or `subnet_ids` speaks of; 0 if it does not.
pub(super) fn fit(path: &str, kind: &str) -> u8 {
    const HANDLE_WORDS: [&str; 8] = ["id", "arn", "name", "self", "link", "identifier", "source", "target"];
    let words = |part: &str| -> Vec<String> {
        let singular = |word: &str| word.strip_suffix('s').filter(|rest| rest.len() > 1).unwrap_or(word).to_owned();
        let named = part.split('_').map(singular);
        named.filter(|word| !HANDLE_WORDS.contains(&word.as_str())).collect()
    };
    let named = path.rsplit('.').map(words).find(|words| !words.is_empty()).unwrap_or_default();
    let kind = words(kind);
    let kind = &kind[1.min(kind.len())..];
    let common = named.iter().filter(|word| kind.contains(word)).count();
    match common {
        0 => 0,
        _ if kind == named => 4,
        _ if kind.ends_with(&named) => 3,
        _ if common == named.len() || common == kind.len() => 2,
        _ => 1,
    }
}

/// From which fit on a name alone is taken for the one of a type.
const FITTING: u8 = 2;

/// How many texts of a resource are looked at, and how deep in its blocks.
const MOST_PATHS: usize = 512;
const DEEPEST: usize = 6;

/// The paths of the texts of a resource that may name another one. What identifies the resource itself names no other.
pub(super) fn text_paths(object: &Object) -> Vec<SmolStr> {
    let mut found = IndexSet::new();
    // Nor do tags: that two have one in common is no reference.
    const APART: [&str; 3] = ["id", "arn", "name"];
    for (name, value) in object.entries() {
        if !APART.contains(&name.as_str()) && !name.contains("tags") && !name.contains("labels") {
            gather_paths(&value, &name, 0, &mut found);
        }
    }
    found.into_iter().collect()
}

fn gather_paths(value: &Value, path: &str, depth: usize, found: &mut IndexSet<SmolStr>) {
    if depth >= DEEPEST || found.len() >= MOST_PATHS {
        return;
    }
    match value.unmarked() {
        Value::String(_) => _ = found.insert(SmolStr::new(path)),
        Value::List(items) => items.iter().for_each(|item| gather_paths(item, path, depth + 1, found)),
        Value::Object(object) => {
            for (name, inner) in object.entries() {
                gather_paths(&inner, &format!("{path}.{name}"), depth + 1, found);
            }
        }
        _ => {}
    }
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
        assert_eq!(fit("subnet_ids", "aws_subnet"), 4);
        assert_eq!(fit("launch_template.id", "aws_launch_template"), 4);
        assert_eq!(fit("resource_group_name", "azurerm_resource_group"), 4);
        assert_eq!(fit("cluster", "aws_ecs_cluster"), 3);
        assert_eq!(fit("role", "aws_iam_role_policy"), 2);
        assert_eq!(fit("network_interface_id", "azurerm_network_interface_security_group_association"), 2);
        assert_eq!(fit("key_name", "aws_s3_bucket"), 0);
        assert_eq!(fit("name", "aws_s3_bucket"), 0);
    }
}
