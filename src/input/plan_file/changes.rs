//! The changes of a plan file: their values are written into one text, which the attributes then point into.

use std::ops::Range;

use smol_str::SmolStr;

use super::Broken;
use super::marks::Marks;
use super::provider::ProviderPlace;
use super::values::{Guard, Writer};
use super::wire::{self, DATA, ResourceChange};
use crate::input::document::Document;
use crate::input::lazy::{self, LazyObject};
use crate::input::place::Place;
use crate::input::region::Configured;
use crate::input::values;
use crate::model::{Action, Address, Change, Object, Resource};

/// The provider that is part of Terraform and OpenTofu.
const BUILT_IN: &str = "terraform";

/// A change whose values stand in a text that is not finished yet.
pub(super) struct Draft {
    pub(super) address: Address,
    pub(super) provider: Option<ProviderPlace>,
    change: Outline,
    kind: SmolStr,
    before: Option<Side>,
    after: Option<Side>,
}

struct Outline {
    previous_address: Option<Address>,
    action: Action,
    deposed: Option<SmolStr>,
    is_import: bool,
}

/// The places of a value and of its masks, where it has any.
struct Side {
    value: Range<usize>,
    unknown: Option<Range<usize>>,
    sensitive: Option<Range<usize>>,
}

/// What a message turned out to be.
pub(super) enum Found {
    Managed(Box<Draft>),
    /// A data source, or another thing that is not managed.
    Other,
    /// The clean-up of a data source, which `show -json` does not tell.
    Hidden,
    Nameless,
}

/// Reads a change, and writes its values.
pub(super) fn draft(message: &ResourceChange, writer: &mut Writer) -> Result<Found, Broken> {
    let Some(address) = address(message) else { return Ok(Found::Nameless) };
    let change = message.change.as_ref().ok_or(Broken::Messages)?;
    let kind = match Place::of(&address).resource {
        ("data", _) if action(change.action) == Action::Delete => return Ok(Found::Hidden),
        ("data" | "ephemeral" | "list" | "action", _) => return Ok(Found::Other),
        (kind, _) => SmolStr::new(kind),
    };
    if kind.is_empty() {
        return Ok(Found::Nameless);
    }
    let (before, after) = places(change.action);
    let provider = ProviderPlace::of(&message.provider);
    // What Terraform makes itself has a schema without secrets.
    let guard = match &provider {
        Some(place) if place.name == BUILT_IN => Guard::None,
        _ => Guard::of(&kind),
    };
    // Where a schema has a say, what it marks before is marked after, and not every version stores that.
    let inherited: &[wire::Path] = if guard == Guard::None { &[] } else { &change.before_sensitive };
    let mut write = |at: Option<usize>, marks: Option<Marks>| {
        let value = at.map(|at| change.values.get(at).ok_or(Broken::Messages)).transpose()?;
        value.map_or(Ok(None), |value| side(&value.msgpack, marks.as_ref(), guard, writer))
    };
    let before = write(before, Marks::of(&change.before_sensitive))?;
    let after = write(after, Marks::of(change.after_sensitive.iter().chain(inherited)))?;
    let text = |text: &String| (!text.is_empty()).then(|| SmolStr::new(text));
    let outline = Outline {
        previous_address: text(&message.previous_address).filter(|old| *old != address.as_str()).map(Address::new),
        action: action(change.action),
        deposed: text(&message.deposed),
        is_import: change.importing.is_some(),
    };
    Ok(Found::Managed(Box::new(Draft { address, provider, change: outline, kind, before, after })))
}

/// Which of its values stand for the sides of a change. The numbers are those of the format.
fn places(action: i32) -> (Option<usize>, Option<usize>) {
    match action {
        0 => (Some(0), Some(0)),
        1 => (None, Some(0)),
        5 | 8 => (Some(0), None),
        _ => (Some(0), Some(1)),
    }
}

fn action(number: i32) -> Action {
    match number {
        0 => Action::NoOp,
        1 => Action::Create,
        2 => Action::Read,
        3 => Action::Update,
        5 => Action::Delete,
        4 | 6 | 7 | 9 => Action::Replace,
        8 => Action::Forget,
        _ => Action::Other,
    }
}

fn side(msgpack: &[u8], marks: Option<&Marks>, guard: Guard, writer: &mut Writer) -> Result<Option<Side>, Broken> {
    let start = writer.text.len();
    writer.value(msgpack, marks, guard)?;
    let value = start..writer.text.len();
    if &writer.text[value.clone()] == "null" {
        return Ok(None);
    }
    // The masks follow the value.
    let mut keep = |mask: &str| {
        let start = writer.text.len();
        writer.text.push_str(mask);
        let kept = start..writer.text.len();
        (!kept.is_empty()).then_some(kept)
    };
    Ok(Some(Side { value, unknown: keep(&writer.unknown), sensitive: keep(&writer.sensitive) }))
}

