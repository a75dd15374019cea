//! What a plan cannot know of workloads: the blocks `workload` and `traffic`.

use hcl::edit::Span as _;
use hcl::edit::structure::Block;
use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::blocks::{label, span};
use super::fields::{Spanned, spanned_label, value_span};
use super::placement_shape as shape;
use super::reader::Reader;
use super::rule::AddressPattern;
use super::words::{FirstByte, LossLevel, Metric, WorkloadArch};
use crate::model::{Span, Value};

/// The hours of the longest month.
const MOST_HOURS: i64 = 744;

/// What the user says of some workloads.
#[derive(Clone, Debug)]
pub struct Workload {
    /// The address or the pattern, as written.
    pub label: Spanned<SmolStr>,
    /// Which workloads.
    pub on: AddressPattern,
    /// What is said.
    pub said: WorkloadFacts,
    /// Its block in the file.
    pub span: Span,
}

/// What a plan cannot know of a workload; `None` means that it is not said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WorkloadFacts {
    /// Whether it is bound by capacity, and worth the work done.
    pub batch: Option<bool>,
    /// Whether it may be interrupted.
    pub interruptible: Option<bool>,
    /// The instruction sets that it runs on.
    pub arch: Option<Spanned<WorkloadArch>>,
    /// The worst loss that is still suggested for it.
    pub max_loss: Option<Spanned<LossLevel>>,
    /// The address of the resource that it runs beside.
    pub with: Option<Spanned<SmolStr>>,
    /// How much data a move takes along, in GB.
    pub state_gb: Option<Decimal>,
    /// The 95th percentile of its use of vCPUs, from 0 to 1.
    pub p95_cpu: Option<Decimal>,
    /// The 95th percentile of its use of memory, from 0 to 1.
    pub p95_memory: Option<Decimal>,
    /// How many hours a month it runs.
    pub hours: Option<Decimal>,
    /// How many of it run; at least 1.
    pub replicas: Option<u32>,
    /// How long the first byte of its object storage may take.
    pub max_first_byte: Option<FirstByte>,
    /// How many objects it holds, where it is object storage.
    pub objects: Option<Decimal>,
    /// The share of its data that is read in a month.
    pub read_share: Option<Decimal>,
    /// For how many months its data is kept.
    pub lifetime_months: Option<Decimal>,
    /// How many hours of work moving it takes.
    pub effort_hours: Option<Decimal>,
    /// What its work is worth.
    pub value: Option<Worth>,
}

/// What a workload's work is worth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Worth {
    /// By what the work is measured.
    pub per: Metric,
    /// What one of them is worth, in USD.
    pub usd: Decimal,
}

/// Data that workloads exchange in a month. At least one of the amounts is given.
#[derive(Clone, Debug)]
pub struct Traffic {
    /// The one side.
    pub from: Spanned<AddressPattern>,
    /// The other.
    pub to: Spanned<TrafficEnd>,
    /// GB a month from the one to the other.
    pub gb: Option<Decimal>,
    /// GB a month back.
    pub back_gb: Option<Decimal>,
    /// Its block in the file.
    pub span: Span,
}

/// The other side of traffic.
#[derive(Clone, Debug)]
pub enum TrafficEnd {
    /// The outside.
    Internet,
    /// Workloads of the plan.
    Workloads(AddressPattern),
}

impl WorkloadFacts {
    /// These, and where nothing is said the others.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            batch: self.batch.or(other.batch),
            interruptible: self.interruptible.or(other.interruptible),
            arch: self.arch.or(other.arch),
            max_loss: self.max_loss.or(other.max_loss),
            with: self.with.or(other.with),
            state_gb: self.state_gb.or(other.state_gb),
            p95_cpu: self.p95_cpu.or(other.p95_cpu),
            p95_memory: self.p95_memory.or(other.p95_memory),
            hours: self.hours.or(other.hours),
            replicas: self.replicas.or(other.replicas),
            max_first_byte: self.max_first_byte.or(other.max_first_byte),
            objects: self.objects.or(other.objects),
            read_share: self.read_share.or(other.read_share),
            lifetime_months: self.lifetime_months.or(other.lifetime_months),
            effort_hours: self.effort_hours.or(other.effort_hours),
            value: self.value.or(other.value),
        }
    }
}

pub(super) fn workload(reader: &mut Reader<'_>, block: &Block) -> Option<Workload> {
    let body = &block.body;
    reader.check(body, &shape::WORKLOAD, block.ident.span());
    let place = |name| value_span(body, name).unwrap_or_default().into();
    let with = reader.spanned_text(body, "with");
    if let Some(with) = with.as_ref().filter(|with| with.value.contains('*')) {
        let found = Value::from(with.value.as_str());
        reader.wrong_at(value_span(body, "with"), "with", "one address, without `*`", &found);
    }
    let said = WorkloadFacts {
        batch: reader.boolean(body, "batch"),
        interruptible: reader.boolean(body, "interruptible"),
        arch: reader.word(body, "arch").map(|value| Spanned { value, span: place("arch") }),
        max_loss: reader.word(body, "max_loss").map(|value| Spanned { value, span: place("max_loss") }),
        with,
        state_gb: reader.number(body, "state_gb"),
        p95_cpu: reader.number_within(body, "p95_cpu", 0, 1),
        p95_memory: reader.number_within(body, "p95_memory", 0, 1),
        hours: reader.number_within(body, "hours", 0, MOST_HOURS),
        replicas: reader.count(body, "replicas"),
        max_first_byte: reader.word(body, "max_first_byte"),
        objects: reader.number(body, "objects"),
        read_share: reader.number(body, "read_share"),
        lifetime_months: reader.number(body, "lifetime_months"),
        effort_hours: reader.number(body, "effort_hours"),
        value: worth(reader, block),
    };
    Some(Workload { label: spanned_label(block, 0)?, on: AddressPattern::new(&label(block)), said, span: span(block) })
}

fn worth(reader: &mut Reader<'_>, block: &Block) -> Option<Worth> {
    let found = reader.fields(&block.body, "value", shape::VALUE)?;
    Some(Worth { per: found.word("per")?, usd: found.number("usd")? })
}

pub(super) fn traffic(reader: &mut Reader<'_>, block: &Block) -> Option<Traffic> {
    let body = &block.body;
    reader.check(body, &shape::TRAFFIC, block.ident.span());
    let from = reader.spanned_text(body, "from");
    let to = reader.spanned_text(body, "to");
    let (gb, back_gb) = (reader.number(body, "gb"), reader.number(body, "back_gb"));
    if from.as_ref().is_some_and(|from| from.value == INTERNET) {
        let at = value_span(body, "from");
        reader
            .problem("lepton::config::traffic", "traffic `from` the internet", at, "not an address")
            .help("write `to = \"internet\"`, and what comes in as `back_gb`");
    }
    if !body.has_attribute("gb") && !body.has_attribute("back_gb") {
        reader
            .problem("lepton::config::traffic", "traffic without an amount", block.ident.span(), "in this block")
            .help("give `gb`, `back_gb` or both");
    }
    let (from, to) = (from?, to?);
    let end = match to.value.as_str() {
        INTERNET => TrafficEnd::Internet,
        pattern => TrafficEnd::Workloads(AddressPattern::new(pattern)),
    };
    Some(Traffic {
        from: Spanned { value: AddressPattern::new(&from.value), span: from.span },
        to: Spanned { value: end, span: to.span },
        gb,
        back_gb,
        span: span(block),
    })
}

/// The outside, as an end of traffic.
const INTERNET: &str = "internet";
