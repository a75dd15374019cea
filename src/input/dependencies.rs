//! What a state says of the resources that each of its resources was made after.
//!
//! Such a dependency tells that something refers there, directly or through others; which attribute, a value tells.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use smol_str::SmolStr;

use super::document::{Document, Part};
use super::scan;
use crate::model::{Address, Change, Value};

/// How many resources one was made after are looked at.
const MOST_LOOKED_AT: usize = 256;

/// The shortest text that is taken for a name.
const SHORTEST: usize = 4;

/// The dependencies of a state's resources, read when first asked for.
#[derive(Default)]
pub(super) struct Dependencies {
    document: Option<Document>,
    written: HashMap<Address, Written>,
    positions: OnceLock<HashMap<String, Vec<usize>>>,
}

/// A list of addresses as the state has it.
pub(super) struct Written {
    /// The list.
    pub(super) list: Part,
    /// What stands before each address: older states write them as seen from the module, `module.net.`.
    pub(super) module: SmolStr,
}

/// The resources that one was made after.
pub(super) struct MadeAfter(HashSet<usize>);

impl Dependencies {
    pub(super) fn new(document: &Document, written: Vec<(Address, Written)>) -> Self {
        let document = (!written.is_empty()).then(|| document.clone());
        Self { document, written: written.into_iter().collect(), positions: OnceLock::new() }
    }

    /// The resources that a change was made after; `None` if the state does not tell.
    pub(super) fn of(&self, changes: &[Change], from: usize) -> Option<Box<MadeAfter>> {
        let written = self.written.get(&changes[from].address)?;
        let document = self.document.as_ref()?;
        let positions = self.positions.get_or_init(|| {
            let mut positions: HashMap<String, Vec<usize>> = HashMap::new();
            for (at, change) in changes.iter().enumerate().filter(|(_, change)| change.deposed.is_none()) {
                positions.entry(change.address.without_indexes()).or_default().push(at);
            }
            positions
        });
        let names = scan::elements(document.slice(written.list)).filter_map(scan::string);
        let names = names.map(|name| Address::new(format!("{}{name}", written.module)).without_indexes());
        // Older states have `aws_instance.web.0` and `aws_instance.web.*`.
        let short = |name: &str| {
            let (rest, last) = name.rsplit_once('.')?;
            (last == "*" || last.parse::<u32>().is_ok()).then(|| rest.to_owned())
        };
        let found = names.filter_map(|name| positions.get(&name).or_else(|| positions.get(&short(&name)?)));
        Some(Box::new(MadeAfter(found.flatten().copied().filter(|at| *at != from).collect())))
    }
}

impl MadeAfter {
    pub(super) fn has(&self, at: usize) -> bool {
        self.0.contains(&at)
    }

    /// The one resource among them that an attribute other than an id gives this text as a name, link or address.
    pub(super) fn known_as(&self, changes: &[Change], from: usize, text: &str) -> Option<usize> {
        if text.len() < SHORTEST || self.0.len() > MOST_LOOKED_AT {
            return None;
        }
        let is_known = |at: &usize| {
            let resource = changes[*at].after.as_ref().or(changes[*at].before.as_ref());
            let entries = resource.into_iter().flat_map(|resource| resource.values.entries());
            entries.into_iter().any(|(name, value)| is_handle(&name) && is_text(&value, text))
        };
        let mut found = self.0.iter().copied().filter(|at| *at != from).filter(is_known);
        match (found.next(), found.next()) {
            (Some(only), None) => Some(only),
            _ => None,
        }
    }
}

fn is_text(value: &Value, text: &str) -> bool {
    matches!(value.unmarked(), Value::String(known) if known == text)
}

/// Whether an attribute of this name tells one resource from others of its type. `vpc_id` of a subnet does not: it is
/// where the subnet points to.
fn is_handle(name: &str) -> bool {
    const ENDINGS: [&str; 7] = ["url", "endpoint", "fqdn", "dns_name", "identifier", "execution_arn", "invoke_arn"];
    matches!(name, "id" | "arn" | "name" | "key" | "unique_id" | "email" | "public_ip" | "private_ip" | "ip_address")
        || ENDINGS.iter().any(|ending| name.ends_with(ending))
}
