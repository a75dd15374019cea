//! Properties of the diff, over made-up estimates.

use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::estimate::{Status, Why};
use crate::model::{Address, InputKind, Span};
use crate::price::Tier;

fn usd() -> Currency {
    "USD".into()
}

fn line(component: &str, monthly: Monthly, quantity: Quantity) -> Line {
    let why = Why {
        file: "test.hcl".into(),
        line: 1,
        span: Span::default(),
        prices: Vec::new(),
        tiers: Vec::new(),
        docs: None,
        trace: Vec::new(),
    };
    Line {
        part: Vec::new(),
        component: component.into(),
        detail: None,
        unit: "hours".into(),
        quantity,
        price: UnitPrice::Known(vec![Tier { from: Decimal::ZERO, price: Decimal::ONE }]),
        discount: Decimal::ZERO,
        monthly,
        is_usage_based: false,
        note: None,
        why,
    }
}

fn any_line() -> impl Strategy<Value = Line> {
    let component = prop_oneof![Just("a"), Just("b"), Just("c")];
    let kind = prop_oneof![
        4 => (0_i64..100_000).prop_map(Some),
        1 => Just(None),
    ];
    (component, kind).prop_map(|(component, cents)| match cents {
        Some(cents) => {
            let amount = Decimal::new(cents, 2);
            line(component, Monthly::Exact(Money::new(amount, usd())), Quantity::Known(amount))
        }
        None => {
            let keys = vec![SmolStr::from("requests")];
            line(component, Monthly::Unknown(Reason::Usage(keys.clone())), Quantity::Usage(keys))
        }
    })
}

fn estimate(lines: Vec<Line>) -> Estimate {
    Estimate {
        address: Address::new("aws_x.y"),
        kind: "aws_x".into(),
        provider: "aws".into(),
        region: None,
        status: Status::Priced,
        lines: lines.into(),
        tags: Vec::new(),
        problems: Vec::new(),
    }
}

fn any_estimate() -> impl Strategy<Value = Estimate> {
    proptest::collection::vec(any_line(), 0..6).prop_map(estimate)
}

proptest! {
    #[test]
    fn an_estimate_with_itself_is_zero(one in any_estimate()) {
        let (_, delta) = compare_estimates(Some(&one), Some(&one), &usd());
        prop_assert!(delta.is_zero());
    }

    #[test]
    fn swapping_the_sides_negates(one in any_estimate(), other in any_estimate()) {
        let (_, there) = compare_estimates(Some(&one), Some(&other), &usd());
        let (_, back) = compare_estimates(Some(&other), Some(&one), &usd());
        prop_assert_eq!(there.known, -back.known);
        prop_assert_eq!((there.usage_lines, there.unknown_lines), (back.usage_lines, back.unknown_lines));
    }

    #[test]
    fn known_parts_sum_to_the_whole(pairs in proptest::collection::vec((any_estimate(), any_estimate()), 0..5)) {
        let changes = pairs.into_iter().map(|(before, after)| PricedChange {
            address: before.address.clone(),
            previous_address: None,
            action: Action::Update,
            deposed: None,
            is_import: false,
            before: Some(Arc::new(before)),
            after: Some(Arc::new(after)),
        });
        let priced = PricedPlan {
            kind: InputKind::PlanJson,
            terraform_version: None,
            has_before: true,
            complete: true,
            changes: changes.collect(),
            problems: Vec::new(),
        };
        let diff = compare(&priced, &usd());
        let parts: Decimal = diff.changes.iter().map(|change| change.delta.known).sum();
        let whole = diff.delta.expect("a plan has two sides");
        prop_assert_eq!(parts, whole.known);
        if whole.is_exact() {
            let total = |total: &MonthlyTotal| total.known.as_ref().map_or(Decimal::ZERO, |money| money.amount);
            prop_assert_eq!(total(&diff.current) - total(&diff.past.expect("before")), whole.known);
        }
    }
}

#[test]
fn a_price_that_vanishes_is_no_saving() {
    let known = line("a", Monthly::Exact(Money::new(Decimal::TEN, usd())), Quantity::Known(Decimal::TEN));
    let lost = line("a", Monthly::Unknown(Reason::NoPrice("x".into())), Quantity::Known(Decimal::TEN));
    let (lines, delta) = compare_estimates(Some(&estimate(vec![known])), Some(&estimate(vec![lost])), &usd());
    assert_eq!(lines[0].delta, LineDelta::Unknown);
    assert_eq!((delta.known, delta.unknown_lines), (Decimal::ZERO, 1));
}
