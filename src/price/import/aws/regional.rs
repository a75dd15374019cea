//! Small tables of one meter by region: volumes, NAT gateways, load balancers, Fargate.

use std::path::Path;

use rust_decimal::Decimal;

use super::super::table::Table;
use super::offers::{Meter, Offers, Source};
use crate::price::SheetError;

/// Reads the tables below the folder of the AWS lists.
pub(super) fn shelve(offers: &mut Offers, from: &Path) -> Result<(), SheetError> {
    shelve_volumes(offers, from)?;
    shelve_nat_gateways(offers, from)?;
    shelve_load_balancers(offers, from)?;
    shelve_fargate(offers, from)
}

fn shelve_volumes(offers: &mut Offers, from: &Path) -> Result<(), SheetError> {
    let source =
        Source::new("ebs-2021-07", "2021-07-14", "AWS EBS pricing page, a published table of 21 regions; figures only");
    for line in Table::open(&from.join("ebs-21-regions-2021-07.csv"))?.lines() {
        let (volume, component) = (line.text("volume_type"), line.text("component"));
        let billed = if volume == "io1" { "piops" } else { volume };
        let (usage_type, unit) = match component {
            "storage" => (format!("EBS:VolumeUsage.{billed}"), "GB-Mo"),
            "iops" | "iops-over-3000" | "iops-0-32000" => (format!("EBS:VolumeP-IOPS.{billed}"), "IOPS-Mo"),
            "iops-32001-64000" => (format!("EBS:VolumeP-IOPS.{billed}.tier2"), "IOPS-Mo"),
            "iops-over-64000" => (format!("EBS:VolumeP-IOPS.{billed}.tier3"), "IOPS-Mo"),
            other => return Err(line.fail(format!("component `{other}` is not known"))),
        };
        let price = line.decimal(line.text("usd"), "price")?;
        offers.put("AmazonEC2", &Meter::new(usage_type, ""), unit, price, line.text("region"), &source);
    }
    Ok(())
}

fn shelve_nat_gateways(offers: &mut Offers, from: &Path) -> Result<(), SheetError> {
    let source = Source::new(
        "nat-2020",
        "2020",
        "AWS VPC pricing page, the table of pipetail/cloudlint (a gigabyte costs the same figure as an hour); figures only",
    );
    for line in Table::open(&from.join("nat-gateway-hour-21-regions-cloudlint.csv"))?.lines() {
        let price = line.decimal(line.text("usd_per_hour"), "price")?;
        for (usage_type, unit) in [("NatGateway-Hours", "Hrs"), ("NatGateway-Bytes", "GB")] {
            offers.put("AmazonEC2", &Meter::new(usage_type, "NatGateway"), unit, price, line.text("region"), &source);
        }
    }
    Ok(())
}

fn shelve_load_balancers(offers: &mut Offers, from: &Path) -> Result<(), SheetError> {
    let source =
        Source::new("alb-2017-12", "2017-12-18", "AWS ELB pricing page, a published table of 12 regions; figures only");
    for line in Table::open(&from.join("alb-hour-12-regions-2017-12.csv"))?.lines() {
        let price = line.decimal(line.text("usd_per_hour"), "price")?;
        let meter = Meter::new("LoadBalancerUsage", "LoadBalancing:Application");
        offers.put("AWSELB", &meter, "Hrs", price, line.text("region"), &source);
    }
    Ok(())
}

fn shelve_fargate(offers: &mut Offers, from: &Path) -> Result<(), SheetError> {
    let source = Source::new(
        "fargate-2021-01",
        "2021-01-14",
        "AWS Fargate pricing page, as tabled by theuves/fgcalc src/utils/data.js @6e1547c, MIT",
    );
    for line in Table::open(&from.join("fargate-22-regions-2021-01-fgcalc.csv"))?.lines() {
        let meters = [
            ("vcpu_usd_per_hour", "Fargate-vCPU-Hours:perCPU"),
            ("gib_usd_per_hour", "Fargate-GB-Hours"),
            ("spot_vcpu_usd_per_hour", "SpotUsage-Fargate-vCPU-Hours:perCPU"),
            ("spot_gib_usd_per_hour", "SpotUsage-Fargate-GB-Hours"),
        ];
        for (column, usage_type) in meters {
            let price: Decimal = line.decimal(line.text(column), column)?;
            let meter = Meter::new(usage_type, "");
            offers.put("AmazonECS", &meter, "hours", price, line.text("region"), &source);
            // Pods of EKS cost the same, and there is no spot for them.
            if !usage_type.starts_with("Spot") {
                offers.put("AmazonEKS", &meter, "hours", price, line.text("region"), &source);
            }
        }
    }
    Ok(())
}
