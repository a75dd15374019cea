//! The words of a report: reasons, notes and coverage, the same in every format for people.

use std::collections::BTreeMap;

use smol_str::SmolStr;

use crate::diff::Delta;
use crate::estimate::{Line, Monthly, MonthlyTotal, Reason, Status, UnitPrice};

use super::text::{clean, cut_middle};
use super::view::{Named, Report};
use crate::model::{Problem, Severity, amount};

/// Why a line has no monthly cost, with its unit price where that is known.
pub(crate) fn instead_of_cost(line: &Line, currency: &str) -> String {
    let Monthly::Unknown(reason) = &line.monthly else { return String::new() };
    let price = match &line.price {
        UnitPrice::Known(tiers) => {
            let first = &tiers[0];
            let from = if tiers.len() > 1 { "from " } else { "" };
            Some(format!("{from}{} per {}", amount::unit_price(first.price, currency), singular(&line.unit)))
        }
        UnitPrice::Missing(_) => None,
    };
    match (reason, price) {
        (Reason::Usage(keys), Some(price)) => format!("{price}, usage: {}", keys.join(", ")),
        (Reason::AfterApply(path), Some(price)) => format!("{price}, known after apply: {}", attribute(path)),
        (reason, _) => reason_text(reason),
    }
}

/// A reason in words.
pub(crate) fn reason_text(reason: &Reason) -> String {
    match reason {
        Reason::Usage(keys) => format!("depends on usage: {}", keys.join(", ")),
        Reason::AfterApply(path) => format!("known after apply: {}", attribute(path)),
        Reason::NoPrice(reason) if reason.starts_with("the book ") => format!("no price: {reason}"),
        Reason::NoPrice(key) => format!("no price: the book lacks {key}"),
        Reason::NotInRegion(region) => format!("price not in the book for {region}"),
        Reason::NoRegion => "the region is not known; give --region".into(),
        Reason::Currency(currency) => format!("priced in {currency}, no exchange rate"),
        Reason::Failed(reason) => reason.clone(),
    }
}

/// An attribute as the plan's reader knows it: stanzas call the resource `self`.
pub(crate) fn attribute(path: &str) -> &str {
    path.strip_prefix("self.").unwrap_or(path)
}

/// One of a unit: `hour` of `hours`, `1M requests` as it is.
pub(crate) fn singular(unit: &str) -> String {
    let is_counted = unit.starts_with(|first: char| first.is_ascii_digit());
    match unit.strip_suffix('s').filter(|stem| !is_counted && stem.ends_with(|last: char| last.is_ascii_lowercase())) {
        Some(stem) if stem.ends_with('s') => unit.to_owned(),
        Some(stem) => match stem.strip_suffix("ie") {
            Some(stem) => format!("{stem}y"),
            None => match stem.strip_suffix("sse") {
                Some(stem) => format!("{stem}ss"),
                None => stem.to_owned(),
            },
        },
        None => unit.to_owned(),
    }
}

/// A total, or that nothing is known.
pub(crate) fn total(total: &MonthlyTotal, currency: &str) -> String {
    match &total.known {
        Some(money) => amount::money(money.amount, currency),
        None if total.usage_lines + total.unknown_lines > 0 => "not known".into(),
        None => amount::money(rust_decimal::Decimal::ZERO, currency),
    }
}

