//! Sheets of one document, into what all documents give.

use smol_str::{SmolStr, format_smolstr};

use super::{Document, Gathered, Row};
use crate::model::Problem;
use crate::price::{Sheet, SourceNote};

/// Adds every price of the sheets, in the currency of the document.
pub(super) fn hand_over(
    sheets: Vec<Sheet>,
    currency: &str,
    document: &Document,
    gathered: &mut Gathered,
) -> Result<(), Problem> {
    for sheet in sheets {
        let notes: Vec<SourceNote> =
            sheet.sources().map(|note| SourceNote { currency: currency.into(), ..note.clone() }).collect();
        for row in sheet.rows() {
            let note = notes.iter().find(|note| note.id == row.source).expect("a sheet declares its sources");
            let key: Vec<(&str, &str)> =
                sheet.key_columns().iter().zip(row.key).map(|(name, value)| (name.as_str(), value.as_str())).collect();
            for (region, &price) in row.prices {
                let (provider, service) = (sheet.provider(), sheet.service());
                let row = Row { provider, service, key: &key, unit: row.unit, from: row.from, region, price };
                gathered.add(&row, document, note, 0)?;
            }
        }
    }
    Ok(())
}

/// The id of a list of a day. The same list in another currency is another source.
pub(super) fn source_id(list: &str, document: &Document, currency: &str) -> SmolStr {
    match currency {
        "USD" => format_smolstr!("{list}-{}", document.as_of),
        _ => format_smolstr!("{list}-{}.{}", document.as_of, currency.to_ascii_lowercase()),
    }
}
