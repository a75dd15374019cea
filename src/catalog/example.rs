//! `example` blocks: a stanza's own tests, asserting quantities.

use hcl::edit::Span as _;
use hcl::edit::structure::Block;
use rust_decimal::Decimal;
use smol_str::{SmolStr, format_smolstr};

use super::around::Around;
use super::evaluate::{self, Subject};
use super::fact::{Amount, Asked, Fact};
use super::lower::{Lowerer, label_of};
use super::stanza::{Example, Free, Stanza};
use super::usage_block;
use crate::model::{Object, Problem, Value};

const ATTRIBUTES: &[&str] = &["self", "usage", "region", "refs", "referrers", "expect"];

/// Lowers an `example` block; its attributes are constants.
pub(crate) fn lower(lowerer: &mut Lowerer<'_>, block: &Block) -> Option<Example> {
    lowerer.known_items(&block.body, ATTRIBUTES, &[], "an example");
    let mut object = |name: &str| -> Object {
        let value = block.body.get_attribute(name).and_then(|attribute| lowerer.constant(&attribute.value));
        match value {
            Some(Value::Object(object)) => object,
            None => Object::default(),
            Some(other) => {
                let span = block.body.get_attribute(name).and_then(|attribute| attribute.value.span());
                lowerer.problem("example", format!("`{name}` is an object, not a {}", other.kind()), span, "");
                Object::default()
            }
        }
    };
    let (this, usage) = (object("self"), object("usage"));
    let (refs, referrers) = (object("refs"), object("referrers"));
    let expect = object("expect").entries();
    let region = block.body.get_attribute("region").and_then(|attribute| attribute.value.as_str());
    if !block.body.has_attribute("expect") {
        lowerer.problem("example", "an example without `expect`", block.ident.span(), "");
        return None;
    }
    Some(Example {
        name: label_of(block),
        this,
        usage,
        region: region.unwrap_or("example-1").into(),
        refs,
        referrers,
        expect,
        span: block.span().unwrap_or_default().into(),
    })
}

/// Runs an example: the facts it gives, and the problems where they differ from what it expects.
pub(crate) fn run<'s>(stanza: &'s Stanza, example: &'s Example) -> (Vec<Fact<'s>>, Vec<Problem>) {
    let host = Around::of(example);
    let subject = Subject {
        this: example.this.clone(),
        usage: usage_block::merge(&stanza.usage, &example.usage),
        region: Some(example.region.clone()),
        host: &host,
        wants_trace: false,
    };
    let fail = |message: String, label: String| {
        Problem::error("lepton::catalog::example", format!("example \"{}\": {message}", example.name)).at(
            &stanza.source,
            example.span,
            label,
        )
    };
    let is_free = match &stanza.free {
        Free::Never => false,
        Free::Always => true,
        Free::When(condition) => match evaluate::is_free(condition, stanza, &subject) {
            Ok(is_free) => is_free,
            Err(problem) => return (Vec::new(), vec![problem]),
        },
    };
    let facts = if is_free { Vec::new() } else { evaluate::facts(stanza, &subject) };
    let mut problems = Vec::new();
    let mut seen = Vec::new();
    for fact in &facts {
        let name = path_of(fact);
        if let Asked::Failed(reason) = &fact.price {
            problems.push(fail(format!("{name}: {reason}"), String::new()));
        }
        let got = match &fact.quantity {
            Amount::Known(number) => Value::Number(number.normalize()),
            Amount::Usage(_) => Value::Null,
            Amount::Unknown(path) => Value::unknown(path.clone()),
            Amount::Failed(reason) => {
                problems.push(fail(format!("{name}: {reason}"), String::new()));
                seen.push(name);
                continue;
            }
        };
        match example.expect.iter().find(|(expected, _)| *expected == name) {
            None => problems.push(fail(format!("{name} = {got} is not listed in `expect`"), "list it here".into())),
            Some((_, expected)) if !is_same(expected, &got) => {
                problems.push(fail(format!("{name} is {got}, expected {expected}"), String::new()));
            }
            Some(_) => {}
        }
        if seen.contains(&name) {
            problems.push(fail(format!("{name} stands twice"), "two components with one name".into()));
        }
        seen.push(name);
    }
    for (name, _) in example.expect.iter().filter(|(name, _)| !seen.contains(name)) {
        problems.push(fail(format!("there is no component {name}"), String::new()));
    }
    (facts, problems)
}

/// Quantities are compared to nine decimals: a third of something has no last digit.
fn is_same(expected: &Value, got: &Value) -> bool {
    match (expected.as_number(), got.as_number()) {
        (Some(expected), Some(got)) => (expected - got).abs() < Decimal::new(1, 9),
        _ => expected == got,
    }
}

/// `PART/LABEL`, as examples name a component.
pub fn path_of(fact: &Fact<'_>) -> SmolStr {
    let mut path = fact.part.join("/");
    if !path.is_empty() {
        path.push('/');
    }
    format_smolstr!("{path}{}{}", fact.component.label, fact.each.as_deref().unwrap_or(""))
}
