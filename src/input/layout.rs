//! Finds named values in objects that are laid out alike, such as the many resources of one type in a plan.
//!
//! The first object is scanned. One that follows is compared with it in long runs: what is spelled alike has the same
//! keys in the same places, so that only values that differ are scanned. A key that differs means a scan of the whole.

use smol_str::SmolStr;

use super::scan::{self, Scan};

/// How many bytes are compared at once.
const RUN: usize = 32;

/// The bytes of a number in which the first difference is found.
const WORD: usize = 8;

/// An object, where its values stand, and which of them are asked for.
#[derive(Default)]
pub(super) struct Layout {
    object: Vec<u8>,
    /// Start and end of each value, in the order of the object.
    values: Vec<(usize, usize)>,
    names: Vec<SmolStr>,
    /// The position in `values` for each name; the last of equal keys.
    wanted: Vec<Option<usize>>,
    /// Where the values of an object that follows stand.
    found: Vec<(usize, usize)>,
}

impl Layout {
    /// Whether it was learned for these names.
    pub(super) fn is_of(&self, names: &[SmolStr]) -> bool {
        self.names == names
    }

    /// Gives the values of some names, which are sorted, with their positions; an absent one is empty.
    /// False if a key is written with escapes: it could be any name.
    pub(super) fn read(&mut self, object: &str, names: &[SmolStr], take: &mut dyn FnMut(usize, &str)) -> bool {
        let follows = self.names == names && self.follow(object);
        if !follows && !self.learn(object, names) {
            return false;
        }
        let values = if follows { &self.found } else { &self.values };
        for (at, wanted) in self.wanted.iter().enumerate() {
            take(at, wanted.map_or("", |at| &object[values[at].0..values[at].1]));
        }
        true
    }

    /// Takes an object as the one that others are compared with.
    fn learn(&mut self, object: &str, names: &[SmolStr]) -> bool {
        self.values.clear();
        self.names.clear();
        self.wanted.clear();
        self.wanted.resize(names.len(), None);
        for (key, has_escapes, value) in scan::entry_places(object) {
            if has_escapes {
                return false;
            }
            let key = &object.as_bytes()[key];
            if let Ok(at) = names.binary_search_by(|name| name.as_bytes().cmp(key)) {
                self.wanted[at] = Some(self.values.len());
            }
            self.values.push((value.start, value.end));
        }
        self.object.clear();
        self.object.extend_from_slice(object.as_bytes());
        self.names.extend_from_slice(names);
        true
    }

    /// Finds the values of an object with the same keys in the same order; false if it has others.
    fn follow(&mut self, text: &str) -> bool {
        let object = text.as_bytes();
        self.found.clear();
        // How far this object and the known one have been passed.
        let (mut here, mut there) = (0, 0);
        loop {
            let same = common_length(&object[here..], &self.object[there..]);
            let until = there + same;
            // Values that end before the first difference are those of the known object.
            while let Some(&(start, end)) = self.values.get(self.found.len()).filter(|(_, end)| *end < until) {
                self.found.push((start - there + here, end - there + here));
            }
            let Some(&(start, end)) = self.values.get(self.found.len()) else {
                return until == self.object.len() && here + same == object.len();
            };
            if until < start {
                return false;
            }
            let start = start - there + here;
            let Some(length) = text.get(start..).map(Scan::new).and_then(Scan::value_length) else { return false };
            self.found.push((start, start + length));
            (here, there) = (start + length, end);
        }
    }
}

/// How many bytes two texts have in common from their starts.
fn common_length(left: &[u8], right: &[u8]) -> usize {
    let mut at = 0;
    while let (Some(left), Some(right)) = (run::<RUN>(left, at), run::<RUN>(right, at)) {
        if left != right {
            break;
        }
        at += RUN;
    }
    while let (Some(left), Some(right)) = (run::<WORD>(left, at), run::<WORD>(right, at)) {
        let difference = u64::from_le_bytes(*left) ^ u64::from_le_bytes(*right);
        if difference != 0 {
            return at + difference.trailing_zeros() as usize / 8;
        }
        at += WORD;
    }
    let rest = left[at..].iter().zip(&right[at..]);
    at + rest.take_while(|(left, right)| left == right).count()
}

fn run<const LENGTH: usize>(bytes: &[u8], at: usize) -> Option<&[u8; LENGTH]> {
    bytes.get(at..)?.first_chunk()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NAMES: [SmolStr; 3] = [SmolStr::new_static("a"), SmolStr::new_static("c"), SmolStr::new_static("type")];

    fn read(layout: &mut Layout, object: &str) -> Option<String> {
        let mut into: Vec<String> = Vec::new();
        let is_read = layout.read(object, &NAMES, &mut |_, value| into.push(value.to_owned()));
        is_read.then(|| into.iter().map(|value| format!("{value}|")).collect())
    }

    /// What a layout that knows no other object reads.
    fn alone(object: &str) -> Option<String> {
        read(&mut Layout::default(), object)
    }

    #[test]
    fn reads_named_values() {
        assert_eq!(alone(r#"{"a":1,"b":[2],"c":{"d":"}"}}"#).as_deref(), Some(r#"1|{"d":"}"}||"#));
        assert_eq!(alone(r#"{"type": "x" , "a":1,"a":2}"#).as_deref(), Some(r#"2||"x"|"#));
        assert_eq!(alone("{}").as_deref(), Some("|||"));
        assert_eq!(alone(r#"{"\u0061":1}"#), None);
    }

    #[test]
    fn values_of_other_lengths_do_not_confuse_those_that_follow() {
        let mut layout = Layout::default();
        for (a, c) in [("1", "2"), ("12", "2"), ("1", "\"2,\\\"\""), ("[1,{\"c\":5}]", "null"), ("", "")] {
            let object = format!(r#"{{"a":{a},"b":"a long text that stands between them","c":{c},"z":0}}"#);
            assert_eq!(read(&mut layout, &object), alone(&object), "{object}");
        }
    }

    fn value() -> impl Strategy<Value = String> {
        let plain = prop::sample::select(vec!["1", "12", "null", "\"x\"", "\"x,\\\"y\"", "true"]);
        let nested = prop::sample::select(vec!["[]", "{}", "[{\"a\":1}]", "{\"a\":[1,\"]\"]}", "\"\"", "-1.5e3"]);
        prop_oneof![plain, nested].prop_map(str::to_owned)
    }

    fn object() -> impl Strategy<Value = String> {
        let key = prop::sample::select(vec!["a", "b", "c", "type", "z"]);
        let entry = (key, value()).prop_map(|(key, value)| format!("\"{key}\":{value}"));
        prop::collection::vec(entry, 0..6).prop_map(|entries| format!("{{{}}}", entries.join(",")))
    }

    proptest! {
        #[test]
        fn what_was_read_before_changes_nothing(objects in prop::collection::vec(object(), 1..8)) {
            let mut layout = Layout::default();
            for object in &objects {
                prop_assert_eq!(read(&mut layout, object), alone(object));
            }
        }
    }
}
