//! Where work may be placed: the blocks `placement`, `pin`, `apart`, `path` and `commitment`.

use std::collections::BTreeMap;

use hcl::edit::Span as _;
use hcl::edit::structure::{Block, Body};
use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::blocks::{label, span};
use super::fields::{Spanned, spanned_label, value_span};
use super::placement_shape as shape;
use super::reader::Reader;
use super::rule::AddressPattern;
use super::terms_shape::COMMITMENT;
use super::words::{LossLevel, PathKind, Provider, Scale, Word as _, choice};
use crate::lang::near;
use crate::model::{Span, Value};

/// A region of a provider, as written: whether there is one of that name is for others to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegionName {
    /// Whose it is.
    pub provider: Provider,
    /// Its name in the provider's own words.
    pub region: SmolStr,
}

/// Where work may be placed, and which suggestions are worth making. Money is in USD.
#[derive(Clone, Debug)]
pub struct Placement {
    /// Providers that may be used beside the present one and the user's own sites.
    pub providers: Vec<Spanned<Provider>>,
    /// Providers that may not be used.
    pub forbidden_providers: Vec<Spanned<Provider>>,
    /// Candidate regions; empty means that they are chosen by distance.
    pub regions: Vec<Spanned<RegionName>>,
    /// Regions that may not be used.
    pub forbidden_regions: Vec<Spanned<RegionName>>,
    /// A site must be in one of these jurisdictions; empty means anywhere.
    pub jurisdictions: Vec<Spanned<SmolStr>>,
    /// A site must be in one of these countries; empty means anywhere.
    pub countries: Vec<Spanned<SmolStr>>,
    /// Countries whose operators may not be used.
    pub forbidden_operators: Vec<Spanned<SmolStr>>,
    /// The longest round trip in milliseconds between workloads that exchange data.
    pub max_rtt_ms: Option<Spanned<Decimal>>,
    /// How many providers may be used together.
    pub max_providers: Option<Spanned<u32>>,
    /// The least a suggestion saves, in USD a month.
    pub minimum_saving: Decimal,
    /// The least it saves, in percent of what it changes.
    pub minimum_percent: Decimal,
    /// In how many months a move must pay for itself.
    pub max_payback_months: Decimal,
    /// The worst loss that is still suggested.
    pub max_loss: LossLevel,
    /// How many workloads may move at most.
    pub max_moves: Option<u32>,
    /// By what a machine elsewhere equals the present one.
    pub scale: Scale,
    /// Whether to suggest what needs programs to be rewritten.
    pub rewrites: bool,
    /// Whether interruptible workloads may run on spot machines.
    pub spot: bool,
    /// Whether the provider waives egress for leaving.
    pub exit_waiver: bool,
    /// Over how many months a move's own cost is spread.
    pub amortisation_months: u32,
    /// What an hour of migration work costs, in USD.
    pub hour_rate: Decimal,
    /// How many days old and new run side by side.
    pub overlap_days: Decimal,
    /// What operating a further provider costs, in USD a month.
    pub fees: BTreeMap<Provider, Decimal>,
    /// How many hours a month machines outside production would run on a schedule.
    pub schedule_hours: Decimal,
    /// How long to search for the best placement, in seconds.
    pub time_limit_s: Decimal,
    /// Its block in the file; empty where there is none.
    pub span: Span,
}

impl Placement {
    /// Twelve hours on each of five days of a week's seven, in the 730 hours of a month: 60 ÷ 168 × 730, rounded up.
    pub const SCHEDULE_HOURS: Decimal = Decimal::from_parts(261, 0, 0, false, 0);
}

