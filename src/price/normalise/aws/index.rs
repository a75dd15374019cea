//! The indexes of the price list: which offers there are, and which files each has by region.

use std::collections::BTreeMap;
use std::io::Read;

use serde::Deserialize;

use super::offer_json::json_broken;
use crate::model::Problem;
use crate::price::normalise::{Document, broken};

/// No index is longer.
const LONGEST: u64 = 64 << 20;

/// An offer of the index, with where its indexes by region are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Its code.
    pub code: String,
    /// The index of its files by region.
    pub regions: Option<String>,
    /// That of the savings plan which applies to it.
    pub plan: Option<String>,
}

#[derive(Deserialize)]
struct Offers {
    offers: BTreeMap<String, OfferText>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct OfferText {
    offer_code: String,
    current_region_index_url: Option<String>,
    current_savings_plan_index_url: Option<String>,
}

/// Reads the index of offers.
pub fn offers(reader: &mut dyn Read, document: &Document) -> Result<Vec<Offer>, Problem> {
    let index: Offers = read(reader, document)?;
    let offer = |offer: OfferText| Offer {
        code: offer.offer_code,
        regions: offer.current_region_index_url,
        plan: offer.current_savings_plan_index_url,
    };
    let offers: Vec<Offer> = index.offers.into_values().map(offer).collect();
    if offers.is_empty() { Err(broken(document, 0, "it names no offer")) } else { Ok(offers) }
}

#[derive(Deserialize)]
struct Regions {
    regions: RegionsText,
}

/// Offers have an object of regions, savings plans a list.
#[derive(Deserialize)]
#[serde(untagged)]
enum RegionsText {
    Named(BTreeMap<String, RegionText>),
    Listed(Vec<RegionText>),
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RegionText {
    region_code: String,
    #[serde(alias = "versionUrl")]
    current_version_url: String,
}

/// Reads an index of regions: each with where its file is.
pub fn region_links(reader: &mut dyn Read, document: &Document) -> Result<Vec<(String, String)>, Problem> {
    let index: Regions = read(reader, document)?;
    let regions = match index.regions {
        RegionsText::Named(regions) => regions.into_values().collect(),
        RegionsText::Listed(regions) => regions,
    };
    let links: Vec<_> = regions.into_iter().map(|region| (region.region_code, region.current_version_url)).collect();
    if links.is_empty() { Err(broken(document, 0, "it names no region")) } else { Ok(links) }
}

fn read<T: serde::de::DeserializeOwned>(reader: &mut dyn Read, document: &Document) -> Result<T, Problem> {
    let mut bytes = Vec::new();
    let length = reader.take(LONGEST + 1).read_to_end(&mut bytes);
    let length = length.map_err(|error| broken(document, 0, &format!("it cannot be read: {error}")))?;
    if length as u64 > LONGEST {
        return Err(broken(document, 0, &format!("it is longer than {LONGEST} bytes")));
    }
    serde_json::from_slice(&bytes).map_err(|error| json_broken(document, 0, &error))
}
