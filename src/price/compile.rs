//! Sheets become a book: an fst over the keys, and fixed-width columns that are used in place.
//!
//! ```text
//! fst     provider ␟ service ␟ key…  →  offset of a meter
//! meter   unit u16 · places u16 · place × (region u16 · source u16 · tiers u32), sorted by region
//! tiers   count u16 · (from u32 · price u32)…, both positions in the decimals
//! decimal 16 bytes each
//! ```
//!
//! Used by the build script for the embedded book, and at run time for overlays and tests. Where several sources
//! price a meter in a region, the one with the newest as-of date is taken.

use std::collections::{BTreeMap, HashMap};

use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::sheet::{Sheet, SheetError};

/// Separates the parts of a key; no price list writes it.
pub(crate) const SEPARATOR: u8 = 0x1f;

/// The parts of a compiled book.
#[derive(Debug, Default)]
pub(crate) struct Compiled {
    pub(crate) fst: Vec<u8>,
    pub(crate) meters: Vec<u8>,
    pub(crate) tiers: Vec<u8>,
    pub(crate) decimals: Vec<u8>,
    /// Names as text: a line each, kinds marked by their first letter.
    pub(crate) names: String,
}

/// The declared order of fallbacks: provider and region to the regions that stand in.
pub(crate) type Fallbacks = BTreeMap<(SmolStr, SmolStr), Vec<SmolStr>>;

/// Compiles sheets into a book.
pub(crate) fn compile(sheets: &[Sheet], fallbacks: &Fallbacks) -> Result<Compiled, SheetError> {
    let mut names = Names::default();
    let mut decimals = Pool::default();
    let mut tier_lists: HashMap<Vec<u8>, u32> = HashMap::new();
    let mut compiled = Compiled::default();
    let mut meters: BTreeMap<Vec<u8>, Meter> = BTreeMap::new();
    for (at, sheet) in sheets.iter().enumerate() {
        names.add_sheet(at, sheet);
        for row in sheet.rows() {
            let mut key = Vec::new();
            for part in [sheet.provider(), sheet.service()].into_iter().chain(row.key.iter().map(SmolStr::as_str)) {
                if !key.is_empty() {
                    key.push(SEPARATOR);
                }
                key.extend_from_slice(part.as_bytes());
            }
            let meter = meters.entry(key).or_default();
            let as_of = sheet.sources().find(|note| note.id == row.source).map_or("", |note| note.as_of.as_str());
            if meter.unit.is_empty() || meter.unit_as_of.as_str() < as_of {
                meter.unit = row.unit.into();
                meter.unit_as_of = as_of.into();
            }
            let source = names.source(at, row.source);
            for (region, price) in row.prices {
                meter.set(names.region(region), as_of, source, row.from, *price);
            }
        }
    }
    let mut fst = fst::MapBuilder::memory();
    for (key, meter) in &meters {
        let fail = |error: fst::Error| SheetError::format("book", 0, error.to_string());
        fst.insert(key, compiled.meters.len() as u64).map_err(fail)?;
        push_u16(&mut compiled.meters, names.unit(&meter.unit));
        push_u16(&mut compiled.meters, meter.places.len() as u16);
        for (region, place) in &meter.places {
            let mut list = Vec::with_capacity(2 + 8 * place.tiers.len());
            push_u16(&mut list, place.tiers.len() as u16);
            for (from, price) in &place.tiers {
                push_u32(&mut list, decimals.position(*from));
                push_u32(&mut list, decimals.position(*price));
            }
            let next = compiled.tiers.len() as u32;
            let tiers = *tier_lists.entry(list).or_insert_with_key(|list| {
                compiled.tiers.extend_from_slice(list);
                next
            });
            push_u16(&mut compiled.meters, *region);
            push_u16(&mut compiled.meters, place.source);
            push_u32(&mut compiled.meters, tiers);
        }
    }
    compiled.fst = fst.into_inner().map_err(|error| SheetError::format("book", 0, error.to_string()))?;
    compiled.decimals = decimals.bytes;
    compiled.names = names.text(sheets, fallbacks);
    Ok(compiled)
}

#[derive(Default)]
struct Meter {
    unit: SmolStr,
    unit_as_of: SmolStr,
    places: BTreeMap<u16, Place>,
}

/// A meter in one region: all tiers are of one source.
struct Place {
    as_of: SmolStr,
    source: u16,
    tiers: BTreeMap<Decimal, Decimal>,
}

