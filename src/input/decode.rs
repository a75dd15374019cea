//! Decodes JSON values under their marks: what is unknown, what is sensitive.

use std::fmt::Write as _;

use indexmap::IndexMap;
use smol_str::SmolStr;

use crate::model::{Object, Value};

use super::document::Document;
use super::lazy::LazyObject;
use super::mask::Mask;
use super::number;
use super::scan::{self, Scan};

/// Values nested deeper than this are not looked into: they count as not known.
const DEEPEST: usize = 128;

/// The value in `{"value": …, "type": …}`, if the type is one of Terraform's.
pub(super) fn typed_value(text: &str) -> Option<&str> {
    let mut entries = scan::entries(text);
    let (("\"value\"", value), ("\"type\"", kind), None) = (entries.next()?, entries.next()?, entries.next()) else {
        return None;
    };
    let name = if kind.starts_with('[') { scan::elements(kind).next()? } else { kind };
    let is_simple = matches!(name, r#""string""# | r#""number""# | r#""bool""# | r#""dynamic""#);
    let is_nested = matches!(name, r#""list""# | r#""set""# | r#""map""# | r#""object""# | r#""tuple""#);
    (if kind.starts_with('[') { is_nested } else { is_simple }).then_some(value)
}

/// Where in a resource a value stands; spelled out only when something there is unknown.
pub(super) enum Path<'a> {
    Root,
    Field(&'a Path<'a>, &'a str),
    Element(&'a Path<'a>, usize),
}

impl Path<'_> {
    fn spell(&self) -> SmolStr {
        let mut out = String::new();
        self.write(&mut out);
        SmolStr::new(out)
    }

    fn write(&self, out: &mut String) {
        match self {
            Self::Root => out.push_str("self"),
            Self::Field(parent, name) => {
                parent.write(out);
                out.push('.');
                out.push_str(name);
            }
            Self::Element(parent, at) => {
                parent.write(out);
                write!(out, "[{at}]").expect("writing to a string succeeds");
            }
        }
    }
}

/// Decodes values of one document.
pub(super) struct Reader<'a> {
    pub(super) document: &'a Document,
}

impl Reader<'_> {
    /// Decodes the value that `scan` stands before, under its masks.
    pub(super) fn decode(
        &self,
        scan: &mut Scan<'_>,
        unknown: Option<&Mask>,
        sensitive: Option<&Mask>,
        path: &Path<'_>,
        depth: usize,
    ) -> Value {
        let value = match scan.peek() {
            _ if unknown == Some(&Mask::All) => {
                scan.value();
                Value::unknown(path.spell())
            }
            Some(b'{' | b'[') if depth >= DEEPEST => {
                scan.value();
                Value::unknown(path.spell())
            }
            Some(b'{') if unknown.is_none() && sensitive.is_none() => {
                let part = self.document.part(scan.value());
                Value::Object(LazyObject::nested(self.document, part, depth + 1))
            }
            Some(b'{') => self.object(scan, unknown, sensitive, path, depth),
            Some(b'[') => self.list(scan, unknown, sensitive, path, depth),
            _ => {
                let text = scan.value();
                match unknown {
                    Some(mask) if text == "null" => masked_only(mask, path),
                    _ => scalar(text, path),
                }
            }
        };
        marked(value, sensitive)
    }

    fn object(
        &self,
        scan: &mut Scan<'_>,
        unknown: Option<&Mask>,
        sensitive: Option<&Mask>,
        path: &Path<'_>,
        depth: usize,
    ) -> Value {
        scan.open(b'{');
        let mut map = IndexMap::new();
        while let Some(key) = scan.key() {
            let name = SmolStr::new(scan::string(key).unwrap_or_default());
            let unknown = unknown.and_then(|mask| mask.field(&name));
            let sensitive = sensitive.and_then(|mask| mask.field(&name));
            let value = self.decode(scan, unknown, sensitive, &Path::Field(path, &name), depth + 1);
            map.insert(name, value);
        }
        if let Some(Mask::Fields(fields)) = unknown {
            for (name, mask) in fields {
                if !map.contains_key(name) {
                    let value = masked_only(mask, &Path::Field(path, name));
                    map.insert(name.clone(), marked(value, sensitive.and_then(|mask| mask.field(name))));
                }
            }
        }
        Value::Object(Object::from(map))
    }

    fn list(
        &self,
        scan: &mut Scan<'_>,
        unknown: Option<&Mask>,
        sensitive: Option<&Mask>,
        path: &Path<'_>,
        depth: usize,
    ) -> Value {
        scan.open(b'[');
        let mut items = Vec::new();
        while scan.has_element() {
            let at = items.len();
            let unknown = unknown.and_then(|mask| mask.element(at));
            let sensitive = sensitive.and_then(|mask| mask.element(at));
            items.push(self.decode(scan, unknown, sensitive, &Path::Element(path, at), depth + 1));
        }
        if let Some(Mask::Elements(elements)) = unknown {
            for (at, mask) in elements.iter().enumerate().skip(items.len()) {
                let place = Path::Element(path, at);
                let value = mask.as_ref().map_or(Value::Null, |mask| masked_only(mask, &place));
                items.push(marked(value, sensitive.and_then(|mask| mask.element(at))));
            }
        }
        Value::from(items)
    }
}

/// The value of which a plan gives only the mask.
pub(super) fn masked_only(unknown: &Mask, path: &Path<'_>) -> Value {
    match unknown {
        Mask::All => Value::unknown(path.spell()),
        Mask::Fields(fields) => {
            let entry = |(name, mask): &(SmolStr, Mask)| (name.clone(), masked_only(mask, &Path::Field(path, name)));
            Value::Object(fields.iter().map(entry).collect())
        }
        Mask::Elements(elements) => {
            let item = |(at, mask): (usize, &Option<Mask>)| {
                mask.as_ref().map_or(Value::Null, |mask| masked_only(mask, &Path::Element(path, at)))
            };
            Value::from(elements.iter().enumerate().map(item).collect::<Vec<_>>())
        }
    }
}

/// A mask that marks parts which the value does not have (it may be a set) marks it all: nothing may leak.
pub(super) fn marked(value: Value, sensitive: Option<&Mask>) -> Value {
    let fits = match (sensitive, &value) {
        (None, _) => true,
        (Some(Mask::Fields(fields)), Value::Object(object)) => {
            fields.iter().all(|(name, _)| object.get(name).is_some())
        }
        (Some(Mask::Elements(elements)), Value::List(items)) => elements.len() <= items.len(),
        (Some(_), _) => false,
    };
    if fits { value } else { value.sensitive() }
}

fn scalar(text: &str, path: &Path<'_>) -> Value {
    match text {
        "null" | "" => Value::Null,
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        _ => match scan::string(text) {
            Some(text) => Value::String(SmolStr::new(text)),
            // A number that no decimal holds cannot be priced, and saying so beats a near miss.
            None => number::decimal(text).map_or_else(|| Value::unknown(path.spell()), Value::Number),
        },
    }
}
