//! The pages of AWS: the index of offers, of each offer the index of regions, and of each region a file. China has an
//! index and files of its own, in CNY.

use std::collections::BTreeSet;
use std::io::Read;

use super::provider::{Ask, Page, Provider};
use crate::model::Problem;
use crate::price::normalise::aws::{OfferFile, is_in_china, offer, offers, plan, region_links, spot};
use crate::price::normalise::{Document, Gathered};

const NAME: &str = "aws";
const CHINA: &str = "aws-cn";
const SPOT: &str = "aws-spot";

pub(super) const PROVIDER: Provider = Provider {
    name: NAME,
    bases: &[
        (NAME, "https://pricing.us-east-1.amazonaws.com"),
        (CHINA, "https://pricing.cn-north-1.amazonaws.com.cn"),
        (SPOT, "https://website.spot.ec2.aws.a2z.com"),
    ],
    start,
    read,
};

/// The kinds of pages.
const OFFERS: &str = "offers";
const REGIONS: &str = "regions";
const OFFER: &str = "offer";
const PLAN_REGIONS: &str = "plan regions";
const PLAN: &str = "plan";
const FEED: &str = "spot";

/// The service of spot prices.
const MACHINES: &str = "AmazonEC2";

fn start(ask: &Ask<'_>) -> Result<Vec<Page>, Problem> {
    let services = ask.services_of(NAME);
    let has_lists = ask.terms.on_demand || ask.terms.reserved || ask.terms.savings_plan;
    // China is asked only for what is named: its lists are far from everyone else, and of no use to them.
    let in_china = ask.regions.iter().filter(|region| is_in_china(region)).count();
    let is_elsewhere = ask.regions.is_empty() || in_china < ask.regions.len();
    let mut pages = Vec::new();
    if has_lists && is_elsewhere {
        pages.push(Page::index(NAME, "/offers/v1.0/aws/index.json", OFFERS));
    }
    if has_lists && in_china > 0 {
        pages.push(Page::index(CHINA, "/offers/v1.0/cn/index.json", OFFERS));
    }
    if ask.terms.spot && is_elsewhere && services.contains(MACHINES) {
        pages.push(Page { has_prices: true, leads_on: false, ..Page::index(SPOT, "/spot.js", FEED) });
    }
    Ok(pages)
}

fn read(
    page: &mut Page,
    reader: &mut dyn Read,
    ask: &Ask<'_>,
    document: &Document,
    gathered: &mut Gathered,
) -> Result<Vec<Page>, Problem> {
    let file = OfferFile { service: &page.service, region: page.region.as_deref(), terms: ask.terms };
    match page.kind {
        OFFERS => return offer_pages(page, reader, ask, document, gathered),
        REGIONS | PLAN_REGIONS => return region_pages(page, reader, ask, document),
        PLAN => plan(reader, &file, ask.wanted, document, gathered)?,
        FEED => spot(reader, &|region| ask.has_region(region), ask.wanted, document, gathered)?,
        _ => offer(reader, &file, ask.wanted, document, gathered)?,
    }
    Ok(Vec::new())
}

/// The indexes by region of the offers that are wanted, and of the savings plans that apply to them.
fn offer_pages(
    page: &Page,
    reader: &mut dyn Read,
    ask: &Ask<'_>,
    document: &Document,
    gathered: &mut Gathered,
) -> Result<Vec<Page>, Problem> {
    let offers = offers(reader, document)?;
    let mut services = ask.services_of(NAME);
    let (mut pages, mut plans) = (Vec::new(), BTreeSet::new());
    for offer in &offers {
        if !services.remove(offer.code.as_str()) {
            continue;
        }
        if let Some(link) = offer.regions.as_deref().filter(|_| ask.terms.on_demand || ask.terms.reserved) {
            pages.push(Page { service: offer.code.clone(), ..Page::index(page.base, link, REGIONS) });
        }
        let Some(link) = offer.plan.as_deref().filter(|_| ask.terms.savings_plan) else { continue };
        // The code of a plan is the folder that its versions are in.
        let Some(code) = link.split('/').rev().nth(2).filter(|_| plans.insert(link)) else { continue };
        pages.push(Page { service: code.into(), ..Page::index(page.base, link, PLAN_REGIONS) });
    }
    if let Some(missing) = services.into_iter().next() {
        let message = format!("{}: there is no offer `{missing}`", document.label);
        if ask.is_strict && !ask.services.is_empty() {
            let near = offers.iter().max_by(|a, b| {
                strsim::jaro_winkler(missing, &a.code).total_cmp(&strsim::jaro_winkler(missing, &b.code))
            });
            let near = near.map(|near| format!("did you mean `{}`?", near.code)).unwrap_or_default();
            return Err(Problem::error("lepton::prices::service", message).help(near));
        }
        gathered.note(Problem::warning("lepton::prices::service", message).help("its prices stay as they are"));
    }
    Ok(pages)
}

/// The files of the regions that are wanted.
fn region_pages(page: &Page, reader: &mut dyn Read, ask: &Ask<'_>, document: &Document) -> Result<Vec<Page>, Problem> {
    let kind = if page.kind == REGIONS { OFFER } else { PLAN };
    let is_asked = |region: &str| {
        // Zones within a region have lists of their own, with machines that no plan names by a region.
        if ask.regions.is_empty() { !is_zone(region) } else { ask.regions.contains(region) }
    };
    let links = region_links(reader, document)?.into_iter().filter(|(region, _)| is_asked(region));
    let file = |(region, link): (String, String)| {
        // The same as rows: a third of the size, and read without a table of products.
        let link = link.strip_suffix(".json").map_or(link.clone(), |stem| format!("{stem}.csv"));
        Page {
            origin: unversioned(&link),
            service: page.service.clone(),
            // A list of what is in no region is not held to one.
            region: region.ends_with(|last: char| last.is_ascii_digit()).then_some(region),
            has_prices: true,
            leads_on: false,
            ..Page::index(page.base, &link, kind)
        }
    };
    Ok(links.map(file).collect())
}

/// Whether a code is that of a zone: something follows the number of its region, as in `us-west-2-lax-1`.
fn is_zone(code: &str) -> bool {
    let mut parts = code.split('-').skip_while(|part| part.parse::<u32>().is_err());
    parts.next().is_some() && parts.next().is_some()
}

/// A path with `current` in place of the version, which is a row of digits.
fn unversioned(link: &str) -> String {
    let is_version = |part: &str| part.len() >= 8 && part.bytes().all(|byte| byte.is_ascii_digit());
    let parts = link.split('/').map(|part| if is_version(part) { "current" } else { part });
    parts.collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_one_name_in_all_versions() {
        let link = "/offers/v1.0/aws/comprehend/20260116160258/ap-south-1/index.csv";
        assert_eq!(unversioned(link), "/offers/v1.0/aws/comprehend/current/ap-south-1/index.csv");
    }

    #[test]
    fn a_zone_is_no_region() {
        for region in ["us-east-1", "us-gov-west-1", "aws-global"] {
            assert!(!is_zone(region), "{region}");
        }
        for zone in ["us-west-2-lax-1", "us-east-1-wl1-atl1"] {
            assert!(is_zone(zone), "{zone}");
        }
    }
}
