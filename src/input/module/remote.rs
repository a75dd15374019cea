//! `terraform_remote_state`: the outputs of another project's state, where that is a file at hand.

use std::path::Path;

use indexmap::IndexMap;
use serde::Deserialize;
use smol_str::SmolStr;

use super::given::from_json;
use crate::model::{Type, Value};

#[derive(Deserialize)]
struct State {
    #[serde(default)]
    outputs: IndexMap<SmolStr, Output>,
}

#[derive(Deserialize)]
struct Output {
    value: serde_json::Value,
    #[serde(default, rename = "type")]
    kind: serde_json::Value,
    #[serde(default)]
    sensitive: bool,
}

/// The attribute `outputs` of the data source with these arguments; `None` if the state is not a file beside the module.
pub(super) fn outputs(arguments: &Value, folder: &Path) -> Option<IndexMap<SmolStr, Value>> {
    let arguments = arguments.as_object()?;
    if arguments.get("backend")?.as_str()? != "local" {
        return None;
    }
    let path = arguments.get("config")?.as_object()?.get("path")?;
    let path = within(folder, path.as_str()?)?;
    let state: State = serde_json::from_slice(&crate::input::load(&path).ok()?).ok()?;
    let defaults = arguments.get("defaults");
    let mut outputs: IndexMap<SmolStr, Value> = defaults
        .as_ref()
        .and_then(Value::as_object)
        .map(|object| object.entries().into_iter().collect())
        .unwrap_or_default();
    for (name, output) in state.outputs {
        let value = from_json(&output.value);
        let typed = Type::from_json(&output.kind).and_then(|kind| kind.conform(&value).ok());
        let value = typed.unwrap_or(value);
        outputs.insert(name, if output.sensitive { value.sensitive() } else { value });
    }
    Some([(SmolStr::new_static("outputs"), Value::Object(outputs.into_iter().collect()))].into_iter().collect())
}

/// A path below the module's folder: states elsewhere are not this project's to read.
fn within(folder: &Path, path: &str) -> Option<std::path::PathBuf> {
    let path = folder.join(path).canonicalize().ok()?;
    path.starts_with(folder.canonicalize().ok()?).then_some(path)
}
