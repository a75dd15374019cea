//! YAML with places: bounded in size and depth; the loader itself bounds what aliases may expand to.

use std::collections::HashSet;

use rust_decimal::Decimal;
use saphyr::{MarkedYaml, YamlData, YamlLoader};
use saphyr_parser::{Event, Parser, Span as YamlSpan, SpannedEventReceiver};

use crate::model::{Object, Problem, Source, Span, Value};

/// A larger file is no usage file.
const MAX_BYTES: usize = 16 << 20;
const MAX_DEPTH: usize = 32;

/// A node with its place.
pub(super) type Node<'y> = MarkedYaml<'y>;

/// Reads the first document of a text; `None` if there is none.
pub(super) fn read<'s>(source: &'s Source, places: &Places) -> Result<Option<Node<'s>>, Problem> {
    let text = source.text();
    if text.len() > MAX_BYTES {
        let message = format!("{} has {} MB: a usage file has at most 16", source.name(), text.len() >> 20);
        let problem = Problem::error("lepton::usage::too-large", message);
        return Err(problem.help("split the file, or check that it is one"));
    }
    let mut loader = YamlLoader::default();
    loader.early_parse(false);
    let mut bounded = Bounded { loader, depth: 0, too_deep: None };
    if let Err(error) = Parser::new_from_str(text).load(&mut bounded, false) {
        return Err(broken(source, places, &error));
    }
    if let Some(at) = bounded.too_deep {
        let problem = Problem::error(
            "lepton::usage::too-deep",
            format!("the file nests deeper than {MAX_DEPTH} levels"),
        )
        .at(source, places.span(at), "from here");
        return Err(problem.help("a usage file needs few levels: section, address, key, and seldom a nested key"));
    }
    if let Some(error) = bounded.loader.error() {
        return Err(broken(source, places, error));
    }
    Ok(bounded.loader.into_documents().into_iter().next())
}

fn broken(source: &Source, places: &Places, error: &saphyr::ScanError) -> Problem {
    let at = places.byte_at(error.marker().index());
    if error.info().contains("duplicated key") {
        let end = at + source.text()[at..].find([':', '\n', '\r', ' ']).unwrap_or(0);
        return Problem::error("lepton::usage::duplicate-key", "a key stands twice in one map")
            .at(source, Span { start: at, end }, "again here")
            .help("join the two entries, or take one out");
    }
    Problem::error("lepton::usage::yaml", format!("not YAML: {}", error.info()))
        .at(source, Span { start: at, end: at }, "here")
        .help("a usage file is YAML with `version: 0.1`, `resource_type_default_usage` and `resource_usage`")
}

/// Passes events on, but none that nests too deep: dropping a tree of any depth could overflow the stack.
struct Bounded<'y> {
    loader: YamlLoader<'y, MarkedYaml<'y>>,
    depth: usize,
    too_deep: Option<YamlSpan>,
}

impl<'y> SpannedEventReceiver<'y> for Bounded<'y> {
    fn on_event(&mut self, event: Event<'y>, span: YamlSpan) {
        match &event {
            Event::SequenceStart(..) | Event::MappingStart(..) => self.depth += 1,
            Event::SequenceEnd | Event::MappingEnd => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        if self.depth > MAX_DEPTH {
            self.too_deep.get_or_insert(span);
        }
        if self.too_deep.is_none() {
            self.loader.on_event(event, span);
        }
    }
}

/// An entry of a mapping: its key's text, the key and the value.
pub(super) type Entry<'n, 'y> = (&'n str, &'n Node<'y>, &'n Node<'y>);

/// The entries of a mapping whose keys are plain; `None` if the node is no mapping.
///
/// What a merge key (`<<: *other`) brings stands behind the mapping's own entries, which win.
pub(super) fn entries<'n, 'y>(node: &'n Node<'y>) -> Option<Vec<Entry<'n, 'y>>> {
    let YamlData::Mapping(mapping) = &node.data else { return None };
    let mut own = Vec::with_capacity(mapping.len());
    let mut merged = Vec::new();
    for (key, value) in mapping {
        match text(key) {
            Some("<<") => merged.extend(merge_sources(value)),
            Some(name) => own.push((name, key, value)),
            None => {}
        }
    }
    if !merged.is_empty() {
        let mut names: HashSet<&str> = own.iter().map(|(name, ..)| *name).collect();
        own.extend(merged.into_iter().filter(|(name, ..)| names.insert(name)));
    }
    Some(own)
}

/// What a merge key names: a mapping, or a list of them of which the earlier win.
fn merge_sources<'n, 'y>(node: &'n Node<'y>) -> Vec<Entry<'n, 'y>> {
    match &node.data {
        YamlData::Sequence(items) => items.iter().filter_map(entries).flatten().collect(),
        _ => entries(node).unwrap_or_default(),
    }
}

/// The text of a scalar.
pub(super) fn text<'n>(node: &'n Node<'_>) -> Option<&'n str> {
    match &node.data {
        YamlData::Representation(text, ..) => Some(text),
        _ => None,
    }
}

/// Whether a node says nothing.
pub(super) fn is_null(node: &Node<'_>) -> bool {
    matches!(&node.data, YamlData::Representation(text, style, _)
        if *style == saphyr::ScalarStyle::Plain && matches!(text.as_ref(), "" | "~" | "null" | "Null" | "NULL"))
}

/// A node as a value: exact decimals, plain words as booleans, null and text.
pub(super) fn value(node: &Node<'_>) -> Value {
    match &node.data {
        YamlData::Representation(text, style, _) if *style == saphyr::ScalarStyle::Plain => plain(text),
        YamlData::Representation(text, ..) => Value::from(text.as_ref()),
        YamlData::Sequence(items) => Value::from(items.iter().map(value).collect::<Vec<_>>()),
        YamlData::Mapping(_) => {
            let entries = entries(node).unwrap_or_default();
            Value::Object(entries.into_iter().map(|(name, _, node)| (name.into(), value(node))).collect::<Object>())
        }
        YamlData::Tagged(_, inner) => value(inner),
        _ => Value::Null,
    }
}

fn plain(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        other => {
            let digits = other.replace('_', "");
            let number = digits.parse::<Decimal>().or_else(|_| Decimal::from_scientific(&digits));
            match number {
                Ok(number) => Value::Number(number.normalize()),
                Err(_) => Value::from(other),
            }
        }
    }
}

/// Finds bytes for the reader's places: it counts characters.
pub(super) struct Places {
    /// The byte of every so many characters; empty if each character is one byte.
    marks: Vec<usize>,
    source: Source,
}

impl Places {
    const STEP: usize = 256;

    /// Measures a text once, so that each place is found in constant time.
    pub(super) fn new(source: &Source) -> Self {
        let text = source.text();
        let marks = match text.is_ascii() {
            true => Vec::new(),
            false => text.char_indices().step_by(Self::STEP).map(|(at, _)| at).collect(),
        };
        Self { marks, source: source.clone() }
    }

    /// The bytes of a node, without the white space behind it.
    pub(super) fn span(&self, span: YamlSpan) -> Span {
        let start = self.byte_at(span.start.index());
        let end = self.byte_at(span.end.index()).max(start);
        let trimmed = self.source.text()[start..end].trim_end().len();
        Span { start, end: start + trimmed }
    }

    fn byte_at(&self, index: usize) -> usize {
        let text = self.source.text();
        if self.marks.is_empty() {
            return index.min(text.len());
        }
        let Some(&mark) = self.marks.get(index / Self::STEP) else { return text.len() };
        text[mark..].char_indices().nth(index % Self::STEP).map_or(text.len(), |(at, _)| mark + at)
    }
}
