//! EC2 and load balancing in eu-west-1: dedicated tenancy, volumes, snapshots, NAT, credits, hosts.
//!
//! The list of 2023 has no operations: they follow from the product and from what an instance runs. The
//! surcharge of CPU credits holds in every region, as AWS states on its price page. Left out: Red Hat, whose
//! prices changed in July 2024, editions of SQL Server, Outposts, and addresses, which have new meters.

use std::path::Path;

use smol_str::{SmolStr, format_smolstr};

use super::super::table::{Line, Table};
use super::ec2::{LINUX, SERVICE};
use super::offers::{Meter, Offers, Source};
use super::sources;
use crate::price::SheetError;

const REGION: &str = "eu-west-1";
const EVERYWHERE: &str = "global";
const BALANCING: &str = "AWSELB";

/// The operation of a product, where it does not depend on what an instance runs.
const OPERATIONS: &[(&str, &str)] = &[
    ("EBS direct API Requests", ""),
    ("Fast Snapshot Restore", ""),
    ("Load Balancer", "LoadBalancing"),
    ("Load Balancer-Application", "LoadBalancing:Application"),
    ("Load Balancer-Gateway", "LoadBalancing:Gateway"),
    ("Load Balancer-Network", "LoadBalancing:Network"),
    ("NAT Gateway", "NatGateway"),
    ("Provisioned Throughput", ""),
    ("Storage", ""),
    ("Storage Snapshot", ""),
    ("System Operation", ""),
    ("Dedicated Host", LINUX),
];

/// The operation of what an instance runs, by system and licence.
const SYSTEMS: &[(&str, &str, &str)] = &[
    ("Linux", "No License required", LINUX),
    ("Windows", "No License required", "RunInstances:0002"),
    ("Windows", "Bring your own license", "RunInstances:0800"),
    ("SUSE", "No License required", "RunInstances:000g"),
];

/// Reads every line that has a meter here.
pub(super) fn shelve(offers: &mut Offers, from: &Path) -> Result<(), SheetError> {
    let list = Table::open(&from.join(sources::TERRACOST_FILE))?;
    let mut credits = sources::terracost();
    credits.id = format_smolstr!("{}.credits", credits.id);
    credits.title = format_smolstr!("{}; AWS states that the price is the same across all regions", credits.title);
    for line in list.lines() {
        // Load balancers stand in both services; the list of load balancing is the newer one.
        let is_old = line.text("service") == SERVICE && line.text("product_family").starts_with("Load Balancer");
        if is_old || ![SERVICE, BALANCING].contains(&line.text("service")) {
            continue;
        }
        let Some(usage_type) = sources::without_eu_prefix(line.text("UsageType")) else { continue };
        if usage_type.contains("utposts") {
            continue;
        }
        let family = line.text("product_family");
        if family == "CPU Credits" {
            put(offers, &line, &credits_meter(&line, usage_type), EVERYWHERE, &credits)?;
        } else if let Some(meter) = meter(&line, usage_type) {
            put(offers, &line, &meter, REGION, &sources::terracost())?;
        }
    }
    Ok(())
}

fn put(offers: &mut Offers, line: &Line<'_>, meter: &Meter, region: &str, source: &Source) -> Result<(), SheetError> {
    let price = line.decimal(line.text("price"), "price")?;
    let from = line.decimal(line.text("term_StartingRange"), "range")?;
    // The list itself spells this unit in two ways.
    let unit = match line.text("unit") {
        "GB-month" => "GB-Mo",
        unit => unit,
    };
    offers.put_tier(line.text("service"), meter, unit, (from, price), region, source);
    Ok(())
}

/// Credits of Windows are dearer; both have one usage type.
fn credits_meter(line: &Line<'_>, usage_type: &str) -> Meter {
    let is_windows = line.text("OperatingSystem") == "Windows";
    Meter::new(usage_type, if is_windows { "RunInstances:0002" } else { LINUX })
}

/// The meter of a line, if the book has it.
fn meter(line: &Line<'_>, usage_type: &str) -> Option<Meter> {
    let family = line.text("product_family");
    if family.starts_with("Compute Instance") {
        return match line.text("CapacityStatus") {
            "Used" => instance(line),
            // A surcharge of older types; on newer ones it is included, at zero.
            "NA" if line.text("price") != "0" => Some(Meter::new(usage_type, "Hourly")),
            _ => None,
        };
    }
    let known = OPERATIONS.iter().find(|(name, _)| *name == family);
    known.map(|(_, operation)| Meter::new(usage_type, *operation))
}

/// The meter of an instance. The list calls the oldest type plain `BoxUsage`: the book names every type.
fn instance(line: &Line<'_>) -> Option<Meter> {
    let kind = match line.text("Tenancy") {
        "Shared" => "BoxUsage",
        "Dedicated" => "DedicatedUsage",
        _ => return None,
    };
    if line.text("PreInstalledSW") != "NA" || line.text("price") == "0" {
        return None;
    }
    let (system, licence) = (line.text("OperatingSystem"), line.text("LicenseModel"));
    let known = SYSTEMS.iter().find(|(name, terms, _)| *name == system && *terms == licence);
    let usage_type: SmolStr = format_smolstr!("{kind}:{}", line.text("InstanceType"));
    known.map(|(_, _, operation)| Meter::new(usage_type, *operation))
}
