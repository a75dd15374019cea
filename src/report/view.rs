//! One view of the result: what every renderer shows, computed once.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::placement::PlacementView;
use super::spool::Told;
use crate::diff::{ChangeDiff, CostDiff, Delta, Fate};
use crate::estimate::{Estimate, Line, Monthly, MonthlyTotal, PricedChange, PricedPlan, Reason, Status, UnitPrice};
use crate::model::{Address, Problem, RegionOrigin, Severity, Span};
use crate::price::Currency;
use crate::rules::Finding;

/// A project to report on.
#[derive(Clone, Debug)]
pub struct ProjectInput {
    /// Its name.
    pub name: String,
    /// The file it was read from.
    pub path: String,
    /// Its priced changes.
    pub priced: PricedPlan,
    /// Its sides compared.
    pub diff: CostDiff,
}

/// What a report says of the run.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Whether resources that cost nothing are listed.
    pub show_free: bool,
    /// The usage file, as given.
    pub usage_file: Option<String>,
    /// The currency of every amount.
    pub currency: Currency,
    /// The oldest as-of date of the book's sources.
    pub book_oldest: SmolStr,
    /// The newest.
    pub book_newest: SmolStr,
    /// How old prices may be without a word; `None` for any age.
    pub max_age: Option<MaxAge>,
    /// The level at which a finding fails the gate; `None` if none does.
    pub fail_on: Option<Severity>,
}

/// How old prices may be without a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MaxAge {
    /// How many days.
    pub days: u32,
    /// The day that many days ago, as `YYYY-MM-DD`.
    pub before: SmolStr,
    /// Whether somebody asked: then a report says it of single prices, too, and else only of a whole book.
    pub is_said: bool,
}

impl MaxAge {
    /// Whether a day, or the month or the year of one, is longer ago.
    pub(crate) fn is_exceeded(&self, as_of: &str) -> bool {
        // The last day that it may be.
        const END: &str = "9999-12-31";
        !as_of.is_empty() && format!("{as_of}{}", END.get(as_of.len()..).unwrap_or("")).as_str() < self.before.as_str()
    }
}

/// All of a run's result.
#[derive(Clone, Debug)]
pub struct Report {
    /// The projects, in the order given.
    pub projects: Vec<ProjectInput>,
    /// What is paid now over all projects that have such a side.
    pub past: Option<MonthlyTotal>,
    /// What will be paid.
    pub current: MonthlyTotal,
    /// The difference.
    pub delta: Option<Delta>,
    /// The inputs that could not be read: nothing of them is in any figure.
    pub unread: Vec<String>,
    /// How much of the plan is priced, and how well.
    pub coverage: Coverage,
    /// What rules, budgets and policies found, in order of project and address; the run's own last.
    pub findings: Vec<Finding>,
    /// What following the warnings and errors of a resource together would save a month: project, address, amount.
    pub savings: Vec<(usize, Address, Decimal)>,
    /// What is left of projects whose resources and findings are written already.
    pub told: Told,
    /// Where the work of each project could run, where that was asked for.
    pub placements: Vec<Option<PlacementView>>,
    /// What the report says of the run.
    pub options: Options,
}

/// How much of the plan is priced, and how well.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Resources by how far they are priced.
    pub by_status: BTreeMap<Status, usize>,
    /// Types without a stanza, with how many resources each has.
    pub unsupported: BTreeMap<SmolStr, usize>,
    /// Types with a price that the book lacks, with how many resources each has.
    pub unpriced: BTreeMap<SmolStr, usize>,
    /// Lines whose price is from their own region.
    pub exact_lines: usize,
    /// Lines whose price is from another region, by region asked and region taken.
    pub fallbacks: BTreeMap<(SmolStr, SmolStr), usize>,
    /// Resources whose region nothing says, by the region assumed.
    pub assumed_regions: BTreeMap<SmolStr, Named>,
    /// Resources that took their region from `--region`.
    pub option_regions: Named,
    /// What stanzas assumed where the plan says nothing, with how many lines each concerns.
    pub assumptions: BTreeMap<SmolStr, usize>,
    /// Discounts and exchange rates in words, with how many lines each was applied to.
    pub terms: BTreeMap<SmolStr, usize>,
    /// Lines at spot prices, by the day of these.
    pub spot: BTreeMap<SmolStr, usize>,
    /// What priced lines cost together.
    pub cost: Decimal,
    /// Of it, what rests on prices that are older than they may be.
    pub old_cost: Decimal,
    /// The oldest of these prices.
    pub oldest: Option<SmolStr>,
    /// Resources with a cost that leave the state, but go on costing.
    pub forgotten: usize,
    /// Resources whose cost begins, ends or changes.
    pub changed: usize,
}

