//! A stanza applied to one resource: components with quantities and price keys, not yet priced.

use rust_decimal::Decimal;
use smol_str::{SmolStr, ToSmolStr, format_smolstr};

use super::fact::{Amount, Asked, AskedKey, Fact};
use super::stanza::{Block, Component, InputKind, Item, Part, PriceSource, Stanza, Template, Use, slots};
use crate::lang::{Frame, Host, Lowered, convert};
use crate::model::{Object, Problem, Source, Span, Value};

/// What a stanza is applied to.
pub struct Subject<'s> {
    /// The resource's attributes.
    pub this: Object,
    /// The usage keys: defaults with the user's figures over them.
    pub usage: Object,
    /// The region's name, if it is known.
    pub region: Option<SmolStr>,
    /// The resources around it.
    pub host: &'s dyn Host,
    /// Whether to keep expressions with their values.
    pub wants_trace: bool,
}

/// Whether a stanza says that the resource is free; an error if the condition failed.
pub fn is_free(condition: &Lowered, stanza: &Stanza, subject: &Subject<'_>) -> Result<bool, Problem> {
    let mut scope = Scope::root(stanza, subject);
    for (slot, lowered) in &stanza.block.lets {
        let value = scope.eval(lowered, subject)?;
        scope.set(*slot, value, None);
    }
    Ok(scope.eval(condition, subject)?.as_bool() == Some(true))
}

/// The components that a resource has.
pub fn facts<'c>(stanza: &'c Stanza, subject: &Subject<'_>) -> Vec<Fact<'c>> {
    let mut run = Run { subject, defaults: &stanza.usage, facts: Vec::new(), part: Vec::new() };
    let mut scope = Scope::root(stanza, subject);
    run.block(&stanza.block, &mut scope, &Guard::default());
    run.facts
}

/// Values by slot, and the expressions that gave them: so that a null can name its usage keys.
struct Scope<'c, 'p> {
    source: &'c Source,
    values: Vec<Value>,
    defined_by: Vec<Option<Definition<'c>>>,
    parent: Option<&'p Scope<'c, 'p>>,
}

/// The expression behind a slot, and whether it was evaluated in the parent scope.
#[derive(Clone, Copy)]
struct Definition<'c> {
    lowered: &'c Lowered,
    is_in_parent: bool,
}

impl<'c, 'p> Scope<'c, 'p> {
    fn root(stanza: &'c Stanza, subject: &Subject<'_>) -> Self {
        let region = subject.region.as_ref().map_or(Value::Null, |name| Value::from(name.as_str()));
        Self {
            source: &stanza.source,
            values: vec![
                Value::Object(subject.this.clone()),
                Value::Object(subject.usage.clone()),
                region,
                stanza.tables.clone(),
                Value::Null,
            ],
            defined_by: vec![None; slots::NAMES.len()],
            parent: None,
        }
    }

    /// The scope inside a template: its inputs, and the outer usage and region.
    fn inside(&'p self, template: &'c Template) -> Self {
        let outer = |slot: crate::lang::Slot| self.values[slot.0 as usize].clone();
        Self {
            source: &template.source,
            values: vec![Value::Null, outer(slots::USAGE), outer(slots::REGION), template.tables.clone(), Value::Null],
            defined_by: vec![None; slots::NAMES.len()],
            parent: Some(self),
        }
    }

    fn set(&mut self, slot: crate::lang::Slot, value: Value, by: Option<Definition<'c>>) {
        let at = slot.0 as usize;
        if self.values.len() <= at {
            self.values.resize(at + 1, Value::Null);
            self.defined_by.resize(at + 1, None);
        }
        self.values[at] = value;
        self.defined_by[at] = by;
    }

    fn eval(&self, lowered: &Lowered, subject: &Subject<'_>) -> Result<Value, Problem> {
        lowered.expr.eval(&Frame { slots: &self.values, host: subject.host })
    }

    /// The usage keys that an expression reads, through lets and inputs, and that have no figure among those given.
    fn usage_keys(&self, lowered: &Lowered, among: &Object, keys: &mut Vec<SmolStr>) {
        for traversal in &lowered.traversals {
            if traversal.root == slots::USAGE {
                let path = traversal.path.join(".").to_smolstr();
                if is_null_in(among, &traversal.path) && !keys.contains(&path) && !path.is_empty() {
                    keys.push(path);
                }
            } else if let Some(Some(by)) = self.defined_by.get(traversal.root.0 as usize) {
                match self.parent {
                    Some(parent) if by.is_in_parent => parent.usage_keys(by.lowered, among, keys),
                    _ => self.usage_keys(by.lowered, among, keys),
                }
            }
        }
    }
}

