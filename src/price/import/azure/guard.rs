//! A guard against Windows prices among Linux prices.
//!
//! A list that is keyed by `armSkuName` alone mixes them: the product "… Series Cloud Services" has the
//! same name and carries the Windows price without the word Windows. Within a family and region, sizes
//! cost in proportion to their vCPUs, and where not, then by the same ratio everywhere. So a price is
//! suspect that stands more than 5 % (20 % in families without proportion) above what the lowest price
//! per vCPU shared by two sizes of its family and region and the size's usual ratio to it let expect.
//! Against the full lists of five regions it finds 150 of 187 prices that differ; the others are promotions
//! in those lists or differences of at most 20 %. Of 5,499 prices that agree it suspects 12.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::{Decimal, RoundingStrategy};
use smol_str::{SmolStr, format_smolstr};

/// Prices by size and region.
pub(super) type Prices = BTreeMap<(SmolStr, SmolStr), Decimal>;

/// What the guard says of a price list.
#[derive(Default)]
pub(super) struct Verdict {
    /// Prices that are not what their family lets expect.
    pub(super) suspects: BTreeSet<(SmolStr, SmolStr)>,
    /// What a suspect price should be, where its family says so without doubt.
    pub(super) expected: Prices,
}

/// A family's prices per vCPU in a region.
type Sizes = BTreeMap<SmolStr, (Decimal, Decimal)>;

const SHARED: Decimal = Decimal::from_parts(101, 0, 0, false, 2);
const PROPORTIONAL: Decimal = Decimal::from_parts(105, 0, 0, false, 2);
const LOOSE: Decimal = Decimal::from_parts(120, 0, 0, false, 2);
const WHOLE_FAMILY: Decimal = Decimal::from_parts(140, 0, 0, false, 2);
const EXACT: Decimal = Decimal::from_parts(5, 0, 0, false, 3);

/// Judges a price list; `vcpus` are those of the sizes that are known.
pub(super) fn judge(prices: &Prices, vcpus: &BTreeMap<SmolStr, Decimal>) -> Verdict {
    let mut families: BTreeMap<(SmolStr, SmolStr), Sizes> = BTreeMap::new();
    for ((size, region), &price) in prices {
        let Some((family, vcpu)) = family_of(size, vcpus) else { continue };
        let sizes = families.entry((family, region.clone())).or_default();
        sizes.insert(size.clone(), (price / vcpu, vcpu));
    }
    let references: BTreeMap<_, _> = families.iter().map(|(key, sizes)| (key, reference(sizes))).collect();

    let mut ratios: BTreeMap<&SmolStr, Vec<Decimal>> = BTreeMap::new();
    for (key, sizes) in &families {
        for (size, (per_vcpu, _)) in sizes {
            ratios.entry(size).or_default().push(per_vcpu / references[key].0);
        }
    }
    // The lower quartile: in some families half of all regions carry the Windows price.
    let usual: BTreeMap<&SmolStr, Decimal> = ratios.into_iter().map(|(size, of)| (size, quantile(of, 4))).collect();
    let proportional = proportional_families(&families, &usual);
    let levels = levels(&references);

    let mut verdict = Verdict::default();
    for (key, sizes) in &families {
        let (family, region) = key;
        let (lowest, is_shared) = references[key];
        let is_wrong_as_a_whole = levels.get(key).is_some_and(|level| *level > WHOLE_FAMILY);
        let limit = if proportional.contains(family) { PROPORTIONAL } else { LOOSE };
        for (size, (per_vcpu, vcpu)) in sizes {
            if !is_wrong_as_a_whole && per_vcpu / lowest / usual[size] <= limit {
                continue;
            }
            let at = (size.clone(), region.clone());
            let is_sure = is_shared && proportional.contains(family) && (usual[size] - Decimal::ONE).abs() <= EXACT;
            if is_sure && !is_wrong_as_a_whole {
                verdict.expected.insert(at.clone(), rounded(lowest * vcpu));
            }
            verdict.suspects.insert(at);
        }
    }
    verdict
}

/// `standard_e32-8as_v5` is of the family `e*as_v5` and priced as the 32 vCPUs of its full size.
fn family_of(size: &str, vcpus: &BTreeMap<SmolStr, Decimal>) -> Option<(SmolStr, Decimal)> {
    let name = size.strip_prefix("standard_")?;
    let letters = name.find(|letter: char| letter.is_ascii_digit())?;
    let rest = &name[letters..];
    let digits = rest.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(rest.len());
    let (number, rest) = rest.split_at(digits);
    let mut vcpu: Decimal = number.parse().ok()?;
    let rest = match rest.strip_prefix('-') {
        Some(constrained) => constrained.trim_start_matches(|letter: char| letter.is_ascii_digit()),
        None => {
            vcpu = vcpus.get(size).copied().unwrap_or(vcpu);
            rest
        }
    };
    (!vcpu.is_zero() && letters > 0).then(|| (format_smolstr!("{}*{rest}", &name[..letters]), vcpu))
}

