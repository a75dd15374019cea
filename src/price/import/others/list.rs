//! Reads one provider out of the list of many.

use std::collections::BTreeMap;
use std::path::Path;

use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::super::documents::note;
use super::super::table::read_text;
use crate::price::{Sheet, SheetError};

const FILE: &str = "eu-clouds-34-providers-2026-08.json.gz";
const LIST: &str = "mixxor/eu-cloud-prices normalized.json @ec4a406";

#[derive(Deserialize)]
struct Document {
    providers: BTreeMap<String, Box<RawValue>>,
}

#[derive(Deserialize)]
struct Listed {
    fetched_at: String,
    instances: Vec<Machine>,
    block_storage: Block,
    primary_ip: Option<Monthly>,
    snapshots: Option<Block>,
}

/// A machine type; prices are kept as written, so that they stay exact.
#[derive(Deserialize)]
pub(super) struct Machine {
    pub(super) id: String,
    pub(super) price_hourly: Box<RawValue>,
    pub(super) price_monthly: Box<RawValue>,
    currency: String,
}

#[derive(Deserialize)]
struct Block {
    price_per_gb_monthly: Box<RawValue>,
    #[serde(default)]
    tiers: BTreeMap<String, Box<RawValue>>,
}

#[derive(Deserialize)]
struct Monthly {
    price_monthly: Box<RawValue>,
}

/// What the list says of one provider.
pub(super) struct List {
    path: String,
    provider: &'static str,
    regions: &'static [&'static str],
    listed: Listed,
}

impl List {
    /// Reads a provider of the list below `from/others`.
    pub(super) fn open(
        from: &Path,
        provider: &'static str,
        regions: &'static [&'static str],
    ) -> Result<Self, SheetError> {
        let path = from.join("others").join(FILE);
        let name = path.display().to_string();
        let fail = |error: serde_json::Error| SheetError::format(&name, 0, error.to_string());
        let text = read_text(&path)?;
        let document: Document = serde_json::from_str(&text).map_err(fail)?;
        let Some(one) = document.providers.get(provider) else {
            return Err(SheetError::format(&name, 0, format!("no provider {provider}")));
        };
        let listed: Listed = serde_json::from_str(one.get()).map_err(fail)?;
        if let Some(other) = listed.instances.iter().find(|machine| machine.currency != "EUR") {
            return Err(SheetError::format(&name, 0, format!("{} is in {}", other.id, other.currency)));
        }
        Ok(Self { path: name, provider, regions, listed })
    }

    /// The machine types, in the list's order.
    pub(super) fn machines(&self) -> &[Machine] {
        &self.listed.instances
    }

    /// An empty sheet of the provider with the list as its source; `title` says what the list read.
    pub(super) fn sheet(&self, service: &str, columns: &[&str], title: &str) -> Sheet {
        let mut sheet = Sheet::new(self.provider, service, columns);
        let day = self.listed.fetched_at.get(..10).unwrap_or(&self.listed.fetched_at);
        sheet.add_source(note(&self.source(), day, "EUR", &format!("{title}, in {LIST}")));
        sheet
    }

    /// Writes one price in every region that the list stands for.
    pub(super) fn set(&self, sheet: &mut Sheet, key: &[&str], unit: &str, price: Decimal) {
        for region in self.regions {
            sheet.set(key, unit, Decimal::ZERO, &self.source(), region, price);
        }
    }

    fn source(&self) -> String {
        format!("eu-cloud-prices-{}", self.listed.fetched_at.get(..7).unwrap_or_default())
    }

    /// A figure of the list, exactly.
    pub(super) fn amount(&self, raw: &RawValue) -> Result<Decimal, SheetError> {
        let parsed = raw.get().parse().or_else(|_| Decimal::from_scientific(raw.get()));
        parsed.map_err(|_| self.fail(format!("`{}` is not a decimal number", raw.get())))
    }

    /// A GB of block storage a month.
    pub(super) fn block_storage(&self) -> Result<Decimal, SheetError> {
        self.amount(&self.listed.block_storage.price_per_gb_monthly)
    }

    /// The classes of block storage: each a price, or, with a field's name, an object of prices.
    pub(super) fn tiers(&self, field: &str) -> Result<Vec<(String, Decimal)>, SheetError> {
        let mut tiers = Vec::new();
        for (name, raw) in &self.listed.block_storage.tiers {
            if field.is_empty() {
                tiers.push((name.clone(), self.amount(raw)?));
                continue;
            }
            let prices: BTreeMap<String, Box<RawValue>> =
                serde_json::from_str(raw.get()).map_err(|error| self.fail(error.to_string()))?;
            let price = prices.get(field).ok_or_else(|| self.fail(format!("{name} has no {field}")))?;
            tiers.push((name.clone(), self.amount(price)?));
        }
        Ok(tiers)
    }

    /// An address a month.
    pub(super) fn primary_ip(&self) -> Result<Decimal, SheetError> {
        let ip = self.listed.primary_ip.as_ref().ok_or_else(|| self.fail("no primary_ip".to_owned()))?;
        self.amount(&ip.price_monthly)
    }

    /// A GB of snapshots a month.
    pub(super) fn snapshots(&self) -> Result<Decimal, SheetError> {
        let snapshots = self.listed.snapshots.as_ref().ok_or_else(|| self.fail("no snapshots".to_owned()))?;
        self.amount(&snapshots.price_per_gb_monthly)
    }

    fn fail(&self, message: String) -> SheetError {
        SheetError::format(&self.path, 0, format!("{}: {message}", self.provider))
    }
}
