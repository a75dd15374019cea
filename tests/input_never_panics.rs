//! No bytes make the reader, or what it read, panic.

use std::path::Path;
use std::sync::LazyLock;

use lepton::input;
use lepton::model::{Plan, Value};
use proptest::prelude::*;

/// Looks at everything that a plan holds.
fn visit(plan: &Plan) -> usize {
    let mut seen = 0;
    for (at, change) in plan.changes.iter().enumerate() {
        for resource in [&change.before, &change.after].into_iter().flatten() {
            for (name, value) in resource.values.entries() {
                seen += depth(&value) + plan.references.targets(at, &name).len();
                seen += plan.references.referrers(at, &resource.kind, &name).len();
                seen += plan.references.targets(at, &format!("{name}.id")).len();
            }
            assert_eq!(resource.values, resource.values.clone());
        }
        seen += change.address.module().len() + change.address.without_indexes().len();
    }
    seen
}

fn depth(value: &Value) -> usize {
    match value.unmarked() {
        Value::List(items) => 1 + items.iter().map(depth).max().unwrap_or(0),
        Value::Object(object) => 1 + object.entries().iter().map(|(_, value)| depth(value)).max().unwrap_or(0),
        _ => 0,
    }
}

fn try_reading(bytes: Vec<u8>) {
    match input::read("input", bytes) {
        Ok(plan) => assert!(visit(&plan) < usize::MAX),
        Err(problem) => assert!(problem.help_text().is_some() && problem.code().starts_with("lepton::input::")),
    }
}

/// The smaller plans and states of `testdata`.
static SEEDS: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/input");
    let cases = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir());
    let mut inputs: Vec<_> = cases
        .flat_map(|case| std::fs::read_dir(case).unwrap().map(|entry| entry.unwrap().path()))
        .filter(|path| path.file_stem().is_some_and(|stem| stem == "input"))
        .collect();
    inputs.sort();
    inputs.into_iter().map(|path| std::fs::read(path).unwrap()).filter(|bytes| bytes.len() < 30_000).collect()
});

/// Pieces that mean something to the reader.
const PIECES: [&str; 24] = [
    "{",
    "}",
    "[",
    "]",
    "\"",
    "\\",
    ",",
    ":",
    "null",
    "true",
    "1e999",
    "-0.00000000000000000000000000000000001",
    "\"\\ud800\"",
    "[[[[",
    "{\"a\":",
    "\"resource_changes\":",
    "\"after_unknown\":true,",
    "\"references\":[\"module.net\",\"each.value\"],",
    "\"index_key\":",
    "\"var.x\"",
    "\u{feff}",
    "é",
    "\0",
    "[command]",
];

#[derive(Clone, Debug)]
enum Edit {
    Cut(usize),
    Remove(usize, usize),
    Insert(usize, usize),
    Copy(usize, usize, usize),
    Flip(usize, u8),
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        1 => any::<usize>().prop_map(Edit::Cut),
        4 => (any::<usize>(), 1..200_usize).prop_map(|(at, length)| Edit::Remove(at, length)),
        6 => (any::<usize>(), 0..PIECES.len()).prop_map(|(at, piece)| Edit::Insert(at, piece)),
        4 => (any::<usize>(), any::<usize>(), 1..300_usize).prop_map(|(from, to, length)| Edit::Copy(from, to, length)),
        4 => (any::<usize>(), any::<u8>()).prop_map(|(at, byte)| Edit::Flip(at, byte)),
    ]
}

fn apply(bytes: &mut Vec<u8>, edit: &Edit) {
    let within = |at: usize, bytes: &[u8]| at % (bytes.len() + 1);
    match *edit {
        Edit::Cut(at) => bytes.truncate(within(at, bytes)),
        Edit::Remove(at, length) => {
            let start = within(at, bytes);
            let end = (start + length).min(bytes.len());
            bytes.drain(start..end);
        }
        Edit::Insert(at, piece) => {
            let at = within(at, bytes);
            bytes.splice(at..at, PIECES[piece].bytes());
        }
        Edit::Copy(from, to, length) => {
            let start = within(from, bytes);
            let copied = bytes[start..(start + length).min(bytes.len())].to_vec();
            let to = within(to, bytes);
            bytes.splice(to..to, copied);
        }
        Edit::Flip(at, with) => {
            let at = within(at, bytes);
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= with;
            }
        }
    }
}

/// Where a JSON value begins: in front of `"`, `{`, `[` or a digit that follows a colon.
fn values(text: &str) -> Vec<usize> {
    text.match_indices(':').map(|(at, _)| at + 1).filter(|&at| text.is_char_boundary(at)).collect()
}

