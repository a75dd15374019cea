//! Where findings stand in the Terraform files that a plan was made of.

use hcl::edit::Span as _;

use super::finding::{Finding, Patch, Place};
use crate::input::Sources;
use crate::model::Span;

/// Gives findings on resources their place: the attribute to change where it is written, else the head of the block.
pub fn locate(findings: &mut [Finding], project: usize, sources: &Sources) {
    for finding in findings.iter_mut().filter(|finding| finding.project == Some(project) && finding.place.is_none()) {
        let Some(address) = &finding.address else { continue };
        let places = sources.resource(address);
        let Some(first) = places.first() else { continue };
        let names = match &finding.patch {
            Some(Patch::Set(patch)) => patch.names(),
            Some(Patch::Remove) | None => Vec::new(),
        };
        let attribute = places.iter().rev().find_map(|place| {
            let attribute = names.iter().find_map(|name| place.block.body.get_attribute(name))?;
            Some((place, attribute.span().map(Span::from)?))
        });
        let (place, span) = attribute.unwrap_or_else(|| (first, first.head()));
        finding.place = Some(Place { source: place.file.source.clone(), span });
    }
}
