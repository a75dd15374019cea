//! Savings plans: what an hour costs once spending is promised. Files as CSV or JSON, one a plan and region.

use std::collections::HashMap;
use std::fmt;
use std::io::Read;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use smol_str::SmolStr;

use super::meter::{bare, with_size};
use super::offer::{number, source};
use super::offer_csv::Table;
use super::offer_json::json_broken;
use super::wanted::Fit;
use super::{OfferFile, PROVIDER, Wanted, day, text};
use crate::model::Problem;
use crate::price::normalise::{Document, Gathered, Row, broken};

/// Reads the file of a savings plan, CSV or JSON by its first byte.
pub fn plan(
    reader: &mut dyn Read,
    file: &OfferFile<'_>,
    wanted: &Wanted,
    document: &Document,
    gathered: &mut Gathered,
) -> Result<(), Problem> {
    let (is_json, reader) = text::peek(reader, document)?;
    let mut plan = Plan { file, wanted, as_of: document.as_of.clone(), gathered };
    if !is_json {
        return read_csv(reader, &mut plan, document);
    }
    let mut json = serde_json::Deserializer::from_reader(std::io::BufReader::new(reader));
    let mut promises = HashMap::new();
    let seed = Seed { part: Part::Whole, plan: &mut plan, promises: &mut promises };
    seed.deserialize(&mut json).and_then(|()| json.end()).map_err(|error| json_broken(document, 0, &error))?;
    if promises.is_empty() { Err(broken(document, 0, "it has no products")) } else { Ok(()) }
}

struct Plan<'p> {
    file: &'p OfferFile<'p>,
    wanted: &'p Wanted,
    as_of: SmolStr,
    gathered: &'p mut Gathered,
}

/// What is promised.
#[derive(Clone, Copy)]
struct Promise<'p> {
    /// Such as `ComputeSavingsPlans`.
    plan: &'p str,
    length: &'p str,
    payment: &'p str,
}

/// A rate in the words of the file.
struct Rate<'r> {
    service: &'r str,
    usage_type: &'r str,
    operation: &'r str,
    region: &'r str,
    machine: &'r str,
    unit: &'r str,
    price: &'r str,
    currency: &'r str,
}

impl Plan<'_> {
    fn take(&mut self, promise: Promise<'_>, rate: &Rate<'_>) -> Result<(), String> {
        let listed = self.file.region.unwrap_or_default();
        let region = if rate.region.is_empty() { listed } else { rate.region };
        if region.is_empty() || (!listed.is_empty() && region != listed) {
            return Ok(());
        }
        let usage_type = with_size(bare(rate.usage_type, region), rate.machine);
        let usage_type = usage_type.as_str();
        let operation = match self.wanted.fit(rate.service, usage_type, rate.operation) {
            Fit::Kept => rate.operation,
            Fit::WithoutOperation => "",
            Fit::Left => return Ok(()),
        };
        let source = source(&self.as_of, rate.currency, self.file.service)?;
        let key = [
            ("plan", promise.plan),
            ("service", rate.service),
            ("usage_type", usage_type),
            ("operation", operation),
            ("term", promise.length),
            ("payment", promise.payment),
        ];
        let (unit, price) = (rate.unit, number(rate.price, "a rate")?);
        let service = self.file.service;
        let row = Row { provider: PROVIDER, service, key: &key, unit, from: Default::default(), region, price };
        self.gathered.put(&row, &source)
    }

    fn published(&mut self, time: &str) {
        if let Some(day) = day(time) {
            self.as_of = day;
        }
    }
}

fn read_csv(reader: impl Read, plan: &mut Plan<'_>, document: &Document) -> Result<(), Problem> {
    let mut table = Table::open(reader, document, |name, value| {
        if name == "Publication Date" {
            plan.published(value);
        }
    })?;
    let names = [
        "DiscountedServiceCode",
        "DiscountedUsageType",
        "DiscountedOperation",
        "Unit",
        "DiscountedRate",
        "Currency",
        "ServiceCode",
        "PurchaseOption",
        "LeaseContractLength",
    ];
    let mut columns = [0; 9];
    for (column, name) in columns.iter_mut().zip(names) {
        *column = table.must(name)?;
    }
    let (kind, region) = (table.column("Product Family"), table.column("DiscountedRegionCode"));
    let machine = table.column("DiscountedInstanceType");
    while table.next()? {
        let [service, usage_type, operation, unit, price, currency, code, payment, years] =
            columns.map(|column| table.cell(Some(column)));
        let plan_name = kind.map_or(code, |column| table.cell(Some(column)));
        let length = format!("{years}yr");
        let promise = Promise { plan: plan_name, length: &length, payment };
        let (region, machine) = (table.cell(region), table.cell(machine));
        let rate = Rate { service, usage_type, operation, region, machine, unit, price, currency };
        plan.take(promise, &rate).map_err(|message| table.wrong(&message))?;
    }
    Ok(())
}

