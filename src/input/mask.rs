//! Which parts of a value a plan marks: `after_unknown`, `before_sensitive`, `sensitive_attributes`.

use indexmap::IndexMap;
use smol_str::SmolStr;

use super::scan::{self, Scan};

/// Marks deeper than this cover the whole value at this depth: rather too many marks than too few.
const DEEPEST: usize = 128;

/// The marked parts of one value. A value without marks has no mask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Mask {
    /// The whole value.
    All,
    /// Some attributes of an object.
    Fields(Vec<(SmolStr, Mask)>),
    /// Some elements of a list.
    Elements(Vec<Option<Mask>>),
}

impl Mask {
    /// The mask that a JSON text of nested objects, lists and booleans spells.
    pub(super) fn parse(text: &str) -> Option<Self> {
        // Most masks mark nothing, and finding that out is much cheaper than parsing them.
        text.contains("true").then(|| Self::read(&mut Scan::new(text), 0)).flatten()
    }

    fn read(scan: &mut Scan<'_>, depth: usize) -> Option<Self> {
        match scan.peek()? {
            b'{' | b'[' if depth >= DEEPEST => scan.value().contains("true").then_some(Self::All),
            b'{' => {
                scan.open(b'{');
                let mut fields = Vec::new();
                while let Some(key) = scan.key() {
                    if let Some(mask) = Self::read(scan, depth + 1) {
                        fields.push((SmolStr::new(scan::string(key)?), mask));
                    }
                }
                (!fields.is_empty()).then_some(Self::Fields(fields))
            }
            b'[' => {
                scan.open(b'[');
                let mut elements = Vec::new();
                while scan.has_element() {
                    elements.push(Self::read(scan, depth + 1));
                }
                elements.iter().any(Option::is_some).then_some(Self::Elements(elements))
            }
            _ => (scan.value() == "true").then_some(Self::All),
        }
    }

    /// The mask of an attribute of the object that this masks.
    pub(super) fn field(&self, name: &str) -> Option<&Self> {
        match self {
            Self::All => Some(self),
            Self::Fields(fields) => fields.iter().rev().find(|(field, _)| field == name).map(|(_, mask)| mask),
            Self::Elements(_) => None,
        }
    }

    /// The mask of an element of the list that this masks.
    pub(super) fn element(&self, at: usize) -> Option<&Self> {
        match self {
            Self::All => Some(self),
            Self::Elements(elements) => elements.get(at)?.as_ref(),
            Self::Fields(_) => None,
        }
    }

    /// The names of the attributes that are marked one by one.
    pub(super) fn field_names(&self) -> impl Iterator<Item = &SmolStr> {
        let fields = if let Self::Fields(fields) = self { fields.as_slice() } else { &[] };
        fields.iter().map(|(name, _)| name)
    }

    /// The mask of the `sensitive_attributes` of a raw state: a list of paths, each a list of steps.
    pub(super) fn from_paths(paths: &str) -> Option<Self> {
        let mut tree = None;
        for path in scan::elements(paths) {
            tree.get_or_insert_with(|| Tree::Fields(IndexMap::new())).mark(scan::elements(path).take(DEEPEST));
        }
        tree.map(Tree::into_mask)
    }
}

/// A mask that is made path by path.
enum Tree {
    All,
    Fields(IndexMap<SmolStr, Tree>),
}

impl Tree {
    fn mark<'a>(&mut self, steps: impl Iterator<Item = &'a str>) {
        let mut at = self;
        for step in steps {
            // An index into a set or a list that this version does not follow marks the whole value.
            let Some(name) = scan::field(step, "value").and_then(step_name) else { break };
            match at {
                Self::All => return,
                Self::Fields(fields) => at = fields.entry(name).or_insert_with(|| Self::Fields(IndexMap::new())),
            }
        }
        *at = Self::All;
    }

    fn into_mask(self) -> Mask {
        match self {
            Self::All => Mask::All,
            Self::Fields(fields) => {
                Mask::Fields(fields.into_iter().map(|(name, inner)| (name, inner.into_mask())).collect())
            }
        }
    }
}

/// The attribute or map key that a path step names: `"password"`, or `{"value":"key","type":"string"}`.
fn step_name(value: &str) -> Option<SmolStr> {
    if let Some(name) = scan::string(value) {
        return Some(SmolStr::new(name));
    }
    scan::field(value, "value").and_then(scan::string).map(SmolStr::new)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_only_what_is_marked() {
        assert_eq!(Mask::parse(r#"{"a":{},"b":[{"c":false}]}"#), None);
        let mask = Mask::parse(r#"{"a":{},"b":[{},{"c":true}],"d":true}"#).unwrap();
        assert_eq!(mask.field_names().collect::<Vec<_>>(), ["b", "d"]);
        let list = mask.field("b").unwrap();
        assert_eq!((list.element(0), list.element(1).unwrap().field("c")), (None, Some(&Mask::All)));
        assert_eq!(Mask::parse("true").unwrap().field("x"), Some(&Mask::All));
    }

    #[test]
    fn reads_the_paths_of_a_state() {
        let paths = r#"[[{"type":"get_attr","value":"a"}],
            [{"type":"get_attr","value":"b"},{"type":"index","value":{"value":"k","type":"string"}}],
            [{"type":"get_attr","value":"c"},{"type":"index","value":{"value":0,"type":"number"}},
             {"type":"get_attr","value":"d"}]]"#;
        let mask = Mask::from_paths(paths).unwrap();
        assert_eq!(mask.field("a"), Some(&Mask::All));
        assert_eq!(mask.field("b").unwrap().field("other"), None);
        assert_eq!(mask.field("b").unwrap().field("k"), Some(&Mask::All));
        assert_eq!(mask.field("c"), Some(&Mask::All));
        assert_eq!(Mask::from_paths("[]"), None);
        assert_eq!(Mask::from_paths("[[]]"), Some(Mask::All));
    }

    #[test]
    fn long_paths_end() {
        let steps = vec![r#"{"type":"get_attr","value":"a"}"#; 100_000].join(",");
        let mut mask = &Mask::from_paths(&format!("[[{steps}]]")).unwrap();
        let mut depth = 0;
        while *mask != Mask::All {
            mask = mask.field("a").unwrap();
            depth += 1;
        }
        assert_eq!(depth, DEEPEST);
    }
}
