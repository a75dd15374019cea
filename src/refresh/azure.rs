//! The pages of Azure: for each service the Retail Prices API, page by page.

use std::io::Read;

use url::form_urlencoded::Serializer;

use super::provider::{Ask, Carried, Page, Provider};
use crate::model::Problem;
use crate::price::normalise::azure::Answer;
use crate::price::normalise::{Document, Gathered};

const NAME: &str = "azure";

pub(super) const PROVIDER: Provider =
    Provider { name: NAME, bases: &[(NAME, "https://prices.azure.com")], start, read };

/// The version that has savings plans.
const VERSION: &str = "2023-01-01-preview";

fn start(ask: &Ask<'_>) -> Result<Vec<Page>, Problem> {
    let page = |service: &str| {
        let mut filter = format!("serviceName eq {}", quoted(service));
        if !ask.regions.is_empty() {
            // What holds everywhere has no region, or one of these.
            let regions = ask.regions.iter().map(String::as_str).chain(["", "Global"]);
            let regions: Vec<String> = regions.map(|region| format!("armRegionName eq {}", quoted(region))).collect();
            filter = format!("{filter} and ({})", regions.join(" or "));
        }
        let query = Serializer::new(String::new())
            .append_pair("api-version", VERSION)
            .append_pair("currencyCode", "USD")
            .append_pair("$filter", &filter)
            .finish();
        Page {
            service: service.into(),
            has_prices: true,
            carried: Carried::Azure(Answer::default()),
            ..Page::index(NAME, &format!("/api/retail/prices?{query}"), "prices")
        }
    };
    Ok(ask.services_of(NAME).into_iter().map(page).collect())
}

/// A text as OData writes it.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

fn read(
    page: &mut Page,
    reader: &mut dyn Read,
    _ask: &Ask<'_>,
    document: &Document,
    gathered: &mut Gathered,
) -> Result<Vec<Page>, Problem> {
    let Carried::Azure(mut answer) = std::mem::take(&mut page.carried) else { return Ok(Vec::new()) };
    let Some(link) = answer.page(reader, document)? else {
        answer.gather(gathered)?;
        return Ok(Vec::new());
    };
    let carried = Carried::Azure(answer);
    Ok(vec![Page { service: page.service.clone(), has_prices: true, carried, ..Page::index(NAME, &link, "prices") }])
}
