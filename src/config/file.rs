//! A whole `lepton.hcl`.

use std::collections::BTreeMap;
use std::path::Path;

use hcl::edit::Span as _;
use hcl::edit::structure::Block;
use smol_str::SmolStr;

use super::blocks::{self, Budget, Builtin, Suppression, UsageByAddress};
use super::fields::Spanned;
use super::placement::{self, Apart, Commitment, Path as DataPath, Pin, Placement};
use super::projects::{self, Instances, LocalModule, Project};
use super::reader::Reader;
use super::rule::{self, Rule};
use super::shape;
use super::sites::{self, Site};
use super::terms::{self, Prices, Terms};
use super::workloads::{self, Traffic, Workload, WorkloadFacts};
use super::{agreement, committed};
use crate::lang::{Dialect, Lowered, Names, parse_body};
use crate::model::{Address, Object, Problem, Severity, Source, Value};

/// The largest file that is read.
const LARGEST: u64 = 4 << 20;

/// The blocks that judge costs and change none.
const JUDGEMENT: [&str; 4] = ["budget", "rule", "builtin", "suppress"];

/// How a repository wants its plans priced and judged.
#[derive(Debug, Default)]
pub struct Config {
    /// The text, if there is a file.
    pub source: Option<Source>,
    /// The currency of every figure.
    pub currency: Option<SmolStr>,
    /// The level that fails the gate; the inner `None` is `never`.
    pub fail_on: Option<Option<Severity>>,
    /// Whether a resource is part of production, over [`Config::PRODUCTION_NAMES`].
    pub(crate) production: Option<Lowered>,
    /// Limits.
    pub budgets: Vec<Budget>,
    /// The user's rules.
    pub rules: Vec<Rule>,
    /// Changes of built-in rules.
    pub builtins: Vec<Builtin>,
    /// Findings that do not count for a while.
    pub suppressions: Vec<Suppression>,
    /// Discounts, contracted prices and exchange rates.
    pub terms: Terms,
    /// The path of a table of exchange rates, as seen from the folder of the file.
    pub rates: Option<Spanned<SmolStr>>,
    /// Price books of the user's own.
    pub prices: Prices,
    /// Usage figures by address.
    pub usage: Vec<UsageByAddress>,
    /// Root modules by name.
    pub projects: Vec<Project>,
    /// Local copies of modules.
    pub modules: Vec<LocalModule>,
    /// How many instances blocks have.
    pub instances: Vec<Instances>,
    /// Places of the user's own.
    pub sites: Vec<Site>,
    /// Where work may be placed; `None` without the block.
    pub placement: Option<Placement>,
    /// Where workloads must run.
    pub pins: Vec<Pin>,
    /// Workloads that must run at different sites.
    pub apart: Vec<Apart>,
    /// What a plan cannot know of workloads.
    pub workloads: Vec<Workload>,
    /// Data that workloads exchange.
    pub traffic: Vec<Traffic>,
    /// Ways between two places.
    pub paths: Vec<DataPath>,
    /// What is paid providers whether they are used or not.
    pub commitments: Vec<Commitment>,
}

impl Config {
    /// The currency of every figure unless the file says another.
    pub const DEFAULT_CURRENCY: &'static str = "USD";

