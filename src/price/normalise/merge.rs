//! New prices into the sheets that a book already has.

use std::collections::{BTreeMap, BTreeSet};

use smol_str::SmolStr;

use super::super::{Sheet, is_same_unit};

/// What becomes of a price that the new sheets do not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Absent {
    /// It is kept.
    Kept,
    /// It goes, if the new sheet has the region from the same kind of source: then the meter is gone.
    Gone,
}

/// The sheets of a book with new ones merged in: a meter's new price in a region takes the place of all old ones. What is
/// wrong, in words, where a list that is not new gives a meter in another unit.
pub fn merge(old: Vec<Sheet>, new: Vec<Sheet>, absent: Absent) -> Result<Vec<Sheet>, String> {
    let place = |sheet: &Sheet| (SmolStr::new(sheet.provider()), SmolStr::new(sheet.service()));
    let mut merged: BTreeMap<_, Sheet> = old.into_iter().map(|sheet| (place(&sheet), sheet)).collect();
    for sheet in new {
        match merged.get_mut(&place(&sheet)) {
            Some(old) if old.key_columns() == sheet.key_columns() => merge_sheet(old, &sheet, absent)?,
            _ => _ = merged.insert(place(&sheet), sheet),
        }
    }
    Ok(merged.into_values().collect())
}

fn merge_sheet(old: &mut Sheet, new: &Sheet, absent: Absent) -> Result<(), String> {
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
        if old.unit_of(&key, row.from, row.source).is_some_and(|known| !is_same_unit(known, row.unit)) {
            let (key, file) = (key.join(" / "), new.file_name());
            return Err(format!("{file}: {key} has another unit than in other regions of `{}`", row.source));
        }
        for (region, &price) in row.prices {
            old.set(&key, row.unit, row.from, row.source, region, price);
        }
    }
    Ok(())
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
        let merged = merge(vec![sheet(OLD)], vec![sheet(NEW)], Absent::Gone).expect("one unit");
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
        let merged = merge(vec![sheet(OLD)], vec![sheet(NEW)], Absent::Kept).expect("one unit");
        let text = merged[0].to_csv();
        assert!(text.contains("Box:y,,Hrs,0,list-2026-01-02,3,4"), "{text}");
        // The tiers of one price come from one list.
        assert!(text.contains("Box:x,,Hrs,100,list-2026-01-02,,1"), "{text}");
        let all_anew = merge(vec![sheet(NEW)], vec![sheet(NEW)], Absent::Kept);
        assert_eq!(all_anew, Ok(vec![sheet(NEW)]));
    }

    #[test]
    fn a_list_that_stays_does_not_get_the_unit_of_another() {
        let new = NEW.replace("2026-11-02", "2026-01-02").replace("Hrs", "GB-Mo");
        let wrong = "s.csv: Box:x /  has another unit than in other regions of `list-2026-01-02`";
        assert_eq!(merge(vec![sheet(OLD)], vec![sheet(&new)], Absent::Gone), Err(wrong.into()));
        let spelt = NEW.replace("2026-11-02", "2026-01-02").replace("Hrs", "hours");
        assert!(merge(vec![sheet(OLD)], vec![sheet(&spelt)], Absent::Gone).is_ok());
        // Where all regions come anew, they may.
        let all = new.replace(",a\n", ",a,b\n").replace(",1.5\n", ",1.5,2\n");
        assert!(merge(vec![sheet(OLD)], vec![sheet(&all)], Absent::Gone).is_ok());
    }
}
