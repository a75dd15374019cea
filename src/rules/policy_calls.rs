//! Functions of policies that call themselves: the engine would follow them until its stack ends.

use std::collections::{BTreeMap, BTreeSet};

use regorus::unstable::{Expr, Literal, Module, Query, Rule, RuleHead};

use crate::model::Span;

/// A function that calls itself, at once or over others.
#[derive(Debug)]
pub(super) struct Circle {
    /// Its name with its package.
    pub(super) name: String,
    /// The file it stands in.
    pub(super) file: String,
    /// Its head there.
    pub(super) span: Span,
}

struct Function {
    file: String,
    span: Span,
    calls: BTreeSet<String>,
}

/// The functions that call themselves, by name.
pub(super) fn circles<'m>(modules: impl IntoIterator<Item = &'m Module>) -> Vec<Circle> {
    let mut functions: BTreeMap<String, Function> = BTreeMap::new();
    for module in modules {
        let Some(package) = path(&module.package.refr) else { continue };
        let package = format!("data.{package}");
        let aliases = aliases(module);
        for rule in &module.policy {
            let Rule::Spec { span, head: RuleHead::Func { refr, .. }, .. } = rule.as_ref() else { continue };
            let Some(name) = path(refr) else { continue };
            let calls = calls(rule).into_iter().map(|call| resolve(&call, &package, &aliases));
            let function = functions.entry(format!("{package}.{name}")).or_insert_with(|| Function {
                file: span.source.get_path().clone(),
                span: text_span(refr.span()),
                calls: BTreeSet::new(),
            });
            function.calls.extend(calls);
        }
    }
    let is_circle = |name: &&String| reached(name, &functions).contains(name.as_str());
    let names = functions.keys().filter(is_circle);
    names
        .map(|name| Circle { name: name.clone(), file: functions[name].file.clone(), span: functions[name].span })
        .collect()
}

/// All functions that one leads to.
fn reached<'f>(name: &str, functions: &'f BTreeMap<String, Function>) -> BTreeSet<&'f str> {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut waiting: Vec<&Function> = functions.get(name).into_iter().collect();
    while let Some(function) = waiting.pop() {
        for call in function.calls.iter().filter(|call| functions.contains_key(*call)) {
            if seen.insert(call) {
                waiting.push(&functions[call]);
            }
        }
    }
    seen
}

/// What each import is called in its module.
fn aliases(module: &Module) -> BTreeMap<String, String> {
    let named = module.imports.iter().filter_map(|import| {
        let whole = path(&import.refr)?;
        let alias = match &import.r#as {
            Some(alias) => alias.text().to_owned(),
            None => whole.rsplit('.').next()?.to_owned(),
        };
        Some((alias, whole))
    });
    named.collect()
}

fn resolve(call: &str, package: &str, aliases: &BTreeMap<String, String>) -> String {
    let (first, rest) = call.split_once('.').map_or((call, None), |(first, rest)| (first, Some(rest)));
    match (first, aliases.get(first), rest) {
        ("data", _, Some(_)) => call.to_owned(),
        (_, Some(whole), Some(rest)) => format!("{whole}.{rest}"),
        (_, Some(whole), None) => whole.clone(),
        _ => format!("{package}.{call}"),
    }
}

/// `a.b.c` of a reference by plain names.
fn path(expression: &Expr) -> Option<String> {
    match expression {
        Expr::Var { span, .. } => Some(span.text().to_owned()),
        Expr::RefDot { refr, field, .. } => Some(format!("{}.{}", path(refr)?, field.0.text())),
        _ => None,
    }
}

fn text_span(span: &regorus::unstable::Span) -> Span {
    Span { start: span.start as usize, end: span.end as usize }
}

