//! Suggestions with their sums: what is paid with and without them, what is lost, and when the answer would flip.

use rust_decimal::Decimal;

use super::board::{Assignment, Bill, Board};
use super::loss::Loss;
use super::offer::Offer;
use crate::config::LossLevel;
use crate::model::Address;

/// A move that is worth making, or several that are worth it only together.
#[derive(Clone, Debug)]
pub struct Suggestion {
    /// What moves.
    pub moved: Vec<Moved>,
    /// What everything costs a month without it, all others followed.
    pub without: Decimal,
    /// What everything costs with it.
    pub with: Decimal,
    /// Of the difference, what other machines where it is would save as well; nothing where it stays.
    pub in_place: Decimal,
    /// Of the difference, what carrying data adds a month.
    pub traffic: Decimal,
    /// Of the difference, what fixed fees and stranded commitments add.
    pub fees: Decimal,
    /// What it costs once.
    pub migration: Decimal,
    /// After how many months it has paid for itself.
    pub payback_months: Option<Decimal>,
    /// At which multiple of the traffic the answer flips, where traffic speaks against it.
    pub break_even_traffic: Option<Decimal>,
    /// By how many percent the new price may rise before the answer flips.
    pub price_margin_percent: Option<Decimal>,
    /// How sure it is.
    pub confidence: Confidence,
    /// Why it is no surer.
    pub doubts: Vec<String>,
}

/// A workload with its new place.
#[derive(Clone, Debug)]
pub struct Moved {
    /// The workload.
    pub address: Address,
    /// How many resources move with it.
    pub members: usize,
    /// Its present place.
    pub from: String,
    /// The provider's name of its present machine.
    pub size: Option<String>,
    /// Its new place; the same where only the machine changes.
    pub to: String,
    /// What it would run on.
    pub offer: Offer,
    /// What it costs a month now.
    pub now: Decimal,
    /// How many hours a month it would run, where the user says so.
    pub hours: Option<Decimal>,
}

/// A move that looks cheaper and is not worth making.
#[derive(Clone, Debug)]
pub struct Refusal {
    /// What would move.
    pub moved: Moved,
    /// What it would save a month by its price alone.
    pub by_price: Decimal,
    /// What carrying data would add.
    pub traffic: Decimal,
    /// What fees and stranded commitments would add.
    pub fees: Decimal,
    /// What it would cost once.
    pub migration: Decimal,
    /// What is left a month.
    pub saving: Decimal,
    /// Why not.
    pub reason: String,
    /// Below which multiple of the traffic the answer flips.
    pub break_even_traffic: Option<Decimal>,
}

/// How sure a suggestion is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Confidence {
    /// More than one thing is not known.
    Low,
    /// One thing is not known.
    Medium,
    /// All of it is known.
    High,
}

impl Confidence {
    /// As it is written.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::High => "high",
            Self::Medium => "medium",
            Self::Low => "low",
        }
    }
}

impl Suggestion {
    /// What it saves a month.
    pub fn saving(&self) -> Decimal {
        self.without - self.with
    }

    /// All that is lost, worst first, each once.
    pub fn losses(&self) -> Vec<&Loss> {
        let mut losses: Vec<&Loss> = self.moved.iter().flat_map(|moved| &moved.offer.losses).collect();
        losses.sort_by(|a, b| (b.level, a.code, &a.text).cmp(&(a.level, b.code, &b.text)));
        losses.dedup_by(|a, b| (a.code, &a.text) == (b.code, &b.text));
        losses
    }

    /// The worst level of what is lost.
    pub fn worst(&self) -> Option<LossLevel> {
        self.losses().first().map(|loss| loss.level)
    }

    /// Whether nothing leaves its place.
    pub fn is_in_place(&self) -> bool {
        self.moved.iter().all(|moved| moved.from == moved.to)
    }
}

impl Board {
    /// A workload at a site as it would be.
    pub(super) fn moved(&self, workload: usize, site: usize) -> Option<Moved> {
        let subject = &self.workloads[workload];
        Some(Moved {
            address: subject.address.clone(),
            members: subject.members.len(),
            from: self.sites[self.now[workload]].name(),
            size: subject.need.size.as_ref().map(ToString::to_string),
            to: self.sites[site].name(),
            offer: self.offers[workload].get(&site)?.clone(),
            now: self.base[workload],
            hours: self.facts[workload].hours,
        })
    }

