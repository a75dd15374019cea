//! How far a price book reaches, as Markdown: by provider, service and region.
//!
//! The README holds it, so that holes stand where everyone sees them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use smol_str::SmolStr;

use super::book::{BookStatus, GLOBAL, ProviderStatus, ServiceStatus, grouped};
use super::escape::plain;

/// So many regions are named where they stand; more are folded.
const NAMED: usize = 4;

/// The status as Markdown. `by_service`: what each provider's services hold, too, folded.
pub fn status_markdown(status: &BookStatus, by_service: bool) -> String {
    let mut out = String::from("| provider | keys | priced | best region | prices | dates | regions |\n");
    out.push_str("| --- | ---: | ---: | --- | ---: | --- | ---: |\n");
    for provider in &status.providers {
        let keys = grouped(provider.keys);
        let prices = grouped(provider.services.iter().map(|service| service.prices).sum());
        let best = match provider.shares().first() {
            Some((region, count)) if provider.keys > 0 => {
                format!("{}, {}", plain(region), share(*count, provider.keys))
            }
            _ => "–".into(),
        };
        let priced = priced_of(provider.priced.values().sum(), provider.keys, provider);
        let [name, dates] = [plain(&provider.provider), span(provider.dates())];
        let regions = provider.priced.len();
        writeln!(out, "| {name} | {keys} | {priced} | {best} | {prices} | {dates} | {regions} |").expect(TAKES);
    }
    if by_service {
        status.providers.iter().for_each(|provider| write_provider(&mut out, provider));
    }
    out
}

/// Why a write into the text cannot fail.
const TAKES: &str = "a String takes every write";

fn write_provider(out: &mut String, provider: &ProviderStatus) {
    let (asked, idle): (Vec<_>, Vec<_>) = provider.services.iter().partition(|service| !service.needs.is_empty());
    let name = plain(&provider.provider);
    writeln!(out, "\n<details>\n<summary>{name}: services and regions</summary>\n").expect(TAKES);
    out.push_str("| service | keys | priced | prices | dates | regions |\n");
    out.push_str("| --- | ---: | ---: | ---: | --- | --- |\n");
    for service in asked {
        let keys = service.needs.len();
        let found = service.needs.iter().map(|need| need.regions.len()).sum();
        let priced = priced_of(found, keys, provider);
        let [name, dates] = [plain(&service.service), span(service.dates())];
        let [keys, prices] = [keys, service.prices].map(grouped);
        let regions = regions(service, provider);
        writeln!(out, "| {name} | {keys} | {priced} | {prices} | {dates} | {regions} |").expect(TAKES);
    }
    if provider.keys > 0 {
        writeln!(out, "\nKeys priced, by region: {}.", shares(provider)).expect(TAKES);
    }
    if !idle.is_empty() {
        let named = idle.iter().map(|service| format!("{} ({})", plain(&service.service), grouped(service.prices)));
        let named = named.collect::<Vec<_>>().join(", ");
        writeln!(out, "\nPrices that no stanza asks for: {named}.").expect(TAKES);
    }
    out.push_str("\n</details>\n");
}

/// The share of keys and regions that have a price, of all keys in all regions of the provider.
fn priced_of(found: usize, keys: usize, provider: &ProviderStatus) -> String {
    share(found, keys * provider.priced.len())
}

/// In percent, cut off: 100 % is all.
fn share(part: usize, whole: usize) -> String {
    match (part * 100).checked_div(whole) {
        Some(0) if part > 0 => "< 1 %".into(),
        Some(percent) => format!("{percent} %"),
        None => "–".into(),
    }
}

fn span((oldest, newest): (&str, &str)) -> String {
    if oldest == newest { oldest.into() } else { format!("{oldest} to {newest}") }
}

