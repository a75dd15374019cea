//! The price book in memory: what a unit of a meter costs in a region.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use fst::{IntoStreamer as _, Streamer as _};
use rust_decimal::Decimal;
use sha2::{Digest as _, Sha256};
use smol_str::SmolStr;

use super::compile::{Compiled, Fallbacks, SEPARATOR, SERVICE_BYTES, compile, key_bytes};
use super::{Currency, Sheet, SheetError};

/// What to look up: a service's meter, in the provider's own words, in one region.
#[derive(Clone, Debug)]
pub struct Key<'k> {
    /// The book's provider, such as `aws`, `azure`, `google`.
    pub provider: &'k str,
    /// The provider's service, such as `AmazonEC2`.
    pub service: &'k str,
    /// Key columns by name, such as `usage_type` and `operation`; a column left out is empty.
    pub columns: &'k [(SmolStr, SmolStr)],
    /// The provider's region.
    pub region: &'k str,
}

/// What the book says.
#[derive(Clone, Debug)]
pub enum Lookup {
    /// A price, exact or by a declared fallback.
    Found(Price),
    /// The meter exists, but neither in this region nor in a declared fallback of it.
    NotInRegion,
    /// No such meter.
    NoMeter,
    /// The service, or one of the key's columns, is not in the book.
    NoService {
        /// What is wrong with the key.
        reason: String,
    },
}

/// A unit price with its tiers and where it comes from.
#[derive(Clone, Debug)]
pub struct Price {
    /// The provider's unit, such as `Hrs` or `GB-Mo`.
    pub unit: SmolStr,
    /// At least one tier; the first begins at zero, each next one higher.
    pub tiers: Vec<Tier>,
    /// The currency of all tiers.
    pub currency: Currency,
    /// The region whose price this is.
    pub region: SmolStr,
    /// Whether that is the region asked for (a price that holds in every region counts as exact).
    pub is_exact_region: bool,
    /// The source of the figure.
    pub source: Arc<Provenance>,
    /// The key of the row, its parts joined by ` / `.
    pub row: String,
}

/// One tier of a price: what a unit costs from a quantity on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tier {
    /// The first unit of the tier.
    pub from: Decimal,
    /// What a unit costs.
    pub price: Decimal,
}

/// Where prices come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provenance {
    /// The source's id within its book file.
    pub id: SmolStr,
    /// The source in words: publisher, document, licence.
    pub title: SmolStr,
    /// The day the source states, `YYYY-MM-DD` or a prefix of it.
    pub as_of: SmolStr,
    /// The currency of its prices.
    pub currency: SmolStr,
    /// The book file.
    pub file: SmolStr,
}

/// The region of a sheet's column whose prices hold everywhere.
const GLOBAL: &str = "global";

/// The price book.
pub struct Book {
    meters_by_key: fst::Map<Cow<'static, [u8]>>,
    meters: Cow<'static, [u8]>,
    tiers: Cow<'static, [u8]>,
    decimals: Cow<'static, [u8]>,
    regions: Vec<SmolStr>,
    region_at: HashMap<SmolStr, u16>,
    units: Vec<SmolStr>,
    sources: Vec<Arc<Provenance>>,
    services: HashMap<SmolStr, HashMap<SmolStr, Service>>,
    fallbacks: HashMap<SmolStr, HashMap<SmolStr, Vec<SmolStr>>>,
}

struct Service {
    /// The first bytes of its keys.
    number: u16,
    columns: Vec<SmolStr>,
}

mod embedded {
    pub(super) static FST: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/book.fst"));
    pub(super) static METERS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/book.meters"));
    pub(super) static TIERS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/book.tiers"));
    pub(super) static DECIMALS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/book.decimals"));
    pub(super) static NAMES: &str = include_str!(concat!(env!("OUT_DIR"), "/book.names"));
}

