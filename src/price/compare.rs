//! Two price books side by side: what moved, what is gone, what is counted otherwise.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::{Book, Meter, MeterPrice, is_same_unit};

/// How one book differs from an earlier one, in the services and regions that both have.
#[derive(Clone, Debug, Default)]
pub struct Comparison {
    /// Prices that moved by more than the threshold, the largest move first.
    pub moved: Vec<Moved>,
    /// How many prices moved by less.
    pub moved_less: usize,
    /// How many prices are the same.
    pub same: usize,
    /// How many prices are new.
    pub appeared: usize,
    /// Meters that are gone.
    pub vanished: Vec<Vanished>,
    /// Prices with another unit, currency or other tiers.
    pub recounted: Vec<Recounted>,
}

/// A price that moved.
#[derive(Clone, Debug)]
pub struct Moved {
    /// The meter: provider, service and the parts of its key.
    pub meter: String,
    /// The region.
    pub region: SmolStr,
    /// The first unit of the tier.
    pub tier_from: Decimal,
    /// The old price of a unit, with its date.
    pub old: (Decimal, SmolStr),
    /// The new one.
    pub new: (Decimal, SmolStr),
    /// The currency of both.
    pub currency: SmolStr,
    /// The unit.
    pub unit: SmolStr,
    /// By how many percent; nothing where the old price was zero.
    pub percent: Option<Decimal>,
}

/// A meter that is gone.
#[derive(Clone, Debug)]
pub struct Vanished {
    /// The meter.
    pub meter: String,
    /// The regions where it had a price, of those that the new book has for the service.
    pub regions: Vec<SmolStr>,
    /// The newest date of its prices.
    pub as_of: SmolStr,
}

/// A price that is of something else now.
#[derive(Clone, Debug)]
pub struct Recounted {
    /// The meter.
    pub meter: String,
    /// The region.
    pub region: SmolStr,
    /// What it was: unit, currency, tiers.
    pub old: String,
    /// What it is.
    pub new: String,
}

/// Compares the services of a book with those of an earlier one.
///
/// `threshold` is in percent of the old price.
pub fn compare(new: &Book, old: &Book, threshold: Decimal) -> Comparison {
    let mut found = Comparison::default();
    for provider in new.providers() {
        for service in new.services(provider) {
            let news = by_key(new.meters(provider, service));
            let regions: BTreeSet<&SmolStr> =
                news.values().flat_map(|meter| &meter.prices).map(|price| &price.region).collect();
            for (key, was) in by_key(old.meters(provider, service)) {
                match news.get(&key) {
                    Some(is) => found.meter(is, &was, threshold),
                    None => found.gone(&was, &regions),
                }
            }
            let olds = by_key(old.meters(provider, service));
            let fresh =
                |key: &Vec<SmolStr>, price: &&MeterPrice| olds.get(key).and_then(|was| in_region(was, price)).is_none();
            found.appeared +=
                news.iter().flat_map(|(key, meter)| meter.prices.iter().filter(move |price| fresh(key, price))).count();
        }
    }
    let size = |moved: &Moved| moved.percent.map_or(Decimal::MAX, |percent| percent.abs());
    found.moved.sort_by(|a, b| size(b).cmp(&size(a)).then_with(|| (&a.meter, &a.region).cmp(&(&b.meter, &b.region))));
    found
}

fn by_key(meters: Vec<Meter>) -> BTreeMap<Vec<SmolStr>, Meter> {
    meters.into_iter().map(|meter| (meter.key.clone(), meter)).collect()
}

fn in_region<'m>(meter: &'m Meter, price: &MeterPrice) -> Option<&'m MeterPrice> {
    meter.prices.iter().find(|known| known.region == price.region)
}

/// A meter in words.
fn name(meter: &Meter) -> String {
    let parts = meter.key.iter().filter(|part| !part.is_empty()).map(SmolStr::as_str);
    [meter.provider.as_str(), meter.service.as_str()].into_iter().chain(parts).collect::<Vec<_>>().join(" / ")
}

impl Comparison {
    fn meter(&mut self, is: &Meter, was: &Meter, threshold: Decimal) {
        for price in &is.prices {
            if let Some(before) = in_region(was, price) {
                self.price(is, price, before, threshold);
            }
        }
    }

