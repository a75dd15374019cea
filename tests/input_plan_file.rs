//! Saved plans against what `show -json` gives of the same plan: every change, attribute, mark, region and reference.
//!
//! `testdata/plan_file/NAME` holds a pair, `plan.bin` and `plan.json`. With `LEPTON_ORACLES` and `LEPTON_CORPUS` the
//! pairs of these folders are compared too.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use lepton::input;
use lepton::model::{Address, Plan, Resource, Value};
use proptest::prelude::*;
use serde_json::Value as Json;

#[path = "support/saved_plan.rs"]
mod saved_plan;

/// A pair: its name, the saved plan, the JSON.
type Pair = (String, PathBuf, PathBuf);

/// Binary plans of `LEPTON_CORPUS`, and their twins.
const TWINS: [(&str, &str); 10] = [
    ("azuredevops/replace-1.14", "azuredevops/replace-1.14"),
    ("github/repos-1.1", "github/repos-1.1"),
    ("aws/vpc-34-1.9", "aws/large-vpc-34"),
    ("aws/goof-0.14", "aws/goof-0.14"),
    ("local/guides-0.13-beta", "core/guides-0.13-beta"),
    ("generated/change", "generated/change"),
    ("generated/create", "generated/create"),
    ("generated/destroy", "generated/destroy"),
    ("generated/errored", "generated/errored"),
    ("generated/refresh-only", "generated/refresh-only"),
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/plan_file")
}

/// The pairs below a folder.
fn find(base: &Path, folder: &Path, out: &mut Vec<Pair>) {
    let (saved, json) = (folder.join("plan.bin"), folder.join("plan.json"));
    if saved.is_file() && json.is_file() {
        out.push((folder.strip_prefix(base).unwrap().display().to_string(), saved, json));
    }
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            find(base, &path, out);
        }
    }
}

fn pairs() -> Vec<Pair> {
    let mut pairs = Vec::new();
    find(&folder(), &folder(), &mut pairs);
    if let Some(oracles) = std::env::var_os("LEPTON_ORACLES").map(PathBuf::from) {
        find(&oracles, &oracles, &mut pairs);
    }
    if let Some(corpus) = std::env::var_os("LEPTON_CORPUS").map(PathBuf::from) {
        pairs.extend(TWINS.iter().map(|(saved, json)| {
            let saved = corpus.join(format!("plan-binary/{saved}.tfplan"));
            (saved.file_stem().unwrap().display().to_string(), saved, corpus.join(format!("plan-json/{json}.json")))
        }));
    }
    pairs.sort();
    pairs
}

/// Everything that lepton understands of a plan, by where it stands.
fn facts(plan: &Plan) -> BTreeMap<String, String> {
    let mut facts = BTreeMap::new();
    let version = plan.terraform_version.as_deref().unwrap_or_default();
    facts.insert("plan".to_owned(), format!("{version} complete {} before {}", plan.complete, plan.has_before));
    let codes: Vec<_> = plan.problems.iter().map(|problem| problem.code()).collect();
    facts.insert("problems".to_owned(), codes.join(" "));
    for (at, change) in plan.changes.iter().enumerate() {
        let name = format!("{} {}", change.address, change.deposed.as_deref().unwrap_or("current"));
        let moved = change.previous_address.as_ref().map(|old| old.to_string()).unwrap_or_default();
        facts.insert(name.clone(), format!("{:?} {moved} {}", change.action, change.is_import));
        for (side, resource) in [("before", &change.before), ("after", &change.after)] {
            let Some(resource) = resource else { continue };
            side_facts(&format!("{name} {side}"), resource, &mut facts);
            for path in paths(resource) {
                let targets = addresses(plan, plan.references.targets(at, &path));
                facts.insert(format!("{name} {side} {path} refers"), targets);
            }
        }
        facts.insert(format!("{name} refers"), addresses(plan, plan.references.all_targets(at)));
    }
    facts
}

/// The names of attributes, and of those in their blocks.
fn paths(resource: &Resource) -> Vec<String> {
    let mut paths = Vec::new();
    for (name, value) in resource.values.entries() {
        let block = value.as_list().and_then(|items| items.first().cloned()).unwrap_or(value);
        let inner = block.as_object().map(|object| object.names()).unwrap_or_default();
        paths.extend(inner.iter().map(|inner| format!("{name}.{inner}")));
        paths.push(name.to_string());
    }
    paths
}