impl Book {
    /// The book inside this binary.
    pub fn embedded() -> &'static Self {
        static BOOK: LazyLock<Book> = LazyLock::new(|| {
            let map = fst::Map::new(Cow::Borrowed(embedded::FST)).expect("compiled by the build script");
            Book::of(
                map,
                Cow::Borrowed(embedded::METERS),
                Cow::Borrowed(embedded::TIERS),
                Cow::Borrowed(embedded::DECIMALS),
                embedded::NAMES,
            )
        });
        &BOOK
    }

    /// What tells one book from another: the SHA-256 of all its prices, in hexadecimal.
    pub fn digest(&self) -> String {
        let mut digest = Sha256::new();
        for part in [self.meters_by_key.as_fst().as_bytes(), &self.meters, &self.tiers, &self.decimals] {
            digest.update(part.len().to_le_bytes());
            digest.update(part);
        }
        digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// A book compiled from CSV sheets in memory, for tests and overlays; no region stands in for another.
    pub fn from_sheets(sheets: &[Sheet]) -> Result<Self, SheetError> {
        Self::compiled(compile(sheets, &Fallbacks::new())?)
    }

    /// A book compiled from CSV sheets with declared fallbacks, as `provider,region,fallback` rows.
    pub fn with_fallbacks(sheets: &[Sheet], fallbacks: &str) -> Result<Self, SheetError> {
        Self::compiled(compile(sheets, &super::compile::parse_fallbacks("fallbacks", fallbacks)?)?)
    }

    fn compiled(compiled: Compiled) -> Result<Self, SheetError> {
        let Compiled { fst, meters, tiers, decimals, names } = compiled;
        let map = fst::Map::new(Cow::Owned(fst)).map_err(|error| SheetError::format("book", 0, error.to_string()))?;
        Ok(Self::of(map, Cow::Owned(meters), Cow::Owned(tiers), Cow::Owned(decimals), &names))
    }

    fn of(
        meters_by_key: fst::Map<Cow<'static, [u8]>>,
        meters: Cow<'static, [u8]>,
        tiers: Cow<'static, [u8]>,
        decimals: Cow<'static, [u8]>,
        names: &str,
    ) -> Self {
        let mut book = Self {
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
                    book.region_at.insert((*name).into(), book.regions.len() as u16);
                    book.regions.push((*name).into());
                }
                ["u", name] => book.units.push((*name).into()),
                ["s", id, as_of, currency, title, file] => book.sources.push(Arc::new(Provenance {
                    id: (*id).into(),
                    title: (*title).into(),
                    as_of: (*as_of).into(),
                    currency: (*currency).into(),
                    file: (*file).into(),
                })),
                ["v", provider, service, columns] => {
                    let columns = columns.split(',').filter(|name| !name.is_empty()).map(SmolStr::from).collect();
                    let entry = Service { number: services, columns };
                    book.services.entry((*provider).into()).or_default().insert((*service).into(), entry);
                    services += 1;
                }
                ["f", provider, region, order] => {
                    let order = order.split(' ').filter(|name| !name.is_empty()).map(SmolStr::from).collect();
                    book.fallbacks.entry((*provider).into()).or_default().insert((*region).into(), order);
                }
                _ => unreachable!("the compiler writes no other line: {line:?}"),
            }
        }
        book
    }

    /// Looks a price up: in the region, else where it holds globally, else in the declared fallbacks.
    pub fn find(&self, key: &Key<'_>) -> Lookup {
        let bytes = match self.key_bytes(key) {
            Ok(bytes) => bytes,
            Err(reason) => return Lookup::NoService { reason },
        };
        let Some(offset) = self.meters_by_key.get(&bytes) else { return Lookup::NoMeter };
        let meter = &self.meters[offset as usize..];
        let found = |region: &str, is_exact| self.price(meter, key, &bytes, region, is_exact);
        if let Some(price) = found(key.region, true).or_else(|| found(GLOBAL, true)) {
            return Lookup::Found(price);
        }
        let order = self.fallbacks.get(key.provider).and_then(|regions| regions.get(key.region));
        let fallback = order.into_iter().flatten().find_map(|region| found(region, false));
        fallback.map_or(Lookup::NotInRegion, Lookup::Found)
    }

    /// The key of a row as the fst has it, or what is wrong with the key.
    fn key_bytes(&self, key: &Key<'_>) -> Result<Vec<u8>, String> {
        let services = self.services.get(key.provider);
        let service = services.and_then(|services| services.get(key.service)).ok_or_else(|| {
            let known = services.into_iter().flat_map(HashMap::keys).map(SmolStr::as_str);
            let near = nearest_text(key.service, known).map(|near| format!("; did you mean `{near}`?"));
            format!("the book has no service `{}` of {}{}", key.service, key.provider, near.unwrap_or_default())
        })?;
        let columns = &service.columns;
        if let Some((name, _)) = key.columns.iter().find(|(name, _)| !columns.contains(name)) {
            return Err(format!(
                "`{name}` is not a key column of {} {}: they are {}",
                key.provider,
                key.service,
                columns.join(", ")
            ));
        }
        static EMPTY: SmolStr = SmolStr::new_static("");
        let value = |column: &SmolStr| key.columns.iter().find(|(name, _)| name == column).map(|(_, value)| value);
        Ok(key_bytes(service.number, columns.iter().map(|column| value(column).unwrap_or(&EMPTY))))
    }

    /// The price of a meter in one region.
    fn price(&self, meter: &[u8], key: &Key<'_>, bytes: &[u8], region: &str, is_exact_region: bool) -> Option<Price> {
        const HEAD: usize = 2;
        const PLACE: usize = 10;
        let region_id = *self.region_at.get(region)?;
        let places = &meter[HEAD..HEAD + PLACE * usize::from(read_u16(meter, 0))];
        let (mut low, mut high) = (0, places.len() / PLACE);
        while low < high {
            let middle = (low + high) / 2;
            let place = &places[middle * PLACE..];
            match read_u16(place, 0).cmp(&region_id) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => {
                    let source = &self.sources[usize::from(read_u16(place, 2))];
                    return Some(Price {
                        unit: self.units[usize::from(read_u16(place, 4))].clone(),
                        tiers: self.tiers_at(read_u32(place, 6) as usize),
                        currency: source.currency.clone(),
                        region: self.regions[usize::from(region_id)].clone(),
                        is_exact_region,
                        source: Arc::clone(source),
                        row: show_key(key, bytes),
                    });
                }
            }
        }
        None
    }

    fn tiers_at(&self, offset: usize) -> Vec<Tier> {
        let list = &self.tiers[offset..];
        let count = usize::from(read_u16(list, 0));
        let tier = |at: usize| Tier {
            from: self.decimal(read_u32(list, 2 + 8 * at)),
            price: self.decimal(read_u32(list, 6 + 8 * at)),
        };
        (0..count).map(tier).collect()
    }

    fn decimal(&self, position: u32) -> Decimal {
        let at = position as usize * 16;
        let bytes = self.decimals[at..at + 16].try_into().expect("sixteen bytes");
        Decimal::deserialize(bytes)
    }

    /// The meter whose key is nearest to one that is missing. Walks a service: for diagnostics only.
    pub fn nearest(&self, key: &Key<'_>) -> Option<String> {
        /// No key of a price list is longer.
        const LONGEST: usize = 500;
        let wanted = self.key_bytes(key).ok()?;
        let service = &wanted[..SERVICE_BYTES];
        let wanted = show_key(key, &wanted);
        if wanted.len() > LONGEST {
            return None;
        }
        let letters = Letters::of(&wanted);
        let mut best: Option<(usize, String)> = None;
        let mut stream = self.meters_by_key.range().ge(service).into_stream();
        while let Some((bytes, _)) = stream.next().filter(|(bytes, _)| bytes.starts_with(service)) {
            let shown = show_key(key, bytes);
            // A service may have a hundred thousand rows, and most have too few of the same letters.
            let least = best.as_ref().map_or(usize::MAX, |(least, _)| *least);
            if letters.least_distance(&Letters::of(&shown)) >= least {
                continue;
            }
            let distance = strsim::levenshtein(&wanted, &shown);
            if best.as_ref().is_none_or(|(least, _)| distance < *least) {
                best = Some((distance, shown));
            }
        }
        best.map(|(_, shown)| shown)
    }

    /// The key columns of a service, in order; `None` if the book has no such service.
    pub fn columns(&self, provider: &str, service: &str) -> Option<&[SmolStr]> {
        Some(&self.services.get(provider)?.get(service)?.columns)
    }

    /// The services of a provider, sorted.
    pub fn services(&self, provider: &str) -> Vec<&str> {
        let mut names: Vec<&str> =
            self.services.get(provider).into_iter().flat_map(HashMap::keys).map(SmolStr::as_str).collect();
        names.sort_unstable();
        names
    }

    /// How many meters the book has.
    pub fn len(&self) -> usize {
        self.meters_by_key.len()
    }

    /// Whether the book has no meter at all.
    pub fn is_empty(&self) -> bool {
        self.meters_by_key.is_empty()
    }

    /// The oldest and newest as-of date in the book; empty texts if it has no source.
    pub fn as_of(&self) -> (SmolStr, SmolStr) {
        let dates = || self.sources.iter().map(|source| source.as_of.clone());
        (dates().min().unwrap_or_default(), dates().max().unwrap_or_default())
    }
}

