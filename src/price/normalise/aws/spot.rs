//! The feed of spot prices: a script that calls back with JSON.

use std::io::Read;

use serde::Deserialize;
use smol_str::format_smolstr;

use super::offer::number;
use super::offer_json::json_broken;
use super::wanted::Fit;
use super::{PROVIDER, Wanted, regions};
use crate::model::Problem;
use crate::price::SourceNote;
use crate::price::normalise::{Document, Gathered, Row, broken};

/// The service of machines.
const SERVICE: &str = "AmazonEC2";
/// The feed has some two megabytes.
const LONGEST: u64 = 64 << 20;
/// What the feed calls a system, with the operation of it.
const SYSTEMS: [(&str, &str); 2] = [("linux", "RunInstances"), ("mswin", "RunInstances:0002")];

/// Reads the feed; `is_wanted` says of which regions.
pub fn spot(
    reader: &mut dyn Read,
    is_wanted: &dyn Fn(&str) -> bool,
    wanted: &Wanted,
    document: &Document,
    gathered: &mut Gathered,
) -> Result<(), Problem> {
    let mut text = String::new();
    let length = reader.take(LONGEST + 1).read_to_string(&mut text);
    let length = length.map_err(|error| broken(document, 0, &format!("it cannot be read: {error}")))?;
    if length as u64 > LONGEST {
        return Err(broken(document, 0, &format!("it is longer than {LONGEST} bytes")));
    }
    let call = "callback(";
    let start = text.find(call).ok_or_else(|| broken(document, 1, "it calls nothing back"))? + call.len();
    let first_line = text[..start].matches('\n').count() as u64;
    let mut values = serde_json::Deserializer::from_str(&text[start..]).into_iter::<Feed>();
    let feed = match values.next() {
        Some(Ok(feed)) => feed.config,
        Some(Err(error)) => return Err(json_broken(document, first_line, &error)),
        None => return Err(broken(document, first_line + 1, "it calls back with nothing")),
    };
    if !text[start + values.byte_offset()..].trim_start().starts_with(')') {
        return Err(broken(document, 0, "the file ends within a value"));
    }
    if feed.currencies != ["USD"] {
        return Err(broken(document, 0, "its currency is not USD"));
    }
    let source = SourceNote {
        id: format_smolstr!("spot-{}", document.as_of),
        as_of: document.as_of.clone(),
        currency: "USD".into(),
        title: "AWS feed of spot prices; they move by the hour".into(),
    };
    for region in &feed.regions {
        let name = regions::of_spot(&region.region);
        if !is_wanted(name) {
            continue;
        }
        for size in region.instance_types.iter().flat_map(|kind| &kind.sizes) {
            let usage_type = format!("SpotUsage:{}", size.size);
            for value in &size.value_columns {
                let Some((_, operation)) = SYSTEMS.iter().find(|(system, _)| *system == value.name) else { continue };
                // `N/A*` where there is none.
                if value.prices.usd.starts_with("N/A") || wanted.fit(SERVICE, &usage_type, operation) != Fit::Kept {
                    continue;
                }
                let price = number(&value.prices.usd, "a price").map_err(|why| broken(document, 0, &why))?;
                let key = [("usage_type", usage_type.as_str()), ("operation", operation)];
                let (from, unit) = (Default::default(), "Hrs");
                let row = Row { provider: PROVIDER, service: SERVICE, key: &key, unit, from, region: name, price };
                gathered.add(&row, document, &source, 0)?;
            }
        }
    }
    Ok(())
}

#[derive(Deserialize)]
struct Feed {
    config: Config,
}

#[derive(Deserialize)]
struct Config {
    currencies: Vec<String>,
    regions: Vec<Region>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    region: String,
    instance_types: Vec<Kind>,
}

#[derive(Deserialize)]
struct Kind {
    sizes: Vec<Size>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Size {
    size: String,
    value_columns: Vec<Value>,
}

#[derive(Deserialize)]
struct Value {
    name: String,
    prices: Prices,
}

#[derive(Deserialize)]
struct Prices {
    #[serde(rename = "USD")]
    usd: String,
}
