//! lepton's own JSON, `lepton/1`: everything a report says. Adding a field is fine, changing one is a new version.
//!
//! The schema stands in `schema/lepton-1.json`. Amounts are exact decimal strings.

use std::collections::BTreeMap;
use std::io::{self, BufWriter, Write};

use rust_decimal::Decimal;
use serde::Serialize;
use smol_str::SmolStr;

use super::declared::Declared;
use super::findings::severity_word;
use super::json_lists::{Findings, Resources, Savings};
use super::placement::{PlacementView, TotalView};
use super::sums::{Difference, Prices, Total};
use super::view::{ProjectInput, Report};
use super::{RenderOptions, words};
use crate::diff::{ChangeDiff, Fate};
use crate::estimate::{Estimate, Line, Monthly, PricedChange, Quantity, Reason, Status, TierShare, UnitPrice};
use crate::model::{Action, Address, InputKind, Problem, RegionOrigin};
use crate::price::Currency;
use crate::rules::{Finding, Origin};

/// Renders the report.
pub(super) fn render(report: &Report, _options: &RenderOptions) -> String {
    let mut text = pretty(&root(report));
    text.push('\n');
    text
}

/// Writes the report, resource by resource: the text of a large one is not held.
pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    write_pretty(&root(report), out)
}

/// Writes JSON as it is made.
pub(super) fn write_pretty(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    let mut out = BufWriter::new(out);
    serde_json::to_writer_pretty(&mut out, value)?;
    out.write_all(b"\n")?;
    out.flush()
}

fn root(report: &Report) -> Root<'_> {
    let coverage = &report.coverage;
    Root {
        schema: "lepton/1",
        lepton_version: env!("CARGO_PKG_VERSION"),
        currency: report.currency(),
        prices: Prices::of(report),
        usage_file: report.options.usage_file.as_deref(),
        past: report.past.as_ref().map(Total::of),
        current: Total::of(&report.current),
        difference: report.delta.as_ref().map(Difference::of),
        coverage: CoverageOut {
            resources: coverage.total(),
            by_status: coverage.by_status.iter().map(|(status, count)| (status_word(*status), *count)).collect(),
            unsupported_types: &coverage.unsupported,
            unpriced_types: &coverage.unpriced,
            exact_region_lines: coverage.exact_lines,
            fallback_lines: coverage.fallback_lines(),
            exact_region_percent: coverage.exact_percent(),
            region_fallbacks: coverage.fallbacks.iter().map(fallback).collect(),
            assumed_regions: coverage.assumed_regions.iter().map(|(region, all)| (region, all.count)).collect(),
            option_regions: coverage.option_regions.count,
            forgotten: coverage.forgotten,
        },
        unread: &report.unread,
        problems: report.problems().into_iter().map(problem).collect(),
        notes: words::notes(report),
        verdict: Verdict::of(report),
        findings: Findings(report),
        savings: Savings(report),
        placement_total: TotalView::of_report(report),
        projects: report
            .projects
            .iter()
            .zip(&report.placements)
            // Those that are told are written elsewhere.
            .filter(|_| !report.told.is_written)
            .map(|(one, placement)| project(one, placement, &report.options.currency))
            .collect(),
    }
}

pub(super) fn pretty(value: &impl Serialize) -> String {
    serde_json::to_string_pretty(value).expect("the layout has text keys only")
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Root<'r> {
    schema: &'static str,
    lepton_version: &'static str,
    currency: &'r str,
    prices: Prices<'r>,
    usage_file: Option<&'r str>,
    past: Option<Total>,
    current: Total,
    difference: Option<Difference>,
    coverage: CoverageOut<'r>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    unread: &'r [String],
    problems: Vec<ProblemOut<'r>>,
    notes: Vec<String>,
    verdict: Verdict<'r>,
    findings: Findings<'r>,
    savings: Savings<'r>,
    #[serde(skip_serializing_if = "Option::is_none")]
    placement_total: Option<TotalView>,
    projects: Vec<Project<'r>>,
}

