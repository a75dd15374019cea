//! `lepton catalog check` of `workload`, `offer` and `data` blocks: known attributes, paths that exist, numbers where sizes are compared.

use smol_str::SmolStr;

use super::around::Around;
use super::bake::BlockKind;
use super::index::Catalog;
use super::schema::Schema;
use super::sheet::{Asker, NEED, Sheet};
use super::stanza::{Stanza, slots};
use crate::lang::{Lowered, NoHost};
use crate::model::{Object, Problem, Span, Value};

/// What a `workload` may say besides a need.
const PARTS: [&str; 15] = [
    "joins",
    "companion",
    "part_of",
    "leads",
    "traffic_gb",
    "internet_gb",
    "charged_in",
    "calls",
    "processes",
    "unit_gb",
    "serves",
    "serves_types",
    "within",
    "fronts",
    "direct",
];

/// What an `offer` may say.
const OFFER: &[&str] = &[
    "concept",
    "provider",
    "type",
    "option",
    "for_each",
    "when",
    "size",
    "vcpu",
    "memory_gb",
    "arch",
    "gpus",
    "burstable",
    "disk_iops",
    "self",
    "refs",
    "usage",
    "units",
    "losses",
];

/// Checks every `workload`, `offer` and `data` block of the catalog.
pub fn check_sheets(catalog: &Catalog, schema: &Schema) -> Vec<Problem> {
    let mut problems = Vec::new();
    for kind in catalog.workloads() {
        match catalog.workload(kind) {
            Some(Ok(sheet)) => workload(catalog, &sheet, schema, &mut problems),
            Some(Err(broken)) => problems.extend(broken.iter().cloned()),
            None => {}
        }
    }
    for name in catalog.offers() {
        match catalog.offer(name) {
            Some(Ok(sheet)) => offer(catalog, &sheet, schema, &mut problems),
            Some(Err(broken)) => problems.extend(broken.iter().cloned()),
            None => {}
        }
    }
    for kind in catalog.data_sources() {
        match catalog.data(kind) {
            Some(Ok(sheet)) => data(&sheet, &mut problems),
            Some(Err(broken)) => problems.extend(broken.iter().cloned()),
            None => {}
        }
    }
    super::distinct(problems)
}

/// A `data` block must hold for a data source without arguments in any region.
fn data(sheet: &Sheet, problems: &mut Vec<Problem>) {
    for region in [None, Some(SmolStr::new_static("eu-central-1"))] {
        let asker = Asker {
            this: Object::default(),
            usage: Object::default(),
            region,
            need: Value::Null,
            each: None,
            host: &crate::lang::NoHost,
        };
        problems.extend(sheet.read_all(&asker).err());
    }
}

fn workload(catalog: &Catalog, sheet: &Sheet, schema: &Schema, problems: &mut Vec<Problem>) {
    let known: Vec<&str> = NEED.into_iter().chain(PARTS).collect();
    attributes(sheet, BlockKind::Workload, &known, problems);
    let stanza = catalog.stanza(&sheet.name).and_then(Result::ok);
    for lowered in expressions(sheet) {
        for traversal in &lowered.traversals {
            if traversal.root == slots::SELF {
                path(sheet, &sheet.name, &traversal.path, traversal.span, schema, problems);
            } else if let (true, Some(stanza)) = (traversal.root == slots::USAGE, stanza.as_deref()) {
                usage(sheet, &stanza.usage, &traversal.path, traversal.span, problems);
            }
        }
        for call in lowered.expr.reference_calls() {
            let (kind, dotted) = match (call.function.as_ref(), call.arguments.as_slice()) {
                ("referrers", [kind, path, ..]) => (kind, path),
                ("referrers", _) | (_, []) => continue,
                (_, [path, ..]) => (&sheet.name, path),
            };
            let names: Vec<SmolStr> = dotted.split('.').map(SmolStr::from).collect();
            path(sheet, kind, &names, call.span, schema, problems);
        }
    }
    for example in stanza.iter().flat_map(|stanza| stanza.examples.iter()) {
        let asker = Asker {
            this: example.this.clone(),
            usage: super::overlay(&stanza.as_deref().map_or_else(Object::default, usage_of), &example.usage),
            region: Some(example.region.clone()),
            need: Value::Null,
            each: None,
            host: &Around::of(example),
        };
        match sheet.read(&asker, ["concept", "wants", "size", "vcpu", "memory_gb"]) {
            Err(problem) => problems.push(problem),
            Ok([concept, wants, size, vcpu, memory]) => {
                let is_machine = wants.as_str() == Some("machine") && !concept.is_null() && !size.is_null();
                if is_machine && (vcpu.as_number().is_none() || memory.as_number().is_none()) {
                    let size = size.as_str().unwrap_or_default();
                    let message = format!("example \"{}\": `{}` has no vCPUs or no memory", example.name, size);
                    problems.push(said(sheet, "size", message, sheet.span, "sizes are compared by both"));
                }
            }
        }
    }
}

fn usage_of(stanza: &Stanza) -> Object {
    stanza.usage.clone()
}

