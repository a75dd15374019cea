//! The bound on what one evaluation may do, so that no expression runs or grows for ever.

use std::cell::Cell;

/// How much one evaluation may do: a visited node, an element made and 16 bytes of text cost one each.
/// The largest value that an expression can make is thus some tens of megabytes.
const WORK: usize = 1 << 20;
/// How much folding a constant may do; what needs more is evaluated when it is asked for.
const FOLDING_WORK: usize = 1 << 12;
/// How long a text may be that an expression makes.
pub(super) const MAX_TEXT: usize = 1 << 20;
/// How many elements `range` and `setproduct` make at most; for `range` it is Terraform's own bound.
pub(super) const MAX_ELEMENTS: usize = 1024;

/// What is left of the work that an evaluation may do.
#[derive(Debug)]
pub(super) struct Fuel(Cell<usize>);

/// The work is used up.
#[derive(Debug)]
pub(super) struct Spent;

impl Fuel {
    pub(super) fn full() -> Self {
        Self(Cell::new(WORK))
    }

    pub(super) fn for_folding() -> Self {
        Self(Cell::new(FOLDING_WORK))
    }

    /// How much is left.
    pub(super) fn left(&self) -> usize {
        self.0.get()
    }

    pub(super) fn spend(&self, work: usize) -> Result<(), Spent> {
        match self.0.get().checked_sub(work) {
            Some(left) => {
                self.0.set(left);
                Ok(())
            }
            None => {
                self.use_up();
                Err(Spent)
            }
        }
    }

    /// Ends the evaluation: nothing is left, whatever comes.
    pub(super) fn use_up(&self) {
        self.0.set(0);
    }

    /// Whether nothing is left.
    pub(super) fn is_spent(&self) -> bool {
        self.0.get() == 0
    }

    /// Pays for a text.
    pub(super) fn spend_text(&self, length: usize) -> Result<(), Spent> {
        if length > MAX_TEXT {
            return Err(Spent);
        }
        self.spend(1 + length / 16)
    }
}
