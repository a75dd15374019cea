//! What `plan-cost` and `explain` share: options become an estimator, paths become priced projects.

use smol_str::SmolStr;

use super::audit::Audit;
use super::baseline::{Baselines, Current};
use super::documents::Input;
use super::knowledge::Known;
use super::many::Names;
use super::modules::{Modules, missing_copies};
use super::own_prices;
use super::progress::Progress;
use super::{PricingOptions, clock, load_catalog_partly};
use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::OnceLock;

use crate::catalog::schema::Schema;
use crate::catalog::{Catalog, Entitled, overlay};
use crate::config::{Config, Rule};
use crate::diff;
use crate::estimate::{Alike, Estimator, PricedPlan};
use crate::fetch::Objects;
use crate::input::module::{Given, Moves};
use crate::input::{PlanSources, Sources};
use crate::model::{Address, Object, Plan, Problem, Severity};
use crate::place::{self, Placement, Placing};
use crate::price::Book;
use crate::report::{self, ProjectInput};
use crate::rules::{self, Judge, Judgement};
use crate::usage::UsageFile;

/// The configuration that is taken without being named.
const CONFIG: &str = "lepton.hcl";

/// Everything that stands before the first input is read.
pub(super) struct Pricing {
    catalog: Catalog,
    book: Book,
    /// The oldest and the newest day of the book, without the user's own.
    book_dates: (SmolStr, SmolStr),
    usage: Option<UsageFile>,
    warnings: Vec<Problem>,
    region: Option<SmolStr>,
    is_strict: bool,
    wants_tags: bool,
    config: Config,
    broken: Vec<Problem>,
    has_builtin_rules: bool,
    today: String,
    given: Given,
    modules: Modules,
    is_quiet: bool,
    objects: Objects,
    /// What plans of a run share, where there are many.
    alike: OnceLock<Alike>,
}

/// What was read of the paths given.
#[derive(Default)]
pub(super) struct Read {
    /// What could be read, in the order given.
    pub(super) projects: Vec<Project>,
    /// The problems of what could not.
    pub(super) errors: Vec<Problem>,
    /// The names of projects that could not.
    pub(super) broken: Vec<String>,
    /// The paths of files that could not.
    pub(super) unread: Vec<String>,
}

/// One input that was read.
pub(super) struct Project {
    pub(super) name: String,
    pub(super) path: String,
    pub(super) plan: Plan,
    /// The files that it was read from, if it is a folder.
    pub(super) sources: Option<Sources>,
    /// The files that a saved plan holds.
    pub(super) saved: Option<PlanSources>,
    /// Which addresses its resources had before.
    pub(super) moves: Moves,
}

impl Pricing {
    /// Reads what the options name. `wants_tags`: whether some output shows tags and accounts.
    pub(super) fn prepare(options: &PricingOptions, wants_tags: bool, audit: &mut Audit) -> Result<Self, Vec<Problem>> {
        let (catalog, mut broken) = load_catalog_partly(&options.catalog)?;
        let (mut config, mistakes) = load_config(options.config.as_deref())?;
        broken.extend(mistakes);
        if let Some(source) = &config.source {
            audit.bytes("config", source.name(), source.text().as_bytes());
        }
        options.usage_file.iter().for_each(|path| audit.file("usage", path));
        let (errors, mut warnings): (Vec<_>, Vec<_>) =
            rules::check_codes(&config).into_iter().partition(|problem| problem.severity() == Severity::Error);
        broken.extend(errors);
        warnings.extend(missing_copies(&config));
        let usage = match &options.usage_file {
            None => None,
            Some(path) => {
                let (usage, problems) = UsageFile::read(path)?;
                warnings.extend(problems);
                warnings.extend(usage.unknown_keys(&|kind| match catalog.find(kind) {
                    Entitled::Stanza(stanza) => Some(stanza.usage.clone()),
                    Entitled::Free => Some(Object::default()),
                    Entitled::Unsupported | Entitled::Broken(_) => None,
                }));
                Some(usage)
            }
        };
        let today = clock::today();
        let exchanges = own_prices::rates(&config, &today, audit)?;
        config.terms.exchanges.extend(exchanges);
        let book = options.prices.book().map_err(|problem| vec![problem])?;
        let book_dates = book.as_of();
        let book = own_prices::books(&config, book, audit)?;
        audit.book(&book);
        // A later block wins over an earlier one, and the first that fits is taken.
        let instances = config.instances.iter().rev().map(|said| (said.on.clone(), said.count)).collect();
        Ok(Self {
            catalog,
            book,
            book_dates,
            usage,
            warnings,
            region: options.region.clone(),
            is_strict: options.strict_prices,
            wants_tags,
            config,
            broken,
            has_builtin_rules: !options.no_rules,
            today,
            modules: Modules::new(&options.fetching).map_err(|problem| vec![problem])?,
            objects: Objects::default(),
            alike: OnceLock::new(),
            given: Given { instances, ..options.variables.given() },
            is_quiet: false,
        })
    }