/// Whether a path of usage keys has no figure.
fn is_null_in(usage: &Object, path: &[SmolStr]) -> bool {
    let mut value = Value::Object(usage.clone());
    for name in path {
        match value.as_object().and_then(|object| object.get(name)) {
            Some(inner) => value = inner,
            None => return true,
        }
    }
    value.is_null()
}

/// What the blocks around a component impose on it.
#[derive(Clone, Default)]
struct Guard {
    /// The product of the `times` around it, or why it is not known.
    times: Option<Amount>,
    /// A condition around it that is known only after apply.
    unknown_when: Option<SmolStr>,
    /// A failure around it.
    failed: Option<String>,
    /// Whether a `times` around it reads usage.
    is_usage_based: bool,
}

struct Run<'c, 's> {
    subject: &'s Subject<'s>,
    /// The stanza's own defaults: a quantity is usage-based if it reads a key without one.
    defaults: &'c Object,
    facts: Vec<Fact<'c>>,
    part: Vec<SmolStr>,
}

impl<'c> Run<'c, '_> {
    fn block(&mut self, block: &'c Block, scope: &mut Scope<'c, '_>, guard: &Guard) {
        let mut guard = guard.clone();
        for (slot, lowered) in &block.lets {
            let value = scope.eval(lowered, self.subject).unwrap_or_else(|problem| {
                guard.failed.get_or_insert_with(|| say(&problem));
                Value::Null
            });
            scope.set(*slot, value, Some(Definition { lowered, is_in_parent: false }));
        }
        for item in &block.items {
            match item {
                Item::Component(component) => self.component(component, scope, &guard),
                Item::Part(part) => self.part(part, scope, &guard),
                Item::Use(used) => self.used(used, scope, &guard),
            }
        }
    }

    fn part(&mut self, part: &'c Part, scope: &mut Scope<'c, '_>, guard: &Guard) {
        let Some(for_each) = &part.for_each else {
            let Some(guard) = self.guard(guard, part.when.as_ref(), part.times.as_ref(), scope) else { return };
            self.part.push(part.name.clone());
            self.block(&part.block, scope, &guard);
            self.part.pop();
            return;
        };
        self.each(for_each, scope, guard, &mut |run, scope, guard, key| {
            let Some(guard) = run.guard(guard, part.when.as_ref(), part.times.as_ref(), scope) else { return };
            run.part.push(format_smolstr!("{}{key}", part.name));
            run.block(&part.block, scope, &guard);
            run.part.pop();
        });
    }

    fn used(&mut self, used: &'c Use, scope: &mut Scope<'c, '_>, guard: &Guard) {
        let Some(mut guard) = self.guard(guard, used.when.as_ref(), used.times.as_ref(), scope) else { return };
        let mut inner = scope.inside(&used.template);
        for (input, given) in used.template.inputs.iter().zip(&used.inputs) {
            let value = match given {
                None => input.default.clone(),
                Some(lowered) => match scope.eval(lowered, self.subject) {
                    Ok(value) if value.is_null() => input.default.clone(),
                    Ok(value) => coerce(&value, input.kind).unwrap_or_else(|reason| {
                        guard.failed.get_or_insert(format!("input `{}`: {reason}", input.name));
                        Value::Null
                    }),
                    Err(problem) => {
                        guard.failed.get_or_insert_with(|| say(&problem));
                        Value::Null
                    }
                },
            };
            let by = given.as_ref().map(|lowered| Definition { lowered, is_in_parent: true });
            inner.set(input.slot, value, by);
        }
        self.block(&used.template.block, &mut inner, &guard);
    }

    fn component(&mut self, component: &'c Component, scope: &mut Scope<'c, '_>, guard: &Guard) {
        let Some(for_each) = &component.for_each else {
            let Some(guard) = self.guard(guard, component.when.as_ref(), component.times.as_ref(), scope) else {
                return;
            };
            self.fact(component, scope, &guard, None);
            return;
        };
        self.each(for_each, scope, guard, &mut |run, scope, guard, key| {
            let Some(guard) = run.guard(guard, component.when.as_ref(), component.times.as_ref(), scope) else {
                return;
            };
            run.fact(component, scope, &guard, Some(key));
        });
    }

    /// Runs `with` per element, with `each` set and the element's index or key in brackets.
    fn each(
        &mut self,
        for_each: &'c Lowered,
        scope: &mut Scope<'c, '_>,
        guard: &Guard,
        with: &mut dyn FnMut(&mut Self, &mut Scope<'c, '_>, &Guard, SmolStr),
    ) {
        let mut guard = guard.clone();
        let elements: Vec<(Value, SmolStr, Value)> = match scope.eval(for_each, self.subject) {
            Err(problem) => {
                guard.failed.get_or_insert_with(|| say(&problem));
                vec![(Value::Null, SmolStr::default(), Value::Null)]
            }
            Ok(value) => match value.unmarked() {
                Value::Null => Vec::new(),
                Value::Unknown(unknown) => {
                    guard.unknown_when.get_or_insert_with(|| unknown.path.clone());
                    vec![(value.clone(), SmolStr::default(), value.clone())]
                }
                Value::List(items) => items
                    .iter()
                    .enumerate()
                    .map(|(at, item)| (Value::from(at as i64), format_smolstr!("[{at}]"), item.clone()))
                    .collect(),
                Value::Object(object) => object
                    .entries()
                    .into_iter()
                    .map(|(name, item)| (Value::from(name.as_str()), format_smolstr!("[{name:?}]"), item))
                    .collect(),
                other => {
                    guard.failed.get_or_insert(format!("`for_each` takes a list or an object, not a {}", other.kind()));
                    vec![(Value::Null, SmolStr::default(), Value::Null)]
                }
            },
        };
        let at = slots::EACH.0 as usize;
        let outer = (scope.values[at].clone(), scope.defined_by[at]);
        let by = Definition { lowered: for_each, is_in_parent: false };
        for (key, suffix, value) in elements {
            let mut guard = guard.clone();
            if value.is_null() && guard.failed.is_none() {
                guard.failed = Some(format!("element {suffix} of `for_each` is null"));
            }
            let each = Object::from_iter([("key".into(), key), ("value".into(), value)]);
            scope.set(slots::EACH, Value::Object(each), Some(by));
            with(self, scope, &guard, suffix);
        }
        scope.values[at] = outer.0;
        scope.defined_by[at] = outer.1;
    }

    /// Adds a `when` and a `times` to what is imposed; `None` where the condition does not hold.
    fn guard(
        &self,
        guard: &Guard,
        when: Option<&'c Lowered>,
        times: Option<&'c Lowered>,
        scope: &Scope<'c, '_>,
    ) -> Option<Guard> {
        let mut guard = guard.clone();
        if let Some(when) = when {
            match scope.eval(when, self.subject) {
                Err(problem) => {
                    guard.failed.get_or_insert_with(|| say(&problem));
                }
                Ok(value) => match value.unmarked() {
                    Value::Unknown(unknown) => {
                        guard.unknown_when.get_or_insert_with(|| unknown.path.clone());
                    }
                    Value::Null => return None,
                    other => match convert::to_bool(other).ok()?.as_bool() {
                        Some(true) => {}
                        _ => return None,
                    },
                },
            }
        }
        if let Some(times) = times {
            let mut keys = Vec::new();
            scope.usage_keys(times, self.defaults, &mut keys);
            guard.is_usage_based |= !keys.is_empty();
            let amount = self.amount(times, scope);
            guard.times = Some(match guard.times.take() {
                None => amount,
                Some(outer) => multiply(outer, amount),
            });
        }
        Some(guard)
    }

    /// An amount out of an expression, never negative.
    fn amount(&self, lowered: &'c Lowered, scope: &Scope<'c, '_>) -> Amount {
        let value = match scope.eval(lowered, self.subject) {
            Ok(value) => value,
            Err(problem) => return Amount::Failed(say(&problem)),
        };
        match value.unmarked() {
            Value::Unknown(unknown) => Amount::Unknown(unknown.path.clone()),
            Value::Null => {
                let mut keys = Vec::new();
                scope.usage_keys(lowered, &self.subject.usage, &mut keys);
                if keys.is_empty() { Amount::Failed(self.not_set(lowered, scope)) } else { Amount::Usage(keys) }
            }
            other => match convert::to_number(other).map(|value| value.as_number()) {
                Ok(Some(number)) if number.is_sign_negative() && !number.is_zero() => {
                    Amount::Failed(format!("`{}` is negative", scope.source.slice(lowered.expr.span())))
                }
                Ok(Some(number)) => Amount::Known(number),
                _ => Amount::Failed(format!(
                    "`{}` is a {}, not a number",
                    scope.source.slice(lowered.expr.span()),
                    other.kind()
                )),
            },
        }
    }

    /// Says which expression gave null.
    fn not_set(&self, lowered: &Lowered, scope: &Scope<'c, '_>) -> String {
        let null = lowered.traversals.iter().find(|traversal| {
            let value = scope.source.slice(traversal.span);
            !value.is_empty()
        });
        let span: Span = null.map_or(lowered.expr.span(), |traversal| traversal.span);
        format!("`{}` is not set", scope.source.slice(span))
    }

    fn fact(&mut self, component: &'c Component, scope: &mut Scope<'c, '_>, guard: &Guard, each: Option<SmolStr>) {
        let mut quantity = self.amount(&component.quantity, scope);
        if let Some(times) = &guard.times {
            quantity = multiply(quantity, times.clone());
        }
        if let Some(path) = &guard.unknown_when {
            quantity = Amount::Unknown(path.clone());
        }
        if let Some(reason) = &guard.failed {
            quantity = Amount::Failed(reason.clone());
        }
        if component.optional && matches!(quantity, Amount::Usage(_)) {
            return;
        }
        let per = match component.per.as_ref().map(|per| self.amount(per, scope)) {
            None => Decimal::ONE,
            Some(Amount::Known(per)) if !per.is_zero() => per,
            Some(_) => {
                quantity = Amount::Failed("`per` is not a positive number".into());
                Decimal::ONE
            }
        };
        let discount = match component.discount.as_ref().map(|discount| self.amount(discount, scope)) {
            None => Decimal::ZERO,
            Some(Amount::Known(share)) if share <= Decimal::ONE => share,
            Some(_) => {
                quantity = Amount::Failed("`discount` is not a number from 0 to 1".into());
                Decimal::ZERO
            }
        };
        let mut keys = Vec::new();
        scope.usage_keys(&component.quantity, self.defaults, &mut keys);
        let fact = Fact {
            part: self.part.clone(),
            component,
            source: scope.source,
            each,
            detail: component.detail.as_ref().and_then(|detail| self.text(detail, scope).ok().flatten()),
            unit: self.text(&component.unit, scope).ok().flatten().unwrap_or_default(),
            per,
            price: self.asked(&component.price, scope),
            discount,
            is_usage_based: guard.is_usage_based || !keys.is_empty(),
            note: component.note.as_ref().and_then(|note| self.text(note, scope).ok().flatten()),
            trace: if self.subject.wants_trace { self.trace(component, scope) } else { Vec::new() },
            quantity,
        };
        self.facts.push(fact);
    }

    /// A text to show: sensitive and unknown ones become words that say so.
    fn text(&self, lowered: &'c Lowered, scope: &Scope<'c, '_>) -> Result<Option<SmolStr>, String> {
        let value = scope.eval(lowered, self.subject).map_err(|problem| say(&problem))?;
        Ok(match &value {
            Value::Sensitive(_) => Some("sensitive".into()),
            Value::Unknown(_) => Some("known after apply".into()),
            Value::Null => None,
            other => convert::to_text(other).ok().and_then(|text| text.as_str().map(SmolStr::from)),
        })
    }

    fn asked(&self, price: &'c PriceSource, scope: &Scope<'c, '_>) -> Asked {
        match price {
            PriceSource::Rate(rate) => match self.amount(&rate.price, scope) {
                Amount::Known(price) => Asked::Rate {
                    price,
                    currency: rate.currency.clone(),
                    source: rate.source.clone(),
                    as_of: rate.as_of.clone(),
                },
                Amount::Unknown(path) => Asked::Unknown(path),
                Amount::Usage(keys) => Asked::Failed(format!("the rate depends on usage key {}", keys.join(", "))),
                Amount::Failed(reason) => Asked::Failed(reason),
            },
            PriceSource::Gap(words) => Asked::Gap(words.clone()),
            PriceSource::Keys(keys) => {
                let keys: Result<Vec<AskedKey>, Asked> = keys.iter().map(|key| self.asked_key(key, scope)).collect();
                keys.map_or_else(|reason| reason, Asked::Keys)
            }
        }
    }

    fn asked_key(&self, key: &'c super::stanza::PriceKey, scope: &Scope<'c, '_>) -> Result<AskedKey, Asked> {
        let is_sensitive = std::cell::Cell::new(false);
        let column = |lowered: &'c Lowered, name: &str| -> Result<SmolStr, Asked> {
            let value = scope.eval(lowered, self.subject).map_err(|problem| Asked::Failed(say(&problem)))?;
            is_sensitive.set(is_sensitive.get() || matches!(value, Value::Sensitive(_)));
            match value.unmarked() {
                Value::Null => Err(Asked::Failed(format!(
                    "price key `{name}` is null: `{}` gives nothing for this resource",
                    scope.source.slice(lowered.expr.span())
                ))),
                Value::Unknown(unknown) => Err(Asked::Unknown(unknown.path.clone())),
                other => match convert::to_text(other) {
                    Ok(text) => Ok(text.as_str().unwrap_or_default().into()),
                    Err(reason) => Err(Asked::Failed(format!("price key `{name}`: {reason}"))),
                },
            }
        };
        let times = match key.times.as_ref().map(|times| self.amount(times, scope)) {
            None => Decimal::ONE,
            Some(Amount::Known(times)) => times,
            Some(Amount::Unknown(path)) => return Err(Asked::Unknown(path)),
            Some(Amount::Usage(keys)) => {
                return Err(Asked::Failed(format!("the price depends on usage key {}", keys.join(", "))));
            }
            Some(Amount::Failed(reason)) => return Err(Asked::Failed(reason)),
        };
        let optional = |lowered: &'c Option<Lowered>, name: &str| {
            lowered.as_ref().map(|lowered| column(lowered, name)).transpose()
        };
        let columns = key.columns.iter().map(|(name, lowered)| Ok((name.clone(), column(lowered, name)?)));
        Ok(AskedKey {
            provider: optional(&key.provider, "provider")?,
            region: optional(&key.region, "region")?,
            service: column(&key.service, "service")?,
            columns: columns.collect::<Result<_, Asked>>()?,
            times,
            is_sensitive: is_sensitive.get(),
        })
    }

    /// The expressions of a component with the values they had, lets and inputs behind them included.
    fn trace(&self, component: &'c Component, scope: &Scope<'c, '_>) -> Vec<(String, String)> {
        let mut steps = Vec::new();
        let own =
            [Some(&component.quantity), component.times.as_ref(), component.per.as_ref(), component.when.as_ref()];
        for lowered in own.into_iter().flatten() {
            self.trace_one(lowered, scope, &mut steps);
        }
        if let PriceSource::Keys(keys) = &component.price {
            for key in keys {
                for lowered in key.columns.iter().map(|(_, lowered)| lowered).chain(&key.times) {
                    self.trace_one(lowered, scope, &mut steps);
                }
            }
        }
        steps
    }

    fn trace_one(&self, lowered: &Lowered, scope: &Scope<'c, '_>, steps: &mut Vec<(String, String)>) {
        for traversal in &lowered.traversals {
            if let Some(Some(by)) = scope.defined_by.get(traversal.root.0 as usize) {
                match scope.parent {
                    Some(parent) if by.is_in_parent => self.trace_one(by.lowered, parent, steps),
                    _ => self.trace_one(by.lowered, scope, steps),
                }
            }
        }
        let frame = Frame { slots: &scope.values, host: self.subject.host };
        for (span, value) in lowered.expr.trace(&frame) {
            let step = (scope.source.slice(span).to_owned(), value.to_string());
            if !steps.contains(&step) {
                steps.push(step);
            }
        }
    }
}

