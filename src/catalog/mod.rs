//! Stanzas: how a resource type becomes priced components. The grammar stands in `CONTRIBUTING.md`.
//!
//! ```text
//! files ── index ──▶ a type's block ── lower ──▶ Stanza ── facts(resource, usage) ──▶ Fact…
//! ```

mod around;
mod bake;
pub mod check;
mod check_sheets;
mod evaluate;
mod example;
mod fact;
mod index;
mod lower;
mod price_source;
mod reads;
pub mod schema;
mod sheet;
mod stanza;
mod usage_block;

pub use around::Around;
pub use bake::BlockKind;
pub use check_sheets::check_sheets;
pub use evaluate::{Subject, facts, is_free};
pub use example::path_of;
pub use fact::{Amount, Asked, AskedKey, Fact};
pub use index::{Catalog, EmbeddedFile, Entitled, Entry};
pub use reads::Reads;
pub(crate) use sheet::NEED;
pub use sheet::{Asker, Sheet};
pub use stanza::{Block, Component, Example, Free, Input, InputKind, Item, Part, Provider, Stanza, Template, Use};
pub use usage_block::merge as overlay;

use std::collections::HashSet;

pub use crate::lang::Lowered;
pub(crate) use crate::lang::near;
use crate::model::Problem;

/// Each problem once: a mistake in a template is found by every type that uses it.
pub(crate) fn distinct(problems: impl IntoIterator<Item = Problem>) -> Vec<Problem> {
    let mut seen = HashSet::new();
    let key = |problem: &Problem| {
        let place = problem.place().map(|(source, span)| (source.name().to_owned(), span));
        (problem.code(), problem.to_string(), place)
    };
    problems.into_iter().filter(|problem| seen.insert(key(problem))).collect()
}

impl Provider {
    /// The region that a resource's attributes, or those of one it refers to, say.
    pub fn region_of(&self, this: &crate::model::Object, host: &dyn crate::lang::Host) -> Option<smol_str::SmolStr> {
        let lowered = self.region.as_ref()?;
        let slots = [crate::model::Value::Object(this.clone())];
        let value = lowered.expr.eval(&crate::lang::Frame { slots: &slots, host }).ok()?;
        value.as_str().filter(|name| !name.is_empty()).map(Into::into)
    }

    /// The tags of a resource; sensitive and unknown ones are left out.
    pub fn tags_of(
        &self,
        this: &crate::model::Object,
        host: &dyn crate::lang::Host,
    ) -> Vec<(smol_str::SmolStr, smol_str::SmolStr)> {
        let Some(lowered) = self.tags.as_ref() else { return Vec::new() };
        let slots = [crate::model::Value::Object(this.clone())];
        let Ok(crate::model::Value::Object(tags)) = lowered.expr.eval(&crate::lang::Frame { slots: &slots, host })
        else {
            return Vec::new();
        };
        let text = |value: crate::model::Value| match value {
            crate::model::Value::String(text) => Some(text),
            _ => None,
        };
        tags.entries().into_iter().filter_map(|(name, value)| Some((name, text(value)?))).collect()
    }
}
