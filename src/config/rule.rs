//! A rule, lowered: what to look for, what would be better, what to say.

use std::fmt;

use hcl::edit::Span as _;
use hcl::edit::structure::{Block, Body, Structure};
use smol_str::SmolStr;

use super::reader::Reader;
use super::shape;
use crate::lang::{Dialect, Lowered, Names, Slot, order_lets, read_table};
use crate::model::{Address, Object, Pattern, Severity, Source, Span, Value};

/// The slots that every rule has; its lets follow.
pub(crate) mod slots {
    use crate::lang::Slot;

    pub(crate) const SELF: Slot = Slot(0);
    pub(crate) const AFTER: Slot = Slot(1);
    pub(crate) const BEFORE: Slot = Slot(2);
    pub(crate) const MONTHLY: Slot = Slot(3);
    pub(crate) const DELTA: Slot = Slot(4);
    pub(crate) const TAGS: Slot = Slot(5);
    pub(crate) const MODULE: Slot = Slot(6);
    pub(crate) const REGION: Slot = Slot(7);
    pub(crate) const USAGE: Slot = Slot(8);
    pub(crate) const TABLE: Slot = Slot(9);
    pub(crate) const ADDRESS: Slot = Slot(10);
    pub(crate) const TYPE: Slot = Slot(11);
    pub(crate) const ACTION: Slot = Slot(12);
    pub(crate) const PROJECT: Slot = Slot(13);
    pub(crate) const PRODUCTION: Slot = Slot(14);
    pub(crate) const RESOURCES: Slot = Slot(15);
    pub(crate) const TODAY: Slot = Slot(16);
    /// Their names, in order.
    pub(crate) const NAMES: [&str; 17] = [
        "self",
        "after",
        "before",
        "monthly",
        "delta",
        "tags",
        "module",
        "region",
        "usage",
        "table",
        "address",
        "type",
        "action",
        "project",
        "production",
        "resources",
        "today",
    ];
}

/// What to look for in a plan, and what would be better.
#[derive(Debug)]
pub struct Rule {
    /// The permanent kebab-case code.
    pub code: SmolStr,
    /// A short title.
    pub title: SmolStr,
    /// What it is judged on; empty means once a project.
    pub on: Vec<Target>,
    /// How bad its findings are.
    pub severity: Severity,
    /// In an order in which each reads only earlier ones.
    pub(crate) lets: Vec<(Slot, Lowered)>,
    pub(crate) when: Lowered,
    pub(crate) instead: Option<Lowered>,
    pub(crate) remove: bool,
    pub(crate) always: bool,
    pub(crate) message: Lowered,
    pub(crate) table: Value,
    /// What a reader should know.
    pub docs: Docs,
    /// The file it stands in.
    pub source: Source,
    /// Its block in that file.
    pub span: Span,
}

/// The documentation of a rule, as written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Docs {
    /// What it finds.
    pub what: SmolStr,
    /// Why that costs.
    pub why: SmolStr,
    /// When to leave it.
    pub ignore: SmolStr,
    /// How sure it is.
    pub confidence: SmolStr,
    /// How much work following it is.
    pub effort: SmolStr,
    /// Whether following it restarts or replaces something.
    pub restart: bool,
    /// Whether it can be taken back.
    pub rollback: bool,
    /// The page that it rests on.
    pub url: Option<SmolStr>,
}

/// What a rule is judged on.
#[derive(Clone, Debug)]
pub enum Target {
    /// Resources of this type.
    Type(SmolStr),
    /// Resources of types that match.
    Types(Pattern),
    /// Resources whose address matches.
    Addresses(AddressPattern),
}

/// A pattern over addresses; without `*` the address itself, or a module with all that is in it.
#[derive(Clone, Debug)]
pub enum AddressPattern {
    /// With `*`.
    Pattern(Pattern),
    /// Without.
    Exact(SmolStr),
}

impl AddressPattern {
    /// Reads a pattern.
    pub fn new(text: &str) -> Self {
        Pattern::new(text).map_or_else(|| Self::Exact(text.into()), Self::Pattern)
    }

