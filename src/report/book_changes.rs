//! How a price book differs from an earlier one: tables, Markdown, JSON.

use std::fmt::Write as _;

use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::book::{grouped, joined};
use crate::estimate::NeededKey;
use crate::price::{Book, Comparison, Lookup, Moved};

/// How a book differs from an earlier one, and what stanzas miss in it.
#[derive(Clone, Debug)]
pub struct BookChanges {
    /// What the earlier book is called.
    pub against: String,
    /// The threshold in percent.
    pub threshold: Decimal,
    /// The differences.
    pub comparison: Comparison,
    /// Keys that stanzas ask for and no region of the book has: type and key.
    pub lacking: Vec<(String, String)>,
}

/// How many rows of each kind Markdown and tables show.
const MOST_ROWS: usize = 100;

impl BookChanges {
    /// Compares what stanzas need with what a book has.
    pub fn of(book: &Book, needed: &[NeededKey], against: String, threshold: Decimal, comparison: Comparison) -> Self {
        let is_lacking =
            |key: &&NeededKey| matches!(book.find(&key.in_region("")), Lookup::NoMeter | Lookup::NoService { .. });
        let name = |key: &NeededKey| {
            let columns = key.columns.iter().map(|(_, value)| value.as_str());
            (key.kind.clone(), joined([key.provider.as_str(), key.service.as_str()].into_iter().chain(columns)))
        };
        let lacking = needed.iter().filter(is_lacking).map(name).collect();
        Self { against, threshold, comparison, lacking }
    }

    fn summary(&self) -> String {
        let Comparison { moved, moved_less, same, appeared, vanished, recounted } = &self.comparison;
        let threshold = self.threshold.normalize();
        format!(
            "Compared with {}: {} moved by more than {threshold} %, {} by less, {} the same, {} new; {} gone, {} counted \
             otherwise; stanzas lack {}.",
            self.against,
            count(moved.len(), "price"),
            grouped(*moved_less),
            grouped(*same),
            grouped(*appeared),
            count(vanished.len(), "meter"),
            count(recounted.len(), "price"),
            count(self.lacking.len(), "key"),
        )
    }

    /// As text for a terminal.
    pub fn table(&self) -> String {
        let mut out = format!("{}\n", self.summary());
        let mut section = |title: &str, rows: Vec<String>| {
            if !rows.is_empty() {
                writeln!(out, "\n{title}\n").expect("a String takes every write");
                rows.iter()
                    .take(MOST_ROWS)
                    .for_each(|row| writeln!(out, "  {row}").expect("a String takes every write"));
                if let Some(more) = rows.len().checked_sub(MOST_ROWS).filter(|more| *more > 0) {
                    writeln!(out, "  and {} more; JSON has all", grouped(more)).expect("a String takes every write");
                }
            }
        };
        let Comparison { moved, vanished, recounted, .. } = &self.comparison;
        section(
            "Keys that a stanza needs and no region has",
            self.lacking.iter().map(|(kind, key)| format!("{kind}: {key}")).collect(),
        );
        section(
            "Moved",
            moved.iter().map(|moved| format!("{} in {}\n    {}", moved.meter, moved.region, movement(moved))).collect(),
        );
        let gone = |found: &crate::price::Vanished| {
            format!("{} ({}), of {}", found.meter, regions(&found.regions), found.as_of)
        };
        section("Gone", vanished.iter().map(gone).collect());
        let other = |found: &crate::price::Recounted| {
            format!("{} in {}: {}, now {}", found.meter, found.region, found.old, found.new)
        };
        section("Counted otherwise", recounted.iter().map(other).collect());
        out
    }

