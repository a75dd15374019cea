//! Addresses with `*` in them: which they match, and which of two is tried first.

use std::cmp::Reverse;
use std::fmt;

/// An address with `*`; everything else is literal, and `*` spans any text.
#[derive(Clone, Debug)]
pub struct Pattern {
    pieces: Vec<String>,
}

impl Pattern {
    /// A key with at least one `*`; any other key is no pattern.
    pub fn new(key: &str) -> Option<Self> {
        key.contains('*').then(|| Self { pieces: key.split('*').map(str::to_owned).collect() })
    }

    /// Whether it says anything of an index.
    pub fn names_an_index(&self) -> bool {
        self.pieces.iter().any(|piece| piece.contains('['))
    }

    /// Whether the whole address matches.
    pub fn matches(&self, address: &str) -> bool {
        let (first, rest) = self.pieces.split_first().expect("split gives at least one piece");
        let (last, middle) = rest.split_last().expect("a pattern has a `*`, so at least two pieces");
        let Some(mut left) = address.strip_prefix(first.as_str()) else { return false };
        for piece in middle {
            match left.find(piece.as_str()) {
                Some(at) => left = &left[at + piece.len()..],
                None => return false,
            }
        }
        left.len() >= last.len() && left.ends_with(last.as_str())
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.pieces.join("*"))
    }
}

/// The order in which patterns are tried: more concrete indexes first, then more text, then index by index.
pub(crate) fn rank(key: &str) -> impl Ord + use<> {
    let mut indexes = Vec::new();
    let mut path = String::new();
    let mut rest = key;
    while let Some(start) = rest.find('[') {
        let end = rest[start..].find(']').map_or(rest.len(), |end| start + end + 1);
        path.push_str(&rest[..start]);
        indexes.push(rest[start..end].contains('*'));
        rest = &rest[end..];
    }
    path.push_str(rest);
    let concrete = indexes.iter().filter(|is_wild| !**is_wild).count();
    let text = path.chars().filter(|&letter| letter != '*').count();
    (Reverse(concrete), Reverse(text), path, indexes, key.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_spans_any_text_and_the_whole_address_must_match() {
        let matches = |pattern: &str, address: &str| Pattern::new(pattern).expect("a pattern").matches(address);
        assert!(matches("module.a[*].aws_x.y[*]", r#"module.a["p"].aws_x.y[0]"#));
        assert!(!matches("module.a[*].aws_x.y[*]", "module.a[0].aws_x.y"));
        assert!(matches("module.*", "module.a.aws_x.y"));
        assert!(!matches("a*a", "a"));
        assert!(matches("*.b.*.b", "a.b.c.b"));
    }

    #[test]
    fn concrete_indexes_come_first() {
        let mut keys = ["m[*].x.y[*]", r#"m["a"].x.y[*]"#, "m[*].x.y[0]"];
        keys.sort_by_key(|key| rank(key));
        assert_eq!(keys, [r#"m["a"].x.y[*]"#, "m[*].x.y[0]", "m[*].x.y[*]"]);
        let mut keys = ["m.*", "m[*].x.y*", "m[*].x.y[*]", "*", "x[0].*"];
        keys.sort_by_key(|key| rank(key));
        assert_eq!(keys, ["x[0].*", "m[*].x.y[*]", "m[*].x.y*", "m.*", "*"]);
    }
}
