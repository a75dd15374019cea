//! Reads an earlier `lepton/1` report back, so that a run can be compared with it.

use std::sync::Arc;

use rust_decimal::Decimal;
use serde::Deserialize;
use smol_str::SmolStr;

use crate::estimate::{Estimate, Line, Monthly, Quantity, Reason, Status, UnitPrice, Why};
use crate::model::{Address, Problem, Region, RegionOrigin, Span};
use crate::price::{Money, Tier};

/// What an earlier report says things cost after its changes.
#[derive(Debug)]
pub struct Baseline {
    /// The currency of its amounts.
    pub currency: SmolStr,
    /// Its projects: name, whether it was complete, resources.
    pub projects: Vec<BaselineProject>,
}

/// A project of an earlier report.
#[derive(Debug)]
pub struct BaselineProject {
    /// Its name.
    pub name: String,
    /// Whether its plan was complete.
    pub complete: bool,
    /// What each resource costs.
    pub estimates: Vec<Arc<Estimate>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Root {
    schema: String,
    currency: SmolStr,
    projects: Vec<Project>,
}

#[derive(Deserialize)]
struct Project {
    name: String,
    #[serde(default = "yes")]
    complete: bool,
    resources: Vec<Resource>,
}

#[derive(Deserialize)]
struct Resource {
    address: String,
    #[serde(rename = "type")]
    kind: SmolStr,
    provider: SmolStr,
    status: String,
    after: Option<Side>,
    deposed: Option<String>,
}

#[derive(Deserialize)]
struct Side {
    region: Option<SmolStr>,
    lines: Vec<SavedLine>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SavedLine {
    part: Vec<SmolStr>,
    component: SmolStr,
    detail: Option<SmolStr>,
    unit: SmolStr,
    quantity: Option<Decimal>,
    price_tiers: Vec<SavedTier>,
    discount: Option<Decimal>,
    monthly: Option<Decimal>,
    reason: Option<SavedReason>,
    usage_based: bool,
    note: Option<SmolStr>,
}

#[derive(Deserialize)]
struct SavedTier {
    from: Decimal,
    price: Decimal,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SavedReason {
    kind: String,
    text: String,
    subject: Option<String>,
    usage_keys: Option<Vec<SmolStr>>,
}

fn yes() -> bool {
    true
}

/// Reads a report; `None` if the text is something else.
pub fn read_baseline(label: &str, text: &str) -> Option<Result<Baseline, Problem>> {
    #[derive(Deserialize)]
    struct Head {
        schema: Option<String>,
    }
    let schema = serde_json::from_str::<Head>(text).ok()?.schema?;
    if schema != "lepton/1" {
        let message = format!("{label} is a report of the format `{schema}`, which this version does not read");
        return Some(Err(Problem::error("lepton::baseline::version", message).help("make it again with this version")));
    }
    let broken = |error: serde_json::Error| {
        let message = format!("{label} is no whole report: line {}, column {}", error.line(), error.column());
        Problem::error("lepton::baseline::shape", message).help("make it again with `--format json`")
    };
    Some(serde_json::from_str::<Root>(text).map_err(broken).map(Root::baseline))
}

impl Root {
    fn baseline(self) -> Baseline {
        debug_assert_eq!(self.schema, "lepton/1");
        let currency = self.currency;
        let project = |project: Project| BaselineProject {
            name: project.name,
            complete: project.complete,
            estimates: project.resources.into_iter().filter_map(|resource| resource.estimate(&currency)).collect(),
        };
        let projects = self.projects.into_iter().map(project).collect();
        Baseline { projects, currency }
    }
}

impl Resource {
    fn estimate(self, currency: &SmolStr) -> Option<Arc<Estimate>> {
        let side = self.after.filter(|_| self.deposed.is_none())?;
        let lines: Vec<Line> = side.lines.into_iter().map(|line| line.line(currency)).collect();
        Some(Arc::new(Estimate {
            address: Address::new(self.address),
            kind: self.kind,
            provider: self.provider,
            region: side.region.map(|name| Region { name, origin: RegionOrigin::Resource }),
            status: match self.status.as_str() {
                "priced" => Status::Priced,
                "partly" => Status::Partly,
                "usage-dependent" => Status::UsageDependent,
                "free" => Status::Free,
                "unsupported" => Status::Unsupported,
                _ => Status::Unpriced,
            },
            lines: lines.into(),
            tags: Vec::new(),
            problems: Vec::new(),
        }))
    }
}

impl SavedLine {
    fn line(self, currency: &SmolStr) -> Line {
        let reason = self.reason.map(SavedReason::reason);
        let quantity = match (self.quantity, &reason) {
            (Some(quantity), _) => Quantity::Known(quantity),
            (None, Some(Reason::Usage(keys))) => Quantity::Usage(keys.clone()),
            (None, Some(Reason::AfterApply(path))) => Quantity::Unknown(path.clone()),
            (None, _) => Quantity::Failed("the earlier report does not know it".into()),
        };
        let tiers = self.price_tiers.into_iter().map(|tier| Tier { from: tier.from, price: tier.price });
        let tiers: Vec<Tier> = tiers.collect();
        let unknown = || reason.clone().unwrap_or_else(|| Reason::Failed("the earlier report does not say".into()));
        Line {
            part: self.part,
            component: self.component,
            detail: self.detail,
            unit: self.unit,
            quantity,
            price: if tiers.is_empty() { UnitPrice::Missing(unknown()) } else { UnitPrice::Known(tiers) },
            discount: self.discount.unwrap_or_default(),
            monthly: match self.monthly {
                Some(amount) => Monthly::Exact(Money::new(amount, currency.clone())),
                None => Monthly::Unknown(unknown()),
            },
            is_usage_based: self.usage_based,
            note: self.note,
            why: Why {
                file: "an earlier report".into(),
                line: 0,
                span: Span::default(),
                prices: Vec::new(),
                terms: Vec::new(),
                tiers: Vec::new(),
                docs: None,
                trace: Vec::new(),
            },
        }
    }
}

impl SavedReason {
    fn reason(self) -> Reason {
        let subject = self.subject.unwrap_or(self.text);
        match self.kind.as_str() {
            "usage" => Reason::Usage(self.usage_keys.unwrap_or_default()),
            "after-apply" => Reason::AfterApply(subject.into()),
            "no-price" => Reason::NoPrice(subject),
            "not-in-region" => Reason::NotInRegion(subject.into()),
            "no-region" => Reason::NoRegion,
            "currency" => Reason::Currency(subject.into()),
            _ => Reason::Failed(subject),
        }
    }
}