proptest! {
    #[test]
    fn on_any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        try_reading(bytes);
    }

    #[test]
    fn on_edited_documents(seed in any::<prop::sample::Index>(), edits in proptest::collection::vec(edit(), 1..6)) {
        let mut bytes = SEEDS[seed.index(SEEDS.len())].clone();
        edits.iter().for_each(|edit| apply(&mut bytes, edit));
        try_reading(bytes);
    }

    /// Sound JSON with other values in odd places reaches deeper than broken JSON does.
    #[test]
    fn on_documents_with_strange_values(
        seed in any::<prop::sample::Index>(),
        places in proptest::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 1..4),
    ) {
        const STRANGE: [&str; 9] =
            ["null", "true", "7", "\"\"", "[]", "{}", "[{\"a\":[true]}]", "{\"references\":[\"var.a\"]}", "\"module.a[\""];
        let Ok(mut text) = String::from_utf8(SEEDS[seed.index(SEEDS.len())].clone()) else { return Ok(()) };
        for (place, strange) in places {
            let values = values(&text);
            if values.is_empty() {
                continue;
            }
            let start = values[place.index(values.len())];
            let mut rest = serde_json::Deserializer::from_str(&text[start..]).into_iter::<serde::de::IgnoredAny>();
            if let Some(Ok(_)) = rest.next() {
                let end = start + rest.byte_offset();
                text.replace_range(start..end, STRANGE[strange.index(STRANGE.len())]);
            }
        }
        try_reading(text.into_bytes());
    }
}

/// Every beginning of a plan, of a state, and of both packed is a document or an error.
#[test]
fn on_documents_cut_at_every_byte() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/input");
    for name in [
        "plan-deposed-and-odd/input.json",
        "state-v4-deposed-and-sensitive/input.json",
        "plan-as-text-in-json/input.json",
        "plan-behind-text-on-its-line/input.json",
        "plan-in-gzip/input.gz",
        "plan-in-zstd/input.zst",
    ] {
        let whole = std::fs::read(folder.join(name)).unwrap();
        (0..=whole.len()).for_each(|length| try_reading(whole[..length].to_vec()));
        assert!(input::read("input", whole).is_ok(), "{name}");
    }
}

#[test]
fn on_hostile_nesting() {
    for (open, close) in
        [("[", "]"), ("{\"a\":", "}"), ("{\"child_modules\":[", "]}"), ("{\"module_calls\":{\"a\":{\"module\":", "}}}")]
    {
        let deep = format!("{}{}{}", open.repeat(50_000), "{}", close.repeat(50_000));
        for text in [
            deep.clone(),
            format!(r#"{{"format_version":"1.2","planned_values":{{"root_module":{deep}}}}}"#),
            format!(
                r#"{{"format_version":"1.2","resource_changes":[{{"address":"a_b.c","change":{{"actions":["update"],"before":{{"x":{deep}}},"after":{{"x":{deep},"y":1}},"after_unknown":{deep},"after_sensitive":{deep}}}}}],"configuration":{{"root_module":{deep},"provider_config":{deep}}}}}"#
            ),
            format!(
                r#"{{"format_version":"1.2","resource_changes":[{{"address":"a_b.c","change":{{"actions":["create"],"after":{{"y":1}},"after_unknown":{{"x":true}}}}}}],"configuration":{{"root_module":{{"resources":[{{"type":"a_b","name":"c","expressions":{{"x":{deep}}}}}]}}}}}}"#
            ),
            format!(
                r#"{{"version":4,"serial":1,"resources":[{{"mode":"managed","type":"a_b","name":"c","instances":[{{"attributes":{{"x":{deep}}},"sensitive_attributes":{deep}}}]}}]}}"#
            ),
        ] {
            try_reading(text.into_bytes());
        }
    }
}

#[test]
fn on_hostile_marks() {
    let step = r#"{"type":"get_attr","value":"x"}"#;
    let long = format!("[{}]", vec![step; 100_000].join(","));
    let many: Vec<String> = (0..50_000).map(|at| format!(r#"[{{"type":"get_attr","value":"x{at}"}}]"#)).collect();
    for paths in [format!("[{long}]"), format!("[{}]", many.join(","))] {
        try_reading(
            format!(
                r#"{{"version":4,"serial":1,"resources":[{{"mode":"managed","type":"a_b","name":"c","instances":[{{"attributes":{{"x":{{"x":1}}}},"sensitive_attributes":{paths}}}]}}]}}"#
            )
            .into_bytes(),
        );
    }
}

#[test]
fn on_keys_of_a_state_without_its_values() {
    for text in [
        r#"{"version":null,"resources":[],"lineage":"a"}"#,
        r#"{"format_version":null,"values":{}}"#,
        r#"{"format_version":null,"planned_values":null,"resource_changes":null}"#,
        r#" {"state":{"version":null,"resources":null,"terraform_version":"1.0.0"}} "#,
    ] {
        try_reading(text.into());
    }
}
