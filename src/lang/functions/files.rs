//! Functions of files, which a host has to give.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha512};

use super::{Call, Failed, Function, Outside, pure};
use crate::lang::fuel::MAX_TEXT;
use crate::lang::{FileKind, Files};
use crate::model::Value;

pub(super) const ALL: &[Function] = &[
    of_file("file", |call| {
        let text = text(call)?;
        call.made(&text)
    }),
    of_file("filebase64", |call| call.made(&STANDARD.encode(read(call)?))),
    of_file("filebase64sha256", |call| call.made(&STANDARD.encode(hashed::<Sha256>(call)?))),
    of_file("filebase64sha512", |call| call.made(&STANDARD.encode(hashed::<Sha512>(call)?))),
    of_file("fileexists", exists),
    of_file("filemd5", |call| call.made(&hex::encode(&hashed::<Md5>(call)?))),
    of_file("filesha1", |call| call.made(&hex::encode(&hashed::<Sha1>(call)?))),
    of_file("filesha256", |call| call.made(&hex::encode(&hashed::<Sha256>(call)?))),
    of_file("filesha512", |call| call.made(&hex::encode(&hashed::<Sha512>(call)?))),
];

/// Archives of functions are larger than texts: 64 MiB.
const MOST_HASHED: u64 = 64 << 20;
/// How much of a file is hashed for a unit of work: an evaluation hashes 128 MiB at most.
const HASHED_A_UNIT: usize = 128;

const fn of_file(name: &'static str, run: fn(&Call<'_>) -> Result<Value, Failed>) -> Function {
    pure(name, "path", 1, Some(1), run).sees(Outside::Files)
}

/// The files that the host gives.
pub(super) fn files<'c>(call: &Call<'c>) -> Result<&'c dyn Files, Failed> {
    call.host.files().ok_or_else(|| Failed::new("there are no files here"))
}

/// The text of the file that the first argument names.
pub(super) fn text(call: &Call<'_>) -> Result<String, Failed> {
    let not_text = |_| call.fail(0, "the file is not UTF-8; `filebase64` reads other bytes");
    String::from_utf8(read(call)?).map_err(not_text)
}

fn read(call: &Call<'_>) -> Result<Vec<u8>, Failed> {
    let bytes = bytes(call, MAX_TEXT as u64)?;
    call.fuel.spend_text(bytes.len())?;
    Ok(bytes)
}

fn hashed<D: Digest>(call: &Call<'_>) -> Result<Vec<u8>, Failed> {
    let bytes = bytes(call, MOST_HASHED)?;
    call.fuel.spend(1 + bytes.len() / HASHED_A_UNIT)?;
    Ok(D::digest(bytes).to_vec())
}

fn bytes(call: &Call<'_>, most: u64) -> Result<Vec<u8>, Failed> {
    let path = call.text(0)?;
    files(call)?.read(&path, most).map_err(|reason| call.fail(0, format!("{path:?} {reason}")))
}

/// Whether there is a file; a folder is a mistake, as in Terraform.
fn exists(call: &Call<'_>) -> Result<Value, Failed> {
    let path = call.text(0)?;
    let refused = |reason: &str| call.fail(0, format!("{path:?} {reason}"));
    match files(call)?.kind(&path).map_err(|reason| refused(&reason))? {
        None => Ok(Value::Bool(false)),
        Some(FileKind::File) => Ok(Value::Bool(true)),
        Some(FileKind::Folder) => Err(refused("is a folder, not a file")),
        Some(FileKind::Link | FileKind::Other) => Err(refused("is no regular file")),
    }
}