    /// The sums of moving some workloads as an assignment does, with all other moves followed.
    pub(super) fn suggestion(&self, assignment: &Assignment, bill: &Bill, cluster: &[usize]) -> Option<Suggestion> {
        let moved: Vec<_> = cluster.iter().map(|&at| self.moved(at, assignment[at])).collect::<Option<_>>()?;
        let mut without = assignment.clone();
        cluster.iter().for_each(|&at| without[at] = self.now[at]);
        let before = self.bill_beside(&without, assignment, bill, cluster);
        Some(self.sums(cluster, moved, &before, bill))
    }

    /// The sums of a change by what everything costs before and after it.
    pub(super) fn sums(&self, cluster: &[usize], moved: Vec<Moved>, before: &Bill, bill: &Bill) -> Suggestion {
        let migration = bill.migration - before.migration;
        let saving = before.monthly() - bill.monthly();
        let traffic = bill.traffic - before.traffic;
        let fees = bill.fees + bill.stranded - before.fees - before.stranded;
        let new_price: Decimal = moved.iter().map(|moved| moved.offer.monthly).sum();
        let doubts = self.doubts(cluster, &moved);
        Suggestion {
            without: before.monthly(),
            with: bill.monthly(),
            in_place: Decimal::ZERO,
            traffic,
            fees,
            migration,
            payback_months: payback(migration, saving),
            break_even_traffic: break_even(saving, traffic),
            price_margin_percent: saving.checked_div(new_price).map(|share| share * Decimal::ONE_HUNDRED),
            confidence: match doubts.len() {
                0 => Confidence::High,
                1 => Confidence::Medium,
                _ => Confidence::Low,
            },
            doubts,
            moved,
        }
    }

    /// What makes the sums of a move less sure.
    fn doubts(&self, cluster: &[usize], moved: &[Moved]) -> Vec<String> {
        let mut doubts = Vec::new();
        let touches = |edge: &&super::edge::Edge| {
            edge.origin == super::edge::Origin::Assumed
                && (cluster.contains(&edge.from) || edge.to.is_some_and(|to| cluster.contains(&to)))
        };
        let assumed = self.edges.iter().filter(touches).count();
        if assumed > 0 {
            let are = if assumed == 1 { "is" } else { "are" };
            doubts.push(format!("{assumed} of its data flows {are} assumed: give `traffic`"));
        }
        let is_told = |at: usize| self.edges.iter().any(|edge| edge.from == at || edge.to == Some(at));
        let moves = |at: &usize, moved: &Moved| moved.from != moved.to && !is_told(*at);
        if cluster.iter().zip(moved).any(|(at, moved)| moves(at, moved)) {
            doubts.push("nothing is known of the data that it exchanges: give `traffic`".into());
        }
        let open: usize = cluster.iter().map(|&at| self.workloads[at].open_lines).sum();
        if open > 0 {
            let are = if open == 1 { "is" } else { "are" };
            doubts.push(format!("{open} of its lines {are} decided by usage or not known"));
        }
        if cluster.iter().any(|&at| self.workloads[at].has_fallback)
            || moved.iter().any(|moved| !moved.offer.is_exact_region)
        {
            doubts.push("a price is of a neighbouring region".into());
        }
        let is_old = |moved: &&Moved| moved.offer.losses.iter().any(|loss| loss.code == super::Code::PriceOld);
        if let Some(old) = moved.iter().find(is_old) {
            doubts.push(format!("a price is of {}", old.offer.as_of));
        }
        if cluster.iter().any(|&at| self.workloads[at].need.count.is_none()) {
            doubts.push("how many units there are is not known: one was counted".into());
        }
        let has_state = |at: &usize| self.workloads[*at].need.state_gb.is_none() && self.facts[*at].state_gb.is_none();
        let is_stateful =
            |at: &usize| ["object", "block"].iter().any(|of| self.workloads[*at].need.wants.starts_with(of));
        if cluster.iter().any(|at| has_state(at) && is_stateful(at)) {
            doubts.push("how much data moves is not known".into());
        }
        doubts
    }

