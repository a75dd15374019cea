//! Prices that follow from others by a rule that AWS publishes or that a full list shows.
//!
//! `derived.csv` beside this file holds the rules. A derived row names its rule in its source, and gives
//! way to any source that lists the meter itself. A `from_usage` that ends in a colon is a prefix. `times`
//! is a number, or `as in REGION`: the ratio that the same two meters have there.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::super::table::{Line, Table};
use super::offers::{Given, Meter, Offers, Source};
use crate::price::SheetError;

const RULES: &str = include_str!("derived.csv");

/// How a derived price follows from the one that it is derived from.
enum Times {
    Fixed(Decimal),
    /// By the part of the usage type that both meters share.
    AsIn(BTreeMap<SmolStr, Decimal>),
}

/// Applies the rules in order; a later rule may build on an earlier one.
pub(super) fn shelve(offers: &mut Offers) -> Result<(), SheetError> {
    let rules = Table::read("derived.csv".to_owned(), RULES.as_bytes())?;
    for rule in rules.lines() {
        let times = match rule.text("times").strip_prefix("as in ") {
            Some(region) => Times::AsIn(ratios(offers, &rule, region)),
            None => Times::Fixed(rule.decimal(rule.text("times"), "times")?),
        };
        apply(offers, &rule, &times);
    }
    Ok(())
}

/// The prices of one side of a rule, each with the part of the usage type that both sides share.
fn side(offers: &Offers, rule: &Line<'_>, usage: &str, operation: &str) -> Vec<(SmolStr, Given)> {
    let (usage, operation) = (rule.text(usage), rule.text(operation));
    let given = offers.given(rule.text("service")).into_iter();
    let of_side = given.filter(|given| given.meter.operation == operation && given.from.is_zero());
    of_side
        .filter_map(|given| {
            let rest: SmolStr = given.meter.usage_type.strip_prefix(usage)?.into();
            (rest.is_empty() || usage.ends_with(':')).then_some((rest, given))
        })
        .collect()
}

fn ratios(offers: &Offers, rule: &Line<'_>, region: &str) -> BTreeMap<SmolStr, Decimal> {
    let in_region = |usage: &str, operation: &str| -> BTreeMap<SmolStr, Decimal> {
        let all = side(offers, rule, usage, operation).into_iter();
        all.filter(|(_, given)| given.region == region).map(|(rest, given)| (rest, given.price)).collect()
    };
    let from = in_region("from_usage", "from_operation");
    let to = in_region("to_usage", "to_operation");
    let both = to.into_iter().filter_map(|(rest, price)| Some((price / from.get(&rest)?, rest)));
    both.map(|(ratio, rest)| (rest, ratio)).collect()
}

fn apply(offers: &mut Offers, rule: &Line<'_>, times: &Times) {
    for (rest, given) in side(offers, rule, "from_usage", "from_operation") {
        let price = match times {
            Times::Fixed(times) => given.price * times,
            Times::AsIn(ratios) => match ratios.get(&rest) {
                // The list has no finer step than a hundredth of a cent for anything that is derived so.
                Some(ratio) => (given.price * ratio).round_dp(4),
                None => continue,
            },
        };
        let meter = Meter::new(format!("{}{rest}", rule.text("to_usage")), rule.text("to_operation"));
        let source = Source::new(
            &format!("{}.{}", given.source.id, rule.text("id")),
            &given.source.as_of,
            &format!("{}; {}", given.source.title, rule.text("words")),
        )
        .in_currency(&given.source.currency);
        let unit = offers.unit(rule.text("service"), &meter).unwrap_or(given.unit);
        offers.put(rule.text("service"), &meter, &unit, price, &given.region, &source);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_fills_what_is_missing_and_says_so() {
        let list = Source::new("list", "2024", "a list");
        let mut offers = Offers::default();
        let mysql = Meter::new("InstanceUsage:db.m5.large", "CreateDBInstance:0002");
        offers.put("AmazonRDS", &mysql, "Hrs", Decimal::ONE, "us-east-1", &list);
        let listed = Meter::new("Multi-AZUsage:db.m5.large", "CreateDBInstance:0018");
        offers.put("AmazonRDS", &listed, "Hrs", Decimal::TEN, "us-east-1", &list);
        shelve(&mut offers).expect("the rules are sound");

        let find = |usage_type: &str, operation: &str| {
            let mut given = offers.given("AmazonRDS").into_iter();
            given.find(|given| given.meter == Meter::new(usage_type, operation))
        };
        let mariadb = find("InstanceUsage:db.m5.large", "CreateDBInstance:0018").expect("MariaDB follows MySQL");
        assert_eq!((mariadb.price, mariadb.source.id.as_str()), (Decimal::ONE, "list.mariadb"));
        let kept = find("Multi-AZUsage:db.m5.large", "CreateDBInstance:0018").expect("the listed price");
        assert_eq!((kept.price, kept.source.id.as_str()), (Decimal::TEN, "list"));
        assert!(find("Multi-AZUsage:db.m5.large", "CreateDBInstance:0002").is_none(), "MySQL has no such rule");
    }

    #[test]
    fn a_ratio_of_one_region_carries_over_to_others() {
        let list = Source::new("list", "2024", "a list");
        let mut offers = Offers::default();
        let single = Meter::new("InstanceUsage:db.m5.xlarge", "CreateDBInstance:0015");
        let mirror = Meter::new("MirrorUsage:db.m5.xlarge", "CreateDBInstance:0015");
        offers.put("AmazonRDS", &single, "Hrs", Decimal::TWO, "eu-west-1", &list);
        offers.put("AmazonRDS", &mirror, "Hrs", Decimal::from(3), "eu-west-1", &list);
        offers.put("AmazonRDS", &single, "Hrs", Decimal::TEN, "us-east-1", &list);
        shelve(&mut offers).expect("the rules are sound");

        let mut given = offers.given("AmazonRDS").into_iter();
        let derived = given.find(|given| given.meter == mirror && given.region == "us-east-1").expect("derived");
        assert_eq!((derived.price, derived.source.id.as_str()), (Decimal::from(15), "list.mirror-ratio"));
    }
}
