//! From HCL blocks to stanzas: names get slots, every rule of the grammar is checked, all problems are kept.

use std::collections::HashMap;

use hcl::edit::Span as _;
use hcl::edit::expr::Expression;
use hcl::edit::structure::{Attribute, Block as HclBlock, Body, Structure};
use indexmap::IndexMap;
use smol_str::SmolStr;

use super::example;
use super::index::Catalog;
use super::sheet::Sheet;
use super::stanza::{Block, Component, Free, Input, InputKind, Item, Part, Provider, Stanza, Template, Use, slots};
use super::usage_block;
use crate::lang::{self, Dialect, Lowered, Names, Slot, order_lets};
use crate::model::{Object, Problem, Source, Span, Value};

/// Lowers the blocks of one file.
pub(crate) struct Lowerer<'c> {
    catalog: &'c Catalog,
    pub(crate) source: &'c Source,
    /// The templates being lowered, outermost first.
    within: Vec<SmolStr>,
    names: Names,
    is_template: bool,
    pub(crate) problems: Vec<Problem>,
    tables: IndexMap<SmolStr, Value>,
    usage: Object,
    usage_docs: Vec<(SmolStr, SmolStr)>,
    follows_references: bool,
}

const RESOURCE_ATTRIBUTES: &[&str] = &["docs", "free"];
const PROVIDER_ATTRIBUTES: &[&str] = &[
    "book",
    "region",
    "default_region",
    "located",
    "one_region",
    "one_account",
    "configured_region",
    "account",
    "configured_account",
    "tags",
];
const RESOURCE_BLOCKS: &[&str] = &["usage", "let", "use", "part", "component", "example"];
const TEMPLATE_BLOCKS: &[&str] = &["input", "usage", "let", "use", "part", "component"];
const PART_ATTRIBUTES: &[&str] = &["for_each", "when", "times"];
const PART_BLOCKS: &[&str] = &["let", "use", "part", "component"];
const COMPONENT_ATTRIBUTES: &[&str] =
    &["unit", "quantity", "per", "detail", "discount", "when", "for_each", "times", "optional", "note", "unpriced"];
const COMPONENT_BLOCKS: &[&str] = &["price", "rate"];

impl<'c> Lowerer<'c> {
    pub(crate) fn new(catalog: &'c Catalog, source: &'c Source, within: Vec<SmolStr>) -> Self {
        let mut names = Names::new(Dialect::Stanza);
        for name in slots::NAMES {
            names.bind(name);
        }
        Self {
            catalog,
            source,
            is_template: !within.is_empty(),
            within,
            names,
            problems: Vec::new(),
            tables: IndexMap::new(),
            usage: Object::default(),
            usage_docs: Vec::new(),
            follows_references: false,
        }
    }

    /// A `resource` block.
    pub(crate) fn stanza(mut self, block: &HclBlock, is_users: bool) -> Result<Stanza, Vec<Problem>> {
        let body = &block.body;
        self.known_items(body, RESOURCE_ATTRIBUTES, RESOURCE_BLOCKS, "a resource");
        self.read_usage(body);
        let docs = self.optional_text(body, "docs");
        let (lowered, free) = self.block_with(body, |lowerer| match body.get_attribute("free") {
            None => Free::Never,
            Some(attribute) if attribute.value.as_bool() == Some(true) => Free::Always,
            Some(attribute) => lowerer.expression(&attribute.value).map_or(Free::Never, Free::When),
        });
        // A component with a mistake is no component, but no second mistake either.
        if matches!(free, Free::Never) && lowered.items.is_empty() && self.problems.is_empty() {
            self.problem("empty-resource", "a resource without components", block.ident.span(), "nothing to price")
                .help_last("add a `component`, or `free = true`");
        }
        if matches!(free, Free::Always) && body.len() > 1 && !lowered.items.is_empty() {
            self.problem("free-with-components", "`free = true` beside components", block.ident.span(), "")
                .help_last("a free type has no components; use `free = EXPR` for one that is free only sometimes");
        }
        let examples = body.get_blocks("example").filter_map(|block| example::lower(&mut self, block)).collect();
        self.finish().map(|done| Stanza {
            kind: label_of(block),
            docs,
            free,
            usage: done.usage,
            usage_docs: done.usage_docs,
            block: lowered,
            examples,
            tables: done.tables,
            source: done.source,
            span: block.span().unwrap_or_default().into(),
            is_users,
            follows_references: done.follows_references,
        })
    }

