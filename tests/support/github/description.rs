//! GitHub's OpenAPI description: which operation a request asks for, and whether request and answer are as described.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, Mutex};

use jsonschema::Validator;
use percent_encoding::percent_decode_str;
use serde_json::{Value, json};

use super::sample::sample;
use super::schema::{resolve, spell_out_nullable, undescribed};
use super::wire::{Answer, Request};

static DESCRIPTION: LazyLock<Description> = LazyLock::new(Description::read);

pub struct Description {
    root: Value,
    /// By JSON pointer. Building one takes longer than using it.
    validators: Mutex<BTreeMap<String, Arc<Validator>>>,
}

/// An operation and the values that a request's path has for its parameters.
#[derive(Debug, Clone)]
pub struct Operation {
    /// As in the description: `issues/list-comments`.
    pub id: String,
    pointer: String,
    pub path: BTreeMap<String, String>,
}

impl Operation {
    /// `owner/name`.
    pub fn repository(&self) -> String {
        format!("{}/{}", self.path["owner"], self.path["repo"])
    }

    /// A numeric parameter of the path, 0 if it is none (and the request is refused).
    pub fn number(&self, name: &str) -> u64 {
        self.path[name].parse().unwrap_or(0)
    }
}

impl Description {
    pub fn get() -> &'static Description {
        &DESCRIPTION
    }

    fn read() -> Description {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/github/openapi.json");
        let text = std::fs::read_to_string(path).expect("the description is in testdata");
        let mut root: Value = serde_json::from_str(&text).expect("the description is JSON");
        spell_out_nullable(&mut root);
        Description { root, validators: Mutex::default() }
    }

    /// The operation that a request asks for, or why there is none.
    pub fn find(&self, request: &Request) -> Result<Operation, String> {
        let paths = self.root["paths"].as_object().expect("the description has paths");
        let mut matched = None;
        for (template, methods) in paths {
            let Some(path) = match_path(template, &request.path) else { continue };
            let pointer = format!("/paths/{}/{}", escaped(template), request.method.to_ascii_lowercase());
            let Some(operation) = methods.get(request.method.to_ascii_lowercase()) else {
                matched = Some(format!("{template} does not know the method {}", request.method));
                continue;
            };
            let id = operation["operationId"].as_str().expect("operations have ids").to_owned();
            return Ok(Operation { id, pointer, path });
        }
        Err(matched.unwrap_or_else(|| format!("no operation has the path {}", request.path)))
    }

    /// All that is wrong with a request, by the operation's parameters and the schema of its body.
    pub fn check(&self, operation: &Operation, request: &Request) -> Vec<String> {
        let described = &self.root.pointer(&operation.pointer).expect("the operation was found there");
        let mut wrong = Vec::new();
        let mut known = Vec::new();
        for (index, parameter) in described["parameters"].as_array().into_iter().flatten().enumerate() {
            let name = parameter_name(resolve(&self.root, parameter));
            known.push(name);
            let pointer = format!("{}/parameters/{index}", operation.pointer);
            self.check_parameter(&pointer, operation, request, &mut wrong);
        }
        for (name, _) in &request.query {
            if !known.contains(&name.as_str()) {
                wrong.push(format!("unknown query parameter `{name}`"));
            }
        }
        self.check_body(operation, request, described.get("requestBody"), &mut wrong);
        wrong
    }

    fn check_parameter(&self, pointer: &str, operation: &Operation, request: &Request, wrong: &mut Vec<String>) {
        let pointer = self.resolved(pointer);
        let parameter = self.root.pointer(&pointer).expect("resolved pointers lead somewhere");
        let name = parameter_name(parameter);
        let values: Vec<&str> = match parameter["in"].as_str() {
            Some("path") => operation.path.get(name).map(String::as_str).into_iter().collect(),
            Some("query") => {
                request.query.iter().filter(|(given, _)| given == name).map(|(_, value)| value.as_str()).collect()
            }
            place => panic!("a parameter in {place:?}"),
        };
        if values.len() > 1 {
            wrong.push(format!("`{name}` is given {} times", values.len()));
        }
        if values.is_empty() && parameter["required"] == true {
            wrong.push(format!("`{name}` is missing"));
        }
        for value in values {
            let value = typed(value, resolve(&self.root, &parameter["schema"]));
            for error in self.errors(&format!("{pointer}/schema"), &value) {
                wrong.push(format!("parameter `{name}`: {error}"));
            }
        }
    }

    fn check_body(&self, operation: &Operation, request: &Request, body: Option<&Value>, wrong: &mut Vec<String>) {
        let Some(body) = body else {
            if !request.body.is_empty() {
                wrong.push("a body where none is described".to_owned());
            }
            return;
        };
        if request.body.is_empty() {
            if body["required"] == true {
                wrong.push("the body is missing".to_owned());
            }
            return;
        }
        let media_type = request.header("content-type").unwrap_or_default();
        if media_type.split(';').next() != Some("application/json") {
            wrong.push(format!("content-type is `{media_type}`, not application/json"));
        }
        let value: Value = match serde_json::from_slice(&request.body) {
            Ok(value) => value,
            Err(error) => return wrong.push(format!("the body is not JSON: {error}")),
        };
        let pointer = format!("{}/requestBody/content/application~1json/schema", operation.pointer);
        wrong.extend(self.mismatches(&pointer, &value));
    }

    /// All that is wrong with an answer. One with a status that is not described is wrong only if it reports success.
    pub fn check_answer(&self, operation: &Operation, answer: &Answer) -> Vec<String> {
        let pointer = format!("{}/responses/{}", operation.pointer, answer.status);
        if self.root.pointer(&pointer).is_none() {
            return if answer.status < 400 {
                vec![format!("status {} is not described", answer.status)]
            } else {
                vec![]
            };
        }
        let pointer = format!("{}/content/application~1json/schema", self.resolved(&pointer));
        if self.root.pointer(&pointer).is_none() {
            // Some errors are described without a body, and come with one.
            let fits = answer.body.is_empty() || answer.status >= 400;
            return if fits { vec![] } else { vec!["a body where none is described".to_owned()] };
        }
        match serde_json::from_slice(&answer.body) {
            Ok(value) => self.mismatches(&pointer, &value),
            Err(error) => vec![format!("the body is not JSON: {error}")],
        }
    }

    /// A value that has what a named schema requires.
    pub fn sample(&self, name: &str) -> Value {
        sample(&self.root, &json!({ "$ref": format!("#/components/schemas/{name}") }))
    }

    fn mismatches(&self, pointer: &str, value: &Value) -> Vec<String> {
        let schema = self.root.pointer(pointer).expect("callers look first");
        let mut wrong = self.errors(pointer, value);
        wrong.extend(undescribed(&self.root, schema, value).into_iter().map(|at| format!("{at} is not described")));
        wrong
    }

    fn errors(&self, pointer: &str, value: &Value) -> Vec<String> {
        let validator = self.validator(pointer);
        validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect()
    }

    fn validator(&self, pointer: &str) -> Arc<Validator> {
        let mut validators = self.validators.lock().expect("no thread panics while it holds the validators");
        let known = validators.entry(pointer.to_owned()).or_insert_with(|| {
            let mut schema = self.root.pointer(pointer).expect("callers look first").clone();
            schema["components"] = self.root["components"].clone();
            let built = jsonschema::options().should_validate_formats(true).build(&schema);
            Arc::new(built.unwrap_or_else(|error| panic!("{pointer} is no schema: {error}")))
        });
        Arc::clone(known)
    }

    /// The pointer to what a reference at `pointer` stands for.
    fn resolved(&self, pointer: &str) -> String {
        match self.root.pointer(pointer).and_then(|value| value.get("$ref")).and_then(Value::as_str) {
            Some(reference) => self.resolved(reference.trim_start_matches('#')),
            None => pointer.to_owned(),
        }
    }
}

