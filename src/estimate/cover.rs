//! Lays commitments over the lines of a plan: what each costs effectively, beside what it costs on demand.

use std::sync::Arc;

use rust_decimal::Decimal;
use smol_str::format_smolstr;

use super::estimator::Estimator;
use super::line::{Committed, Estimate, Line, Monthly, PricedPlan, Quantity};
use crate::config::{CommittedPrice, CommittedUnit, Coverage};
use crate::model::{Address, Problem};

/// The unit of a line that hours of a commitment are hours of.
const HOURS: &str = "hours";

/// What is left of the hours of each commitment.
struct Pool<'c> {
    commitments: &'c [CommittedPrice],
    left: Vec<Decimal>,
}

impl Estimator<'_> {
    /// Gives the lines that commitments cover their effective cost. Hours are used up in the order of addresses.
    pub(super) fn cover(&self, priced: &mut PricedPlan) {
        let commitments = self.terms.commitments.as_slice();
        if commitments.is_empty() {
            return;
        }
        let mut after = Pool::new(commitments);
        let mut before = Pool::new(commitments);
        for change in &mut priced.changes {
            change.before = change.before.take().map(|estimate| before.estimate(estimate));
            change.after = change.after.take().map(|estimate| after.estimate(estimate));
        }
        priced.problems.extend(after.unused());
    }
}

impl<'c> Pool<'c> {
    fn new(commitments: &'c [CommittedPrice]) -> Self {
        let hours = |commitment: &CommittedPrice| match commitment.coverage {
            Coverage::Hours(hours) => hours,
            Coverage::Share(_) => Decimal::ZERO,
        };
        Self { commitments, left: commitments.iter().map(hours).collect() }
    }

    fn estimate(&mut self, estimate: Arc<Estimate>) -> Arc<Estimate> {
        if estimate.lines.iter().all(|line| line.committed.is_empty()) {
            return estimate;
        }
        let lines =
            estimate.lines.iter().map(|line| self.line(line, &estimate.address).unwrap_or_else(|| line.clone()));
        Arc::new(Estimate { lines: lines.collect(), ..(*estimate).clone() })
    }

    /// A line with its effective cost; `None` if nothing covers it.
    fn line(&mut self, line: &Line, address: &Address) -> Option<Line> {
        let (Monthly::Exact(money), Quantity::Known(quantity)) = (&line.monthly, &line.quantity) else { return None };
        let mut rest = Decimal::ONE;
        let mut cost = Decimal::ZERO;
        let mut said = Vec::new();
        for offer in &line.committed {
            let commitment = self.commitments.get(offer.commitment)?;
            let is_meant = commitment.on.is_empty() || commitment.on.iter().any(|on| on.matches(address));
            if !is_meant || *quantity <= Decimal::ZERO || rest <= Decimal::ZERO {
                continue;
            }
            if offer.unit_price.is_none() && !matches!(commitment.price, CommittedUnit::Off(_)) {
                said.push(format_smolstr!("not covered, for want of a price: {}", commitment.words()));
                continue;
            }
            let share = match commitment.coverage {
                Coverage::Share(share) => share.min(rest),
                Coverage::Hours(_) if line.unit != HOURS => continue,
                Coverage::Hours(_) => {
                    let left = self.left.get_mut(offer.commitment)?;
                    let hours = rest.checked_mul(*quantity)?.min(*left);
                    *left -= hours;
                    hours.checked_div(*quantity)?.min(rest)
                }
            };
            if share.is_zero() {
                continue;
            }
            let whole = match (&commitment.price, offer.unit_price) {
                (CommittedUnit::Off(off), _) => line.list.unwrap_or(money.amount).checked_mul(Decimal::ONE - off)?,
                (_, Some(price)) => price.checked_mul(*quantity)?,
                (_, None) => continue,
            };
            cost = whole.checked_mul(share).and_then(|part| cost.checked_add(part))?;
            rest -= share;
            let percent = share.checked_mul(Decimal::ONE_HUNDRED)?.round_dp(1).normalize();
            said.push(format_smolstr!("{percent}% covered by a commitment: {}", commitment.words()));
        }
        if said.is_empty() {
            return None;
        }
        /// The share of some hours in a quantity may have no end of digits.
        const DIGITS: u32 = 10;
        let effective = money.amount.checked_mul(rest).and_then(|on_demand| cost.checked_add(on_demand))?;
        let mut line = line.clone();
        line.effective = (rest < Decimal::ONE).then(|| effective.round_dp(DIGITS).normalize());
        line.item_mut().why.terms.extend(said);
        Some(line)
    }

    /// Commitments whose hours the plan does not use up.
    fn unused(&self) -> impl Iterator<Item = Problem> {
        self.commitments.iter().zip(&self.left).filter_map(|(commitment, left)| {
            let Coverage::Hours(hours) = commitment.coverage else { return None };
            let used = (hours - left).round_dp(2).normalize();
            let message = format!(
                "the commitment at {} is of {} hours a month, and {used} of them are used here: the rest is in no cost",
                commitment.place,
                hours.normalize()
            );
            (!left.is_zero()).then(|| Problem::note("lepton::estimate::unused-commitment", message))
        })
    }
}

impl Committed {
    /// An offer of a commitment, by its position among the terms.
    pub(super) fn new(commitment: usize, unit_price: Option<Decimal>) -> Self {
        Self { commitment, unit_price }
    }
}
