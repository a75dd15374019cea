//! Places of the user's own: the block `site`.

use hcl::edit::Span as _;
use hcl::edit::structure::Block;
use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::blocks::{label, span};
use super::fields::{Spanned, spanned_label, value_span};
use super::placement_shape as shape;
use super::reader::Reader;
use super::words::{Arch, Provider, Word as _};
use crate::model::{Span, Value};

/// A place of the user's own where work could run. Money is in its currency.
#[derive(Clone, Debug)]
pub struct Site {
    /// Its name.
    pub name: Spanned<SmolStr>,
    /// Its country, as an ISO 3166 code.
    pub country: Option<Spanned<SmolStr>>,
    /// The jurisdictions that it is in.
    pub jurisdictions: Vec<Spanned<SmolStr>>,
    /// Its metropolitan area.
    pub metro: Option<Spanned<SmolStr>>,
    /// In degrees, north positive.
    pub latitude: Option<Decimal>,
    /// In degrees, east positive.
    pub longitude: Option<Decimal>,
    /// What it offers.
    pub capacity: Spanned<Capacity>,
    /// What it costs by use; it has this or `purchase`.
    pub rate: Option<Rate>,
    /// What buying it cost.
    pub purchase: Option<Purchase>,
    /// What its power costs.
    pub power: Option<Power>,
    /// The speed of a vCPU relative to an AWS m5.
    pub performance: Decimal,
    /// The instruction set of its machines.
    pub arch: Arch,
    /// The country of its operator, as an ISO 3166 code.
    pub operator: Option<Spanned<SmolStr>>,
    /// The currency of its figures; `None` means the report's.
    pub currency: Option<Spanned<SmolStr>>,
    /// Its block in the file.
    pub span: Span,
}

/// What a site offers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Capacity {
    /// How many vCPUs; more than 0.
    pub vcpu: Decimal,
    /// How much memory, in GB.
    pub memory_gb: Decimal,
    /// How much disk, in GB; `None` means that nothing is said of it.
    pub disk_gb: Option<Decimal>,
}

/// What a site costs by use; `None` means that it is not said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rate {
    /// A vCPU for an hour.
    pub vcpu_hour: Option<Decimal>,
    /// A GB of memory for an hour.
    pub memory_gb_hour: Option<Decimal>,
    /// A GB of disk for a month.
    pub disk_gb_month: Option<Decimal>,
    /// A GB of object storage for a month.
    pub object_gb_month: Option<Decimal>,
    /// A GB sent out.
    pub egress_gb: Option<Decimal>,
}

/// What buying a site cost, to be spread over months and the capacity's vCPUs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Purchase {
    /// What was paid.
    pub price: Decimal,
    /// Over how many months it is spread; at least 1.
    pub months: u32,
}

/// What a site's power costs, to be spread over the capacity's vCPUs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Power {
    /// What it draws, in watts.
    pub watts: Decimal,
    /// What a kilowatt-hour costs.
    pub kwh_price: Decimal,
}

pub(super) fn site(reader: &mut Reader<'_>, block: &Block) -> Site {
    let body = &block.body;
    reader.check(body, &shape::SITE, block.ident.span());
    let name = spanned_label(block, 0);
    if name.as_ref().is_some_and(|name| Provider::of(&name.value).is_some()) {
        let message = format!("`{}` is a provider", label(block));
        let at = block.labels.first().and_then(|label| label.span());
        reader.problem("lepton::config::name-taken", message, at, "choose another name for the site");
    }
    let capacity = capacity(reader, block);
    let rate = rate(reader, block);
    let purchase = purchase(reader, block);
    if !body.has_attribute("rate") && !body.has_attribute("purchase") {
        reader
            .problem("lepton::config::no-rate", "a site without a price", block.ident.span(), "in this block")
            .help("give `rate`, what it costs by use, or `purchase`, what buying it cost");
    }
    Site {
        name: name.unwrap_or_else(|| Spanned { value: SmolStr::default(), span: Span::default() }),
        country: reader.country(body, "country"),
        jurisdictions: reader.spanned_texts(body, "jurisdictions").unwrap_or_default(),
        metro: reader.spanned_text(body, "metro"),
        latitude: reader.number_within(body, "latitude", -90, 90),
        longitude: reader.number_within(body, "longitude", -180, 180),
        capacity,
        rate,
        purchase,
        power: power(reader, block),
        performance: reader.positive(body, "performance").unwrap_or(Decimal::ONE),
        arch: reader.word(body, "arch").unwrap_or(Arch::Amd64),
        operator: reader.country(body, "operator"),
        currency: reader.spanned_text(body, "currency"),
        span: span(block),
    }
}

fn capacity(reader: &mut Reader<'_>, block: &Block) -> Spanned<Capacity> {
    let body = &block.body;
    let found = reader.fields(body, "capacity", shape::CAPACITY).unwrap_or_default();
    if found.number("vcpu").is_some_and(|vcpu| vcpu.is_zero()) {
        reader.wrong_at(found.span("vcpu"), "capacity.vcpu", "more than 0", &Value::from(0));
    }
    let capacity = Capacity {
        vcpu: found.number("vcpu").unwrap_or_default(),
        memory_gb: found.number("memory_gb").unwrap_or_default(),
        disk_gb: found.number("disk_gb"),
    };
    Spanned { value: capacity, span: value_span(body, "capacity").unwrap_or_default().into() }
}

fn rate(reader: &mut Reader<'_>, block: &Block) -> Option<Rate> {
    let before = reader.problems.len();
    let found = reader.fields(&block.body, "rate", shape::RATE)?;
    if found.is_empty() && reader.problems.len() == before {
        let at = value_span(&block.body, "rate");
        reader
            .problem("lepton::config::no-rate", "a rate that says nothing", at, "")
            .help("give `vcpu_hour` and `memory_gb_hour` at least");
    }
    Some(Rate {
        vcpu_hour: found.number("vcpu_hour"),
        memory_gb_hour: found.number("memory_gb_hour"),
        disk_gb_month: found.number("disk_gb_month"),
        object_gb_month: found.number("object_gb_month"),
        egress_gb: found.number("egress_gb"),
    })
}

fn purchase(reader: &mut Reader<'_>, block: &Block) -> Option<Purchase> {
    let found = reader.fields(&block.body, "purchase", shape::PURCHASE)?;
    Some(Purchase { price: found.number("price")?, months: found.count("months")? })
}

fn power(reader: &mut Reader<'_>, block: &Block) -> Option<Power> {
    let found = reader.fields(&block.body, "power", shape::POWER)?;
    Some(Power { watts: found.number("watts")?, kwh_price: found.number("kwh_price")? })
}