/// What the total and the difference do not hold: a sentence each, or one for both.
pub(crate) fn not_included(report: &Report) -> Vec<String> {
    let parts = |usage_lines: usize, unknown_lines: usize| {
        let mut parts = Vec::new();
        if usage_lines > 0 {
            parts.push(format!("{} on usage", count(usage_lines, "line that depends", "lines that depend")));
        }
        if unknown_lines > 0 {
            parts.push(format!("{} a known cost", count(unknown_lines, "line without", "lines without")));
        }
        (!parts.is_empty()).then(|| parts.join(", "))
    };
    let total = parts(report.current.usage_lines, report.current.unknown_lines);
    let difference = report.delta.as_ref().and_then(|delta| parts(delta.usage_lines, delta.unknown_lines));
    let unread = (!report.unread.is_empty()).then(|| {
        format!(
            "Not in any figure: {} not be read.",
            count(report.unread.len(), "input that could", "inputs that could")
        )
    });
    let lines = match (total, difference) {
        (Some(total), Some(difference)) if total == difference => {
            vec![format!("Not in the total and the difference: {total}.")]
        }
        (total, difference) => {
            let total = total.map(|text| format!("Not in the total: {text}."));
            let difference = difference.map(|text| format!("Not in the difference: {text}."));
            total.into_iter().chain(difference).collect()
        }
    };
    unread.into_iter().chain(lines).collect()
}

/// A difference with its percentage, and whether more is not known.
pub(crate) fn difference(delta: &Delta, past: Option<&MonthlyTotal>, currency: &str) -> String {
    if delta.known.is_zero() && !delta.is_exact() {
        return "not known".into();
    }
    let base = past.and_then(|past| past.known.as_ref()).map_or(rust_decimal::Decimal::ZERO, |money| money.amount);
    let mut text = amount::signed(delta.known, currency);
    if !delta.known.is_zero() {
        text.push_str(&amount::percent(delta.known, base));
    }
    text
}

/// By how much a resource changes: `+$3.00`, `depends on usage`, `+$3.00 and more not known`.
pub(crate) fn change(delta: &Delta, currency: &str) -> String {
    let known = amount::signed(delta.known, currency);
    match (delta.known.is_zero(), delta.usage_lines, delta.unknown_lines) {
        (_, 0, 0) => known,
        (true, _, 0) => "depends on usage".into(),
        (true, ..) => "change not known".into(),
        (false, _, 0) => format!("{known} and usage"),
        (false, ..) => format!("{known} and more not known"),
    }
}

/// `1 line`, `2 lines`.
pub(crate) fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// The coverage of a run in one sentence.
pub(crate) fn coverage(report: &Report) -> String {
    let coverage = &report.coverage;
    let mut parts = Vec::new();
    let kinds = [
        (Status::Priced, "priced"),
        (Status::Partly, "partly priced"),
        (Status::UsageDependent, "usage-dependent"),
        (Status::Unpriced, "unpriced"),
        (Status::Free, "free"),
        (Status::Unsupported, "unsupported"),
    ];
    for (status, word) in kinds {
        let number = coverage.count(status);
        let is_always_said =
            matches!(status, Status::Priced | Status::UsageDependent | Status::Free | Status::Unsupported);
        if number > 0 || is_always_said {
            parts.push(format!("{number} {word}"));
        }
    }
    let mut text = format!("{}: {}", count(coverage.total(), "resource", "resources"), parts.join(", "));
    if let Some(percent) = coverage.exact_percent() {
        text.push_str(&format!(" · {percent}% of prices from the exact region"));
    }
    text.push_str(&format!(" · {}", dates(report)));
    text
}

/// What stands beside the costs on demand: at list prices, and with commitments. Each with what to call it.
pub(crate) fn beside(total: &MonthlyTotal, currency: &str) -> Vec<(&'static str, String)> {
    let shown = [("at list prices", &total.list), ("effective, with commitments", &total.effective)];
    let shown = shown.into_iter().filter_map(|(name, money)| Some((name, money.as_ref()?)));
    shown.map(|(name, money)| (name, amount::money(money.amount, currency))).collect()
}

/// The as-of dates of the book.
pub(crate) fn dates(report: &Report) -> String {
    dates_of(&report.options.book_oldest, &report.options.book_newest)
}

/// The oldest and the newest day of some prices in words.
pub(crate) fn dates_of(oldest: &str, newest: &str) -> String {
    match oldest == newest {
        true if oldest.is_empty() => "no price book".into(),
        true => format!("prices as of {newest}"),
        false => format!("prices as of {oldest} to {newest}"),
    }
}

