//! Tells what a text holds, by its content, and reads it.

use std::borrow::Cow;

use serde_json::value::RawValue;

use crate::model::{Plan, Problem};

use super::document::Document;
use super::record::record;
use super::{mistaken, noise, plan, problems, scan, state, wrapped};

record! {
    /// The keys that plans and states have at the top.
    Top<'a> {
        "format_version" => format_version: &'a RawValue,
        "terraform_version" => terraform_version: &'a RawValue,
        "variables" => variables: &'a RawValue,
        "planned_values" => planned_values: &'a RawValue,
        "resource_changes" => resource_changes: Vec<plan::ChangeRecord<'a>>,
        "prior_state" => prior_state: &'a RawValue,
        "configuration" => configuration: plan::ConfigurationRecord<'a>,
        "output_changes" => output_changes: &'a RawValue,
        "resource_drift" => resource_drift: &'a RawValue,
        "errored" => errored: &'a RawValue,
        "complete" => complete: &'a RawValue,
        "applyable" => applyable: &'a RawValue,
        "values" => values: &'a RawValue,
        "version" => version: &'a RawValue,
        "lineage" => lineage: &'a RawValue,
        "serial" => serial: &'a RawValue,
        "resources" => resources: &'a RawValue,
        "modules" => modules: &'a RawValue,
        "backend" => backend: &'a RawValue,
        "encrypted_data" => encrypted_data: &'a RawValue,
        "@level" => level: &'a RawValue,
        "provider_schemas" => provider_schemas: &'a RawValue,
        "function_signatures" => function_signatures: &'a RawValue,
        "valid" => valid: &'a RawValue,
        "diagnostics" => diagnostics: &'a RawValue,
    }
}

/// Where and under which name a document is read.
pub(super) struct Input<'a> {
    pub(super) label: &'a str,
    pub(super) document: &'a Document,
    /// In how many texts of other documents this one stands.
    nesting: usize,
}

/// JSON may stand as text in JSON so often.
const DEEPEST_NESTING: usize = 2;

/// Reads the one plan or state in a text.
pub(super) fn read(label: &str, text: String) -> Result<Plan, Problem> {
    read_nested(label, text, 0)
}

fn read_nested(label: &str, text: String, nesting: usize) -> Result<Plan, Problem> {
    let document = Document::new(text);
    let input = Input { label, document: &document, nesting };
    let text = document.text();
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let body = body.trim_start_matches(SPACE);
    if body.is_empty() {
        return Err(problems::empty(label));
    }
    if body.starts_with('{') {
        return read_document(&input, body);
    }
    if body.starts_with(['[', '"']) && is_json(body) {
        return read_wrapped(&input, body.trim_end_matches(SPACE));
    }
    if is_json(body) {
        return Err(problems::not_terraform(label));
    }
    noise::read(&input, body)
}

/// What JSON takes for white space.
const SPACE: [char; 4] = [' ', '\t', '\r', '\n'];

fn is_json(text: &str) -> bool {
    serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok()
}

/// Reads the document that a text begins with, and looks at what stands behind it.
pub(super) fn read_document(input: &Input<'_>, body: &str) -> Result<Plan, Problem> {
    let mut stream = serde_json::Deserializer::from_str(body).into_iter::<Top<'_>>();
    let top = match stream.next() {
        Some(Ok(top)) => top,
        Some(Err(error)) => return Err(input.parse_problem(body, &error)),
        None => return Err(problems::empty(input.label)),
    };
    let (document, rest) = body.split_at(stream.byte_offset());
    let rest = rest.trim_start_matches(SPACE);
    let kind = top.kind();
    if top.level.is_some() || kind.is_none() && !rest.is_empty() {
        return noise::read(input, body);
    }
    let noise = if rest.is_empty() { None } else { Some(noise::read_rest(input, document, rest)?) };
    let mut plan = match kind {
        Some(kind) => interpret(input, top, kind)?,
        None => read_wrapped(input, document)?,
    };
    if let Some(noise) = noise {
        plan.problems.insert(0, noise);
    }
    Ok(plan)
}

/// The documents of Terraform's that lepton knows.
#[derive(Clone, Copy)]
enum Kind {
    Encrypted,
    Plan,
    State,
    Shown,
}

