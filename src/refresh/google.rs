//! The pages of Google: the services of the Cloud Billing Catalog, and of each its SKUs, page by page. They need a key.

use std::io::Read;

use url::form_urlencoded::Serializer;

use super::provider::{Ask, Carried, Page, Provider};
use crate::model::Problem;
use crate::price::normalise::google::{Answer, services};
use crate::price::normalise::{Document, Gathered};

const NAME: &str = "google";

pub(super) const PROVIDER: Provider =
    Provider { name: NAME, bases: &[(NAME, "https://cloudbilling.googleapis.com")], start, read };

/// The kinds of pages.
const SERVICES: &str = "services";
const SKUS: &str = "skus";

/// Where the key is looked for, the first that is set.
const KEYS: [&str; 2] = ["LEPTON_GOOGLE_KEY", "GOOGLE_API_KEY"];
/// The header that it travels in: addresses end up in logs.
const HEADER: &str = "x-goog-api-key";

fn key() -> Option<String> {
    KEYS.iter().find_map(|name| std::env::var(name).ok().filter(|key| !key.is_empty()))
}

fn start(_ask: &Ask<'_>) -> Result<Vec<Page>, Problem> {
    let key = key().ok_or_else(no_key)?;
    Ok(vec![Page { header: Some((HEADER, key)), ..Page::index(NAME, "/v1/services?pageSize=5000", SERVICES) }])
}

fn no_key() -> Problem {
    Problem::error("lepton::prices::key", "Google's Cloud Billing Catalog asks for a key, and there is none")
        .help("make an API key for the Cloud Billing API and set GOOGLE_API_KEY; it is sent to Google alone")
}

fn read(
    page: &mut Page,
    reader: &mut dyn Read,
    ask: &Ask<'_>,
    document: &Document,
    gathered: &mut Gathered,
) -> Result<Vec<Page>, Problem> {
    let header = page.header.clone();
    if page.kind == SERVICES {
        let (found, next) = services(reader, document)?;
        let wanted = ask.services_of(NAME);
        let skus = found.into_iter().filter(|service| wanted.contains(service.name.as_str())).map(|service| Page {
            service: service.name.to_string(),
            has_prices: true,
            header: header.clone(),
            carried: Carried::Google(Answer::default()),
            ..Page::index(NAME, &format!("/v1/services/{}/skus?currencyCode=USD&pageSize=5000", service.id), SKUS)
        });
        let mut pages: Vec<Page> = skus.collect();
        pages.extend(next.map(|token| Page { header, ..Page::index(NAME, &following(&page.link, &token), SERVICES) }));
        return Ok(pages);
    }
    let Carried::Google(mut answer) = std::mem::take(&mut page.carried) else { return Ok(Vec::new()) };
    let Some(token) = answer.page(reader, document)? else {
        answer.gather(gathered)?;
        return Ok(Vec::new());
    };
    Ok(vec![Page {
        service: page.service.clone(),
        has_prices: true,
        header,
        carried: Carried::Google(answer),
        ..Page::index(NAME, &following(&page.link, &token), SKUS)
    }])
}

/// The address of the page that a token stands for.
fn following(link: &str, token: &str) -> String {
    let first = link.split("&pageToken=").next().unwrap_or(link);
    let token = Serializer::new(String::new()).append_pair("pageToken", token).finish();
    format!("{first}&{token}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_token_of_a_page_takes_the_place_of_the_last() {
        let second = following("/v1/services?pageSize=5000", "a b");
        assert_eq!(second, "/v1/services?pageSize=5000&pageToken=a+b");
        assert_eq!(following(&second, "c"), "/v1/services?pageSize=5000&pageToken=c");
    }
}
