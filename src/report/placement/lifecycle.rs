//! The lifecycle rules of a plan: their view, and what is said of each.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::compose::fine;
use crate::model::amount;
use crate::place::JudgedRule;
use crate::place::tiering::Cost;
use crate::place::tiering::rule::{Ruling, Sums};

/// A lifecycle rule that the plan has, and what is found of it. Amounts are over the life of the data.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct LifecycleRuleView {
    /// The bucket.
    pub address: String,
    /// What the plan calls the rule.
    pub rule: String,
    /// Its moves.
    pub moves: Vec<MoveView>,
    /// The age at which it deletes.
    pub deletes_after_days: Option<Decimal>,
    /// `gains`, `loses`, `same`, `deletes` or `unjudged`.
    pub verdict: String,
    /// How many months the data is kept, where that is known.
    pub months: Option<Decimal>,
    /// What the data costs with the rule.
    pub with: Option<Decimal>,
    /// What it costs without it.
    pub without: Option<Decimal>,
    /// What the rule saves; below zero, it loses.
    pub saving: Option<Decimal>,
    /// Whether the data costs less than said in some class, so that the sums are bounds.
    pub upper_bound: bool,
    /// What makes the cost with it.
    pub parts: Option<PartsView>,
    /// Why nobody can judge it.
    pub reason: Option<String>,
    /// What else it does that is not judged.
    pub aside: Option<String>,
}

/// A move of a rule.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct MoveView {
    /// The age in days.
    pub from_day: Decimal,
    /// What the provider calls the class.
    pub class: String,
    /// What this move alone saves, where the rule makes several; below zero, it loses.
    pub saving: Option<Decimal>,
}

/// What makes the cost of data over its life.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PartsView {
    /// Storing it, with least sizes, indexes and monitoring.
    pub storage: Decimal,
    /// Reading it, with restored copies.
    pub reads: Decimal,
    /// Moving it.
    pub moving: Decimal,
    /// What is left to pay of least durations.
    pub early_deletion: Decimal,
}

impl LifecycleRuleView {
    /// The view of a rule.
    pub(super) fn of(judged: &JudgedRule) -> Self {
        let rule = &judged.rule;
        let moves = rule.moves.iter().map(|found| MoveView {
            from_day: found.day.normalize(),
            class: found.class.to_string(),
            saving: None,
        });
        let view = Self {
            address: judged.address.as_str().into(),
            rule: rule.name.to_string(),
            moves: moves.collect(),
            deletes_after_days: rule.deletes_after.map(|days| days.normalize()),
            months: judged.months.map(fine),
            aside: rule.aside.as_ref().map(ToString::to_string),
            ..Self::default()
        };
        match &judged.ruling {
            Ruling::Sums(sums) => view.summed(sums, judged.usd),
            Ruling::Deletes => Self { verdict: "deletes".into(), ..view },
            // What only does what is not judged has that for its reason.
            Ruling::Unjudged(reason) => Self {
                verdict: "unjudged".into(),
                aside: view.aside.clone().filter(|aside| aside != reason),
                reason: Some(reason.to_string()),
                ..view
            },
        }
    }

    fn summed(mut self, sums: &Sums, usd: Decimal) -> Self {
        for (found, saving) in self.moves.iter_mut().zip(&sums.by_move) {
            found.saving = Some(fine(saving * usd));
        }
        let saving = sums.saving();
        let verdict = match saving {
            _ if saving.is_zero() => "same",
            _ if saving.is_sign_negative() => "loses",
            _ => "gains",
        };
        Self {
            verdict: verdict.into(),
            with: Some(fine(sums.with.total() * usd)),
            without: Some(fine(sums.without.total() * usd)),
            saving: Some(fine(saving * usd)),
            upper_bound: sums.with.is_upper_bound || sums.without.is_upper_bound,
            parts: Some(parts(&sums.with, usd)),
            ..self
        }
    }

    /// What is said of it, in a sentence.
    pub(super) fn said(&self, currency: &str) -> String {
        let aside = self.aside.as_ref().map(|aside| format!("; {aside}")).unwrap_or_default();
        format!("rule {}{}{}{aside}", self.rule, self.does(), self.found(currency))
    }

    /// ` (STANDARD_IA from day 30, deletes at day 40)`.
    fn does(&self) -> String {
        let moves = self.moves.iter().map(|found| format!("{} from day {}", found.class, found.from_day));
        let deletes = self.deletes_after_days.map(|days| format!("deletes at day {days}"));
        let does: Vec<String> = moves.chain(deletes).collect();
        if does.is_empty() { String::new() } else { format!(" ({})", does.join(", ")) }
    }

    fn found(&self, currency: &str) -> String {
        let money = |sum: Option<Decimal>| amount::money(sum.unwrap_or_default().abs(), currency);
        let life = life(self.months.unwrap_or_default());
        let bound = if self.upper_bound { ", at prices of which some are lower for so much data" } else { "" };
        let reason = self.reason.as_deref().unwrap_or_default();
        match self.verdict.as_str() {
            "loses" => format!(
                " is refuted: it loses {} over {life}, {} with it{} against {} without it{bound}",
                money(self.saving),
                money(self.with),
                self.parts.as_ref().map(|parts| parts.said(currency)).unwrap_or_default(),
                money(self.without),
            ),
            "gains" => {
                format!(" gains {} over {life}{bound}{}", money(self.saving), self.losing_moves(currency))
            }
            "same" => " changes nothing: the data is gone or colder by then".into(),
            "deletes" => ": that is how long the data is kept, and no matter of classes".into(),
            _ => format!(" is not judged: {reason}"),
        }
    }

    /// What a rule that gains could gain more without.
    fn losing_moves(&self, currency: &str) -> String {
        let losing =
            self.moves.iter().filter_map(|found| Some((found, found.saving.filter(|sum| *sum < Decimal::ZERO)?)));
        let said = losing.map(|(found, sum)| {
            let lost = amount::money(sum.abs(), currency);
            format!(
                "; of it, the move into {} at day {} is refuted: without it, it gains {lost} more",
                found.class, found.from_day
            )
        });
        said.collect()
    }
}

impl PartsView {
    /// ` ($8.33 stored, $10.00 for moving)`.
    fn said(&self, currency: &str) -> String {
        let parts = [
            (self.storage, "stored"),
            (self.reads, "for reading"),
            (self.moving, "for moving"),
            (self.early_deletion, "for the rest of the least duration"),
        ];
        let paid = parts.into_iter().filter(|(sum, _)| !sum.is_zero());
        let said: Vec<String> = paid.map(|(sum, what)| format!("{} {what}", amount::money(sum, currency))).collect();
        format!(" ({})", said.join(", "))
    }
}

fn parts(cost: &Cost, usd: Decimal) -> PartsView {
    PartsView {
        storage: fine((cost.storage + cost.index + cost.monitoring) * usd),
        reads: fine((cost.retrieval + cost.requests + cost.restored) * usd),
        moving: fine(cost.moving * usd),
        early_deletion: fine(cost.early_deletion * usd),
    }
}

/// How long data is kept: `12 months`, or `40 days` where that is no whole number of months.
pub(super) fn life(months: Decimal) -> String {
    const DAYS: u32 = 30;
    if months.is_integer() {
        return format!("{} months", months.normalize());
    }
    format!("{} days", (months * Decimal::from(DAYS)).round().normalize())
}
