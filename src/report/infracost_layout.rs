//! The widely used JSON layout, `version` 0.2: its fields as they are written. `infracost_json` fills them.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::Serialize;
use smol_str::SmolStr;

use crate::diff::ChangeDiff;
use crate::estimate::{Estimate, PricedChange};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Root<'r> {
    pub(super) version: &'static str,
    pub(super) metadata: Metadata<'r>,
    pub(super) currency: &'r str,
    pub(super) projects: Vec<Project<'r>>,
    pub(super) total_hourly_cost: Option<String>,
    pub(super) total_monthly_cost: Option<String>,
    pub(super) total_monthly_usage_cost: Option<String>,
    pub(super) past_total_hourly_cost: Option<String>,
    pub(super) past_total_monthly_cost: Option<String>,
    pub(super) past_total_monthly_usage_cost: Option<String>,
    pub(super) diff_total_hourly_cost: Option<String>,
    pub(super) diff_total_monthly_cost: Option<String>,
    pub(super) diff_total_monthly_usage_cost: Option<String>,
    pub(super) time_generated: &'r str,
    pub(super) summary: Summary,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Metadata<'r> {
    pub(super) infracost_command: &'static str,
    pub(super) vcs_branch: &'static str,
    pub(super) vcs_commit_sha: &'static str,
    pub(super) vcs_commit_author_name: &'static str,
    pub(super) vcs_commit_author_email: &'static str,
    pub(super) vcs_commit_timestamp: &'r str,
    pub(super) vcs_commit_message: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) usage_file_path: Option<&'r str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Project<'r> {
    pub(super) name: String,
    pub(super) display_name: String,
    pub(super) metadata: ProjectMetadata,
    pub(super) past_breakdown: Option<Breakdown<'r>>,
    pub(super) breakdown: Breakdown<'r>,
    pub(super) diff: Option<Breakdown<'r>>,
    pub(super) summary: Summary,
}

#[derive(Serialize)]
pub(super) struct ProjectMetadata {
    pub(super) path: String,
    #[serde(rename = "type")]
    pub(super) kind: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Breakdown<'r> {
    pub(super) resources: Vec<Entry<'r>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) free_resources: Vec<Entry<'r>>,
    #[serde(flatten)]
    pub(super) totals: Totals,
}

/// A resource with what it is sorted by. What it says is made when it is written: a large report has many.
pub(super) struct Entry<'r> {
    pub(super) of: Of<'r>,
    pub(super) name: &'r str,
    pub(super) monthly: Option<Decimal>,
    pub(super) usage: Option<Decimal>,
}

/// What an entry speaks of.
#[derive(Clone, Copy)]
pub(super) enum Of<'r> {
    /// One side of a resource.
    Side(&'r Estimate),
    /// What changes of a resource.
    Change(&'r PricedChange, &'r ChangeDiff),
}

#[derive(Clone, Default)]
pub(super) struct Totals {
    pub(super) monthly: Option<Decimal>,
    pub(super) usage: Option<Decimal>,
}

impl Serialize for Totals {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap as _;
        let mut map = serializer.serialize_map(Some(3))?;
        map.serialize_entry("totalHourlyCost", &text(hourly(self.monthly)))?;
        map.serialize_entry("totalMonthlyCost", &text(self.monthly))?;
        map.serialize_entry("totalMonthlyUsageCost", &text(self.usage))?;
        map.end()
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Resource {
    pub(super) name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) resource_type: Option<String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) tags: BTreeMap<String, String>,
    pub(super) metadata: BTreeMap<String, String>,
    pub(super) hourly_cost: Option<String>,
    pub(super) monthly_cost: Option<String>,
    pub(super) monthly_usage_cost: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) cost_components: Vec<Component>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) subresources: Vec<Resource>,
    #[serde(skip)]
    pub(super) monthly: Option<Decimal>,
    #[serde(skip)]
    pub(super) usage: Option<Decimal>,
}

#[derive(Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Component {
    pub(super) name: String,
    pub(super) unit: String,
    pub(super) hourly_quantity: Option<String>,
    pub(super) monthly_quantity: Option<String>,
    pub(super) price: Option<String>,
    pub(super) hourly_cost: Option<String>,
    pub(super) monthly_cost: Option<String>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(super) usage_based: bool,
    pub(super) price_not_found: bool,
    #[serde(skip)]
    pub(super) figures: Figures,
}

#[derive(Clone, Copy, Default, PartialEq)]
pub(super) struct Figures {
    pub(super) quantity: Option<Decimal>,
    pub(super) price: Option<Decimal>,
    pub(super) cost: Option<Decimal>,
}

#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Summary {
    pub(super) total_detected_resources: usize,
    pub(super) total_supported_resources: usize,
    pub(super) total_unsupported_resources: usize,
    pub(super) total_usage_based_resources: usize,
    pub(super) total_no_price_resources: usize,
    pub(super) unsupported_resource_counts: BTreeMap<SmolStr, usize>,
    pub(super) no_price_resource_counts: BTreeMap<SmolStr, usize>,
}

impl Figures {
    /// Whether nothing changes, for certain.
    pub(super) fn is_zero(&self) -> bool {
        [self.quantity, self.price, self.cost].iter().all(|figure| figure.is_some_and(|figure| figure.is_zero()))
    }
}

/// An hour's share of a month.
pub(super) fn hourly(monthly: Option<Decimal>) -> Option<Decimal> {
    Some((monthly? / Decimal::from(730)).round_dp(16))
}

/// A decimal string, or null.
pub(super) fn text(number: Option<Decimal>) -> Option<String> {
    number.map(|number| number.normalize().to_string())
}
