//! The resources around one that stands in no plan, as an `example` or an `offer` gives them.

use smol_str::SmolStr;

use super::stanza::Example;
use crate::lang::Host;
use crate::model::{Object, Value};

/// What a resource refers to, and what refers to it.
#[derive(Clone, Debug, Default)]
pub struct Around {
    /// By the path that refers: `{ task_definition = { cpu = "256" } }`.
    pub refs: Object,
    /// By the type and the path that refers: `{ "aws_sns_topic_subscription.topic_arn" = [{ protocol = "sqs" }] }`.
    pub referrers: Object,
}

impl Around {
    pub(super) fn of(example: &Example) -> Self {
        Self { refs: example.refs.clone(), referrers: example.referrers.clone() }
    }
}

impl Host for Around {
    fn targets(&self, path: &str, kinds: &[SmolStr]) -> Vec<Value> {
        let typed = kinds.iter().find_map(|kind| self.refs.get(&format!("{path}:{kind}")));
        listed(typed.or_else(|| self.refs.get(path)))
    }

    fn referrers(&self, kind: &str, path: &str) -> Vec<Value> {
        listed(self.referrers.get(&format!("{kind}.{path}")))
    }
}

/// One object, or the objects of a list.
fn listed(given: Option<Value>) -> Vec<Value> {
    match given {
        Some(Value::List(items)) => items.to_vec(),
        Some(Value::Null) | None => Vec::new(),
        Some(other) => vec![other],
    }
}
