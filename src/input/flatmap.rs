//! The flat attributes of Terraform 0.11 and older: `disk.#`, `disk.0.size`, `tags.%`, `tags.Name`.

use std::collections::BTreeMap;

use serde_json::value::RawValue;
use smol_str::SmolStr;

use crate::model::{Object, Value};

use super::record::Entries;
use super::scan;

/// Values nested deeper than this are cut.
const DEEPEST: usize = 64;

#[derive(Default)]
struct Node {
    text: Option<SmolStr>,
    children: BTreeMap<Key, Node>,
}

/// Path steps in natural order: `2` comes before `10`.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Number(u64),
    Name(SmolStr),
}

/// The attributes with their nesting restored. Every simple value stays text, as it is written.
pub(super) fn object(entries: &Entries<'_, &RawValue>) -> Object {
    let mut root = Node::default();
    for (path, value) in &entries.0 {
        let Some(text) = scan::string(value.get()) else { continue };
        let mut node = &mut root;
        for step in path.splitn(DEEPEST, '.') {
            let key = step.parse().map_or_else(|_| Key::Name(step.into()), Key::Number);
            node = node.children.entry(key).or_default();
        }
        node.text = Some(SmolStr::new(text));
    }
    fields(root.children)
}

fn fields(children: BTreeMap<Key, Node>) -> Object {
    children.into_iter().filter(|(key, _)| !is_count(key)).map(|(key, node)| (key.name(), node.value())).collect()
}

fn is_count(key: &Key) -> bool {
    matches!(key, Key::Name(name) if name == "#" || name == "%")
}

impl Key {
    fn name(self) -> SmolStr {
        match self {
            Self::Number(number) => SmolStr::new(number.to_string()),
            Self::Name(name) => name,
        }
    }
}

impl Node {
    fn value(self) -> Value {
        if self.children.is_empty() {
            return self.text.map_or(Value::Null, Value::String);
        }
        let has = |mark: &str| self.children.contains_key(&Key::Name(mark.into()));
        // Lists and sets carry their length under `#`; the keys of a set are hashes.
        if has("#") && !has("%") {
            let items = self.children.into_iter().filter(|(key, _)| !is_count(key));
            return Value::from(items.map(|(_, node)| node.value()).collect::<Vec<_>>());
        }
        Value::Object(fields(self.children))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn restores_nesting() {
        let text = r##"{"id":"i-1","disk.#":"2","disk.10.size":"8","disk.2.size":"4","tags.%":"1","tags.Name":"web",
            "none.#":"0","empty.%":"0"}"##;
        let object = object(&serde_json::from_str(text).unwrap());
        assert_eq!(object.get("id"), Some(Value::from("i-1")));
        let sizes: Vec<_> = object.get("disk").unwrap().as_list().unwrap().iter().map(ToString::to_string).collect();
        assert_eq!(sizes, [r#"{size = "4"}"#, r#"{size = "8"}"#]);
        assert_eq!(object.get("tags").unwrap().to_string(), r#"{Name = "web"}"#);
        assert_eq!(object.get("none"), Some(Value::from(Vec::new())));
        assert_eq!(object.get("empty"), Some(Value::Object(Object::default())));
    }
}