/// What a reader should know of the figures: a sentence each.
pub(crate) fn notes(report: &Report) -> Vec<String> {
    let coverage = &report.coverage;
    let mut notes = Vec::new();
    if !report.unread.is_empty() {
        const MOST: usize = 10;
        let mut names: Vec<String> = report.unread.iter().take(MOST).map(|name| clean(name).to_string()).collect();
        if report.unread.len() > MOST {
            names.push(format!("{} more", report.unread.len() - MOST));
        }
        notes.push(format!("Not read, so not in any total: {}.", names.join(", ")));
    }
    if report.current.usage_lines > 0 && report.options.usage_file.is_none() {
        notes.push("Lines that depend on usage count once --usage-file gives the keys they name.".into());
    }
    if coverage.forgotten > 0 {
        let resources = match coverage.forgotten {
            1 => "1 resource leaves the state but goes on costing".to_owned(),
            number => format!("{number} resources leave the state but go on costing"),
        };
        notes.push(format!("{resources}: the difference counts that as gone, the bill will not."));
    }
    if !coverage.unsupported.is_empty() {
        notes.push(format!("Not supported, so not in any total: {}.", list(&coverage.unsupported)));
    }
    if !coverage.unpriced.is_empty() {
        notes.push(format!("A price is missing, so not in any total: {}.", list(&coverage.unpriced)));
    }
    let is_noted =
        |problem: &&Problem| problem.severity() == Severity::Note || problem.code().ends_with("::not-loaded");
    let noted = report.problems().into_iter().filter(is_noted);
    notes.extend(shortened(noted.map(|problem| sentence(&problem.to_string())).collect()));
    let fallbacks = coverage.fallbacks.iter().map(|((asked, taken), lines)| {
        let lines = count(*lines, "line", "lines");
        format!("* {lines} of {} took the price of {taken}: the book lacks it there.", short(asked))
    });
    notes.extend(shortened(fallbacks.collect()));
    let assumed = coverage.assumed_regions.iter().map(|(region, resources)| {
        let named = named(resources);
        let resources = count(resources.count, "resource", "resources");
        format!(
            "Nothing says the region of {resources} ({named}): {} was assumed; --region gives another.",
            short(region)
        )
    });
    notes.extend(shortened(assumed.collect()));
    if coverage.option_regions.count > 0 {
        let resources = count(coverage.option_regions.count, "resource", "resources");
        notes.push(format!("{resources} took the region of --region: {}.", named(&coverage.option_regions)));
    }
    let terms = coverage.terms.iter();
    let terms = terms.map(|(term, lines)| format!("{}: {}.", count(*lines, "line", "lines"), clean(term)));
    notes.extend(shortened(terms.collect()));
    let spot = coverage.spot.iter();
    notes.extend(spot.map(|(day, lines)| {
        format!("{} at spot prices of {day}: they move with the market.", count(*lines, "line is", "lines are"))
    }));
    notes.extend(age(report));
    let mut assumed: Vec<(&SmolStr, usize)> = coverage.assumptions.iter().map(|(note, lines)| (note, *lines)).collect();
    assumed.sort_by_key(|(_, lines)| std::cmp::Reverse(*lines));
    let assumed = assumed
        .into_iter()
        .map(|(note, lines)| format!("Assumed for {}: {}.", count(lines, "line", "lines"), clean(note)));
    notes.extend(shortened(assumed.collect()));
    if report.past.is_some() {
        let states = report.projects.iter().filter(|project| !project.priced.has_before);
        let states = states.map(|project| {
            format!("{} has no side before: it is in the total after, and in no difference.", short(&project.name))
        });
        notes.extend(shortened(states.collect()));
    }
    let incomplete = report.projects.iter().filter(|project| !project.priced.complete);
    let incomplete = incomplete.map(|project| {
        format!("The plan in {} is incomplete: Terraform says so, and resources may be missing.", short(&project.name))
    });
    notes.extend(shortened(incomplete.collect()));
    notes
}

