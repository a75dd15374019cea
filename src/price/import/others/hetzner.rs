//! Hetzner's prices in the list hold German VAT, and a server's hold its IPv4 address: both are taken out.
//!
//! Seen by figures of the provider's interface in moveinfra/eu-cloud-prices of 2026-10-28, without VAT: CCX13 42.99 =
//! 51.75 / 1.19 - 0.50, CCX23 85.99 = 102.92 / 1.19 - 0.50, CCX33 138.49 = 165.40 / 1.19 - 0.50; and by the volume's
//! 0.0572 = 0.0681 / 1.19. The address alone stands without VAT.

use rust_decimal::{Decimal, RoundingStrategy};

use super::list::List;
use crate::price::{Sheet, SheetError};

/// One and the German rate.
const WITH_VAT: Decimal = Decimal::from_parts(119, 0, 0, false, 2);
/// A month's price is reached after so many hours.
const CAP_HOURS: Decimal = Decimal::from_parts(624, 0, 0, false, 0);

pub(super) fn sheets(list: &List) -> Result<Vec<Sheet>, SheetError> {
    let address = list.primary_ip()?;
    let title = "derived: the list's price / 1.19, less the IPv4 address of 0.50 a month";
    let mut servers = list.sheet("server", &["server_type", "billing"], title);
    for machine in list.machines() {
        let month = round(list.amount(&machine.price_monthly)? / WITH_VAT - address, 2);
        let hour = round(list.amount(&machine.price_hourly)? / WITH_VAT - address / CAP_HOURS, 4);
        list.set(&mut servers, &[&machine.id, "hourly"], "hour", hour);
        list.set(&mut servers, &[&machine.id, "monthly"], "month", month);
    }
    let mut storage = list.sheet("storage", &["item"], "derived: the list's price / 1.19");
    list.set(&mut storage, &["volume"], "month", round(list.block_storage()? / WITH_VAT, 4));
    list.set(&mut storage, &["snapshot"], "month", round(list.snapshots()? / WITH_VAT, 4));
    let mut network = list.sheet("network", &["item"], "price page");
    list.set(&mut network, &["primary IPv4"], "month", address);
    Ok(vec![servers, storage, network])
}

fn round(price: Decimal, places: u32) -> Decimal {
    price.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero).normalize()
}
