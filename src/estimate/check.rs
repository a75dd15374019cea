//! The part of `lepton catalog check` that needs prices: every key that an example asked for is in the book.

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

/// What is wrong with a key, unless some region of the book has it.
fn missing(book: &Book, own_book: &str, key: &AskedKey) -> Option<(String, String)> {
    let provider = key.provider.as_deref().unwrap_or(own_book);
    let asked = Key { provider, service: &key.service, columns: &key.columns, region: "" };
    let columns: Vec<String> = key.columns.iter().map(|(name, value)| format!("{name} = {value:?}")).collect();
    match book.find(&asked) {
        Lookup::Found(_) | Lookup::NotInRegion => None,
        Lookup::NoMeter => Some((
            format!("the book's {provider} {} has no row with {}", key.service, columns.join(", ")),
            book.nearest(&asked).map(|nearest| format!("did you mean {nearest}?")).unwrap_or_default(),
        )),
        Lookup::NoService { reason } => Some((reason, String::new())),
    }
}
