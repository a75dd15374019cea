//! Which meters of a list are kept: those whose family the book knows.
//!
//! Stanzas put names of machine types into keys, so the keys themselves cannot be listed. Their families can: what
//! stands before the colon of a usage type, with the operation. `BoxUsage:` with `RunInstances` takes in every machine
//! that runs Linux, also one of which nobody had heard.

use std::collections::{HashMap, HashSet};

use smol_str::SmolStr;

use super::PROVIDER;
use crate::price::Book;

/// The families of meters that the book has, by service. All of a service that it lacks is wanted.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    services: HashMap<SmolStr, Meters>,
}

#[derive(Clone, Debug, Default)]
struct Meters {
    whole: HashSet<(SmolStr, SmolStr)>,
    families: HashSet<(SmolStr, SmolStr)>,
}

/// What becomes of a meter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fit {
    /// It is kept as it is.
    Kept,
    /// It is kept without its operation, which the book does not tell apart.
    WithoutOperation,
    /// Nobody asks for it.
    Left,
}

impl Wanted {
    /// The families of the meters of a book.
    pub fn of(book: &Book) -> Self {
        let mut wanted = Self::default();
        for service in book.services(PROVIDER) {
            for meter in book.meters(PROVIDER, service) {
                if let [usage_type, operation] = meter.key.as_slice() {
                    wanted.add(service, usage_type, operation);
                }
            }
        }
        wanted
    }

    /// Wants a meter and its like.
    pub fn add(&mut self, service: &str, usage_type: &str, operation: &str) {
        let meters = self.services.entry(service.into()).or_default();
        meters.whole.insert((usage_type.into(), operation.into()));
        meters.families.insert((family(usage_type).into(), operation.into()));
    }

    pub(super) fn fit(&self, service: &str, usage_type: &str, operation: &str) -> Fit {
        let Some(meters) = self.services.get(service) else { return Fit::Kept };
        let has = |set: &HashSet<(SmolStr, SmolStr)>, name: &str, operation: &str| {
            set.contains(&(SmolStr::new(name), SmolStr::new(operation)))
        };
        if has(&meters.whole, usage_type, operation) || has(&meters.families, family(usage_type), operation) {
            return Fit::Kept;
        }
        if has(&meters.whole, usage_type, "") { Fit::WithoutOperation } else { Fit::Left }
    }

    /// Whether a family is one of those of a service.
    pub(super) fn has_family(&self, service: &str, family: &str, operation: &str) -> bool {
        let family = (SmolStr::new(family), SmolStr::new(operation));
        self.services.get(service).is_some_and(|meters| meters.families.contains(&family))
    }
}

/// A usage type to its first colon, or all of it.
fn family(usage_type: &str) -> &str {
    usage_type.find(':').map_or(usage_type, |colon| &usage_type[..=colon])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_family_takes_in_what_is_new_and_nothing_else() {
        let mut wanted = Wanted::default();
        wanted.add("AmazonEC2", "BoxUsage:m5.large", "RunInstances");
        wanted.add("AmazonEC2", "NatGateway-Hours", "");
        for (usage_type, operation, fit) in [
            ("BoxUsage:m99.large", "RunInstances", Fit::Kept),
            ("BoxUsage:m99.large", "RunInstances:0002", Fit::Left),
            ("UnusedBox:m5.large", "RunInstances", Fit::Left),
            ("NatGateway-Hours", "", Fit::Kept),
            ("NatGateway-Hours", "NatGateway", Fit::WithoutOperation),
            ("NatGateway-Bytes", "", Fit::Left),
        ] {
            assert_eq!(wanted.fit("AmazonEC2", usage_type, operation), fit, "{usage_type} {operation}");
        }
        assert_eq!(wanted.fit("AmazonOther", "Anything", "At:all"), Fit::Kept);
    }
}