/// Resources, of which the first are named.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Named {
    /// The first of them.
    pub first: Vec<Address>,
    /// How many there are.
    pub count: usize,
}

impl Named {
    /// How many are named.
    const MOST: usize = 3;

    fn add(&mut self, address: &Address) {
        self.merge(Self { first: vec![address.clone()], count: 1 });
    }

    fn merge(&mut self, other: Self) {
        let room = Self::MOST - self.first.len();
        self.first.extend(other.first.into_iter().take(room));
        self.count += other.count;
    }
}

impl Coverage {
    /// How many resources have a status.
    pub fn count(&self, status: Status) -> usize {
        self.by_status.get(&status).copied().unwrap_or(0)
    }

    /// How many resources there are.
    pub fn total(&self) -> usize {
        self.by_status.values().sum()
    }

    /// How many lines took a price from another region.
    pub fn fallback_lines(&self) -> usize {
        self.fallbacks.values().sum()
    }

    /// The share of priced lines whose price is from the exact region, in whole percent, rounded down.
    pub fn exact_percent(&self) -> Option<usize> {
        let all = self.exact_lines + self.fallback_lines();
        (self.exact_lines * 100).checked_div(all)
    }

    /// Counts what a project holds.
    pub(super) fn add_project(&mut self, project: &ProjectInput, max_age: Option<&MaxAge>) {
        for (change, diff) in project.pairs() {
            self.changed += usize::from(diff.fate != Fate::Same && !diff.lines.is_empty());
            let Some(estimate) = shown(change) else { continue };
            self.add(estimate, max_age);
            self.forgotten += usize::from(diff.fate == Fate::Forgotten && !estimate.lines.is_empty());
        }
    }

    /// Adds what was counted in other projects.
    pub(super) fn merge(&mut self, other: Self) {
        fn counts<K: Ord>(into: &mut BTreeMap<K, usize>, from: BTreeMap<K, usize>) {
            from.into_iter().for_each(|(key, count)| *into.entry(key).or_default() += count);
        }
        counts(&mut self.by_status, other.by_status);
        counts(&mut self.unsupported, other.unsupported);
        counts(&mut self.unpriced, other.unpriced);
        counts(&mut self.fallbacks, other.fallbacks);
        counts(&mut self.terms, other.terms);
        counts(&mut self.spot, other.spot);
        counts(&mut self.assumptions, other.assumptions);
        for (region, named) in other.assumed_regions {
            self.assumed_regions.entry(region).or_default().merge(named);
        }
        self.option_regions.merge(other.option_regions);
        self.exact_lines += other.exact_lines;
        self.forgotten += other.forgotten;
        self.changed += other.changed;
        self.cost = self.cost.checked_add(other.cost).unwrap_or(self.cost);
        self.old_cost = self.old_cost.checked_add(other.old_cost).unwrap_or(self.old_cost);
        self.oldest = [self.oldest.take(), other.oldest].into_iter().flatten().min();
    }

    fn add(&mut self, estimate: &Estimate, max_age: Option<&MaxAge>) {
        *self.by_status.entry(estimate.status).or_default() += 1;
        if estimate.status == Status::Unsupported {
            *self.unsupported.entry(estimate.kind.clone()).or_default() += 1;
        }
        let is_broken = estimate.status == Status::Unpriced && estimate.lines.is_empty();
        if is_broken || estimate.lines.iter().any(lacks_price) {
            *self.unpriced.entry(estimate.kind.clone()).or_default() += 1;
        }
        for line in estimate.lines.iter() {
            self.add_line(line, estimate);
            self.add_age(line, max_age);
        }
        let Some(region) = estimate.region.as_ref().filter(|_| !estimate.lines.is_empty()) else { return };
        match region.origin {
            RegionOrigin::Assumed => {
                self.assumed_regions.entry(region.name.clone()).or_default().add(&estimate.address);
            }
            RegionOrigin::Option => self.option_regions.add(&estimate.address),
            RegionOrigin::Resource | RegionOrigin::Provider => {}
        }
    }

