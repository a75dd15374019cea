//! The values that one expression refers to, under the names that it uses.

use indexmap::IndexMap;
use smol_str::SmolStr;

use super::declare::Declared;
use super::reference::Subject;
use crate::model::{Object, Value};

/// Values by the path of names that leads to them: `data`, `aws_ami`, `base`.
#[derive(Default)]
pub(super) struct Gathered {
    top: IndexMap<SmolStr, Tree>,
}

enum Tree {
    Leaf(Value),
    Names(IndexMap<SmolStr, Tree>),
}

impl Gathered {
    pub(super) fn put(&mut self, subject: &Subject, value: Value) {
        let root = SmolStr::new_static;
        match subject {
            Subject::Variable(name) => self.at([root("var"), name.clone()], value),
            Subject::Local(name) => self.at([root("local"), name.clone()], value),
            Subject::Path(name) => self.at([root("path"), name.clone()], value),
            Subject::Terraform(name) => {
                self.at([root("terraform"), name.clone()], value.clone());
                self.at([root("tofu"), name.clone()], value);
            }
            Subject::Scope(name) => self.at([name.clone()], value),
            Subject::Module(call, _) => self.outputs(call, value),
            Subject::Resource(name) if name.is_data => {
                let path = |top| [root(top), name.kind.clone(), name.name.clone()];
                self.at(path("data"), value.clone());
                self.at(path("ephemeral"), value);
            }
            Subject::Resource(name) => {
                self.at([root("resource"), name.kind.clone(), name.name.clone()], value.clone());
                self.at([name.kind.clone(), name.name.clone()], value);
            }
            Subject::Incomplete(_) => {}
        }
    }

    fn at<const N: usize>(&mut self, path: [SmolStr; N], value: Value) {
        let (last, above) = path.split_last().expect("every path has a name");
        let mut level = &mut self.top;
        for name in above {
            let next = level.entry(name.clone()).or_insert_with(|| Tree::Names(IndexMap::new()));
            if let Tree::Leaf(_) = next {
                *next = Tree::Names(IndexMap::new());
            }
            let Tree::Names(names) = next else { return };
            level = names;
        }
        level.insert(last.clone(), Tree::Leaf(value));
    }

    /// An expression may ask for several outputs of a module; each reference brought one.
    fn outputs(&mut self, call: &SmolStr, value: Value) {
        let known = match self.top.get("module") {
            Some(Tree::Names(calls)) => match calls.get(call) {
                Some(Tree::Leaf(known)) => Some(known.clone()),
                _ => None,
            },
            _ => None,
        };
        let merged = known.map_or(value.clone(), |known| merged(&known, &value));
        self.at([SmolStr::new_static("module"), call.clone()], merged);
    }

    pub(super) fn slots(self, declared: &Declared) -> Vec<Value> {
        let mut slots = vec![Value::Null; declared.names.all().len()];
        for (name, tree) in self.top {
            if let Some(slot) = declared.names.find(&name) {
                slots[usize::from(slot.0)] = tree.value();
            }
        }
        slots
    }
}

impl Tree {
    fn value(self) -> Value {
        match self {
            Self::Leaf(value) => value,
            Self::Names(names) => {
                Value::Object(names.into_iter().map(|(name, tree)| (name, tree.value())).collect::<Object>())
            }
        }
    }
}

/// Two readings of the same module call: one instance, or as many in the same order.
fn merged(left: &Value, right: &Value) -> Value {
    match (left, right) {
        (Value::List(left), Value::List(right)) => {
            Value::from(left.iter().zip(right.iter()).map(|(left, right)| merged(left, right)).collect::<Vec<_>>())
        }
        (Value::Object(left), Value::Object(right)) => {
            let mut all: IndexMap<SmolStr, Value> = left.entries().into_iter().collect();
            for (name, value) in right.entries() {
                let value = match all.get(&name) {
                    // Instances by their keys, whose outputs are merged; an output itself is the same value twice.
                    Some(known) if *known != value => merged(known, &value),
                    _ => value,
                };
                all.insert(name, value);
            }
            Value::Object(all.into_iter().collect())
        }
        _ => right.clone(),
    }
}
