//! How many instances a block has, and what stands for them.

use smol_str::SmolStr;

use super::declare::Repeat;
use super::evaluate::Evaluator;
use super::said;
use super::scope::{Copy, Key, Scope};
use super::written::At;
use crate::model::Value;

/// How many instances of resources and modules a project has at most.
const MOST_INSTANCES: usize = 200_000;

impl Evaluator<'_> {
    /// The instances of a block.
    pub(super) fn copies(&mut self, instance: usize, repeat: &Repeat, address: &str, at: &At) -> Vec<Copy> {
        let outer = Scope::default();
        let copies = match repeat {
            Repeat::Once => vec![Copy { key: Key::None, scope: outer }],
            Repeat::Count(formula) => {
                let value = self.formula(instance, formula, &outer);
                self.counted(&value, address, &formula.at)
            }
            Repeat::ForEach(formula) => {
                let value = self.formula(instance, formula, &outer);
                self.for_each(&value, address, &formula.at)
            }
        };
        self.made += copies.len();
        if self.made > MOST_INSTANCES {
            self.say([said::too_many("instances", MOST_INSTANCES, at)]);
            return Vec::new();
        }
        copies
    }

    fn counted(&mut self, value: &Value, address: &str, at: &At) -> Vec<Copy> {
        let copies = |count: usize| {
            let copy = |at| Copy { key: Key::Number(at), scope: Scope::counted(at) };
            (0..count.min(MOST_INSTANCES + 1)).map(copy).collect()
        };
        let value = match crate::lang::convert::to_number(value) {
            Ok(value) => value,
            Err(reason) => {
                self.say([said::invalid_count(&format!("cannot be used: {reason}"), at)]);
                return Vec::new();
            }
        };
        if let Some(unknown) = value.as_unknown() {
            let said_count = self.given.instances(address);
            if said_count.is_none() {
                self.say([said::assumed_instances(address, &unknown.path, 1, at)]);
            }
            return copies(said_count.unwrap_or(1));
        }
        let count = value.as_number().filter(rust_decimal::Decimal::is_integer);
        match count.and_then(|count| usize::try_from(count).ok()) {
            Some(count) => copies(count),
            None => {
                let reason = if value.is_null() { "is null" } else { "is not a whole number from 0" };
                self.say([said::invalid_count(reason, at)]);
                Vec::new()
            }
        }
    }

    fn for_each(&mut self, value: &Value, address: &str, at: &At) -> Vec<Copy> {
        let refuse = |evaluator: &mut Self, reason: &str| {
            evaluator.say([said::invalid_for_each(reason, at)]);
            Vec::new()
        };
        if value.is_sensitive() {
            return refuse(self, "is sensitive, its keys would be shown");
        }
        match value {
            Value::Unknown(unknown) => self.unknown_keys(address, &unknown.path, 1, at),
            Value::Null => refuse(self, "is null"),
            Value::Object(object) => {
                let copy = |(name, value): (SmolStr, Value)| Copy {
                    scope: Scope::each(Value::String(name.clone()), value),
                    key: Key::Text(name),
                };
                object.entries().into_iter().map(copy).collect()
            }
            Value::List(items) if items.is_set() => {
                if let Some(unknown) = items.iter().find_map(Value::as_unknown) {
                    return self.unknown_keys(address, &unknown.path.clone(), items.len(), at);
                }
                let mut copies = Vec::with_capacity(items.len());
                for item in items.iter() {
                    let Some(text) = item.as_str().filter(|_| !item.is_sensitive()) else {
                        return refuse(self, "is a set of something else than plain texts");
                    };
                    copies.push(Copy { key: Key::Text(text.into()), scope: Scope::each(item.clone(), item.clone()) });
                }
                copies
            }
            Value::List(_) => refuse(self, "is a list or tuple, whose elements have no keys"),
            _ => refuse(self, "is neither a map nor a set"),
        }
    }

    fn unknown_keys(&mut self, address: &str, because: &str, seen: usize, at: &At) -> Vec<Copy> {
        let said_count = self.given.instances(address);
        let count = said_count.unwrap_or(seen);
        if said_count.is_none() {
            self.say([said::assumed_instances(address, because, count, at)]);
        }
        let unknown = |name: &str| Value::unknown(format!("{address}: each.{name}"));
        let copy = |at| Copy { key: Key::Unknown(at), scope: Scope::each(unknown("key"), unknown("value")) };
        (0..count.min(MOST_INSTANCES + 1)).map(copy).collect()
    }
}

/// One value for all instances of a block.
pub(super) fn together(repeat: &Repeat, copies: Vec<(Key, Value)>) -> Value {
    match repeat {
        Repeat::Once => copies.into_iter().next().map_or(Value::Null, |(_, value)| value),
        Repeat::Count(_) => Value::from(copies.into_iter().map(|(_, value)| value).collect::<Vec<_>>()),
        Repeat::ForEach(_) => {
            let is_known = copies.iter().all(|(key, _)| matches!(key, Key::Text(_)));
            match (is_known, copies.first()) {
                (false, Some(_)) => Value::unknown("the instances of a block"),
                _ => Value::Object(copies.into_iter().filter_map(|(key, value)| key.text().zip(Some(value))).collect()),
            }
        }
    }
}