fn addresses(plan: &Plan, mut positions: Vec<usize>) -> String {
    positions.sort_unstable();
    positions.iter().map(|&at| plan.changes[at].address.as_str()).collect::<Vec<_>>().join(" ")
}

fn side_facts(name: &str, resource: &Resource, facts: &mut BTreeMap<String, String>) {
    let region = resource.provider_region.as_deref().unwrap_or("none");
    facts.insert(name.to_owned(), format!("{} of {} in {region}", resource.kind, resource.provider));
    for (attribute, value) in resource.values.entries() {
        value_facts(&format!("{name} {attribute}"), &value, facts);
    }
}

fn value_facts(name: &str, value: &Value, facts: &mut BTreeMap<String, String>) {
    let mark = if value.is_sensitive() { "sensitive " } else { "" };
    match value.unmarked() {
        Value::List(items) => {
            facts.insert(name.to_owned(), format!("{mark}list of {}", items.len()));
            items.iter().enumerate().for_each(|(at, item)| value_facts(&format!("{name}[{at}]"), item, facts));
        }
        Value::Object(object) => {
            facts.insert(name.to_owned(), format!("{mark}object"));
            object.entries().iter().for_each(|(key, item)| value_facts(&format!("{name}.{key}"), item, facts));
        }
        Value::String(text) => _ = facts.insert(name.to_owned(), format!("{mark}text {text}")),
        other => _ = facts.insert(name.to_owned(), format!("{mark}{other}")),
    }
}

/// Where two plans differ.
fn differences((_, saved, json): &Pair) -> Vec<String> {
    let read = |path: &Path| facts(&input::read("plan", std::fs::read(path).unwrap()).unwrap());
    let (saved, json) = (read(saved), read(json));
    let mut names: Vec<_> = saved.keys().chain(json.keys()).collect();
    names.sort();
    names.dedup();
    let line = |name: &String| {
        let said = |facts: &BTreeMap<String, String>| facts.get(name).cloned().unwrap_or("nothing".into());
        (saved.get(name) != json.get(name)).then(|| format!("{name}: {} for {}", said(&saved), said(&json)))
    };
    names.into_iter().filter_map(line).collect()
}

/// What is compared is there to be compared.
#[test]
fn every_kind_of_fact_is_told() {
    let mut all = BTreeMap::new();
    for (name, saved, _) in pairs() {
        let plan = input::read("plan", std::fs::read(saved).unwrap()).unwrap();
        all.extend(facts(&plan).into_iter().map(|(place, fact)| (format!("{name}: {place}"), fact)));
    }
    for (place, fact) in [
        ("multi-env-app: plan", "1.11.4 complete true before true"),
        ("target-plan: problems", "lepton::input::plan-incomplete"),
        ("import-block: terraform_data.imported current", "NoOp  true"),
        ("deposed-plan-with-deposed: terraform_data.d 0abda860", "Delete  false"),
        ("import-block: terraform_data.after current refers", "terraform_data.imported"),
        ("foreach-map-objects: terraform_data.vm[\"db\"] current after id", "(known after apply)"),
    ] {
        assert_eq!(all.get(place).map(String::as_str), Some(fact), "{place}");
    }
}

