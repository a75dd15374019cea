//! Offers of the user's own places: machines cut to size, at their rates, power and share of what was bought.

use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::fit::Demand;
use super::offer::{Equivalence, Lack, Offer};
use super::performance::{self, Speed};
use super::site::Site;
use super::workload::Workload;
use crate::config::{self, Scale};

/// Hours of a month.
const MONTH: Decimal = Decimal::from_parts(730, 0, 0, false, 0);

/// A workload at an own place. `rate` is what a unit of the place's currency is in the report's.
pub(super) fn best(
    workload: &Workload,
    demand: &Demand,
    site: &Site,
    own: &config::Site,
    rate: Decimal,
) -> Result<Offer, Lack> {
    let need = &workload.need;
    let losses = demand.of_move(workload, site.provider(), site);
    if !demand.allows(&losses) {
        return Err(Lack::Loss);
    }
    let prices = own.rate.clone().unwrap_or_default();
    let offer = |shape: Option<(Decimal, Decimal)>, units: Decimal, monthly: Decimal, speed| Offer {
        kind: SmolStr::default(),
        size: shape.map_or_else(SmolStr::default, |(vcpu, memory)| {
            format!("{} vCPU, {} GiB", vcpu.normalize(), memory.normalize()).into()
        }),
        option: "own".into(),
        units,
        monthly: monthly * rate + workload.carried,
        used: monthly * rate + workload.carried,
        equivalence: Equivalence::Exact,
        losses: losses.clone(),
        speed,
        shape,
        as_of: demand.today.clone(),
        is_exact_region: true,
        open_lines: 0,
        disk_iops: None,
        components: std::collections::BTreeMap::new(),
    };
    match need.wants.as_str() {
        "machine" => {
            if !need.gpus.is_zero() {
                return Err(Lack::Gpu);
            }
            let wanted = demand.arch.as_deref().or(need.arch.as_deref()).unwrap_or("any");
            if wanted != "any" && wanted != own.arch.as_str() {
                return Err(Lack::Arch);
            }
            let (Some(vcpu), Some(memory)) = (need.vcpu, need.memory_gb) else { return Err(Lack::Unknown) };
            if prices.vcpu_hour.is_none() && prices.memory_gb_hour.is_none() && own.purchase.is_none() {
                return Err(Lack::Price);
            }
            let speed = speed(workload, own);
            let vcpu = match (demand.scale, speed) {
                (Scale::Perf, Some(speed)) if !speed.is_zero() => (vcpu / speed).ceil(),
                _ => vcpu,
            };
            let disks = need.disk_gb() * need.units() * lacking(need.disk_gb(), prices.disk_gb_month)?;
            let hours = need.hours.min(MONTH);
            let by_use =
                vcpu * prices.vcpu_hour.unwrap_or_default() + memory * prices.memory_gb_hour.unwrap_or_default();
            let monthly = need.units() * (hours * by_use + vcpu * standing(own)) + disks;
            Ok(offer(Some((vcpu, memory)), need.units(), monthly, speed))
        }
        "object" => {
            let gb = need.gb.ok_or(Lack::Unknown)?;
            let price = prices.object_gb_month.ok_or(Lack::Price)?;
            Ok(offer(None, Decimal::ONE, gb * price, None))
        }
        wants if wants.starts_with("block") => {
            let gb = need.gb.ok_or(Lack::Unknown)?;
            Ok(offer(None, Decimal::ONE, gb * lacking(gb, prices.disk_gb_month)?, None))
        }
        _ => Err(Lack::Kind),
    }
}

/// What a vCPU costs a month whether it is used or not: what was bought, spread over its months, and power.
fn standing(own: &config::Site) -> Decimal {
    const WATTS: Decimal = Decimal::ONE_THOUSAND;
    let bought = own.purchase.as_ref().map(|bought| bought.price / Decimal::from(bought.months.max(1)));
    let power = own.power.as_ref().map(|power| power.watts / WATTS * MONTH * power.kwh_price);
    let whole = bought.unwrap_or_default() + power.unwrap_or_default();
    whole.checked_div(own.capacity.value.vcpu).unwrap_or_default()
}

/// A price that is needed only for something.
fn lacking(amount: Decimal, price: Option<Decimal>) -> Result<Decimal, Lack> {
    match price {
        Some(price) => Ok(price),
        None if amount.is_zero() => Ok(Decimal::ZERO),
        None => Err(Lack::Price),
    }
}

/// How much faster the place's vCPU is than the present one, by way of m5.
fn speed(workload: &Workload, own: &config::Site) -> Option<Decimal> {
    let now = performance::family(&workload.provider, workload.need.size.as_deref()?)?;
    let reference = performance::find("aws", "m5")?;
    match performance::compare(now, reference) {
        Speed::Ratio { ratio, .. } => own.performance.checked_div(ratio),
        Speed::Unknown => None,
    }
}
