//! The configuration of a project as plans have it: which attribute refers to what.
//!
//! References through local values are followed to what those refer to, which plans do not tell.

use std::collections::HashSet;

use serde_json::{Map, Value as Json, json};
use smol_str::SmolStr;

use super::declare::{BlockTemplate, Content, Declared, Each, Formula, Repeat};
use super::reference::{Reference, Subject};
use super::tree::Tree;

/// How many references one expression is noted with.
const MOST_REFERENCES: usize = 200;

/// The `root_module` of a plan's configuration.
pub(super) fn root_module(tree: &Tree) -> String {
    Writer { tree }.module(0).to_string()
}

struct Writer<'w> {
    tree: &'w Tree,
}

impl Writer<'_> {
    fn module(&self, at: usize) -> Json {
        let node = &self.tree.modules[at];
        let declared = &*node.declared;
        let scope = Scope { declared, iterators: Vec::new() };
        let mut resources = Vec::new();
        for (name, block) in declared.resources.iter().filter(|(name, _)| !name.is_data) {
            let short = name.kind.split_once('_').map_or(name.kind.as_str(), |(short, _)| short);
            let mut resource = json!({
                "mode": "managed",
                "type": name.kind,
                "name": name.name,
                "provider_config_key": block.provider.as_deref().unwrap_or(short),
                "expressions": scope.content(&block.content),
            });
            scope.repeat(&block.repeat, &mut resource);
            resources.push(resource);
        }
        let mut calls = Map::new();
        for (name, call) in &declared.calls {
            let Some(&inner) = node.calls.get(name) else { continue };
            let inputs: Map<String, Json> =
                call.inputs.iter().map(|(name, formula)| (name.to_string(), scope.formula(formula))).collect();
            let mut written = json!({ "expressions": inputs, "module": self.module(inner) });
            scope.repeat(&call.repeat, &mut written);
            calls.insert(name.to_string(), written);
        }
        let outputs = declared.outputs.iter().filter_map(|(name, output)| {
            Some((name.to_string(), json!({ "expression": scope.formula(output.value.as_ref()?) })))
        });
        let variables = declared.variables.keys().map(|name| (name.to_string(), json!({})));
        json!({
            "resources": resources,
            "module_calls": calls,
            "outputs": outputs.collect::<Map<_, _>>(),
            "variables": variables.collect::<Map<_, _>>(),
        })
    }
}

struct Scope<'s> {
    declared: &'s Declared,
    /// The names of iterators around, with what they repeat for.
    iterators: Vec<(SmolStr, &'s Formula)>,
}

impl<'s> Scope<'s> {
    fn content(&self, content: &'s Content) -> Map<String, Json> {
        let mut expressions: Map<String, Json> =
            content.arguments.iter().map(|(name, formula)| (name.to_string(), self.formula(formula))).collect();
        for block in &content.blocks {
            let written = Json::Object(self.block(block));
            match expressions.entry(block.kind.to_string()).or_insert_with(|| Json::Array(Vec::new())) {
                Json::Array(blocks) => blocks.push(written),
                other => *other = Json::Array(vec![written]),
            }
        }
        expressions
    }

    fn block(&self, block: &'s BlockTemplate) -> Map<String, Json> {
        let Some(Each { for_each, iterator, .. }) = &block.each else { return self.content(&block.content) };
        let mut iterators = self.iterators.clone();
        iterators.push((iterator.clone(), for_each));
        Scope { declared: self.declared, iterators }.content(&block.content)
    }

    fn repeat(&self, repeat: &Repeat, into: &mut Json) {
        match repeat {
            Repeat::Once => {}
            Repeat::Count(formula) => into["count_expression"] = self.formula(formula),
            Repeat::ForEach(formula) => into["for_each_expression"] = self.formula(formula),
        }
    }

    fn formula(&self, formula: &Formula) -> Json {
        let mut found = Vec::new();
        self.follow(formula, &mut found, &mut HashSet::new());
        if found.is_empty() { json!({}) } else { json!({ "references": found }) }
    }

    fn follow(&self, formula: &Formula, found: &mut Vec<String>, seen: &mut HashSet<*const Formula>) {
        if !seen.insert(formula) || seen.len() > MOST_REFERENCES {
            return;
        }
        for reference in &formula.references {
            if let Some((_, for_each)) = self.iterators.iter().rev().find(|(name, _)| *name == reference.root) {
                self.follow(for_each, found, seen);
            } else {
                self.note(reference, found, seen);
            }
        }
    }

    fn note(&self, reference: &Reference, found: &mut Vec<String>, seen: &mut HashSet<*const Formula>) {
        if let Subject::Local(name) = reference.subject(|_| false) {
            if let Some(local) = self.declared.locals.get(&name) {
                self.follow(local, found, seen);
            }
            return;
        }
        let text = reference.text();
        let text = text.strip_prefix("resource.").map(str::to_owned).unwrap_or(text);
        if !found.contains(&text) && found.len() < MOST_REFERENCES {
            found.push(text);
        }
    }
}