/// The address as one text: versions before 0.15 keep its parts.
fn address(message: &ResourceChange) -> Option<Address> {
    if !message.address.is_empty() {
        return Some(Address::new(message.address.as_str()));
    }
    if message.kind.is_empty() || message.name.is_empty() {
        return None;
    }
    let mut text = message.module.clone();
    if !text.is_empty() {
        text.push('.');
    }
    if message.mode == DATA {
        text.push_str("data.");
    }
    text.push_str(&message.kind);
    text.push('.');
    text.push_str(&message.name);
    match (&message.key, message.index) {
        (Some(key), _) => text.push_str(&format!("[{}]", serde_json::Value::from(key.as_str()))),
        (None, Some(index)) => text.push_str(&format!("[{index}]")),
        (None, None) => {}
    }
    Some(Address::new(text))
}

impl Draft {
    /// The change, now that the text is finished.
    pub(super) fn finish(self, document: &Document, configured: Configured) -> Change {
        let Self { address, provider, change, kind, before, after } = self;
        let old = before.as_ref().map(|side| side.object(document));
        let new = after.as_ref().map(|side| match (&before, &old) {
            // The same object twice where nothing changes.
            (Some(before), Some(old)) if before.is_same(side, document) => old.clone(),
            _ => side.object(document),
        });
        let provider = match provider {
            Some(place) => place.name,
            None => values::provider(None, &kind),
        };
        let resource = |values: Object| Resource {
            address: address.clone(),
            kind: kind.clone(),
            provider: provider.clone(),
            provider_region: configured.region.clone(),
            configuration: configured.configuration.clone(),
            values,
        };
        Change {
            before: old.map(resource),
            after: new.map(resource),
            previous_address: change.previous_address,
            action: change.action,
            deposed: change.deposed,
            is_import: change.is_import,
            declared: None,
            address: address.clone(),
        }
    }

    /// Whether lepton does not know what is planned.
    pub(super) fn is_odd(&self) -> bool {
        self.change.action == Action::Other
    }
}

impl Side {
    fn object(&self, document: &Document) -> Object {
        let marks = |mask: &Option<Range<usize>>| match mask {
            Some(range) => lazy::Marks::spelled(document.part_in(range.clone())),
            None => lazy::Marks::none(),
        };
        let value = document.part_in(self.value.clone());
        LazyObject::object(document, value, marks(&self.unknown), marks(&self.sensitive))
    }

    fn is_same(&self, other: &Self, document: &Document) -> bool {
        let text = |range: &Range<usize>| document.slice(document.part_in(range.clone()));
        let mask = |range: &Option<Range<usize>>| range.as_ref().map_or("", text);
        self.unknown.is_none()
            && other.unknown.is_none()
            && text(&self.value) == text(&other.value)
            && mask(&self.sensitive) == mask(&other.sensitive)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_in_parts_are_put_together() {
        let message = |module: &str, mode, key: Option<&str>, index| ResourceChange {
            module: module.into(),
            mode,
            kind: "aws_a".into(),
            name: "b".into(),
            key: key.map(str::to_owned),
            index,
            ..ResourceChange::default()
        };
        let text = |message| address(&message).map(|address| address.to_string()).unwrap_or_default();
        assert_eq!(text(message("", 0, None, None)), "aws_a.b");
        assert_eq!(text(message("module.x.module.y", 0, None, Some(0))), "module.x.module.y.aws_a.b[0]");
        assert_eq!(text(message("", DATA, Some("k\"1"), None)), r#"data.aws_a.b["k\"1"]"#);
        assert_eq!(text(ResourceChange::default()), "");
        let whole = ResourceChange { address: "aws_c.d".into(), ..message("", 0, None, None) };
        assert_eq!(text(whole), "aws_c.d");
    }

    #[test]
    fn data_sources_are_no_changes_of_resources() {
        let found = |address: &str, action| {
            let change = wire::Change { action, values: vec![value(&[0x80]), value(&[0x80])], ..Default::default() };
            let message = ResourceChange { address: address.into(), change: Some(change), ..ResourceChange::default() };
            draft(&message, &mut Writer::new(0)).unwrap()
        };
        assert!(matches!(found("module.x.data.aws_a.b", 2), Found::Other));
        assert!(matches!(found("data.aws_a.b", 5), Found::Hidden));
        assert!(matches!(found("ephemeral.aws_a.b", 9), Found::Other));
        assert!(matches!(found(r#"aws_a.b["x.data.y"]"#, 9), Found::Managed(_)));
        assert!(matches!(found("", 1), Found::Nameless));
    }

    fn value(msgpack: &'static [u8]) -> wire::DynamicValue {
        wire::DynamicValue { msgpack: msgpack.into() }
    }
}
