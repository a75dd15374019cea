//! What a block refers to, as the `configuration` of `show -json` has it.

use std::collections::BTreeMap;

use hcl::edit::expr::{Expression, ObjectKey};
use hcl::edit::template::Element;
use serde_json::{Value as Json, json};

use crate::input::module::references;
use crate::input::module::written::{Argument, Written};

/// What is no attribute of a resource. What a `dynamic` block makes is not told by `show -json`.
const RESOURCE_META: &[&str] =
    &["count", "for_each", "provider", "depends_on", "lifecycle", "provisioner", "connection", "dynamic"];
/// What is no input of a module.
const CALL_META: &[&str] = &["source", "version", "providers", "depends_on", "count", "for_each"];

/// What the attributes and the nested blocks of a resource refer to.
pub(super) fn resource(block: &Written) -> String {
    text(&content(block, RESOURCE_META))
}

/// What the inputs of a module call refer to.
pub(super) fn call(block: &Written) -> String {
    let inputs = block.arguments.iter().filter(|(name, _)| !CALL_META.contains(&name.as_str()));
    text(&inputs.map(|(name, argument)| (name.as_str(), of(argument))).collect::<BTreeMap<_, _>>())
}

/// What the settings of a provider configuration refer to.
pub(super) fn provider(block: &Written) -> String {
    text(&content(block, &["alias", "version"]))
}

/// What an argument refers to.
pub(super) fn argument(argument: &Argument) -> String {
    of(argument).to_string()
}

/// A variable with its default, and whether it is a secret.
pub(super) fn variable(block: &Written) -> String {
    let constant = |name: &str| Some((name.to_owned(), constant(&block.argument(name)?.value)?));
    ["default", "sensitive"].into_iter().filter_map(constant).collect::<Json>().to_string()
}

/// The `source` of an entry of `required_providers`.
pub(super) fn provider_source(entry: &Expression) -> Option<&str> {
    let Expression::Object(object) = entry else { return None };
    object.iter().find(|(key, _)| key_text(key) == Some("source")).and_then(|(_, value)| value.expr().as_str())
}

fn text(entries: &BTreeMap<&str, Json>) -> String {
    serde_json::to_string(entries).expect("JSON of texts can be written")
}

fn content<'w>(written: &'w Written, left_out: &[&str]) -> BTreeMap<&'w str, Json> {
    let mut entries = BTreeMap::new();
    for (name, argument) in written.arguments.iter().filter(|(name, _)| !left_out.contains(&name.as_str())) {
        // In JSON syntax, blocks are objects and look like values.
        let is_json = argument.at.source.name().ends_with(".json");
        entries.insert(name.as_str(), if is_json { nested(&argument.value) } else { of(argument) });
    }
    for block in written.blocks.iter().filter(|block| !left_out.contains(&block.kind.as_str())) {
        let inner = json!(content(&block.content, &["dynamic"]));
        match entries.entry(block.kind.as_str()).or_insert_with(|| Json::Array(Vec::new())) {
            Json::Array(blocks) => blocks.push(inner),
            other => *other = Json::Array(vec![inner]),
        }
    }
    entries
}

fn nested(value: &Expression) -> Json {
    match value {
        Expression::Object(object) => {
            let entries = object.iter().filter_map(|(key, value)| Some((key_text(key)?, nested(value.expr()))));
            json!(entries.collect::<BTreeMap<_, _>>())
        }
        Expression::Array(items) if items.iter().any(|item| matches!(item, Expression::Object(_))) => {
            items.iter().map(nested).collect()
        }
        other => expression(other),
    }
}

fn of(argument: &Argument) -> Json {
    expression(&argument.value)
}

fn expression(value: &Expression) -> Json {
    let mut found: Vec<String> = Vec::new();
    for reference in references(value) {
        let text = reference.text();
        let text = text.strip_prefix("resource.").map(str::to_owned).unwrap_or(text);
        if !found.contains(&text) {
            found.push(text);
        }
    }
    if !found.is_empty() {
        return json!({ "references": found });
    }
    constant(value).map_or_else(|| json!({}), |value| json!({ "constant_value": value }))
}

/// The value of an expression in which nothing is evaluated.
fn constant(value: &Expression) -> Option<Json> {
    Some(match value {
        Expression::Null(_) => Json::Null,
        Expression::Bool(value) => Json::Bool(*value.value()),
        Expression::Number(number) => serde_json::from_str(&number.value().to_string()).ok()?,
        Expression::String(text) => Json::String(text.as_str().to_owned()),
        Expression::StringTemplate(template) => {
            let literals = template.iter().map(|element| match element {
                Element::Literal(text) => Some(text.as_str()),
                _ => None,
            });
            Json::String(literals.collect::<Option<String>>()?)
        }
        Expression::Parenthesis(inner) => constant(inner.inner())?,
        Expression::Array(items) => items.iter().map(constant).collect::<Option<_>>()?,
        Expression::Object(object) => {
            let entries = object.iter().map(|(key, value)| Some((key_text(key)?.to_owned(), constant(value.expr())?)));
            Json::Object(entries.collect::<Option<_>>()?)
        }
        _ => return None,
    })
}

fn key_text(key: &ObjectKey) -> Option<&str> {
    match key {
        ObjectKey::Ident(name) => Some(name.as_str()),
        ObjectKey::Expression(Expression::Variable(name)) => Some(name.as_str()),
        ObjectKey::Expression(expression) => expression.as_str(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::parse_body;
    use crate::model::Source;

    fn written(text: &str) -> Written {
        let source = Source::new("main.tf", text);
        Written::of(&parse_body(&source).unwrap(), &source)
    }

    #[test]
    fn a_resource_tells_what_each_attribute_refers_to() {
        let block = written(
            "count = var.n\nsubnet_id = aws_subnet.all[count.index].id\nname = \"a\"\nport = 1 + 1\ndisk {\n\
             key = module.kms[\"a\"].arn\n}\ndisk {}\ndynamic \"tag\" {\nfor_each = var.x\ncontent {}\n}\n\
             lifecycle {\nignore_changes = [name]\n}\n",
        );
        let expected = r#"{"disk":[{"key":{"references":["module.kms[\"a\"].arn"]}},{}],"name":{"constant_value":"a"},"port":{},"subnet_id":{"references":["aws_subnet.all","count.index"]}}"#;
        assert_eq!(resource(&block), expected);
    }

    #[test]
    fn calls_and_variables_leave_out_what_is_terraforms() {
        let block = written("source = \"./a\"\nproviders = { aws = aws.b }\nregion = var.region\nsizes = [1, 2]\n");
        let expected = r#"{"region":{"references":["var.region"]},"sizes":{"constant_value":[1,2]}}"#;
        assert_eq!(call(&block), expected);
        assert_eq!(variable(&written("default = { a = \"x\" }\n")), r#"{"default":{"a":"x"}}"#);
        assert_eq!((variable(&written("")), variable(&written("default = f()\n"))), ("{}".into(), "{}".into()));
    }
}
