//! The one mutation that has no counterpart in the REST API: hiding a comment.
//!
//! It is held against GitHub's public GraphQL schema as far as the mutation goes: `minimizeComment`, its input, the
//! types of the variables in it, and the fields of its payload.

use std::collections::{BTreeMap, BTreeSet};

use graphql_parser::query::{
    Definition, Field, OperationDefinition, Selection, SelectionSet, Type, Value as Literal, parse_query,
};
use serde_json::{Map, Value, json};

use super::wire::{Answer, Request};
use super::world::State;

const CLASSIFIERS: [&str; 6] = ["ABUSE", "DUPLICATE", "OFF_TOPIC", "OUTDATED", "RESOLVED", "SPAM"];

/// What a request asks for.
#[derive(Debug)]
pub struct Minimize {
    /// The field's name in the answer.
    key: String,
    input: Value,
    payload: SelectionSet<'static, String>,
}

/// The mutation in a request, or all that is wrong with it.
pub fn read(request: &Request) -> Result<Minimize, Vec<String>> {
    let one = |what: String| Err(vec![what]);
    if request.method != "POST" || !request.query.is_empty() {
        return one("GraphQL takes POST without a query".to_owned());
    }
    let media_type = request.header("content-type").unwrap_or_default();
    if media_type.split(';').next() != Some("application/json") {
        return one(format!("content-type is `{media_type}`, not application/json"));
    }
    let body = request.json();
    let members = body.as_object().cloned().unwrap_or_default();
    if let Some(name) = members.keys().find(|name| !["query", "variables", "operationName"].contains(&name.as_str())) {
        return one(format!("/{name} is not described"));
    }
    let Some(text) = body["query"].as_str() else {
        return one("\"query\" is a required property".to_owned());
    };
    let variables = match &body["variables"] {
        Value::Null => Map::new(),
        Value::Object(variables) => variables.clone(),
        other => return one(format!("/variables: {other} is not of type \"object\"")),
    };
    let document = parse_query::<String>(text).map_err(|error| vec![error.to_string()])?.into_static();
    let [Definition::Operation(OperationDefinition::Mutation(mutation))] = &document.definitions[..] else {
        return one("not a single mutation".to_owned());
    };
    let [Selection::Field(field)] = &mutation.selection_set.items[..] else {
        return one("not a single field in the mutation".to_owned());
    };
    if field.name != "minimizeComment" {
        return one(format!("the mutation `{}` is not one that is needed", field.name));
    }
    let types: BTreeMap<&str, &Type<String>> =
        mutation.variable_definitions.iter().map(|variable| (variable.name.as_str(), &variable.var_type)).collect();
    let mut check = Check { types, variables, used: BTreeSet::new(), wrong: Vec::new() };
    let input = check.arguments(field);
    check.variables();
    check.payload(&field.selection_set);
    if !check.wrong.is_empty() {
        return Err(check.wrong);
    }
    let key = field.alias.clone().unwrap_or_else(|| field.name.clone());
    Ok(Minimize { key, input, payload: field.selection_set.clone() })
}

struct Check<'a> {
    types: BTreeMap<&'a str, &'a Type<'static, String>>,
    variables: Map<String, Value>,
    used: BTreeSet<String>,
    wrong: Vec<String>,
}

