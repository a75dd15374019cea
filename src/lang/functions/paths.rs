//! Paths as texts, with `/` between their parts.

use std::path::Path;

use super::files::files;
use super::{Function, Outside, pure};

pub(super) const ALL: &[Function] = &[
    pure("abspath", "path", 1, Some(1), |call| {
        let path = call.text(0)?;
        let absolute = if is_absolute(&path) { path.to_string() } else { format!("{}/{path}", files(call)?.folder()) };
        call.made(&cleaned(&absolute))
    })
    .sees(Outside::Files),
    pure("basename", "path", 1, Some(1), |call| {
        let path = call.text(0)?;
        let trimmed = path.trim_end_matches('/');
        let name = trimmed.rsplit('/').next().unwrap_or_default();
        call.made(match (name, path.as_str()) {
            ("", "") => ".",
            ("", _) => "/",
            _ => name,
        })
    }),
    pure("dirname", "path", 1, Some(1), |call| {
        let path = call.text(0)?;
        let end = path.rfind('/').map_or(0, |at| at + 1);
        call.made(&cleaned(&path[..end]))
    }),
    pure("pathexpand", "path", 1, Some(1), |call| {
        let path = call.text(0)?;
        match path.strip_prefix('~') {
            None => call.made(&path),
            Some(rest) if rest.is_empty() || rest.starts_with('/') => {
                let home = files(call)?.home().ok_or_else(|| call.fail(0, "there is no home folder"))?;
                call.made(&cleaned(&format!("{home}{rest}")))
            }
            Some(_) => Err(call.fail(0, "only the own home folder is known: `~/…`")),
        }
    })
    .sees(Outside::Files),
];

fn is_absolute(path: &str) -> bool {
    path.starts_with('/') || Path::new(path).is_absolute()
}

/// A path without `.`, without doubled separators, and with `..` only at its start; `.` if nothing is left.
pub(super) fn cleaned(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            ".." if path.starts_with('/') => {}
            _ => parts.push(part),
        }
    }
    match (path.starts_with('/'), parts.is_empty()) {
        (true, _) => format!("/{}", parts.join("/")),
        (false, true) => ".".to_owned(),
        (false, false) => parts.join("/"),
    }
}