/// Whether the gate holds.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Verdict<'r> {
    passed: bool,
    fail_on: Option<&'static str>,
    failing: Vec<&'r str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct FindingOut<'r> {
    code: &'r str,
    severity: &'static str,
    origin: &'static str,
    project: Option<&'r str>,
    address: Option<&'r str>,
    title: &'r str,
    message: &'r str,
    file: Option<&'r str>,
    line: Option<usize>,
    saving: Option<FindingSaving>,
    confidence: Option<&'r str>,
    effort: Option<&'r str>,
    restart: Option<bool>,
    rollback: Option<bool>,
    url: Option<&'r str>,
    suppressed: Option<SuppressedOut<'r>>,
    known: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct FindingSaving {
    monthly: String,
    usage_lines: usize,
    unknown_lines: usize,
}

#[derive(Serialize)]
struct SuppressedOut<'r> {
    reason: &'r str,
    until: Option<&'r str>,
    by: Option<&'r str>,
}

/// What following the warnings and errors of a resource together would save.
#[derive(Serialize)]
pub(super) struct SavingOut<'r> {
    project: &'r str,
    address: &'r str,
    monthly: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct CoverageOut<'r> {
    resources: usize,
    by_status: BTreeMap<&'static str, usize>,
    unsupported_types: &'r BTreeMap<SmolStr, usize>,
    unpriced_types: &'r BTreeMap<SmolStr, usize>,
    exact_region_lines: usize,
    fallback_lines: usize,
    exact_region_percent: Option<usize>,
    region_fallbacks: Vec<FallbackOut<'r>>,
    assumed_regions: BTreeMap<&'r SmolStr, usize>,
    option_regions: usize,
    forgotten: usize,
}

#[derive(Serialize)]
struct FallbackOut<'r> {
    asked: &'r str,
    taken: &'r str,
    lines: usize,
}

#[derive(Serialize)]
struct ProblemOut<'r> {
    code: &'static str,
    severity: &'static str,
    message: String,
    help: Option<&'r str>,
    file: Option<&'r str>,
    line: Option<usize>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Project<'r> {
    name: &'r str,
    path: &'r str,
    kind: &'static str,
    terraform_version: Option<&'r str>,
    complete: bool,
    past: Option<Total>,
    current: Total,
    difference: Option<Difference>,
    modules: Vec<ModuleOut<'r>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    placement: Option<&'r PlacementView>,
    resources: Resources<'r>,
}

/// The sums of a module, without those of the modules within it.
#[derive(Serialize)]
struct ModuleOut<'r> {
    module: &'r str,
    past: Option<Total>,
    current: Total,
    difference: Option<Difference>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Resource<'r> {
    address: &'r str,
    #[serde(skip_serializing_if = "Option::is_none")]
    previous_address: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    deposed: Option<&'r str>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    imported: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    declared: Option<Declared<'r>>,
    #[serde(rename = "type")]
    kind: &'r str,
    provider: &'r str,
    action: &'static str,
    fate: &'static str,
    status: &'static str,
    difference: Difference,
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<Side<'r>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<Side<'r>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Side<'r> {
    region: Option<&'r str>,
    region_origin: Option<&'static str>,
    account: Option<&'r str>,
    total: Total,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    tags: BTreeMap<&'r str, &'r str>,
    lines: Vec<LineOut<'r>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct LineOut<'r> {
    part: &'r [SmolStr],
    component: &'r str,
    detail: Option<&'r str>,
    unit: &'r str,
    quantity: Option<String>,
    price_tiers: Vec<TierOut>,
    discount: Option<String>,
    monthly: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    list_cost: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    effective_cost: Option<String>,
    /// Why `monthly` is null.
    reason: Option<ReasonOut<'r>>,
    usage_based: bool,
    note: Option<&'r str>,
    stanza: String,
    /// Discounts and exchange, in words.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    terms: &'r [SmolStr],
    prices: Vec<PriceOut<'r>>,
    tiers: Vec<ShareOut>,
}

/// The part of a quantity that costs one price.
#[derive(Serialize)]
struct ShareOut {
    from: String,
    to: Option<String>,
    quantity: String,
    price: String,
}

#[derive(Serialize)]
struct TierOut {
    from: String,
    price: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ReasonOut<'r> {
    kind: &'static str,
    text: String,
    /// The attribute, meter, region or currency meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    subject: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    usage_keys: Option<&'r [SmolStr]>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PriceOut<'r> {
    row: &'r str,
    file: &'r str,
    source: &'r str,
    as_of: &'r str,
    region: &'r str,
    exact_region: bool,
}

pub(super) fn name_of(report: &Report, project: Option<usize>) -> Option<&str> {
    project.map(|at| report.projects[at].name.as_str())
}

pub(super) fn saving_out<'r>(project: &'r str, address: &'r Address, saving: Decimal) -> SavingOut<'r> {
    SavingOut { project, address: address.as_str(), monthly: saving.normalize().to_string() }
}

