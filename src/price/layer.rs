//! Compiled sheets in memory, used in place: what a unit of a meter costs in a region.
//!
//! The parts of a layer may come from a file, so that no position in them is trusted: what does not fit is not there.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use fst::{IntoStreamer as _, Streamer as _};
use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::SheetError;
use super::compile::{Compiled, SEPARATOR, SERVICE_BYTES, key_bytes};
use super::lookup::{Key, Price, Provenance, Tier};

/// The parts of a compiled book.
pub(super) struct Layer {
    pub(super) meters_by_key: fst::Map<Cow<'static, [u8]>>,
    pub(super) meters: Cow<'static, [u8]>,
    pub(super) tiers: Cow<'static, [u8]>,
    pub(super) decimals: Cow<'static, [u8]>,
    regions: Vec<SmolStr>,
    region_at: HashMap<SmolStr, u16>,
    units: Vec<SmolStr>,
    pub(super) sources: Vec<Arc<Provenance>>,
    pub(super) services: HashMap<SmolStr, HashMap<SmolStr, Service>>,
    pub(super) fallbacks: HashMap<SmolStr, HashMap<SmolStr, Vec<SmolStr>>>,
}

/// A service of a layer.
pub(super) struct Service {
    /// The first bytes of its keys.
    number: u16,
    pub(super) columns: Vec<SmolStr>,
}

/// The bytes of a place in a meter.
const PLACE: usize = 10;

impl Layer {
    pub(super) fn compiled(compiled: Compiled) -> Result<Self, SheetError> {
        let Compiled { fst, meters, tiers, decimals, names } = compiled;
        Self::of(Cow::Owned(fst), Cow::Owned(meters), Cow::Owned(tiers), Cow::Owned(decimals), &names)
            .map_err(|message| SheetError::format("book", 0, message))
    }

    /// Puts the parts together; an error if they are none of a book.
    pub(super) fn of(
        fst: Cow<'static, [u8]>,
        meters: Cow<'static, [u8]>,
        tiers: Cow<'static, [u8]>,
        decimals: Cow<'static, [u8]>,
        names: &str,
    ) -> Result<Self, String> {
        let meters_by_key = fst::Map::new(fst).map_err(|error| error.to_string())?;
        let mut layer = Self {
            meters_by_key,
            meters,
            tiers,
            decimals,
            regions: Vec::new(),
            region_at: HashMap::new(),
            units: Vec::new(),
            sources: Vec::new(),
            services: HashMap::new(),
            fallbacks: HashMap::new(),
        };
        let mut services = 0;
        for line in names.lines() {
            let fields: Vec<&str> = line.split('\t').collect();
            match fields.as_slice() {
                ["r", name] => {
                    layer.region_at.insert((*name).into(), layer.regions.len() as u16);
                    layer.regions.push((*name).into());
                }
                ["u", name] => layer.units.push((*name).into()),
                ["s", id, as_of, currency, title, file] => layer.sources.push(Arc::new(Provenance {
                    id: (*id).into(),
                    title: (*title).into(),
                    as_of: (*as_of).into(),
                    currency: (*currency).into(),
                    file: (*file).into(),
                })),
                ["v", provider, service, columns] => {
                    let columns = columns.split(',').filter(|name| !name.is_empty()).map(SmolStr::from).collect();
                    let entry = Service { number: services, columns };
                    layer.services.entry((*provider).into()).or_default().insert((*service).into(), entry);
                    services += 1;
                }
                ["f", provider, region, order] => {
                    let order = order.split(' ').filter(|name| !name.is_empty()).map(SmolStr::from).collect();
                    layer.fallbacks.entry((*provider).into()).or_default().insert((*region).into(), order);
                }
                _ => return Err("a line of the names is of no known kind".into()),
            }
        }
        Ok(layer)
    }

    /// The service and the columns of a key; `None` if the layer has no such service, an error for a wrong column.
    pub(super) fn key_bytes(&self, key: &Key<'_>) -> Option<Result<Vec<u8>, String>> {
        let service = self.services.get(key.provider)?.get(key.service)?;
        let columns = &service.columns;
        if let Some((name, _)) = key.columns.iter().find(|(name, _)| !columns.contains(name)) {
            return Some(Err(format!(
                "`{name}` is not a key column of {} {}: they are {}",
                key.provider,
                key.service,
                columns.join(", ")
            )));
        }
        static EMPTY: SmolStr = SmolStr::new_static("");
        let value = |column: &SmolStr| key.columns.iter().find(|(name, _)| name == column).map(|(_, value)| value);
        Some(Ok(key_bytes(service.number, columns.iter().map(|column| value(column).unwrap_or(&EMPTY)))))
    }

