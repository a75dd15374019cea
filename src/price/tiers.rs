//! Walks tiers: which part of a quantity costs what.

use rust_decimal::Decimal;

use super::Tier;

/// The part of a quantity that falls into one tier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TierPart {
    /// Where the tier begins.
    pub from: Decimal,
    /// Where the next one begins.
    pub to: Option<Decimal>,
    /// How much of the quantity is in it.
    pub quantity: Decimal,
    /// What a unit costs in it.
    pub price: Decimal,
}

/// The part of a quantity in each tier that it reaches; a quantity of zero reaches the first.
pub fn split(quantity: Decimal, tiers: &[Tier]) -> Vec<TierPart> {
    let mut parts = Vec::with_capacity(1);
    for (at, tier) in tiers.iter().enumerate() {
        let to = tiers.get(at + 1).map(|next| next.from);
        let end = to.map_or(quantity, |to| to.min(quantity));
        if end > tier.from || (at == 0 && quantity.is_zero()) {
            parts.push(TierPart { from: tier.from, to, quantity: end - tier.from, price: tier.price });
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cost(quantity: Decimal, tiers: &[Tier]) -> Decimal {
        split(quantity, tiers).iter().map(|part| part.quantity * part.price).sum()
    }

    fn tiers() -> impl Strategy<Value = Vec<Tier>> {
        proptest::collection::btree_map(1_u32..1_000_000, 0_u32..10_000, 0..5).prop_map(|later| {
            let first = Tier { from: Decimal::ZERO, price: Decimal::new(123, 4) };
            let later =
                later.into_iter().map(|(from, price)| Tier { from: from.into(), price: Decimal::new(price.into(), 4) });
            std::iter::once(first).chain(later).collect()
        })
    }

    proptest! {
        #[test]
        fn parts_sum_to_the_whole(quantity in 0_u32..2_000_000, tiers in tiers()) {
            let quantity = Decimal::from(quantity);
            let sum: Decimal = split(quantity, &tiers).iter().map(|part| part.quantity).sum();
            prop_assert_eq!(sum, quantity);
        }

        #[test]
        fn more_never_costs_less(less in 0_u32..1_000_000, more in 0_u32..1_000_000, tiers in tiers()) {
            prop_assert!(cost(Decimal::from(less) + Decimal::from(more), &tiers) >= cost(less.into(), &tiers));
        }
    }

    proptest! {
        #[test]
        fn one_tier_is_price_times_quantity(quantity in 0_u64..u64::MAX, price in 0_u32..u32::MAX) {
            let tier = Tier { from: Decimal::ZERO, price: Decimal::new(price.into(), 9) };
            prop_assert_eq!(cost(quantity.into(), std::slice::from_ref(&tier)), Decimal::from(quantity) * tier.price);
        }

        /// A printed unit of many book units: starts shrink, prices grow, the cost stays.
        #[test]
        fn tiers_of_a_printed_unit_cost_the_same(quantity in 0_u32..2_000_000, tiers in tiers()) {
            let per = Decimal::from(1000);
            let printed: Vec<Tier> =
                tiers.iter().map(|tier| Tier { from: tier.from / per, price: tier.price * per }).collect();
            prop_assert_eq!(cost(Decimal::from(quantity) / per, &printed), cost(quantity.into(), &tiers));
        }
    }

    #[test]
    fn nothing_costs_nothing_and_shows_the_first_price() {
        let tiers = [Tier { from: 0.into(), price: 2.into() }, Tier { from: 10.into(), price: 1.into() }];
        let parts = split(Decimal::ZERO, &tiers);
        assert_eq!((parts.len(), parts[0].price, cost(Decimal::ZERO, &tiers)), (1, 2.into(), Decimal::ZERO));
    }

    #[test]
    fn a_quantity_on_the_border_stays_in_the_lower_tier() {
        let tiers = [Tier { from: 0.into(), price: 2.into() }, Tier { from: 10.into(), price: 1.into() }];
        assert_eq!(split(10.into(), &tiers).len(), 1);
        assert_eq!(cost(12.into(), &tiers), 22.into());
    }
}