    /// Whether an address matches; a pattern that names no index means every instance, as a target of Terraform does.
    pub fn matches(&self, address: &Address) -> bool {
        match self {
            Self::Pattern(pattern) => {
                pattern.matches(address.as_str())
                    || (!pattern.names_an_index() && pattern.matches(&address.without_indexes()))
            }
            Self::Exact(text) => {
                let rest = address.as_str().strip_prefix(text.as_str());
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('[') || is_within(text, rest))
                    || address.without_indexes() == *text
            }
        }
    }
}

/// Whether what follows a module's path is inside the module.
fn is_within(module: &str, rest: &str) -> bool {
    rest.starts_with('.') && module.starts_with("module.") && !module.ends_with('.')
}

impl fmt::Display for AddressPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pattern(pattern) => pattern.fmt(f),
            Self::Exact(text) => text.fmt(f),
        }
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Type(kind) => kind.fmt(f),
            Self::Types(pattern) => pattern.fmt(f),
            Self::Addresses(pattern) => pattern.fmt(f),
        }
    }
}

impl Target {
    /// Reads a target.
    pub fn new(text: &str) -> Self {
        if text.contains('.') {
            return Self::Addresses(AddressPattern::new(text));
        }
        Pattern::new(text).map_or_else(|| Self::Type(text.into()), Self::Types)
    }

    /// Whether a resource is meant.
    pub fn matches(&self, kind: &str, address: &Address) -> bool {
        match self {
            Self::Type(wanted) => wanted == kind,
            Self::Types(pattern) => pattern.matches(kind),
            Self::Addresses(pattern) => pattern.matches(address),
        }
    }
}

/// Reads a `rule` block.
pub(super) fn read(reader: &mut Reader<'_>, block: &Block) -> Option<Rule> {
    let body = &block.body;
    let before = reader.problems.len();
    reader.check(body, &shape::RULE, block.ident.span());
    let mut names = Names::new(Dialect::Stanza);
    for name in slots::NAMES {
        names.bind(name);
    }
    let table = tables(reader, body);
    let lets = lets(reader, body, &mut names);
    let code = block.labels.first().map_or_else(SmolStr::default, |label| label.as_str().into());
    if !is_code(&code) {
        let message = format!("`{code}` is not a code");
        let span = block.labels.first().and_then(|label| label.span());
        reader
            .problem("lepton::config::code", message, span, "")
            .help("a code is kebab-case: small letters and digits in words that `-` joins");
    }
    let on = reader.texts(body, "on").unwrap_or_default();
    let severity = reader.severity(body, "severity", false).flatten().unwrap_or(Severity::Warning);
    let title = reader.text(body, "title");
    let when = reader.expression(body, "when", &names);
    let message = reader.expression(body, "message", &names);
    let instead = reader.expression(body, "instead", &names);
    let remove = reader.boolean(body, "remove").unwrap_or(false);
    let always = reader.boolean(body, "always").unwrap_or(false);
    if remove && instead.is_some() {
        let span = body.get_attribute("remove").and_then(|attribute| attribute.key.span());
        reader.problem("lepton::config::two-cures", "`remove` beside `instead`", span, "one of them");
    }
    if on.is_empty() && (remove || instead.is_some()) {
        let span = block.ident.span();
        reader
            .problem(
                "lepton::config::no-target",
                "a change without a resource to change",
                span,
                "this rule has no `on`",
            )
            .help("say `on`, the types that it is judged on");
    }
    let docs = docs(reader, body);
    let (Some(when), Some(message)) = (when, message) else { return None };
    (reader.problems.len() == before).then(|| Rule {
        title: title.unwrap_or_else(|| code.replace('-', " ").into()),
        code,
        on: on.iter().map(|text| Target::new(text)).collect(),
        severity,
        lets,
        when,
        instead,
        remove,
        always,
        message,
        table,
        docs,
        source: reader.source.clone(),
        span: block.span().unwrap_or_default().into(),
    })
}

/// Whether a text is kebab-case.
fn is_code(text: &str) -> bool {
    let is_word =
        |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    text.split('-').all(is_word)
}

