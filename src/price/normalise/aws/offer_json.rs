//! Offer files as JSON: all products, and then the terms of each. Of the products only those are kept that are wanted.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::io::Read;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, Visitor};

use super::meter::{Meter, Place, Product};
use super::offer::{Charge, Collector, Term};
use crate::model::Problem;
use crate::price::normalise::{Document, Gathered, broken};

pub(super) fn read(
    reader: impl Read,
    offer: &mut Collector<'_>,
    document: &Document,
    gathered: &mut Gathered,
) -> Result<(), Problem> {
    let mut file = File { offer, gathered, meters: HashMap::new(), has_products: false, has_terms: false };
    let mut json = serde_json::Deserializer::from_reader(std::io::BufReader::new(reader));
    let read = Part::Whole.read(&mut file).deserialize(&mut json).and_then(|()| json.end());
    read.map_err(|error| json_broken(document, 0, &error))?;
    if file.has_terms { Ok(()) } else { Err(broken(document, 0, "it has no terms")) }
}

/// What is wrong with JSON, at its line; `before` lines stand before it.
pub(super) fn json_broken(document: &Document, before: u64, error: &serde_json::Error) -> Problem {
    let text = error.to_string();
    let message = match error.classify() {
        serde_json::error::Category::Eof => "the file ends within a value",
        serde_json::error::Category::Io => "it cannot be read",
        serde_json::error::Category::Syntax => "it is no JSON",
        serde_json::error::Category::Data => text.rfind(" at line ").map_or(text.as_str(), |at| &text[..at]),
    };
    broken(document, before + error.line() as u64, message)
}

struct File<'f, 'c> {
    offer: &'f mut Collector<'c>,
    gathered: &'f mut Gathered,
    meters: HashMap<String, Meter>,
    has_products: bool,
    has_terms: bool,
}

/// Which object of the file is read, from the outside to the inside.
#[derive(Clone, Copy)]
enum Part {
    Whole,
    Products,
    Terms,
    /// The products that have terms of a kind: on demand, or reserved.
    Kind {
        is_reserved: bool,
    },
}

struct Seed<'s, 'f, 'c> {
    part: Part,
    file: &'s mut File<'f, 'c>,
}

impl Part {
    fn read<'s, 'f, 'c>(self, file: &'s mut File<'f, 'c>) -> Seed<'s, 'f, 'c> {
        Seed { part: self, file }
    }
}

impl<'de> DeserializeSeed<'de> for Seed<'_, '_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("an object of an offer file")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let file = self.file;
        while let Some(name) = map.next_key::<String>()? {
            match (self.part, name.as_str()) {
                (Part::Whole, "publicationDate") => file.offer.published(&map.next_value::<String>()?),
                (Part::Whole, "products") => {
                    file.has_products = true;
                    map.next_value_seed(Part::Products.read(file))?;
                }
                (Part::Whole, "terms") => {
                    if !file.has_products {
                        return Err(A::Error::custom("its terms stand before its products"));
                    }
                    file.has_terms = true;
                    map.next_value_seed(Part::Terms.read(file))?;
                }
                (Part::Products, _) => {
                    let product: ProductText = map.next_value()?;
                    if let Some(meter) = file.offer.meter(&product.attributes.product()) {
                        file.meters.insert(name, meter);
                    }
                }
                (Part::Terms, "OnDemand") if file.offer.terms().on_demand => {
                    map.next_value_seed(Part::Kind { is_reserved: false }.read(file))?;
                }
                (Part::Terms, "Reserved") if file.offer.terms().reserved => {
                    map.next_value_seed(Part::Kind { is_reserved: true }.read(file))?;
                }
                (Part::Kind { is_reserved }, sku) => match file.meters.get(sku) {
                    Some(meter) => {
                        let terms: BTreeMap<String, TermText> = map.next_value()?;
                        take(file.offer, file.gathered, meter, is_reserved, terms).map_err(A::Error::custom)?;
                    }
                    None => _ = map.next_value::<IgnoredAny>()?,
                },
                (Part::Whole | Part::Terms, _) => _ = map.next_value::<IgnoredAny>()?,
            }
        }
        Ok(())
    }
}

/// Takes the prices of a product in, in an order that does not change.
fn take(
    offer: &mut Collector<'_>,
    gathered: &mut Gathered,
    meter: &Meter,
    is_reserved: bool,
    terms: BTreeMap<String, TermText>,
) -> Result<(), String> {
    for term in terms.into_values() {
        let says = &term.term_attributes;
        let kind = match is_reserved {
            true => Term::Reserved {
                length: &says.lease_contract_length,
                payment: &says.purchase_option,
                class: &says.offering_class,
            },
            false => Term::OnDemand,
        };
        for charge in term.price_dimensions.values() {
            let [(currency, price)] = charge.price_per_unit.iter().collect::<Vec<_>>()[..] else {
                return Err("a price is not in one currency".into());
            };
            let charge = Charge { from: &charge.begin_range, unit: &charge.unit, price, currency };
            offer.take(meter, kind, &charge, gathered)?;
        }
    }
    Ok(())
}

#[derive(Deserialize)]
struct ProductText {
    attributes: Attributes,
}

/// What is read of a product. Some lists write the names in another case than others.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[derive(Default)]
struct Attributes {
    #[serde(alias = "usageType")]
    usagetype: String,
    operation: String,
    instance_type: String,
    #[serde(alias = "marketOption")]
    marketoption: String,
    region_code: String,
    location: String,
    location_type: String,
    from_region_code: String,
    from_location: String,
    from_location_type: String,
    to_region_code: String,
    to_location: String,
    to_location_type: String,
}

impl Attributes {
    fn product(&self) -> Product<'_> {
        Product {
            usage_type: &self.usagetype,
            operation: &self.operation,
            instance_type: &self.instance_type,
            market_option: &self.marketoption,
            at: Place { code: &self.region_code, name: &self.location, kind: &self.location_type },
            from: Place { code: &self.from_region_code, name: &self.from_location, kind: &self.from_location_type },
            to: Place { code: &self.to_region_code, name: &self.to_location, kind: &self.to_location_type },
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct TermText {
    price_dimensions: BTreeMap<String, ChargeText>,
    #[serde(default)]
    term_attributes: TermAttributes,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ChargeText {
    unit: String,
    #[serde(default = "zero")]
    begin_range: String,
    price_per_unit: BTreeMap<String, String>,
}

/// Charges paid at once have no range.
fn zero() -> String {
    "0".into()
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct TermAttributes {
    #[serde(rename = "LeaseContractLength")]
    lease_contract_length: String,
    #[serde(rename = "PurchaseOption")]
    purchase_option: String,
    #[serde(rename = "OfferingClass")]
    offering_class: String,
}
