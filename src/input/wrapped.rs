//! Finds plans and states in documents that hold them: answers of an API, envelopes of CI systems, lists, and JSON that
//! stands as text in other JSON.

use std::borrow::Cow;

use super::scan;

/// How many levels down a document is looked for; an element of a list is one.
const DEEPEST: usize = 6;

/// More than so many are not looked for.
pub(super) const MOST: usize = 20;

/// A plan or a state in a larger document.
pub(super) struct Wrapped<'a> {
    /// Where it stands, quotes included if it is a text.
    pub(super) at: &'a str,
    /// Its JSON: the same slice, or what the text there says.
    pub(super) json: Cow<'a, str>,
}

/// The plans and states in a sound document that is itself none.
pub(super) fn find(document: &str) -> Vec<Wrapped<'_>> {
    let mut found = Vec::new();
    find_in(document, DEEPEST, &mut found);
    found
}

fn find_in<'a>(value: &'a str, levels: usize, found: &mut Vec<Wrapped<'a>>) {
    if found.len() >= MOST {
        return;
    }
    match value.as_bytes().first() {
        Some(b'{') if is_terraform(value) => found.push(Wrapped { at: value, json: Cow::Borrowed(value) }),
        Some(b'{') if levels > 0 => scan::entries(value).for_each(|(_, value)| find_in(value, levels - 1, found)),
        Some(b'[') if levels > 0 => scan::elements(value).for_each(|value| find_in(value, levels - 1, found)),
        Some(b'"') => found.extend(text(value)),
        _ => {}
    }
}

/// A text that is a document.
fn text(quoted: &str) -> Option<Wrapped<'_>> {
    let may_be = ["format_version", "resource_changes", "lineage"].iter().any(|name| quoted.contains(name));
    let json = if may_be { scan::string(quoted)? } else { return None };
    let json = json.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    let is_document = json.starts_with('{') && is_terraform(json);
    is_document.then(|| Wrapped { at: quoted, json: Cow::Owned(json.to_owned()) })
}

/// Whether an object has the keys of a plan or a state.
pub(super) fn is_terraform(object: &str) -> bool {
    const NAMES: [&str; 9] = [
        "resource_changes",
        "format_version",
        "planned_values",
        "terraform_version",
        "values",
        "version",
        "resources",
        "lineage",
        "configuration",
    ];
    let mut has = [false; NAMES.len()];
    for (key, _) in scan::entries(object) {
        let key = scan::string(key).unwrap_or_default();
        if let Some(at) = NAMES.iter().position(|name| *name == key) {
            has[at] = true;
        }
    }
    let [changes, format, planned, terraform, values, version, resources, lineage, configuration] = has;
    changes && (format || planned || terraform || configuration)
        || format && (planned || values)
        || version && resources && (lineage || terraform)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_and_lists_are_looked_into() {
        let plan = r#"{"format_version":"1.2","resource_changes":[]}"#;
        let quoted = serde_json::to_string(plan).unwrap();
        let document = format!(r#"[{{"path":"a","contents":{plan}}},{{"plan":{quoted},"log":"format_version"}}]"#);
        let found = find(&document);
        assert_eq!(found.iter().map(|found| found.json.as_ref()).collect::<Vec<_>>(), [plan, plan]);
        assert_eq!(found[1].at, quoted);
    }

    #[test]
    fn what_lies_too_deep_or_is_too_many_is_left() {
        let plan = r#"{"format_version":"1.2","resource_changes":[]}"#;
        let deep = |levels: usize| format!("{}{plan}{}", "[".repeat(levels), "]".repeat(levels));
        assert_eq!((find(&deep(DEEPEST)).len(), find(&deep(DEEPEST + 1)).len()), (1, 0));
        let many = format!("[{}]", vec![plan; 3 * MOST].join(","));
        assert_eq!(find(&many).len(), MOST);
    }
}
