//! Resources and data sources of a module: their attributes, as plans have them and as expressions see them.

use std::sync::Arc;

use indexmap::IndexMap;
use smol_str::SmolStr;

use super::declare::{Content, Each, Formula, Provider, ResourceBlock};
use super::evaluate::{Configured, Evaluator, Made};
use super::instances::together;
use super::open::{BuiltIn, Open};
use super::reference::ResourceName;
use super::remote;
use super::said;
use super::scope::Scope;
use crate::input::region::SETTINGS;
use crate::model::{Object, ProviderConfiguration, Value};

/// The data source of Terraform's own provider.
const REMOTE_STATE: &str = "terraform_remote_state";

impl Evaluator<'_> {
    pub(super) fn resource(&mut self, instance: usize, name: &ResourceName, block: &ResourceBlock) -> Value {
        let address = self.address(instance, &name.address());
        let copies = self.copies(instance, &block.repeat, &address, &block.at);
        let mut made = Vec::with_capacity(copies.len());
        let mut seen = Vec::with_capacity(copies.len());
        for copy in copies {
            let mut attributes = self.content(instance, &block.content, &copy.scope);
            for condition in &block.conditions {
                self.condition(instance, condition, &copy.scope, &condition.holds.at);
            }
            let address: SmolStr = format!("{address}{}", copy.key.suffix()).into();
            for (argument, _) in block.content.arguments.iter().filter(|(_, formula)| formula.is_json()) {
                if let Some(value) = attributes.get_mut(argument) {
                    *value = self.as_blocks(&name.kind, &mut vec![argument.clone()], value);
                }
            }
            if let Some(id) = self.imported_id(&address) {
                attributes.insert(SmolStr::new_static("id"), id);
            }
            let configured = self.provider_of(instance, name, block, &copy.scope).unwrap_or_default();
            let (values, shown) = self.as_seen(name, address, attributes, configured.region.as_deref(), block);
            made.push(Made { key: copy.key.clone(), values, configured });
            seen.push((copy.key, shown));
        }
        self.instances[instance].resources.insert(name.clone(), made);
        together(&block.repeat, seen)
    }

    /// In JSON syntax one block may be an object: as plans have it, it is a list of one.
    fn as_blocks(&self, kind: &str, path: &mut Vec<SmolStr>, value: &Value) -> Value {
        let inner = |object: &Object, path: &mut Vec<SmolStr>| {
            let entries = object.entries().into_iter().map(|(name, value)| {
                path.push(name.clone());
                let value = self.as_blocks(kind, path, &value);
                path.pop();
                (name, value)
            });
            Value::Object(entries.collect())
        };
        if !self.knowledge.is_block(kind, path) {
            return value.clone();
        }
        match value {
            Value::Object(object) => Value::from(vec![inner(object, path)]),
            Value::List(items) => Value::from(
                items
                    .iter()
                    .map(|item| item.as_object().map_or_else(|| item.clone(), |object| inner(object, path)))
                    .collect::<Vec<_>>(),
            ),
            other => other.clone(),
        }
    }

    /// The id under which an `import` block of the root module says that a resource exists.
    fn imported_id(&mut self, address: &str) -> Option<Value> {
        let root = self.declared(0);
        let import = root.imports.iter().find(|import| import.to == address)?;
        let value = self.formula(0, import.id.as_ref()?, &Scope::default());
        Some(value)
    }

    /// What a plan holds of an instance, and what expressions see of it.
    fn as_seen(
        &mut self,
        name: &ResourceName,
        address: SmolStr,
        attributes: IndexMap<SmolStr, Value>,
        region: Option<&str>,
        block: &ResourceBlock,
    ) -> (Value, Value) {
        if !name.is_data
            && let Some(built_in) = BuiltIn::of(&name.kind)
        {
            for unexpected in attributes.keys().filter(|name| *name != "id" && !built_in.has(name)) {
                let formula = block.content.arguments.iter().find(|(known, _)| known == unexpected);
                let at = formula.map_or(&block.at, |(_, formula)| &formula.at);
                self.say([said::unexpected_argument(&name.kind, unexpected, at)]);
            }
            let value = built_in.complete(&address, attributes);
            return (value.clone(), value);
        }
        let stored = Value::Object(attributes.iter().map(|(name, value)| (name.clone(), value.clone())).collect());
        let known = match name.is_data {
            true if name.kind == REMOTE_STATE => remote::outputs(&stored, self.host.folder()).unwrap_or_default(),
            true => {
                let known = self.knowledge.data(&name.kind, &stored, region).unwrap_or_default();
                if !known.is_empty() {
                    self.assumed.insert(name.address());
                }
                known
            }
            false => IndexMap::new(),
        };
        let shown = Open::value(address, attributes.into_iter().chain(known).collect());
        (stored, shown)
    }

    /// The attributes of a block: arguments, and nested blocks as lists of objects.
    pub(super) fn content(&mut self, instance: usize, content: &Content, scope: &Scope) -> IndexMap<SmolStr, Value> {
        let mut attributes = IndexMap::with_capacity(content.arguments.len());
        for (name, formula) in &content.arguments {
            let value = self.formula(instance, formula, scope);
            attributes.insert(name.clone(), value);
        }
        let mut blocks: IndexMap<SmolStr, Vec<Value>> = IndexMap::new();
        for block in &content.blocks {
            let made = blocks.entry(block.kind.clone()).or_default();
            let Some(Each { for_each, slot, .. }) = &block.each else {
                let inner = self.content(instance, &block.content, scope);
                made.push(Value::Object(inner.into_iter().collect()));
                continue;
            };
            let value = self.formula(instance, for_each, scope);
            let mut inner_blocks = Vec::new();
            for (key, value) in self.elements(&value, for_each) {
                let inner = self.content(instance, &block.content, &scope.with(*slot, key, value));
                inner_blocks.push(Value::Object(inner.into_iter().collect()));
            }
            blocks.entry(block.kind.clone()).or_default().extend(inner_blocks);
        }
        attributes.extend(blocks.into_iter().map(|(kind, made)| (kind, Value::from(made))));
        attributes
    }

    /// What a `dynamic` block repeats itself for. Of what is not known, one is taken.
    fn elements(&mut self, value: &Value, formula: &Formula) -> Vec<(Value, Value)> {
        match value.unmarked() {
            Value::Unknown(_) => vec![(value.clone(), value.clone())],
            Value::List(items) => {
                let is_set = items.is_set();
                let key = |at: usize, item: &Value| match is_set {
                    true => item.clone(),
                    false => Value::from(i64::try_from(at).unwrap_or(i64::MAX)),
                };
                items.iter().enumerate().map(|(at, item)| (key(at, item), item.clone())).collect()
            }
            Value::Object(object) => {
                object.entries().into_iter().map(|(name, value)| (Value::String(name), value)).collect()
            }
            _ => {
                self.say([said::invalid_for_each("is no collection", &formula.at)]);
                Vec::new()
            }
        }
    }

    /// The provider configuration that an instance of a resource uses.
    fn provider_of(
        &mut self,
        instance: usize,
        name: &ResourceName,
        block: &ResourceBlock,
        scope: &Scope,
    ) -> Option<Configured> {
        let kind = name.kind.as_str();
        let short = kind.split_once('_').map_or(kind, |(short, _)| short);
        let index = block.provider_index.as_ref().map(|index| self.formula(instance, index, scope));
        let index = index.as_ref().and_then(|index| index.as_str().map(SmolStr::from));
        let (mut instance, mut key) = (instance, block.provider.clone().unwrap_or_else(|| short.into()));
        loop {
            let declared = self.declared(instance);
            if let Some(provider) = declared.providers.iter().find(|provider| provider.key == key) {
                let place = (instance, key, index);
                if let Some(known) = self.configured.get(&place) {
                    return Some(known.clone());
                }
                let configured = self.configured_as(instance, provider, place.2.as_deref())?;
                self.configured.insert(place, configured.clone());
                return Some(configured);
            }
            let (caller, call) = self.instances[instance].caller.clone()?;
            let outside = self.declared(caller);
            let passed = outside.calls[&call].providers.iter().find(|(inner, _)| *inner == key);
            key = passed.map_or(key, |(_, outer)| outer.clone());
            instance = caller;
        }
    }

    /// What a provider configuration says, as far as it can be known.
    fn configured_as(&mut self, instance: usize, provider: &Provider, index: Option<&str>) -> Option<Configured> {
        let scope = match &provider.for_each {
            Some(for_each) => self.configured_scope(instance, for_each, index?)?,
            None => Scope::default(),
        };
        let mut settings = IndexMap::new();
        let mut region = None;
        for (name, formula) in &provider.content.arguments {
            if name == "region" {
                let value = self.formula(instance, formula, &scope);
                region = value.as_str().filter(|_| !value.is_sensitive()).map(SmolStr::from);
            } else if SETTINGS.contains(&name.as_str()) {
                settings.insert(name.clone(), self.formula(instance, formula, &scope));
            }
        }
        for block in provider.content.blocks.iter().filter(|block| SETTINGS.contains(&block.kind.as_str())) {
            let inner = self.content(instance, &block.content, &scope).into_iter().collect();
            settings.insert(block.kind.clone(), Value::from(vec![Value::Object(inner)]));
        }
        let index = index.map(|index| format!("[{index:?}]")).unwrap_or_default();
        let key = self.address(instance, &format!("{}{index}", provider.key)).into();
        let settings = settings.into_iter().collect();
        Some(Configured { region, configuration: Some(Arc::new(ProviderConfiguration { key, settings })) })
    }

    /// What `each` is in one of several provider configurations of a name.
    fn configured_scope(&mut self, instance: usize, for_each: &Formula, key: &str) -> Option<Scope> {
        let all = self.formula(instance, for_each, &Scope::default());
        let value = match &all {
            Value::Object(object) => object.get(key)?,
            Value::List(items) => items.iter().find(|item| item.as_str() == Some(key))?.clone(),
            _ => return None,
        };
        Some(Scope::each(Value::from(key), value))
    }
}