    /// Itself, without a bar that shows the progress.
    pub(super) fn quietly(self, is_quiet: bool) -> Self {
        Self { is_quiet, ..self }
    }

    /// The progress of a step over so many inputs.
    pub(super) fn progress(&self, verb: &'static str, inputs: usize) -> Progress {
        Progress::new(verb, inputs, self.is_quiet)
    }

    /// The mistakes in the user's stanzas and in what judges costs: nothing of these was used.
    pub(super) fn broken(&self) -> &[Problem] {
        &self.broken
    }

    /// Itself, unless something in it is broken.
    pub(super) fn whole(self) -> Result<Self, Vec<Problem>> {
        if self.broken.is_empty() { Ok(self) } else { Err(self.broken) }
    }

    /// What the configuration and the usage file give cause to say.
    pub(super) fn warnings(&self) -> Vec<Problem> {
        self.warnings.clone()
    }

    /// Reads every path; patterns are expanded, and one broken input does not lose the others.
    pub(super) fn read(&self, paths: &[String], role: &'static str, audit: &mut Audit) -> Read {
        self.read_inputs(self.inputs(paths), role, audit)
    }

    /// Reads every input, and keeps them all.
    pub(super) fn read_inputs(
        &self,
        inputs: Vec<Result<Input, Problem>>,
        role: &'static str,
        audit: &mut Audit,
    ) -> Read {
        let progress = self.progress("reading", inputs.len());
        let mut read = Read::default();
        for input in inputs {
            read.add(match input {
                Ok(input) => self.open(input, role, audit),
                Err(problem) => Err(problem).into(),
            });
            progress.step();
        }
        drop(progress);
        let mut names = Names::default();
        for project in &mut read.projects {
            project.name = names.apart(std::mem::take(&mut project.name));
        }
        read
    }

    /// What `lepton.hcl` says.
    pub(super) fn config(&self) -> &Config {
        &self.config
    }

    /// Lets plans share what costs the same in them.
    pub(super) fn share(&self) {
        self.alike.get_or_init(Alike::default);
    }

    /// What reads from object stores.
    pub(super) fn objects(&self) -> &Objects {
        &self.objects
    }

    /// All built-in rules, unless they are switched off.
    pub(super) fn all_rules(&self) -> Result<Vec<Rule>, Vec<Problem>> {
        if self.has_builtin_rules { rules::all_builtin_rules() } else { Ok(Vec::new()) }
    }

    /// The built-in rules that concern some projects, unless they are switched off.
    pub(super) fn rules(&self, projects: &[Project]) -> Result<Vec<Rule>, Vec<Problem>> {
        if !self.has_builtin_rules {
            return Ok(Vec::new());
        }
        let changes = projects.iter().flat_map(|project| project.plan.changes.iter());
        let kinds: HashSet<&str> = changes.filter_map(|change| Some(change.after.as_ref()?.kind.as_str())).collect();
        rules::builtin_rules(&kinds)
    }

    /// What the inputs of `--compare-to` say things cost.
    pub(super) fn baselines(
        &self,
        paths: &[String],
        current: Current<'_>,
        wants_findings: bool,
        audit: &mut Audit,
    ) -> Result<Baselines, Vec<Problem>> {
        Baselines::read(self, paths, current, wants_findings, audit)
    }

