//! Sums and differences, and the age of prices, as `lepton/1` writes them.

use serde::Serialize;

use super::view::{MaxAge, Report};
use crate::diff::Delta;
use crate::estimate::MonthlyTotal;
use crate::price::Money;

/// The age of the prices; the last three where somebody asked for a greatest age, or the book is beyond it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Prices<'r> {
    oldest: &'r str,
    newest: &'r str,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_age_days: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    old_before: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    old_cost: Option<String>,
}

impl<'r> Prices<'r> {
    pub(super) fn of(report: &'r Report) -> Self {
        let (oldest, newest) = (report.options.book_oldest.as_str(), report.options.book_newest.as_str());
        let is_told = |age: &&MaxAge| age.is_said || age.is_exceeded(newest);
        let max_age = report.options.max_age.as_ref().filter(is_told);
        Self {
            oldest,
            newest,
            max_age_days: max_age.map(|age| age.days),
            old_before: max_age.map(|age| age.before.as_str()),
            old_cost: max_age.map(|_| report.coverage.old_cost.normalize().to_string()),
        }
    }
}

/// A sum of known costs, and what it does not hold.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Total {
    monthly: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    list_cost: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    effective_cost: Option<String>,
    of_usage: Option<String>,
    usage_lines: usize,
    unknown_lines: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Difference {
    monthly: String,
    usage_lines: usize,
    unknown_lines: usize,
}

impl Total {
    pub(super) fn of(total: &MonthlyTotal) -> Self {
        let text = |money: &Money| money.amount.normalize().to_string();
        Self {
            monthly: total.known.as_ref().map(text),
            list_cost: total.list.as_ref().map(text),
            effective_cost: total.effective.as_ref().map(text),
            of_usage: total.usage.as_ref().map(text),
            usage_lines: total.usage_lines,
            unknown_lines: total.unknown_lines,
        }
    }
}

impl Difference {
    pub(super) fn of(delta: &Delta) -> Self {
        Self {
            monthly: delta.known.normalize().to_string(),
            usage_lines: delta.usage_lines,
            unknown_lines: delta.unknown_lines,
        }
    }
}
