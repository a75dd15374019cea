//! Schemas of OpenAPI 3.0: turned into JSON Schema, and asked which properties they describe.

use serde_json::{Value, json};

/// Turns every `nullable: true` into the type `null` beside the other.
///
/// That is the one word of the description that JSON Schema does not know.
pub fn spell_out_nullable(schema: &mut Value) {
    match schema {
        Value::Array(items) => items.iter_mut().for_each(spell_out_nullable),
        Value::Object(members) => {
            let nullable = members.get("nullable") == Some(&Value::Bool(true));
            if let (true, Some(Value::String(kind))) = (nullable, members.get("type")) {
                let kind = kind.clone();
                members.remove("nullable");
                members.insert("type".to_owned(), json!([kind, "null"]));
                if let Some(Value::Array(values)) = members.get_mut("enum") {
                    values.push(Value::Null);
                }
            }
            members.values_mut().for_each(spell_out_nullable);
        }
        _ => {}
    }
}

/// What a `$ref` stands for; any other schema stands for itself.
pub fn resolve<'a>(root: &'a Value, schema: &'a Value) -> &'a Value {
    let Some(Value::String(reference)) = schema.get("$ref") else {
        return schema;
    };
    let pointer = reference.strip_prefix('#').expect("references stay in the description");
    let target = root.pointer(pointer).unwrap_or_else(|| panic!("`{reference}` leads nowhere"));
    resolve(root, target)
}

/// The paths of all properties of `value` that no part of its schema describes.
///
/// An object whose schema names no properties is free.
pub fn undescribed(root: &Value, schema: &Value, value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    walk(root, &[schema], value, "", &mut found);
    found
}

fn walk(root: &Value, schemas: &[&Value], value: &Value, at: &str, found: &mut Vec<String>) {
    let mut parts = Vec::new();
    schemas.iter().for_each(|schema| collect_parts(root, schema, &mut parts));
    match value {
        Value::Array(items) => {
            let schemas: Vec<&Value> = parts.iter().filter_map(|part| part.get("items")).collect();
            for (index, item) in items.iter().enumerate() {
                walk(root, &schemas, item, &format!("{at}/{index}"), found);
            }
        }
        Value::Object(members) => {
            if parts.iter().all(|part| part.get("properties").is_none()) {
                return;
            }
            for (name, member) in members {
                let at = format!("{at}/{name}");
                let described = parts.iter().filter_map(|part| part.get("properties")?.get(name));
                let free =
                    parts.iter().filter_map(|part| part.get("additionalProperties")).filter(|free| free.is_object());
                let schemas: Vec<&Value> = described.chain(free).collect();
                if schemas.is_empty() {
                    found.push(at);
                    continue;
                }
                walk(root, &schemas, member, &at, found);
            }
        }
        _ => {}
    }
}

fn collect_parts<'a>(root: &'a Value, schema: &'a Value, parts: &mut Vec<&'a Value>) {
    let schema = resolve(root, schema);
    parts.push(schema);
    for combined in ["allOf", "anyOf", "oneOf"] {
        for part in schema.get(combined).and_then(Value::as_array).into_iter().flatten() {
            collect_parts(root, part, parts);
        }
    }
}
