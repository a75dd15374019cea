//! A folder of plans and states: its files told by their content, in order of their paths.
//!
//! A folder that holds files of configuration is read as that, whatever lies beside them. Left out are hidden folders
//! and files, `node_modules`, and backups.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use flate2::read::MultiGzDecoder;

use super::sources::is_module_file;
use super::{scan, text, wrapped};
use crate::model::Problem;

/// How deep folders are searched.
const MOST_DEPTH: usize = 16;
/// How many folders and files are looked at.
const MOST_ENTRIES: usize = 200_000;
/// How much of a file tells what it is, most of the time.
const HEAD: usize = 64 << 10;

/// The plans and states below a folder, in order of their paths; none if it holds files of configuration.
pub fn documents(folder: &Path) -> Result<Vec<PathBuf>, Problem> {
    let mut files = Vec::new();
    let mut waiting = vec![(folder.to_owned(), 0)];
    let mut seen = 0;
    while let Some((folder, depth)) = waiting.pop() {
        let entries = std::fs::read_dir(&folder).into_iter().flatten().filter_map(Result::ok);
        for entry in entries {
            seen += 1;
            if seen > MOST_ENTRIES {
                return Err(too_many(&folder.display().to_string()));
            }
            let (name, path) = (entry.file_name(), folder.join(entry.file_name()));
            let Some(name) = name.to_str().filter(|name| !is_left(name)) else { continue };
            // Links to folders are not followed: they may lead in a circle.
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                if depth < MOST_DEPTH {
                    waiting.push((path, depth + 1));
                }
            } else if is_configuration(&path, name) {
                return Ok(Vec::new());
            } else if path.is_file() {
                files.push(path);
            }
        }
    }
    files.sort();
    files.retain(|path| is_document_at(path));
    Ok(files)
}

/// Too much to look at.
pub fn too_many(place: &str) -> Problem {
    Problem::error("lepton::input::too-many", format!("`{place}` is among more than {MOST_ENTRIES} files"))
        .help("give a folder further down, or patterns such as 'states/*.tfstate'")
}

/// Whether a file or a folder of this name is never looked at: hidden ones, backups, locks.
pub fn is_left(name: &str) -> bool {
    let endings = [".backup", ".bak", ".tflock", ".lock.info", "~"];
    name.starts_with('.') || name == "node_modules" || endings.iter().any(|ending| name.ends_with(ending))
}

/// Whether the bytes of a file, or its first ones, are those of a plan or a state, whole or broken.
pub fn is_document(bytes: &[u8]) -> bool {
    if bytes.starts_with(b"PK") {
        let is_named = |name: &[u8]| bytes.windows(name.len()).any(|window| window == name);
        return is_named(b"tfplan") || is_named(b"tfstate");
    }
    if bytes.starts_with(&[0x1f, 0x8b]) {
        let mut unpacked = Vec::new();
        // What is cut ends in an error, behind what could be unpacked.
        let _ = MultiGzDecoder::new(bytes).take(HEAD as u64).read_to_end(&mut unpacked);
        return !unpacked.starts_with(&[0x1f, 0x8b]) && is_document(&unpacked);
    }
    let text = text::lossy(bytes);
    let text = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    let body = match text.starts_with('{') {
        true => Some(text),
        false => text.find("\n{").map(|at| &text[at + 1..]),
    };
    let is_sound = |body: &str| serde_json::from_str::<serde::de::IgnoredAny>(body).is_ok();
    body.is_some_and(|body| has_keys(body) || is_sound(body) && !wrapped::find(body).is_empty())
}

