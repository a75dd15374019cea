//! `yamldecode`: one document, bounded in depth and in what its aliases stand for.

use std::collections::HashMap;

use indexmap::IndexMap;
use saphyr_parser::{Event, Parser, ScalarStyle, Tag};
use smol_str::SmolStr;

use super::scalar;
use crate::lang::convert;
use crate::lang::fuel::Fuel;
use crate::model::{Object, Value};

/// How deep values nest.
const MOST_DEPTH: usize = 64;
const TOO_LARGE: &str = "the document is too large";

/// The value of the only document.
pub(super) fn decode(text: &str, fuel: &Fuel) -> Result<Value, String> {
    let mut reader = Reader { fuel, open: Vec::new(), anchors: HashMap::new(), documents: 0, root: None };
    for event in Parser::new_from_str(text) {
        let (event, _) = event.map_err(|error| format!("not YAML: {error}"))?;
        reader.event(event)?;
    }
    reader.root.ok_or_else(|| "there is no document".to_owned())
}

/// A value with what it stands for when an alias repeats it.
#[derive(Clone)]
struct Built {
    value: Value,
    /// Units of work.
    size: usize,
    depth: usize,
}

struct Reader<'r> {
    fuel: &'r Fuel,
    open: Vec<Open>,
    anchors: HashMap<usize, Built>,
    documents: usize,
    root: Option<Value>,
}

/// A sequence or mapping that has not ended yet.
struct Open {
    collection: Collection,
    anchor: usize,
    size: usize,
    depth: usize,
}

enum Collection {
    List(Vec<Value>),
    Map { entries: IndexMap<SmolStr, Value>, merged: Vec<(SmolStr, Value)>, key: Option<Key> },
}

enum Key {
    Name(SmolStr),
    /// `<<`: the entries of the value are added to the mapping's own, which win.
    Merge,
}

impl Reader<'_> {
    fn event(&mut self, event: Event<'_>) -> Result<(), String> {
        match event {
            Event::DocumentStart(_) => {
                self.documents += 1;
                if self.documents > 1 {
                    return Err("there is more than one document".to_owned());
                }
            }
            Event::Alias(anchor) => {
                let built = self.anchors.get(&anchor).cloned();
                self.add(built.ok_or_else(|| "an alias stands within what it repeats".to_owned())?)?;
            }
            Event::Scalar(text, style, anchor, tag) => self.scalar(&text, style, anchor, tag.as_deref())?,
            Event::SequenceStart(anchor, tag) => {
                self.start(Collection::List(Vec::new()), anchor, tag.as_deref(), "seq")?
            }
            Event::MappingStart(anchor, tag) => {
                let map = Collection::Map { entries: IndexMap::new(), merged: Vec::new(), key: None };
                self.start(map, anchor, tag.as_deref(), "map")?;
            }
            Event::SequenceEnd | Event::MappingEnd => self.end()?,
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
        }
        Ok(())
    }

    fn scalar(&mut self, text: &str, style: ScalarStyle, anchor: usize, tag: Option<&Tag>) -> Result<(), String> {
        let is_plain = style == ScalarStyle::Plain && tag.is_none();
        if is_plain && text == "<<" && self.expects_key() {
            return self.set_key(Key::Merge);
        }
        let value = match tag {
            None if is_plain => scalar::plain(text)?,
            None => scalar::text(text),
            Some(tag) => match core(tag)? {
                "" => scalar::text(text),
                name => scalar::tagged(name, text)?,
            },
        };
        let built = Built { value, size: 1 + text.len() / 16, depth: 0 };
        self.keep(anchor, &built);
        self.add(built)
    }

    fn start(&mut self, collection: Collection, anchor: usize, tag: Option<&Tag>, own: &str) -> Result<(), String> {
        if let Some(tag) = tag {
            let name = core(tag)?;
            if !name.is_empty() && name != own {
                return Err(format!("a collection is not what its tag `!!{name}` says"));
            }
        }
        if self.expects_key() {
            return Err(BAD_KEY.to_owned());
        }
        if self.open.len() >= MOST_DEPTH {
            return Err(too_deep());
        }
        self.open.push(Open { collection, anchor, size: 1, depth: 1 });
        Ok(())
    }

    fn end(&mut self) -> Result<(), String> {
        let Some(open) = self.open.pop() else { return Ok(()) };
        let value = match open.collection {
            Collection::List(items) => Value::from(items),
            Collection::Map { mut entries, merged, .. } => {
                for (name, value) in merged {
                    entries.entry(name).or_insert(value);
                }
                Value::Object(Object::from_iter(entries))
            }
        };
        let built = Built { value, size: open.size, depth: open.depth };
        self.keep(open.anchor, &built);
        self.add(built)
    }

    fn keep(&mut self, anchor: usize, built: &Built) {
        // The parser counts anchors from 1.
        if anchor > 0 {
            self.anchors.insert(anchor, built.clone());
        }
    }

    /// Adds a value to what is open: as a key, as a value or as an element.
    fn add(&mut self, built: Built) -> Result<(), String> {
        self.fuel.spend(built.size).map_err(|_| TOO_LARGE.to_owned())?;
        if self.open.len() + built.depth > MOST_DEPTH {
            return Err(too_deep());
        }
        if self.expects_key() {
            return match convert::to_text(&built.value) {
                Ok(Value::String(name)) => self.set_key(Key::Name(name)),
                _ => Err(BAD_KEY.to_owned()),
            };
        }
        let Some(open) = self.open.last_mut() else {
            self.root = Some(built.value);
            return Ok(());
        };
        open.size += built.size;
        open.depth = open.depth.max(built.depth + 1);
        match &mut open.collection {
            Collection::List(items) => items.push(built.value),
            Collection::Map { entries, merged, key } => match key.take() {
                Some(Key::Name(name)) => {
                    entries.insert(name, built.value);
                }
                Some(Key::Merge) => merge(merged, &built.value)?,
                None => {}
            },
        }
        Ok(())
    }

    fn expects_key(&self) -> bool {
        matches!(self.open.last(), Some(Open { collection: Collection::Map { key: None, .. }, .. }))
    }

    fn set_key(&mut self, new: Key) -> Result<(), String> {
        if let Some(Open { collection: Collection::Map { key, .. }, .. }) = self.open.last_mut() {
            *key = Some(new);
        }
        Ok(())
    }
}

const BAD_KEY: &str = "a key is neither text nor a number nor true or false";

fn too_deep() -> String {
    format!("the document nests deeper than {MOST_DEPTH} levels")
}

/// Takes over the entries of a mapping, or of a list of them, of which the earlier win.
fn merge(merged: &mut Vec<(SmolStr, Value)>, value: &Value) -> Result<(), String> {
    match value {
        Value::Object(object) => merged.extend(object.entries()),
        Value::List(items) if items.iter().all(|item| matches!(item, Value::Object(_))) => {
            merged.extend(items.iter().filter_map(Value::as_object).flat_map(Object::entries));
        }
        _ => return Err("`<<` takes a mapping".to_owned()),
    }
    Ok(())
}

/// The name of YAML's own tag; empty for `!`, which makes any word a text.
fn core(tag: &Tag) -> Result<&str, String> {
    const OWN: &str = "tag:yaml.org,2002:";
    match (tag.handle.as_str(), tag.suffix.as_str()) {
        (OWN | "!!", name) => Ok(name),
        ("" | "!", "" | "!") => Ok(""),
        ("", whole) if whole.starts_with(OWN) => Ok(&whole[OWN.len()..]),
        (handle, suffix) => Err(format!("the tag `{handle}{suffix}` is not known")),
    }
}
