//! European providers out of one list: machines by type, and what it says of disks and addresses, in EUR.
//!
//! The list has one price a provider and names no region but `eu` (Scaleway: the zone fr-par-1), so the regions that it stands for
//! are named here.

mod hetzner;
mod list;

use std::path::Path;

use list::{List, Machine};

use crate::price::{Sheet, SheetError};

/// Hetzner Cloud.
pub(super) fn hetzner(from: &Path) -> Result<Vec<Sheet>, SheetError> {
    hetzner::sheets(&List::open(from, "hetzner", &["fsn1", "hel1", "nbg1"])?)
}

/// OVHcloud Public Cloud, of the catalogue of its German subsidiary; regions are those of one data centre.
pub(super) fn ovh(from: &Path) -> Result<Vec<Sheet>, SheetError> {
    let list = List::open(from, "ovh", &["DE", "GRA", "RBX", "SBG", "WAW"])?;
    let mut instances = list.sheet("instance", &["flavor_name"], "public catalogue of the German subsidiary");
    for machine in list.machines() {
        list.set(&mut instances, &[&machine.id], "hour", list.amount(&machine.price_hourly)?);
    }
    let mut volumes = list.sheet("volume", &["type"], "public catalogue of the German subsidiary");
    for (tier, price) in list.tiers("price_per_gb_hourly")? {
        list.set(&mut volumes, &[&tier.replace('_', "-")], "hour", price);
    }
    Ok(vec![instances, volumes])
}

/// Scaleway Instances of one zone.
pub(super) fn scaleway(from: &Path) -> Result<Vec<Sheet>, SheetError> {
    let list = List::open(from, "scaleway", &["fr-par"])?;
    let mut instances = list.sheet("instance", &["type"], "public product catalogue, zone fr-par-1");
    for machine in list.machines() {
        list.set(&mut instances, &[&machine.id], "hour", list.amount(&machine.price_hourly)?);
    }
    let mut volumes = list.sheet("block", &["item"], "public product catalogue, zone fr-par-1");
    list.set(&mut volumes, &["volume"], "month", list.block_storage()?);
    Ok(vec![instances, volumes])
}

/// UpCloud: a plan costs a month's price at most, which its hourly price reaches after 672 hours.
pub(super) fn upcloud(from: &Path) -> Result<Vec<Sheet>, SheetError> {
    let list =
        List::open(from, "upcloud", &["de-fra1", "es-mad1", "fi-hel1", "fi-hel2", "nl-ams1", "pl-waw1", "se-sto1"])?;
    let title = "price page; a plan's name begins in capitals, as the provider's interface spells it";
    let mut plans = list.sheet("server", &["plan"], title);
    for machine in list.machines() {
        list.set(&mut plans, &[&plan_name(machine)], "month", list.amount(&machine.price_monthly)?);
    }
    let mut storage = list.sheet("storage", &["tier"], "price page");
    for (tier, price) in list.tiers("")? {
        list.set(&mut storage, &[&tier], "month", price);
    }
    Ok(vec![plans, storage])
}

/// `premium-2xCPU-4GB` is the plan `PREMIUM-2xCPU-4GB`.
fn plan_name(machine: &Machine) -> String {
    match machine.id.split_once('-') {
        Some((line, size)) => format!("{}-{size}", line.to_uppercase()),
        None => machine.id.clone(),
    }
}

/// Exoscale in the EU; its Swiss zones are left out, since the list says `eu`.
pub(super) fn exoscale(from: &Path) -> Result<Vec<Sheet>, SheetError> {
    let list = List::open(from, "exoscale", &["at-vie-1", "at-vie-2", "bg-sof-1", "de-fra-1", "de-muc-1"])?;
    let mut instances = list.sheet("instance", &["type"], "price page");
    for machine in list.machines() {
        list.set(&mut instances, &[&machine.id], "hour", list.amount(&machine.price_hourly)?);
    }
    let mut storage = list.sheet("storage", &["item"], "price page");
    list.set(&mut storage, &["block"], "month", list.block_storage()?);
    Ok(vec![instances, storage])
}
