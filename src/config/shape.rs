//! What may stand in `lepton.hcl` and in rule files: one table that checks files, and describes them to editors.

use serde_json::{Map, Value, json};

use super::{placement_shape as placement, terms_shape as terms};

/// A block that may stand in a file, or in another block.
#[derive(Debug)]
pub(crate) struct BlockShape {
    pub(crate) name: &'static str,
    /// What each of its labels says.
    pub(crate) labels: &'static [&'static str],
    pub(crate) doc: &'static str,
    pub(crate) attributes: &'static [AttributeShape],
    pub(crate) blocks: &'static [&'static BlockShape],
    /// Whether other attributes than those listed may stand in it.
    pub(crate) is_open: bool,
}

/// An attribute of a block, or a key of an object.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct AttributeShape {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    pub(crate) is_required: bool,
    pub(crate) doc: &'static str,
}

/// What an attribute holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Number,
    Bool,
    Date,
    Severity,
    /// A text or a list of texts.
    Texts,
    /// A whole number, at least 1.
    Count,
    /// One of some words.
    Choice(&'static [&'static str]),
    /// An object of constants.
    Object,
    /// An object of these keys.
    Fields(&'static [AttributeShape]),
    /// An expression, evaluated for each resource.
    Expression,
}

pub(super) const fn optional(name: &'static str, kind: Kind, doc: &'static str) -> AttributeShape {
    AttributeShape { name, kind, is_required: false, doc }
}

pub(super) const fn required(name: &'static str, kind: Kind, doc: &'static str) -> AttributeShape {
    AttributeShape { name, kind, is_required: true, doc }
}

pub(super) const fn block(
    name: &'static str,
    labels: &'static [&'static str],
    doc: &'static str,
    attributes: &'static [AttributeShape],
    blocks: &'static [&'static BlockShape],
) -> BlockShape {
    BlockShape { name, labels, doc, attributes, blocks, is_open: false }
}

const fn open(name: &'static str, labels: &'static [&'static str], doc: &'static str) -> BlockShape {
    BlockShape { name, labels, doc, attributes: &[], blocks: &[], is_open: true }
}

/// The whole file.
pub(crate) static FILE: BlockShape = block(
    "lepton.hcl",
    &[],
    "How a repository wants its plans priced and judged.",
    &[
        optional(
            "currency",
            Kind::Text,
            "The ISO 4217 code of every figure; another than a price's own needs an `exchange` block.",
        ),
        optional(
            "rates",
            Kind::Text,
            "A CSV file of exchange rates, as seen from the folder of this file: date, from, to, rate, source, or the ECB's eurofxref.csv. The newest that is not after today counts; an `exchange` block wins.",
        ),
        optional(
            "fail_on",
            Kind::Severity,
            "The severity at which a finding fails the gate; `never` for none. `--fail-on` wins.",
        ),
        optional(
            "production",
            Kind::Expression,
            "Whether a resource is part of production; null where nothing tells. In scope: address, module, type, project, tags, region, self.",
        ),
    ],
    &[
        &BUDGET,
        &RULE,
        &BUILTIN,
        &SUPPRESS,
        &terms::DISCOUNT,
        &terms::CONTRACT,
        &terms::EXCHANGE,
        &terms::PRICES,
        &USAGE,
        &PROJECT,
        &MODULE,
        &INSTANCES,
        &placement::PLACEMENT,
        &placement::SITE,
        &placement::PIN,
        &placement::APART,
        &placement::WORKLOAD,
        &placement::TRAFFIC,
        &placement::PATH,
        &terms::COMMITMENT,
    ],
);

pub(crate) static BUDGET: BlockShape = block(
    "budget",
    &["the name that findings show"],
    "A limit on what part of a plan may cost, or may cost more. What several conditions name must meet all of them.",
    &[
        optional("scope", Kind::Texts, "Address patterns, such as `module.prod.*`; `*` stands for any text."),
        optional("project", Kind::Texts, "Patterns of project names."),
        optional("provider", Kind::Texts, "Providers, such as `aws`."),
        optional("tags", Kind::Object, "Tags that a resource must have; a value may contain `*`."),
        optional("when", Kind::Expression, "A condition on each resource, in the scope of rules."),
        optional("monthly", Kind::Number, "The ceiling of the cost a month after the change."),
        optional("max_increase", Kind::Number, "By how much a change may raise the cost a month."),
        optional("max_percent", Kind::Number, "By how many percent a change may raise it."),
        optional("fail_if_unknown", Kind::Bool, "Whether a cost that is not known breaks the budget too."),
        optional("severity", Kind::Severity, "How bad a broken budget is; `error` unless said."),
        optional("message", Kind::Text, "What the finding adds: whom to ask, for example."),
    ],
    &[],
);

pub(crate) static RULE: BlockShape = block(
    "rule",
    &["the permanent kebab-case code"],
    "What to look for in a plan, and what would be better.",
    &[
        optional("title", Kind::Text, "A short title."),
        optional(
            "on",
            Kind::Texts,
            "Resource types or address patterns; without it the rule is judged once a project.",
        ),
        required("when", Kind::Expression, "The condition."),
        optional(
            "instead",
            Kind::Expression,
            "An object of attributes to change; the saving is the difference in price.",
        ),
        optional("remove", Kind::Bool, "Whether the resource should go; the saving is its whole price."),
        optional("always", Kind::Bool, "Whether the rule stands where the change would not be cheaper."),
        optional("severity", Kind::Severity, "`note`, `warning` (the default) or `error`."),
        required("message", Kind::Expression, "What is the matter, as a text."),
    ],
    &[&LET, &TABLE, &DOCS],
);

static LET: BlockShape = open("let", &[], "Names for expressions; they may read each other.");

static TABLE: BlockShape = open("table", &["the name behind `table.`"], "Constants by key.");

static DOCS: BlockShape = block(
    "docs",
    &[],
    "What a reader of the finding should know.",
    &[
        optional("what", Kind::Text, "What the rule finds."),
        optional("why", Kind::Text, "Why that costs."),
        optional("ignore", Kind::Text, "When to leave it."),
        optional("confidence", Kind::Text, "`high`, `medium` or `low`."),
        optional("effort", Kind::Text, "`low`, `medium` or `high`."),
        optional("restart", Kind::Bool, "Whether following it restarts or replaces something."),
        optional("rollback", Kind::Bool, "Whether it can be taken back."),
        optional("url", Kind::Text, "The page that it rests on."),
    ],
    &[],
);

pub(crate) static BUILTIN: BlockShape = block(
    "builtin",
    &["a code of a built-in rule, or a pattern such as `azure-*`"],
    "Changes built-in rules.",
    &[
        optional("enabled", Kind::Bool, "Whether they are judged at all."),
        optional("severity", Kind::Severity, "How bad their findings are."),
    ],
    &[],
);

pub(crate) static SUPPRESS: BlockShape = block(
    "suppress",
    &["the code of a finding, or a pattern"],
    "Findings that do not count for a while. One that suppresses nothing, or has expired, is a finding itself.",
    &[
        optional("on", Kind::Texts, "Address patterns; every resource unless said."),
        required("reason", Kind::Text, "Why."),
        required("until", Kind::Date, "The last day it holds, as YYYY-MM-DD."),
        optional("by", Kind::Text, "Who answers for it."),
    ],
    &[],
);

pub(crate) static USAGE: BlockShape =
    open("usage", &["an address pattern"], "Usage figures where the usage file has none, with the same keys.");

pub(crate) static PROJECT: BlockShape = block(
    "project",
    &["the name that reports show"],
    "A root module to price without a plan. With such blocks below a folder that is given, they are its projects.",
    &[
        required("path", Kind::Text, "The folder of the root module, as seen from the folder of this file."),
        optional("var_files", Kind::Texts, "Files of values, as seen from `path`; the later win."),
        optional("variables", Kind::Object, "Values of variables; they win over files, and `--var` over them."),
        optional("workspace", Kind::Text, "The workspace; `--workspace` wins."),
    ],
    &[],
);

pub(crate) static MODULE: BlockShape = block(
    "module",
    &["the source of a module as configurations write it, or a pattern"],
    "A local copy of a module that is not part of the repository's configurations. The last block that fits counts.",
    &[required("path", Kind::Text, "The folder of the copy, as seen from the folder of this file.")],
    &[],
);

pub(crate) static INSTANCES: BlockShape = block(
    "instances",
    &["the address of a block with `count` or `for_each`, or a pattern"],
    "How many instances to price where only apply tells it.",
    &[required("count", Kind::Number, "How many; a whole number.")],
    &[],
);

impl BlockShape {
    pub(crate) fn attribute(&self, name: &str) -> Option<&'static AttributeShape> {
        self.attributes.iter().find(|attribute| attribute.name == name)
    }
}

