//! A resource's attributes, decoded out of the document when they are asked for.

use std::fmt::Write as _;
use std::sync::{Arc, OnceLock};

use indexmap::IndexMap;
use smol_str::SmolStr;

use crate::model::{Attributes, Object, Value};

use super::document::{Document, Part};
use super::mask::Mask;
use super::number;
use super::scan::{self, Scan};

/// Values nested deeper than this are not looked into: they count as not known.
const DEEPEST: usize = 128;

/// About how many bytes an attribute with its value takes.
const USUAL_ENTRY: usize = 32;

/// Marks on a resource's attributes, parsed when first needed.
pub(super) struct Marks {
    source: Option<Part>,
    mask: OnceLock<Option<Arc<Mask>>>,
}

impl Marks {
    pub(super) fn none() -> Self {
        Self::of(None)
    }

    /// Marks already at hand.
    pub(super) fn of(mask: Option<Mask>) -> Self {
        Self { source: None, mask: OnceLock::from(mask.map(Arc::new)) }
    }

    /// Marks spelled as JSON in the document.
    pub(super) fn spelled(source: Part) -> Self {
        Self { source: Some(source), mask: OnceLock::new() }
    }

    fn get(&self, document: &Document) -> Option<&Mask> {
        let parse = || self.source.and_then(|part| Mask::parse(document.slice(part))).map(Arc::new);
        self.mask.get_or_init(parse).as_deref()
    }
}

/// The attributes of one object of the document, under its marks.
pub(super) struct LazyObject {
    document: Document,
    value: Part,
    unknown: Marks,
    sensitive: Marks,
    spelling: Spelling,
    /// How many objects and lists of the resource stand around this object.
    depth: usize,
    index: OnceLock<Index>,
}

/// How attributes whose type only the value tells are written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Spelling {
    /// Like any other: `show -json`.
    Plain,
    /// Raw states write `{"value": 8, "type": "number"}` for them.
    Typed,
}

struct Index {
    entries: Vec<Entry>,
    has_escapes: bool,
}

/// One attribute: the key without its quotes, the value, and what the value decoded to if that was work.
struct Entry {
    key: Part,
    value: Part,
    decoded: OnceLock<Box<Value>>,
}

impl LazyObject {
    /// The attributes that `value`, an object of the document, spells.
    pub(super) fn object(document: &Document, value: Part, unknown: Marks, sensitive: Marks) -> Object {
        Self::new(document, value, unknown, sensitive).shared()
    }

    /// The attributes of an object of a raw state.
    pub(super) fn stored(document: &Document, value: Part, sensitive: Marks) -> Object {
        Self { spelling: Spelling::Typed, ..Self::new(document, value, Marks::none(), sensitive) }.shared()
    }

    /// An object inside another, without marks.
    fn nested(document: &Document, value: Part, depth: usize) -> Object {
        Self { depth, ..Self::new(document, value, Marks::none(), Marks::none()) }.shared()
    }

    fn new(document: &Document, value: Part, unknown: Marks, sensitive: Marks) -> Self {
        let document = document.clone();
        let index = OnceLock::new();
        Self { document, value, unknown, sensitive, spelling: Spelling::Plain, depth: 0, index }
    }

    fn shared(self) -> Object {
        Object::Lazy(Arc::new(self))
    }

    fn index(&self) -> &Index {
        self.index.get_or_init(|| {
            let text = self.document.slice(self.value);
            let mut entries = Vec::with_capacity(text.len() / USUAL_ENTRY + 2);
            let mut has_escapes = false;
            for (key, value) in scan::entries(text) {
                // Exactly the quotes around it: the key may end with an escaped one.
                let key = key.get(1..key.len() - 1).unwrap_or("");
                has_escapes |= key.contains('\\');
                let (key, value) = (self.document.part(key), self.document.part(value));
                entries.push(Entry { key, value, decoded: OnceLock::new() });
            }
            Index { entries, has_escapes }
        })
    }

    /// The attribute of that name; of equal names the last.
    fn find(&self, name: &str) -> Option<&Entry> {
        let index = self.index();
        let found = index.entries.iter().rev().find(|entry| self.document.bytes(entry.key) == name.as_bytes());
        if found.is_some() || !index.has_escapes {
            return found;
        }
        index.entries.iter().rev().find(|entry| self.name(entry) == name)
    }

    fn name(&self, entry: &Entry) -> SmolStr {
        let key = self.document.slice(entry.key);
        if !key.contains('\\') {
            return SmolStr::new(key);
        }
        SmolStr::new(scan::string(&format!("\"{key}\"")).unwrap_or_default())
    }
}