/// The product of two amounts; what is not known stays not known, usage keys of both are named.
fn multiply(left: Amount, right: Amount) -> Amount {
    match (left, right) {
        (Amount::Failed(reason), _) | (_, Amount::Failed(reason)) => Amount::Failed(reason),
        (Amount::Known(left), Amount::Known(right)) => match left.checked_mul(right) {
            Some(product) => Amount::Known(product),
            None => Amount::Failed("the quantity is too large".into()),
        },
        (Amount::Known(zero), _) | (_, Amount::Known(zero)) if zero.is_zero() => Amount::Known(Decimal::ZERO),
        (Amount::Unknown(path), _) | (_, Amount::Unknown(path)) => Amount::Unknown(path),
        (Amount::Usage(mut keys), Amount::Usage(more)) => {
            keys.extend(more.into_iter().filter(|key| !keys.contains(key)).collect::<Vec<_>>());
            Amount::Usage(keys)
        }
        (Amount::Usage(keys), _) | (_, Amount::Usage(keys)) => Amount::Usage(keys),
    }
}

/// Terraform writes some numbers and booleans as strings: an input takes them as its type.
fn coerce(value: &Value, kind: InputKind) -> Result<Value, String> {
    if value.as_unknown().is_some() {
        return Ok(value.clone());
    }
    match kind {
        InputKind::Any => Ok(value.clone()),
        InputKind::Text => convert::to_text(value),
        InputKind::Number => convert::to_number(value),
        InputKind::Bool => convert::to_bool(value),
    }
}

/// A failure in words, with the place in the stanza.
fn say(problem: &Problem) -> String {
    match problem.place() {
        Some((source, span)) => format!("{problem} ({}:{})", source.name(), source.line(span)),
        None => problem.to_string(),
    }
}