    /// A `template` block.
    pub(crate) fn template(mut self, block: &HclBlock) -> Result<Template, Vec<Problem>> {
        let body = &block.body;
        self.known_items(body, &[], TEMPLATE_BLOCKS, "a template");
        self.read_usage(body);
        let inputs: Vec<Input> = body.get_blocks("input").filter_map(|block| self.input(block)).collect();
        let lowered = self.block(body);
        self.finish().map(|done| Template {
            name: label_of(block),
            inputs,
            usage: done.usage,
            usage_docs: done.usage_docs,
            block: lowered,
            tables: done.tables,
            source: done.source,
            follows_references: done.follows_references,
        })
    }

    /// A `provider` block.
    pub(crate) fn provider(mut self, block: &HclBlock) -> Result<Provider, Vec<Problem>> {
        let body = &block.body;
        self.known_items(body, PROVIDER_ATTRIBUTES, &[], "a provider");
        let book = self.required_text(body, "book", block);
        let default_region = self.optional_text(body, "default_region");
        let region = self.optional(body, "region");
        let tags = self.optional(body, "tags");
        let located = self.optional(body, "located");
        let is_one_region = self.flag(body, "one_region");
        let is_one_account = self.flag(body, "one_account");
        let configured_region = self.optional(body, "configured_region");
        let account = self.optional(body, "account");
        let configured_account = self.optional(body, "configured_account");
        self.finish().map(|_| Provider {
            name: label_of(block),
            book,
            region,
            default_region,
            located,
            is_one_region,
            is_one_account,
            configured_region,
            account,
            configured_account,
            tags,
        })
    }

    /// A `workload` or an `offer` block: any attributes, as named expressions.
    pub(crate) fn sheet(mut self, block: &HclBlock) -> Result<Sheet, Vec<Problem>> {
        let need = self.names.bind("need");
        let body = &block.body;
        let (lowered, attributes) = self.block_with(body, |lowerer| {
            let mut attributes = Vec::new();
            for structure in body.iter() {
                match structure {
                    Structure::Attribute(attribute) => {
                        let name: SmolStr = attribute.key.as_str().into();
                        let lowered = lowerer.expression(&attribute.value);
                        attributes.extend(lowered.map(|lowered| (name, lowered)));
                    }
                    Structure::Block(inner) if inner.ident.as_str() == "let" => {}
                    Structure::Block(inner) => {
                        let message = format!("`{}` holds only attributes and `let`", block.ident.as_str());
                        lowerer.problem("stray-item", message, inner.ident.span(), "");
                    }
                }
            }
            attributes
        });
        let name = label_of(block);
        let span = block.ident.span().unwrap_or_default().into();
        self.finish().map(|done| Sheet {
            name,
            lets: lowered.lets,
            attributes: attributes.into_iter().collect(),
            need,
            tables: done.tables,
            source: done.source,
            span,
        })
    }

    fn finish(self) -> Result<Done, Vec<Problem>> {
        if !self.problems.is_empty() {
            return Err(self.problems);
        }
        Ok(Done {
            usage: self.usage,
            usage_docs: self.usage_docs,
            tables: Value::Object(self.tables.into_iter().collect()),
            source: self.source.clone(),
            follows_references: self.follows_references,
        })
    }

    fn read_usage(&mut self, body: &Body) {
        for block in body.get_blocks("usage") {
            let (keys, docs) = usage_block::read(&block.body, self.source, &mut self.problems);
            self.usage = usage_block::merge(&self.usage, &keys);
            self.usage_docs.extend(docs);
        }
    }