    /// The names in scope of `production`.
    pub const PRODUCTION_NAMES: [&'static str; 7] = ["address", "module", "type", "project", "tags", "region", "self"];

    /// Reads a file from disk. All mistakes in it are reported.
    pub fn read_path(path: &Path) -> Result<Self, Vec<Problem>> {
        Self::read(&load(path)?)
    }

    /// Reads a file from disk as [`Config::read_partly`] reads a text.
    pub fn read_path_partly(path: &Path) -> Result<(Self, Vec<Problem>), Vec<Problem>> {
        Self::read_partly(&load(path)?)
    }

    /// Reads a text. All mistakes in it are reported.
    pub fn read(source: &Source) -> Result<Self, Vec<Problem>> {
        let (config, problems) = Self::read_partly(source)?;
        if problems.is_empty() { Ok(config) } else { Err(problems) }
    }

    /// Reads a text, without the budgets, rules and the like that have mistakes; those mistakes stand beside it.
    ///
    /// A mistake that may change a price leaves nothing to work with.
    pub fn read_partly(source: &Source) -> Result<(Self, Vec<Problem>), Vec<Problem>> {
        let body = parse_body(source).map_err(|problem| vec![problem])?;
        let mut reader = Reader::new(source);
        reader.check(&body, &shape::FILE, None);
        let mut names = Names::new(Dialect::Stanza);
        for name in Self::PRODUCTION_NAMES {
            names.bind(name);
        }
        let mut config = Self {
            source: Some(source.clone()),
            currency: reader.currency(&body, "currency"),
            rates: reader.spanned_text(&body, "rates"),
            fail_on: reader.severity(&body, "fail_on", true),
            production: reader.expression(&body, "production", &names),
            ..Self::default()
        };
        let mut in_judgement = 0;
        for block in body.blocks() {
            let (before, kept) = (reader.problems.len(), config.judgement());
            config.add(&mut reader, block);
            if JUDGEMENT.contains(&block.ident.as_str()) && reader.problems.len() > before {
                in_judgement += reader.problems.len() - before;
                config.keep(kept);
            }
        }
        config.names_are_distinct(&mut reader, &body);
        terms::check(&config.terms, &mut reader);
        agreement::check(&config, &mut reader);
        if reader.problems.len() > in_judgement { Err(reader.problems) } else { Ok((config, reader.problems)) }
    }

    /// How many budgets, rules, built-in changes and suppressions there are.
    fn judgement(&self) -> [usize; 4] {
        [self.budgets.len(), self.rules.len(), self.builtins.len(), self.suppressions.len()]
    }

    /// Takes away what came after so many.
    fn keep(&mut self, [budgets, rules, builtins, suppressions]: [usize; 4]) {
        self.budgets.truncate(budgets);
        self.rules.truncate(rules);
        self.builtins.truncate(builtins);
        self.suppressions.truncate(suppressions);
    }

    fn add(&mut self, reader: &mut Reader<'_>, block: &Block) {
        match block.ident.as_str() {
            "budget" => self.budgets.push(blocks::budget(reader, block)),
            "rule" => self.rules.extend(rule::read(reader, block)),
            "builtin" => self.builtins.push(blocks::builtin(reader, block)),
            "suppress" => self.suppressions.push(blocks::suppression(reader, block)),
            "discount" => self.terms.discounts.push(terms::discount(reader, block)),
            "contract" => self.terms.contracts.push(terms::contract(reader, block)),
            "exchange" => self.terms.exchanges.push(terms::exchange(reader, block)),
            "prices" => self.add_prices(reader, block),
            "usage" => self.usage.push(blocks::usage(reader, block)),
            "project" => self.projects.extend(projects::project(reader, block)),
            "module" => self.modules.extend(projects::module(reader, block)),
            "instances" => self.instances.extend(projects::instances(reader, block)),
            "site" => self.sites.push(sites::site(reader, block)),
            "placement" => self.add_placement(reader, block),
            "pin" => self.pins.extend(placement::pin(reader, block)),
            "apart" => self.apart.push(placement::apart(reader, block)),
            "workload" => self.workloads.extend(workloads::workload(reader, block)),
            "traffic" => self.traffic.extend(workloads::traffic(reader, block)),
            "path" => self.paths.extend(placement::path(reader, block)),
            "commitment" => {
                self.commitments.extend(placement::commitment(reader, block));
                self.terms.commitments.extend(committed::committed(reader, block));
            }
            _ => {}
        }
    }

    fn add_prices(&mut self, reader: &mut Reader<'_>, block: &Block) {
        let read = terms::prices(reader, block);
        self.prices.books.extend(read.books);
        if read.max_age_days.is_some() && self.prices.max_age_days.is_some() {
            let message = "two `prices` blocks say `max_age_days`";
            reader.problem("lepton::config::name-taken", message, block.ident.span(), "the second");
        }
        self.prices.max_age_days = read.max_age_days.or(self.prices.max_age_days);
    }

    fn add_placement(&mut self, reader: &mut Reader<'_>, block: &Block) {
        let read = placement::placement(reader, block);
        if self.placement.is_some() {
            let message = "there are two `placement` blocks";
            reader
                .problem("lepton::config::name-taken", message, block.ident.span(), "the second")
                .help("say all of it in one");
            return;
        }
        self.placement = Some(read);
    }

    /// Two budgets or rules of one name could not be told apart in findings.
    fn names_are_distinct(&self, reader: &mut Reader<'_>, body: &hcl::edit::structure::Body) {
        let mut seen: BTreeMap<(&str, &str), ()> = BTreeMap::new();
        for block in body.blocks() {
            let kind = block.ident.as_str();
            let Some(label) = block
                .labels
                .first()
                .filter(|_| ["budget", "rule", "site", "exchange", "apart", "project", "module"].contains(&kind))
            else {
                continue;
            };
            if seen.insert((kind, label.as_str()), ()).is_some() {
                let message = format!("there are two of `{kind} \"{}\"`", label.as_str());
                reader.problem("lepton::config::name-taken", message, label.span(), "the second");
            }
        }
    }

    /// The currency of every figure.
    pub fn currency_or_default(&self) -> &str {
        self.currency.as_deref().unwrap_or(Self::DEFAULT_CURRENCY)
    }

    /// The site of a name.
    pub fn site(&self, name: &str) -> Option<&Site> {
        self.sites.iter().find(|site| site.name.value == name)
    }

    /// What is said of a workload; later blocks win attribute by attribute.
    pub fn workload_of(&self, address: &Address) -> WorkloadFacts {
        let blocks = self.workloads.iter().filter(|workload| workload.on.matches(address));
        blocks.fold(WorkloadFacts::default(), |known, workload| workload.said.clone().or(known))
    }

    /// The usage figures for an address; later blocks win key by key.
    pub fn usage_of(&self, address: &Address) -> Object {
        let mut figures: Vec<(SmolStr, Value)> = Vec::new();
        for usage in self.usage.iter().filter(|usage| usage.on.matches(address)) {
            for (key, value) in usage.figures.entries() {
                figures.retain(|(known, _)| *known != key);
                figures.push((key, value));
            }
        }
        figures.into_iter().collect()
    }

    /// Reads a file of built-in rules: `rule` blocks and nothing else.
    pub(crate) fn read_rules(source: &Source) -> Result<Vec<Rule>, Vec<Problem>> {
        let body = parse_body(source).map_err(|problem| vec![problem])?;
        let mut reader = Reader::new(source);
        let rules: Vec<Rule> = body.get_blocks("rule").filter_map(|block| rule::read(&mut reader, block)).collect();
        if reader.problems.is_empty() { Ok(rules) } else { Err(reader.problems) }
    }
}

fn load(path: &Path) -> Result<Source, Vec<Problem>> {
    let unreadable = |reason: String| {
        let problem = Problem::error("lepton::config::unreadable", format!("cannot read {}: {reason}", path.display()));
        vec![problem.help("give `--config` a readable `lepton.hcl`")]
    };
    let size = std::fs::metadata(path).map_err(|error| unreadable(error.to_string()))?.len();
    if size > LARGEST {
        return Err(unreadable(format!("it has {size} bytes, more than {LARGEST}")));
    }
    let text = std::fs::read_to_string(path).map_err(|error| unreadable(error.to_string()))?;
    Ok(Source::new(path.display().to_string(), text))
}
