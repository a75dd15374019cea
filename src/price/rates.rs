//! A dated table of exchange rates: rows of date, two currencies and a rate, or the layout of the European Central
//! Bank's reference rates, where every column is a currency and a row says what a euro is worth in each.
//!
//! ```csv
//! date,from,to,rate,source
//! 2026-11-27,USD,EUR,0.92,our bank
//! ```
//!
//! Lines that begin with `#` are remarks.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use smol_str::SmolStr;

/// What the bank's rates are called.
const BANK: &str = "European Central Bank, euro reference rates";

/// How many digits a rate has that is derived from two others.
const DIGITS: u32 = 8;

/// The newest rates of a table.
#[derive(Clone, Debug, Default)]
pub struct RateTable {
    newest: BTreeMap<(SmolStr, SmolStr), Rate>,
}

/// What a unit of one currency is in another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rate {
    /// How much.
    pub rate: Decimal,
    /// The day of it, as `YYYY-MM-DD`; the older of two that it was derived from.
    pub as_of: SmolStr,
    /// Where it comes from.
    pub source: SmolStr,
}

/// What is wrong with a table: its line, from 1, and why.
pub type RateMistake = (usize, &'static str);

impl RateTable {
    /// Reads the rates of a table that are not after a day, and keeps the newest of each pair.
    pub fn parse(text: &str, today: &str) -> Result<Self, RateMistake> {
        let mut reader = csv::ReaderBuilder::new()
            .flexible(true)
            .trim(csv::Trim::All)
            .comment(Some(b'#'))
            .from_reader(text.as_bytes());
        let line_of = |error: &csv::Error| error.position().map_or(1, |at| usize::try_from(at.line()).unwrap_or(1));
        let head = reader.headers().map_err(|error| (line_of(&error), "the line is no CSV of UTF-8 text"))?.clone();
        let at = |name: &str| head.iter().position(|column| column.eq_ignore_ascii_case(name));
        let Some(date) = at("date") else { return Err((1, "the column `date` is missing")) };
        let pair = at("from").zip(at("to")).zip(at("rate"));
        let mut table = Self::default();
        let mut record = csv::StringRecord::new();
        while reader.read_record(&mut record).map_err(|error| (line_of(&error), "the line is no CSV of UTF-8 text"))? {
            let line = record.position().map_or(1, |at| line_of_row(text, at));
            let cell = |at: usize| record.get(at).unwrap_or_default();
            let Some(day) = day(cell(date)) else { return Err((line, "the date is no day such as 2026-11-27")) };
            if day.as_str() > today {
                continue;
            }
            match pair {
                Some(((from, to), rate)) => {
                    let source =
                        at("source").map(cell).filter(|source| !source.is_empty()).unwrap_or("the table of rates");
                    table.add(cell(from), cell(to), cell(rate), &day, source).map_err(|why| (line, why))?;
                }
                None => {
                    let columns = head.iter().enumerate().filter(|(at, name)| *at != date && !name.is_empty());
                    for (at, currency) in columns.filter(|(at, _)| !["", "N/A"].contains(&cell(*at))) {
                        table.add("EUR", currency, cell(at), &day, BANK).map_err(|why| (line, why))?;
                    }
                }
            }
        }
        Ok(table)
    }

    fn add(&mut self, from: &str, to: &str, rate: &str, day: &SmolStr, source: &str) -> Result<(), &'static str> {
        let is_code = |code: &str| code.len() == 3 && code.bytes().all(|letter| letter.is_ascii_uppercase());
        if !is_code(from) || !is_code(to) {
            return Err("a currency is no ISO 4217 code such as USD");
        }
        let rate = rate.parse::<Decimal>().ok().filter(|rate| *rate > Decimal::ZERO);
        let rate = rate.ok_or("the rate is no number above 0")?;
        let pair = (SmolStr::from(from), SmolStr::from(to));
        if self.newest.get(&pair).is_none_or(|known| known.as_of <= *day) {
            self.newest.insert(pair, Rate { rate, as_of: day.clone(), source: source.into() });
        }
        Ok(())
    }

    /// The day of the newest rate.
    pub fn newest(&self) -> Option<&SmolStr> {
        self.newest.values().map(|rate| &rate.as_of).max()
    }

    /// The currencies of the table.
    pub fn currencies(&self) -> Vec<SmolStr> {
        let mut found: Vec<SmolStr> = self.newest.keys().flat_map(|(from, to)| [from.clone(), to.clone()]).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// What a unit of one currency is in another: as the table has it, else turned round, else by way of a third.
    pub fn rate(&self, from: &str, to: &str) -> Option<Rate> {
        if let Some(rate) = self.direct(from, to) {
            return Some(rate);
        }
        let through = |third: &SmolStr| {
            let (first, second) = (self.direct(from, third)?, self.direct(third, to)?);
            let rate = first.rate.checked_mul(second.rate)?.round_sf(DIGITS)?.normalize();
            Some(Rate { rate, as_of: first.as_of.min(second.as_of), source: second.source })
        };
        // The newest way, and of equals always the same.
        self.currencies().iter().rev().filter_map(through).max_by(|one, other| one.as_of.cmp(&other.as_of))
    }

    fn direct(&self, from: &str, to: &str) -> Option<Rate> {
        let given = self.newest.get(&(from.into(), to.into()));
        let turned = self.newest.get(&(to.into(), from.into()));
        let is_newer = |turned: &Rate| given.is_none_or(|given| given.as_of < turned.as_of);
        match turned.filter(|turned| is_newer(turned)) {
            Some(turned) => {
                let rate = Decimal::ONE.checked_div(turned.rate)?.round_sf(DIGITS)?.normalize();
                Some(Rate { rate, ..turned.clone() })
            }
            None => given.cloned(),
        }
    }
}

/// The line of a row whose place is that of the remarks and empty lines before it.
fn line_of_row(text: &str, at: &csv::Position) -> usize {
    let rest = usize::try_from(at.byte()).ok().and_then(|byte| text.get(byte..)).unwrap_or_default();
    let is_skipped = |line: &&str| line.is_empty() || line.starts_with('#');
    usize::try_from(at.line()).unwrap_or(1) + rest.lines().take_while(is_skipped).count()
}

/// A day as `YYYY-MM-DD`, also of `28 November 2026`.
fn day(text: &str) -> Option<SmolStr> {
    let date = ["%Y-%m-%d", "%d %B %Y"].iter().find_map(|form| chrono::NaiveDate::parse_from_str(text, form).ok())?;
    Some(date.format("%Y-%m-%d").to_string().into())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rate(text: &str, from: &str, to: &str) -> Option<(String, String)> {
        let rate = RateTable::parse(text, "2026-11-28").expect("a table").rate(from, to)?;
        Some((rate.rate.to_string(), rate.as_of.to_string()))
    }

    fn some(rate: &str, day: &str) -> Option<(String, String)> {
        Some((rate.into(), day.into()))
    }

    #[test]
    fn the_newest_rate_that_is_not_of_tomorrow_is_taken() {
        let table =
            "date,from,to,rate,source\n2026-11-29,USD,EUR,0.5,x\n2026-11-27,USD,EUR,0.8,x\n2026-01-02,USD,EUR,0.9,x\n";
        assert_eq!(rate(table, "USD", "EUR"), some("0.8", "2026-11-27"));
        assert_eq!(rate(table, "EUR", "USD"), some("1.25", "2026-11-27"));
        assert_eq!(rate(table, "USD", "CHF"), None);
    }

    #[test]
    fn reference_rates_are_what_a_euro_is_worth() {
        let of_today = "Date, USD, CHF, \n27 November 2026, 1.25, 0.95, \n";
        assert_eq!(rate(of_today, "USD", "EUR"), some("0.8", "2026-11-27"));
        assert_eq!(rate(of_today, "USD", "CHF"), some("0.76", "2026-11-27"));
        let history = "Date,USD,RUB,\n2026-11-27,1.25,N/A,\n2022-03-01,1.1,117.2,\n";
        assert_eq!(rate(history, "EUR", "USD"), some("1.25", "2026-11-27"));
        // As old as the older of the two.
        assert_eq!(rate(history, "USD", "RUB"), some("93.76", "2022-03-01"));
    }

    #[test]
    fn a_mistake_has_its_line() {
        let line = |text| RateTable::parse(text, "2026-11-28").expect_err("a mistake").0;
        assert_eq!(line("day,USD\n"), 1);
        assert_eq!(line("date,from,to,rate\n2026-11-27,USD,EUR,0.8\n2026-13-27,USD,EUR,0.8\n"), 3);
        assert_eq!(line("date,from,to,rate\n2026-11-27,USD,EUR,0\n"), 2);
        assert_eq!(line("date,from,to,rate\n2026-11-27,dollar,EUR,1\n"), 2);
        assert_eq!(line("# a remark\n# another\ndate,from,to,rate\n# one more\n2026-11-27,USD,EUR,0\n"), 5);
    }

    proptest! {
        #[test]
        fn no_table_panics(text in "(date|USD|EUR|from|to|rate|,|\n|2026-11-27|0.00000000000000000000000001|99999999999999999999999999| ){0,60}") {
            if let Ok(table) = RateTable::parse(&text, "2026-11-28") {
                let _ = table.rate("USD", "EUR");
            }
        }
    }
}
