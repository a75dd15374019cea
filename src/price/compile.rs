//! Sheets become a book: an fst over the keys, and fixed-width columns that are used in place.
//!
//! ```text
//! fst     service u16 (big-endian) · key ␟ key…  →  offset of a meter
//! meter   places u16 · place × (region u16 · source u16 · unit u16 · tiers u32), sorted by region
//! tiers   count u16 · (from u32 · price u32)…, both positions in the decimals
//! decimal 16 bytes each
//! ```
//!
//! Used by the build script for the embedded book, and at run time for overlays and tests. Where several sources
//! price a meter in a region, the one with the newest as-of date is taken: all its tiers, and none of the others.

use std::collections::{BTreeMap, HashMap};

use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::sheet::{Sheet, SheetError, is_same_unit};

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
    let mut meters: BTreeMap<Vec<u8>, Meter<'_>> = BTreeMap::new();
    for (at, sheet) in sheets.iter().enumerate() {
        let service = names.add_sheet(sheets, at)?;
        for row in sheet.rows() {
            let as_of = sheet.sources().find(|note| note.id == row.source).map_or("", |note| note.as_of.as_str());
            let meter = meters.entry(key_bytes(service, row.key.iter())).or_insert_with(|| Meter::of(row.key));
            let source = names.source(at, row.source);
            let unit = names.unit(row.unit);
            for (region, price) in row.prices {
                if price.is_sign_negative() && !price.is_zero() {
                    return Err(broken(sheet, row.key, format!("the price in {region} is below zero")));
                }
                let place = meter.place(names.region(region), as_of, source, unit);
                let is_same = |place: &Place| is_same_unit(&names.units[usize::from(place.unit)], row.unit);
                if place.as_ref().is_some_and(|place| !is_same(place)) {
                    return Err(broken(sheet, row.key, format!("tiers in {region} differ in their unit")));
                }
                if let Some(place) = place {
                    place.tiers.insert(row.from, *price);
                }
            }
        }
    }
    let mut fst = fst::MapBuilder::memory();
    for (key, meter) in &meters {
        let fail = |error: fst::Error| SheetError::format("book", 0, error.to_string());
        fst.insert(key, compiled.meters.len() as u64).map_err(fail)?;
        push_u16(&mut compiled.meters, meter.places.len() as u16);
        for (region, place) in &meter.places {
            if place.tiers.keys().next() != Some(&Decimal::ZERO) {
                let (sheet, _) = names.sources[usize::from(place.source)];
                let message = format!("the first tier in {} does not begin at 0", names.regions[usize::from(*region)]);
                return Err(broken(&sheets[sheet], meter.key, message));
            }
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
            push_u16(&mut compiled.meters, place.unit);
            push_u32(&mut compiled.meters, tiers);
        }
    }
    compiled.fst = fst.into_inner().map_err(|error| SheetError::format("book", 0, error.to_string()))?;
    compiled.decimals = decimals.bytes;
    compiled.names = names.text(sheets, fallbacks);
    Ok(compiled)
}

/// A service's number, as the first bytes of its keys.
pub(crate) const SERVICE_BYTES: usize = 2;

/// A meter's key as the fst has it.
pub(crate) fn key_bytes<'p>(service: u16, parts: impl Iterator<Item = &'p SmolStr>) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(96);
    bytes.extend_from_slice(&service.to_be_bytes());
    for (at, part) in parts.enumerate() {
        if at > 0 {
            bytes.push(SEPARATOR);
        }
        bytes.extend_from_slice(part.as_bytes());
    }
    bytes
}

/// A mistake in a row that only shows beside other rows.
fn broken(sheet: &Sheet, key: &[SmolStr], message: String) -> SheetError {
    let key: Vec<&str> = key.iter().map(SmolStr::as_str).collect();
    let file = format!("{}/{}", sheet.provider(), sheet.file_name());
    SheetError::format(file, 0, format!("{}: {message}", key.join(" / ")))
}

struct Meter<'s> {
    key: &'s [SmolStr],
    places: BTreeMap<u16, Place>,
}

/// A meter in one region: all tiers are of one source.
struct Place {
    as_of: SmolStr,
    source: u16,
    unit: u16,
    tiers: BTreeMap<Decimal, Decimal>,
}

impl<'s> Meter<'s> {
    fn of(key: &'s [SmolStr]) -> Self {
        Self { key, places: BTreeMap::new() }
    }

