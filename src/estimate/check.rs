//! The part of `lepton catalog check` that needs prices: every key that an example asked for is in the book.

use std::collections::BTreeSet;

use smol_str::SmolStr;

use crate::catalog::{AskedKey, Catalog, check as stanza_check, distinct, schema::Schema};
use crate::model::Problem;
use crate::price::{Book, Key, Lookup};

/// What checking stanzas against the book found.
#[derive(Debug, Default)]
pub struct CatalogCheck {
    /// What is wrong.
    pub problems: Vec<Problem>,
    /// How many stanzas were checked.
    pub stanzas: usize,
    /// How many examples ran.
    pub examples: usize,
    /// How many price keys were found in the book.
    pub keys: usize,
    /// How many stanzas have no attribute list to be checked against.
    pub without_schema: usize,
}

/// Checks the stanzas of some types.
pub fn check<'k>(
    catalog: &Catalog,
    book: &Book,
    schema: &Schema,
    kinds: impl IntoIterator<Item = &'k str>,
) -> CatalogCheck {
    let mut all = CatalogCheck::default();
    for kind in kinds {
        let checked = stanza_check::check(catalog, kind, schema);
        let provider = catalog.provider_of(kind).unwrap_or_default();
        let own_book = match catalog.provider(&provider) {
            Some(Ok(provider)) => provider.book.clone(),
            _ => provider,
        };
        all.stanzas += 1;
        all.examples += checked.examples;
        all.without_schema += usize::from(!schema.has(kind));
        all.problems.extend(checked.problems);
        for found in checked.keys {
            match missing(book, &own_book, &found.key) {
                None => all.keys += 1,
                Some((message, label)) => all.problems.push(
                    Problem::error("lepton::catalog::price-key", format!("{kind}: {message}"))
                        .at(&found.source, found.span, label)
                        .help("keys match a row of the price book by equality, in the provider's own words"),
                ),
            }
        }
    }
    all.problems = distinct(all.problems);
    all
}

/// A price key that an example of a stanza asks for.
#[derive(Clone, Debug)]
pub struct NeededKey {
    /// The resource type.
    pub kind: String,
    /// The book's provider.
    pub provider: SmolStr,
    /// The provider's service.
    pub service: SmolStr,
    /// The key columns.
    pub columns: Vec<(SmolStr, SmolStr)>,
    /// The region that it names itself, whatever that of the resource.
    pub region: Option<SmolStr>,
}

impl NeededKey {
    /// The key in a region.
    pub fn in_region<'k>(&'k self, region: &'k str) -> Key<'k> {
        let region = self.region.as_deref().unwrap_or(region);
        Key { provider: &self.provider, service: &self.service, columns: &self.columns, region }
    }
}

/// Every price key that the examples of the catalog ask for, each once for its type.
pub fn needed(catalog: &Catalog) -> Vec<NeededKey> {
    let schema = Schema::embedded();
    let mut keys = Vec::new();
    for (kind, ..) in catalog.resources() {
        let provider = catalog.provider_of(kind).unwrap_or_default();
        let own_book = match catalog.provider(&provider) {
            Some(Ok(provider)) => provider.book.clone(),
            _ => provider,
        };
        let mut seen = BTreeSet::new();
        for found in stanza_check::check(catalog, kind, &schema).keys {
            let AskedKey { provider, region, service, columns, .. } = found.key;
            let provider = provider.unwrap_or_else(|| own_book.clone());
            if seen.insert((provider.clone(), service.clone(), columns.clone())) {
                keys.push(NeededKey { kind: kind.to_owned(), provider, service, columns, region });
            }
        }
    }
    keys
}

/// What is wrong with a key, unless some region of the book has it.
fn missing(book: &Book, own_book: &str, key: &AskedKey) -> Option<(String, String)> {
    let provider = key.provider.as_deref().unwrap_or(own_book);
    let asked = Key { provider, service: &key.service, columns: &key.columns, region: "" };
    let columns: Vec<String> = key.columns.iter().map(|(name, value)| format!("{name} = {value:?}")).collect();
    match book.find(&asked) {
        Lookup::Found(_) | Lookup::NotInRegion => None,
        Lookup::NoMeter => Some((
            format!("the book's {provider} {} has no row with {}", key.service, columns.join(", ")),
            match book.nearest(&asked) {
                Some(nearest) => format!("did you mean {nearest}?"),
                None => "no row is spelled like it".to_owned(),
            },
        )),
        Lookup::NoService { reason } => Some((reason, String::new())),
    }
}
