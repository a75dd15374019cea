//! YAML with places: bounded in size, depth and alias expansion.

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
pub(super) fn read<'s>(source: &'s Source) -> Result<Option<Node<'s>>, Problem> {
    let text = source.text();
    if text.len() > MAX_BYTES {
        let message = format!("{} has {} MB: a usage file has at most 16", source.name(), text.len() >> 20);
        return Err(Problem::error("lepton::usage::too-large", message));
    }
    let mut loader = YamlLoader::default();
    loader.early_parse(false);
    loader.allow_duplicate_keys(true);
    let mut bounded = Bounded { loader, depth: 0, too_deep: None };
    if let Err(error) = Parser::new_from_str(text).load(&mut bounded, false) {
        return Err(broken(source, &error));
    }
    if let Some(at) = bounded.too_deep {
        return Err(Problem::error(
            "lepton::usage::too-deep",
            format!("the file nests deeper than {MAX_DEPTH} levels"),
        )
        .at(source, span(source, at), "from here"));
    }
    if let Some(error) = bounded.loader.error() {
        return Err(broken(source, error));
    }
    Ok(bounded.loader.into_documents().into_iter().next())
}

fn broken(source: &Source, error: &saphyr::ScanError) -> Problem {
    let at = byte_at(source.text(), error.marker().index());
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

/// The entries of a mapping whose keys are plain; `None` if the node is no mapping.
pub(super) fn entries<'n, 'y>(node: &'n Node<'y>) -> Option<Vec<(&'n str, &'n Node<'y>, &'n Node<'y>)>> {
    match &node.data {
        YamlData::Mapping(mapping) => {
            Some(mapping.iter().filter_map(|(key, value)| Some((text(key)?, key, value))).collect())
        }
        _ => None,
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

/// The bytes of a node; the reader counts characters.
pub(super) fn span(source: &Source, span: YamlSpan) -> Span {
    let text = source.text();
    let start = byte_at(text, span.start.index());
    let end = byte_at(text, span.end.index()).max(start);
    let trimmed = text[start..end].trim_end().len();
    Span { start, end: start + trimmed }
}

fn byte_at(text: &str, index: usize) -> usize {
    if text.is_ascii() {
        return index.min(text.len());
    }
    text.char_indices().nth(index).map_or(text.len(), |(at, _)| at)
}
