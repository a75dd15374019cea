//! An address taken apart: the modules with their keys, the resource, its key.

use crate::model::Address;

/// The parts of a resource instance address. Keys are as written between the brackets: `0`, `"a"`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Place<'a> {
    pub(super) modules: Vec<Step<'a>>,
    /// `aws_instance` and `web`.
    pub(super) resource: (&'a str, &'a str),
    pub(super) key: Option<&'a str>,
}

/// One module call, and which instance of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Step<'a> {
    pub(super) name: &'a str,
    pub(super) key: Option<&'a str>,
}

impl<'a> Place<'a> {
    pub(super) fn of(address: &'a Address) -> Self {
        let mut segments = address.segments().peekable();
        let mut modules = Vec::new();
        while segments.next_if_eq(&"module").is_some() {
            let name = segments.next().unwrap_or("");
            modules.push(Step { name, key: segments.next_if(|next| next.starts_with('[')).map(inside) });
        }
        let resource = (segments.next().unwrap_or(""), segments.next().unwrap_or(""));
        Self { modules, resource, key: segments.next().filter(|next| next.starts_with('[')).map(inside) }
    }

    /// `aws_instance.web`, as the configuration names it.
    pub(super) fn resource_name(&self) -> String {
        format!("{}.{}", self.resource.0, self.resource.1)
    }
}

/// What stands between the brackets of an index.
pub(super) fn inside(index: &str) -> &str {
    let inner = index.strip_prefix('[').unwrap_or(index);
    inner.strip_suffix(']').unwrap_or(inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_addresses_apart() {
        let address = Address::new(r#"module.a["x.y"].module.b.aws_instance.web[0]"#);
        let place = Place::of(&address);
        let step = |name, key| Step { name, key };
        assert_eq!(place.modules, [step("a", Some(r#""x.y""#)), step("b", None)]);
        assert_eq!((place.resource_name().as_str(), place.key), ("aws_instance.web", Some("0")));
    }
}
