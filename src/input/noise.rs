//! Finds the plan in a text that holds more than it: the output of other commands, logs in front and behind.

use serde_json::Deserializer;

use super::sniff::{Input, Top, read_document, read_wrapped};
use super::{mistaken, problems, wrapped};
use crate::model::{Plan, Problem};

/// How many beginnings of JSON may turn out to be none: a log may be full of braces.
const MOST_FAILURES: usize = 16;

/// What a text holds.
#[derive(Default)]
struct Found<'a> {
    /// The documents with a plan or a state inside.
    documents: Vec<&'a str>,
    /// Whether there is a line of an event log.
    has_events: bool,
    /// A plan that could not be read to its end.
    broken: Option<(&'a str, serde_json::Error)>,
}

/// Reads the one plan or state in a text that does not begin with it.
pub(super) fn read(input: &Input<'_>, body: &str) -> Result<Plan, Problem> {
    let found = scan(body);
    match found.documents.as_slice() {
        [] => Err(nothing(input, body, found)),
        [document] => {
            let mut plan = read_one(input, document)?;
            plan.problems.insert(0, warning(input, body, document, found.has_events));
            Ok(plan)
        }
        several => Err(problems::several_documents(input.label, &input.places(several))),
    }
}

/// What more a text holds behind its document: an error if that is another one or no text of a log.
pub(super) fn read_rest(input: &Input<'_>, document: &str, rest: &str) -> Result<Problem, Problem> {
    if is_wrapper_tail(rest) {
        return Ok(problems::wrapper_noise(input.label));
    }
    let mut documents = vec![document];
    documents.extend(scan(rest).documents);
    if documents.len() > 1 {
        return Err(problems::several_documents(input.label, &input.places(&documents)));
    }
    let (line, column) = input.position(rest);
    match column == 1 && is_log(rest) {
        true => Ok(problems::noise_behind(input.label, line)),
        false => Err(problems::trailing(input.label, line, column)),
    }
}

fn read_one(input: &Input<'_>, document: &str) -> Result<Plan, Problem> {
    match wrapped::is_terraform(document) {
        true => read_document(input, document),
        false => read_wrapped(input, document),
    }
}

/// Looks at each object that begins in a text, from the first to the last.
fn scan(text: &str) -> Found<'_> {
    let mut found = Found::default();
    let (mut at, mut failures) = (0, 0);
    let (mut line, mut seen) = (0, 0);
    while let Some(step) = text[at..].find('{') {
        at += step;
        let slice = &text[at..];
        line = text[seen..at].rfind('\n').map_or(line, |newline| seen + newline + 1);
        seen = at;
        // A command to a runner of GitHub's, with which the wrapper repeats what it printed.
        if text[line..].starts_with("::") {
            at += slice.find('\n').unwrap_or(slice.len());
            continue;
        }
        if !slice[1..].trim_start().starts_with(['"', '}']) || failures == MOST_FAILURES {
            at += 1;
            continue;
        }
        let mut stream = Deserializer::from_str(slice).into_iter::<Top<'_>>();
        match stream.next() {
            Some(Ok(top)) => {
                let document = &slice[..stream.byte_offset()];
                let is_event = top.level.is_some();
                found.has_events |= is_event;
                if found.documents.len() < wrapped::MOST && !is_event && holds_terraform(document) {
                    found.documents.push(document);
                }
                at += document.len();
            }
            Some(Err(error)) => {
                failures += 1;
                at += 1;
                if found.broken.is_none() && slice[1..].trim_start().starts_with("\"format_version\"") {
                    found.broken = Some((slice, error));
                }
            }
            None => break,
        }
    }
    found
}

fn holds_terraform(document: &str) -> bool {
    wrapped::is_terraform(document) || !wrapped::find(document).is_empty()
}

/// Why there is no plan.
fn nothing(input: &Input<'_>, body: &str, found: Found<'_>) -> Problem {
    if let Some(line) = prefixed_line(body) {
        return problems::prefixed_lines(input.label, line);
    }
    match found.broken {
        Some((slice, error)) => input.parse_problem(slice, &error),
        None if found.has_events => problems::event_stream(input.label),
        None => mistaken::text(input.label, body),
    }
}

/// What to say of text around a document that was read.
fn warning(input: &Input<'_>, body: &str, document: &str, has_events: bool) -> Problem {
    let start = document.as_ptr() as usize - body.as_ptr() as usize;
    let (head, tail) = (&body[..start], &body[start + document.len()..]);
    if head.starts_with("[command]") || is_wrapper_tail(tail.trim_start()) {
        return problems::wrapper_noise(input.label);
    }
    let (line, column) = input.position(document);
    problems::noise(input.label, has_events, line, column)
}

/// Whether this is what the setup-terraform wrapper writes behind a command's output.
fn is_wrapper_tail(rest: &str) -> bool {
    let rest = rest.strip_prefix("%0A").unwrap_or(rest);
    let mut lines = rest.lines().map(str::trim).filter(|line| !line.is_empty());
    rest.lines().any(|line| line.starts_with("::")) && lines.all(|line| line.starts_with("::"))
}

/// Whether text behind a document can be output of another command, and not a part of broken JSON.
fn is_log(rest: &str) -> bool {
    let mut characters = rest.chars();
    match characters.next() {
        Some('[') => characters.next().is_some_and(|next| next.is_alphabetic() || next == '\u{1b}'),
        Some('{') => serde_json::from_str::<serde::de::IgnoredAny>(rest.lines().next().unwrap_or_default()).is_ok(),
        Some(first) => !matches!(first, '}' | ']' | '"' | ',' | ':') || rest.starts_with("::"),
        None => true,
    }
}

/// The number of the line on which a plan spread over lines begins, if each of them stands behind a prefix.
fn prefixed_line(body: &str) -> Option<usize> {
    let at = body.find("\"format_version\"")?;
    let start = body[..at].rfind('\n').map_or(0, |at| at + 1);
    let line_end = body[at..].find('\n').map_or(body.len(), |length| at + length);
    let prefix = body[start..at].trim_end_matches(['{', ' ', '\t']);
    // The rest of the plan on lines of their own, with something in front of each key.
    let next = body.get(line_end + 1..)?.lines().next()?;
    let key = next.find('"')?;
    let is_prefixed = !prefix.trim().is_empty() && !next[..key].trim_matches([' ', '\t', '{', '[', ',']).is_empty();
    is_prefixed.then(|| body[..at].matches('\n').count() + 1)
}