impl Default for Placement {
    /// What holds without a `placement` block.
    fn default() -> Self {
        let unwritten = |provider| Spanned { value: provider, span: Span::default() };
        Self {
            providers: [Provider::Aws, Provider::Azure, Provider::Google].map(unwritten).into(),
            forbidden_providers: Vec::new(),
            regions: Vec::new(),
            forbidden_regions: Vec::new(),
            jurisdictions: Vec::new(),
            countries: Vec::new(),
            forbidden_operators: Vec::new(),
            max_rtt_ms: None,
            max_providers: None,
            minimum_saving: Decimal::from(20),
            minimum_percent: Decimal::TEN,
            max_payback_months: Decimal::from(12),
            max_loss: LossLevel::Review,
            max_moves: None,
            scale: Scale::Like,
            rewrites: false,
            spot: true,
            exit_waiver: false,
            amortisation_months: 12,
            hour_rate: Decimal::ZERO,
            overlap_days: Decimal::ZERO,
            fees: BTreeMap::new(),
            schedule_hours: Self::SCHEDULE_HOURS,
            time_limit_s: Decimal::TWO,
            span: Span::default(),
        }
    }
}

/// Where workloads must run.
#[derive(Clone, Debug)]
pub struct Pin {
    /// Which workloads.
    pub on: AddressPattern,
    /// Where.
    pub to: Spanned<PinnedTo>,
    /// Its block in the file.
    pub span: Span,
}

/// What workloads are pinned to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PinnedTo {
    /// Any region of a provider.
    Provider(Provider),
    /// One region.
    Region(RegionName),
    /// A site of the user's own, which is declared.
    Site(SmolStr),
}

/// Workloads that must run at different sites.
#[derive(Clone, Debug)]
pub struct Apart {
    /// Its name.
    pub name: SmolStr,
    /// Two or more of them.
    pub on: Vec<Spanned<AddressPattern>>,
    /// Its block in the file.
    pub span: Span,
}

/// The way between two places. Money is in USD.
#[derive(Clone, Debug)]
pub struct Path {
    /// Providers' names, or those of sites that are declared: the first, then the second.
    pub between: [Spanned<SmolStr>; 2],
    /// What it is.
    pub kind: PathKind,
    /// What a GB from the first to the second costs; `None` means as listed.
    pub gb_price: Option<Decimal>,
    /// What a GB back costs; `None` means as listed.
    pub back_gb_price: Option<Decimal>,
    /// What it costs a month besides.
    pub monthly: Option<Decimal>,
    /// Its block in the file.
    pub span: Span,
}

/// What is paid a provider whether it is used or not.
#[derive(Clone, Debug)]
pub struct Commitment {
    /// Whom.
    pub provider: Provider,
    /// The last day it is paid for, as `YYYY-MM-DD`.
    pub until: SmolStr,
    /// USD a month.
    pub monthly: Decimal,
    /// Its block in the file.
    pub span: Span,
}