    fn price(&mut self, meter: &Meter, is: &MeterPrice, was: &MeterPrice, threshold: Decimal) {
        let starts = |price: &MeterPrice| price.tiers.iter().map(|tier| tier.from).collect::<Vec<_>>();
        let is_alike = is_same_unit(&is.unit, &was.unit);
        if !is_alike || (&is.source.currency, starts(is)) != (&was.source.currency, starts(was)) {
            let counted = |price: &MeterPrice| {
                let tiers =
                    if price.tiers.len() == 1 { "one tier".into() } else { format!("{} tiers", price.tiers.len()) };
                format!("{} in {}, {tiers}", price.unit, price.source.currency)
            };
            let (old, new) = (counted(was), counted(is));
            return self.recounted.push(Recounted { meter: name(meter), region: is.region.clone(), old, new });
        }
        let differs = is.tiers.iter().zip(&was.tiers).find(|(new, old)| new.price != old.price);
        let Some((new, old)) = differs else {
            self.same += 1;
            return;
        };
        let percent =
            (new.price - old.price).checked_mul(Decimal::ONE_HUNDRED).and_then(|by| by.checked_div(old.price));
        if percent.is_some_and(|percent| percent.abs() <= threshold) {
            self.moved_less += 1;
            return;
        }
        self.moved.push(Moved {
            meter: name(meter),
            region: is.region.clone(),
            tier_from: new.from,
            old: (old.price, was.source.as_of.clone()),
            new: (new.price, is.source.as_of.clone()),
            currency: is.source.currency.clone(),
            unit: is.unit.clone(),
            percent: percent.map(|percent| percent.round_dp(1).normalize()),
        });
    }

    fn gone(&mut self, was: &Meter, regions: &BTreeSet<&SmolStr>) {
        let lost: Vec<&MeterPrice> = was.prices.iter().filter(|price| regions.contains(&price.region)).collect();
        let Some(as_of) = lost.iter().map(|price| price.source.as_of.clone()).max() else { return };
        let regions = lost.iter().map(|price| price.region.clone()).collect();
        self.vanished.push(Vanished { meter: name(was), regions, as_of });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::price::Sheet;

    fn book(date: &str, rows: &str) -> Book {
        let text = format!(
            "# service: S\n# provider: p\n# source list | {date} | USD | a list\nk,unit,from,source,r1,r2\n{rows}"
        );
        Book::from_sheets(&[Sheet::parse("s.csv", &text).expect("a sheet")]).expect("a book")
    }

    #[test]
    fn what_moved_what_is_gone_and_what_is_counted_otherwise() {
        let old =
            book("2025-01", "a,Hrs,0,list,1,2\nb,Hrs,0,list,1,\nc,GB,0,list,0,5\nd,GB,0,list,1,\ne,GB,0,list,1,1\n");
        let new = book(
            "2026-11",
            "a,Hrs,0,list,1.2,2\nc,GB,0,list,1,5.1\nd,TB,0,list,1,\ne,GB,0,list,1,1\ne,GB,9,list,1,0.5\nf,GB,0,list,1,\n",
        );
        let found = compare(&new, &old, Decimal::from(5));
        let moved: Vec<_> = found.moved.iter().map(|moved| (moved.meter.as_str(), moved.percent)).collect();
        assert_eq!(moved, [("p / S / c", None), ("p / S / a", Some(Decimal::from(20)))]);
        assert_eq!((found.moved[1].old.1.as_str(), found.moved[1].new.1.as_str()), ("2025-01", "2026-11"));
        // c in r2 by 2 %; a in r2 not at all, nor the first tier of e in r1, whose tiers are others.
        assert_eq!((found.moved_less, found.same, found.appeared), (1, 1, 1));
        assert_eq!(found.vanished.iter().map(|gone| gone.meter.as_str()).collect::<Vec<_>>(), ["p / S / b"]);
        let counted: Vec<_> = found.recounted.iter().map(|found| (found.region.as_str(), found.new.as_str())).collect();
        assert_eq!(
            counted,
            [("r1", "TB in USD, one tier"), ("r1", "GB in USD, 2 tiers"), ("r2", "GB in USD, 2 tiers")]
        );
    }
}