impl Meter {
    fn set(&mut self, region: u16, as_of: &str, source: u16, from: Decimal, price: Decimal) {
        let fresh = || Place { as_of: as_of.into(), source, tiers: BTreeMap::new() };
        let place = self.places.entry(region).or_insert_with(fresh);
        if place.source != source {
            if (place.as_of.as_str(), place.source) > (as_of, source) {
                return;
            }
            *place = fresh();
        }
        place.tiers.insert(from, price);
    }
}

#[derive(Default)]
struct Pool {
    bytes: Vec<u8>,
    positions: HashMap<[u8; 16], u32>,
}

impl Pool {
    fn position(&mut self, number: Decimal) -> u32 {
        let bytes = number.serialize();
        let next = (self.bytes.len() / 16) as u32;
        *self.positions.entry(bytes).or_insert_with(|| {
            self.bytes.extend_from_slice(&bytes);
            next
        })
    }
}

#[derive(Default)]
struct Names {
    regions: Vec<SmolStr>,
    region_at: HashMap<SmolStr, u16>,
    units: Vec<SmolStr>,
    unit_at: HashMap<SmolStr, u16>,
    /// Sheet and source id.
    sources: Vec<(usize, SmolStr)>,
    source_at: HashMap<(usize, SmolStr), u16>,
}

impl Names {
    fn add_sheet(&mut self, at: usize, sheet: &Sheet) {
        for note in sheet.sources() {
            self.source_at.insert((at, note.id.clone()), self.sources.len() as u16);
            self.sources.push((at, note.id.clone()));
        }
    }

    fn source(&self, sheet: usize, id: &str) -> u16 {
        self.source_at[&(sheet, SmolStr::from(id))]
    }

    fn region(&mut self, name: &SmolStr) -> u16 {
        let next = self.regions.len() as u16;
        *self.region_at.entry(name.clone()).or_insert_with(|| {
            self.regions.push(name.clone());
            next
        })
    }

    fn unit(&mut self, name: &SmolStr) -> u16 {
        let next = self.units.len() as u16;
        *self.unit_at.entry(name.clone()).or_insert_with(|| {
            self.units.push(name.clone());
            next
        })
    }

    /// One line a name: `r` region, `u` unit, `s` source, `v` service, `f` fallback, fields parted by tabs.
    fn text(&self, sheets: &[Sheet], fallbacks: &Fallbacks) -> String {
        let mut text = String::new();
        let mut line = |fields: &[&str]| {
            text.push_str(&fields.join("\t"));
            text.push('\n');
        };
        self.regions.iter().for_each(|name| line(&["r", name]));
        self.units.iter().for_each(|name| line(&["u", name]));
        for (sheet, id) in &self.sources {
            let sheet = &sheets[*sheet];
            let note = sheet.sources().find(|note| note.id == *id).expect("collected from this sheet");
            let file = format!("{}/{}", sheet.provider(), sheet.file_name());
            line(&["s", id, &note.as_of, &note.currency, &note.title, &file]);
        }
        for sheet in sheets {
            let columns: Vec<&str> = sheet.key_columns().iter().map(SmolStr::as_str).collect();
            line(&["v", sheet.provider(), sheet.service(), &columns.join(",")]);
        }
        for ((provider, region), order) in fallbacks {
            let order: Vec<&str> = order.iter().map(SmolStr::as_str).collect();
            line(&["f", provider, region, &order.join(" ")]);
        }
        text
    }
}

/// Reads `provider,region,fallback`, the fallbacks in order, parted by spaces.
pub(crate) fn parse_fallbacks(path: &str, text: &str) -> Result<Fallbacks, SheetError> {
    let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(text.as_bytes());
    let mut fallbacks = Fallbacks::new();
    for record in reader.records() {
        let record = record.map_err(|error| SheetError::format(path, 0, error.to_string()))?;
        let line = record.position().map_or(0, csv::Position::line);
        let (Some(provider), Some(region), Some(order)) = (record.get(0), record.get(1), record.get(2)) else {
            return Err(SheetError::format(path, line, "a row is `provider,region,fallback`"));
        };
        let order = order.split_whitespace().map(SmolStr::from).collect();
        fallbacks.insert((provider.into(), region.into()), order);
    }
    Ok(fallbacks)
}

fn push_u16(bytes: &mut Vec<u8>, number: u16) {
    bytes.extend_from_slice(&number.to_le_bytes());
}

fn push_u32(bytes: &mut Vec<u8>, number: u32) {
    bytes.extend_from_slice(&number.to_le_bytes());
}