impl Reader<'_> {
    fn provider(&mut self, name: Spanned<SmolStr>) -> Option<Spanned<Provider>> {
        let span = name.span;
        let found = Provider::of(&name.value).map(|value| Spanned { value, span });
        if found.is_none() {
            let near = near(&name.value, Provider::WORDS.iter().copied());
            let message = format!("no provider is `{}`", name.value);
            self.problem("lepton::config::unknown-provider", message, Some(span.start..span.end), near)
                .help(format!("the providers are {}", choice(Provider::WORDS).replace(" or ", " and ")));
        }
        found
    }

    fn region(&mut self, name: &Spanned<SmolStr>) -> Option<Spanned<RegionName>> {
        let span = name.span;
        let parts = name.value.split_once('/');
        let Some((provider, region)) = parts.filter(|(provider, region)| {
            let is_word = |text: &str| !text.is_empty() && !text.contains(['/', ' ']);
            is_word(provider) && is_word(region)
        }) else {
            let message = format!("`{}` is not of the form `provider/region`", name.value);
            self.problem("lepton::config::region", message, Some(span.start..span.end), "")
                .help("write it like `aws/eu-central-1`");
            return None;
        };
        let provider = self.provider(Spanned { value: provider.into(), span })?.value;
        Some(Spanned { value: RegionName { provider, region: region.into() }, span })
    }

    fn providers(&mut self, body: &Body, name: &str) -> Option<Vec<Spanned<Provider>>> {
        let names = self.spanned_texts(body, name)?;
        Some(names.into_iter().filter_map(|name| self.provider(name)).collect())
    }

    fn regions(&mut self, body: &Body, name: &str) -> Vec<Spanned<RegionName>> {
        let names = self.spanned_texts(body, name).unwrap_or_default();
        names.iter().filter_map(|name| self.region(name)).collect()
    }

    /// Countries by their codes.
    fn countries(&mut self, body: &Body, name: &str) -> Vec<Spanned<SmolStr>> {
        let mut codes = self.spanned_texts(body, name).unwrap_or_default();
        codes.retain(|code| self.is_country(code, name));
        codes
    }

    /// A country by its code.
    pub(super) fn country(&mut self, body: &Body, name: &str) -> Option<Spanned<SmolStr>> {
        self.spanned_text(body, name).filter(|code| self.is_country(code, name))
    }

    fn is_country(&mut self, code: &Spanned<SmolStr>, name: &str) -> bool {
        let is_code = code.value.len() == 2 && code.value.bytes().all(|letter| letter.is_ascii_uppercase());
        if !is_code {
            let span = code.span.start..code.span.end;
            self.wrong_at(
                Some(span),
                name,
                "a code of two capital letters, such as DE",
                &Value::from(code.value.as_str()),
            );
        }
        is_code
    }
}

pub(super) fn placement(reader: &mut Reader<'_>, block: &Block) -> Placement {
    let body = &block.body;
    reader.check(body, &shape::PLACEMENT, block.ident.span());
    let otherwise = Placement::default();
    let place = |name| value_span(body, name).unwrap_or_default().into();
    let fees = reader.fields(body, "fees", shape::FEES).unwrap_or_default();
    let fees = fees.numbers().filter_map(|(name, fee)| Some((Provider::of(name)?, fee)));
    Placement {
        providers: reader.providers(body, "providers").unwrap_or(otherwise.providers),
        forbidden_providers: reader.providers(body, "forbidden_providers").unwrap_or_default(),
        regions: reader.regions(body, "regions"),
        forbidden_regions: reader.regions(body, "forbidden_regions"),
        jurisdictions: reader.spanned_texts(body, "jurisdictions").unwrap_or_default(),
        countries: reader.countries(body, "countries"),
        forbidden_operators: reader.countries(body, "forbidden_operators"),
        max_rtt_ms: reader.positive(body, "max_rtt_ms").map(|value| Spanned { value, span: place("max_rtt_ms") }),
        max_providers: reader.count(body, "max_providers").map(|value| Spanned { value, span: place("max_providers") }),
        minimum_saving: reader.number(body, "minimum_saving").unwrap_or(otherwise.minimum_saving),
        minimum_percent: reader.number_within(body, "minimum_percent", 0, 100).unwrap_or(otherwise.minimum_percent),
        max_payback_months: reader.number(body, "max_payback_months").unwrap_or(otherwise.max_payback_months),
        max_loss: reader.word(body, "max_loss").unwrap_or(otherwise.max_loss),
        max_moves: reader.count(body, "max_moves"),
        scale: reader.word(body, "scale").unwrap_or(otherwise.scale),
        rewrites: reader.boolean(body, "rewrites").unwrap_or(otherwise.rewrites),
        spot: reader.boolean(body, "spot").unwrap_or(otherwise.spot),
        exit_waiver: reader.boolean(body, "exit_waiver").unwrap_or(otherwise.exit_waiver),
        amortisation_months: reader.count(body, "amortisation_months").unwrap_or(otherwise.amortisation_months),
        hour_rate: reader.number(body, "hour_rate").unwrap_or(otherwise.hour_rate),
        overlap_days: reader.number(body, "overlap_days").unwrap_or(otherwise.overlap_days),
        fees: fees.collect(),
        schedule_hours: reader.number_within(body, "schedule_hours", 1, 730).unwrap_or(otherwise.schedule_hours),
        time_limit_s: reader.positive(body, "time_limit_s").unwrap_or(otherwise.time_limit_s),
        span: span(block),
    }
}