impl Top<'_> {
    /// What this is; `None` if it is none of Terraform's.
    fn kind(&self) -> Option<Kind> {
        if self.encrypted_data.is_some() && self.resources.is_none() && self.modules.is_none() {
            return Some(Kind::Encrypted);
        }
        let has_plan_keys = self.prior_state.is_some()
            || self.configuration.is_some()
            || self.output_changes.is_some()
            || self.resource_drift.is_some()
            || self.errored.is_some()
            || self.applyable.is_some();
        let is_plan = self.resource_changes.is_some() || self.planned_values.is_some();
        if is_plan || self.format_version.is_some() && has_plan_keys {
            return Some(Kind::Plan);
        }
        let has_state_keys =
            self.resources.is_some() || self.modules.is_some() || self.lineage.is_some() || self.serial.is_some();
        if self.version.is_some() && has_state_keys {
            return Some(Kind::State);
        }
        self.format_version.map(|_| Kind::Shown)
    }
}

fn interpret(input: &Input<'_>, top: Top<'_>, kind: Kind) -> Result<Plan, Problem> {
    match (kind, top.version) {
        // A state says in the clear which one it is.
        (Kind::Encrypted, _) if top.serial.is_some() || top.lineage.is_some() => {
            Err(problems::encrypted_state(input.label))
        }
        (Kind::Encrypted, _) => Err(problems::encrypted_plan(input.label)),
        (Kind::Plan, _) => plan::read(input, top),
        (Kind::State, Some(version)) => state::read(input, version.get(), &top),
        (Kind::State | Kind::Shown, _) => match mistaken::versioned(input.label, &top) {
            Some(problem) => Err(problem),
            None => state::read_shown(input, &top),
        },
    }
}

/// Reads the one plan or state that a sound document holds some levels down.
pub(super) fn read_wrapped(input: &Input<'_>, document: &str) -> Result<Plan, Problem> {
    let mut found = wrapped::find(document);
    let places: Vec<&str> = found.iter().map(|found| found.at).collect();
    if places.len() > 1 {
        return Err(problems::several_plans(input.label, &input.places(&places), places.len() == wrapped::MOST));
    }
    match found.pop().map(|found| found.json) {
        None => Err(mistaken::document(input.label, document)),
        // It has the keys of a plan or a state, and values that are none of theirs.
        Some(Cow::Borrowed(inner)) if inner.len() >= document.trim_ascii().len() => {
            Err(mistaken::document(input.label, document))
        }
        Some(Cow::Borrowed(inner)) => read_document(input, inner),
        Some(Cow::Owned(_)) if input.nesting == DEEPEST_NESTING => Err(problems::not_terraform(input.label)),
        Some(Cow::Owned(text)) => {
            let label = format!("the JSON text inside {}", input.label);
            read_nested(&label, text, input.nesting + 1)
        }
    }
}

impl Input<'_> {
    /// What a JSON error in a slice of the document means. Its own words may quote the input, so they stay unsaid.
    pub(super) fn parse_problem(&self, slice: &str, error: &serde_json::Error) -> Problem {
        let (first_line, first_column) = self.position(slice);
        let line = first_line + error.line().max(1) - 1;
        let column = if error.line() <= 1 { first_column + error.column().max(1) - 1 } else { error.column() };
        match error.classify() {
            serde_json::error::Category::Eof => problems::truncated(self.label, line, column),
            serde_json::error::Category::Data => problems::shape(self.label, line, column),
            _ => problems::syntax(self.label, line, column),
        }
    }

    /// The line and the column, both counted from 1, at which each slice of the document begins.
    pub(super) fn places(&self, slices: &[&str]) -> Vec<(usize, usize)> {
        slices.iter().map(|slice| self.position(slice)).collect()
    }

    /// The line and the column, both counted from 1, at which a slice of the document begins.
    pub(super) fn position(&self, slice: &str) -> (usize, usize) {
        let start = std::ops::Range::from(self.document.part(slice)).start;
        let before = &self.document.text()[..start];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
    }
}

/// A version or another short text as written, quotes taken off; `None` if it is null.
pub(super) fn plain(raw: Option<&RawValue>) -> Option<String> {
    let raw = raw?.get();
    Some(scan::string(raw).map_or_else(|| raw.to_owned(), std::borrow::Cow::into_owned))
}
