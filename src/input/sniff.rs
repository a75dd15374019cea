//! Tells what a text holds, by its content, and reads it.

use serde::Deserialize as _;
use serde_json::value::RawValue;

use crate::model::{Plan, Problem};

use super::document::Document;
use super::record::{Entries, record};
use super::{plan, problems, scan, state};

/// How many levels down a wrapped plan is looked for.
const DEEPEST_WRAPPING: usize = 4;

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
    }
}

/// Where and under which name a document is read.
pub(super) struct Input<'a> {
    pub(super) label: &'a str,
    pub(super) document: &'a Document,
}

/// Reads the one plan or state in a text.
pub(super) fn read(label: &str, text: String) -> Result<Plan, Problem> {
    let document = Document::new(text);
    let input = Input { label, document: &document };
    let text = document.text();
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let body = body.trim_start_matches([' ', '\t', '\r', '\n']);
    if body.is_empty() {
        return Err(problems::empty(label));
    }
    if body.starts_with('{') {
        return read_document(&input, body);
    }
    if is_json(body) {
        return Err(problems::not_terraform(label));
    }
    read_behind_noise(&input, body)
}

fn is_json(text: &str) -> bool {
    serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok()
}

/// Reads the document that begins on some line below other text.
fn read_behind_noise(input: &Input<'_>, body: &str) -> Result<Plan, Problem> {
    let start = body.match_indices("\n{").map(|(at, _)| at + 1).next();
    let Some(start) = start else { return Err(problems::not_json(input.label, body)) };
    let mut stream = serde_json::Deserializer::from_str(&body[start..]).into_iter::<Top<'_>>();
    let Some(Ok(top)) = stream.next() else { return Err(problems::not_json(input.label, body)) };
    let rest = &body[start + stream.byte_offset()..];
    if top.level.is_some() {
        return Err(problems::event_stream(input.label));
    }
    if let Some(at) = rest.find("\n{") {
        let (line, column) = input.position(&rest[at + 1..]);
        return Err(problems::several_documents(input.label, line, column));
    }
    let mut plan = interpret(input, top)?.ok_or_else(|| problems::not_json(input.label, body))?;
    plan.problems.insert(0, problems::wrapper_noise(input.label));
    Ok(plan)
}

fn read_document(input: &Input<'_>, body: &str) -> Result<Plan, Problem> {
    let mut stream = serde_json::Deserializer::from_str(body).into_iter::<Top<'_>>();
    let top = match stream.next() {
        Some(Ok(top)) => top,
        Some(Err(error)) => return Err(input.parse_problem(body, &error)),
        None => return Err(problems::empty(input.label)),
    };
    if top.level.is_some() {
        return Err(problems::event_stream(input.label));
    }
    let rest = body[stream.byte_offset()..].trim_start_matches([' ', '\t', '\r', '\n']);
    let noise = !rest.is_empty() && is_wrapper_tail(rest);
    if !rest.is_empty() && !noise {
        let (line, column) = input.position(rest);
        return Err(match rest.starts_with('{') {
            true => problems::several_documents(input.label, line, column),
            false => problems::trailing(input.label, line, column),
        });
    }
    let mut plan = match interpret(input, top)? {
        Some(plan) => plan,
        None => read_wrapped(input, body)?,
    };
    if noise {
        plan.problems.insert(0, problems::wrapper_noise(input.label));
    }
    Ok(plan)
}

/// Whether this is what the setup-terraform wrapper writes behind a command's output.
fn is_wrapper_tail(rest: &str) -> bool {
    let rest = rest.strip_prefix("%0A").unwrap_or(rest);
    let mut lines = rest.lines().map(str::trim).filter(|line| !line.is_empty());
    rest.lines().any(|line| line.starts_with("::")) && lines.all(|line| line.starts_with("::"))
}

/// Reads a document whose top keys are known; `None` if it is none of Terraform's.
fn interpret(input: &Input<'_>, top: Top<'_>) -> Result<Option<Plan>, Problem> {
    if top.encrypted_data.is_some() && top.resources.is_none() && top.modules.is_none() {
        return Err(problems::encrypted_state(input.label));
    }
    let has_plan_keys = top.resource_changes.is_some()
        || top.planned_values.is_some()
        || top.prior_state.is_some()
        || top.configuration.is_some()
        || top.output_changes.is_some()
        || top.resource_drift.is_some()
        || top.errored.is_some()
        || top.applyable.is_some();
    if top.resource_changes.is_some() || top.planned_values.is_some() || (top.format_version.is_some() && has_plan_keys)
    {
        return plan::read(input, top).map(Some);
    }
    if let Some(version) = top.version
        && (top.resources.is_some() || top.modules.is_some() || top.lineage.is_some() || top.serial.is_some())
    {
        return state::read(input, version.get(), &top).map(Some);
    }
    if top.format_version.is_some() {
        return state::read_shown(input, &top).map(Some);
    }
    Ok(None)
}

/// Reads the one plan or state that an envelope holds some levels down.
fn read_wrapped(input: &Input<'_>, body: &str) -> Result<Plan, Problem> {
    let mut found = Vec::new();
    find_wrapped(body, DEEPEST_WRAPPING, &mut found);
    match found.as_slice() {
        [] => Err(problems::not_terraform(input.label)),
        [inner] => {
            let mut deserializer = serde_json::Deserializer::from_str(inner);
            let top = Top::deserialize(&mut deserializer).map_err(|error| input.parse_problem(inner, &error))?;
            interpret(input, top)?.ok_or_else(|| problems::not_terraform(input.label))
        }
        several => Err(problems::several_plans(input.label, several.len())),
    }
}

/// Whether an object is an envelope around a plan or a state.
pub(super) fn is_wrapped(object: &str) -> bool {
    let mut found = Vec::new();
    find_wrapped(object, DEEPEST_WRAPPING, &mut found);
    !found.is_empty()
}

fn find_wrapped<'a>(object: &'a str, levels: usize, found: &mut Vec<&'a str>) {
    let Ok(Entries(entries)) = serde_json::from_str::<Entries<'_, &RawValue>>(object) else { return };
    for (_, value) in entries {
        let value = value.get();
        if !value.starts_with('{') {
            continue;
        }
        if is_terraform(value) {
            found.push(value);
        } else if levels > 1 {
            find_wrapped(value, levels - 1, found);
        }
    }
}

/// Whether an object has the keys of a plan or a state.
fn is_terraform(object: &str) -> bool {
    let has = |name: &str| scan::field(object, name).is_some();
    has("resource_changes") && (has("format_version") || has("planned_values"))
        || has("format_version") && (has("planned_values") || has("values"))
        || has("version") && has("resources") && (has("lineage") || has("terraform_version"))
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

    /// The line and the column, both counted from 1, at which a slice of the document begins.
    fn position(&self, slice: &str) -> (usize, usize) {
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
