//! Names of regions, out of `regions.csv`.

use std::collections::HashMap;
use std::sync::LazyLock;

static TABLE: LazyLock<Names> = LazyLock::new(Names::read);

struct Names {
    by_location: HashMap<&'static str, &'static str>,
    by_spot: HashMap<&'static str, &'static str>,
}

impl Names {
    fn read() -> Self {
        let mut names = Self { by_location: HashMap::new(), by_spot: HashMap::new() };
        for line in include_str!("regions.csv").lines().filter(|line| !line.starts_with('#')).skip(1) {
            let [region, locations, spot] = line.split(',').collect::<Vec<_>>()[..] else { continue };
            names.by_location.extend(locations.split('|').map(|location| (location, region)));
            if !spot.is_empty() {
                names.by_spot.insert(spot, region);
            }
        }
        names
    }
}

/// Whether a region is in China, which has lists of its own.
pub fn is_in_china(region: &str) -> bool {
    region.starts_with("cn-")
}

/// The region that a place's name means.
pub(super) fn of_location(location: &str) -> Option<&'static str> {
    TABLE.by_location.get(location).copied()
}

/// The region as the feed of spot prices names it: old ones by names of its own, the rest by their codes.
pub(super) fn of_spot(name: &str) -> &str {
    TABLE.by_spot.get(name).copied().unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_has_its_columns() {
        let lines = include_str!("regions.csv").lines().filter(|line| !line.starts_with('#'));
        assert!(lines.map(|line| line.split(',').count()).all(|columns| columns == 3));
        assert_eq!(of_location("Europe (Ireland)"), Some("eu-west-1"));
        assert_eq!((of_spot("us-east"), of_spot("eu-north-1")), ("us-east-1", "eu-north-1"));
    }
}
