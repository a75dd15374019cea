//! Values with every field that a schema requires, and the few that the server knows laid over them.

use serde_json::{Map, Value, json};

use super::schema::resolve;

const ADDRESS: &str = "https://api.github.com/";

/// A value that has what the schema requires: its examples, null where that will do, else something plain.
pub fn sample(root: &Value, schema: &Value) -> Value {
    let schema = resolve(root, schema);
    if let Some(example) = schema.get("example") {
        return example.clone();
    }
    if let Some(Value::Array(values)) = schema.get("enum") {
        return values.first().cloned().unwrap_or(Value::Null);
    }
    if let Some(first) = schema.get("oneOf").or(schema.get("anyOf")).and_then(|choice| choice.get(0)) {
        return sample(root, first);
    }
    if let Some(Value::Array(parts)) = schema.get("allOf") {
        return parts.iter().fold(json!({}), |whole, part| laid_over(whole, sample(root, part)));
    }
    match schema.get("type") {
        Some(Value::String(kind)) => plain(root, schema, kind),
        Some(_) => Value::Null,
        None => plain(root, schema, "object"),
    }
}

fn plain(root: &Value, schema: &Value, kind: &str) -> Value {
    match kind {
        "object" => {
            let required = schema.get("required").and_then(Value::as_array).into_iter().flatten();
            let members = required.filter_map(Value::as_str).filter_map(|name| {
                let schema = schema.get("properties")?.get(name)?;
                let is_address = name == "href" || name.ends_with("url");
                let value = match sample(root, schema) {
                    // Not all addresses say that they are one, and clients read them as such.
                    Value::String(text) if text.is_empty() && is_address => json!(ADDRESS),
                    value => value,
                };
                Some((name.to_owned(), value))
            });
            Value::Object(members.collect::<Map<_, _>>())
        }
        "array" => json!([]),
        "integer" | "number" => json!(1),
        "boolean" => json!(false),
        _ => match schema.get("format").and_then(Value::as_str) {
            Some("date-time") => json!("2026-01-01T00:00:00Z"),
            Some("uri") => json!(ADDRESS),
            _ => json!(""),
        },
    }
}

/// Members of `over` take the place of those of `base`, objects within objects too.
pub fn laid_over(base: Value, over: Value) -> Value {
    match (base, over) {
        (Value::Object(mut base), Value::Object(over)) => {
            for (name, value) in over {
                let before = base.remove(&name).unwrap_or(Value::Null);
                base.insert(name, laid_over(before, value));
            }
            Value::Object(base)
        }
        (_, over) => over,
    }
}

/// The value with `to` for `from` in all its text.
pub fn renamed(value: Value, from: &str, to: &str) -> Value {
    match value {
        Value::String(text) => Value::String(text.replace(from, to)),
        Value::Array(items) => items.into_iter().map(|item| renamed(item, from, to)).collect(),
        Value::Object(members) => members.into_iter().map(|(name, member)| (name, renamed(member, from, to))).collect(),
        other => other,
    }
}
