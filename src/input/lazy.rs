//! A resource's attributes, decoded out of the document when they are asked for.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use smol_str::SmolStr;

use crate::model::{Attributes, Extent, Object, Value};

use super::decode::{Path, Reader, marked, masked_only, typed_value};
use super::document::{Document, Part};
use super::imprint::{self, END};
use super::layout::Layout;
use super::mask::Mask;
use super::scan::{self, Scan};

/// About how many bytes an attribute with its value takes.
const USUAL_ENTRY: usize = 32;

/// The length of `[]` and `{}`.
const EMPTY: usize = 2;

/// Marks on a resource's attributes, parsed when first needed.
pub(super) struct Marks {
    source: Option<Part>,
    /// Whether they are spelled as a list of paths, and not as an object.
    are_paths: bool,
    mask: OnceLock<Option<Arc<Mask>>>,
}

impl Marks {
    pub(super) fn none() -> Self {
        Self::of(None)
    }

    /// Marks already at hand.
    pub(super) fn of(mask: Option<Mask>) -> Self {
        Self { source: None, are_paths: false, mask: OnceLock::from(mask.map(Arc::new)) }
    }

    /// Marks spelled as JSON in the document.
    pub(super) fn spelled(source: Part) -> Self {
        Self { source: Some(source), are_paths: false, mask: OnceLock::new() }
    }

    /// Marks spelled in the document as a list of paths, as in raw states.
    pub(super) fn paths(source: Part) -> Self {
        Self { are_paths: true, ..Self::spelled(source) }
    }

    /// Whether an attribute may be marked: marks that do not spell its name are not worth parsing.
    fn may_mark(&self, document: &Document, name: &str) -> bool {
        match self.source {
            Some(part) if self.mask.get().is_none() => {
                let text = document.slice(part);
                // A mark may stand for the whole object.
                !text.starts_with('{') || text.contains(name) || text.contains('\\')
            }
            _ => true,
        }
    }

    /// The mark of one attribute.
    fn field(&self, document: &Document, name: &str) -> Option<&Mask> {
        if self.may_mark(document, name) { self.get(document)?.field(name) } else { None }
    }