    fn add_age(&mut self, line: &Line, max_age: Option<&MaxAge>) {
        let (Some(max_age), Monthly::Exact(money)) = (max_age, &line.monthly) else { return };
        let sum = |sum: Decimal| sum.checked_add(money.amount).unwrap_or(sum);
        self.cost = sum(self.cost);
        let days = line.why.prices.iter().map(|(price, _)| &price.source.as_of);
        if let Some(day) = days.filter(|day| max_age.is_exceeded(day)).min() {
            self.old_cost = sum(self.old_cost);
            self.oldest = Some(self.oldest.take().map_or_else(|| day.clone(), |oldest| oldest.min(day.clone())));
        }
    }

    /// The share of the cost that rests on prices that are older than they may be, in whole percent.
    pub fn old_percent(&self) -> Option<Decimal> {
        Some(self.old_cost.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(self.cost)?.round())
    }

    fn add_line(&mut self, line: &Line, estimate: &Estimate) {
        if let Some(said) = line.note.as_deref().and_then(|note| note.strip_prefix("Assumed: ")) {
            *self.assumptions.entry(said.trim_end_matches('.').into()).or_default() += 1;
        }
        if line.why.prices.is_empty() {
            return;
        }
        for term in &line.why.terms {
            *self.terms.entry(term.clone()).or_default() += 1;
        }
        // Every provider calls them so in the key of the price.
        let is_spot = |row: &str| row.contains("Spot") || row.contains("spot");
        if let Some((price, _)) = line.why.prices.iter().find(|(price, _)| is_spot(&price.row)) {
            *self.spot.entry(price.source.as_of.clone()).or_default() += 1;
        }
        match line.why.prices.iter().find(|(price, _)| !price.is_exact_region) {
            None => self.exact_lines += 1,
            Some((price, _)) => {
                let asked = estimate.region.as_ref().map(|region| region.name.clone()).unwrap_or_default();
                *self.fallbacks.entry((asked, price.region.clone())).or_default() += 1;
            }
        }
    }
}

impl Report {
    /// Makes the view of some projects.
    pub fn new(projects: Vec<ProjectInput>, options: Options) -> Self {
        let mut coverage = Coverage::default();
        projects.iter().for_each(|project| coverage.add_project(project, options.max_age.as_ref()));
        let currents = projects.iter().map(|project| &project.diff.current);
        let current = currents.fold(MonthlyTotal::default(), MonthlyTotal::and);
        let pasts: Vec<&MonthlyTotal> = projects.iter().filter_map(|project| project.diff.past.as_ref()).collect();
        let past = (!pasts.is_empty()).then(|| pasts.into_iter().fold(MonthlyTotal::default(), MonthlyTotal::and));
        let mut delta: Option<Delta> = None;
        for project in &projects {
            if let Some(project) = &project.diff.delta {
                delta.get_or_insert_with(|| Delta::zero(options.currency.clone())).add(project);
            }
        }
        let placements = projects.iter().map(|_| None).collect();
        let (unread, findings, savings, told) = (Vec::new(), Vec::new(), Vec::new(), Told::default());
        Self { projects, past, current, delta, unread, coverage, findings, savings, told, placements, options }
    }

