//! Offers under construction: a service's sheet, filled by one source after the other.
//!
//! The first source that prices a meter in a region keeps it, so the order of the sources is their rank.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use smol_str::SmolStr;

use crate::price::{Sheet, SourceNote};

/// A source of prices in words.
#[derive(Clone, Debug)]
pub(super) struct Source {
    /// A short id, unique in a sheet.
    pub(super) id: SmolStr,
    /// The day it states.
    pub(super) as_of: SmolStr,
    /// Publisher, document, licence.
    pub(super) title: SmolStr,
    /// The currency of its prices.
    pub(super) currency: SmolStr,
}

/// A meter in the words of the AWS price list: usage type without its region prefix, and operation.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Meter {
    /// Such as `InstanceUsage:db.m5.large`.
    pub(super) usage_type: SmolStr,
    /// Such as `CreateDBInstance:0002`; often empty.
    pub(super) operation: SmolStr,
}

/// A price of one source, read back for what is derived from it.
pub(super) struct Given {
    pub(super) meter: Meter,
    pub(super) unit: SmolStr,
    pub(super) from: Decimal,
    pub(super) region: SmolStr,
    pub(super) price: Decimal,
    pub(super) source: SourceNote,
}

/// The sheets by service.
#[derive(Default)]
pub(super) struct Offers {
    sheets: BTreeMap<SmolStr, Sheet>,
    /// Which source prices a service's meter in a region.
    owners: BTreeMap<(SmolStr, Meter, SmolStr), SmolStr>,
    /// The unit of a service's meter.
    units: BTreeMap<(SmolStr, Meter), SmolStr>,
}

impl Source {
    /// A source of the list at hand, with prices in USD.
    pub(super) fn new(id: &str, as_of: &str, title: &str) -> Self {
        Self { id: id.into(), as_of: as_of.into(), title: title.into(), currency: "USD".into() }
    }

    /// The source with prices in another currency.
    pub(super) fn in_currency(self, currency: &str) -> Self {
        Self { currency: currency.into(), ..self }
    }
}

impl Meter {
    /// A meter of an operation.
    pub(super) fn new(usage_type: impl Into<SmolStr>, operation: impl Into<SmolStr>) -> Self {
        Self { usage_type: usage_type.into(), operation: operation.into() }
    }
}

impl Offers {
    /// Puts a meter that has one price for any quantity, unless an earlier source has it.
    pub(super) fn put(
        &mut self,
        service: &str,
        meter: &Meter,
        unit: &str,
        price: Decimal,
        region: &str,
        source: &Source,
    ) {
        self.put_tier(service, meter, unit, (Decimal::ZERO, price), region, source);
    }

    /// Puts a tier, its first unit and its price, unless an earlier source prices the meter in the region.
    pub(super) fn put_tier(
        &mut self,
        service: &str,
        meter: &Meter,
        unit: &str,
        (from, price): (Decimal, Decimal),
        region: &str,
        source: &Source,
    ) {
        let owner = self.owners.entry((service.into(), meter.clone(), region.into()));
        if owner.or_insert_with(|| source.id.clone()) != &source.id {
            return;
        }
        self.units.entry((service.into(), meter.clone())).or_insert_with(|| unit.into());
        let sheet = self.sheets.entry(service.into());
        let sheet = sheet.or_insert_with(|| Sheet::new("aws", service, &["usage_type", "operation"]));
        if !sheet.sources().any(|note| note.id == source.id) {
            sheet.add_source(SourceNote {
                id: source.id.clone(),
                as_of: source.as_of.clone(),
                currency: source.currency.clone(),
                title: source.title.clone(),
            });
        }
        let key = [meter.usage_type.as_str(), meter.operation.as_str()];
        sheet.set(&key, unit, from, &source.id, region, price);
    }

    /// Every price of a service so far.
    pub(super) fn given(&self, service: &str) -> Vec<Given> {
        let Some(sheet) = self.sheets.get(service) else { return Vec::new() };
        let note = |id: &str| sheet.sources().find(|note| note.id == id).expect("a row names a declared source");
        let mut given = Vec::new();
        for row in sheet.rows() {
            for (region, &price) in row.prices {
                given.push(Given {
                    meter: Meter::new(row.key[0].clone(), row.key[1].clone()),
                    unit: row.unit.into(),
                    from: row.from,
                    region: region.clone(),
                    price,
                    source: note(row.source).clone(),
                });
            }
        }
        given
    }

    /// The unit of a meter that a source already prices somewhere.
    pub(super) fn unit(&self, service: &str, meter: &Meter) -> Option<SmolStr> {
        self.units.get(&(service.into(), meter.clone())).cloned()
    }

    /// The finished sheets.
    pub(super) fn into_sheets(self) -> Vec<Sheet> {
        self.sheets.into_values().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_source_keeps_a_meter_in_a_region_with_all_its_tiers() {
        let (first, second) = (Source::new("first", "2026", "a list"), Source::new("second", "2020", "another"));
        let meter = Meter::new("Requests-Tier1", "");
        let mut offers = Offers::default();
        offers.put("AmazonS3", &meter, "Requests", Decimal::new(5, 6), "us-east-1", &first);
        offers.put_tier("AmazonS3", &meter, "Requests", (Decimal::TEN, Decimal::new(4, 6)), "us-east-1", &first);
        offers.put("AmazonS3", &meter, "Requests", Decimal::ONE, "us-east-1", &second);
        offers.put("AmazonS3", &meter, "Requests", Decimal::TWO, "eu-west-1", &second);

        let given: Vec<_> = offers.given("AmazonS3").into_iter().map(|row| (row.region, row.from, row.price)).collect();
        let expected = [
            ("us-east-1".into(), Decimal::ZERO, Decimal::new(5, 6)),
            ("eu-west-1".into(), Decimal::ZERO, Decimal::TWO),
            ("us-east-1".into(), Decimal::TEN, Decimal::new(4, 6)),
        ];
        assert_eq!(given, expected);
    }
}