    /// All findings of a run, with budgets and suppressions.
    pub(super) fn conclude(&self, judged: &mut [Judgement]) -> Vec<rules::Finding> {
        rules::conclude(&self.config, judged, &self.currency(), &self.today)
    }

    /// Applies suppressions to what came up since, and says which are used up.
    pub(super) fn finish(&self, findings: &mut Vec<rules::Finding>) {
        let meant = self.suppress(findings);
        findings.extend(self.used_up(&meant));
    }

    /// Applies suppressions; gives how many findings each is meant for.
    pub(super) fn suppress(&self, findings: &mut [rules::Finding]) -> Vec<usize> {
        rules::suppress(&self.config, findings, &self.today);
        rules::meant(&self.config, findings)
    }

    /// What is to be said of suppressions that are meant for so many findings.
    pub(super) fn used_up(&self, meant: &[usize]) -> Vec<rules::Finding> {
        rules::used_up(&self.config, meant, &self.today)
    }

    pub(super) fn currency(&self) -> SmolStr {
        self.config.currency_or_default().into()
    }

    /// What judges by the user's rules and some built-in ones.
    pub(super) fn judge<'j>(&'j self, builtins: &'j [Rule]) -> Judge<'j> {
        Judge::new(&self.config, builtins, &self.today)
    }

    /// Prices a project, compares its sides, and judges it.
    ///
    /// The last plan of a run is not freed, unless it is large: the process is about to end, and would only return the
    /// memory later.
    pub(super) fn project(
        &self,
        project: Project,
        index: usize,
        judge: &Judge<'_>,
        baseline: Option<Vec<diff::Existing>>,
        is_last: bool,
    ) -> (ProjectInput, Judgement) {
        let Project { name, path, plan, moves, .. } = project;
        let (priced, diff, judgement) = self.with_estimator(&plan, false, |estimator| {
            let mut priced = estimator.price_plan(&plan);
            let mut positions = None;
            if let Some(baseline) = baseline {
                let earlier = |address: &Address| moves.earlier(address);
                diff::find_moved(&mut priced, &baseline, &earlier);
                let (compared, found) = diff::against(priced, baseline, &estimator.currency);
                (priced, positions) = (compared, Some(found));
            }
            let diff = diff::compare(&priced, &estimator.currency);
            let positions = positions.as_deref();
            let subject = rules::Project { index, name: &name, plan: &plan, priced: &priced, positions, diff: &diff };
            let judgement = judge.judge(&subject, estimator);
            (priced, diff, judgement)
        });
        /// The memory of a larger plan is needed for the report.
        const SMALL: usize = 10_000;
        if is_last && plan.changes.len() < SMALL {
            std::mem::forget(plan);
        }
        (ProjectInput { name, path, priced, diff }, judgement)
    }

    /// Prices a plan; with a trace for `explain`.
    pub(super) fn price(&self, plan: &Plan, wants_trace: bool) -> PricedPlan {
        self.with_estimator(plan, wants_trace, |estimator| estimator.price_plan(plan))
    }

    /// Where the work of a project could run.
    pub(super) fn place(&self, project: &Project) -> Result<Placement, Vec<Problem>> {
        let plan = &project.plan;
        self.with_estimator(plan, false, |estimator| {
            let priced = estimator.price_plan(plan);
            let (config, today) = (&self.config, self.today.as_str());
            let all_hours = &rules::all_hours(&project.name, plan, &priced, estimator, config, today)?;
            place::place(&Placing { plan, priced: &priced, estimator, config, today, all_hours })
        })
    }

    /// Where a module is that no local path leads to.
    pub(super) fn find_module(&self, source: &str, version: Option<&str>, is_installed: bool) -> Option<PathBuf> {
        self.modules.find(&self.config, source, version, is_installed)
    }

    /// Why modules could not be fetched, each told once.
    pub(super) fn unfetched(&self) -> Vec<Problem> {
        self.modules.take_problems()
    }

    /// What the variables of a configuration are given.
    pub(super) fn given(&self) -> &Given {
        &self.given
    }

