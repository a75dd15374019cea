//! A whole `lepton.hcl`.

use std::collections::BTreeMap;
use std::path::Path;

use hcl::edit::Span as _;
use hcl::edit::structure::Block;
use smol_str::SmolStr;

use super::blocks::{self, Budget, Builtin, Site, Suppression, Terms, UsageByAddress};
use super::reader::Reader;
use super::rule::{self, Rule};
use super::shape;
use crate::lang::{Dialect, Lowered, Names, parse_body};
use crate::model::{Address, Object, Problem, Severity, Source, Value};

/// The largest file that is read.
const LARGEST: u64 = 4 << 20;

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
    /// Discounts and exchange rates.
    pub terms: Terms,
    /// Usage figures by address.
    pub usage: Vec<UsageByAddress>,
    /// Places of the user's own.
    pub sites: Vec<Site>,
}

impl Config {
    /// The names in scope of `production`.
    pub const PRODUCTION_NAMES: [&'static str; 7] = ["address", "module", "type", "project", "tags", "region", "self"];

    /// Reads a file from disk.
    pub fn read_path(path: &Path) -> Result<Self, Vec<Problem>> {
        let unreadable = |reason: String| {
            let problem =
                Problem::error("lepton::config::unreadable", format!("cannot read {}: {reason}", path.display()));
            vec![problem.help("give `--config` a readable `lepton.hcl`")]
        };
        let size = std::fs::metadata(path).map_err(|error| unreadable(error.to_string()))?.len();
        if size > LARGEST {
            return Err(unreadable(format!("it has {size} bytes, more than {LARGEST}")));
        }
        let text = std::fs::read_to_string(path).map_err(|error| unreadable(error.to_string()))?;
        Self::read(&Source::new(path.display().to_string(), text))
    }

    /// Reads a text. All mistakes in it are reported.
    pub fn read(source: &Source) -> Result<Self, Vec<Problem>> {
        let body = parse_body(source).map_err(|problem| vec![problem])?;
        let mut reader = Reader::new(source);
        reader.check(&body, &shape::FILE, None);
        let mut names = Names::new(Dialect::Stanza);
        for name in Self::PRODUCTION_NAMES {
            names.bind(name);
        }
        let mut config = Self {
            source: Some(source.clone()),
            currency: reader.text(&body, "currency"),
            fail_on: reader.severity(&body, "fail_on", true),
            production: reader.expression(&body, "production", &names),
            ..Self::default()
        };
        for block in body.blocks() {
            config.add(&mut reader, block);
        }
        config.names_are_distinct(&mut reader, &body);
        if reader.problems.is_empty() { Ok(config) } else { Err(reader.problems) }
    }

    fn add(&mut self, reader: &mut Reader<'_>, block: &Block) {
        match block.ident.as_str() {
            "budget" => self.budgets.push(blocks::budget(reader, block)),
            "rule" => self.rules.extend(rule::read(reader, block)),
            "builtin" => self.builtins.push(blocks::builtin(reader, block)),
            "suppress" => self.suppressions.push(blocks::suppression(reader, block)),
            "discount" => self.terms.discounts.push(blocks::discount(reader, block)),
            "exchange" => self.terms.exchanges.push(blocks::exchange(reader, block)),
            "usage" => self.usage.push(blocks::usage(reader, block)),
            "site" => self.sites.push(blocks::site(reader, block)),
            _ => {}
        }
    }

    /// Two budgets or rules of one name could not be told apart in findings.
    fn names_are_distinct(&self, reader: &mut Reader<'_>, body: &hcl::edit::structure::Body) {
        let mut seen: BTreeMap<(&str, &str), ()> = BTreeMap::new();
        for block in body.blocks() {
            let kind = block.ident.as_str();
            let Some(label) = block.labels.first().filter(|_| ["budget", "rule", "site", "exchange"].contains(&kind))
            else {
                continue;
            };
            if seen.insert((kind, label.as_str()), ()).is_some() {
                let message = format!("there are two of `{kind} \"{}\"`", label.as_str());
                reader.problem("lepton::config::name-taken", message, label.span(), "the second");
            }
        }
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
