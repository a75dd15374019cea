//! A row per priced line, for spreadsheets and notebooks; resources without lines have one row that says why.

use ::csv::Writer;
use rust_decimal::Decimal;

use super::json::{action_word, origin_word, status_word};
use super::view::{self, ProjectInput, Report};
use super::words;
use crate::diff::{ChangeDiff, Fate};
use crate::estimate::{Estimate, Line, Monthly, PricedChange, Quantity, UnitPrice};

const HEAD: [&str; 26] = [
    "project",
    "address",
    "type",
    "provider",
    "region",
    "action",
    "status",
    "part",
    "component",
    "detail",
    "unit",
    "quantity",
    "unit_price",
    "currency",
    "monthly_before",
    "monthly_after",
    "difference",
    "why_unknown",
    "price_region",
    "price_as_of",
    "region_origin",
    "account",
    "list_cost_before",
    "list_cost_after",
    "effective_cost_before",
    "effective_cost_after",
];

/// Renders all resources. Amounts are plain decimals; an empty cell is not known, or not there on that side. At list
/// prices and with commitments stand the costs that differ from those on demand.
pub(super) fn render(report: &Report) -> String {
    let projects = report.projects.iter().map(|one| project(one, report.currency()));
    std::iter::once(head()).chain(projects).collect()
}

/// The names of the columns.
pub(super) fn head() -> String {
    rows(|out| out.write_record(HEAD).expect("memory takes every write"))
}

/// The rows of a project.
pub(super) fn project(project: &ProjectInput, currency: &str) -> String {
    rows(|out| project.pairs().for_each(|(change, diff)| resource(out, currency, project, change, diff)))
}

fn rows(write: impl FnOnce(&mut Writer<Vec<u8>>)) -> String {
    let mut out = Writer::from_writer(Vec::new());
    write(&mut out);
    let bytes = out.into_inner().expect("memory takes every write");
    String::from_utf8(bytes).expect("every cell is text")
}

fn resource(
    out: &mut Writer<Vec<u8>>,
    currency: &str,
    project: &ProjectInput,
    change: &PricedChange,
    diff: &ChangeDiff,
) {
    let Some(estimate) = view::shown(change) else { return };
    let before = change.before.as_deref().map_or(&[][..], |estimate| &*estimate.lines);
    let after = change.after.as_deref().map_or(&[][..], |estimate| &*estimate.lines);
    let pairs: Vec<(Option<&Line>, Option<&Line>)> = if diff.fate == Fate::Changed {
        diff.lines.iter().map(|pair| (pair.before.map(|at| &before[at]), pair.after.map(|at| &after[at]))).collect()
    } else {
        let longest = before.len().max(after.len());
        (0..longest).map(|at| (before.get(at), after.get(at))).collect()
    };
    let head = |estimate: &Estimate| -> [String; 7] {
        [
            project.name.clone(),
            change.address.to_string(),
            estimate.kind.to_string(),
            estimate.provider.to_string(),
            estimate.region.as_ref().map(|region| region.name.to_string()).unwrap_or_default(),
            action_word(change.action).to_owned(),
            status_word(estimate.status).to_owned(),
        ]
    };
    if pairs.is_empty() {
        let mut row: Vec<String> = head(estimate).into();
        row.resize(HEAD.len() - place(estimate).len() - beside(None, None).len(), String::new());
        row.extend(place(estimate));
        row.extend(beside(None, None));
        write(out, &row);
    }
    for (was, is) in pairs {
        let Some(line) = is.or(was) else { continue };
        let mut row: Vec<String> = head(estimate).into();
        row.extend(cells(line, was, is, currency));
        row.extend(place(estimate));
        row.extend(beside(was, is));
        write(out, &row);
    }
}

/// How the region is known, and who pays.
fn place(estimate: &Estimate) -> [String; 2] {
    let origin = estimate.region.as_ref().map(|region| origin_word(region.origin).to_owned());
    [origin.unwrap_or_default(), estimate.account.as_deref().unwrap_or_default().to_owned()]
}

/// What a line costs at list prices, and with commitments; empty where that is what it costs anyway, or not known.
fn beside(was: Option<&Line>, is: Option<&Line>) -> [String; 4] {
    let sides = [was, is];
    let [list_was, list_is] = sides.map(|line| shown(line.and_then(|line| line.list)));
    let [effective_was, effective_is] = sides.map(|line| shown(line.and_then(|line| line.effective)));
    [list_was, list_is, effective_was, effective_is]
}

fn shown(cost: Option<Decimal>) -> String {
    cost.map(plain).unwrap_or_default()
}

fn plain(number: Decimal) -> String {
    number.normalize().to_string()
}

fn cells(line: &Line, was: Option<&Line>, is: Option<&Line>, currency: &str) -> [String; 13] {
    // A side that is not there costs nothing; one that is there and not known costs nobody knows what.
    let side = |side: Option<&Line>| match side.map(|line| &line.monthly) {
        None => Some(Decimal::ZERO),
        Some(Monthly::Exact(money)) => Some(money.amount),
        Some(Monthly::Unknown(_)) => None,
    };
    let monthly = |line: Option<&Line>| shown(line.and_then(|line| side(Some(line))));
    let difference = side(is).zip(side(was)).map(|(is, was)| plain(is - was));
    let price = match &line.price {
        UnitPrice::Known(tiers) if tiers.len() == 1 => plain(tiers[0].price),
        _ => String::new(),
    };
    let reason = [is, was].into_iter().flatten().find_map(|line| match &line.monthly {
        Monthly::Exact(_) => None,
        Monthly::Unknown(reason) => Some(words::reason_text(reason)),
    });
    let source = line.why.prices.first().map(|(price, _)| price);
    [
        line.part.join(" / "),
        line.component.to_string(),
        line.detail.as_deref().unwrap_or_default().to_owned(),
        line.unit.to_string(),
        match &line.quantity {
            Quantity::Known(quantity) => plain(*quantity),
            _ => String::new(),
        },
        price,
        currency.to_owned(),
        monthly(was),
        monthly(is),
        difference.unwrap_or_default(),
        reason.unwrap_or_default(),
        source.map(|price| price.region.to_string()).unwrap_or_default(),
        source.map(|price| price.source.as_of.to_string()).unwrap_or_default(),
    ]
}

fn write(out: &mut Writer<Vec<u8>>, row: &[String]) {
    out.write_record(row.iter().map(|cell| inert(cell))).expect("memory takes every write");
}

/// A text that a spreadsheet would run as a formula gets a quote before it; numbers stay numbers.
fn inert(cell: &str) -> String {
    let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.parse::<Decimal>().is_err();
    if is_formula { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::inert;

    #[test]
    fn formulas_are_text_and_numbers_stay() {
        assert_eq!(inert("=1+1"), "'=1+1");
        assert_eq!(inert("-12.5"), "-12.5");
        assert_eq!(inert("@SUM(A1)"), "'@SUM(A1)");
        assert_eq!(inert("t3.large"), "t3.large");
    }
}