/// A key in words: provider, service and the parts of a key within it.
fn show_key(key: &Key<'_>, bytes: &[u8]) -> String {
    let mut shown = String::with_capacity(key.provider.len() + key.service.len() + 2 * bytes.len());
    shown.push_str(key.provider);
    shown.push_str(" / ");
    shown.push_str(key.service);
    for part in bytes[SERVICE_BYTES..].split(|&byte| byte == SEPARATOR) {
        shown.push_str(" / ");
        shown.push_str(std::str::from_utf8(part).expect("keys are made of text"));
    }
    shown
}

fn nearest_text<'n>(name: &str, known: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    known.map(|known| (strsim::damerau_levenshtein(name, known), known)).min().map(|(_, known)| known)
}

fn read_u16(bytes: &[u8], at: usize) -> u16 {
    u16::from_le_bytes([bytes[at], bytes[at + 1]])
}

fn read_u32(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}

/// How often each letter stands in a text, letters of the same remainder together.
struct Letters([i32; 64]);

impl Letters {
    fn of(text: &str) -> Self {
        let mut counts = [0; 64];
        text.chars().for_each(|letter| counts[letter as usize % 64] += 1);
        Self(counts)
    }

    /// No fewer edits make one text of the other: each takes a letter away, adds one, or changes one into another.
    fn least_distance(&self, other: &Self) -> usize {
        let (mut more, mut fewer) = (0, 0);
        for (ours, theirs) in self.0.iter().zip(&other.0) {
            more += (ours - theirs).max(0);
            fewer += (theirs - ours).max(0);
        }
        more.max(fewer) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHEET: &str = "\
# service: AmazonS3
# provider: aws
# source old | 2021-01 | USD | an old list
# source new | 2026-07 | USD | a new list
usage_type,operation,unit,from,source,eu-west-1,global,us-east-1
Requests,,Requests,0,new,,0.5,
Storage,Standard,GB-Mo,0,new,,,0.023
Storage,Standard,GB-Mo,0,old,0.024,,0.03
Storage,Standard,GB-Mo,51200,new,,,0.022
";

    fn find(region: &str, columns: &[(&str, &str)]) -> Lookup {
        let sheet = Sheet::parse("s3.csv", SHEET).expect("a sheet");
        let fallbacks = "provider,region,fallback\naws,eu-north-1,eu-central-1 eu-west-1\n";
        let book = Book::with_fallbacks(&[sheet], fallbacks).expect("a book");
        let columns: Vec<(SmolStr, SmolStr)> =
            columns.iter().map(|&(name, value)| (name.into(), value.into())).collect();
        book.find(&Key { provider: "aws", service: "AmazonS3", columns: &columns, region })
    }

    fn price(lookup: Lookup) -> Price {
        match lookup {
            Lookup::Found(price) => price,
            other => panic!("not found: {other:?}"),
        }
    }

    const STORAGE: &[(&str, &str)] = &[("usage_type", "Storage"), ("operation", "Standard")];

    #[test]
    fn the_newest_source_of_a_region_gives_all_its_tiers() {
        let found = price(find("us-east-1", STORAGE));
        let prices: Vec<String> = found.tiers.iter().map(|tier| format!("{}:{}", tier.from, tier.price)).collect();
        assert_eq!(prices, ["0:0.023", "51200:0.022"]);
        assert_eq!(found.source.as_of, "2026-07");
        assert!(found.is_exact_region);
    }

    #[test]
    fn a_price_has_the_unit_of_its_own_row() {
        let text = SHEET.replace("Storage,Standard,GB-Mo,0,old", "Storage,Standard,GB-Hrs,0,old");
        let book = Book::from_sheets(&[Sheet::parse("s3.csv", &text).expect("a sheet")]).expect("a book");
        let columns: Vec<(SmolStr, SmolStr)> = STORAGE.iter().map(|&(a, b)| (a.into(), b.into())).collect();
        let unit =
            |region| price(book.find(&Key { provider: "aws", service: "AmazonS3", columns: &columns, region })).unit;
        assert_eq!((unit("eu-west-1").as_str(), unit("us-east-1").as_str()), ("GB-Hrs", "GB-Mo"));
    }

    #[test]
    fn a_missing_region_falls_back_in_the_declared_order_and_says_so() {
        let found = price(find("eu-north-1", STORAGE));
        assert_eq!((found.region.as_str(), found.is_exact_region), ("eu-west-1", false));
        assert!(matches!(find("mars-1", STORAGE), Lookup::NotInRegion));
    }

    #[test]
    fn a_global_price_is_exact_everywhere_and_a_left_out_column_is_empty() {
        assert!(price(find("mars-1", &[("usage_type", "Requests")])).is_exact_region);
    }

    #[test]
    fn wrong_keys_say_what_is_wrong() {
        assert!(matches!(find("us-east-1", &[("usage_type", "Storag")]), Lookup::NoMeter));
        let Lookup::NoService { reason } = find("us-east-1", &[("meter", "x")]) else { panic!("a wrong column") };
        assert_eq!(reason, "`meter` is not a key column of aws AmazonS3: they are usage_type, operation");
    }

    #[test]
    fn letters_never_say_more_than_the_distance() {
        let texts = [
            "",
            "NatGateway-Hours",
            "NtaGateway-Hours",
            "Nat|Gateway",
            "BoxUsage:m5.large",
            "éü",
            "aA\u{81}",
            "hours-NatGateway",
        ];
        for (one, other) in texts.iter().flat_map(|one| texts.iter().map(move |other| (one, other))) {
            let least = Letters::of(one).least_distance(&Letters::of(other));
            assert!(least <= strsim::levenshtein(one, other), "{one} {other}");
            assert!(least > 0 || one.len() == other.len(), "{one} {other}");
        }
    }
}