/// That the book, or prices of it, are older than they may be.
fn age(report: &Report) -> Option<String> {
    let max_age = report.options.max_age.as_ref()?;
    let coverage = &report.coverage;
    let is_book_old = max_age.is_exceeded(&report.options.book_newest);
    let days = count(usize::try_from(max_age.days).ok()?, "day", "days");
    let share = coverage.oldest.as_ref().zip(coverage.old_percent()).map(|(oldest, percent)| {
        let percent = if percent.is_zero() { "Less than 1".into() } else { percent.to_string() };
        format!("{percent}% of the cost rests on prices older than {days}, the oldest of {oldest}")
    });
    if is_book_old {
        let newest = &report.options.book_newest;
        let share = share.map(|share| format!(" {share}.")).unwrap_or_default();
        return Some(format!(
            "The price book is older than {days}: its newest prices are of {newest}.{share} `lepton catalog refresh` \
             writes a newer one."
        ));
    }
    let share = share.filter(|_| max_age.is_said)?;
    Some(format!("{share}; `lepton catalog refresh` writes newer ones where providers publish them."))
}

/// A message of a problem as a sentence.
fn sentence(message: &str) -> String {
    let text = clean(&message.replace('`', ""));
    let first: String = text.chars().take(1).flat_map(char::to_uppercase).collect();
    format!("{first}{}.", text.chars().skip(1).collect::<String>())
}

/// A name that fits into a sentence.
fn short(name: &str) -> String {
    cut_middle(&clean(name), 64)
}

/// The first of some resources, and how many more there are.
fn named(resources: &Named) -> String {
    let mut names: Vec<String> = resources.first.iter().map(|address| short(address.as_str())).collect();
    match resources.count - names.len() {
        0 => {}
        more => names.push(format!("and {more} more")),
    }
    names.join(", ")
}

/// At most so many of a kind of note.
fn shortened(mut notes: Vec<String>) -> Vec<String> {
    const SHOWN: usize = 8;
    let more = notes.len().saturating_sub(SHOWN);
    notes.truncate(SHOWN);
    if more > 0 {
        notes.push(format!("And {more} more like these."));
    }
    notes
}

/// Types with their counts, the most frequent first, at most so many.
fn list(kinds: &BTreeMap<SmolStr, usize>) -> String {
    let mut sorted: Vec<(&SmolStr, &usize)> = kinds.iter().collect();
    sorted.sort_by(|a, b| b.1.cmp(a.1).then_with(|| a.0.cmp(b.0)));
    const SHOWN: usize = 20;
    let rest = sorted.len().saturating_sub(SHOWN);
    let mut parts: Vec<String> =
        sorted.into_iter().take(SHOWN).map(|(kind, number)| format!("{number} {}", short(kind))).collect();
    if rest > 0 {
        parts.push(format!("and {rest} more types"));
    }
    parts.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{MaxAge, Options};

    #[test]
    fn a_book_is_old_once_its_newest_day_is() {
        let notes = |newest: &str, is_said| {
            let max_age = Some(MaxAge { days: 365, before: "2026-11-29".into(), is_said });
            let options = Options { book_newest: newest.into(), max_age, ..Options::default() };
            notes(&Report::new(Vec::new(), options)).join(" ")
        };
        let said = "The price book is older than 365 days: its newest prices are of 2026-11-28. \
                    `lepton catalog refresh` writes a newer one.";
        assert_eq!(notes("2026-11-28", false), said);
        // A month may reach to its last day.
        assert!(notes("2026-10", false).contains("are of 2026-10."));
        for newest in ["2026-11-29", "2026-11", "2026", "2027-01-01", ""] {
            assert_eq!(notes(newest, true), "", "{newest}");
        }
    }

    #[test]
    fn a_price_is_for_one_unit() {
        let units = ["hours", "GB", "1M requests", "vCPU-hours", "queries", "addresses", "access", "IOPS", "s"];
        let said = ["hour", "GB", "1M requests", "vCPU-hour", "query", "address", "access", "IOPS", "s"];
        assert_eq!(units.map(singular), said);
    }
}
