//! What is looked at of a value, as bytes: equal only for values that look alike.

use crate::model::Extent;

use super::scan;

/// Parts values; no JSON has it outside of a text.
pub(super) const END: u8 = 0;
/// Before a value that stands as it is spelled, though only a part of it is looked at.
const AS_SPELLED: u8 = 1;

/// Lists within lists are not looked into deeper.
const DEEPEST: usize = 32;

/// Appends what is looked at of a value.
pub(super) fn append(text: &str, extent: &Extent, into: &mut Vec<u8>) {
    append_at(text, extent, 0, into);
}

fn append_at(text: &str, extent: &Extent, depth: usize, into: &mut Vec<u8>) {
    let first = text.as_bytes().first();
    match first {
        Some(b'{') if !extent.is_whole() && depth < DEEPEST => {
            let start = into.len();
            into.push(b'{');
            if !append_fields(text, extent, depth, into) {
                into.truncate(start);
                into.push(AS_SPELLED);
                into.extend_from_slice(text.as_bytes());
            }
        }
        Some(b'[') if !extent.is_whole() && depth < DEEPEST => {
            into.push(b'[');
            for element in scan::elements(text) {
                append_at(element, extent, depth + 1, into);
                into.push(END);
            }
            into.push(b']');
        }
        Some(b'{' | b'[') if !extent.is_whole() => {
            into.push(AS_SPELLED);
            into.extend_from_slice(text.as_bytes());
        }
        _ => into.extend_from_slice(text.as_bytes()),
    }
}

/// False if a key is written with escapes: it could be any name.
fn append_fields(object: &str, extent: &Extent, depth: usize, into: &mut Vec<u8>) -> bool {
    let names = extent.names();
    // Few objects have more: the rest is found one by one.
    const FEW: usize = 16;
    let mut found: [Option<&str>; FEW] = [None; FEW];
    for (key, has_escapes, value) in scan::entry_places(object) {
        if has_escapes {
            return false;
        }
        let key = &object.as_bytes()[key];
        if let Ok(at) = names.binary_search_by(|name| name.as_bytes().cmp(key))
            && at < FEW
        {
            found[at] = Some(&object[value]);
        }
    }
    for (at, name) in names.iter().enumerate() {
        let value = if at < FEW { found[at] } else { scan::field(object, name) };
        if let Some(value) = value {
            append_at(value, extent.inner(at), depth + 1, into);
        }
        into.push(END);
    }
    true
}

#[cfg(test)]
mod tests {
    use smol_str::SmolStr;

    use super::*;
    use crate::model::{Object, Value, watched};

    fn imprint(text: &str, extent: &Extent) -> Vec<u8> {
        let mut bytes = Vec::new();
        append(text, extent, &mut bytes);
        bytes
    }

    /// The extent of looking at the type of each disk.
    fn types_of_disks() -> Extent {
        let disk: Object = [(SmolStr::from("type"), Value::from("gp3"))].into_iter().collect();
        let all: Object = [(SmolStr::from("disk"), Value::from(vec![Value::Object(disk)]))].into_iter().collect();
        let (object, watch) = watched(&all);
        let disks = object.get("disk").expect("there are disks");
        for disk in disks.as_list().expect("a list") {
            disk.as_object().expect("an object").get("type");
        }
        watch.extent()
    }

    #[test]
    fn tells_what_is_looked_at_and_nothing_else() {
        let extent = types_of_disks();
        let one = imprint(r#"{"disk":[{"type":"gp2","id":"a"}],"arn":"x"}"#, &extent);
        assert_eq!(one, imprint(r#"{"arn":"y","disk":[{"id":"b","type":"gp2"}]}"#, &extent));
        for other in [
            r#"{"disk":[{"type":"gp3","id":"a"}],"arn":"x"}"#,
            r#"{"disk":[{"id":"a"}],"arn":"x"}"#,
            r#"{"disk":[{"type":"gp2"},{"type":"gp2"}]}"#,
            r#"{"disk":{"type":"gp2"}}"#,
            r#"{"disk":[]}"#,
            r#"{"disk":null}"#,
            "{}",
        ] {
            assert_ne!(one, imprint(other, &extent), "{other}");
        }
    }

    #[test]
    fn the_last_of_equal_keys_counts_and_escapes_are_left_alone() {
        let extent = types_of_disks();
        let twice = imprint(r#"{"disk":[{"type":"gp2"}],"disk":[{"type":"gp3"}]}"#, &extent);
        assert_eq!(twice, imprint(r#"{"disk":[{"type":"gp3"}]}"#, &extent));
        let escaped = imprint(r#"{"d\u0069sk":[{"type":"gp3"}],"arn":1}"#, &extent);
        assert_ne!(escaped, twice);
        assert_ne!(escaped, imprint(r#"{"d\u0069sk":[{"type":"gp3"}],"arn":2}"#, &extent));
    }

    #[test]
    fn lists_within_lists_end() {
        let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        assert!(imprint(&deep, &types_of_disks()).len() > 100_000);
    }
}
