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

use smol_str::SmolStr;

pub use crate::lang::Lowered;
pub(crate) use crate::lang::near;
use crate::lang::{Frame, Host};
use crate::model::{Object, Problem, Value};

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
    pub fn region_of(&self, this: &Object, host: &dyn Host) -> Option<SmolStr> {
        let value = value_of(self.region.as_ref()?, this, host)?;
        value.as_str().filter(|name| !name.is_empty()).map(Into::into)
    }

    /// The region that links and names of a resource, or attributes of one it refers to, tell.
    pub fn located(&self, this: &Object, host: &dyn Host) -> Option<SmolStr> {
        shown_text(self.located.as_ref()?, this, host)
    }

    /// The region that the settings of a configuration of the provider tell, beside one called `region`.
    pub fn configured_region(&self, settings: &Object) -> Option<SmolStr> {
        shown_text(self.configured_region.as_ref()?, settings, &Around::default())
    }

    /// The account, subscription or project of a resource. What is marked sensitive tells nothing.
    pub fn account_of(&self, this: &Object, host: &dyn Host) -> Option<SmolStr> {
        shown_text(self.account.as_ref()?, this, host)
    }

    /// The account that the settings of a configuration of the provider tell.
    pub fn configured_account(&self, settings: &Object) -> Option<SmolStr> {
        shown_text(self.configured_account.as_ref()?, settings, &Around::default())
    }

    /// The tags of a resource; sensitive and unknown ones are left out.
    pub fn tags_of(&self, this: &Object, host: &dyn Host) -> Vec<(SmolStr, SmolStr)> {
        let Some(Value::Object(tags)) = self.tags.as_ref().and_then(|tags| value_of(tags, this, host)) else {
            return Vec::new();
        };
        let text = |value: Value| match value {
            Value::String(text) => Some(text),
            _ => None,
        };
        tags.entries().into_iter().filter_map(|(name, value)| Some((name, text(value)?))).collect()
    }
}

fn value_of(lowered: &Lowered, this: &Object, host: &dyn Host) -> Option<Value> {
    let slots = [Value::Object(this.clone())];
    lowered.expr.eval(&Frame { slots: &slots, host }).ok()
}

/// A text that output may show.
fn shown_text(lowered: &Lowered, this: &Object, host: &dyn Host) -> Option<SmolStr> {
    match value_of(lowered, this, host)? {
        Value::String(text) if !text.is_empty() => Some(text),
        _ => None,
    }
}