    /// Why a suggestion is not worth making; nothing if it is.
    pub(super) fn unworthy(&self, suggestion: &Suggestion) -> Option<String> {
        let saving = suggestion.saving();
        let least = self.rules.minimum_saving * self.usd;
        let now: Decimal = suggestion.moved.iter().map(|moved| moved.now).sum();
        let percent = (saving * Decimal::ONE_HUNDRED).checked_div(now).unwrap_or_default();
        if saving <= Decimal::ZERO {
            return Some("it would cost more than it saves".into());
        }
        if saving < least {
            return Some(format!("it saves less than the least of {} a month", least.normalize()));
        }
        if percent < self.rules.minimum_percent {
            return Some(format!("it saves less than {} % of what it changes", self.rules.minimum_percent.normalize()));
        }
        match suggestion.payback_months {
            Some(months) if months > self.rules.max_payback_months => {
                Some(format!("it pays for itself after {} months", months.round_dp(1).normalize()))
            }
            _ => None,
        }
    }

    /// The cheapest place of a workload by its price alone, if that is worth a look, and why it stays all the same.
    pub(super) fn refusal(
        &self,
        assignment: &Assignment,
        bill: &Bill,
        workload: usize,
        allowed: &dyn Fn(usize) -> bool,
    ) -> Option<Refusal> {
        let offers = self.offers[workload].iter().filter(|(site, _)| **site != self.now[workload] && allowed(**site));
        let (&site, offer) = offers.min_by(|a, b| a.1.monthly.cmp(&b.1.monthly))?;
        let by_price = self.base[workload] - offer.monthly;
        let share = (by_price * Decimal::ONE_HUNDRED).checked_div(self.base[workload]).unwrap_or_default();
        if by_price < self.rules.minimum_saving * self.usd || share < self.rules.minimum_percent {
            return None;
        }
        let mut elsewhere = assignment.clone();
        elsewhere[workload] = site;
        let after = self.bill_beside(&elsewhere, assignment, bill, &[workload]);
        let suggestion = self.sums(&[workload], vec![self.moved(workload, site)?], bill, &after);
        let held = || "it is held by a limit: of capacity, of providers or of moves".to_owned();
        let reason = match self.unknown_flows(&elsewhere) > self.unknown_flows(assignment) {
            true => "what carrying its data costs there is not known".to_owned(),
            false => self.unworthy(&suggestion).unwrap_or_else(held),
        };
        Some(Refusal {
            by_price,
            traffic: suggestion.traffic,
            fees: suggestion.fees,
            migration: suggestion.migration,
            saving: suggestion.saving(),
            reason,
            break_even_traffic: break_even(suggestion.saving(), suggestion.traffic),
            moved: suggestion.moved.into_iter().next()?,
        })
    }
}

/// After how many months a saving has paid what was spent once.
fn payback(migration: Decimal, saving: Decimal) -> Option<Decimal> {
    if saving <= Decimal::ZERO {
        return None;
    }
    migration.checked_div(saving)
}

/// The multiple of the traffic at which a saving is used up: what there would be without traffic over what it adds.
fn break_even(saving: Decimal, traffic: Decimal) -> Option<Decimal> {
    if traffic <= Decimal::ZERO {
        return None;
    }
    (saving + traffic).checked_div(traffic).filter(|factor| !factor.is_sign_negative())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn traffic_flips_the_answer_where_it_uses_the_saving_up() {
        // 41.8501 saved by price, 57.00 for 500 GB and 100 GB: 41.8501 / 57.00 = 0.7342.
        assert_eq!(
            break_even(figure("-15.1499"), figure("57.00")).map(|factor| factor.round_dp(4)),
            Some(figure("0.7342"))
        );
        assert_eq!(break_even(figure("10"), Decimal::ZERO), None);
    }

    #[test]
    fn what_saves_nothing_never_pays_back() {
        assert_eq!(payback(figure("891"), figure("15")).map(|months| months.round_dp(1)), Some(figure("59.4")));
        assert_eq!(payback(figure("891"), Decimal::ZERO), None);
    }
}