    fn get(&self, document: &Document) -> Option<&Mask> {
        let read = if self.are_paths { Mask::from_paths } else { Mask::parse };
        let parse = || self.source.and_then(|part| read(document.slice(part))).map(Arc::new);
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
    /// Where its attributes stand; in a large document that is kept for the objects asked last only.
    index: OnceLock<Index>,
    /// What blocks decoded to, by the place of their value: they are asked for again and again. In a large document it is
    /// not kept.
    decoded: Mutex<Vec<(Part, Value)>>,
    /// Whether an attribute was looked up before: an index is for those that follow.
    is_known: AtomicBool,
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

impl Index {
    fn of(document: &Document, object: Part) -> Self {
        let text = document.slice(object);
        let mut entries = Vec::with_capacity(text.len() / USUAL_ENTRY + 2);
        let mut has_escapes = false;
        for (key, value) in scan::entries(text) {
            // Exactly the quotes around it: the key may end with an escaped one.
            let key = key.get(1..key.len() - 1).unwrap_or("");
            has_escapes |= key.contains('\\');
            let (key, value) = (document.part(key), document.part(value));
            entries.push(Entry { key, value });
        }
        Self { entries, has_escapes }
    }
}

/// An object by the number of its document and its place there.
type Named = (u64, Part);

/// The indexes of the objects that were asked last.
#[derive(Default)]
struct Recent(VecDeque<(Named, Index)>);

impl Recent {
    /// A resource, those that it refers to, and their blocks.
    const MOST: usize = 64;

    fn index(&mut self, object: Named, make: impl FnOnce() -> Index) -> &Index {
        let at = match self.0.iter().position(|(known, _)| *known == object) {
            Some(at) => at,
            None => {
                self.0.truncate(Self::MOST - 1);
                self.0.push_front((object, make()));
                0
            }
        };
        &self.0[at].1
    }
}

/// One attribute: the key without its quotes, and the value.
struct Entry {
    key: Part,
    value: Part,
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
    pub(super) fn nested(document: &Document, value: Part, depth: usize) -> Object {
        Self { depth, ..Self::new(document, value, Marks::none(), Marks::none()) }.shared()
    }

    fn new(document: &Document, value: Part, unknown: Marks, sensitive: Marks) -> Self {
        let document = document.clone();
        let index = OnceLock::new();
        let decoded = Mutex::default();
        let is_known = AtomicBool::new(false);
        Self { document, value, unknown, sensitive, spelling: Spelling::Plain, depth: 0, index, decoded, is_known }
    }

    fn shared(self) -> Object {
        Object::Lazy(Arc::new(self))
    }

    /// Asks the index, which is made when there is none.
    fn with_index<T>(&self, ask: impl FnOnce(&Index) -> T) -> T {
        let make = || Index::of(&self.document, self.value);
        if self.document.is_large() {
            let object = (self.document.number(), self.value);
            return RECENT.with_borrow_mut(|recent| ask(recent.index(object, make)));
        }
        ask(self.index.get_or_init(make))
    }

    /// The attribute of that name; of equal names the last.
    fn find(&self, name: &str) -> Option<Part> {
        // Objects of states are asked where they are, by one attribute after the other.
        if self.spelling == Spelling::Plain
            && self.index.get().is_none()
            && !self.is_known.swap(true, Ordering::Relaxed)
            && let Some(found) = self.find_once(name)
        {
            return found;
        }
        self.with_index(|index| {
            let found = index.entries.iter().rev().find(|entry| self.document.bytes(entry.key) == name.as_bytes());
            if found.is_some() || !index.has_escapes {
                return found.map(|entry| entry.value);
            }
            index.entries.iter().rev().find(|entry| self.name(entry) == name).map(|entry| entry.value)
        })
    }

    /// The same without an index: many objects are asked for one attribute and never again. `None` if a key is written
    /// with escapes.
    fn find_once(&self, name: &str) -> Option<Option<Part>> {
        let mut found = None;
        for (key, value) in scan::entries(self.document.slice(self.value)) {
            let key = key.get(1..key.len() - 1).unwrap_or("");
            if key.contains('\\') {
                return None;
            }
            if key == name {
                found = Some(value);
            }
        }
        Some(found.map(|value| self.document.part(value)))
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
        let unknown = self.unknown.field(&self.document, name);
        let sensitive = self.sensitive.field(&self.document, name);
        let path = Path::Field(&Path::Root, name);
        let Some(entry) = self.find(name) else {
            // Plans leave an attribute out of `after` where only `after_unknown` has it.
            let unknown = unknown?;
            return Some(marked(masked_only(unknown, &path), sensitive));
        };
        let mut text = self.document.slice(entry);
        let is_nested = text.starts_with(['{', '[']) && text.len() > EMPTY;
        let decoded = || self.decoded.lock().unwrap_or_else(PoisonError::into_inner);
        if is_nested && let Some((_, value)) = decoded().iter().find(|(part, _)| *part == entry) {
            return Some(value.clone());
        }
        if self.spelling == Spelling::Typed {
            text = typed_value(text).unwrap_or(text);
        }
        let reader = Reader { document: &self.document };
        let value = reader.decode(&mut Scan::new(text), unknown, sensitive, &path, self.depth);
        if is_nested && !self.document.is_large() {
            decoded().push((entry, value.clone()));
        }
        Some(value)
    }

    fn entries(&self) -> Option<Vec<(SmolStr, Value)>> {
        const FEW: usize = 32;
        let is_marked = self.unknown.get(&self.document).is_some() || self.sensitive.get(&self.document).is_some();
        if is_marked || self.spelling == Spelling::Typed {
            return None;
        }
        let reader = Reader { document: &self.document };
        let mut all: Vec<(SmolStr, Value)> = Vec::new();
        for (key, value) in scan::entries(self.document.slice(self.value)) {
            let key = key.get(1..key.len() - 1).unwrap_or("");
            // Of equal keys the last counts, and many are looked through faster by an index.
            if key.contains('\\') || all.len() == FEW || all.iter().any(|(other, _)| other == key) {
                return None;
            }
            let path = Path::Field(&Path::Root, key);
            let value = reader.decode(&mut Scan::new(value), None, None, &path, self.depth);
            all.push((SmolStr::new(key), value));
        }
        Some(all)
    }

    fn fingerprint(&self, extent: &Extent, into: &mut Vec<u8>) -> bool {
        let text = self.document.slice(self.value);
        if extent.is_whole() {
            into.extend_from_slice(text.as_bytes());
        } else {
            let mut append = |at: usize, value: &str| {
                let is_typed = self.spelling == Spelling::Typed;
                let value = if is_typed { typed_value(value).unwrap_or(value) } else { value };
                imprint::append(value, extent.inner(at), into);
                into.push(END);
            };
            let read = |layouts: &mut Layouts| layouts.of(extent.names()).read(text, extent.names(), &mut append);
            if !LAYOUTS.with_borrow_mut(read) {
                return false;
            }
        }
        for marks in [&self.unknown, &self.sensitive] {
            match marks.source {
                Some(part) => into.extend_from_slice(self.document.slice(part).as_bytes()),
                // Marks that are not spelled in the document cannot be compared by their bytes.
                None if marks.mask.get().is_some_and(Option::is_some) => return false,
                None => {}
            }
            into.push(END);
        }
        true
    }

    fn names(&self) -> Vec<SmolStr> {
        let mut names: indexmap::IndexSet<SmolStr> =
            self.with_index(|index| index.entries.iter().map(|entry| self.name(entry)).collect());
        if let Some(mask) = self.unknown.get(&self.document) {
            names.extend(mask.field_names().cloned());
        }
        names.into_iter().collect()
    }
}

/// The layouts of the objects read last: those of one type follow each other, and are read for several purposes.
#[derive(Default)]
struct Layouts {
    all: [Layout; Layouts::MOST],
    /// The one that is to be learned anew next.
    next: usize,
}

impl Layouts {
    const MOST: usize = 16;

    fn of(&mut self, names: &[SmolStr]) -> &mut Layout {
        let at = self.all.iter().position(|layout| layout.is_of(names)).unwrap_or_else(|| {
            self.next = (self.next + 1) % Self::MOST;
            self.next
        });
        &mut self.all[at]
    }
}

thread_local! {
    static LAYOUTS: RefCell<Layouts> = RefCell::default();

    /// The indexes of objects of large documents.
    static RECENT: RefCell<Recent> = RefCell::default();
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
    fn fingerprints_tell_what_is_named_and_marked() {
        let print = |value: &str, unknown: &str| {
            let mut bytes = Vec::new();
            let Object::Lazy(attributes) = object(value, unknown, "") else { unreachable!("made lazy above") };
            assert!(attributes.fingerprint(&Extent::of(["a".into(), "c".into()]), &mut bytes));
            bytes
        };
        assert_eq!(print(r#"{"a":1,"b":2,"c":[3]}"#, ""), print(r#"{"a":1,"b":9,"c":[3]}"#, ""));
        assert_eq!(print(r#"{"a":1,"c":[3]}"#, ""), print(r#"{"c":[3],"a":0,"a":1}"#, ""));
        assert_ne!(print(r#"{"a":1}"#, ""), print(r#"{"c":1}"#, ""));
        assert_ne!(print(r#"{"a":1}"#, ""), print(r#"{"a":1}"#, r#"{"c":true}"#));
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