#[test]
fn a_saved_plan_is_what_show_gives_of_it() {
    let pairs = pairs();
    assert!(pairs.len() >= 10, "{} pairs", pairs.len());
    let in_pair = |pair: &Pair| differences(pair).into_iter().map(|line| format!("{}: {line}", pair.0)).collect();
    let found: Vec<String> = pairs.iter().flat_map::<Vec<_>, _>(in_pair).collect();
    println!("{} pairs compared", pairs.len());
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// The configuration of a plan file in native and JSON syntax, with an override and a module.
#[test]
fn files_inside_tell_regions_references_and_places() {
    let text = include_str!("../testdata/plan_file/files.json");
    let json: Json = serde_json::from_str(text).unwrap();
    let file = |key: &str, name: &str, text: &str| (key.to_owned(), name.to_owned(), text.to_owned());
    let files = [
        file("", "main.tf", include_str!("../testdata/plan_file/files/main.tf")),
        file("", "more.tf.json", include_str!("../testdata/plan_file/files/more.tf.json")),
        file("", "one_override.tf", include_str!("../testdata/plan_file/files/one_override.tf")),
        file("net", "main.tf", include_str!("../testdata/plan_file/files/net/main.tf")),
    ];
    let (plan, sources) = input::read_with_sources("plan", saved_plan::saved(&json, &files)).unwrap();
    let found: Vec<String> = (0..plan.changes.len()).map(|at| told(&plan, at)).collect();
    let expected = [
        "aws_ebs_volume.data in eu-west-1 at more.tf.json:3 refers to aws_kms_key.disk",
        "aws_eip.web in us-east-1 at main.tf:33 refers to aws_instance.web",
        "aws_instance.web in eu-west-1 at main.tf:20 refers to module.net.aws_subnet.all[0]",
        "aws_kms_key.disk in eu-central-1 at main.tf:28 refers to ",
        "module.net.aws_subnet.all[0] in eu-west-1 at modules/net/main.tf:8, called at main.tf:39 refers to ",
    ];
    assert_eq!(found, expected);
    let sources = sources.unwrap().sources();
    assert!(sources.problems().is_empty(), "{:?}", sources.problems());
    let place = sources.resource(&Address::new("module.net.aws_subnet.all[0]"));
    assert_eq!(place[0].file.source.slice(place[0].head()), r#"resource "aws_subnet" "all""#);
    assert!(sources.module("module.net").unwrap().is_own);
    // An override is a place of its own.
    assert_eq!(sources.resource(&Address::new("aws_instance.web")).len(), 2);
}

fn told(plan: &Plan, at: usize) -> String {
    let change = &plan.changes[at];
    let region = change.after.as_ref().and_then(|resource| resource.provider_region.as_deref()).unwrap_or("none");
    let declared = plan.declarations.as_ref().unwrap().of(&change.address).unwrap();
    let call = declared.call.map(|call| format!(", called at {call}")).unwrap_or_default();
    let targets = addresses(plan, plan.references.all_targets(at));
    format!("{} in {region} at {}{call} refers to {targets}", change.address, declared.at)
}

/// What is no saved plan, or not one that can be read, is named.
#[test]
fn other_files_are_named() {
    let zip = |entries: &[(&str, &[u8])]| {
        let entries: Vec<_> = entries.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec())).collect();
        saved_plan::zipped(&entries)
    };
    let plan = |messages: &[u8]| zip(&[("tfplan", messages)]);
    let version = |version| saved_plan::number(1, version);
    let change = |fields: &[u8]| plan(&[version(3), saved_plan::field(3, fields)].concat());
    let addressed = |change: &[u8]| [saved_plan::field(13, b"a_b.c"), saved_plan::field(9, change)].concat();
    let value = |msgpack: &[u8]| saved_plan::field(2, &saved_plan::field(1, msgpack));
    let cases: Vec<(&str, Vec<u8>, &str, &str)> = vec![
        ("a later version", plan(&version(4)), "plan-file-version", "of version 4"),
        ("an earlier version", plan(&version(2)), "plan-file-version", "of version 2"),
        ("before zips", b"tfplan\x02gob".to_vec(), "ancient-plan-file", "0.11 or older"),
        ("no version", plan(&[]), "plan-file-damaged", "the plan in it"),
        ("no messages", plan(b"hello there"), "plan-file-damaged", "the plan in it"),
        ("no plan", zip(&[("tfstate", b"{}"), ("tfconfig/m-/main.tf", b"")]), "plan-file-incomplete", "missing"),
        ("a document", zip(&[("[Content_Types].xml", b"")]), "zip", "an office document"),
        ("a package", zip(&[("META-INF/MANIFEST.MF", b"")]), "zip", "a Java package"),
        ("a provider", zip(&[("terraform-provider-aws_v5", b"")]), "zip", "a provider for Terraform"),
        ("a module", zip(&[("infra/main.tf", b"")]), "zip", "of Terraform files"),
        ("a plan in a zip", zip(&[("out/plan.tfplan", b"")]), "zip", "around a saved plan"),
        ("an empty zip", zip(&[]), "zip", "not a saved plan"),
        ("a stack", b"\x0a\x2dtype.googleapis.com/tfstackdata1.PlanHeader\xff\xfe".to_vec(), "stack-plan", "stack"),
        ("a stack in a zip", plan(b"type.googleapis.com/tfstackdata1.X"), "stack-plan", "stack"),
        (
            "encrypted",
            br#"{"meta":{"key_provider.pbkdf2.a":"e30="},"encrypted_data":"AAAA","encryption_version":"v0"}"#.to_vec(),
            "encrypted-plan",
            "OpenTofu has encrypted",
        ),
        ("a change without sides", change(&saved_plan::field(13, b"a_b.c")), "plan-file-damaged", "the plan in it"),
        ("a missing side", change(&addressed(&saved_plan::number(1, 3))), "plan-file-damaged", "the plan in it"),
        ("a broken value", change(&addressed(&value(&[0x81, 0xa1]))), "plan-file-damaged", "a value"),
        ("a value that is no text", change(&addressed(&value(&[0xa2, 0xc3, 0x28]))), "plan-file-damaged", "a value"),
        ("a lying length", change(&addressed(&value(&[0xdd, 0xff, 0xff, 0xff, 0xff]))), "plan-file-damaged", "a value"),
        ("an address that is no text", change(&saved_plan::field(13, b"\xff")), "plan-file-damaged", "the plan in it"),
    ];
    for (name, bytes, code, words) in cases {
        let problem = input::read("input", bytes).err().unwrap_or_else(|| panic!("{name} is read"));
        assert_eq!(problem.code(), format!("lepton::input::{code}"), "{name}: {problem}");
        assert!(problem.to_string().contains(words), "{name}: {problem}");
        assert!(problem.help_text().is_some_and(|help| !help.is_empty()), "{name}");
    }
}

