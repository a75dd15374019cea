//! The sheets under construction, and what was kept out of them.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use smol_str::SmolStr;

use crate::price::{Sheet, SourceNote};

/// A source of prices in words.
#[derive(Clone, Copy, Debug)]
pub(in crate::price) struct Source<'s> {
    /// A short id.
    pub(in crate::price) id: &'s str,
    /// The day it states.
    pub(in crate::price) as_of: &'s str,
    /// Publisher, document, licence.
    pub(in crate::price) title: &'s str,
}

/// A meter in the words of the Retail Prices API: product, SKU, meter.
pub(in crate::price) type Meter = [SmolStr; 3];

/// The prices of a meter by the first unit of each tier.
pub(in crate::price) type Tiers = BTreeMap<Decimal, Decimal>;

/// The region name of a price that holds everywhere.
pub(in crate::price) const WORLDWIDE: &str = "global";

/// All sheets, with the reasons for what is not in them.
#[derive(Default)]
pub(in crate::price) struct Shelf<'s> {
    sheets: BTreeMap<SmolStr, Sheet>,
    meters: BTreeMap<(SmolStr, Meter), MeterNote>,
    quarantined: BTreeMap<(SmolStr, &'s str), BTreeMap<&'static str, usize>>,
    sources: BTreeMap<&'s str, Source<'s>>,
}

/// What all prices of a meter have in common.
struct MeterNote {
    unit: SmolStr,
    most_tiers: usize,
}

impl<'s> Shelf<'s> {
    /// The provider's unit of a meter and the most tiers that it has in a region, if it is on the shelf.
    pub(in crate::price) fn meter(&self, service: &str, meter: &Meter) -> Option<(&str, usize)> {
        let note = self.meters.get(&(service.into(), meter.clone()))?;
        Some((&note.unit, note.most_tiers))
    }

    /// Every meter of a service.
    pub(in crate::price) fn meters<'m>(
        &'m self,
        service: &'m str,
    ) -> impl Iterator<Item = (&'m Meter, &'m str)> + use<'m, 's> {
        let of_service = self.meters.iter().filter(move |((name, _), _)| name == service);
        of_service.map(|((_, meter), note)| (meter, note.unit.as_str()))
    }

    /// Whether the meter has a price in the region.
    pub(in crate::price) fn has(&self, service: &str, meter: &Meter, region: &str) -> bool {
        let key = meter.each_ref().map(SmolStr::as_str);
        self.sheets.get(service).is_some_and(|sheet| sheet.has(&key, region) || sheet.has(&key, WORLDWIDE))
    }

    /// Every meter of a service with its unit and its tiers by region.
    pub(in crate::price) fn regions(&self, service: &str) -> Vec<(Meter, SmolStr, BTreeMap<SmolStr, Tiers>)> {
        let mut found: BTreeMap<Meter, (SmolStr, BTreeMap<SmolStr, Tiers>)> = BTreeMap::new();
        for row in self.sheets.get(service).into_iter().flat_map(Sheet::rows) {
            let meter = [row.key[0].clone(), row.key[1].clone(), row.key[2].clone()];
            let (_, regions) = found.entry(meter).or_insert_with(|| (row.unit.into(), BTreeMap::new()));
            for (region, &price) in row.prices {
                regions.entry(region.clone()).or_default().insert(row.from, price);
            }
        }
        found.into_iter().map(|(meter, (unit, regions))| (meter, unit, regions)).collect()
    }

    /// The tiers of a meter in a region; empty if it has no price there.
    pub(in crate::price) fn tiers(&self, service: &str, meter: &Meter, region: &str) -> Tiers {
        let rows = self.sheets.get(service).into_iter().flat_map(Sheet::rows).filter(|row| row.key == meter);
        rows.filter_map(|row| Some((row.from, *row.prices.get(region)?))).collect()
    }

    /// Puts a meter's tiers in a region on its sheet.
    pub(in crate::price) fn put(
        &mut self,
        service: &str,
        meter: &Meter,
        unit: &str,
        tiers: &Tiers,
        region: &str,
        source: &Source<'s>,
    ) {
        let note = self.meters.entry((service.into(), meter.clone()));
        let note = note.or_insert_with(|| MeterNote { unit: unit.into(), most_tiers: 0 });
        note.most_tiers = note.most_tiers.max(tiers.len());
        let sheet = self.sheet(service, &["product", "sku", "meter"], source);
        for (&from, &price) in tiers {
            sheet.set(&meter.each_ref().map(SmolStr::as_str), unit, from, source.id, region, price);
        }
    }

    /// The sheet of a service, with the source declared in it.
    pub(in crate::price) fn sheet(&mut self, service: &str, key_columns: &[&str], source: &Source<'s>) -> &mut Sheet {
        self.sources.insert(source.id, *source);
        let sheet = self.sheets.entry(service.into()).or_insert_with(|| Sheet::new("azure", service, key_columns));
        if !sheet.sources().any(|note| note.id == source.id) {
            sheet.add_source(source.note(&BTreeMap::new()));
        }
        sheet
    }

    /// Counts a price that was kept out.
    pub(in crate::price) fn quarantine(&mut self, service: &str, source: &Source<'s>, reason: &'static str) {
        let reasons = self.quarantined.entry((service.into(), source.id)).or_default();
        *reasons.entry(reason).or_default() += 1;
    }

    /// The finished sheets; what was kept out is counted in the words of its source.
    pub(in crate::price) fn into_sheets(mut self) -> Vec<Sheet> {
        for ((service, source), reasons) in &self.quarantined {
            let (Some(sheet), Some(source)) = (self.sheets.get_mut(service), self.sources.get(source)) else {
                continue;
            };
            if sheet.sources().any(|note| note.id == source.id) {
                sheet.add_source(source.note(reasons));
            }
        }
        self.sheets.into_values().collect()
    }
}

impl Source<'_> {
    /// The source, with how much was kept out for which reason.
    pub(in crate::price) fn note(&self, quarantined: &BTreeMap<&'static str, usize>) -> SourceNote {
        let mut title = self.title.to_owned();
        for (at, (reason, count)) in quarantined.iter().enumerate() {
            title.push_str(if at == 0 { "; kept out: " } else { ", " });
            title.push_str(&format!("{count} {reason}"));
        }
        SourceNote { id: self.id.into(), as_of: self.as_of.into(), currency: "USD".into(), title: title.into() }
    }
}
