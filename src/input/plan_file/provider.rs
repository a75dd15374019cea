//! The address of a provider configuration: `module.net.provider["registry.terraform.io/hashicorp/aws"].west`.

use smol_str::SmolStr;

use crate::input::place::inside;
use crate::input::values::short_provider;
use crate::model::Address;

/// A provider configuration, and the module in which it stands.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(in crate::input) struct ProviderPlace {
    /// The names of the calls that lead to its module.
    pub(in crate::input) modules: Vec<SmolStr>,
    /// The provider's short name: `aws`.
    pub(in crate::input) name: SmolStr,
    /// `west` of `aws.west`.
    pub(in crate::input) alias: Option<SmolStr>,
}

impl ProviderPlace {
    /// Takes an address apart, in the form of any version: Terraform 0.12 writes `provider.aws.west`.
    pub(super) fn of(address: &str) -> Option<Self> {
        let address = Address::new(address);
        let mut segments = address.segments().peekable();
        let mut modules = Vec::new();
        while segments.next_if_eq(&"module").is_some() {
            modules.push(segments.next()?.into());
            segments.next_if(|next| next.starts_with('['));
        }
        segments.next_if_eq(&"provider")?;
        let name = short_provider(inside(segments.next()?).trim_matches('"'));
        Some(Self { modules, name, alias: segments.next().map(SmolStr::from) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_every_version_are_taken_apart() {
        let of = |text: &str| {
            let place = ProviderPlace::of(text)?;
            Some((place.modules.join("/"), place.name.to_string(), place.alias.unwrap_or_default().to_string()))
        };
        let place = |modules: &str, alias: &str| Some((modules.to_owned(), "aws".to_owned(), alias.to_owned()));
        assert_eq!(of(r#"provider["registry.terraform.io/hashicorp/aws"]"#), place("", ""));
        assert_eq!(of(r#"module.a.module.b.provider["registry.opentofu.org/hashicorp/aws"].x"#), place("a/b", "x"));
        assert_eq!(of("provider.aws"), place("", ""));
        assert_eq!(of("module.a.provider.aws.x"), place("a", "x"));
        assert_eq!((of(""), of("aws"), of("module.a"), of("module")), (None, None, None, None));
    }
}