    /// The place that a source's price goes to; `None` if a newer source prices the region.
    fn place(&mut self, region: u16, as_of: &str, source: u16, unit: u16) -> Option<&mut Place> {
        let fresh = || Place { as_of: as_of.into(), source, unit, tiers: BTreeMap::new() };
        let place = self.places.entry(region).or_insert_with(fresh);
        if place.source != source {
            if (place.as_of.as_str(), place.source) > (as_of, source) {
                return None;
            }
            *place = fresh();
        }
        Some(place)
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
    /// Positions of the first sheet of each service.
    services: Vec<usize>,
}

impl Names {
    /// Takes a sheet's sources, and gives its service a number. Several sheets of a service share it.
    fn add_sheet(&mut self, sheets: &[Sheet], at: usize) -> Result<u16, SheetError> {
        let sheet = &sheets[at];
        for note in sheet.sources() {
            self.source_at.insert((at, note.id.clone()), self.sources.len() as u16);
            self.sources.push((at, note.id.clone()));
        }
        let is_same = |other: &Sheet| (other.provider(), other.service()) == (sheet.provider(), sheet.service());
        let known = self.services.iter().position(|&first| is_same(&sheets[first]));
        if let Some(first) = known.map(|known| &sheets[self.services[known]])
            && first.key_columns() != sheet.key_columns()
        {
            let message = format!("another sheet of the service has the key columns {}", first.key_columns().join(","));
            return Err(broken(sheet, sheet.key_columns(), message));
        }
        Ok(known.unwrap_or_else(|| {
            self.services.push(at);
            self.services.len() - 1
        }) as u16)
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

    fn unit(&mut self, name: &str) -> u16 {
        let next = self.units.len() as u16;
        *self.unit_at.entry(name.into()).or_insert_with(|| {
            self.units.push(name.into());
            next
        })
    }

    /// One line a name: `r` region, `u` unit, `s` source, `v` service, `f` fallback, fields parted by tabs.
    fn text(&self, sheets: &[Sheet], fallbacks: &Fallbacks) -> String {
        let mut text = String::new();
        let mut line = |fields: &[&str]| {
            let fields: Vec<String> = fields.iter().map(|field| field.replace(['\t', '\n'], " ")).collect();
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
        for &first in &self.services {
            let sheet = &sheets[first];
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

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "# service: S\n# provider: p\n# source a | 2026 | USD | one\n# source b | 2025 | USD | two\n";

    fn error(rows: &str) -> String {
        let sheet = Sheet::parse("s.csv", &format!("{HEAD}k,unit,from,source,r1\n{rows}")).expect("a sheet");
        compile(&[sheet], &Fallbacks::new()).expect_err("a broken rule").to_string()
    }

    #[test]
    fn the_tiers_of_a_price_have_one_unit() {
        assert_eq!(error("m,Hrs,0,a,1\nm,GB,10,a,1\n"), "p/s.csv:0: m: tiers in r1 differ in their unit");
        let spelt =
            Sheet::parse("s.csv", &format!("{HEAD}k,unit,from,source,r1\nm,Request,0,a,1\nm,Requests,10,a,1\n"));
        assert!(compile(&[spelt.expect("a sheet")], &Fallbacks::new()).is_ok());
    }

    #[test]
    fn the_first_tier_begins_at_zero() {
        assert_eq!(error("m,Hrs,10,a,1\n"), "p/s.csv:0: m: the first tier in r1 does not begin at 0");
    }

    #[test]
    fn no_price_is_below_zero() {
        assert_eq!(error("m,Hrs,0,a,-1\n"), "p/s.csv:0: m: the price in r1 is below zero");
    }

    #[test]
    fn sheets_of_a_service_agree_on_the_key_columns() {
        let sheet =
            |columns: &str| Sheet::parse("s.csv", &format!("{HEAD}{columns},unit,from,source\n")).expect("a sheet");
        let message = compile(&[sheet("k"), sheet("k,l")], &Fallbacks::new()).expect_err("a broken rule").to_string();
        assert_eq!(message, "p/s.csv:0: k / l: another sheet of the service has the key columns k");
    }

    #[test]
    fn a_fallback_row_that_is_cut_short_is_named() {
        let message = parse_fallbacks("f.csv", "provider,region,fallback\na,b\n").expect_err("two cells").to_string();
        assert!(message.starts_with("f.csv:"), "{message}");
    }
}