    /// Several reports as one. They are of one currency, and the gate of the whole fails where one of them would.
    pub fn merged(reports: Vec<Self>) -> Result<Self, Problem> {
        let mut projects = Vec::new();
        let mut findings = Vec::new();
        let mut savings = Vec::new();
        let mut placements = Vec::new();
        let mut unread = Vec::new();
        let mut options: Option<Options> = None;
        for report in reports {
            let first = projects.len();
            projects.extend(report.projects);
            placements.extend(report.placements);
            unread.extend(report.unread);
            findings.extend(
                report
                    .findings
                    .into_iter()
                    .map(|finding| Finding { project: finding.project.map(|at| at + first), ..finding }),
            );
            savings.extend(report.savings.into_iter().map(|(at, address, saving)| (at + first, address, saving)));
            options = Some(match options {
                None => report.options,
                Some(all) if all.currency != report.options.currency => {
                    let text =
                        format!("reports in {} and {} cannot be added up", all.currency, report.options.currency);
                    return Err(Problem::error("lepton::report::currency", text)
                        .help("make them with the same `currency` in lepton.hcl"));
                }
                Some(all) => Options {
                    show_free: all.show_free || report.options.show_free,
                    usage_file: all.usage_file.or(report.options.usage_file),
                    currency: all.currency,
                    book_oldest: all.book_oldest.min(report.options.book_oldest),
                    book_newest: all.book_newest.max(report.options.book_newest),
                    max_age: match (all.max_age, report.options.max_age) {
                        (Some(one), Some(other)) if other.days < one.days => Some(other),
                        (one, other) => one.or(other),
                    },
                    // A level that fails more is lower; none fails nothing.
                    fail_on: match (all.fail_on, report.options.fail_on) {
                        (Some(one), Some(other)) => Some(one.min(other)),
                        (one, other) => one.or(other),
                    },
                },
            });
        }
        let mut merged = Self::new(projects, options.unwrap_or_default());
        merged.findings = findings;
        merged.unread = unread;
        merged.savings = savings;
        merged.placements = placements;
        Ok(merged)
    }

    /// The codes of the findings for which the gate fails.
    pub fn failing(&self) -> impl Iterator<Item = &SmolStr> {
        self.told.failing.iter().chain(self.failing_here().map(|finding| &finding.code))
    }

    /// The findings at hand for which the gate fails.
    pub(super) fn failing_here(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| self.options.fails(finding))
    }

    /// What is wrong with inputs and stanzas, each once, in the order of the projects and their resources.
    pub fn problems(&self) -> Vec<&Problem> {
        let mut seen = BTreeSet::new();
        let of_projects = self.projects.iter().flat_map(ProjectInput::problems);
        self.told.problems.iter().chain(of_projects).filter(|problem| seen.insert(identity(problem))).collect()
    }

    /// The currency of every amount.
    pub fn currency(&self) -> &str {
        &self.options.currency
    }
}

/// What tells a problem from others: its code, its message, and where it is.
pub(super) type Identity = (String, String, Option<(String, Span)>);

/// What tells a problem from others.
pub(super) fn identity(problem: &Problem) -> Identity {
    let place = problem.place().map(|(source, span)| (source.name().to_owned(), span));
    (problem.code().to_owned(), problem.to_string(), place)
}

impl Options {
    /// Whether a finding fails the gate.
    pub(super) fn fails(&self, finding: &Finding) -> bool {
        self.fail_on.is_some_and(|level| finding.reaches(level))
    }
}

impl ProjectInput {
    /// What is wrong with it and with its resources.
    pub(super) fn problems(&self) -> impl Iterator<Item = &Problem> {
        let estimates = self.priced.changes.iter().filter_map(shown);
        self.priced.problems.iter().chain(estimates.flat_map(|estimate| &estimate.problems))
    }

    /// The changes with their comparison.
    pub fn pairs(&self) -> impl Iterator<Item = (&PricedChange, &ChangeDiff)> {
        self.priced.changes.iter().zip(&self.diff.changes)
    }
}

/// The side of a change that is shown: as it will be, or as it was if it ends.
pub(crate) fn shown(change: &PricedChange) -> Option<&Estimate> {
    change.after.as_deref().or(change.before.as_deref())
}

/// Whether a resource is listed: free ones only on demand, unsupported ones are only counted.
pub(crate) fn is_listed(estimate: &Estimate, options: &Options) -> bool {
    match estimate.status {
        Status::Free => options.show_free,
        Status::Unsupported => false,
        _ => true,
    }
}

/// Whether a line costs nothing, for certain: it is left out of tables.
pub(crate) fn is_zero(line: &Line) -> bool {
    matches!(&line.monthly, Monthly::Exact(money) if money.is_zero())
}

/// Whether the book lacks the price of a line.
fn lacks_price(line: &Line) -> bool {
    use Reason::{Currency, NoPrice, NoRegion, NotInRegion};
    matches!(&line.price, UnitPrice::Missing(NoPrice(_) | NotInRegion(_) | NoRegion | Currency(_)))
}
