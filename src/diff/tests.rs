//! Properties of the diff, over made-up estimates.

use proptest::prelude::*;

use smol_str::SmolStr;

use super::*;
use crate::estimate::{Item, Line, Monthly, Quantity, Reason, Status, UnitPrice, Why};
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
        terms: Vec::new(),
        docs: None,
        trace: Vec::new(),
    };
    let item = Item {
        part: Vec::new(),
        component: component.into(),
        detail: None,
        unit: "hours".into(),
        price: UnitPrice::Known(vec![Tier { from: Decimal::ZERO, price: Decimal::ONE }]),
        discount: Decimal::ZERO,
        committed: Vec::new(),
        is_usage_based: false,
        note: None,
        why,
    };
    Line { item: Arc::new(item), quantity, monthly, list: None, effective: None }
}

/// A line whose item is changed.
fn with(mut line: Line, change: impl FnOnce(&mut Item)) -> Line {
    change(line.item_mut());
    line
}

fn known(component: &str, cents: i64) -> Line {
    let amount = Decimal::new(cents, 2);
    line(component, Monthly::Exact(Money::new(amount, usd())), Quantity::Known(amount))
}

/// Known costs mostly; sometimes usage, a value known after apply, or a missing price.
fn any_line() -> impl Strategy<Value = Line> {
    let component = prop_oneof![Just("a"), Just("b"), Just("c")];
    let detail = proptest::option::of(prop_oneof![Just("x"), Just("y")]);
    (component, detail, 0_u8..7, 0_i64..100_000).prop_map(|(component, detail, kind, cents)| {
        let keys = vec![SmolStr::from("requests")];
        let quantity = Quantity::Known(Decimal::from(cents));
        let line = match kind {
            0 => line(component, Monthly::Unknown(Reason::Usage(keys.clone())), Quantity::Usage(keys)),
            1 => {
                let path = SmolStr::from("self.size");
                line(component, Monthly::Unknown(Reason::AfterApply(path.clone())), Quantity::Unknown(path))
            }
            2 => with(line(component, Monthly::Unknown(Reason::NoPrice("x".into())), quantity), |item| {
                item.price = UnitPrice::Missing(Reason::NoPrice("x".into()));
            }),
            _ => known(component, cents),
        };
        with(line, |item| item.detail = detail.map(Into::into))
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
        account: None,
        tags: Vec::new(),
        problems: Vec::new(),
    }
}

fn any_estimate() -> impl Strategy<Value = Estimate> {
    proptest::collection::vec(any_line(), 0..6).prop_map(estimate)
}

fn change(address: &str, action: Action, before: Option<Estimate>, after: Option<Estimate>) -> PricedChange {
    PricedChange {
        address: Address::new(address),
        previous_address: None,
        action,
        deposed: None,
        is_import: false,
        declared: None,
        before: before.map(Arc::new),
        after: after.map(Arc::new),
    }
}

fn plan(changes: Vec<PricedChange>) -> PricedPlan {
    PricedPlan {
        kind: InputKind::PlanJson,
        terraform_version: None,
        has_before: true,
        complete: true,
        changes,
        problems: Vec::new(),
    }
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
        let changes = pairs.into_iter().enumerate().map(|(at, (before, after))| {
            change(&format!("module.m{}.aws_x.y[{at}]", at % 2), Action::Update, Some(before), Some(after))
        });
        let priced = plan(changes.collect());
        let diff = compare(&priced, &usd());
        let parts: Decimal = diff.changes.iter().map(|change| change.delta.known).sum();
        let whole = diff.delta.clone().expect("a plan has two sides");
        prop_assert_eq!(parts, whole.known);
        let modules = diff.by_module(&priced, &usd());
        let of_modules = || modules.values().map(|module| module.delta.clone().expect("a plan has two sides"));
        prop_assert_eq!(of_modules().map(|delta| delta.known).sum::<Decimal>(), whole.known);
        prop_assert_eq!(of_modules().map(|delta| delta.unknown_lines).sum::<usize>(), whole.unknown_lines);
        let known = |total: &MonthlyTotal| total.known.as_ref().map_or(Decimal::ZERO, |money| money.amount);
        prop_assert_eq!(modules.values().map(|module| known(&module.current)).sum::<Decimal>(), known(&diff.current));
        let pasts = modules.values().map(|module| module.past.as_ref().map_or(Decimal::ZERO, known));
        prop_assert_eq!(pasts.sum::<Decimal>(), known(diff.past.as_ref().expect("a plan has two sides")));
        if whole.is_exact() {
            let total = |total: &MonthlyTotal| total.known.as_ref().map_or(Decimal::ZERO, |money| money.amount);
            prop_assert_eq!(total(&diff.current) - total(&diff.past.expect("before")), whole.known);
        }
    }
}