impl Check<'_> {
    /// The input with its variables filled in.
    fn arguments(&mut self, field: &Field<'static, String>) -> Value {
        let [(name, input)] = &field.arguments[..] else {
            self.wrong.push("minimizeComment takes one argument, `input`".to_owned());
            return Value::Null;
        };
        if name != "input" {
            self.wrong.push(format!("minimizeComment has no argument `{name}`"));
        }
        let value = match input {
            Literal::Object(members) => {
                let filled = members.iter().map(|(name, member)| (name.clone(), self.member(name, member)));
                Value::Object(filled.collect())
            }
            other => self.filled(other, "MinimizeCommentInput!"),
        };
        self.input(&value);
        value
    }

    fn member(&mut self, name: &str, literal: &Literal<'static, String>) -> Value {
        match name {
            "subjectId" => self.filled(literal, "ID!"),
            "classifier" => self.filled(literal, "ReportedContentClassifiers!"),
            _ => self.filled(literal, "String"),
        }
    }

    /// The value of a literal or a variable where `wanted` is the type.
    fn filled(&mut self, literal: &Literal<'static, String>, wanted: &str) -> Value {
        match literal {
            Literal::Variable(name) => {
                self.used.insert(name.clone());
                match self.types.get(name.as_str()).map(ToString::to_string) {
                    None => self.wrong.push(format!("${name} is not declared")),
                    Some(kind) if kind == wanted || kind.strip_suffix('!') == Some(wanted) => {}
                    Some(kind) => self.wrong.push(format!("${name} is {kind}, and {wanted} is needed")),
                }
                self.variables.get(name).cloned().unwrap_or(Value::Null)
            }
            Literal::Enum(value) if wanted == "ReportedContentClassifiers!" => json!(value),
            Literal::String(value) if wanted != "ReportedContentClassifiers!" => json!(value),
            other => {
                self.wrong.push(format!("{other} is not of type {wanted}"));
                Value::Null
            }
        }
    }

    fn input(&mut self, input: &Value) {
        let Some(members) = input.as_object() else {
            return self.wrong.push("`input` is no object".to_owned());
        };
        for (name, value) in members {
            let fits = match name.as_str() {
                "subjectId" => value.as_str().is_some_and(|id| !id.is_empty()),
                "classifier" => value.as_str().is_some_and(|value| CLASSIFIERS.contains(&value)),
                "clientMutationId" => value.is_string() || value.is_null(),
                _ => false,
            };
            if !fits {
                self.wrong.push(format!("MinimizeCommentInput does not take `{name}`: {value}"));
            }
        }
        for name in ["subjectId", "classifier"] {
            if !members.contains_key(name) {
                self.wrong.push(format!("MinimizeCommentInput lacks `{name}`"));
            }
        }
    }

    /// Every variable is declared, used and given.
    fn variables(&mut self) {
        for (name, kind) in &self.types {
            if matches!(kind, Type::NonNullType(_)) && self.variables.get(*name).is_none_or(Value::is_null) {
                self.wrong.push(format!("${name} is {kind} and is not given"));
            }
            if !self.used.contains(*name) {
                self.wrong.push(format!("${name} is not used"));
            }
        }
        for name in self.variables.keys().filter(|name| !self.types.contains_key(name.as_str())) {
            self.wrong.push(format!("${name} is given and not declared"));
        }
    }

    fn payload(&mut self, payload: &SelectionSet<'static, String>) {
        if payload.items.is_empty() {
            self.wrong.push("minimizeComment needs a selection of fields".to_owned());
        }
        for selection in &payload.items {
            let Selection::Field(field) = selection else {
                self.wrong.push("no fragments in the payload, please".to_owned());
                continue;
            };
            match field.name.as_str() {
                "clientMutationId" | "__typename" if field.selection_set.items.is_empty() => {}
                "minimizedComment" if !field.selection_set.items.is_empty() => self.minimizable(field),
                other => self.wrong.push(format!("MinimizeCommentPayload does not have `{other}` like this")),
            }
        }
    }

    fn minimizable(&mut self, field: &Field<'static, String>) {
        for selection in &field.selection_set.items {
            let Selection::Field(field) = selection else {
                self.wrong.push("no fragments in the comment, please".to_owned());
                continue;
            };
            if minimized("").get(&field.name).is_none() || !field.selection_set.items.is_empty() {
                self.wrong.push(format!("Minimizable does not have `{}` like this", field.name));
            }
        }
    }
}

/// A minimised comment, by the names of its fields.
fn minimized(reason: &str) -> Value {
    let reason = reason.to_lowercase().replace('_', "-");
    json!({ "__typename": "IssueComment", "isMinimized": true, "minimizedReason": reason, "viewerCanMinimize": true })
}

/// Hides the comment.
pub fn minimize(asked: &Minimize, state: &mut State) -> Answer {
    let id = asked.input["subjectId"].as_str().expect("the request is valid");
    let classifier = asked.input["classifier"].as_str().expect("the request is valid");
    let Some(comment) = state.comments.iter_mut().find(|comment| comment.node_id == id) else {
        let message = format!("Could not resolve to a node with the global id of '{id}'");
        return failed(&asked.key, "NOT_FOUND", &message);
    };
    let fields = minimized(classifier);
    comment.minimized = fields["minimizedReason"].as_str().map(ToOwned::to_owned);
    let known = json!({
        "__typename": "MinimizeCommentPayload",
        "clientMutationId": asked.input["clientMutationId"],
        "minimizedComment": fields,
    });
    Answer::json(200, &json!({ "data": { (&asked.key): selected(&asked.payload, &known) } }))
}

/// The fields that were asked for.
fn selected(wanted: &SelectionSet<'static, String>, from: &Value) -> Value {
    let fields = wanted.items.iter().filter_map(|selection| match selection {
        Selection::Field(field) => Some(field),
        _ => None,
    });
    let members = fields.map(|field| {
        let value = &from[&field.name];
        let value = if value.is_object() { selected(&field.selection_set, value) } else { value.clone() };
        (field.alias.clone().unwrap_or_else(|| field.name.clone()), value)
    });
    Value::Object(members.collect())
}

/// An error as GraphQL puts it: with status 200.
pub fn failed(key: &str, kind: &str, message: &str) -> Answer {
    let error = json!({ "type": kind, "path": [key], "message": message });
    Answer::json(200, &json!({ "data": { key: null }, "errors": [error] }))
}
