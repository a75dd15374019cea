//! SARIF uploads to code scanning.

use std::io::Read;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use flate2::read::GzDecoder;
use serde_json::{Value, json};

use super::answer::Call;
use super::fault::error;
use super::wire::Answer;
use super::world::State;

/// An uploaded SARIF file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SarifUpload {
    pub repository: String,
    pub id: String,
    pub commit_sha: String,
    /// Such as `refs/pull/7/head`.
    pub reference: String,
    pub tool_name: Option<String>,
    /// The file itself, unpacked.
    pub sarif: Value,
    /// How often the state of the upload was asked for.
    pub asked: usize,
}

/// What the documentation forbids and the description does not, in a body that is as described.
pub fn wrong_with(body: &Value) -> Vec<String> {
    match unpack(body) {
        Ok(sarif) if sarif["version"] != "2.1.0" => vec![format!("/sarif: version {}", sarif["version"])],
        Ok(sarif) if !sarif["runs"].is_array() => vec!["/sarif: it has no runs".to_owned()],
        Ok(_) => Vec::new(),
        Err(what) => vec![format!("/sarif: {what}")],
    }
}

/// The file: JSON, packed with gzip, and that in Base64.
fn unpack(body: &Value) -> Result<Value, String> {
    let text = body["sarif"].as_str().unwrap_or_default();
    let packed = STANDARD.decode(text).map_err(|error| format!("no Base64: {error}"))?;
    let mut json = Vec::new();
    GzDecoder::new(packed.as_slice()).read_to_end(&mut json).map_err(|error| format!("no gzip: {error}"))?;
    serde_json::from_slice(&json).map_err(|error| format!("no JSON: {error}"))
}

pub fn upload(call: &Call, state: &mut State) -> Answer {
    let request = call.request.json();
    let text = |name: &str| request[name].as_str().map(ToOwned::to_owned);
    let upload = SarifUpload {
        repository: call.repository(),
        id: format!("{:08x}-0000-4000-8000-{:012x}", state.next_id() as u32, state.uploads.len() + 1),
        commit_sha: text("commit_sha").expect("the request is valid"),
        reference: text("ref").expect("the request is valid"),
        tool_name: text("tool_name"),
        sarif: unpack(&request).expect("the request is valid"),
        asked: 0,
    };
    let url = format!("{}/repos/{}/code-scanning/sarifs/{}", call.base, upload.repository, upload.id);
    let receipt = json!({ "id": upload.id, "url": url });
    state.uploads.push(upload);
    Answer::json(202, &receipt)
}

/// The state of an upload: pending when it is first asked for, then complete.
pub fn status(call: &Call, state: &mut State) -> Answer {
    let (repository, id) = (call.repository(), &call.operation.path["sarif_id"]);
    let Some(upload) = state.uploads.iter_mut().find(|upload| upload.repository == repository && upload.id == *id)
    else {
        return error(404, "Not Found");
    };
    upload.asked += 1;
    if upload.asked == 1 {
        return Answer::json(200, &json!({ "processing_status": "pending" }));
    }
    let analyses = format!("{}/repos/{repository}/code-scanning/analyses?sarif_id={id}", call.base);
    Answer::json(200, &json!({ "processing_status": "complete", "analyses_url": analyses }))
}
