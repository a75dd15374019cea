//! The price book in memory: what a unit of a meter costs in a region.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, LazyLock};

use rust_decimal::Decimal;
use sha2::{Digest as _, Sha256};
use smol_str::SmolStr;

use super::compile::{Fallbacks, compile};
use super::layer::{Layer, parts, show_key};
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
#[derive(Clone, Debug, PartialEq, Eq)]
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
pub(super) const GLOBAL: &str = "global";

/// The price book: layers of compiled sheets, of which each wins over those below it.
#[derive(Clone)]
pub struct Book {
    layers: Vec<Arc<Layer>>,
}

/// A meter of a book with its prices by region, as the uppermost layer that has it gives them.
#[derive(Clone, Debug)]
pub struct Meter {
    /// The provider.
    pub provider: SmolStr,
    /// The provider's service.
    pub service: SmolStr,
    /// The parts of the key, in the order of the service's columns.
    pub key: Vec<SmolStr>,
    /// A price for each region.
    pub prices: Vec<MeterPrice>,
}

/// The price of a meter in a region.
#[derive(Clone, Debug)]
pub struct MeterPrice {
    /// The region; `global` is all of them.
    pub region: SmolStr,
    /// Where it comes from.
    pub source: Arc<Provenance>,
    /// The provider's unit.
    pub unit: SmolStr,
    /// From what quantity on a unit costs how much.
    pub tiers: Vec<Tier>,
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
            let layer = Layer::of(
                Cow::Borrowed(embedded::FST),
                Cow::Borrowed(embedded::METERS),
                Cow::Borrowed(embedded::TIERS),
                Cow::Borrowed(embedded::DECIMALS),
                embedded::NAMES,
            );
            Book { layers: vec![Arc::new(layer.expect("compiled by the build script"))] }
        });
        &BOOK
    }

    /// What tells one book from another: the SHA-256 of all its prices, in hexadecimal.
    pub fn digest(&self) -> String {
        let mut digest = Sha256::new();
        for layer in &self.layers {
            for part in [layer.meters_by_key.as_fst().as_bytes(), &layer.meters, &layer.tiers, &layer.decimals] {
                digest.update(part.len().to_le_bytes());
                digest.update(part);
            }
        }
        hex::encode(digest.finalize())
    }

    /// A book compiled from CSV sheets in memory, for tests and overlays; no region stands in for another.
    pub fn from_sheets(sheets: &[Sheet]) -> Result<Self, SheetError> {
        Ok(Self::of(Layer::compiled(compile(sheets, &Fallbacks::new())?)?))
    }

    /// A book compiled from the sheets of one file, which stands as the file of all its sources.
    pub(super) fn of_file(sheets: &[Sheet], file: &str) -> Result<Self, SheetError> {
        let mut layer = Layer::compiled(compile(sheets, &Fallbacks::new())?)?;
        for source in &mut layer.sources {
            *source = Arc::new(Provenance { file: file.into(), ..(**source).clone() });
        }
        Ok(Self::of(layer))
    }

    /// A book compiled from CSV sheets with declared fallbacks, as `provider,region,fallback` rows.
    pub fn with_fallbacks(sheets: &[Sheet], fallbacks: &str) -> Result<Self, SheetError> {
        let fallbacks = super::compile::parse_fallbacks("fallbacks", fallbacks)?;
        Ok(Self::of(Layer::compiled(compile(sheets, &fallbacks)?)?))
    }

    pub(super) fn of(layer: Layer) -> Self {
        Self { layers: vec![Arc::new(layer)] }
    }

    /// This book over another: what it lacks, the other gives. An error if a service has other key columns there.
    pub fn over(&self, other: &Self) -> Result<Self, SheetError> {
        for layer in &self.layers {
            for (provider, services) in &layer.services {
                for (service, found) in services {
                    if other.columns(provider, service).is_some_and(|columns| columns != found.columns) {
                        let message = format!("the key columns of {provider} {service} are others in this version");
                        return Err(SheetError::format("book", 0, message));
                    }
                }
            }
        }
        Ok(Self { layers: self.layers.iter().chain(&other.layers).cloned().collect() })
    }

    /// Looks a price up: in the region, else where it holds globally, else in the declared fallbacks.
    pub fn find(&self, key: &Key<'_>) -> Lookup {
        let mut meters: Vec<(&Layer, Vec<u8>, &[u8])> = Vec::with_capacity(self.layers.len());
        let mut is_known = false;
        for layer in &self.layers {
            let bytes = match layer.key_bytes(key) {
                Some(Ok(bytes)) => bytes,
                Some(Err(reason)) => return Lookup::NoService { reason },
                None => continue,
            };
            is_known = true;
            let Some(places) = layer.meter(&bytes) else { continue };
            let found = |region: &str| layer.price(places, key, &bytes, region, true);
            if let Some(price) = found(key.region).or_else(|| found(GLOBAL)) {
                return Lookup::Found(price);
            }
            meters.push((layer, bytes, places));
        }
        if !is_known {
            return Lookup::NoService { reason: self.no_service(key) };
        }
        if meters.is_empty() {
            return Lookup::NoMeter;
        }
        let in_region = |region: &SmolStr| {
            meters.iter().find_map(|(layer, bytes, places)| layer.price(places, key, bytes, region, false))
        };
        let orders = self.layers.iter().find_map(|layer| layer.fallbacks.get(key.provider)?.get(key.region));
        orders.into_iter().flatten().find_map(in_region).map_or(Lookup::NotInRegion, Lookup::Found)
    }

    fn no_service(&self, key: &Key<'_>) -> String {
        let near = nearest_text(key.service, self.services(key.provider).into_iter());
        let near = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
        format!("the book has no service `{}` of {}{near}", key.service, key.provider)
    }

    /// The meter whose key is nearest to one that is missing, if one is near. Walks a service: for diagnostics only.
    pub fn nearest(&self, key: &Key<'_>) -> Option<String> {
        /// No key of a price list is longer.
        const LONGEST: usize = 500;
        /// How many keys are compared letter by letter: those of which the letters are most alike.
        const MOST: usize = 1_000;
        let mut best: Option<(usize, String)> = None;
        for layer in &self.layers {
            let Some(Ok(wanted)) = layer.key_bytes(key) else { continue };
            let wanted = show_key(key.provider, key.service, &wanted);
            if wanted.len() > LONGEST {
                return None;
            }
            let letters = Letters::of(&wanted);
            // Half of the letters changed is another key, and no slip.
            let furthest = wanted.chars().count() / 2;
            let mut alike: Vec<(usize, String)> = Vec::new();
            layer.walk(key.provider, key.service, &mut |bytes, _| {
                let shown = show_key(key.provider, key.service, bytes);
                let least = letters.least_distance(&Letters::of(&shown));
                if least <= furthest {
                    alike.push((least, shown));
                }
            });
            alike.sort_by_key(|(least, _)| *least);
            for (least, shown) in alike.into_iter().take(MOST) {
                let nearest = best.as_ref().map_or(furthest + 1, |(nearest, _)| *nearest);
                if least >= nearest {
                    break;
                }
                let distance = strsim::levenshtein(&wanted, &shown);
                if distance < nearest {
                    best = Some((distance, shown));
                }
            }
        }
        best.map(|(_, shown)| shown)
    }

    /// The key columns of a service, in order; `None` if the book has no such service.
    pub fn columns(&self, provider: &str, service: &str) -> Option<&[SmolStr]> {
        self.layers.iter().find_map(|layer| Some(layer.services.get(provider)?.get(service)?.columns.as_slice()))
    }

    /// The providers, sorted.
    pub fn providers(&self) -> Vec<&str> {
        let names: BTreeSet<&str> =
            self.layers.iter().flat_map(|layer| layer.services.keys()).map(SmolStr::as_str).collect();
        names.into_iter().collect()
    }

    /// The services of a provider, sorted.
    pub fn services(&self, provider: &str) -> Vec<&str> {
        let layers = self.layers.iter().filter_map(|layer| layer.services.get(provider));
        let names: BTreeSet<&str> = layers.flat_map(HashMap::keys).map(SmolStr::as_str).collect();
        names.into_iter().collect()
    }

    /// Every meter of a service, in order of key. A region that several layers price is the uppermost's.
    pub fn meters(&self, provider: &str, service: &str) -> Vec<Meter> {
        let mut found: std::collections::BTreeMap<Vec<SmolStr>, Vec<MeterPrice>> = Default::default();
        for layer in &self.layers {
            layer.walk(provider, service, &mut |bytes, places| {
                let prices = found.entry(parts(bytes).map(SmolStr::from).collect()).or_default();
                for (region, source, unit, tiers) in layer.prices(places) {
                    if prices.iter().all(|price| price.region != *region) {
                        let (region, source, unit) = (region.clone(), Arc::clone(source), unit.clone());
                        prices.push(MeterPrice { region, source, unit, tiers });
                    }
                }
            });
        }
        let meter = |(key, prices)| Meter { provider: provider.into(), service: service.into(), key, prices };
        found.into_iter().map(meter).collect()
    }

    /// How many meters the book has, those that several layers have as often.
    pub fn len(&self) -> usize {
        self.layers.iter().map(|layer| layer.meters_by_key.len()).sum()
    }

    /// Whether the book has no meter at all.
    pub fn is_empty(&self) -> bool {
        self.layers.iter().all(|layer| layer.meters_by_key.is_empty())
    }

    /// The oldest and newest as-of date in the book; empty texts if it has no source.
    pub fn as_of(&self) -> (SmolStr, SmolStr) {
        let dates = || self.layers.iter().flat_map(|layer| &layer.sources).map(|source| source.as_of.clone());
        (dates().min().unwrap_or_default(), dates().max().unwrap_or_default())
    }
}

