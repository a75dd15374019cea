//! What may stand in the blocks that change prices.

use super::shape::{AttributeShape, BlockShape, Kind, block, optional, required};
use super::words::{CommitmentKind, Payment, Term, Word as _};

const PROVIDER: AttributeShape =
    optional("provider", Kind::Text, "The price book's provider, such as aws, azure or google.");
const SERVICE: AttributeShape =
    optional("service", Kind::Text, "The service, in the provider's own words; `*` stands for any text.");
const METER: AttributeShape =
    optional("meter", Kind::Text, "A value of the price's key, such as a usage type; `*` stands for any text.");
const REGION: AttributeShape =
    optional("region", Kind::Text, "The region that a price is looked up in; `*` stands for any text.");
const ACCOUNT: AttributeShape = optional(
    "account",
    Kind::Text,
    "The account, subscription or project that pays; `*` stands for any text. It fits no resource of an unknown one.",
);

pub(super) static DISCOUNT: BlockShape = block(
    "discount",
    &[],
    "A percentage off list prices. Of several that fit a price the most specific counts: what names a meter before what names none, then a service, an account, a region, a provider; then what has fewer `*`; of equals the last.",
    &[PROVIDER, SERVICE, METER, REGION, ACCOUNT, required("percent", Kind::Number, "From 0 to 100.")],
    &[],
);

pub(super) static CONTRACT: BlockShape = block(
    "contract",
    &[],
    "A contracted unit price in place of the list's, to which no discount applies. Of several that fit, the choice is as for discounts. Where `meter` has no `*`, it also prices what the book lacks.",
    &[
        PROVIDER,
        SERVICE,
        METER,
        REGION,
        ACCOUNT,
        optional("unit", Kind::Text, "The provider's unit, such as `Hrs`; prices of other units keep the list's."),
        optional("unit_price", Kind::Number, "What a unit costs; or `tier` blocks."),
        required("currency", Kind::Text, "The ISO 4217 code of the price."),
        required("as_of", Kind::Date, "The day from which it is agreed, as YYYY-MM-DD."),
        required("source", Kind::Text, "Where it is agreed: a contract, an offer."),
    ],
    &[&TIER],
);

pub(super) static TIER: BlockShape = block(
    "tier",
    &[],
    "What a unit costs from a quantity on; the first begins at 0.",
    &[
        required("from", Kind::Number, "The first unit of the tier, in the provider's units a month."),
        required("unit_price", Kind::Number, "What a unit costs."),
    ],
    &[],
);

pub(super) static EXCHANGE: BlockShape = block(
    "exchange",
    &["the currency of the prices, such as USD"],
    "A rate into the report's currency.",
    &[
        required("rate", Kind::Number, "How much of the report's currency one unit is."),
        required("as_of", Kind::Date, "The day of the rate, as YYYY-MM-DD."),
        required("source", Kind::Text, "Where the rate comes from."),
    ],
    &[],
);

pub(super) static PRICES: BlockShape = block(
    "prices",
    &[],
    "Price books of one's own, and how old prices may grow.",
    &[
        optional(
            "books",
            Kind::Texts,
            "CSV files, as seen from the folder of this file, that lie over the price book, the later over the earlier: sheets as the book has them, or tables with the columns provider, service, those of the key, region, unit, from, price, currency, as_of, source.",
        ),
        optional(
            "max_age_days",
            Kind::Number,
            "Of how many days a report says that prices are older; 0 for never. Unless given, reports say it of a book whose newest prices are older than 365 days.",
        ),
    ],
    &[],
);

pub(super) static COMMITMENT: BlockShape = block(
    "commitment",
    &["a provider"],
    "What is committed to a provider. With `kind` it covers a part of what is used, and reports show its effective cost beside that on demand, which gates and budgets go by. With `until` and `monthly` it is what is paid whether it is used or not, and lost on work that leaves before the day.",
    &[
        optional("until", Kind::Date, "The last day it is paid for, as YYYY-MM-DD; needed without `kind`."),
        optional("monthly", Kind::Number, "USD a month; needed without `kind`."),
        optional("kind", Kind::Choice(CommitmentKind::WORDS), "What kind it is."),
        SERVICE,
        METER,
        REGION,
        ACCOUNT,
        optional("on", Kind::Texts, "Address patterns of the resources that it covers; every one unless said."),
        optional("term", Kind::Choice(Term::WORDS), "For how long it is made."),
        optional("payment", Kind::Choice(Payment::WORDS), "How it is paid."),
        optional("coverage", Kind::Number, "How much of what is used it covers, in percent; or `hours`."),
        optional(
            "hours",
            Kind::Number,
            "Hours a month that it covers, of all its resources together, in the order of their addresses; in each project as if it were alone.",
        ),
        optional(
            "percent",
            Kind::Number,
            "By how much the covered part is cheaper than the list, in percent; or `unit_price`.",
        ),
        optional("unit_price", Kind::Number, "What the provider's unit costs where it is covered."),
        optional("currency", Kind::Text, "The ISO 4217 code of `unit_price`; USD unless said."),
        optional(
            "list",
            Kind::Text,
            "The provider's service under which the price book has the committed prices, such as that of savings plans; in place of `percent` and `unit_price`.",
        ),
        optional(
            "key",
            Kind::Object,
            "The key columns of `list` that are others than on demand, such as its term; a column `service` is the service on demand unless said.",
        ),
    ],
    &[],
);
