//! Makes saved plans: the zip of messages and MessagePack that `terraform plan -out` writes.

use std::io::{Cursor, Write as _};

use serde_json::Value as Json;
use zip::write::SimpleFileOptions;

/// The provider of every resource.
const PROVIDER: &str = r#"provider["registry.terraform.io/hashicorp/aws"]"#;

/// A saved plan of the changes and variables that plan JSON has, with the files of its modules: for each the key of its
/// call, its name and its text.
pub fn saved(plan: &Json, files: &[(String, String, String)]) -> Vec<u8> {
    zipped(&entries(plan, files))
}

/// The entries of such a plan.
pub fn entries(plan: &Json, files: &[(String, String, String)]) -> Vec<(String, Vec<u8>)> {
    let mut keys: Vec<&str> = files.iter().map(|(key, ..)| key.as_str()).collect();
    keys.dedup();
    let folder = |key: &str| if key.is_empty() { ".".to_owned() } else { format!("modules/{key}") };
    let module = |key: &&str| {
        let source = format!("./{}", folder(key));
        serde_json::json!({ "Key": key, "Source": source, "Dir": folder(key) })
    };
    let listed: Vec<Json> = keys.iter().map(module).collect();
    let mut entries = vec![
        ("tfplan".to_owned(), messages(plan)),
        ("tfconfig/modules.json".to_owned(), Json::from(listed).to_string().into_bytes()),
    ];
    entries.extend(files.iter().map(|(key, name, text)| (format!("tfconfig/m-{key}/{name}"), text.clone().into())));
    entries
}

/// A zip of entries.
pub fn zipped(entries: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        writer.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// The messages of a plan.
fn messages(plan: &Json) -> Vec<u8> {
    let mut out = number(1, 3);
    for (name, variable) in plan["variables"].as_object().into_iter().flatten() {
        let value = field(1, &any(&variable["value"]));
        out.extend(field(2, &[field(1, name.as_bytes()), field(2, &value)].concat()));
    }
    for record in plan["resource_changes"].as_array().into_iter().flatten() {
        out.extend(field(3, &change(record)));
    }
    out.extend(field(14, plan["terraform_version"].as_str().unwrap_or("1.11.4").as_bytes()));
    out.extend([number(25, 1), number(26, 1)].concat());
    out
}

fn change(record: &Json) -> Vec<u8> {
    let sides = &record["change"];
    let words: Vec<&str> = sides["actions"].as_array().unwrap().iter().filter_map(Json::as_str).collect();
    let before = || msgpack(&sides["before"], &Json::Null);
    let after = || msgpack(&sides["after"], &sides["after_unknown"]);
    let (action, values) = match words.as_slice() {
        ["no-op"] => (0, vec![before()]),
        ["create"] => (1, vec![after()]),
        ["read"] => (2, vec![before(), after()]),
        ["update"] => (3, vec![before(), after()]),
        ["delete"] => (5, vec![before()]),
        ["delete", "create"] => (6, vec![before(), after()]),
        ["create", "delete"] => (7, vec![before(), after()]),
        ["forget"] => (8, vec![before()]),
        other => panic!("{other:?} has no number"),
    };
    let mut message = number(1, action);
    values.iter().for_each(|value| message.extend(field(2, &field(1, value))));
    for (number, mask) in [(3, &sides["before_sensitive"]), (4, &sides["after_sensitive"])] {
        let mut paths = Vec::new();
        marked(mask, &mut Vec::new(), &mut paths);
        paths.iter().for_each(|path| message.extend(field(number, path)));
    }
    if sides["importing"].is_object() {
        message.extend(field(5, &field(1, b"id")));
    }
    let text =
        |number, name: &str| record[name].as_str().map(|text| field(number, text.as_bytes())).unwrap_or_default();
    let provider = record["provider"].as_str().unwrap_or(PROVIDER);
    let named = [text(13, "address"), text(14, "previous_address"), text(7, "deposed")].concat();
    [named, field(8, provider.as_bytes()), field(9, &message)].concat()
}

/// The paths to what a mask marks.
fn marked(mask: &Json, steps: &mut Vec<Vec<u8>>, paths: &mut Vec<Vec<u8>>) {
    let mut inside = |step: Vec<u8>, mask: &Json| {
        steps.push(field(1, &step));
        marked(mask, steps, paths);
        steps.pop();
    };
    match mask {
        Json::Bool(true) => paths.push(steps.concat()),
        Json::Object(fields) => fields.iter().for_each(|(name, mask)| inside(field(1, name.as_bytes()), mask)),
        Json::Array(items) => {
            let key = |at: usize| field(2, &field(1, &any(&Json::from(at))));
            items.iter().enumerate().for_each(|(at, mask)| inside(key(at), mask));
        }
        _ => {}
    }
}

/// A value of which its own bytes say the type.
fn any(value: &Json) -> Vec<u8> {
    let kind: &[u8] = match value {
        Json::Bool(_) => br#""bool""#,
        Json::Number(_) => br#""number""#,
        Json::String(_) => br#""string""#,
        _ => br#""dynamic""#,
    };
    [&[0x92, 0xc4, u8::try_from(kind.len()).unwrap()], kind, &msgpack(value, &Json::Null)].concat()
}

/// A value in MessagePack, unknown where the mask says so.
pub fn msgpack(value: &Json, unknown: &Json) -> Vec<u8> {
    if *unknown == Json::Bool(true) {
        return vec![0xd4, 0, 0];
    }
    let mut out = Vec::new();
    match value {
        Json::Null => out.push(0xc0),
        Json::Bool(value) => out.push(if *value { 0xc3 } else { 0xc2 }),
        Json::Number(number) => match number.as_i64() {
            Some(number) => out.extend([&[0xd3][..], &number.to_be_bytes()].concat()),
            None => out.extend([&[0xcb][..], &number.as_f64().unwrap().to_be_bytes()].concat()),
        },
        Json::String(text) => {
            out.extend(head(0xdb, text.len()));
            out.extend(text.as_bytes());
        }
        Json::Array(items) => {
            out.extend(head(0xdd, items.len()));
            let mask = |at: usize| unknown.get(at).unwrap_or(&Json::Null);
            items.iter().enumerate().for_each(|(at, item)| out.extend(msgpack(item, mask(at))));
        }
        Json::Object(fields) => {
            let only = unknown.as_object().into_iter().flatten();
            let only: Vec<_> = only.filter(|(name, mask)| **mask == true && !fields.contains_key(*name)).collect();
            out.extend(head(0xdf, fields.len() + only.len()));
            for (name, item) in fields.iter().chain(only) {
                out.extend(msgpack(&Json::from(name.as_str()), &Json::Null));
                out.extend(msgpack(item, unknown.get(name).unwrap_or(&Json::Null)));
            }
        }
    }
    out
}

fn head(marker: u8, length: usize) -> Vec<u8> {
    [&[marker][..], &u32::try_from(length).unwrap().to_be_bytes()].concat()
}

/// A field of bytes.
pub fn field(number: u64, bytes: &[u8]) -> Vec<u8> {
    [varint(number << 3 | 2), varint(bytes.len() as u64), bytes.to_vec()].concat()
}

/// A field that is a number.
pub fn number(field: u64, value: u64) -> Vec<u8> {
    [varint(field << 3), varint(value)].concat()
}

fn varint(mut value: u64) -> Vec<u8> {
    let mut out = Vec::new();
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
    out
}
