//! What a change would save: the resource is priced again as it would be.

use rust_decimal::Decimal;

use super::finding::{Patch, Saving};
use super::judge::Bench;
use super::overlay::overlay;
use crate::diff::compare_estimates;
use crate::estimate::{Estimate, Patched, Reason, UnitPrice};
use crate::model::Resource;

/// What following a rule would come to.
pub(super) struct Outcome {
    pub(super) saving: Saving,
    /// The book has no price for what there would be: perhaps the region does not offer it.
    loses_price: bool,
}

impl Outcome {
    /// A change that would not be cheaper, or that nobody can price, is nothing to find.
    pub(super) fn is_useless(&self) -> bool {
        let is_exact = self.saving.usage_lines + self.saving.unknown_lines == 0;
        self.loses_price || (is_exact && self.saving.monthly <= Decimal::ZERO)
    }
}

impl Bench<'_> {
    /// A resource with a change laid over it.
    pub(super) fn patched(&self, at: usize, patch: &Patch) -> Patched {
        let after = self.project.plan.changes[at].after.as_ref();
        let resource = match patch {
            Patch::Remove => None,
            Patch::Set(over) => after.map(|after| Resource { values: overlay(&after.values, over), ..after.clone() }),
        };
        Patched::from([(at, resource)])
    }

    /// What some changes together would save, over the resources changed and those whose cost follows from them.
    pub(super) fn saving_of(&self, patched: &Patched) -> Saving {
        self.outcome(patched).saving
    }

    /// The same, and whether the book has no price for what there would be.
    pub(super) fn outcome(&self, patched: &Patched) -> Outcome {
        let mut affected: Vec<usize> = patched.keys().copied().collect();
        affected.extend(patched.keys().flat_map(|&at| self.repricer.dependents(at)));
        affected.sort_unstable();
        affected.dedup();
        let mut loses_price = false;
        let mut saving = Saving { monthly: Decimal::ZERO, usage_lines: 0, unknown_lines: 0 };
        for at in affected {
            let after = self.repricer.reprice(at, patched);
            loses_price |= lacking(after.as_ref()) > lacking(self.estimate(at));
            let (_, delta) = compare_estimates(self.estimate(at), after.as_ref(), self.currency);
            saving.monthly -= delta.known;
            saving.usage_lines += delta.usage_lines;
            saving.unknown_lines += delta.unknown_lines;
        }
        saving.monthly = saving.monthly.normalize();
        Outcome { saving, loses_price }
    }
}

/// How many lines the book has no price for.
fn lacking(estimate: Option<&Estimate>) -> usize {
    use Reason::{NoPrice, NotInRegion};
    let lines = estimate.map_or(&[][..], |estimate| &*estimate.lines);
    lines.iter().filter(|line| matches!(&line.price, UnitPrice::Missing(NoPrice(_) | NotInRegion(_)))).count()
}