fn nearest_text<'n>(name: &str, known: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    known.map(|known| (strsim::damerau_levenshtein(name, known), known)).min().map(|(_, known)| known)
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
    fn an_upper_layer_wins_region_by_region_before_any_fallback() {
        let under = Book::with_fallbacks(
            &[Sheet::parse("s3.csv", SHEET).expect("a sheet")],
            "provider,region,fallback\naws,eu-north-1,eu-central-1 eu-west-1\n",
        );
        let newer = "\
# service: AmazonS3
# provider: aws
# source fresh | 2026-11 | USD | a list of today
usage_type,operation,unit,from,source,eu-central-1,us-east-1
Storage,Standard,GB-Mo,0,fresh,0.0245,0.021
";
        let upper = Book::from_sheets(&[Sheet::parse("s3.csv", newer).expect("a sheet")]).expect("a book");
        let book = upper.over(&under.expect("a book")).expect("two layers");
        let columns: Vec<(SmolStr, SmolStr)> = STORAGE.iter().map(|&(a, b)| (a.into(), b.into())).collect();
        let of = |region| {
            let found = price(book.find(&Key { provider: "aws", service: "AmazonS3", columns: &columns, region }));
            (found.tiers[0].price.to_string(), found.region.to_string(), found.is_exact_region)
        };
        assert_eq!(of("us-east-1"), ("0.021".into(), "us-east-1".into(), true));
        assert_eq!(of("eu-west-1"), ("0.024".into(), "eu-west-1".into(), true));
        // The order is the lower layer's, the price the upper one's.
        assert_eq!(of("eu-north-1"), ("0.0245".into(), "eu-central-1".into(), false));
        let meters = book.meters("aws", "AmazonS3");
        assert_eq!(meters.iter().map(|meter| meter.prices.len()).collect::<Vec<_>>(), [1, 3]);
    }

    #[test]
    fn layers_agree_on_the_key_columns() {
        let book = |text: &str| Book::from_sheets(&[Sheet::parse("s3.csv", text).expect("a sheet")]).expect("a book");
        let other = SHEET.replace("usage_type,operation", "usage_type,action");
        let error = book(&other).over(&book(SHEET)).err().expect("other columns").to_string();
        assert_eq!(error, "book:0: the key columns of aws AmazonS3 are others in this version");
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
