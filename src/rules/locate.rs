//! Where findings stand in the Terraform files that a plan was made of.

use std::collections::HashMap;

use hcl::edit::Span as _;

use super::finding::{Finding, Patch, Place};
use crate::input::Sources;
use crate::model::{Address, Declaration, Line, Source, Span};

/// Gives findings on resources their place: the attribute to change where it is written, else the head of the block.
/// Of a resource that no block of these sources declares, `declared` may know the line.
pub fn locate(findings: &mut [Finding], project: usize, sources: &Sources, declared: &HashMap<&Address, &Declaration>) {
    for finding in findings.iter_mut().filter(|finding| finding.project == Some(project) && finding.place.is_none()) {
        let Some(address) = &finding.address else { continue };
        let places = sources.resource(address);
        let Some(first) = places.first() else {
            finding.place = declared.get(address).and_then(|declared| line(sources, &declared.at)).map(Box::new);
            continue;
        };
        let names = match &finding.patch {
            Some(Patch::Set(patch)) => patch.names(),
            Some(Patch::Remove) | None => Vec::new(),
        };
        let attribute = places.iter().rev().find_map(|place| {
            let attribute = names.iter().find_map(|name| place.block.body.get_attribute(name))?;
            Some((place, attribute.span().map(Span::from)?))
        });
        let (place, span) = attribute.unwrap_or_else(|| (first, first.head()));
        finding.place = Some(Box::new(Place { source: place.file.source.clone(), span }));
    }
}

/// A whole line of a file, such as one in JSON syntax.
fn line(sources: &Sources, line: &Line) -> Option<Place> {
    let (name, text) = sources.texts().find(|(name, _)| *name == &*line.file)?;
    let start: usize = text.split_inclusive('\n').take(line.number.saturating_sub(1)).map(str::len).sum();
    let written = text.get(start..)?.lines().next().unwrap_or_default();
    let indent = written.len() - written.trim_start().len();
    let span = Span { start: start + indent, end: start + written.trim_end().len() };
    Some(Place { source: Source::new(name, text), span })
}