impl Attributes for LazyObject {
    fn get(&self, name: &str) -> Option<Value> {
        let unknown = self.unknown.get(&self.document).and_then(|mask| mask.field(name));
        let sensitive = self.sensitive.get(&self.document).and_then(|mask| mask.field(name));
        let path = Path::Field(&Path::Root, name);
        let Some(entry) = self.find(name) else {
            // Plans leave an attribute out of `after` where only `after_unknown` has it.
            let unknown = unknown?;
            return Some(marked(masked_only(unknown, &path), sensitive));
        };
        if let Some(decoded) = entry.decoded.get() {
            return Some((**decoded).clone());
        }
        let mut text = self.document.slice(entry.value);
        if self.spelling == Spelling::Typed {
            text = typed_value(text).unwrap_or(text);
        }
        let reader = Reader { document: &self.document };
        let value = reader.decode(&mut Scan::new(text), unknown, sensitive, &path, self.depth);
        // Nested values are shared from now on; simple ones cost less to decode than to keep.
        if text.starts_with(['{', '[']) {
            entry.decoded.get_or_init(|| Box::new(value.clone()));
        }
        Some(value)
    }

    fn names(&self) -> Vec<SmolStr> {
        let mut names: indexmap::IndexSet<SmolStr> =
            self.index().entries.iter().map(|entry| self.name(entry)).collect();
        if let Some(mask) = self.unknown.get(&self.document) {
            names.extend(mask.field_names().cloned());
        }
        names.into_iter().collect()
    }
}

/// The value in `{"value": …, "type": …}`, if the type is one of Terraform's.
fn typed_value(text: &str) -> Option<&str> {
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
enum Path<'a> {
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
struct Reader<'a> {
    document: &'a Document,
}

impl Reader<'_> {
    /// Decodes the value that `scan` stands before, under its masks.
    fn decode(
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
        Value::Object(Object::Map(Arc::new(map)))
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
fn masked_only(unknown: &Mask, path: &Path<'_>) -> Value {
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
fn marked(value: Value, sensitive: Option<&Mask>) -> Value {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn object(value: &str, unknown: &str, sensitive: &str) -> Object {
        let document = Document::new(format!("{value}{unknown}{sensitive}"));
        let text = document.text();
        let value_part = document.part(&text[..value.len()]);
        let unknown_part = document.part(&text[value.len()..value.len() + unknown.len()]);
        let sensitive_part = document.part(&text[value.len() + unknown.len()..]);
        LazyObject::object(&document, value_part, Marks::spelled(unknown_part), Marks::spelled(sensitive_part))
    }

    #[test]
    fn decodes_what_is_asked_for() {
        let object = object(r#"{"a": 1.50, "b": [{"c": "x"}], "d": null, "a": 2, "\u0065": true, "q\"": {}}"#, "", "");
        assert_eq!(object.get("a"), Some(Value::from(2_i64)));
        let list = object.get("b").unwrap();
        assert_eq!(list.as_list().unwrap()[0].as_object().unwrap().get("c"), Some(Value::from("x")));
        assert_eq!((object.get("d"), object.get("e")), (Some(Value::Null), Some(Value::from(true))));
        assert_eq!(object.get("missing"), None);
        assert_eq!(object.names(), ["a", "b", "d", "e", "q\""]);
    }

    #[test]
    fn merges_unknowns_wherever_they_stand() {
        let value = r#"{"tags":{"x":"y"},"disk":[{"size":8}],"ips":["10.0.0.1",null]}"#;
        let unknown = r#"{"id":true,"tags":{"z":true},"disk":[{"id":true},{"size":true}],"ips":[false,true],"n":{}}"#;
        let object = object(value, unknown, "");
        let path = |value: &Value| value.as_unknown().map(|unknown| unknown.path.to_string());
        assert_eq!(path(&object.get("id").unwrap()).as_deref(), Some("self.id"));
        let tags = object.get("tags").unwrap();
        assert_eq!(path(&tags.as_object().unwrap().get("z").unwrap()).as_deref(), Some("self.tags.z"));
        assert_eq!(tags.as_object().unwrap().get("x"), Some(Value::from("y")));
        let disks = object.get("disk").unwrap();
        let disk = |at: usize, name: &str| disks.as_list().unwrap()[at].as_object().unwrap().get(name).unwrap();
        assert_eq!(path(&disk(0, "id")).as_deref(), Some("self.disk[0].id"));
        assert_eq!(disk(0, "size"), Value::from(8_i64));
        assert_eq!(path(&disk(1, "size")).as_deref(), Some("self.disk[1].size"));
        assert_eq!(path(&object.get("ips").unwrap().as_list().unwrap()[1]).as_deref(), Some("self.ips[1]"));
        assert_eq!(object.names(), ["tags", "disk", "ips", "id"]);
    }

    #[test]
    fn marks_sensitive_parts_only() {
        let value = r#"{"password":"hunter2","user":[{"name":"ann","key":"hunter2"}],"set":["hunter2"]}"#;
        let sensitive = r#"{"password":true,"user":[{"key":true}],"set":{"odd":true}}"#;
        let object = object(value, "", sensitive);
        assert!(!format!("{object:?}").contains("hunter2"));
        assert!(format!("{object:?}").contains("ann"));
        assert_eq!(object.get("password").unwrap().as_str(), Some("hunter2"));
    }

    #[test]
    fn bounds_depth() {
        let deep = format!("{{\"a\":{}{}}}", "[".repeat(100_000), "]".repeat(100_000));
        let mut value = object(&deep, "", "").get("a").unwrap();
        while let Some(inner) = value.as_list().and_then(|items| items.first().cloned()) {
            value = inner;
        }
        assert!(value.as_unknown().is_some());
    }
}
