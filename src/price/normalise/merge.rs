//! New prices into the sheets that a book already has.

use std::collections::{BTreeMap, BTreeSet};

use smol_str::SmolStr;

use super::super::Sheet;

/// What becomes of a price that the new sheets do not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Absent {
    /// It is kept.
    Kept,
    /// It goes, if the new sheet has the region from the same kind of source: then the meter is gone.
    Gone,
}

/// The sheets of a book with new ones merged in: a meter's new price in a region takes the place of all old ones.
pub fn merge(old: Vec<Sheet>, new: Vec<Sheet>, absent: Absent) -> Vec<Sheet> {
    let place = |sheet: &Sheet| (SmolStr::new(sheet.provider()), SmolStr::new(sheet.service()));
    let mut merged: BTreeMap<_, Sheet> = old.into_iter().map(|sheet| (place(&sheet), sheet)).collect();
    for sheet in new {
        match merged.get_mut(&place(&sheet)) {
            Some(old) if old.key_columns() == sheet.key_columns() => merge_sheet(old, &sheet, absent),
            _ => _ = merged.insert(place(&sheet), sheet),
        }
    }
    merged.into_values().collect()
}

fn merge_sheet(old: &mut Sheet, new: &Sheet, absent: Absent) {
    let mut meters: BTreeSet<(&[SmolStr], &str)> = BTreeSet::new();
    let mut covered: BTreeSet<(&str, &str)> = BTreeSet::new();
    for row in new.rows() {
        for region in row.prices.keys() {
            meters.insert((row.key, region));
            covered.insert((kind(row.source), region));
        }
    }
    old.retain(|key, source, region| {
        // What holds everywhere stands in the lists of many regions, of which not all may be new.
        let is_gone = absent == Absent::Gone && region != "global" && covered.contains(&(kind(source), region));
        !is_gone && !meters.contains(&(key, region))
    });
    for note in new.sources() {
        old.add_source(note.clone());
    }
    for row in new.rows() {
        let key: Vec<&str> = row.key.iter().map(SmolStr::as_str).collect();
        for (region, &price) in row.prices {
            old.set(&key, row.unit, row.from, row.source, region, price);
        }
    }
}

/// A source's id without the day at its end: what kind of source it is.
fn kind(source: &str) -> &str {
    source.trim_end_matches(|letter: char| letter.is_ascii_digit() || letter == '-')
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "# service: S\n# provider: aws\n";

    fn sheet(text: &str) -> Sheet {
        Sheet::parse("s.csv", &format!("{HEAD}{text}")).expect("a sheet")
    }

    const OLD: &str = "\
# source list-2026-01-02 | 2026-01-02 | USD | a list
# source spot-2026-01-02 | 2026-01-02 | USD | a feed
usage_type,operation,unit,from,source,a,b
Box:x,,Hrs,0,list-2026-01-02,1,2
Box:x,,Hrs,100,list-2026-01-02,0.5,1
Box:y,,Hrs,0,list-2026-01-02,3,4
Spot:x,,Hrs,0,spot-2026-01-02,0.3,0.4
";
    const NEW: &str = "\
# source list-2026-11-02 | 2026-11-02 | USD | a list
usage_type,operation,unit,from,source,a
Box:x,,Hrs,0,list-2026-11-02,1.5
";

    #[test]
    fn a_region_that_comes_anew_is_the_whole_of_it() {
        let merged = merge(vec![sheet(OLD)], vec![sheet(NEW)], Absent::Gone);
        let expected = "\
# source list-2026-01-02 | 2026-01-02 | USD | a list
# source list-2026-11-02 | 2026-11-02 | USD | a list
# source spot-2026-01-02 | 2026-01-02 | USD | a feed
usage_type,operation,unit,from,source,a,b
Box:x,,Hrs,0,list-2026-01-02,,2
Box:x,,Hrs,0,list-2026-11-02,1.5,
Box:x,,Hrs,100,list-2026-01-02,,1
Box:y,,Hrs,0,list-2026-01-02,,4
Spot:x,,Hrs,0,spot-2026-01-02,0.3,0.4
";
        assert_eq!(merged[0].to_csv(), format!("{HEAD}{expected}"));
    }

    #[test]
    fn what_is_not_new_can_stay() {
        let merged = merge(vec![sheet(OLD)], vec![sheet(NEW)], Absent::Kept);
        let text = merged[0].to_csv();
        assert!(text.contains("Box:y,,Hrs,0,list-2026-01-02,3,4"), "{text}");
        // The tiers of one price come from one list.
        assert!(text.contains("Box:x,,Hrs,100,list-2026-01-02,,1"), "{text}");
        let all_anew = merge(vec![sheet(NEW)], vec![sheet(NEW)], Absent::Kept);
        assert_eq!(all_anew, [sheet(NEW)]);
    }
}