/// Whether an object, perhaps cut, has keys that plans and states have at the top.
fn has_keys(object: &str) -> bool {
    const SHOWN: [&str; 7] = [
        "terraform_version",
        "values",
        "planned_values",
        "resource_changes",
        "prior_state",
        "configuration",
        "output_changes",
    ];
    let (mut format, mut shown, mut version, mut raw) = (false, false, false, false);
    for (key, _) in scan::entries(object) {
        let key = key.trim_matches('"');
        format |= key == "format_version";
        shown |= SHOWN.contains(&key);
        version |= key == "version";
        raw |= ["terraform_version", "serial", "lineage"].contains(&key);
        if (format && shown) || (version && raw) || key == "encrypted_data" {
            return true;
        }
    }
    false
}

fn is_configuration(path: &Path, name: &str) -> bool {
    is_module_file(path) || ["terragrunt.hcl", "terragrunt.hcl.json", "terragrunt.stack.hcl"].contains(&name)
}

fn is_document_at(path: &Path) -> bool {
    let Ok(mut file) = File::open(path) else { return false };
    let mut bytes = Vec::new();
    let Ok(read) = file.by_ref().take(HEAD as u64).read_to_end(&mut bytes) else { return false };
    if is_document(&bytes) {
        return true;
    }
    // A first value may be long: then the keys behind it tell.
    let may_be = read == HEAD && !bytes.contains(&0) && bytes.trim_ascii_start().starts_with(b"{");
    may_be && file.take(text::MOST_BYTES).read_to_end(&mut bytes).is_ok() && is_document(&bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    const STATE: &str = r#"{"version": 4, "terraform_version": "1.11.4", "serial": 1, "resources": []}"#;

    fn found(files: &[(&str, &[u8])]) -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        for (name, bytes) in files {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, bytes).unwrap();
        }
        let inside =
            |path: &PathBuf| path.strip_prefix(folder.path()).unwrap().display().to_string().replace('\\', "/");
        documents(folder.path()).unwrap().iter().map(inside).collect()
    }

    #[test]
    fn content_tells_and_paths_give_the_order() {
        let late = format!(r#"{{"configuration": "{}", "format_version": "1.2", "values": 1}}"#, "x".repeat(2 * HEAD));
        let wrapped = format!(r#"{{"data": {STATE}}}"#);
        let noisy = format!("[command]terraform show -json\n{STATE}\n");
        let utf16: Vec<u8> = STATE.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let files: &[(&str, &[u8])] = &[
            ("b/terraform.tfstate", STATE.as_bytes()),
            ("b/terraform.tfstate.backup", STATE.as_bytes()),
            ("b/.terraform/terraform.tfstate", STATE.as_bytes()),
            (".git/plan.json", STATE.as_bytes()),
            ("a/without-an-ending", STATE.as_bytes()),
            ("a/cut.json", &STATE.as_bytes()[..60]),
            ("a/late.json", late.as_bytes()),
            ("a/utf16.json", &utf16),
            ("a/wrapped.json", wrapped.as_bytes()),
            ("c/noise.log", noisy.as_bytes()),
            ("c/plan", b"PK\x03\x04..............tfplan"),
            ("package.json", br#"{"version": "1.0.0", "resources": []}"#),
            ("schema.json", br#"{"format_version": "1.0", "provider_schemas": {}}"#),
            ("archive.zip", b"PK\x03\x04..............readme"),
            ("empty.tfstate", b""),
            ("README.md", b"terraform_version"),
        ];
        let expected = [
            "a/cut.json",
            "a/late.json",
            "a/utf16.json",
            "a/without-an-ending",
            "a/wrapped.json",
            "b/terraform.tfstate",
            "c/noise.log",
            "c/plan",
        ];
        assert_eq!(found(files), expected);
    }

    #[test]
    fn configuration_goes_first() {
        for name in ["deep/down/main.tf", "main.tofu.json", "unit/terragrunt.hcl"] {
            assert_eq!(found(&[("a.tfstate", STATE.as_bytes()), (name, b"")]), Vec::<String>::new(), "{name}");
        }
        assert_eq!(found(&[("a.tfstate", STATE.as_bytes()), (".terraform/modules/x/main.tf", b"")]), ["a.tfstate"]);
    }
}
