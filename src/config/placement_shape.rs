//! What may stand in the blocks of placement.

use super::shape::{AttributeShape, BlockShape, Kind, block, optional, required};
use super::words::{Arch, FirstByte, LossLevel, Metric, PathKind, Scale, Word as _, WorkloadArch};

pub(super) static PLACEMENT: BlockShape = block(
    "placement",
    &[],
    "Where work may be placed, and which suggestions are worth making. Money is in USD.",
    &[
        optional(
            "providers",
            Kind::Texts,
            "Providers that may be used beside the present one and your own sites; aws, azure and google unless said. The others only when named.",
        ),
        optional("forbidden_providers", Kind::Texts, "Providers that may not be used."),
        optional(
            "regions",
            Kind::Texts,
            "Candidate regions, such as `google/europe-west3`; unless said those in the metropolitan area of a present one, else the provider's nearest.",
        ),
        optional("forbidden_regions", Kind::Texts, "Regions that may not be used, such as `aws/us-east-1`."),
        optional("jurisdictions", Kind::Texts, "A site must be in one of them, such as `eu`."),
        optional("countries", Kind::Texts, "A site must be in one of them, as ISO 3166 codes such as DE."),
        optional("forbidden_operators", Kind::Texts, "Countries whose operators may not be used, as ISO 3166 codes."),
        optional(
            "max_rtt_ms",
            Kind::Number,
            "The longest round trip in milliseconds between workloads that exchange data.",
        ),
        optional("max_providers", Kind::Count, "How many providers may be used together."),
        optional("minimum_saving", Kind::Number, "The least a suggestion saves, in USD a month; 20 unless said."),
        optional("minimum_percent", Kind::Number, "The least it saves, in percent of what it changes; 10 unless said."),
        optional("max_payback_months", Kind::Number, "In how many months a move must pay for itself; 12 unless said."),
        optional(
            "max_loss",
            Kind::Choice(LossLevel::WORDS),
            "The worst loss that is still suggested; `review` unless said.",
        ),
        optional("max_moves", Kind::Count, "How many workloads may move at most; as many as are worth it unless said."),
        optional(
            "scale",
            Kind::Choice(Scale::WORDS),
            "`like` for no fewer vCPUs than today (unless said), `perf` for as much work as today.",
        ),
        optional("rewrites", Kind::Bool, "Whether to suggest what needs programs to be rewritten; no unless said."),
        optional("spot", Kind::Bool, "Whether interruptible workloads may run on spot machines; yes unless said."),
        optional("exit_waiver", Kind::Bool, "Whether the provider waives egress for leaving; no unless said."),
        optional(
            "amortisation_months",
            Kind::Count,
            "Over how many months a move's own cost is spread; 12 unless said.",
        ),
        optional("hour_rate", Kind::Number, "What an hour of migration work costs, in USD; 0 unless said."),
        optional("overlap_days", Kind::Number, "How many days old and new run side by side; 0 unless said."),
        optional("fees", Kind::Fields(FEES), "What operating a further provider costs, in USD a month."),
        optional(
            "schedule_hours",
            Kind::Number,
            "How many hours a month machines outside production would run on a schedule; 261 unless said: twelve on each working day.",
        ),
        optional("time_limit_s", Kind::Number, "How long to search for the best placement, in seconds; 2 unless said."),
    ],
    &[],
);

pub(super) static FEES: &[AttributeShape] = &[
    optional("aws", Kind::Number, "USD a month."),
    optional("azure", Kind::Number, "USD a month."),
    optional("google", Kind::Number, "USD a month."),
    optional("alibaba", Kind::Number, "USD a month."),
    optional("tencent", Kind::Number, "USD a month."),
    optional("hetzner", Kind::Number, "USD a month."),
    optional("ovh", Kind::Number, "USD a month."),
    optional("scaleway", Kind::Number, "USD a month."),
    optional("upcloud", Kind::Number, "USD a month."),
    optional("exoscale", Kind::Number, "USD a month."),
];

pub(super) static SITE: BlockShape = block(
    "site",
    &["the site's name"],
    "A place of your own where work could run. It needs `rate` or `purchase`.",
    &[
        optional("country", Kind::Text, "Its country, as an ISO 3166 code such as DE."),
        optional("jurisdictions", Kind::Texts, "The jurisdictions that it is in, such as `eu`."),
        optional("metro", Kind::Text, "Its metropolitan area, such as `berlin`."),
        optional("latitude", Kind::Number, "In degrees, north positive."),
        optional("longitude", Kind::Number, "In degrees, east positive."),
        required("capacity", Kind::Fields(CAPACITY), "What it offers: `vcpu` and `memory_gb`, and `disk_gb`."),
        optional("rate", Kind::Fields(RATE), "What it costs, in the site's currency."),
        optional(
            "purchase",
            Kind::Fields(PURCHASE),
            "What buying it cost, in the site's currency; spread over the months and the vCPUs.",
        ),
        optional("power", Kind::Fields(POWER), "What its power costs; spread over the vCPUs."),
        optional("performance", Kind::Number, "The speed of a vCPU relative to an AWS m5; 1 unless said."),
        optional("arch", Kind::Choice(Arch::WORDS), "The instruction set of its machines; `amd64` unless said."),
        optional("operator", Kind::Text, "The country of its operator, as an ISO 3166 code."),
        optional(
            "currency",
            Kind::Text,
            "The currency of its figures; the report's unless said, else it needs an `exchange` block.",
        ),
    ],
    &[],
);

