//! Version constraints as Terraform writes them: `~> 5.0, != 5.2.1`.

use semver::Version;

/// All of these must hold.
#[derive(Debug)]
pub(super) struct Constraint(Vec<Condition>);

#[derive(Debug)]
struct Condition {
    operator: Operator,
    version: Version,
    /// How many numbers are written.
    written: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operator {
    Equal,
    Unequal,
    Above,
    Least,
    Below,
    Most,
    /// Only the last number that is written may grow.
    Near,
}

/// The longer before what begins them.
const OPERATORS: [(&str, Operator); 7] = [
    ("~>", Operator::Near),
    (">=", Operator::Least),
    ("<=", Operator::Most),
    ("!=", Operator::Unequal),
    (">", Operator::Above),
    ("<", Operator::Below),
    ("=", Operator::Equal),
];

impl Constraint {
    /// Reads a constraint; without one every version fits.
    pub(super) fn read(text: Option<&str>) -> Result<Self, String> {
        let conditions = text.into_iter().flat_map(|text| text.split(','));
        let conditions: Option<Vec<Condition>> = conditions.map(|text| Condition::read(text.trim())).collect();
        conditions.map(Self).ok_or_else(|| "the version is no constraint such as `~> 5.0`".into())
    }

    /// The newest version that fits.
    pub(super) fn newest(&self, versions: impl Iterator<Item = Version>) -> Option<Version> {
        versions.filter(|version| self.holds(version)).max()
    }

    /// A version before its release is taken only if it is named.
    fn holds(&self, version: &Version) -> bool {
        let is_named =
            |condition: &Condition| condition.operator == Operator::Equal && condition.version.pre == version.pre;
        let is_released = version.pre.is_empty() || self.0.iter().any(is_named);
        is_released && self.0.iter().all(|condition| condition.holds(version))
    }
}

impl Condition {
    fn read(text: &str) -> Option<Self> {
        let found = OPERATORS.iter().find_map(|(sign, operator)| Some((text.strip_prefix(sign)?, *operator)));
        let (rest, operator) = found.unwrap_or((text, Operator::Equal));
        let rest = rest.trim();
        let rest = rest.strip_prefix('v').unwrap_or(rest);
        let (numbers, more) = rest.split_at(rest.find(['-', '+']).unwrap_or(rest.len()));
        let written = numbers.split('.').count();
        let whole = match written {
            1 => format!("{numbers}.0.0{more}"),
            2 => format!("{numbers}.0{more}"),
            _ => rest.to_owned(),
        };
        Some(Self { operator, version: Version::parse(&whole).ok()?, written })
    }

    fn holds(&self, version: &Version) -> bool {
        let order = version.cmp_precedence(&self.version);
        match self.operator {
            Operator::Equal => order.is_eq(),
            Operator::Unequal => order.is_ne(),
            Operator::Above => order.is_gt(),
            Operator::Least => order.is_ge(),
            Operator::Below => order.is_lt(),
            Operator::Most => order.is_le(),
            Operator::Near => {
                let is_major = self.written < 2 || version.major == self.version.major;
                let is_minor = self.written < 3 || version.minor == self.version.minor;
                order.is_ge() && is_major && is_minor
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn newest(constraint: Option<&str>) -> Option<String> {
        let versions = ["4.9.0", "5.0.0", "5.0.7", "5.1.0", "5.2.1", "6.0.0", "6.1.0-beta1"];
        let versions = versions.iter().map(|version| Version::parse(version).unwrap());
        Constraint::read(constraint).unwrap().newest(versions).map(|version| version.to_string())
    }

    #[test]
    fn the_newest_that_fits_is_taken() {
        let cases = [
            (None, Some("6.0.0")),
            (Some("~> 5.0"), Some("5.2.1")),
            (Some("~> 5.0.1"), Some("5.0.7")),
            (Some("~> 5"), Some("6.0.0")),
            (Some("~> 5.0, != 5.2.1"), Some("5.1.0")),
            (Some(">= 4, < 5.1"), Some("5.0.7")),
            (Some("> 5.2, <= 6"), Some("6.0.0")),
            (Some("= 5.0"), Some("5.0.0")),
            (Some("6.1.0-beta1"), Some("6.1.0-beta1")),
            (Some("> 7"), None),
        ];
        for (constraint, expected) in cases {
            assert_eq!(newest(constraint).as_deref(), expected, "{constraint:?}");
        }
    }

    #[test]
    fn what_is_no_constraint_is_an_error() {
        for text in ["", "latest", "~> 5.0,", ">> 5", "5.0.0.0"] {
            assert!(Constraint::read(Some(text)).is_err(), "{text:?}");
        }
    }
}
