//! What a change would save: the resource is priced again as it would be.

use rust_decimal::Decimal;

use super::finding::{Patch, Saving};
use super::judge::Bench;
use super::overlay::overlay;
use crate::diff::compare_estimates;
use crate::estimate::{Estimate, Patched, Reason, UnitPrice};
use crate::model::{Extent, Object, Region, Resource, watched};

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
    /// A resource with a change laid over it. `this` stands for its attributes, if it is given.
    fn patched(&self, (at, this): (usize, Option<&Object>), patch: &Patch) -> Patched {
        let after = self.project.plan.changes[at].after.as_ref();
        let changed = |after: &Resource, over: &Object| {
            let values = overlay(this.unwrap_or(&after.values), over);
            Resource { values, ..after.clone() }
        };
        let resource = match patch {
            Patch::Remove => None,
            Patch::Set(over) => after.map(|after| changed(after, over)),
        };
        Patched::from([(at, resource)])
    }

    /// What a change of a resource would come to.
    pub(super) fn outcome_of(&self, resource: (usize, Option<&Object>), patch: &Patch) -> Outcome {
        let place = match patch {
            Patch::Remove => None,
            Patch::Set(over) => self.place_after(resource.0, over),
        };
        self.outcome(&self.patched(resource, patch), place)
    }

    /// Where a resource is after a change that says nothing of places; nothing if it may be elsewhere then.
    fn place_after(&self, at: usize, over: &Object) -> Option<Region> {
        // Of what costs nothing it is not known so well.
        let region = self.estimate(at).filter(|estimate| !estimate.lines.is_empty())?.region.clone()?;
        self.repricer.stays(at, over).then_some(region)
    }

    /// What some changes of a resource together would save, over all whose cost follows from it; with what of the
    /// resource was looked at for that.
    pub(super) fn saving_of(&self, at: usize, patch: &Patch) -> (Saving, Extent) {
        let after = self.project.plan.changes[at].after.as_ref();
        let (this, watch) = watched(&after.map(|after| after.values.clone()).unwrap_or_default());
        let saving = self.outcome_of((at, Some(&this)), patch).saving;
        (saving, watch.extent())
    }

    /// The same, and whether the book has no price for what there would be.
    fn outcome(&self, patched: &Patched, place: Option<Region>) -> Outcome {
        let mut affected: Vec<usize> = patched.keys().copied().collect();
        affected.extend(patched.keys().flat_map(|&at| self.repricer.dependents(at)));
        affected.sort_unstable();
        affected.dedup();
        let mut loses_price = false;
        let mut saving = Saving { monthly: Decimal::ZERO, usage_lines: 0, unknown_lines: 0 };
        for at in affected {
            let after = self.repricer.reprice(at, patched, place.as_ref().filter(|_| patched.contains_key(&at)));
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