fn lets(reader: &mut Reader<'_>, body: &Body, names: &mut Names) -> Vec<(Slot, Lowered)> {
    let mut pending = Vec::new();
    for structure in body.get_blocks("let").flat_map(|block| block.body.iter()) {
        match structure {
            Structure::Attribute(attribute) if names.find(attribute.key.as_str()).is_some() => {
                let message = format!("`{}` already names something here", attribute.key.as_str());
                reader.problem("lepton::config::name-taken", message, attribute.key.span(), "choose another name");
            }
            Structure::Attribute(attribute) => pending.push((names.bind(attribute.key.as_str()), attribute)),
            Structure::Block(_) => {}
        }
    }
    let lowered: Vec<(Slot, Lowered)> = pending
        .into_iter()
        .filter_map(|(slot, attribute)| Some((slot, reader.lowered(&attribute.value, names)?)))
        .collect();
    order_lets(lowered).unwrap_or_else(|span| {
        let message = "these lets depend on each other in a circle";
        reader
            .problem("lepton::config::let-cycle", message, Some(span.start..span.end), "")
            .help("break the circle: a let may read only lets that do not read it");
        Vec::new()
    })
}

/// The `table` object: `rows = { … }` as in the catalog, or attributes in the block.
fn tables(reader: &mut Reader<'_>, body: &Body) -> Value {
    let mut tables: Vec<(SmolStr, Value)> = Vec::new();
    for block in body.get_blocks("table") {
        let name = block.labels.first().map_or_else(SmolStr::default, |label| label.as_str().into());
        let rows = if block.body.has_attribute("rows") {
            read_table(block, reader.source, &|_| None).map_err(|problems| reader.problems.extend(problems)).ok()
        } else {
            let attributes = block.body.attributes();
            let entries = attributes
                .filter_map(|attribute| Some((SmolStr::from(attribute.key.as_str()), reader.value(&attribute.value)?)));
            Some(Value::Object(entries.collect()))
        };
        tables.extend(rows.map(|rows| (name, rows)));
    }
    Value::Object(tables.into_iter().collect::<Object>())
}

fn docs(reader: &mut Reader<'_>, body: &Body) -> Docs {
    let Some(block) = body.get_blocks("docs").next() else { return Docs::default() };
    let body = &block.body;
    reader.check(body, shape::RULE.blocks[2], block.ident.span());
    let mut text = |name: &str| {
        let text = reader.text(body, name).unwrap_or_default();
        SmolStr::from(text.split_whitespace().collect::<Vec<&str>>().join(" "))
    };
    let [what, why, ignore] = ["what", "why", "ignore"].map(&mut text);
    let [confidence, effort, url] = ["confidence", "effort", "url"].map(&mut text);
    for (name, word) in [("confidence", &confidence), ("effort", &effort)] {
        if !["", "high", "medium", "low"].contains(&word.as_str()) {
            let span = body.get_attribute(name).and_then(|attribute| attribute.value.span());
            reader.problem("lepton::config::wrong-value", format!("`{name}` is high, medium or low"), span, "");
        }
    }
    let restart = reader.boolean(body, "restart").unwrap_or(false);
    let rollback = reader.boolean(body, "rollback").unwrap_or(false);
    let url = Some(url).filter(|url| !url.is_empty());
    Docs { what, why, ignore, confidence, effort, restart, rollback, url }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_match_whole_or_as_a_module() {
        let matches = |pattern: &str, address: &str| AddressPattern::new(pattern).matches(&Address::new(address));
        assert!(matches("module.prod", "module.prod.aws_instance.web[0]"));
        assert!(matches("module.prod", "module.prod[\"a\"].aws_instance.web"));
        assert!(matches("aws_instance.web", "aws_instance.web[3]"));
        assert!(!matches("module.prod", "module.production.aws_instance.web"));
        assert!(!matches("aws_instance.web", "aws_instance.web2"));
        assert!(matches("module.*.aws_instance.*", "module.a.aws_instance.b"));
        assert!(matches("module.prod.*", "module.prod[\"a\"].aws_instance.web"));
        assert!(!matches("module.prod[*].aws_instance.web", "module.prod.aws_instance.web"));
    }
}