enum Part<'r> {
    Expression(&'r Expr),
    Query(&'r Query),
}

/// What a rule calls, as it is spelled.
fn calls(rule: &Rule) -> Vec<String> {
    let mut waiting = Vec::new();
    match rule {
        Rule::Default { value, .. } => waiting.push(Part::Expression(value)),
        Rule::Spec { head, bodies, .. } => {
            if let RuleHead::Func { assign: Some(assign), .. } = head {
                waiting.push(Part::Expression(&assign.value));
            }
            for body in bodies {
                waiting.extend(body.assign.iter().map(|assign| Part::Expression(&assign.value)));
                waiting.push(Part::Query(&body.query));
            }
        }
    }
    let mut found = Vec::new();
    while let Some(part) = waiting.pop() {
        match part {
            Part::Expression(expression) => {
                if let Expr::Call { fcn, .. } = expression {
                    found.extend(path(fcn));
                }
                below(expression, &mut waiting);
            }
            Part::Query(query) => {
                for statement in &query.stmts {
                    waiting.extend(statement.with_mods.iter().map(|with| Part::Expression(&with.r#as)));
                    within(&statement.literal, &mut waiting);
                }
            }
        }
    }
    found
}

fn within<'r>(literal: &'r Literal, waiting: &mut Vec<Part<'r>>) {
    match literal {
        Literal::SomeVars { .. } => {}
        Literal::SomeIn { key, value, collection, .. } => {
            waiting.extend(key.iter().chain([value, collection]).map(|part| Part::Expression(part)));
        }
        Literal::Expr { expr, .. } | Literal::NotExpr { expr, .. } => waiting.push(Part::Expression(expr)),
        Literal::Every { domain, query, .. } => waiting.extend([Part::Expression(domain), Part::Query(query)]),
    }
}

fn below<'r>(expression: &'r Expr, waiting: &mut Vec<Part<'r>>) {
    match expression {
        Expr::String { .. }
        | Expr::RawString { .. }
        | Expr::Number { .. }
        | Expr::Bool { .. }
        | Expr::Null { .. }
        | Expr::Var { .. } => {}
        Expr::Array { items, .. } | Expr::Set { items, .. } | Expr::Call { params: items, .. } => {
            waiting.extend(items.iter().map(|item| Part::Expression(item)));
        }
        Expr::Object { fields, .. } => {
            let parts = fields.iter().flat_map(|(_, key, value)| [key, value]);
            waiting.extend(parts.map(|part| Part::Expression(part)));
        }
        Expr::ArrayCompr { term, query, .. } | Expr::SetCompr { term, query, .. } => {
            waiting.extend([Part::Expression(term), Part::Query(query)]);
        }
        Expr::ObjectCompr { key, value, query, .. } => {
            waiting.extend([Part::Expression(key), Part::Expression(value), Part::Query(query)]);
        }
        Expr::UnaryExpr { expr, .. } => waiting.push(Part::Expression(expr)),
        Expr::RefDot { refr, .. } => waiting.push(Part::Expression(refr)),
        Expr::RefBrack { refr, index, .. } => waiting.extend([Part::Expression(refr), Part::Expression(index)]),
        Expr::BinExpr { lhs, rhs, .. }
        | Expr::BoolExpr { lhs, rhs, .. }
        | Expr::ArithExpr { lhs, rhs, .. }
        | Expr::AssignExpr { lhs, rhs, .. } => waiting.extend([Part::Expression(lhs), Part::Expression(rhs)]),
        Expr::Membership { key, value, collection, .. } => {
            waiting.extend(key.iter().chain([value, collection]).map(|part| Part::Expression(part)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(policies: &[&str]) -> Vec<String> {
        let mut engine = regorus::Engine::new();
        for (at, policy) in policies.iter().enumerate() {
            engine.add_policy(format!("{at}.rego"), (*policy).to_owned()).expect("a good policy");
        }
        circles(engine.get_modules().iter().map(AsRef::as_ref)).into_iter().map(|circle| circle.name).collect()
    }

    #[test]
    fn a_function_may_call_itself_at_once_or_over_others() {
        assert_eq!(names(&["package a\nf(x) := f(x)"]), ["data.a.f"]);
        let over = "package a\nf(x) := y if { some z in [g(x)]; y := z }\ng(x) := {h(x): 1}\nh(x) := [f(y) | y := x]";
        assert_eq!(names(&[over]), ["data.a.f", "data.a.g", "data.a.h"]);
        let one = "package a\nimport data.b.helpers\nf(x) := helpers.g(x)";
        let other = "package b.helpers\nimport data.a as back\ng(x) := back.f(x)";
        assert_eq!(names(&[one, other]), ["data.a.f", "data.b.helpers.g"]);
    }

    #[test]
    fn functions_of_one_name_in_two_packages_are_two() {
        let one = "package a\nimport data.b\nf(x) := b.f(x)\ncount(x) := f(x)";
        assert_eq!(names(&[one, "package b\nf(x) := count(x)\ng(x) := f(f(x))"]), Vec::<String>::new());
    }
}