    fn input(&mut self, block: &HclBlock) -> Option<Input> {
        self.known_items(&block.body, &["type", "default"], &[], "an input");
        let name = label_of(block);
        let kind = match block.body.get_attribute("type") {
            None => InputKind::Any,
            Some(attribute) => match attribute.value.as_variable().map(|name| name.as_str()) {
                Some("string") => InputKind::Text,
                Some("number") => InputKind::Number,
                Some("bool") => InputKind::Bool,
                Some("any") => InputKind::Any,
                _ => {
                    self.problem("input-type", "not a type of an input", attribute.value.span(), "")
                        .help_last("write string, number, bool or any");
                    return None;
                }
            },
        };
        let default = block.body.get_attribute("default").and_then(|attribute| self.constant(&attribute.value));
        if self.names.find(&name).is_some() {
            self.problem("name-taken", format!("`{name}` already names something here"), block.ident.span(), "");
            return None;
        }
        let slot = self.names.bind(&name);
        Some(Input { name, kind, default: default.unwrap_or(Value::Null), slot })
    }

    /// The lets and items of a body. Lets are in scope of everything in it, and nowhere else.
    fn block(&mut self, body: &Body) -> Block {
        self.block_with(body, |_| ()).0
    }

    /// A block, and what else is lowered in the scope of its lets.
    fn block_with<T>(&mut self, body: &Body, with: impl FnOnce(&mut Self) -> T) -> (Block, T) {
        let outer = self.names.clone();
        let mut pending: Vec<(Slot, &Attribute)> = Vec::new();
        for block in body.get_blocks("let") {
            for structure in block.body.iter() {
                match structure {
                    Structure::Attribute(attribute) => {
                        let name = attribute.key.as_str();
                        if self.names.find(name).is_some() {
                            let message = format!("`{name}` already names something here");
                            self.problem("name-taken", message, attribute.key.span(), "choose another name");
                        } else {
                            pending.push((self.names.bind(name), attribute));
                        }
                    }
                    Structure::Block(inner) => {
                        self.problem("stray-item", "`let` holds only attributes", inner.ident.span(), "");
                    }
                }
            }
        }
        let mut lets = Vec::with_capacity(pending.len());
        for (slot, attribute) in pending {
            if let Some(lowered) = self.expression(&attribute.value) {
                lets.push((slot, lowered));
            }
        }
        let lets = match order_lets(lets) {
            Ok(lets) => lets,
            Err(span) => {
                self.problem(
                    "let-cycle",
                    "these lets depend on each other in a circle",
                    Some(span.start..span.end),
                    "",
                )
                .help_last("break the circle: a let may read only lets that do not read it");
                Vec::new()
            }
        };
        let mut items = Vec::new();
        for inner in body.blocks() {
            let item = match inner.ident.as_str() {
                "component" => self.component(inner).map(|component| Item::Component(Box::new(component))),
                "part" => Some(Item::Part(Box::new(self.part(inner)))),
                "use" => self.use_block(inner).map(|used| Item::Use(Box::new(used))),
                _ => None,
            };
            items.extend(item);
        }
        let beside = with(self);
        self.names = outer;
        (Block { lets, items }, beside)
    }

    fn part(&mut self, block: &HclBlock) -> Part {
        let body = &block.body;
        self.one_label(block);
        self.known_items(body, PART_ATTRIBUTES, PART_BLOCKS, "a part");
        Part {
            name: label_of(block),
            for_each: self.optional(body, "for_each"),
            when: self.optional(body, "when"),
            times: self.optional(body, "times"),
            block: self.block(body),
        }
    }

    fn use_block(&mut self, block: &HclBlock) -> Option<Use> {
        let body = &block.body;
        self.one_label(block);
        let name = label_of(block);
        if self.within.contains(&name) {
            self.problem("template-cycle", format!("template `{name}` uses itself"), block.ident.span(), "");
            return None;
        }
        let template = match self.catalog.template(&name, &self.within) {
            Some(Ok(template)) => template,
            Some(Err(problems)) => {
                self.problems.extend(problems.iter().cloned());
                return None;
            }
            None => {
                let span = block.labels.first().and_then(|label| label.span());
                let declared = self.catalog.declared(super::BlockKind::Template);
                let near = super::near(&name, declared.iter().map(|(name, ..)| *name));
                self.problem("unknown-template", format!("there is no template `{name}`"), span, near);
                return None;
            }
        };
        let mut known: Vec<&str> = template.inputs.iter().map(|input| input.name.as_str()).collect();
        known.extend(["when", "times"]);
        self.known_items(body, &known, &[], &format!("a use of `{name}`"));
        let inputs = template.inputs.iter().map(|input| self.optional(body, &input.name)).collect();
        self.follows_references |= template.follows_references;
        self.usage = usage_block::merge(&template.usage, &self.usage);
        for (path, doc) in &template.usage_docs {
            if !self.usage_docs.iter().any(|(known, _)| known == path) {
                self.usage_docs.push((path.clone(), doc.clone()));
            }
        }
        Some(Use { inputs, when: self.optional(body, "when"), times: self.optional(body, "times"), template })
    }

