//! Which attributes of a resource a stanza reads: what it costs can depend on no other.

use std::collections::BTreeSet;

use smol_str::SmolStr;

use super::stanza::{Block, Component, Free, Item, PriceSource, Provider, Stanza, slots};
use crate::lang::{Lowered, Slot};

/// What a stanza reads of its resource and of those around it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reads {
    /// Whether it may read any attribute.
    pub all: bool,
    /// The attributes it reads, by name.
    pub attributes: BTreeSet<SmolStr>,
    /// The first names of the paths given to `ref` and `refs`; they stand among the attributes too.
    pub references: BTreeSet<SmolStr>,
    /// The types given to `referrers`.
    pub referrers: BTreeSet<SmolStr>,
    /// The whole paths given to `ref` and `refs`.
    pub reference_paths: BTreeSet<SmolStr>,
    /// The types and paths given to `referrers`.
    pub referrer_paths: BTreeSet<(SmolStr, SmolStr)>,
}

impl Reads {
    /// What a stanza and its provider's region expression read.
    pub fn of(stanza: &Stanza, provider: Option<&Provider>) -> Self {
        let mut reads = Self::default();
        reads.block(&stanza.block, &[slots::SELF]);
        if let Free::When(condition) = &stanza.free {
            reads.lowered(condition, &[slots::SELF]);
        }
        if let Some(region) = provider.and_then(|provider| provider.region.as_ref()) {
            reads.lowered(region, &[slots::SELF]);
        }
        reads
    }

    /// What the expressions of a provider read that tell where a resource is.
    pub fn of_place(provider: &Provider) -> Self {
        let mut reads = Self::default();
        let expressions = [&provider.region, &provider.located].into_iter().flatten();
        expressions.for_each(|lowered| reads.lowered(lowered, &[slots::SELF]));
        reads
    }

    /// A block in which some slots hold the resource itself.
    fn block(&mut self, block: &Block, this: &[Slot]) {
        block.lets.iter().for_each(|(_, lowered)| self.lowered(lowered, this));
        for item in &block.items {
            match item {
                Item::Component(component) => self.component(component, this),
                Item::Part(part) => {
                    let guards = [&part.for_each, &part.when, &part.times];
                    guards.into_iter().flatten().for_each(|lowered| self.lowered(lowered, this));
                    self.block(&part.block, this);
                }
                Item::Use(used) => {
                    [&used.when, &used.times].into_iter().flatten().for_each(|lowered| self.lowered(lowered, this));
                    let mut inner = Vec::new();
                    for (input, given) in used.template.inputs.iter().zip(&used.inputs) {
                        match given {
                            Some(given) if is_whole(given, this) => inner.push(input.slot),
                            Some(given) => self.lowered(given, this),
                            None => {}
                        }
                    }
                    self.block(&used.template.block, &inner);
                }
            }
        }
    }

    fn component(&mut self, component: &Component, this: &[Slot]) {
        let own = [&component.unit, &component.quantity].into_iter();
        let optional = [
            &component.per,
            &component.detail,
            &component.discount,
            &component.when,
            &component.for_each,
            &component.times,
            &component.note,
        ];
        own.chain(optional.into_iter().flatten()).for_each(|lowered| self.lowered(lowered, this));
        match &component.price {
            PriceSource::Rate(rate) => self.lowered(&rate.price, this),
            PriceSource::Gap(_) => {}
            PriceSource::Keys(keys) => {
                for key in keys {
                    let optional = [&key.provider, &key.region, &key.times].into_iter().flatten();
                    let columns = key.columns.iter().map(|(_, lowered)| lowered);
                    optional.chain(columns).chain([&key.service]).for_each(|lowered| self.lowered(lowered, this));
                }
            }
        }
    }

    fn lowered(&mut self, lowered: &Lowered, this: &[Slot]) {
        for traversal in lowered.traversals.iter().filter(|traversal| this.contains(&traversal.root)) {
            match traversal.path.first() {
                Some(name) => {
                    self.attributes.insert(name.clone());
                }
                None => self.all = true,
            }
        }
        for call in lowered.expr.reference_calls() {
            let Some(first) = call.arguments.first() else { continue };
            if call.function == "referrers" {
                self.referrers.insert(first.clone());
                let path = call.arguments.get(1).cloned().unwrap_or_default();
                self.referrer_paths.insert((first.clone(), path));
            } else {
                let root = SmolStr::from(first.split('.').next().unwrap_or(first));
                self.attributes.insert(root.clone());
                self.references.insert(root);
                self.reference_paths.insert(first.clone());
            }
        }
    }
}

/// Whether an expression is the resource itself, and nothing of it.
fn is_whole(lowered: &Lowered, this: &[Slot]) -> bool {
    match lowered.traversals.as_slice() {
        [only] => this.contains(&only.root) && only.path.is_empty() && only.span == lowered.expr.span(),
        _ => false,
    }
}
