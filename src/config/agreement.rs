//! Whether the blocks of placement agree with each other, and with the rest of the file.

use smol_str::SmolStr;

use super::committed::CommittedUnit;
use super::fields::Spanned;
use super::file::Config;
use super::placement::PinnedTo;
use super::reader::Reader;
use super::words::{Provider, Word as _};
use super::workloads::Workload;
use crate::lang::near;
use crate::model::{Address, Problem, Span};

/// What names or excludes something that stands in another block.
pub(super) fn check(config: &Config, reader: &mut Reader<'_>) {
    pins_name_sites(config, reader);
    paths_have_ends(config, reader);
    currencies_are_exchanged(config, reader);
    nothing_runs_with_itself(config, reader);
}

fn pins_name_sites(config: &Config, reader: &mut Reader<'_>) {
    for pin in &config.pins {
        let PinnedTo::Site(name) = &pin.to.value else { continue };
        if config.site(name).is_none() {
            let near = near(name, config.sites.iter().map(|site| site.name.value.as_str()));
            let message = format!("no `site` block is named `{name}`");
            reader
                .problem("lepton::config::unknown-site", message, range(pin.to.span), near)
                .help(format!("declare it: `site \"{name}\" {{ … }}`"));
        }
    }
}

fn paths_have_ends(config: &Config, reader: &mut Reader<'_>) {
    let mut seen: Vec<[&str; 2]> = Vec::new();
    for path in &config.paths {
        for end in &path.between {
            if Provider::of(&end.value).is_none() && config.site(&end.value).is_none() {
                let sites = config.sites.iter().map(|site| site.name.value.as_str());
                let near = near(&end.value, Provider::WORDS.iter().copied().chain(sites));
                let message = format!("`{}` is neither a provider nor a site", end.value);
                reader
                    .problem("lepton::config::unknown-end", message, range(end.span), near)
                    .help(format!("a path joins two of {} and the names of `site` blocks", Provider::WORDS.join(", ")));
            }
        }
        let mut ends = [&path.between[0], &path.between[1]].map(|end| end.value.as_str());
        if ends[0] == ends[1] {
            let message = format!("a path from `{0}` to `{0}`", ends[0]);
            reader.problem("lepton::config::same-end", message, range(path.between[1].span), "the same");
        }
        ends.sort_unstable();
        if seen.contains(&ends) {
            let message = format!("there are two paths between `{}` and `{}`", ends[0], ends[1]);
            reader
                .problem("lepton::config::name-taken", message, range(path.between[0].span), "the second")
                .help("one path says both ways: `gb_price` there, `back_gb_price` back");
        }
        seen.push(ends);
    }
}

fn currencies_are_exchanged(config: &Config, reader: &mut Reader<'_>) {
    if config.rates.is_some() {
        // The table is not read yet; whoever reads it looks for these currencies.
        return;
    }
    let into = config.currency_or_default();
    for commitment in &config.terms.commitments {
        let CommittedUnit::Price(_, currency) = &commitment.price else { continue };
        if currency != into && config.terms.exchange(currency).is_none() {
            let message = format!("no rate from {currency} into {into}, the report's currency");
            reader
                .problem("lepton::config::no-exchange", message, range(commitment.span), "of this `unit_price`")
                .help(format!(
                    "add `exchange \"{currency}\" {{ rate = …, as_of = …, source = … }}`, or give `currency`"
                ));
        }
    }
    for site in &config.sites {
        let Some(currency) = site.currency.as_ref().filter(|currency| currency.value != into) else { continue };
        if config.terms.exchange(&currency.value).is_none() {
            let message = format!("no rate from {} into {into}, the report's currency", currency.value);
            reader
                .problem("lepton::config::no-exchange", message, range(currency.span), "of this site's figures")
                .help(format!("add `exchange \"{}\" {{ rate = …, as_of = …, source = … }}`", currency.value));
        }
    }
}

/// Following `with` from block to block must end.
fn nothing_runs_with_itself(config: &Config, reader: &mut Reader<'_>) {
    let workloads = &config.workloads;
    for (first, workload) in workloads.iter().enumerate() {
        let Some(with) = &workload.said.with else { continue };
        let Some(circle) = circle(workloads, first, with) else { continue };
        // Every block of a circle finds it; the first of them says it.
        if circle.iter().any(|(index, _)| *index < first) {
            continue;
        }
        let alone = "this workload runs with itself";
        let message = if circle.len() == 1 { alone } else { "these workloads run with each other in a circle" };
        let problem =
            circle.iter().fold(Problem::error("lepton::config::with-cycle", message), |problem, (_, with)| {
                problem.at(reader.source, with.span, "runs with this")
            });
        reader.problems.push(problem.help("break the circle: one of them runs where it is best, the others with it"));
    }
}

/// The blocks of a circle that leads back to one, with what each runs with.
fn circle<'c>(
    workloads: &'c [Workload],
    first: usize,
    with: &'c Spanned<SmolStr>,
) -> Option<Vec<(usize, &'c Spanned<SmolStr>)>> {
    let mut steps = vec![(first, with)];
    loop {
        let (_, with) = steps.last()?;
        let address = Address::new(with.value.clone());
        let (next, with) = workloads.iter().enumerate().rev().find_map(|(index, workload)| {
            let with = workload.said.with.as_ref()?;
            workload.on.matches(&address).then_some((index, with))
        })?;
        if next == first {
            // A pattern that covers what it runs with is no circle: the one stays, the others follow it.
            let is_circle = steps.len() > 1 || workloads[first].label.value == with.value;
            return is_circle.then_some(steps);
        }
        if steps.iter().any(|(index, _)| *index == next) {
            return None;
        }
        steps.push((next, with));
    }
}

fn range(span: Span) -> Option<std::ops::Range<usize>> {
    Some(span.start..span.end)
}