    fn component(&mut self, block: &HclBlock) -> Option<Component> {
        let body = &block.body;
        self.one_label(block);
        self.known_items(body, COMPONENT_ATTRIBUTES, COMPONENT_BLOCKS, "a component");
        let unit = self.required(body, "unit", block);
        let quantity = self.required(body, "quantity", block);
        let optional = match body.get_attribute("optional").map(|attribute| &attribute.value) {
            None => false,
            Some(value) => value.as_bool().unwrap_or_else(|| {
                self.problem("optional-not-bool", "`optional` is true or false", value.span(), "");
                false
            }),
        };
        let price = self.price_source(block);
        let span: Span = block.span().unwrap_or_default().into();
        Some(Component {
            label: label_of(block),
            per: self.optional(body, "per"),
            detail: self.optional(body, "detail"),
            discount: self.optional(body, "discount"),
            when: self.optional(body, "when"),
            for_each: self.optional(body, "for_each"),
            times: self.optional(body, "times"),
            note: self.optional(body, "note"),
            optional,
            unit: unit?,
            quantity: quantity?,
            price: price?,
            span,
            line: self.source.line(span),
        })
    }

    pub(super) fn expression(&mut self, expression: &Expression) -> Option<Lowered> {
        let expr = match lang::lower(expression, &self.names, self.source) {
            Ok(expr) => expr,
            Err(problems) => {
                self.problems.extend(problems);
                return None;
            }
        };
        let traversals = expr.traversals();
        self.follows_references |= !expr.reference_calls().is_empty();
        for traversal in &traversals {
            let span = traversal.span.start..traversal.span.end;
            if traversal.root == slots::TABLE {
                self.need_table(traversal.path.first(), span);
            } else if traversal.root == slots::SELF && self.is_template {
                self.problem("self-in-template", "`self` is not in scope of a template", Some(span), "")
                    .help_last("declare an `input` and give it in each `use`");
            }
        }
        Some(Lowered { expr, traversals })
    }

    fn need_table(&mut self, name: Option<&SmolStr>, span: std::ops::Range<usize>) {
        let Some(name) = name else {
            self.problem("table-name", "`table` needs the name of a table behind it", Some(span), "table.NAME[key]");
            return;
        };
        if self.tables.contains_key(name) {
            return;
        }
        match self.catalog.table(name) {
            Some(Ok(table)) => {
                self.tables.insert(name.clone(), (*table).clone());
            }
            Some(Err(problems)) => self.problems.extend(problems.iter().cloned()),
            None => {
                let declared = self.catalog.declared(super::BlockKind::Table);
                let near = super::near(name, declared.iter().map(|(name, ..)| *name));
                self.problem("unknown-table", format!("there is no table `{name}`"), Some(span), near);
            }
        }
    }

    pub(super) fn optional(&mut self, body: &Body, name: &str) -> Option<Lowered> {
        self.expression(&body.get_attribute(name)?.value)
    }

    pub(super) fn required(&mut self, body: &Body, name: &str, block: &HclBlock) -> Option<Lowered> {
        match body.get_attribute(name) {
            Some(attribute) => self.expression(&attribute.value),
            None => {
                self.missing(name, block);
                None
            }
        }
    }

