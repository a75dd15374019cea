//! The root modules of a repository by name, and how many instances blocks have whose number only apply tells.

use hcl::edit::Span as _;
use hcl::edit::expr::{Expression, ObjectKey};
use hcl::edit::structure::Block;
use smol_str::SmolStr;

use super::blocks::{label, span};
use super::fields::{Spanned, spanned_label};
use super::reader::Reader;
use super::shape;
use crate::model::{Pattern, Span, Value};

/// A root module with its values, named by the user.
#[derive(Clone, Debug)]
pub struct Project {
    /// What reports call it.
    pub name: SmolStr,
    /// The folder of the root module, as seen from the file's own folder.
    pub path: Spanned<SmolStr>,
    /// Files of values, as seen from `path`; the later win.
    pub var_files: Vec<Spanned<SmolStr>>,
    /// Values of variables; they win over files.
    pub variables: Vec<Variable>,
    /// The workspace; `default` unless said.
    pub workspace: Option<SmolStr>,
    /// Its block in the file.
    pub span: Span,
}

/// Where a copy of a module is that a configuration takes from elsewhere.
#[derive(Clone, Debug)]
pub struct LocalModule {
    /// The source as configurations write it, or a pattern.
    pub source: SmolStr,
    /// The folder of the copy, as seen from the file's own folder.
    pub path: Spanned<SmolStr>,
}

impl LocalModule {
    /// The folder below `path` that a source means: that of its `//folder`, unless the source is named with it.
    pub fn folder<'s>(&self, source: &'s str) -> Option<&'s str> {
        let matches = |text: &str| match Pattern::new(&self.source) {
            Some(pattern) => pattern.matches(text),
            None => self.source == text,
        };
        // The text behind `://` begins no folder.
        let from = source.find("://").map_or(0, |at| at + 3);
        let written = || {
            let at = from + source[from..].find("//")?;
            let folder = source[at + 2..].split('?').next().unwrap_or_default();
            let is_below = !folder.starts_with('/') && folder.split('/').all(|part| part != "..");
            (is_below && matches(&source[..at])).then_some(folder)
        };
        if matches(source) { Some("") } else { written() }
    }
}

/// The value of a variable.
#[derive(Clone, Debug)]
pub struct Variable {
    /// Its name, with its place.
    pub name: Spanned<SmolStr>,
    /// Its value.
    pub value: Value,
}

/// How many instances a block has.
#[derive(Clone, Debug)]
pub struct Instances {
    /// The address of the block, or a pattern.
    pub on: SmolStr,
    /// How many.
    pub count: usize,
}

/// More instances of one block are a mistake.
const MOST_INSTANCES: i64 = 100_000;

pub(super) fn project(reader: &mut Reader<'_>, block: &Block) -> Option<Project> {
    let body = &block.body;
    reader.check(body, &shape::PROJECT, block.ident.span());
    let name = spanned_label(block, 0);
    if name.as_ref().is_some_and(|name| name.value.trim().is_empty()) {
        let at = block.labels.first().and_then(|label| label.span());
        reader.problem("lepton::config::label", "a project without a name", at, "name it");
    }
    let var_files = reader.spanned_texts(body, "var_files").unwrap_or_default();
    let variables = variables(reader, block);
    let workspace = reader.text(body, "workspace");
    Some(Project {
        name: name?.value,
        path: reader.spanned_text(body, "path")?,
        var_files,
        variables,
        workspace,
        span: span(block),
    })
}

/// The values of `variables`, each with the place of its name.
fn variables(reader: &mut Reader<'_>, block: &Block) -> Vec<Variable> {
    let Some(attribute) = block.body.get_attribute("variables") else { return Vec::new() };
    let whole = attribute.value.span();
    let Expression::Object(entries) = &attribute.value else {
        let object = reader.object(&block.body, "variables").unwrap_or_default();
        let named = |value| Spanned { value, span: whole.clone().unwrap_or_default().into() };
        return object.entries().into_iter().map(|(name, value)| Variable { name: named(name), value }).collect();
    };
    let mut found = Vec::new();
    for (key, value) in entries.iter() {
        let (name, at) = match key {
            ObjectKey::Ident(name) => (Some(SmolStr::from(name.as_str())), name.span()),
            ObjectKey::Expression(key) => {
                (reader.value(key).and_then(|key| key.as_str().map(SmolStr::from)), key.span())
            }
        };
        if let (Some(name), Some(value)) = (name, reader.value(value.expr())) {
            found.push(Variable { name: Spanned { value: name, span: at.unwrap_or_default().into() }, value });
        }
    }
    found
}

pub(super) fn module(reader: &mut Reader<'_>, block: &Block) -> Option<LocalModule> {
    reader.check(&block.body, &shape::MODULE, block.ident.span());
    let source = spanned_label(block, 0)?;
    if source.value.starts_with("./") || source.value.starts_with("../") {
        let message = "a local module is where its source says";
        let help = "name the source of a module from a registry, a repository or an archive";
        reader.problem("lepton::config::label", message, Some(source.span.start..source.span.end), "a path").help(help);
    }
    Some(LocalModule { source: source.value, path: reader.spanned_text(&block.body, "path")? })
}

pub(super) fn instances(reader: &mut Reader<'_>, block: &Block) -> Option<Instances> {
    let body = &block.body;
    reader.check(body, &shape::INSTANCES, block.ident.span());
    let count = reader.number_within(body, "count", 0, MOST_INSTANCES)?;
    let Some(count) = Some(count).filter(rust_decimal::Decimal::is_integer) else {
        let at = super::fields::value_span(body, "count");
        reader.wrong_at(at, "count", "a whole number", &Value::from(count));
        return None;
    };
    Some(Instances { on: label(block), count: usize::try_from(count).ok()? })
}
