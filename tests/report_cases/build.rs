//! Makes priced plans in code, for what no plan file gives on demand.

use std::sync::Arc;

use lepton::diff;
use lepton::estimate::{
    Estimate, Item, Line, Monthly, MonthlyTotal, PricedChange, PricedPlan, Quantity, Reason, Status, UnitPrice, Why,
};
use lepton::model::{Action, Address, InputKind, Problem, Region, RegionOrigin, Span};
use lepton::price::{Money, Price, Provenance, Tier, tiers};
use lepton::report::{Options, ProjectInput, Report};
use rust_decimal::Decimal;
use smol_str::SmolStr;

pub const CURRENCY: &str = "EUR";

pub fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

/// A line of a known quantity at prices by tier: `("0", "0.02"), ("100", "0.01")`.
pub fn line(component: &str, unit: &str, quantity: &str, prices: &[(&str, &str)]) -> Line {
    let tiers: Vec<Tier> =
        prices.iter().map(|(from, price)| Tier { from: decimal(from), price: decimal(price) }).collect();
    let parts = tiers::split(decimal(quantity), &tiers).into_iter();
    let cost: Decimal = parts.map(|part| part.quantity * part.price).sum();
    let row = Price {
        unit: unit.into(),
        tiers: tiers.clone(),
        currency: CURRENCY.into(),
        region: "eu-test-1".into(),
        is_exact_region: true,
        source: Arc::new(Provenance {
            id: "list".into(),
            title: "a list of made-up prices".into(),
            as_of: "2026-07-01".into(),
            currency: CURRENCY.into(),
            file: "test.csv".into(),
        }),
        row: format!("test / {component}"),
    };
    let item = Item {
        part: Vec::new(),
        component: component.into(),
        detail: None,
        unit: unit.into(),
        price: UnitPrice::Known(tiers),
        discount: Decimal::ZERO,
        committed: Vec::new(),
        is_usage_based: false,
        note: None,
        why: Why {
            file: "test.hcl".into(),
            line: 7,
            span: Span::default(),
            prices: vec![(row, Decimal::ONE)],
            terms: Vec::new(),
            docs: None,
            trace: Vec::new(),
        },
    };
    Line {
        item: Arc::new(item),
        quantity: Quantity::Known(decimal(quantity)),
        monthly: Monthly::Exact(Money::new(cost, CURRENCY)),
        list: None,
        effective: None,
    }
}

/// What cases change of a line.
pub trait With: Sized {
    fn part(self, part: &[&str]) -> Self;
    fn detail(self, detail: &str) -> Self;
    fn usage(self, keys: &[&str]) -> Self;
    fn after_apply(self, path: &str) -> Self;
    fn missing(self, reason: Reason) -> Self;
    fn priced_in(self, region: &str) -> Self;
    fn discount(self, share: &str) -> Self;
}

impl With for Line {
    fn part(mut self, part: &[&str]) -> Self {
        self.item_mut().part = part.iter().map(|&part| part.into()).collect();
        self
    }

    fn detail(mut self, detail: &str) -> Self {
        self.item_mut().detail = Some(detail.into());
        self
    }

    fn usage(mut self, keys: &[&str]) -> Self {
        let keys: Vec<SmolStr> = keys.iter().map(|&key| key.into()).collect();
        self.quantity = Quantity::Usage(keys.clone());
        self.monthly = Monthly::Unknown(Reason::Usage(keys));
        self.item_mut().is_usage_based = true;
        self
    }

    fn after_apply(mut self, path: &str) -> Self {
        self.quantity = Quantity::Unknown(path.into());
        self.monthly = Monthly::Unknown(Reason::AfterApply(path.into()));
        self
    }

    fn missing(mut self, reason: Reason) -> Self {
        self.item_mut().price = UnitPrice::Missing(reason.clone());
        self.monthly = Monthly::Unknown(reason);
        self.item_mut().why.prices.clear();
        self
    }

    fn priced_in(mut self, region: &str) -> Self {
        for (price, _) in &mut self.item_mut().why.prices {
            price.region = region.into();
            price.is_exact_region = false;
        }
        self
    }

    fn discount(mut self, share: &str) -> Self {
        let share = decimal(share);
        self.item_mut().discount = share;
        if let Monthly::Exact(money) = &mut self.monthly {
            money.amount *= Decimal::ONE - share;
        }
        self
    }
}

pub fn resource(address: &str, lines: Vec<Line>) -> Estimate {
    let address = Address::new(address);
    let total = MonthlyTotal::of(&lines);
    let status = match (lines.len(), &total.known, total.unknown_lines) {
        (0, ..) => Status::Free,
        (_, Some(_), 0) => Status::Priced,
        (_, Some(_), _) => Status::Partly,
        (_, None, 0) => Status::UsageDependent,
        _ => Status::Unpriced,
    };
    Estimate {
        kind: address.local().split('.').next().unwrap().into(),
        address,
        provider: "test".into(),
        region: Some(Region { name: "eu-test-1".into(), origin: RegionOrigin::Provider }),
        status,
        lines: lines.into(),
        account: None,
        tags: Vec::new(),
        problems: Vec::new(),
    }
}

pub fn broken(address: &str, problem: Problem) -> Estimate {
    Estimate { status: Status::Unpriced, problems: vec![problem], ..resource(address, Vec::new()) }
}

pub fn change(action: Action, before: Option<Estimate>, after: Option<Estimate>) -> PricedChange {
    let address = after.as_ref().or(before.as_ref()).unwrap().address.clone();
    PricedChange {
        address,
        previous_address: None,
        action,
        deposed: None,
        is_import: false,
        declared: None,
        before: before.map(Arc::new),
        after: after.map(Arc::new),
    }
}

pub fn create(after: Estimate) -> PricedChange {
    change(Action::Create, None, Some(after))
}

pub fn update(before: Estimate, after: Estimate) -> PricedChange {
    change(Action::Update, Some(before), Some(after))
}

/// A no-op: one estimate on both sides.
pub fn same(estimate: Estimate) -> PricedChange {
    let mut same = change(Action::NoOp, None, Some(estimate));
    same.before = same.after.clone();
    same
}

pub fn plan(name: &str, changes: Vec<PricedChange>) -> ProjectInput {
    project(name, InputKind::PlanJson, changes)
}

pub fn state(name: &str, changes: Vec<PricedChange>) -> ProjectInput {
    project(name, InputKind::State, changes)
}

fn project(name: &str, kind: InputKind, mut changes: Vec<PricedChange>) -> ProjectInput {
    changes.sort_by(|a, b| a.address.cmp(&b.address));
    let has_before = kind == InputKind::PlanJson;
    let priced =
        PricedPlan { kind, terraform_version: None, has_before, complete: true, changes, problems: Vec::new() };
    let diff = diff::compare(&priced, &CURRENCY.into());
    ProjectInput { name: name.into(), path: format!("{name}.json"), priced, diff }
}

pub fn report(projects: Vec<ProjectInput>) -> Report {
    let options = Options {
        currency: CURRENCY.into(),
        book_oldest: "2026-01".into(),
        book_newest: "2026-07-01".into(),
        ..Options::default()
    };
    Report::new(projects, options)
}