fn offer(catalog: &Catalog, sheet: &Sheet, schema: &Schema, problems: &mut Vec<Problem>) {
    attributes(sheet, BlockKind::Offer, OFFER, problems);
    let asker = |each| Asker {
        this: Object::default(),
        usage: Object::default(),
        region: None,
        need: Value::Object(Object::default()),
        each,
        host: &NoHost,
    };
    let [kind, over] = match sheet.read(&asker(None), ["type", "for_each"]) {
        Ok(read) => read,
        Err(problem) => return problems.push(problem),
    };
    let kind = kind.as_str().map_or_else(|| sheet.name.clone(), SmolStr::from);
    let rows: Vec<Option<(SmolStr, Value)>> = match over {
        Value::Object(rows) => rows.entries().into_iter().map(Some).collect(),
        _ if sheet.has("for_each") => {
            let help = "give an object, such as a table or `{ for key, value in table.sizes : key => value }`";
            return problems.push(said(sheet, "offer-rows", "`for_each` is not an object".into(), sheet.span, help));
        }
        _ => vec![None],
    };
    if rows.is_empty() {
        let help = "look at its `for_each`";
        problems.push(said(sheet, "offer-rows", format!("offer `{}` has no rows", sheet.name), sheet.span, help));
    }
    for each in rows {
        let key = each.as_ref().map_or(SmolStr::default(), |(key, _)| key.clone());
        match sheet.read(&asker(each), ["vcpu", "memory_gb", "size", "self", "refs"]) {
            Err(problem) => return problems.push(problem),
            Ok([vcpu, memory, size, this, refs]) => {
                let lacks = |name: &str, value: &Value| sheet.has(name) && value.as_number().is_none();
                if lacks("vcpu", &vcpu) || lacks("memory_gb", &memory) || size.as_str().is_none() {
                    let message = format!("row `{key}` has no vCPUs, no memory or no size");
                    return problems.push(said(sheet, "offer-size", message, sheet.span, "look at its table"));
                }
                for name in names(&this) {
                    path(sheet, &kind, &[name], sheet.span, schema, problems);
                }
                for dotted in names(&refs) {
                    let steps: Vec<SmolStr> = dotted.split('.').map(SmolStr::from).collect();
                    path(sheet, &kind, &steps, sheet.span, schema, problems);
                }
            }
        }
    }
    if catalog.stanza(&kind).is_none() {
        let message = format!("no stanza prices `{kind}`");
        problems.push(said(sheet, "offer-type", message, sheet.span, "`type` is a resource type with a stanza"));
    }
}

fn names(value: &Value) -> Vec<SmolStr> {
    value.as_object().map(Object::names).unwrap_or_default()
}

fn expressions(sheet: &Sheet) -> impl Iterator<Item = &Lowered> {
    sheet.lets.iter().map(|(_, lowered)| lowered).chain(sheet.attributes.values())
}

fn attributes(sheet: &Sheet, kind: BlockKind, known: &[&'static str], problems: &mut Vec<Problem>) {
    let block = if kind == BlockKind::Offer { "an offer" } else { "a workload" };
    for name in sheet.attributes.keys().filter(|name| !known.contains(&name.as_str())) {
        let near = super::near(name, known.iter().copied());
        let message = format!("`{name}` is not an attribute of {block}");
        problems.push(
            Problem::error("lepton::catalog::unknown-attribute", message)
                .at(&sheet.source, sheet.span, near)
                .help("CONTRIBUTING.md lists what the two blocks may say"),
        );
    }
}

fn path(sheet: &Sheet, kind: &str, path: &[SmolStr], span: Span, schema: &Schema, problems: &mut Vec<Problem>) {
    let Some(missing) = schema.missing(kind, path) else { return };
    let known = schema.beside(kind, &path[..missing]);
    let near = super::near(&path[missing], known.iter().copied());
    let message = format!("`{}` is not an attribute of {kind}", path[..=missing].join("."));
    problems.push(
        Problem::error("lepton::catalog::unknown-attribute", message)
            .at(&sheet.source, span, near)
            .help(format!("run `lepton catalog show {kind}` for the names in scope")),
    );
}

fn usage(sheet: &Sheet, keys: &Object, path: &[SmolStr], span: Span, problems: &mut Vec<Problem>) {
    let mut keys = Some(keys.clone());
    for name in path {
        let Some(object) = keys.take() else { return };
        if let Some(value) = object.get(name) {
            keys = value.as_object().cloned();
            continue;
        }
        let names = object.names();
        let near = super::near(name, names.iter().map(SmolStr::as_str));
        problems.push(
            Problem::error(
                "lepton::catalog::unknown-usage-key",
                format!("usage key `{}` is not declared", path.join(".")),
            )
            .at(&sheet.source, span, near)
            .help("a workload reads the usage keys of its type's stanza"),
        );
        return;
    }
}

fn said(sheet: &Sheet, code: &str, message: String, span: Span, help: &str) -> Problem {
    let code: &'static str = match code {
        "size" => "lepton::catalog::workload-size",
        "offer-rows" => "lepton::catalog::offer-rows",
        "offer-size" => "lepton::catalog::offer-size",
        _ => "lepton::catalog::offer-type",
    };
    Problem::error(code, message).at(&sheet.source, span, "").help(help)
}