pub(super) fn pin(reader: &mut Reader<'_>, block: &Block) -> Option<Pin> {
    let body = &block.body;
    reader.check(body, &shape::PIN, block.ident.span());
    let places = ["provider", "region", "site"];
    let given: Vec<&str> = places.into_iter().filter(|name| body.has_attribute(name)).collect();
    if given.len() > 1 {
        let second = body.get_attribute(given[1]).and_then(|attribute| attribute.key.span());
        let message = format!("`{}` beside `{}`", given[1], given[0]);
        reader
            .problem("lepton::config::pin", message, second, "one of them")
            .help("pin to one place; several pins of the same workload must all hold");
    }
    let Some(name) = given.first() else {
        reader
            .problem("lepton::config::pin", "a pin to no place", block.ident.span(), "")
            .help("give `provider`, `region` or `site`");
        return None;
    };
    let written = reader.spanned_text(body, name)?;
    let span_of = written.span;
    let to = match *name {
        "provider" => PinnedTo::Provider(reader.provider(written)?.value),
        "region" => PinnedTo::Region(reader.region(&written)?.value),
        _ => PinnedTo::Site(written.value),
    };
    let to = Spanned { value: to, span: span_of };
    Some(Pin { on: AddressPattern::new(&label(block)), to, span: span(block) })
}

pub(super) fn apart(reader: &mut Reader<'_>, block: &Block) -> Apart {
    let body = &block.body;
    reader.check(body, &shape::APART, block.ident.span());
    let on = reader.spanned_texts(body, "on");
    if on.as_ref().is_some_and(|on| on.len() < 2) {
        let span = value_span(body, "on");
        reader
            .problem("lepton::config::apart", "one workload alone cannot be apart", span, "fewer than two")
            .help("name two or more addresses or patterns");
    }
    let on = on.unwrap_or_default().into_iter();
    let on = on.map(|text| Spanned { value: AddressPattern::new(&text.value), span: text.span });
    Apart { name: label(block), on: on.collect(), span: span(block) }
}

pub(super) fn path(reader: &mut Reader<'_>, block: &Block) -> Option<Path> {
    let body = &block.body;
    reader.check(body, &shape::PATH, block.ident.span());
    let kind = reader.word(body, "kind").unwrap_or(PathKind::Internet);
    let [gb_price, back_gb_price, monthly] =
        ["gb_price", "back_gb_price", "monthly"].map(|name| reader.number(body, name));
    let between = [spanned_label(block, 0)?, spanned_label(block, 1)?];
    Some(Path { between, kind, gb_price, back_gb_price, monthly, span: span(block) })
}

pub(super) fn commitment(reader: &mut Reader<'_>, block: &Block) -> Option<Commitment> {
    let body = &block.body;
    reader.check(body, &COMMITMENT, block.ident.span());
    let is_priced = body.has_attribute("kind");
    if is_priced && !body.has_attribute("until") && !body.has_attribute("monthly") {
        return None;
    }
    for name in ["until", "monthly"] {
        let other = if name == "until" { "monthly" } else { "until" };
        if !body.has_attribute(name) && (!is_priced || body.has_attribute(other)) {
            let message = format!("`commitment` lacks the attribute `{name}`");
            reader
                .problem("lepton::config::missing-attribute", message, block.ident.span(), "in this block")
                .help("`until` is the last day it is paid for, `monthly` what it costs; with `kind` neither is needed");
        }
    }
    let provider = spanned_label(block, 0).and_then(|name| reader.provider(name));
    let until = reader.date(body, "until");
    let monthly = reader.number(body, "monthly");
    Some(Commitment { provider: provider?.value, until: until?, monthly: monthly?, span: span(block) })
}