#[test]
fn a_price_that_vanishes_is_no_saving() {
    let lost = line("a", Monthly::Unknown(Reason::NoPrice("x".into())), Quantity::Known(Decimal::TEN));
    let (before, after) = (estimate(vec![known("a", 1000)]), estimate(vec![lost]));
    for (before, after) in [(&before, &after), (&after, &before)] {
        let (lines, delta) = compare_estimates(Some(before), Some(after), &usd());
        assert_eq!(lines[0].delta, LineDelta::Unknown);
        assert_eq!((delta.known, delta.unknown_lines), (Decimal::ZERO, 1));
    }
}

#[test]
fn equal_details_pair_whatever_their_order() {
    let disk = |detail: &str, cents| with(known("disk", cents), |item| item.detail = Some(detail.into()));
    let before = estimate(vec![disk("gp2", 100), disk("io1", 500)]);
    let after = estimate(vec![disk("io1", 500), disk("gp3", 80)]);
    let (lines, delta) = compare_estimates(Some(&before), Some(&after), &usd());
    let pairs: Vec<_> = lines.iter().map(|line| (line.before, line.after)).collect();
    assert_eq!(pairs, [(Some(1), Some(0)), (Some(0), Some(1))]);
    assert_eq!(delta.known, Decimal::new(-20, 2));
}

#[test]
fn fates_follow_sides_and_actions() {
    let one = || Some(estimate(vec![known("a", 100)]));
    let two = || Some(estimate(vec![known("a", 300)]));
    let priced = plan(vec![
        change("x.create", Action::Create, None, one()),
        change("x.delete", Action::Delete, one(), None),
        change("x.forget", Action::Forget, one(), None),
        change("x.replace", Action::Replace, one(), two()),
        change("x.update", Action::Update, one(), one()),
    ]);
    let diff = compare(&priced, &usd());
    let fates: Vec<Fate> = diff.changes.iter().map(|change| change.fate).collect();
    assert_eq!(fates, [Fate::Added, Fate::Removed, Fate::Forgotten, Fate::Changed, Fate::Same]);
    let deltas: Vec<Decimal> = diff.changes.iter().map(|change| change.delta.known).collect();
    assert_eq!(deltas, [1, -1, -1, 2, 0].map(Decimal::from));
    assert_eq!(diff.delta.expect("a plan has two sides").known, Decimal::ONE);
}

/// A no-op shares one estimate: even what is not known in it stays as it is.
#[test]
fn a_shared_estimate_differs_by_exactly_zero() {
    let path = SmolStr::from("self.size");
    let unknown = line("a", Monthly::Unknown(Reason::AfterApply(path.clone())), Quantity::Unknown(path));
    let shared = Arc::new(estimate(vec![unknown]));
    let mut same = change("x.y", Action::NoOp, None, None);
    (same.before, same.after) = (Some(shared.clone()), Some(shared));
    let diff = compare(&plan(vec![same]), &usd());
    assert_eq!(diff.changes[0].fate, Fate::Same);
    assert!(diff.delta.expect("a plan has two sides").is_zero());
}

#[test]
fn a_stanza_that_fails_makes_an_unknown_delta() {
    let broken = || Some(Estimate { status: Status::Unpriced, ..estimate(Vec::new()) });
    let priced = plan(vec![
        change("x.create", Action::Create, None, broken()),
        change("x.same", Action::NoOp, broken(), broken()),
        change("x.update", Action::Update, broken(), broken()),
    ]);
    let diff = compare(&priced, &usd());
    let fates: Vec<Fate> = diff.changes.iter().map(|change| change.fate).collect();
    assert_eq!(fates, [Fate::Added, Fate::Same, Fate::Changed]);
    assert_eq!(diff.delta.expect("a plan has two sides").unknown_lines, 2);
}

#[test]
fn nothing_in_a_state_is_new() {
    let mut state = plan(vec![change("x.y", Action::NoOp, None, Some(estimate(vec![known("a", 100)])))]);
    state.has_before = false;
    let diff = compare(&state, &usd());
    assert_eq!((diff.changes[0].fate, diff.changes[0].delta.is_zero()), (Fate::Same, true));
    assert_eq!((diff.past, diff.delta), (None, None));
}
