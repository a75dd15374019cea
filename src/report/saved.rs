//! Reads a `lepton/1` report back: to compare with it, and to post it elsewhere.

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;
use serde::Deserialize;
use serde::de::IgnoredAny;
use smol_str::SmolStr;

use super::placement::PlacementView;
use super::view::{MaxAge, Options, ProjectInput, Report};
use crate::diff;
use crate::estimate::{
    Estimate, Item, Line, Monthly, PricedChange, PricedPlan, Quantity, Reason, Status, UnitPrice, Why,
};
use crate::model::{
    self, Action, Address, Declaration, InputKind, Problem, Region, RegionOrigin, Severity, Source, Span,
};
use crate::price::{Money, Price, Provenance, Tier};
use crate::rules::{Finding, FoundBy, Origin, Place, RuleDocs, Saving, Suppressed};

/// No file that a finding points at has more lines.
const MOST_LINES: usize = 1_000_000;

/// A report read back.
#[derive(Debug)]
pub struct SavedReport {
    /// The currency of its amounts.
    pub currency: SmolStr,
    /// The report.
    pub report: Report,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Root {
    currency: SmolStr,
    prices: SavedPrices,
    projects: Vec<SavedProject>,
    #[serde(default)]
    usage_file: Option<String>,
    #[serde(default)]
    unread: Vec<String>,
    #[serde(default)]
    verdict: SavedVerdict,
    #[serde(default)]
    findings: Vec<SavedFinding>,
    #[serde(default)]
    savings: Vec<SavedSaving>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SavedPrices {
    oldest: SmolStr,
    newest: SmolStr,
    #[serde(default)]
    max_age_days: Option<u32>,
    #[serde(default)]
    old_before: Option<SmolStr>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct SavedVerdict {
    fail_on: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SavedProject {
    name: String,
    #[serde(default)]
    path: String,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    terraform_version: Option<SmolStr>,
    #[serde(default = "yes")]
    complete: bool,
    #[serde(default)]
    past: Option<IgnoredAny>,
    #[serde(default)]
    placement: Option<PlacementView>,
    resources: Vec<SavedResource>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SavedResource {
    address: String,
    #[serde(default)]
    previous_address: Option<String>,
    #[serde(default)]
    deposed: Option<SmolStr>,
    #[serde(default)]
    imported: bool,
    #[serde(default)]
    declared: Option<SavedDeclaration>,
    #[serde(rename = "type")]
    kind: SmolStr,
    provider: SmolStr,
    #[serde(default)]
    action: String,
    status: String,
    #[serde(default)]
    before: Option<SavedSide>,
    #[serde(default)]
    after: Option<SavedSide>,
}

#[derive(Deserialize)]
struct SavedDeclaration {
    #[serde(flatten)]
    at: SavedLinePlace,
    #[serde(default)]
    call: Option<SavedLinePlace>,
}

#[derive(Deserialize)]
struct SavedLinePlace {
    file: String,
    line: usize,
}

impl SavedDeclaration {
    fn declaration(self) -> Declaration {
        let line = |place: SavedLinePlace| model::Line { file: place.file.into(), number: place.line };
        Declaration { at: line(self.at), call: self.call.map(line) }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SavedSide {
    region: Option<SmolStr>,
    #[serde(default)]
    region_origin: Option<String>,
    #[serde(default)]
    account: Option<SmolStr>,
    #[serde(default)]
    tags: BTreeMap<SmolStr, SmolStr>,
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
    #[serde(default)]
    list_cost: Option<Decimal>,
    #[serde(default)]
    effective_cost: Option<Decimal>,
    reason: Option<SavedReason>,
    usage_based: bool,
    note: Option<SmolStr>,
    #[serde(default)]
    stanza: SmolStr,
    #[serde(default)]
    prices: Vec<SavedPrice>,
    #[serde(default)]
    terms: Vec<SmolStr>,
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

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SavedPrice {
    row: String,
    file: SmolStr,
    source: SmolStr,
    as_of: SmolStr,
    region: SmolStr,
    exact_region: bool,
}

#[derive(Deserialize)]
struct SavedFinding {
    code: SmolStr,
    severity: String,
    origin: String,
    project: Option<String>,
    address: Option<String>,
    title: SmolStr,
    message: String,
    file: Option<String>,
    line: Option<usize>,
    saving: Option<SavedFindingSaving>,
    #[serde(default)]
    url: Option<SmolStr>,
    #[serde(default)]
    suppressed: Option<SavedSuppressed>,
    #[serde(default)]
    known: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SavedFindingSaving {
    monthly: Decimal,
    usage_lines: usize,
    unknown_lines: usize,
}

#[derive(Deserialize)]
struct SavedSuppressed {
    reason: String,
    until: Option<SmolStr>,
    by: Option<SmolStr>,
}

#[derive(Deserialize)]
struct SavedSaving {
    project: String,
    address: String,
    monthly: Decimal,
}

fn yes() -> bool {
    true
}

/// Reads a report; `None` if the text is something else.
pub fn read_report(label: &str, text: &str) -> Option<Result<SavedReport, Problem>> {
    #[derive(Deserialize)]
    struct Head {
        schema: Option<String>,
    }
    let schema = serde_json::from_str::<Head>(text).ok()?.schema?;
    if schema != "lepton/1" {
        let message = format!("{label} is a report of the format `{schema}`, which this version does not read");
        return Some(Err(Problem::error("lepton::report::version", message).help("make it again with this version")));
    }
    let broken = |error: serde_json::Error| {
        let message = format!("{label} is no whole report: line {}, column {}", error.line(), error.column());
        Problem::error("lepton::report::shape", message).help("make it again with `--format json`")
    };
    Some(serde_json::from_str::<Root>(text).map_err(broken).map(Root::report))
}

impl Root {
    fn report(self) -> SavedReport {
        let currency = self.currency;
        let names: Vec<String> = self.projects.iter().map(|project| project.name.clone()).collect();
        let position = |name: &str| names.iter().position(|other| other == name);
        let options = Options {
            show_free: false,
            usage_file: self.usage_file,
            currency: currency.clone(),
            book_oldest: self.prices.oldest,
            book_newest: self.prices.newest,
            max_age: self.prices.max_age_days.zip(self.prices.old_before).map(|(days, before)| MaxAge {
                days,
                before,
                is_said: true,
            }),
            fail_on: self.verdict.fail_on.as_deref().map(severity),
        };
        let mut placements = Vec::new();
        let mut input = |mut project: SavedProject| {
            placements.push(project.placement.take());
            project.input(&currency)
        };
        let projects = self.projects.into_iter().map(&mut input).collect();
        let mut report = Report::new(projects, options);
        report.placements = placements;
        report.unread = self.unread;
        report.findings = self
            .findings
            .into_iter()
            .map(|finding| {
                let project = finding.project.as_deref().and_then(position);
                finding.finding(project)
            })
            .collect();
        let saving =
            |saving: SavedSaving| Some((position(&saving.project)?, Address::new(saving.address), saving.monthly));
        report.savings = self.savings.into_iter().filter_map(saving).collect();
        SavedReport { currency, report }
    }
}

impl SavedProject {
    fn input(self, currency: &SmolStr) -> ProjectInput {
        let priced = PricedPlan {
            kind: match self.kind.as_str() {
                "plan-file" => InputKind::PlanFile,
                "state" => InputKind::State,
                "configuration" => InputKind::Configuration,
                _ => InputKind::PlanJson,
            },
            terraform_version: self.terraform_version,
            has_before: self.past.is_some(),
            complete: self.complete,
            changes: self.resources.into_iter().map(|resource| resource.change(currency)).collect(),
            problems: Vec::new(),
        };
        let diff = diff::compare(&priced, currency);
        ProjectInput { name: self.name, path: self.path, priced, diff }
    }
}

impl SavedResource {
    fn change(self, currency: &SmolStr) -> PricedChange {
        let status = match self.status.as_str() {
            "priced" => Status::Priced,
            "partly" => Status::Partly,
            "usage-dependent" => Status::UsageDependent,
            "free" => Status::Free,
            "unsupported" => Status::Unsupported,
            _ => Status::Unpriced,
        };
        let address = Address::new(self.address);
        let estimate = |side: SavedSide| {
            Arc::new(Estimate {
                address: address.clone(),
                kind: self.kind.clone(),
                provider: self.provider.clone(),
                region: side.region.map(|name| Region {
                    name,
                    origin: match side.region_origin.as_deref() {
                        Some("provider") => RegionOrigin::Provider,
                        Some("option") => RegionOrigin::Option,
                        Some("assumed") => RegionOrigin::Assumed,
                        _ => RegionOrigin::Resource,
                    },
                }),
                status,
                lines: side.lines.into_iter().map(|line| line.line(currency)).collect(),
                account: side.account,
                tags: side.tags.into_iter().collect(),
                problems: Vec::new(),
            })
        };
        PricedChange {
            previous_address: self.previous_address.map(Address::new),
            action: match self.action.as_str() {
                "create" => Action::Create,
                "read" => Action::Read,
                "update" => Action::Update,
                "delete" => Action::Delete,
                "replace" => Action::Replace,
                "forget" => Action::Forget,
                "other" => Action::Other,
                _ => Action::NoOp,
            },
            deposed: self.deposed,
            is_import: self.imported,
            declared: self.declared.map(SavedDeclaration::declaration),
            before: self.before.map(estimate),
            after: self.after.map(estimate),
            address: address.clone(),
        }
    }
}

fn severity(word: &str) -> Severity {
    match word {
        "error" => Severity::Error,
        "warning" => Severity::Warning,
        _ => Severity::Note,
    }
}

impl SavedFinding {
    fn finding(self, project: Option<usize>) -> Finding {
        // A report keeps the line of a place, not its text: as many empty lines stand for it.
        let place = self.file.map(|file| {
            let before = self.line.unwrap_or(1).saturating_sub(1).min(MOST_LINES);
            Place { source: Source::new(file, "\n".repeat(before)), span: Span { start: before, end: before } }
        });
        let by = FoundBy {
            code: self.code,
            severity: severity(&self.severity),
            origin: match self.origin.as_str() {
                "builtin" => Origin::Builtin,
                "budget" => Origin::Budget,
                "suppression" => Origin::Suppression,
                "policy" => Origin::Policy,
                _ => Origin::User,
            },
            title: self.title,
            docs: self.url.map(|url| RuleDocs { url: Some(url), ..RuleDocs::default() }),
        };
        Finding {
            by: Arc::new(by),
            project,
            address: self.address.map(Address::new),
            message: self.message.into(),
            place: place.map(Box::new),
            saving: self.saving.map(|saving| Saving {
                monthly: saving.monthly,
                usage_lines: saving.usage_lines,
                unknown_lines: saving.unknown_lines,
            }),
            patch: None,
            suppressed: self.suppressed.map(|suppressed| {
                Box::new(Suppressed { reason: suppressed.reason, until: suppressed.until, by: suppressed.by })
            }),
            is_known: self.known,
        }
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
        let (file, line) = self.stanza.rsplit_once(':').unwrap_or((&self.stanza, ""));
        let why = Why {
            file: file.into(),
            line: line.parse().unwrap_or(0),
            span: Span::default(),
            prices: self.prices.into_iter().map(|price| (price.price(currency), Decimal::ONE)).collect(),
            terms: self.terms,
            docs: None,
            trace: Vec::new(),
        };
        let item = Item {
            part: self.part,
            component: self.component,
            detail: self.detail,
            unit: self.unit,
            price: if tiers.is_empty() { UnitPrice::Missing(unknown()) } else { UnitPrice::Known(tiers) },
            discount: self.discount.unwrap_or_default(),
            committed: Vec::new(),
            is_usage_based: self.usage_based,
            note: self.note,
            why,
        };
        Line {
            item: Arc::new(item),
            quantity,
            monthly: match self.monthly {
                Some(amount) => Monthly::Exact(Money::new(amount, currency.clone())),
                None => Monthly::Unknown(unknown()),
            },
            list: self.list_cost,
            effective: self.effective_cost,
        }
    }
}

impl SavedPrice {
    fn price(self, currency: &SmolStr) -> Price {
        let source = Provenance {
            id: SmolStr::default(),
            title: self.source,
            as_of: self.as_of,
            currency: currency.clone(),
            file: self.file,
        };
        Price {
            unit: SmolStr::default(),
            tiers: Vec::new(),
            currency: currency.clone(),
            region: self.region,
            is_exact_region: self.exact_region,
            source: Arc::new(source),
            row: self.row,
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