    /// An attribute that is true or false, and false if it is left out.
    fn flag(&mut self, body: &Body, name: &str) -> bool {
        let Some(given) = body.get_attribute(name) else { return false };
        given.value.as_bool().unwrap_or_else(|| {
            self.problem("not-bool", format!("`{name}` is true or false"), given.value.span(), "");
            false
        })
    }

    fn optional_text(&mut self, body: &Body, name: &str) -> Option<SmolStr> {
        let attribute = body.get_attribute(name)?;
        match attribute.value.as_str() {
            Some(text) => Some(text.into()),
            None => {
                self.problem("not-text", format!("`{name}` is a plain text"), attribute.value.span(), "");
                None
            }
        }
    }

    pub(super) fn required_text(&mut self, body: &Body, name: &str, block: &HclBlock) -> SmolStr {
        if !body.has_attribute(name) {
            self.missing(name, block);
        }
        self.optional_text(body, name).unwrap_or_default()
    }

    fn missing(&mut self, name: &str, block: &HclBlock) {
        let message = format!("`{}` lacks the attribute `{name}`", block.ident.as_str());
        self.problem("missing-attribute", message, block.ident.span(), "in this block");
    }

    /// A constant: it may use functions and operators, but no name.
    pub(crate) fn constant(&mut self, expression: &Expression) -> Option<Value> {
        let names = Names::new(Dialect::Stanza);
        let lowered = lang::lower(expression, &names, self.source).map_err(|problems| self.problems.extend(problems));
        let frame = lang::Frame { slots: &[], host: &lang::NoHost };
        lowered.ok()?.eval(&frame).map_err(|problem| self.problems.push(problem)).ok()
    }

    pub(crate) fn known_items(&mut self, body: &Body, attributes: &[&str], blocks: &[&str], of: &str) {
        let mut seen: HashMap<&str, ()> = HashMap::new();
        for structure in body.iter() {
            let (name, span, known, what) = match structure {
                Structure::Attribute(attribute) => {
                    (attribute.key.as_str(), attribute.key.span(), attributes, "attribute")
                }
                Structure::Block(block) => (block.ident.as_str(), block.ident.span(), blocks, "block"),
            };
            if known.contains(&name) {
                continue;
            }
            if seen.insert(name, ()).is_none() {
                let near = super::near(name, known.iter().copied());
                self.problem("unknown-item", format!("`{name}` is not a known {what} of {of}"), span, near);
            }
        }
    }

    fn one_label(&mut self, block: &HclBlock) {
        if block.labels.len() != 1 {
            let message = format!("`{}` takes exactly one label", block.ident.as_str());
            self.problem("label", message, block.ident.span(), "");
        }
    }

    pub(crate) fn problem(
        &mut self,
        code: &'static str,
        message: impl Into<String>,
        span: Option<std::ops::Range<usize>>,
        label: impl Into<String>,
    ) -> &mut Self {
        let problem = Problem::error(full_code(code), message).at(self.source, span.unwrap_or_default().into(), label);
        self.problems.push(problem);
        self
    }

    /// Gives the latest problem its help.
    pub(crate) fn help_last(&mut self, help: &str) {
        if let Some(last) = self.problems.pop() {
            self.problems.push(last.help(help));
        }
    }
}

struct Done {
    usage: Object,
    usage_docs: Vec<(SmolStr, SmolStr)>,
    tables: Value,
    source: Source,
    follows_references: bool,
}

/// The permanent codes of this module.
fn full_code(code: &'static str) -> &'static str {
    macro_rules! codes {
        ($($name:literal),* $(,)?) => {
            match code { $($name => concat!("lepton::catalog::", $name),)* other => other }
        };
    }
    codes!(
        "empty-resource",
        "free-with-components",
        "input-type",
        "name-taken",
        "stray-item",
        "let-cycle",
        "template-cycle",
        "unknown-template",
        "not-bool",
        "optional-not-bool",
        "no-price",
        "two-prices",
        "self-in-template",
        "table-name",
        "unknown-table",
        "not-text",
        "missing-attribute",
        "unknown-item",
        "label",
        "example",
    )
}

pub(crate) fn label_of(block: &HclBlock) -> SmolStr {
    block.labels.first().map(|label| label.as_str().into()).unwrap_or_default()
}
