//! The text of one input, and ranges of it that stand for values not decoded yet.

use std::ops::Range;
use std::sync::Arc;

/// The text of one input. Cheap to clone.
#[derive(Clone)]
pub(super) struct Document(Arc<String>);

/// A range of bytes of a [`Document`]. Inputs are bounded well below 4 GiB.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part {
    start: u32,
    end: u32,
}

impl Document {
    pub(super) fn new(text: String) -> Self {
        Self(Arc::new(text))
    }

    pub(super) fn text(&self) -> &str {
        &self.0
    }

    /// Where `slice`, which must be borrowed from this document, stands in it.
    pub(super) fn part(&self, slice: &str) -> Part {
        let start = slice.as_ptr() as usize - self.0.as_ptr() as usize;
        let place = |at: usize| u32::try_from(at).expect("inputs are bounded below 4 GiB");
        Part { start: place(start), end: place(start + slice.len()) }
    }

    /// What stands in a range of bytes of this document.
    pub(super) fn part_in(&self, range: Range<usize>) -> Part {
        self.part(&self.0[range])
    }

    pub(super) fn slice(&self, part: Part) -> &str {
        &self.0[Range::from(part)]
    }

    pub(super) fn bytes(&self, part: Part) -> &[u8] {
        &self.0.as_bytes()[Range::from(part)]
    }
}

impl From<Part> for Range<usize> {
    fn from(part: Part) -> Self {
        part.start as usize..part.end as usize
    }
}
