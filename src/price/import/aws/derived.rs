//! Prices that follow from others by a rule that AWS publishes or that a full list shows.
//!
//! `derived.csv` beside this file holds the rules. A derived row names its rule in its source, and gives
//! way to any source that lists the meter itself. A `from_usage` that ends in a colon is a prefix.

use rust_decimal::Decimal;

use super::super::table::{Line, Table};
use super::offers::{Meter, Offers, Source};
use crate::price::SheetError;

const RULES: &str = include_str!("derived.csv");

/// Applies the rules in order; a later rule may build on an earlier one.
pub(super) fn shelve(offers: &mut Offers) -> Result<(), SheetError> {
    let rules = Table::read("derived.csv".to_owned(), RULES.as_bytes())?;
    for rule in rules.lines() {
        let times = rule.decimal(rule.text("times"), "times")?;
        apply(offers, &rule, times);
    }
    Ok(())
}

fn apply(offers: &mut Offers, rule: &Line<'_>, times: Decimal) {
    let service = rule.text("service");
    let (from_usage, to_usage) = (rule.text("from_usage"), rule.text("to_usage"));
    for given in offers.given(service) {
        if given.meter.operation != rule.text("from_operation") || !given.from.is_zero() {
            continue;
        }
        let Some(rest) = given.meter.usage_type.strip_prefix(from_usage) else { continue };
        if !rest.is_empty() && !from_usage.ends_with(':') {
            continue;
        }
        let meter = Meter::new(format!("{to_usage}{rest}"), rule.text("to_operation"));
        let source = Source::new(
            &format!("{}.{}", given.source.id, rule.text("id")),
            &given.source.as_of,
            &format!("{}; {}", given.source.title, rule.text("words")),
        );
        offers.put(service, &meter, &given.unit, given.price * times, &given.region, &source);
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
}
