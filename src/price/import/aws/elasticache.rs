//! ElastiCache: nodes by engine, and backups.

use std::path::Path;

use smol_str::format_smolstr;

use super::super::table::{Line, Table};
use super::offers::{Meter, Offers};
use super::sources;
use crate::price::SheetError;

const SERVICE: &str = "AmazonElastiCache";

/// Reads the nodes of 31 regions, then what eu-west-1 has besides.
pub(super) fn shelve(offers: &mut Offers, from: &Path) -> Result<(), SheetError> {
    let list = Table::open(&from.join("elasticache-ondemand-31-regions-coroot.csv.gz"))?;
    for line in list.lines() {
        let meter = node(&line, line.text("engine"), line.text("node_type"))?;
        let price = line.decimal(line.text("on_demand_usd_per_hour"), "price")?;
        offers.put(SERVICE, &meter, "Hrs", price, line.text("region"), &sources::coroot());
    }
    let list = Table::open(&from.join(sources::TERRACOST_FILE))?;
    for line in list.lines().filter(|line| line.text("service") == SERVICE) {
        let Some(usage_type) = sources::without_eu_prefix(line.text("UsageType")) else { continue };
        let meter = match usage_type.strip_prefix("NodeUsage:") {
            Some(node_type) => node(&line, line.text("CacheEngine"), node_type)?,
            None if usage_type == "ElastiCache:BackupUsage" => Meter::new(usage_type, ""),
            None => continue,
        };
        let price = line.decimal(line.text("price"), "price")?;
        let unit = line.text("unit");
        offers.put(SERVICE, &meter, unit, price, "eu-west-1", &sources::terracost());
    }
    Ok(())
}

/// The meter of a node: Memcached and Redis OSS have numbers, Valkey its name.
fn node(line: &Line<'_>, engine: &str, node_type: &str) -> Result<Meter, SheetError> {
    let operation = match engine {
        "memcached" | "Memcached" => "CreateCacheCluster:0001",
        "redis" | "Redis" => "CreateCacheCluster:0002",
        other => return Err(line.fail(format!("engine `{other}` has no operation"))),
    };
    Ok(Meter::new(format_smolstr!("NodeUsage:{node_type}"), operation))
}
