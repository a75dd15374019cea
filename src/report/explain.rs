//! `lepton explain`: how each figure of a resource came about, down to its price row.

use std::fmt::Write as _;

use super::text::{clean, cut, cut_middle};
use super::words;
use crate::estimate::{Estimate, Line, Monthly, PricedChange, Quantity, UnitPrice};
use crate::model::{Declaration, RegionOrigin, amount};

/// Longer expressions and values are cut.
const MAX_WIDTH: usize = 100;

/// Explains both sides of a change; one if they are the same.
pub fn explain(change: &PricedChange) -> String {
    let mut out = String::new();
    let declared = change.declared.as_ref();
    match (&change.before, &change.after) {
        (Some(before), Some(after)) if !std::sync::Arc::ptr_eq(before, after) && !same_lines(before, after) => {
            side(&mut out, before, "now", None);
            side(&mut out, after, "after", declared);
        }
        (before, after) => {
            if let Some(estimate) = after.as_ref().or(before.as_ref()) {
                side(&mut out, estimate, "", declared);
            }
        }
    }
    out
}

/// Where a resource is written: `net/main.tf:3, called at main.tf:10`.
fn place(declared: &Declaration) -> String {
    let call = declared.call.as_ref().map(|call| format!(", called at {call}"));
    format!("written at {}{}", declared.at, call.unwrap_or_default())
}

fn same_lines(before: &Estimate, after: &Estimate) -> bool {
    let same = |(a, b): (&Line, &Line)| a.name() == b.name() && a.quantity == b.quantity && a.monthly == b.monthly;
    before.lines.len() == after.lines.len() && before.lines.iter().zip(after.lines.iter()).all(same)
}

fn side(out: &mut String, estimate: &Estimate, when: &str, declared: Option<&Declaration>) {
    let when = if when.is_empty() { String::new() } else { format!(" ({when})") };
    say(out, 0, &format!("{}{when}", estimate.address));
    if let Some(declared) = declared {
        say(out, 1, &place(declared));
    }
    if let Some(region) = &estimate.region {
        let origin = match region.origin {
            RegionOrigin::Resource => "from its attributes",
            RegionOrigin::Provider => "from its provider configuration",
            RegionOrigin::Option => "from --region",
            RegionOrigin::Assumed => "assumed: nothing says it",
        };
        say(out, 1, &format!("region {}, {origin}", region.name));
    }
    match estimate.status {
        crate::estimate::Status::Unsupported => {
            say(out, 1, &format!("the catalog has no stanza for {}", estimate.kind))
        }
        crate::estimate::Status::Free => say(out, 1, "costs nothing"),
        _ => {}
    }
    for line in estimate.lines.iter() {
        out.push('\n');
        explain_line(out, line);
    }
    out.push('\n');
}

fn explain_line(out: &mut String, line: &Line) {
    let part = if line.part.is_empty() { String::new() } else { format!("{} / ", line.part.join(" / ")) };
    let currency = match &line.monthly {
        Monthly::Exact(money) => money.currency.as_str(),
        Monthly::Unknown(_) => line.why.prices.first().map_or("USD", |(price, _)| price.currency.as_str()),
    };
    let cost = match &line.monthly {
        Monthly::Exact(money) => format!("{} a month", amount::money(money.amount, &money.currency)),
        Monthly::Unknown(reason) => words::reason_text(reason),
    };
    say(out, 1, &format!("{part}{}: {cost}", line.name()));
    say(out, 2, &format!("stanza    {}:{}", line.why.file, line.why.line));
    if let Some(note) = &line.note {
        say(out, 2, &format!("note      {note}"));
    }
    let mut label = "values   ";
    for (expression, value) in &line.why.trace {
        let expression = expression.split_whitespace().collect::<Vec<_>>().join(" ");
        // A whole object says little and fills the screen; what is read of it stands in other rows.
        let is_whole =
            value.starts_with('{') && expression.chars().all(|letter| letter.is_alphanumeric() || letter == '_');
        if !is_whole {
            say(out, 2, &format!("{label} {} = {}", cut_middle(&expression, MAX_WIDTH), cut(value, MAX_WIDTH)));
            label = "         ";
        }
    }
    let quantity = match &line.quantity {
        Quantity::Known(quantity) => format!("{} {}", amount::quantity(*quantity), line.unit),
        Quantity::Usage(keys) => format!("not known: usage key {}", keys.join(", ")),
        Quantity::Unknown(path) => format!("known after apply: {}", words::attribute(path)),
        Quantity::Failed(reason) => format!("not known: {reason}"),
    };
    say(out, 2, &format!("quantity  {quantity}"));
    for (price, times) in &line.why.prices {
        let tier = &price.tiers[0];
        let more =
            if price.tiers.len() > 1 { format!(" (first of {} tiers)", price.tiers.len()) } else { String::new() };
        let unit = format!("{} per {}", amount::unit_price(tier.price, &price.currency), words::singular(&price.unit));
        let times = match times {
            times if times.is_zero() || *times == 1.into() => String::new(),
            times => format!(" × {}", amount::quantity(*times)),
        };
        let text = match &line.price {
            // A literal price is written for one, and has only the printed unit.
            UnitPrice::Known(tiers) if line.why.terms.is_empty() && !times.is_empty() && price.unit == line.unit => {
                let one = amount::unit_price(tier.price, &price.currency);
                let printed = amount::unit_price(tiers[0].price, &price.currency);
                format!("{one}{times} = {printed} per {}", words::singular(&line.unit))
            }
            _ => format!("{unit}{times}"),
        };
        say(out, 2, &format!("price     {text}{more}"));
        say(out, 2, &format!("row       {}", price.row));
        let region =
            if price.is_exact_region { String::new() } else { " (the book lacks the region asked for)".into() };
        say(out, 2, &format!("region    {}{region}", price.region));
        say(out, 2, &format!("source    {} as of {}", price.source.file, price.source.as_of));
        say(out, 2, &format!("          {}", price.source.title));
    }
    for term in &line.why.terms {
        say(out, 2, &format!("terms     {term}"));
    }
    for share in &line.tiers() {
        let range = match (share.from.is_zero(), share.to) {
            (true, None) => String::new(),
            (_, Some(to)) => format!(" (from {} to {})", amount::quantity(share.from), amount::quantity(to)),
            (false, None) => format!(" (from {} on)", amount::quantity(share.from)),
        };
        let cost = share.quantity * share.price;
        say(
            out,
            2,
            &format!(
                "sum       {} × {} = {}{range}",
                amount::quantity(share.quantity),
                amount::unit_price(share.price, currency),
                amount::unit_price(cost, currency)
            ),
        );
    }
    if !line.discount.is_zero() {
        let percent = (line.discount * rust_decimal::Decimal::ONE_HUNDRED).normalize();
        say(out, 2, &format!("discount  {percent}%"));
    }
    for (label, cost, what) in
        [("list     ", line.list, "at list prices"), ("effective", line.effective, "with commitments")]
    {
        if let Some(cost) = cost {
            say(out, 2, &format!("{label} {} a month {what}", amount::money(cost, currency)));
        }
    }
    if let Some(docs) = &line.why.docs {
        say(out, 2, &format!("docs      {docs}"));
    }
}

fn say(out: &mut String, depth: usize, text: &str) {
    writeln!(out, "{}{}", "  ".repeat(depth), clean(text)).expect("a String takes every write");
}
