//! Which region each provider configuration of a plan stands for, where that is a known value.

use std::sync::Arc;

use serde_json::value::RawValue;
use smol_str::SmolStr;

use crate::model::Address;

use super::configuration::{Configuration, references};
use super::document::{Document, Part};
use super::place::{Place, Step};
use super::plan_file::ProviderPlace;
use super::record::{Entries, Text, record};
use super::scan;
use super::values::short_provider;

/// How many modules a region is passed through before lepton gives up.
const MOST_HOPS: usize = 64;

record! {
    ProviderRecord<'a> {
        "name" => name: Text<'a>,
        "full_name" => full_name: Text<'a>,
        "module_address" => module: Text<'a>,
        "expressions" => expressions: &'a RawValue,
    }
}

/// The regions of a plan's provider configurations.
pub(super) struct Regions {
    configuration: Arc<Configuration>,
    variables: Option<(Document, Part)>,
    known: Vec<Provider>,
}

/// The configurations of one provider.
struct Provider {
    name: SmolStr,
    configurations: Vec<Configured>,
    /// The region of every resource, if they all have the same.
    only: Option<SmolStr>,
}

/// One provider configuration.
struct Configured {
    /// `aws.east`, or `module.x:aws`.
    key: SmolStr,
    region: Setting,
}

/// What a provider configuration says of its region.
#[derive(Clone, PartialEq, Eq)]
enum Setting {
    Known(SmolStr),
    /// An expression that the plan does not give the value of.
    Unresolved,
    /// Nothing: a module's configuration inherits, the root's reads its environment.
    Absent,
}

impl Regions {
    /// Those of a configuration whose provider configurations stand in files.
    pub(super) fn of_files(configuration: &Arc<Configuration>, variables: (Document, Part)) -> Self {
        Self { configuration: configuration.clone(), variables: Some(variables), known: Vec::new() }
    }

    pub(super) fn read(
        configuration: &Arc<Configuration>,
        providers: Option<&str>,
        variables: Option<(Document, Part)>,
    ) -> Self {
        let mut regions = Self { configuration: configuration.clone(), variables, known: Vec::new() };
        let parsed = serde_json::from_str::<Entries<'_, ProviderRecord<'_>>>(providers.unwrap_or("{}"));
        for (key, record) in parsed.unwrap_or_default().0 {
            let name = record.full_name.as_ref().or(record.name.as_ref()).map_or(&*key, |name| name);
            let name = short_provider(name);
            let expression = record.expressions.and_then(|raw| scan::field(raw.get(), "region"));
            let region = expression.map_or(Setting::Absent, |text| {
                let scope = regions.scope(record.module.as_deref());
                let region = scope.and_then(|module| regions.text(module, text, 0));
                region.map_or(Setting::Unresolved, Setting::Known)
            });
            let entry = Configured { key: SmolStr::new(&*key), region };
            match regions.known.iter_mut().find(|provider| provider.name == name) {
                Some(provider) => provider.configurations.push(entry),
                None => regions.known.push(Provider { name, configurations: vec![entry], only: None }),
            }
        }
        for provider in &mut regions.known {
            provider.only = provider.only_region();
        }
        regions
    }

    /// The region of the provider configuration that a resource uses.
    pub(super) fn of(&self, address: &Address, provider: &str) -> Option<SmolStr> {
        let provider = self.known.iter().find(|known| known.name == provider)?;
        if provider.only.is_some() || !provider.configurations.iter().any(Configured::is_known) {
            return provider.only.clone();
        }
        let place = Place::of(address);
        let key = self.configuration.resource(&place).map_or(provider.name.as_str(), |(_, found)| found.provider_key);
        provider.lookup(key, &place.modules)
    }

    /// The region of a provider configuration that stands in files.
    pub(super) fn at(&self, place: &ProviderPlace) -> Option<SmolStr> {
        let (module, expression) = self.configuration.provider_region(place)?;
        self.text(module, &expression, 0)
    }

    /// The module in which a provider configuration stands. Terraform 0.12 leaves out the word `module`.
    fn scope(&self, module: Option<&str>) -> Option<usize> {
        let Some(module) = module.filter(|module| !module.is_empty()) else { return Some(0) };
        self.configuration.module_named(module.split('.').filter(|&name| name != "module"))
    }

    /// The text that an expression of a module comes to, if it is a constant or one variable.
    fn text(&self, module: usize, expression: &str, hops: usize) -> Option<SmolStr> {
        if let Some(constant) = scan::field(expression, "constant_value") {
            return scan::string(constant).filter(|text| !text.is_empty()).map(SmolStr::new);
        }
        let references = references(expression);
        let [reference] = references.as_slice() else { return None };
        let mut steps = reference.strip_prefix("var.")?.split('.');
        let name = steps.next()?;
        if hops >= MOST_HOPS {
            return None;
        }
        let called = if module == 0 {
            let given = self.variables.as_ref().map(|(document, part)| document.slice(*part));
            given.and_then(|given| scan::field(given, name)).and_then(|value| scan::field(value, "value"))
        } else {
            if let Some(input) = self.configuration.input(module, name) {
                return match steps.next() {
                    None => self.text(self.configuration.modules()[module].parent?, input, hops + 1),
                    Some(_) => None,
                };
            }
            None
        };
        let value = match called {
            Some(value) => value,
            None => scan::field(self.configuration.variable(module, name)?, "default")?,
        };
        let value = steps.try_fold(value, scan::field)?;
        scan::string(value).filter(|text| !text.is_empty()).map(SmolStr::new)
    }
}

impl Configured {
    fn is_known(&self) -> bool {
        matches!(self.region, Setting::Known(_))
    }

    fn is_in_module(&self) -> bool {
        self.key.contains(':')
    }
}

impl Provider {
    /// The one region, if no resource can have another.
    fn only_region(&self) -> Option<SmolStr> {
        let first = self.configurations.iter().find(|entry| entry.is_known())?;
        let Setting::Known(region) = &first.region else { return None };
        let inherits = |entry: &Configured| entry.is_in_module() && entry.region == Setting::Absent;
        let is_only = self.configurations.iter().all(|entry| entry.region == first.region || inherits(entry))
            && self.configurations.iter().any(|entry| !entry.is_in_module() && entry.is_known());
        (is_only || self.configurations.len() == 1).then(|| region.clone())
    }

    /// The region under a key, else that of the same configuration in the modules around.
    fn lookup(&self, key: &str, modules: &[Step<'_>]) -> Option<SmolStr> {
        let local = key.rsplit(':').next().unwrap_or(key);
        let around = (1..=modules.len()).rev().flat_map(|depth| {
            let path: Vec<_> = modules[..depth].iter().map(|step| format!("module.{}", step.name)).collect();
            [format!("{}:{local}", path.join(".")), format!("{}:{local}", modules[depth - 1].name)]
        });
        let keys = std::iter::once(key.to_owned()).chain(around).chain([local.to_owned()]);
        let setting =
            |key: String| self.configurations.iter().find(|entry| entry.key == key).map(|entry| &entry.region);
        match keys.filter_map(setting).find(|setting| **setting != Setting::Absent)? {
            Setting::Known(region) => Some(region.clone()),
            Setting::Unresolved | Setting::Absent => None,
        }
    }
}
