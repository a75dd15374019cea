//! What a `commitment` block says of prices: what it covers, how much of it, and what that costs instead.

use hcl::edit::Span as _;
use hcl::edit::structure::Block;
use rust_decimal::Decimal;
use smol_str::{SmolStr, format_smolstr};

use super::fields::value_span;
use super::reader::Reader;
use super::rule::AddressPattern;
use super::terms::Scope;
use super::words::{CommitmentKind, Payment, Term};
use crate::model::Span;

/// A commitment that covers a part of what is used, at a price of its own.
#[derive(Debug)]
pub struct CommittedPrice {
    /// What it covers.
    pub scope: Scope,
    /// Which resources; empty means all.
    pub on: Vec<AddressPattern>,
    /// What kind it is.
    pub kind: CommitmentKind,
    /// For how long it is made.
    pub term: Option<Term>,
    /// How it is paid.
    pub payment: Option<Payment>,
    /// How much it covers.
    pub coverage: Coverage,
    /// What the covered part costs.
    pub price: CommittedUnit,
    /// Where it stands: `lepton.hcl:12`.
    pub place: SmolStr,
    /// The name of its block in the file.
    pub span: Span,
}

/// How much a commitment covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coverage {
    /// A share of every line that it fits, 0 to 1.
    Share(Decimal),
    /// So many hours a month, of the lines that it fits one after another.
    Hours(Decimal),
}

/// What the covered part costs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CommittedUnit {
    /// A share off list, 0 to 1.
    Off(Decimal),
    /// So much for the provider's unit, in a currency.
    Price(Decimal, SmolStr),
    /// As the book has it: under which of the provider's services, and by which columns of the key that are others there.
    Listed(SmolStr, Vec<(SmolStr, SmolStr)>),
}

impl CommittedPrice {
    /// In words: `reserved, 1y, no-upfront, 40% off list (lepton.hcl:12)`.
    pub fn words(&self) -> SmolStr {
        let term = self.term.map(|term| format!(", {}", term.as_str())).unwrap_or_default();
        let payment = self.payment.map(|payment| format!(", {}", payment.words())).unwrap_or_default();
        let price = match &self.price {
            CommittedUnit::Off(share) => format!("{}% off list", (share * Decimal::ONE_HUNDRED).normalize()),
            CommittedUnit::Price(price, currency) => format!("{} {currency} a unit", price.normalize()),
            CommittedUnit::Listed(service, _) => format!("by the book's {service}"),
        };
        format_smolstr!("{}{term}{payment}, {price} ({})", self.kind.as_str(), self.place)
    }
}

/// Reads what a block says of prices; `None` if it says nothing of them.
pub(super) fn committed(reader: &mut Reader<'_>, block: &Block) -> Option<CommittedPrice> {
    let body = &block.body;
    let names = [
        "service",
        "meter",
        "region",
        "account",
        "on",
        "term",
        "payment",
        "coverage",
        "hours",
        "percent",
        "unit_price",
        "list",
        "key",
    ];
    if !body.has_attribute("kind") {
        if let Some(name) = names.iter().find(|name| body.has_attribute(name)) {
            let message = format!("`{name}` is of a commitment that covers something, and its `kind` is missing");
            let span = body.get_attribute(name).and_then(|attribute| attribute.key.span());
            reader
                .problem("lepton::config::missing-attribute", message, span, "")
                .help("say `kind`: reserved, savings-plan or committed-use");
        }
        return None;
    }
    let label = block.labels.first().map(|label| SmolStr::from(label.as_str()));
    let (share, hours) = (reader.percent(body, "coverage"), reader.number(body, "hours"));
    let (off, unit_price) = (reader.percent(body, "percent"), reader.number(body, "unit_price"));
    let currency = if body.has_attribute("currency") { reader.currency(body, "currency") } else { Some("USD".into()) };
    let ways: [(&[&str], &str); 2] = [
        (&["coverage", "hours"], "`coverage` is a percentage of what is used, `hours` are hours a month"),
        (
            &["percent", "unit_price", "list"],
            "`percent` is off list, `unit_price` what a unit costs instead, `list` the service of the book that says it",
        ),
    ];
    for (names, help) in ways {
        let mut given = names.iter().filter(|name| body.has_attribute(name));
        let (first, second) = (given.next(), given.next());
        let wrong = match (first, second) {
            (Some(first), Some(second)) => format!("a commitment has `{first}` or `{second}`, not both"),
            (None, _) => format!("a commitment with a `kind` lacks one of `{}`", names.join("`, `")),
            (Some(_), None) => continue,
        };
        let span = second.and_then(|name| value_span(body, name)).or_else(|| block.ident.span());
        reader.problem("lepton::config::commitment", wrong, span, "").help(help);
    }
    let key = reader.object(body, "key").unwrap_or_default().entries();
    let key = key.into_iter().filter_map(|(name, value)| Some((name, value.as_str()?.into()))).collect();
    let listed = reader.text(body, "list").map(|service| CommittedUnit::Listed(service, key));
    Some(CommittedPrice {
        scope: Scope { provider: label, ..reader.scope(body) },
        on: reader.texts(body, "on").unwrap_or_default().iter().map(|text| AddressPattern::new(text)).collect(),
        kind: reader.word(body, "kind")?,
        term: reader.word(body, "term"),
        payment: reader.word(body, "payment"),
        coverage: share.map(Coverage::Share).or(hours.map(Coverage::Hours))?,
        price: off
            .map(CommittedUnit::Off)
            .or(unit_price.zip(currency).map(|(price, of)| CommittedUnit::Price(price, of)))
            .or(listed)?,
        place: reader.place(block),
        span: block.ident.span().unwrap_or_default().into(),
    })
}
