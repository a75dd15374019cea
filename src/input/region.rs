//! Which provider configuration each resource of a plan uses, and what it says of region and account.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use indexmap::IndexMap;

use serde_json::value::RawValue;
use smol_str::{SmolStr, format_smolstr};

use crate::model::{Address, Object, ProviderConfiguration, Value};

use super::configuration::{Configuration, references};
use super::decode::{Path, Reader};
use super::document::{Document, Part};
use super::place::{Place, Step};
use super::plan_file::ProviderPlace;
use super::record::{Entries, Text, record};
use super::scan::{self, Scan};
use super::values::short_provider;

/// How many modules a region is passed through before lepton gives up.
const MOST_HOPS: usize = 64;

/// How deeply blocks of a provider configuration are looked into.
const DEEPEST: usize = 4;

/// The settings of a provider that may tell an account or a place beside `region`. No others are kept: many are secrets.
pub(super) const SETTINGS: [&str; 7] = [
    "zone",
    "project",
    "subscription_id",
    "account_id",
    "allowed_account_ids",
    "assume_role",
    "assume_role_with_web_identity",
];

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
    /// Configurations of which nothing is known but their names, by provider and name.
    named: RefCell<HashMap<(SmolStr, SmolStr), Arc<ProviderConfiguration>>>,
}

/// What a resource has of its provider configuration.
#[derive(Clone, Default)]
pub(super) struct Configured {
    pub(super) region: Option<SmolStr>,
    pub(super) configuration: Option<Arc<ProviderConfiguration>>,
}

/// The configurations of one provider.
struct Provider {
    name: SmolStr,
    configurations: Vec<Entry>,
    /// The region of every resource, if they all have the same.
    only: Option<SmolStr>,
    /// Whether all resources use the first configuration.
    is_single: bool,
}