pub(super) fn finding_out<'r>(project: Option<&'r str>, finding: &'r Finding) -> FindingOut<'r> {
    let docs = finding.docs.as_ref().filter(|docs| !docs.confidence.is_empty());
    FindingOut {
        code: &finding.code,
        severity: severity_word(finding.severity),
        origin: match finding.origin {
            Origin::Builtin => "builtin",
            Origin::User => "user",
            Origin::Budget => "budget",
            Origin::Suppression => "suppression",
            Origin::Policy => "policy",
        },
        project,
        address: finding.address.as_ref().map(|address| address.as_str()),
        title: &finding.title,
        message: &finding.message,
        file: finding.place.as_ref().map(|place| place.source.name()),
        line: finding.place.as_ref().map(|place| place.source.line(place.span)),
        saving: finding.saving.as_ref().map(|saving| FindingSaving {
            monthly: saving.monthly.normalize().to_string(),
            usage_lines: saving.usage_lines,
            unknown_lines: saving.unknown_lines,
        }),
        confidence: docs.map(|docs| docs.confidence.as_str()),
        effort: docs.map(|docs| docs.effort.as_str()),
        restart: docs.map(|docs| docs.restart),
        rollback: docs.map(|docs| docs.rollback),
        url: finding.docs.as_ref().and_then(|docs| docs.url.as_deref()),
        suppressed: finding.suppressed.as_ref().map(|suppressed| SuppressedOut {
            reason: &suppressed.reason,
            until: suppressed.until.as_deref(),
            by: suppressed.by.as_deref(),
        }),
        known: finding.is_known,
    }
}

fn fallback<'r>(((asked, taken), lines): (&'r (SmolStr, SmolStr), &usize)) -> FallbackOut<'r> {
    FallbackOut { asked, taken, lines: *lines }
}

fn problem(problem: &Problem) -> ProblemOut<'_> {
    let place = problem.place();
    ProblemOut {
        code: problem.code(),
        severity: severity_word(problem.severity()),
        message: problem.to_string(),
        help: problem.help_text(),
        file: place.map(|(source, _)| source.name()),
        line: place.map(|(source, span)| source.line(span)),
    }
}

pub(super) fn project<'r>(
    project: &'r ProjectInput,
    placement: &'r Option<PlacementView>,
    currency: &Currency,
) -> Project<'r> {
    Project {
        name: &project.name,
        path: &project.path,
        kind: match project.priced.kind {
            InputKind::PlanJson => "plan",
            InputKind::PlanFile => "plan-file",
            InputKind::State => "state",
            InputKind::Configuration => "configuration",
        },
        terraform_version: project.priced.terraform_version.as_deref(),
        complete: project.priced.complete,
        past: project.diff.past.as_ref().map(Total::of),
        current: Total::of(&project.diff.current),
        difference: project.diff.delta.as_ref().map(Difference::of),
        modules: project
            .diff
            .by_module(&project.priced, currency)
            .into_iter()
            .map(|(module, diff)| ModuleOut {
                module,
                past: diff.past.as_ref().map(Total::of),
                current: Total::of(&diff.current),
                difference: diff.delta.as_ref().map(Difference::of),
            })
            .collect(),
        placement: placement.as_ref(),
        resources: Resources(project),
    }
}

pub(super) fn resource<'r>(change: &'r PricedChange, diff: &'r ChangeDiff) -> Option<Resource<'r>> {
    let shown = super::view::shown(change)?;
    Some(Resource {
        address: change.address.as_str(),
        previous_address: change.previous_address.as_ref().map(|address| address.as_str()),
        deposed: change.deposed.as_deref(),
        imported: change.is_import,
        declared: change.declared.as_ref().map(Declared::of),
        kind: &shown.kind,
        provider: &shown.provider,
        action: action_word(change.action),
        fate: match diff.fate {
            Fate::Added => "added",
            Fate::Removed => "removed",
            Fate::Forgotten => "forgotten",
            Fate::Changed => "changed",
            Fate::Same => "same",
        },
        status: status_word(shown.status),
        difference: Difference::of(&diff.delta),
        before: change.before.as_deref().map(side),
        after: change.after.as_deref().map(side),
    })
}

