//! Hashes of text, and the identifiers made of them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha512};

use super::{Call, Failed, Function, Gives, pure};
use crate::model::Value;

pub(super) const ALL: &[Function] = &[
    pure("base64sha256", "text", 1, Some(1), |call| call.made(&STANDARD.encode(hashed::<Sha256>(call)?)))
        .gives(Gives::Text),
    pure("base64sha512", "text", 1, Some(1), |call| call.made(&STANDARD.encode(hashed::<Sha512>(call)?)))
        .gives(Gives::Text),
    pure("md5", "text", 1, Some(1), |call| call.made(&hex::encode(&hashed::<Md5>(call)?))).gives(Gives::Text),
    pure("sha1", "text", 1, Some(1), |call| call.made(&hex::encode(&hashed::<Sha1>(call)?))).gives(Gives::Text),
    pure("sha256", "text", 1, Some(1), |call| call.made(&hex::encode(&hashed::<Sha256>(call)?))).gives(Gives::Text),
    pure("sha512", "text", 1, Some(1), |call| call.made(&hex::encode(&hashed::<Sha512>(call)?))).gives(Gives::Text),
    pure("uuidv5", "namespace, name", 2, Some(2), uuidv5).gives(Gives::Text),
];

fn hashed<D: Digest>(call: &Call<'_>) -> Result<Vec<u8>, Failed> {
    Ok(D::digest(call.text(0)?.as_bytes()).to_vec())
}

/// The name-based identifier of RFC 9562, section 5.5.
fn uuidv5(call: &Call<'_>) -> Result<Value, Failed> {
    const DNS: u128 = 0x6ba7_b810_9dad_11d1_80b4_00c0_4fd4_30c8;
    let namespace = match call.text(0)?.as_str() {
        "dns" => DNS,
        "url" => DNS + (1 << 96),
        "oid" => DNS + (2 << 96),
        "x500" => DNS + (4 << 96),
        other => {
            let digits: String = other.chars().filter(|letter| *letter != '-').collect();
            let number = (digits.len() == 32).then(|| u128::from_str_radix(&digits, 16).ok()).flatten();
            number.ok_or_else(|| call.fail(0, "the namespace is dns, url, oid, x500 or a UUID"))?
        }
    };
    let digest = Sha1::new().chain_update(namespace.to_be_bytes()).chain_update(call.text(1)?.as_bytes()).finalize();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    bytes[6] = bytes[6] & 0x0f | 0x50;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let text = hex::encode(bytes);
    call.made(&[&text[..8], &text[8..12], &text[12..16], &text[16..20], &text[20..]].join("-"))
}