/// Cut anywhere, the file and the messages in it end in a problem.
#[test]
fn cut_files_are_told_from_whole_ones() {
    let bytes = std::fs::read(folder().join("sensitive-nested/plan.bin")).unwrap();
    for length in 0..bytes.len() {
        let problem = input::read("input", bytes[..length].to_vec()).err();
        assert!(problem.is_some_and(|problem| problem.help_text().is_some()), "{length} bytes");
    }
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes.as_slice())).unwrap();
    let mut messages = Vec::new();
    std::io::copy(&mut archive.by_name("tfplan").unwrap(), &mut messages).unwrap();
    let mut refused = 0;
    for length in 0..messages.len() {
        let cut = saved_plan::zipped(&[("tfplan".to_owned(), messages[..length].to_vec())]);
        // A cut between two fields leaves a plan that only says less.
        refused += usize::from(input::read("input", cut).is_err());
    }
    assert!(refused > messages.len() * 9 / 10, "{refused} of {}", messages.len());
}

/// Names in the archive are never paths; what is too much is left alone.
#[test]
fn hostile_archives_are_bounded() {
    let plan = serde_json::json!({"resource_changes": [{"address": "a_b.c", "change": {
        "actions": ["create"], "before": null, "after": {"x": "\"}],\u{0}\u{1b}[31m\\"}, "after_unknown": {},
    }}]});
    let file = |key: &str, name: &str| (key.to_owned(), name.to_owned(), "resource \"a_b\" \"c\" {}\n".to_owned());
    let files = [file("", "../../../evil.tf"), file("", "main.tf"), file("..", "up.tf"), file("/etc", "main.tf")];
    let mut entries = saved_plan::entries(&plan, &files);
    let list = br#"[{"Key":"..","Dir":"../../etc"},{"Key":"a.b","Dir":"x"},{"Key":"/etc","Dir":"\u001b[31m/etc"}]"#;
    entries.iter_mut().filter(|(name, _)| name.ends_with("modules.json")).for_each(|(_, text)| *text = list.to_vec());
    let (read, sources) = input::read_with_sources("input", saved_plan::zipped(&entries)).unwrap();
    let text = read.changes[0].after.as_ref().unwrap().values.get("x");
    assert_eq!(text, Some(Value::from("\"}],\u{0}\u{1b}[31m\\")));
    let sources = sources.unwrap().sources();
    assert!(sources.texts().all(|(name, _)| !name.contains('\u{1b}')));
    assert_eq!(read.declarations.unwrap().of(&Address::new("a_b.c")).unwrap().at.to_string(), "main.tf:1");

    // A bomb: half a gigabyte of nothing, in the plan.
    let bomb = saved_plan::zipped(&[("tfplan".to_owned(), vec![0; 300 << 20])]);
    assert_eq!(input::read("input", bomb).err().unwrap().code(), "lepton::input::too-large");
    // A directory that claims more entries than a plan has.
    let mut crowd = b"PK\x03\x04".to_vec();
    (0..60_000).for_each(|_| crowd.extend([&b"PK\x01\x02"[..], &[0; 42]].concat()));
    assert_eq!(input::read("input", crowd).err().unwrap().code(), "lepton::input::too-large");
    // Lists within lists, deeper than anything that is looked into.
    let deep = [&[0x81, 0xa1, b'x'][..], &[0x91; 10_000], &[0xc0]].concat();
    let deep = [saved_plan::number(1, 1), saved_plan::field(2, &saved_plan::field(1, &deep))].concat();
    let change = [saved_plan::field(13, b"a_b.c"), saved_plan::field(9, &deep)].concat();
    let messages = [saved_plan::number(1, 3), saved_plan::field(3, &change)].concat();
    let read = input::read("input", saved_plan::zipped(&[("tfplan".to_owned(), messages)])).unwrap();
    let mut value = read.changes[0].after.as_ref().unwrap().values.get("x").unwrap();
    while let Some(inner) = value.as_list().map(|items| items[0].clone()) {
        value = inner;
    }
    assert!(value.as_unknown().is_some());
}