pub(super) static CAPACITY: &[AttributeShape] = &[
    required("vcpu", Kind::Number, "How many vCPUs."),
    required("memory_gb", Kind::Number, "How much memory, in GB."),
    optional("disk_gb", Kind::Number, "How much disk, in GB; nothing is said of it otherwise."),
];

pub(super) static RATE: &[AttributeShape] = &[
    optional("vcpu_hour", Kind::Number, "A vCPU for an hour."),
    optional("memory_gb_hour", Kind::Number, "A GB of memory for an hour."),
    optional("disk_gb_month", Kind::Number, "A GB of disk for a month."),
    optional("object_gb_month", Kind::Number, "A GB of object storage for a month."),
    optional("egress_gb", Kind::Number, "A GB sent out."),
];

pub(super) static PURCHASE: &[AttributeShape] = &[
    required("price", Kind::Number, "What was paid."),
    required("months", Kind::Count, "Over how many months it is spread."),
];

pub(super) static POWER: &[AttributeShape] = &[
    required("watts", Kind::Number, "What it draws."),
    required("kwh_price", Kind::Number, "What a kilowatt-hour costs, in the site's currency."),
];

pub(super) static PIN: BlockShape = block(
    "pin",
    &["an address pattern"],
    "Where workloads must run: exactly one of `provider`, `region` and `site`.",
    &[
        optional("provider", Kind::Text, "A provider, such as `aws`."),
        optional("region", Kind::Text, "A region, such as `aws/eu-central-1`."),
        optional("site", Kind::Text, "The name of a `site` block."),
    ],
    &[],
);

pub(super) static APART: BlockShape = block(
    "apart",
    &["its name"],
    "Workloads that must run at different sites.",
    &[required("on", Kind::Texts, "Two or more addresses or patterns.")],
    &[],
);

pub(super) static WORKLOAD: BlockShape = block(
    "workload",
    &["an address pattern"],
    "What a plan cannot know of a workload. Of several blocks for an address the last wins, attribute by attribute.",
    &[
        optional("batch", Kind::Bool, "Whether it is bound by capacity, and worth the work done."),
        optional("interruptible", Kind::Bool, "Whether it may be interrupted."),
        optional("arch", Kind::Choice(WorkloadArch::WORDS), "The instruction sets that it runs on."),
        optional("max_loss", Kind::Choice(LossLevel::WORDS), "The worst loss that is still suggested for it."),
        optional("with", Kind::Text, "The address of the resource that it runs beside."),
        optional("state_gb", Kind::Number, "How much data a move takes along, in GB."),
        optional("p95_cpu", Kind::Number, "The 95th percentile of its use of vCPUs, from 0 to 1."),
        optional("p95_memory", Kind::Number, "The 95th percentile of its use of memory, from 0 to 1."),
        optional("hours", Kind::Number, "How many hours a month it runs, where not all."),
        optional("replicas", Kind::Count, "How many of it run."),
        optional(
            "max_first_byte",
            Kind::Choice(FirstByte::WORDS),
            "How long the first byte of its object storage may take.",
        ),
        optional("objects", Kind::Number, "How many objects it holds, where it is object storage."),
        optional("read_share", Kind::Number, "The share of its data that is read in a month; 1 is all of it once."),
        optional("lifetime_months", Kind::Number, "For how many months its data is kept; 12 unless said."),
        optional("effort_hours", Kind::Number, "How many hours of work moving it takes."),
        optional("value", Kind::Fields(VALUE), "What its work is worth."),
    ],
    &[],
);

pub(super) static VALUE: &[AttributeShape] = &[
    required("per", Kind::Choice(Metric::WORDS), "By what the work is measured."),
    required("usd", Kind::Number, "What one of them is worth, in USD."),
];

pub(super) static TRAFFIC: BlockShape = block(
    "traffic",
    &[],
    "Data that workloads exchange in a month: `gb`, `back_gb` or both.",
    &[
        required("from", Kind::Text, "The address of one workload, or a pattern."),
        required("to", Kind::Text, "That of the other; `internet` for the outside."),
        optional("gb", Kind::Number, "GB a month from the one to the other."),
        optional("back_gb", Kind::Number, "GB a month back."),
    ],
    &[],
);

pub(super) static PATH: BlockShape = block(
    "path",
    &["a provider or a site", "another one"],
    "The way between two places, where it is not the internet at list prices. Money is in USD.",
    &[
        optional("kind", Kind::Choice(PathKind::WORDS), "What it is; `internet` unless said."),
        optional("gb_price", Kind::Number, "What a GB from the first to the second costs; as listed unless said."),
        optional("back_gb_price", Kind::Number, "What a GB back costs; as listed unless said."),
        optional("monthly", Kind::Number, "What it costs a month besides."),
    ],
    &[],
);