fn side(estimate: &Estimate) -> Side<'_> {
    Side {
        region: estimate.region.as_ref().map(|region| region.name.as_str()),
        region_origin: estimate.region.as_ref().map(|region| origin_word(region.origin)),
        account: estimate.account.as_deref(),
        total: Total::of(&estimate.monthly()),
        tags: estimate.tags.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect(),
        lines: estimate.lines.iter().map(line).collect(),
    }
}

fn line(line: &Line) -> LineOut<'_> {
    LineOut {
        part: &line.part,
        component: &line.component,
        detail: line.detail.as_deref(),
        unit: &line.unit,
        quantity: match &line.quantity {
            Quantity::Known(quantity) => Some(quantity.normalize().to_string()),
            _ => None,
        },
        price_tiers: match &line.price {
            UnitPrice::Known(tiers) => tiers
                .iter()
                .map(|tier| TierOut {
                    from: tier.from.normalize().to_string(),
                    price: tier.price.normalize().to_string(),
                })
                .collect(),
            UnitPrice::Missing(_) => Vec::new(),
        },
        discount: (!line.discount.is_zero()).then(|| line.discount.normalize().to_string()),
        monthly: match &line.monthly {
            Monthly::Exact(money) => Some(money.amount.normalize().to_string()),
            Monthly::Unknown(_) => None,
        },
        list_cost: line.list.map(|cost| cost.normalize().to_string()),
        effective_cost: line.effective.map(|cost| cost.normalize().to_string()),
        reason: match &line.monthly {
            Monthly::Exact(_) => None,
            Monthly::Unknown(reason) => Some(reason_out(reason)),
        },
        usage_based: line.is_usage_based,
        note: line.note.as_deref(),
        stanza: format!("{}:{}", line.why.file, line.why.line),
        terms: &line.why.terms,
        prices: line
            .why
            .prices
            .iter()
            .map(|(price, _)| PriceOut {
                row: &price.row,
                file: &price.source.file,
                source: &price.source.title,
                as_of: &price.source.as_of,
                region: &price.region,
                exact_region: price.is_exact_region,
            })
            .collect(),
        tiers: line.tiers().iter().map(share).collect(),
    }
}

fn share(share: &TierShare) -> ShareOut {
    let text = |number: Decimal| number.normalize().to_string();
    ShareOut {
        from: text(share.from),
        to: share.to.map(text),
        quantity: text(share.quantity),
        price: text(share.price),
    }
}

fn reason_out(reason: &Reason) -> ReasonOut<'_> {
    let (kind, usage_keys) = match reason {
        Reason::Usage(keys) => ("usage", Some(keys.as_slice())),
        Reason::AfterApply(_) => ("after-apply", None),
        Reason::NoPrice(_) => ("no-price", None),
        Reason::NotInRegion(_) => ("not-in-region", None),
        Reason::NoRegion => ("no-region", None),
        Reason::Currency(_) => ("currency", None),
        Reason::Failed(_) => ("failed", None),
    };
    let subject = match reason {
        Reason::Usage(_) | Reason::NoRegion => None,
        Reason::AfterApply(subject) | Reason::NotInRegion(subject) | Reason::Currency(subject) => {
            Some(subject.as_str())
        }
        Reason::NoPrice(subject) | Reason::Failed(subject) => Some(subject.as_str()),
    };
    ReasonOut { kind, text: words::reason_text(reason), subject, usage_keys }
}

impl<'r> Verdict<'r> {
    pub(super) fn of(report: &'r Report) -> Self {
        Self {
            passed: report.failing().next().is_none(),
            fail_on: report.options.fail_on.map(severity_word),
            failing: report.failing().map(SmolStr::as_str).collect(),
        }
    }
}

pub(super) fn status_word(status: Status) -> &'static str {
    match status {
        Status::Priced => "priced",
        Status::Partly => "partly",
        Status::UsageDependent => "usage-dependent",
        Status::Unpriced => "unpriced",
        Status::Free => "free",
        Status::Unsupported => "unsupported",
    }
}

pub(super) fn origin_word(origin: RegionOrigin) -> &'static str {
    match origin {
        RegionOrigin::Resource => "resource",
        RegionOrigin::Provider => "provider",
        RegionOrigin::Option => "option",
        RegionOrigin::Assumed => "assumed",
    }
}

pub(super) fn action_word(action: Action) -> &'static str {
    match action {
        Action::NoOp => "no-op",
        Action::Create => "create",
        Action::Read => "read",
        Action::Update => "update",
        Action::Delete => "delete",
        Action::Replace => "replace",
        Action::Forget => "forget",
        Action::Other => "other",
    }
}