/// The regions of a service, as what it has or what it lacks of the provider's, whichever is short.
fn regions(service: &ServiceStatus, provider: &ProviderStatus) -> String {
    let named = |list: &[&SmolStr]| list.iter().map(|name| plain(name)).collect::<Vec<_>>().join(", ");
    let is_everywhere = service.regions.contains(GLOBAL);
    let has: Vec<&SmolStr> = service.regions.iter().filter(|region| *region != GLOBAL).collect();
    let lacks: Vec<&SmolStr> = provider.priced.keys().filter(|region| !service.regions.contains(*region)).collect();
    let text = match (has.len(), lacks.len()) {
        (0, _) => return "everywhere".into(),
        (count, 0) => format!("all {count}"),
        (count, _) if count <= NAMED => named(&has),
        (count, missing) if missing <= NAMED => format!("{count}, not {}", named(&lacks)),
        (count, _) => format!("<details><summary>{count}</summary>{}</details>", named(&has)),
    };
    if is_everywhere { format!("{text}; some everywhere") } else { text }
}

/// Regions by the share of keys that have a price there, those of one share together.
fn shares(provider: &ProviderStatus) -> String {
    let mut alike: BTreeMap<usize, BTreeSet<&str>> = BTreeMap::new();
    for (region, count) in provider.shares() {
        alike.entry(count * 100 / provider.keys).or_default().insert(region);
    }
    let groups = alike.iter().rev().map(|(percent, regions)| {
        let regions: Vec<String> = regions.iter().map(|region| plain(region)).collect();
        format!("**{percent} %** {}", regions.join(", "))
    });
    groups.collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::estimate::NeededKey;
    use crate::price::{Book, Sheet};

    fn status() -> BookStatus {
        let head = |service: &str| {
            format!(
                "# service: {service}\n# provider: p\n# source s | 2024-07 | USD | a list\n# source t | 2026-01 | USD | a list\n"
            )
        };
        let places = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"].join(",");
        let sheets = [
            format!(
                "{}meter,unit,from,source,{places}\nall,h,0,s{}\none,h,0,t,1{}\n",
                head("Wide"),
                ",1".repeat(10),
                ",".repeat(9)
            ),
            format!("{}meter,unit,from,source,global\nflat,h,0,s,1\n", head("Flat")),
            format!("{}meter,unit,from,source,a,b,c,d,e\nsome,h,0,s,1,1,1,1,1\n", head("Half")),
            format!("{}meter,unit,from,source,a\nidle,h,0,s,1\n", head("Idle")),
        ];
        let sheets: Vec<Sheet> =
            sheets.iter().map(|text| Sheet::parse("sheet.csv", text).expect("a sound sheet")).collect();
        let needed = |service: &str, meter: &str| NeededKey {
            kind: "p_thing".into(),
            provider: "p".into(),
            service: service.into(),
            columns: vec![("meter".into(), meter.into())],
            region: None,
        };
        let needed = [needed("Wide", "all"), needed("Wide", "one"), needed("Flat", "flat"), needed("Half", "some")];
        BookStatus::of(&Book::from_sheets(&sheets).expect("a book"), &needed)
    }

    #[test]
    fn a_provider_has_the_share_of_its_keys_in_all_its_regions() {
        let text = status_markdown(&status(), false);
        let row = text.lines().last().expect("a row");
        // 10 and 1 of the first service, 10 that hold everywhere, 5 of the third: 26 of 40.
        assert_eq!(row, "| p | 4 | 65 % | a, 100 % | 18 | 2024-07 to 2026-01 | 10 |");
    }

    #[test]
    fn a_service_says_what_it_has_or_what_it_lacks() {
        let text = status_markdown(&status(), true);
        for row in [
            "| Wide | 2 | 55 % | 11 | 2024-07 to 2026-01 | all 10 |",
            "| Flat | 1 | 100 % | 1 | 2024-07 | everywhere |",
            "| Half | 1 | 50 % | 5 | 2024-07 | <details><summary>5</summary>a, b, c, d, e</details> |",
            "Keys priced, by region: **100 %** a; **75 %** b, c, d, e; **50 %** f, g, h, i, j.",
            "Prices that no stanza asks for: Idle (1).",
        ] {
            assert!(text.lines().any(|line| line == row), "{row}\n{text}");
        }
    }

    #[test]
    fn nothing_is_rounded_up() {
        assert_eq!([share(999, 1000), share(1, 1000), share(0, 9), share(0, 0)], ["99 %", "< 1 %", "0 %", "–"]);
    }
}