/// Which part of the file is read, from the outside to the inside.
#[derive(Clone, Copy)]
enum Part {
    Whole,
    Products,
    Terms,
    Plans,
    Plan,
}

/// A product of the file by its number: the plan and how it is paid.
type Promises = HashMap<String, (SmolStr, SmolStr, SmolStr)>;

struct Seed<'s, 'p> {
    part: Part,
    plan: &'s mut Plan<'p>,
    promises: &'s mut Promises,
}

impl<'p> Seed<'_, 'p> {
    fn inner<'i>(&'i mut self, part: Part) -> Seed<'i, 'p> {
        Seed { part, plan: self.plan, promises: self.promises }
    }
}

impl<'de> DeserializeSeed<'de> for Seed<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        match self.part {
            Part::Whole | Part::Terms | Part::Plan => json.deserialize_map(self),
            Part::Products | Part::Plans => json.deserialize_seq(self),
        }
    }
}

impl<'de> Visitor<'de> for Seed<'_, '_> {
    type Value = ();

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a part of the file of a savings plan")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        let mut sku = None;
        while let Some(name) = map.next_key::<String>()? {
            match (self.part, name.as_str()) {
                (Part::Whole, "publicationDate") => self.plan.published(&map.next_value::<String>()?),
                (Part::Whole, "products") => map.next_value_seed(self.inner(Part::Products))?,
                (Part::Whole, "terms") => map.next_value_seed(self.inner(Part::Terms))?,
                (Part::Terms, "savingsPlan") => map.next_value_seed(self.inner(Part::Plans))?,
                (Part::Plan, "sku") => sku = Some(map.next_value::<String>()?),
                (Part::Plan, "rates") => {
                    // The rates are many; what they are of stands before them.
                    let Some(sku) = &sku else { return Err(A::Error::custom("rates stand before their plan")) };
                    let Some(promise) = self.promises.get(sku) else {
                        return Err(A::Error::custom("rates are of a plan that is no product"));
                    };
                    map.next_value_seed(Rates { promise, plan: self.plan })?;
                }
                _ => _ = map.next_value::<IgnoredAny>()?,
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut list: A) -> Result<(), A::Error> {
        if matches!(self.part, Part::Plans) {
            while list.next_element_seed(self.inner(Part::Plan))?.is_some() {}
            return Ok(());
        }
        while let Some(product) = list.next_element::<ProductText>()? {
            let says = product.attributes;
            self.promises.insert(product.sku, (product.product_family, says.purchase_term, says.purchase_option));
        }
        Ok(())
    }
}

struct Rates<'s, 'p> {
    promise: &'s (SmolStr, SmolStr, SmolStr),
    plan: &'s mut Plan<'p>,
}

impl<'de> DeserializeSeed<'de> for Rates<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Rates<'_, '_> {
    type Value = ();

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a list of rates")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let (plan, length, payment) = self.promise;
        while let Some(rate) = list.next_element::<RateText>()? {
            let promise = Promise { plan, length, payment };
            let rate = Rate {
                service: &rate.discounted_service_code,
                usage_type: &rate.discounted_usage_type,
                operation: &rate.discounted_operation,
                region: &rate.discounted_region_code,
                machine: &rate.discounted_instance_type,
                unit: &rate.unit,
                price: &rate.discounted_rate.price,
                currency: &rate.discounted_rate.currency,
            };
            self.plan.take(promise, &rate).map_err(A::Error::custom)?;
        }
        Ok(())
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ProductText {
    sku: String,
    product_family: SmolStr,
    attributes: ProductAttributes,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ProductAttributes {
    purchase_option: SmolStr,
    purchase_term: SmolStr,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RateText {
    discounted_service_code: String,
    discounted_usage_type: String,
    #[serde(default)]
    discounted_operation: String,
    #[serde(default)]
    discounted_region_code: String,
    #[serde(default)]
    discounted_instance_type: String,
    #[serde(default)]
    unit: String,
    discounted_rate: Discounted,
}

#[derive(Deserialize)]
struct Discounted {
    price: String,
    #[serde(default)]
    currency: String,
}