    /// The places of the meter with a key.
    pub(super) fn meter(&self, bytes: &[u8]) -> Option<&[u8]> {
        let offset = usize::try_from(self.meters_by_key.get(bytes)?).ok()?;
        let meter = self.meters.get(offset..)?;
        let length = PLACE * usize::from(read_u16(meter, 0)?);
        meter.get(2..2 + length)
    }

    /// The price of a meter in one region.
    pub(super) fn price(
        &self,
        places: &[u8],
        key: &Key<'_>,
        bytes: &[u8],
        region: &str,
        is_exact_region: bool,
    ) -> Option<Price> {
        let region_id = *self.region_at.get(region)?;
        let (mut low, mut high) = (0, places.len() / PLACE);
        while low < high {
            let middle = (low + high) / 2;
            let place = &places[middle * PLACE..];
            match read_u16(place, 0)?.cmp(&region_id) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => {
                    let (source, unit, tiers) = self.place(place)?;
                    return Some(Price {
                        unit: unit.clone(),
                        tiers,
                        currency: source.currency.clone(),
                        region: self.regions.get(usize::from(region_id))?.clone(),
                        is_exact_region,
                        source: Arc::clone(source),
                        row: show_key(key.provider, key.service, bytes),
                    });
                }
            }
        }
        None
    }

    /// The source, the unit and the tiers of a place.
    fn place(&self, place: &[u8]) -> Option<(&Arc<Provenance>, &SmolStr, Vec<Tier>)> {
        let source = self.sources.get(usize::from(read_u16(place, 2)?))?;
        let unit = self.units.get(usize::from(read_u16(place, 4)?))?;
        Some((source, unit, self.tiers_at(read_u32(place, 6)? as usize)?))
    }

    fn tiers_at(&self, offset: usize) -> Option<Vec<Tier>> {
        let list = self.tiers.get(offset..)?;
        let count = usize::from(read_u16(list, 0)?);
        let tier = |at: usize| {
            Some(Tier {
                from: self.decimal(read_u32(list, 2 + 8 * at)?)?,
                price: self.decimal(read_u32(list, 6 + 8 * at)?)?,
            })
        };
        (0..count).map(tier).collect()
    }

    fn decimal(&self, position: u32) -> Option<Decimal> {
        let at = (position as usize).checked_mul(16)?;
        let bytes = self.decimals.get(at..at.checked_add(16)?)?.try_into().ok()?;
        Some(Decimal::deserialize(bytes))
    }

    /// Calls `each` for every meter of a service, in order of key: the parts of the key, and the places.
    pub(super) fn walk(&self, provider: &str, service: &str, each: &mut dyn FnMut(&[u8], &[u8])) {
        let Some(found) = self.services.get(provider).and_then(|services| services.get(service)) else { return };
        let first = found.number.to_be_bytes();
        let mut stream = self.meters_by_key.range().ge(first.as_slice()).into_stream();
        while let Some((bytes, _)) = stream.next().filter(|(bytes, _)| bytes.starts_with(&first)) {
            if let Some(places) = self.meter(bytes) {
                each(bytes, places);
            }
        }
    }

    /// The prices of a meter, by region.
    pub(super) fn prices<'l>(
        &'l self,
        places: &'l [u8],
    ) -> impl Iterator<Item = (&'l SmolStr, &'l Arc<Provenance>, &'l SmolStr, Vec<Tier>)> {
        places.chunks_exact(PLACE).filter_map(|place| {
            let region = self.regions.get(usize::from(read_u16(place, 0)?))?;
            let (source, unit, tiers) = self.place(place)?;
            Some((region, source, unit, tiers))
        })
    }
}

/// The parts of a key.
pub(super) fn parts(bytes: &[u8]) -> impl Iterator<Item = &str> {
    let key = bytes.get(SERVICE_BYTES..).unwrap_or_default();
    key.split(|&byte| byte == SEPARATOR).map(|part| std::str::from_utf8(part).unwrap_or_default())
}

/// A key in words: provider, service and the parts of a key within it.
pub(super) fn show_key(provider: &str, service: &str, bytes: &[u8]) -> String {
    let mut shown = String::with_capacity(provider.len() + service.len() + 2 * bytes.len());
    shown.push_str(provider);
    shown.push_str(" / ");
    shown.push_str(service);
    for part in parts(bytes) {
        shown.push_str(" / ");
        shown.push_str(part);
    }
    shown
}

fn read_u16(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn read_u32(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}