/// The shape of `lepton.hcl` as JSON: blocks with their labels, attributes, types and docs.
pub fn describe() -> Value {
    describe_block(&FILE)
}

fn describe_block(shape: &BlockShape) -> Value {
    let attributes: Map<String, Value> = shape.attributes.iter().map(describe_attribute).collect();
    let blocks: Map<String, Value> =
        shape.blocks.iter().map(|inner| (inner.name.to_owned(), describe_block(inner))).collect();
    let mut described = Map::new();
    described.insert("description".into(), json!(shape.doc));
    match shape.labels {
        [] => {}
        [label] => {
            described.insert("label".into(), json!(label));
        }
        labels => {
            described.insert("labels".into(), json!(labels));
        }
    }
    if shape.is_open {
        described.insert("any_attributes".into(), json!(true));
    }
    if !attributes.is_empty() {
        described.insert("attributes".into(), attributes.into());
    }
    if !blocks.is_empty() {
        described.insert("blocks".into(), blocks.into());
    }
    described.into()
}

fn describe_attribute(attribute: &AttributeShape) -> (String, Value) {
    let kind = match attribute.kind {
        Kind::Text => "string".to_owned(),
        Kind::Number => "number".into(),
        Kind::Count => "whole number, at least 1".into(),
        Kind::Bool => "bool".into(),
        Kind::Date => "date (YYYY-MM-DD)".into(),
        Kind::Severity => "note | warning | error".into(),
        Kind::Texts => "string or list of strings".into(),
        Kind::Choice(words) => words.join(" | "),
        Kind::Object | Kind::Fields(_) => "object".into(),
        Kind::Expression => "expression".into(),
    };
    let mut value = json!({ "type": kind, "required": attribute.is_required, "description": attribute.doc });
    if let Kind::Fields(fields) = attribute.kind {
        value["keys"] = fields.iter().map(describe_attribute).collect::<Map<String, Value>>().into();
    }
    (attribute.name.to_owned(), value)
}