/// The lowest price per vCPU that two full sizes share, and whether there is one.
fn reference(sizes: &Sizes) -> (Decimal, bool) {
    let full: Vec<Decimal> = sizes.iter().filter(|(size, _)| !size.contains('-')).map(|(_, (per, _))| *per).collect();
    let mut sorted = if full.is_empty() { sizes.values().map(|(per, _)| *per).collect() } else { full };
    sorted.sort_unstable();
    let shared = sorted.windows(2).find(|pair| pair[1] <= pair[0] * SHARED);
    (shared.map_or(sorted[0], |pair| pair[0]), shared.is_some())
}

/// Families of which at least two in three sizes cost in proportion to their vCPUs.
fn proportional_families(
    families: &BTreeMap<(SmolStr, SmolStr), Sizes>,
    usual: &BTreeMap<&SmolStr, Decimal>,
) -> BTreeSet<SmolStr> {
    let mut members: BTreeMap<&SmolStr, BTreeSet<&SmolStr>> = BTreeMap::new();
    for ((family, _), sizes) in families {
        members.entry(family).or_default().extend(sizes.keys());
    }
    let near_one = |size: &&&SmolStr| (usual[**size] - Decimal::ONE).abs() <= PROPORTIONAL - Decimal::ONE;
    let is_proportional = |sizes: &BTreeSet<&SmolStr>| sizes.iter().filter(near_one).count() * 3 >= sizes.len() * 2;
    members.into_iter().filter(|(_, sizes)| is_proportional(sizes)).map(|(family, _)| family.clone()).collect()
}

/// How dear a family is in a region, as a multiple of what is usual for the family and the region.
fn levels<'k>(
    references: &BTreeMap<&'k (SmolStr, SmolStr), (Decimal, bool)>,
) -> BTreeMap<&'k (SmolStr, SmolStr), Decimal> {
    let mut by_family: BTreeMap<&SmolStr, Vec<Decimal>> = BTreeMap::new();
    for ((family, _), (lowest, _)) in references {
        by_family.entry(family).or_default().push(*lowest);
    }
    by_family.retain(|_, of| of.len() >= 5);
    let base: BTreeMap<&SmolStr, Decimal> = by_family.into_iter().map(|(name, of)| (name, quantile(of, 2))).collect();
    let relative = references.iter().filter_map(|(key, (lowest, _))| Some((*key, lowest / base.get(&key.0)?)));
    let relative: Vec<_> = relative.collect();
    let mut by_region: BTreeMap<&SmolStr, Vec<Decimal>> = BTreeMap::new();
    for (key, level) in &relative {
        by_region.entry(&key.1).or_default().push(*level);
    }
    let index: BTreeMap<&SmolStr, Decimal> = by_region.into_iter().map(|(name, of)| (name, quantile(of, 2))).collect();
    relative.into_iter().map(|(key, level)| (key, level / index[&key.1])).collect()
}

/// The value below which one in `parts` lies.
fn quantile(mut values: Vec<Decimal>, parts: usize) -> Decimal {
    values.sort_unstable();
    values[(values.len() - 1) / parts]
}

/// Azure lists hourly prices with three decimals, small ones with four.
fn rounded(price: Decimal) -> Decimal {
    let places = if price >= Decimal::new(1, 1) { 3 } else { 4 };
    price.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prices(text: &str) -> Prices {
        let price = |line: &str| {
            let mut words = line.split_whitespace();
            let mut next = || words.next().expect("size, region, price");
            let (size, region, price) = (next(), next(), next());
            ((size.into(), region.into()), price.parse().expect("a decimal"))
        };
        text.lines().map(str::trim).filter(|line| !line.is_empty()).map(price).collect()
    }

    fn suspects(verdict: &Verdict) -> Vec<String> {
        verdict.suspects.iter().map(|(size, region)| format!("{size} {region}")).collect()
    }

    #[test]
    fn a_windows_price_stands_out_and_its_family_says_the_right_one() {
        let list = prices(
            "standard_d2as_v5 germanywestcentral 0.104
             standard_d4as_v5 germanywestcentral 0.392
             standard_d8as_v5 germanywestcentral 0.416
             standard_d2as_v5 westeurope 0.104
             standard_d4as_v5 westeurope 0.208
             standard_d8as_v5 westeurope 0.416",
        );
        let verdict = judge(&list, &BTreeMap::new());
        assert_eq!(suspects(&verdict), ["standard_d4as_v5 germanywestcentral"]);
        assert_eq!(verdict.expected.values().next(), Some(&Decimal::new(208, 3)));
    }

    #[test]
    fn a_size_that_is_dearer_everywhere_is_no_suspect() {
        let list = prices(
            "standard_x2_v9 a 0.2
             standard_x4_v9 a 0.4
             standard_x8_v9 a 1.6
             standard_x2_v9 b 0.22
             standard_x4_v9 b 0.44
             standard_x8_v9 b 1.76",
        );
        assert_eq!(suspects(&judge(&list, &BTreeMap::new())), Vec::<String>::new());
    }

    #[test]
    fn a_constrained_size_counts_the_vcpus_of_the_full_one() {
        let (family, vcpu) = family_of("standard_e32-8as_v5", &BTreeMap::new()).expect("a family");
        assert_eq!((family.as_str(), vcpu), ("e*as_v5", Decimal::from(32)));
        assert_eq!(family_of("basic_a0", &BTreeMap::new()), None);
    }
}