    /// What the catalog knows, for configurations without a plan.
    pub(super) fn known(&self) -> Known<'_> {
        Known { catalog: &self.catalog, schema: Schema::embedded() }
    }

    /// Runs something with what prices a plan.
    pub(super) fn with_estimator<T>(&self, plan: &Plan, wants_trace: bool, run: impl FnOnce(&Estimator<'_>) -> T) -> T {
        let usage = |kind: &str, address: &Address| {
            let given = self.usage.as_ref().map(|usage| usage.for_resource(kind, address)).unwrap_or_default();
            // The usage file speaks of the resource; `lepton.hcl` only of what to assume without it, and a data source of
            // what is likely.
            let given = match self.config.usage.is_empty() {
                true => given,
                false => overlay(&self.config.usage_of(address), &given),
            };
            match plan.assumed_usage.get(address) {
                Some(assumed) => overlay(assumed, &given),
                None => given,
            }
        };
        let estimator = Estimator {
            catalog: &self.catalog,
            book: &self.book,
            usage: &usage,
            region: self.region.clone(),
            is_strict: self.is_strict,
            currency: self.currency(),
            terms: &self.config.terms,
            wants_trace,
            wants_tags: self.wants_tags,
            // A trace names its own resource.
            alike: self.alike.get().filter(|_| !wants_trace),
        };
        run(&estimator)
    }

    /// What a report says of the book and the currency.
    pub(super) fn report_options(&self) -> report::Options {
        let (oldest, newest) = self.book_dates.clone();
        report::Options {
            currency: self.currency(),
            book_oldest: oldest,
            book_newest: newest,
            max_age: self.max_age(),
            ..Default::default()
        }
    }

    /// That the book is too old to stand without a word.
    pub(super) fn old_book(&self) -> Option<Problem> {
        let (max_age, (_, newest)) = (self.max_age()?, &self.book_dates);
        let message = format!("the price book is older than {} days: its newest prices are of {newest}", max_age.days);
        let problem = Problem::warning("lepton::prices::old", message);
        max_age.is_exceeded(newest).then(|| problem.help("`lepton catalog refresh` writes a newer one"))
    }

    /// From which day on prices are too old to stand without a word.
    pub(super) fn max_age(&self) -> Option<report::MaxAge> {
        /// Unless the configuration says another.
        const DAYS: u32 = 365;
        let said = self.config.prices.max_age_days;
        let days = said.unwrap_or(DAYS);
        let today = self.today.parse::<chrono::NaiveDate>().ok()?;
        let before = today.checked_sub_days(chrono::Days::new(days.into()))?;
        (days > 0).then(|| report::MaxAge { days, before: before.to_string().into(), is_said: said.is_some() })
    }
}

impl Read {
    pub(super) fn add(&mut self, other: Self) {
        self.projects.extend(other.projects);
        self.errors.extend(other.errors);
        self.broken.extend(other.broken);
        self.unread.extend(other.unread);
    }
}

impl From<Result<Project, Problem>> for Read {
    fn from(result: Result<Project, Problem>) -> Self {
        match result {
            Ok(project) => Self { projects: vec![project], ..Self::default() },
            Err(problem) => Self { errors: vec![problem], ..Self::default() },
        }
    }
}

/// The path of a folder without what says nothing: `infra` of `./infra/`.
pub(super) fn plain(path: &str) -> &str {
    let mut cut = path.trim_end_matches('/');
    while let Some(rest) = cut.strip_prefix("./") {
        cut = rest.trim_start_matches('/');
    }
    match (cut.is_empty(), path.starts_with('/')) {
        (true, true) => "/",
        (true, false) => ".",
        (false, _) => cut,
    }
}

/// The configuration named, else `lepton.hcl` beside the caller, else none; with the mistakes in what judges costs.
pub(super) fn load_config(path: Option<&std::path::Path>) -> Result<(Config, Vec<Problem>), Vec<Problem>> {
    match path {
        Some(path) => Config::read_path_partly(path),
        None if std::path::Path::new(CONFIG).is_file() => Config::read_path_partly(std::path::Path::new(CONFIG)),
        None => Ok((Config::default(), Vec::new())),
    }
}
