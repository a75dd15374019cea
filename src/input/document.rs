//! The text of one input, and ranges of it that stand for values not decoded yet.

use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// The text of one input. Cheap to clone.
#[derive(Clone)]
pub(super) struct Document(Arc<Text>);

struct Text {
    text: String,
    /// Tells it from every other text of this process.
    number: u64,
}

/// A range of bytes of a [`Document`]. Inputs are bounded well below 4 GiB.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part {
    start: u32,
    end: u32,
}

impl Document {
    pub(super) fn new(text: String) -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        Self(Arc::new(Text { text, number: NEXT.fetch_add(1, Ordering::Relaxed) }))
    }

    pub(super) fn text(&self) -> &str {
        &self.0.text
    }

    /// What tells this document from every other one that was read.
    pub(super) fn number(&self) -> u64 {
        self.0.number
    }

    /// Whether what is found in it may not be kept for each of its resources: they are too many.
    pub(super) fn is_large(&self) -> bool {
        const LARGE: usize = 32 << 20;
        self.0.text.len() >= LARGE
    }

    /// Where `slice`, which must be borrowed from this document, stands in it.
    pub(super) fn part(&self, slice: &str) -> Part {
        let start = slice.as_ptr() as usize - self.0.text.as_ptr() as usize;
        let place = |at: usize| u32::try_from(at).expect("inputs are bounded below 4 GiB");
        Part { start: place(start), end: place(start + slice.len()) }
    }

    /// What stands in a range of bytes of this document.
    pub(super) fn part_in(&self, range: Range<usize>) -> Part {
        self.part(&self.0.text[range])
    }

    pub(super) fn slice(&self, part: Part) -> &str {
        &self.0.text[Range::from(part)]
    }

    pub(super) fn bytes(&self, part: Part) -> &[u8] {
        &self.0.text.as_bytes()[Range::from(part)]
    }
}

impl From<Part> for Range<usize> {
    fn from(part: Part) -> Self {
        part.start as usize..part.end as usize
    }
}