/// What a schema would call sensitive is marked, though the file does not say it.
#[test]
fn secrets_are_marked_by_their_names() {
    let plan = serde_json::json!({"resource_changes": [
        {"address": "aws_db_instance.a", "change": {"actions": ["update"],
            "before": {"password": "hunter2", "notes": "hunter2"}, "after": {"password": "hunter3", "notes": "hunter3"},
            "before_sensitive": {"notes": true}}},
        {"address": "aws_ssm_parameter.a", "change": {"actions": ["create"], "after": {"name": "/a", "value": "hunter2"}}},
    ]});
    let plan = input::read("input", saved_plan::saved(&plan, &[])).unwrap();
    for change in plan.changes.iter() {
        let shown = format!("{:?}", change.after.as_ref().unwrap().values);
        assert!(!shown.contains("hunter"), "{shown}");
    }
    let parameter = &plan.changes[1].after.as_ref().unwrap().values;
    assert!(!parameter.get("name").unwrap().is_sensitive());
}

/// What an edit leaves of some bytes.
fn edited(mut bytes: Vec<u8>, edits: &[(usize, u8, u8)]) -> Vec<u8> {
    for &(at, kind, byte) in edits {
        let at = at % bytes.len().max(1);
        match kind % 4 {
            0 => bytes.iter_mut().skip(at).take(1).for_each(|found| *found = byte),
            1 => bytes.insert(at.min(bytes.len()), byte),
            2 => _ = bytes.drain(at.min(bytes.len())..(at + usize::from(byte)).min(bytes.len())),
            _ => bytes.extend_from_within(at.min(bytes.len())..(at + usize::from(byte)).min(bytes.len())),
        }
    }
    bytes
}

proptest! {
    /// Messages, values and files that were changed are read or refused, and what was read can be looked at.
    #[test]
    fn edited_contents_never_panic(
        pair in any::<prop::sample::Index>(),
        edits in proptest::collection::vec((any::<usize>(), any::<u8>(), any::<u8>()), 1..6),
        spares_plan in any::<bool>(),
    ) {
        let pairs = pairs();
        let bytes = std::fs::read(&pairs[pair.index(pairs.len())].1).unwrap();
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        let mut entries = Vec::new();
        for index in 0..archive.len() {
            let mut entry = archive.by_index(index).unwrap();
            let mut bytes = Vec::new();
            std::io::copy(&mut entry, &mut bytes).unwrap();
            let name = entry.name().unwrap().into_owned();
            let is_plan = name == "tfplan";
            entries.push((name, if is_plan == spares_plan { bytes } else { edited(bytes, &edits) }));
        }
        if let Ok((plan, sources)) = input::read_with_sources("input", saved_plan::zipped(&entries)) {
            prop_assert!(!facts(&plan).is_empty());
            let declarations = plan.declarations.as_ref();
            let placed = plan.changes.iter().filter_map(|change| declarations?.of(&change.address)).count();
            prop_assert!(placed <= plan.changes.len());
            prop_assert!(sources.is_none_or(|sources| sources.sources().texts().count() < 1000));
        }
    }
}
