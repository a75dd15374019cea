//! The paths of a value that are sensitive, as a tree to walk beside the value.

use std::collections::HashMap;

use smol_str::SmolStr;

use super::msgpack::{Cursor, Head};
use super::wire::{Path, Step};

/// Paths longer than this mark all below this depth.
const DEEPEST: usize = 128;

/// The marked parts of a value.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Marks {
    /// All of it.
    All,
    /// Parts of it.
    Parts(HashMap<Part, Marks>),
}

/// A part of a value.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) enum Part {
    /// An attribute, or an element of a map.
    Field(SmolStr),
    /// An element of a list.
    Element(usize),
}

impl Marks {
    /// The parts that paths lead to; `None` if there are no paths.
    pub(super) fn of<'p>(paths: impl IntoIterator<Item = &'p Path>) -> Option<Self> {
        let mut marks = None;
        for path in paths {
            let steps = &path.steps[..path.steps.len().min(DEEPEST)];
            Self::mark(marks.get_or_insert_with(|| Self::Parts(HashMap::new())), steps);
        }
        marks
    }

    fn mark(&mut self, steps: &[Step]) {
        let Self::Parts(parts) = self else { return };
        // A step to an element of a set, or one that a later version writes: what it is in is marked.
        match steps.split_first().and_then(|(step, rest)| Some((part(step)?, rest))) {
            Some((part, rest)) => parts.entry(part).or_insert_with(|| Self::Parts(HashMap::new())).mark(rest),
            None => *self = Self::All,
        }
    }

    pub(super) fn part(&self, part: &Part) -> Option<&Self> {
        match self {
            Self::All => Some(self),
            Self::Parts(parts) => parts.get(part),
        }
    }

    /// Whether every part that is marked fits a value of this kind: one that does not marks the whole value.
    pub(super) fn fits(&self, head: Head<'_>) -> bool {
        let Self::Parts(parts) = self else { return true };
        match head {
            Head::List(length) => parts.keys().all(|part| matches!(part, Part::Element(at) if *at < length)),
            Head::Map(_) => parts.keys().all(|part| matches!(part, Part::Field(_))),
            // There is nothing in it, so nothing can be marked.
            Head::Null | Head::Unknown => true,
            _ => false,
        }
    }
}

fn part(step: &Step) -> Option<Part> {
    if let Some(name) = &step.attribute {
        return Some(Part::Field(name.into()));
    }
    let mut key = Cursor::new(&step.key.as_ref()?.msgpack);
    key.type_of_any();
    match key.head()? {
        Head::Text(name) => Some(Part::Field(name.into())),
        Head::Integer(at) => usize::try_from(at).ok().map(Part::Element),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::plan_file::wire::DynamicValue;

    fn attribute(name: &str) -> Step {
        Step { attribute: Some(name.to_owned()), key: None }
    }

    fn key(msgpack: &'static [u8]) -> Step {
        Step { attribute: None, key: Some(DynamicValue { msgpack: msgpack.into() }) }
    }

    #[test]
    fn paths_make_a_tree() {
        let paths = [
            Path { steps: vec![attribute("a"), key(&[0x01]), attribute("b")] },
            Path { steps: vec![attribute("c")] },
            Path { steps: vec![attribute("c"), attribute("d")] },
            // An element of a set is named by its own value.
            Path { steps: vec![attribute("e"), key(&[0x81, 0xa1, b'x', 0x01])] },
        ];
        let marks = Marks::of(&paths).unwrap();
        let field = |name: &str| marks.part(&Part::Field(name.into()));
        let element = field("a").unwrap().part(&Part::Element(1)).unwrap();
        assert_eq!(element.part(&Part::Field("b".into())), Some(&Marks::All));
        assert_eq!((field("c"), field("e"), field("f")), (Some(&Marks::All), Some(&Marks::All), None));
        assert!(field("a").unwrap().fits(Head::List(2)) && !field("a").unwrap().fits(Head::List(1)));
        assert_eq!(Marks::of(&[]), None);
        assert_eq!(Marks::of(&[Path::default()]), Some(Marks::All));
    }
}