    /// As Markdown, for the body of a pull request.
    pub fn markdown(&self) -> String {
        let mut out = format!("{}\n", self.summary());
        let mut section = |title: &str, head: &str, rows: Vec<String>| {
            if rows.is_empty() {
                return;
            }
            let dashes = head.matches('|').count() - 1;
            writeln!(out, "\n### {title}\n\n{head}\n|{}", " --- |".repeat(dashes)).expect("a String takes every write");
            rows.iter().take(MOST_ROWS).for_each(|row| writeln!(out, "{row}").expect("a String takes every write"));
            if let Some(more) = rows.len().checked_sub(MOST_ROWS).filter(|more| *more > 0) {
                writeln!(out, "\nAnd {} more.", grouped(more)).expect("a String takes every write");
            }
        };
        let cell = |text: &str| text.replace('|', "\\|");
        let Comparison { moved, vanished, recounted, .. } = &self.comparison;
        let lacking = |(kind, key): &(String, String)| format!("| `{}` | {} |", cell(kind), cell(key));
        section(
            "Keys that a stanza needs and no region has",
            "| type | key |",
            self.lacking.iter().map(lacking).collect(),
        );
        let row = |moved: &Moved| {
            let percent = moved.percent.map_or_else(|| "from 0".into(), |percent| format!("{percent:+} %"));
            let dated = |(price, date): &(Decimal, SmolStr)| format!("{} ({date})", price.normalize());
            let (old, new) = (dated(&moved.old), dated(&moved.new));
            format!("| {} | {} | {old} | {new} | {percent} |", cell(&moved.meter), moved.region)
        };
        section("Moved", "| meter | region | old | new | change |", moved.iter().map(row).collect());
        let gone = |found: &crate::price::Vanished| {
            format!("| {} | {} | {} |", cell(&found.meter), regions(&found.regions), found.as_of)
        };
        section("Gone", "| meter | regions | last seen |", vanished.iter().map(gone).collect());
        let other = |found: &crate::price::Recounted| {
            format!("| {} | {} | {} | {} |", cell(&found.meter), found.region, cell(&found.old), cell(&found.new))
        };
        section("Counted otherwise", "| meter | region | was | is |", recounted.iter().map(other).collect());
        out
    }

    /// As JSON.
    pub fn json(&self) -> String {
        let Comparison { moved, moved_less, same, appeared, vanished, recounted } = &self.comparison;
        let dated = |(price, date): &(Decimal, SmolStr)| serde_json::json!({ "price": price.normalize().to_string(), "asOf": date });
        let value = serde_json::json!({
            "against": self.against,
            "thresholdPercent": self.threshold.normalize().to_string(),
            "movedLess": moved_less, "same": same, "new": appeared,
            "lacking": self.lacking.iter().map(|(kind, key)| serde_json::json!({ "type": kind, "key": key })).collect::<Vec<_>>(),
            "moved": moved.iter().map(|moved| serde_json::json!({
                "meter": moved.meter, "region": moved.region, "tierFrom": moved.tier_from.normalize().to_string(),
                "old": dated(&moved.old), "new": dated(&moved.new), "unit": moved.unit, "currency": moved.currency,
                "percent": moved.percent.map(|percent| percent.to_string()),
            })).collect::<Vec<_>>(),
            "gone": vanished.iter().map(|found| serde_json::json!({
                "meter": found.meter, "regions": found.regions, "asOf": found.as_of,
            })).collect::<Vec<_>>(),
            "countedOtherwise": recounted.iter().map(|found| serde_json::json!({
                "meter": found.meter, "region": found.region, "old": found.old, "new": found.new,
            })).collect::<Vec<_>>(),
        });
        serde_json::to_string_pretty(&value).expect("it is JSON") + "\n"
    }
}

fn movement(moved: &Moved) -> String {
    let percent = moved.percent.map_or_else(|| "from 0".into(), |percent| format!("{percent:+} %"));
    let ((old, old_date), (new, new_date)) = (&moved.old, &moved.new);
    let tier =
        if moved.tier_from.is_zero() { String::new() } else { format!(" from {} on", moved.tier_from.normalize()) };
    let (old, new) = (old.normalize(), new.normalize());
    format!("{old} ({old_date}) → {new} ({new_date}) {} per {}{tier}, {percent}", moved.currency, moved.unit)
}

fn regions(names: &[SmolStr]) -> String {
    const SHOWN: usize = 4;
    let shown: Vec<&str> = names.iter().take(SHOWN).map(SmolStr::as_str).collect();
    match names.len().saturating_sub(SHOWN) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

fn count(number: usize, one: &str) -> String {
    format!("{} {one}{}", grouped(number), if number == 1 { "" } else { "s" })
}