fn parameter_name(parameter: &Value) -> &str {
    parameter["name"].as_str().expect("parameters have names")
}

/// The text of a parameter as the type that its schema has; text that does not fit stays text, and is refused.
fn typed(text: &str, schema: &Value) -> Value {
    match schema["type"].as_str() {
        Some("integer" | "number" | "boolean") => match serde_json::from_str(text) {
            Ok(value @ (Value::Number(_) | Value::Bool(_))) => value,
            _ => text.into(),
        },
        _ => text.into(),
    }
}

fn match_path(template: &str, path: &str) -> Option<BTreeMap<String, String>> {
    let (wanted, given): (Vec<&str>, Vec<&str>) = (template.split('/').collect(), path.split('/').collect());
    if wanted.len() != given.len() {
        return None;
    }
    let mut values = BTreeMap::new();
    for (wanted, given) in wanted.into_iter().zip(given) {
        match wanted.strip_prefix('{').and_then(|name| name.strip_suffix('}')) {
            Some(_) if given.is_empty() => return None,
            Some(name) => {
                values.insert(name.to_owned(), percent_decode_str(given).decode_utf8().ok()?.into_owned());
            }
            None if wanted == given => {}
            None => return None,
        }
    }
    Some(values)
}

fn escaped(template: &str) -> String {
    template.replace('~', "~0").replace('/', "~1")
}