/// One provider configuration.
struct Entry {
    /// `aws.east`, or `module.x:aws`.
    key: SmolStr,
    region: Setting,
    configuration: Arc<ProviderConfiguration>,
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
        let (configuration, variables) = (configuration.clone(), Some(variables));
        Self { configuration, variables, known: Vec::new(), named: RefCell::default() }
    }

    pub(super) fn read(
        configuration: &Arc<Configuration>,
        providers: Option<&str>,
        variables: Option<(Document, Part)>,
    ) -> Self {
        let named = RefCell::default();
        let mut regions = Self { configuration: configuration.clone(), variables, known: Vec::new(), named };
        let parsed = serde_json::from_str::<Entries<'_, ProviderRecord<'_>>>(providers.unwrap_or("{}"));
        for (key, record) in parsed.unwrap_or_default().0 {
            let name = record.full_name.as_ref().or(record.name.as_ref()).map_or(&*key, |name| name);
            let name = short_provider(name);
            let expression = record.expressions.and_then(|raw| scan::field(raw.get(), "region"));
            let scope = regions.scope(record.module.as_deref());
            let region = expression.map_or(Setting::Absent, |text| {
                let region = scope.and_then(|module| regions.text(module, text));
                region.map_or(Setting::Unresolved, Setting::Known)
            });
            let key = SmolStr::new(&*key);
            let settings = scope.zip(record.expressions).map(|(module, raw)| regions.settings(module, raw.get(), 0));
            let configuration = ProviderConfiguration { key: key.clone(), settings: settings.unwrap_or_default() };
            let entry = Entry { key, region, configuration: Arc::new(configuration) };
            match regions.known.iter_mut().find(|provider| provider.name == name) {
                Some(provider) => provider.configurations.push(entry),
                None => {
                    regions.known.push(Provider { name, configurations: vec![entry], only: None, is_single: false })
                }
            }
        }
        for provider in &mut regions.known {
            provider.only = provider.only_region();
            provider.is_single = provider.configurations.len() == 1 && !provider.configurations[0].is_in_module();
        }
        regions
    }

    /// What the provider configuration that a resource uses says.
    pub(super) fn of(&self, address: &Address, provider: &str) -> Configured {
        let Some(known) = self.known.iter().find(|known| known.name == provider) else {
            return Configured { region: None, configuration: self.named(address, provider) };
        };
        if known.is_single {
            let configuration = Some(known.configurations[0].configuration.clone());
            return Configured { region: known.only.clone(), configuration };
        }
        let place = Place::of(address);
        let key = self.configuration.resource(&place).map_or(known.name.as_str(), |(_, found)| found.provider_key);
        let is_any_known = known.configurations.iter().any(Entry::is_known);
        let region = match &known.only {
            Some(only) => Some(only.clone()),
            None if is_any_known => known.lookup(key, &place.modules),
            None => None,
        };
        let entry = known.configurations.iter().find(|entry| entry.key == key);
        let configuration = entry.map(|entry| entry.configuration.clone());
        Configured { region, configuration: configuration.or_else(|| self.named(address, provider)) }
    }

    /// The configuration that a resource names, though nothing else is said of it.
    fn named(&self, address: &Address, provider: &str) -> Option<Arc<ProviderConfiguration>> {
        let (_, found) = self.configuration.resource(&Place::of(address))?;
        let key = SmolStr::new(found.provider_key);
        if key.is_empty() {
            return None;
        }
        let mut named = self.named.borrow_mut();
        let entry = named.entry((SmolStr::new(provider), key.clone()));
        let made = || Arc::new(ProviderConfiguration { key, settings: Object::default() });
        Some(entry.or_insert_with(made).clone())
    }

    /// What a provider configuration that stands in files says.
    pub(super) fn at(&self, place: &ProviderPlace) -> Configured {
        let modules: Vec<String> = place.modules.iter().map(|name| format!("module.{name}")).collect();
        let scope = if modules.is_empty() { String::new() } else { format!("{}:", modules.join(".")) };
        let alias = place.alias.as_ref().map(|alias| format!(".{alias}")).unwrap_or_default();
        let key = format_smolstr!("{scope}{}{alias}", place.name);
        let written = self.configuration.provider(place);
        let written = written.as_ref().map(|(module, expressions)| (*module, expressions.as_str()));
        let region = written
            .and_then(|(module, text)| Some((module, scan::field(text, "region")?)))
            .and_then(|(module, expression)| self.text(module, expression));
        let settings = written.map(|(module, expressions)| self.settings(module, expressions, 0)).unwrap_or_default();
        Configured { region, configuration: Some(Arc::new(ProviderConfiguration { key, settings })) }
    }

    /// The module in which a provider configuration stands. Terraform 0.12 leaves out the word `module`.
    fn scope(&self, module: Option<&str>) -> Option<usize> {
        let Some(module) = module.filter(|module| !module.is_empty()) else { return Some(0) };
        self.configuration.module_named(module.split('.').filter(|&name| name != "module"))
    }

    /// The text that an expression of a module comes to, if it is a constant or one variable that is no secret.
    fn text(&self, module: usize, expression: &str) -> Option<SmolStr> {
        let literal = self.literal(module, expression, 0)?;
        scan::string(literal).filter(|text| !text.is_empty()).map(SmolStr::new)
    }

    /// The settings that may tell an account or a place, as far as they are constants or variables that are no secrets.
    fn settings(&self, module: usize, expressions: &str, depth: usize) -> Object {
        let mut settings = IndexMap::new();
        for (key, expression) in scan::entries(expressions) {
            let Some(name) = scan::string(key).map(SmolStr::new) else { continue };
            if depth == 0 && !SETTINGS.contains(&name.as_str()) {
                continue;
            }
            if let Some(value) = self.setting(module, expression, depth) {
                settings.insert(name, value);
            }
        }
        settings.into_iter().collect()
    }

    fn setting(&self, module: usize, expression: &str, depth: usize) -> Option<Value> {
        if depth >= DEEPEST {
            return None;
        }
        if expression.starts_with('[') {
            let blocks = scan::elements(expression).map(|block| Value::Object(self.settings(module, block, depth + 1)));
            return Some(Value::from(blocks.collect::<Vec<_>>()));
        }
        let literal = self.literal(module, expression, 0)?;
        let document = Document::new(literal.to_owned());
        Some(Reader { document: &document }.decode(&mut Scan::new(document.text()), None, None, &Path::Root, 0))
    }

    /// The JSON of what an expression of a module comes to, if it is a constant or one variable that is no secret.
    fn literal<'a>(&'a self, module: usize, expression: &'a str, hops: usize) -> Option<&'a str> {
        if let Some(constant) = scan::field(expression, "constant_value") {
            return Some(constant);
        }
        let references = references(expression);
        let [reference] = references.as_slice() else { return None };
        let mut steps = reference.strip_prefix("var.")?.split('.');
        let name = steps.next()?;
        if hops >= MOST_HOPS {
            return None;
        }
        let scope = &self.configuration.modules()[module];
        let declared = self.configuration.variable(module, name);
        let is_secret = declared.is_some_and(|declared| scan::field(declared, "sensitive") == Some("true"));
        if is_secret {
            return None;
        }
        let called = if module == 0 {
            let given = self.variables.as_ref().map(|(document, part)| document.slice(*part));
            given.and_then(|given| scan::field(given, name)).and_then(|value| scan::field(value, "value"))
        } else {
            if let Some(input) = self.configuration.input(module, name) {
                return match steps.next() {
                    None => self.literal(scope.parent?, input, hops + 1),
                    Some(_) => None,
                };
            }
            None
        };
        let value = match called {
            Some(value) => value,
            None => scan::field(declared?, "default")?,
        };
        steps.try_fold(value, scan::field)
    }
}

impl Entry {
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
        let inherits = |entry: &Entry| entry.is_in_module() && entry.region == Setting::Absent;
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
