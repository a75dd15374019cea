//! The types of values, as Terraform has them.

use std::fmt;
use std::sync::Arc;

use indexmap::IndexMap;
use smol_str::SmolStr;

use super::Value;

/// The type of a value, or what a value is asked to be; cheap to clone.
///
/// ```
/// use lepton::model::{Type, Value};
/// let kind = Value::from(vec![Value::from("a"), Value::from(1)]).value_type();
/// assert_eq!(kind.to_string(), "tuple([string, number])");
/// assert_eq!(kind.to_json().to_string(), r#"["tuple",["string","number"]]"#);
/// ```
#[derive(Clone, Debug)]
pub enum Type {
    /// Any type; of a value: not known, as of a bare null.
    Dynamic,
    /// `bool`.
    Bool,
    /// `number`.
    Number,
    /// `string`.
    String,
    /// `list(T)`.
    List(Arc<Type>),
    /// `set(T)`.
    Set(Arc<Type>),
    /// `map(T)`.
    Map(Arc<Type>),
    /// `tuple([T, …])`.
    Tuple(Arc<[Type]>),
    /// `object({ name = T, … })`, in the order written.
    Object(Arc<IndexMap<SmolStr, Attribute>>),
}

/// An attribute of an object type.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribute {
    /// The type of its values.
    pub kind: Type,
    /// Whether it may be left out. Only constraints have such attributes, values do not.
    pub is_optional: bool,
    /// What it is where it is left out or null.
    pub default: Option<Value>,
}

impl From<Type> for Attribute {
    /// An attribute that must be there.
    fn from(kind: Type) -> Self {
        Self { kind, is_optional: false, default: None }
    }
}

impl Type {
    /// `list(element)`.
    pub fn list(element: Self) -> Self {
        Self::List(Arc::new(element))
    }

    /// `set(element)`.
    pub fn set(element: Self) -> Self {
        Self::Set(Arc::new(element))
    }

    /// `map(element)`.
    pub fn map(element: Self) -> Self {
        Self::Map(Arc::new(element))
    }

    /// `tuple([…])`.
    pub fn tuple(elements: impl IntoIterator<Item = Self>) -> Self {
        Self::Tuple(elements.into_iter().collect())
    }

    /// `object({…})` whose attributes must all be there.
    pub fn object(attributes: impl IntoIterator<Item = (SmolStr, Self)>) -> Self {
        Self::Object(Arc::new(attributes.into_iter().map(|(name, kind)| (name, kind.into())).collect()))
    }

    /// The type of the elements of a list, set or map.
    pub fn element(&self) -> Option<&Self> {
        match self {
            Self::List(element) | Self::Set(element) | Self::Map(element) => Some(element),
            _ => None,
        }
    }

    /// Whether this is a `bool`, `number` or `string`.
    pub fn is_primitive(&self) -> bool {
        matches!(self, Self::Bool | Self::Number | Self::String)
    }

    /// Whether any part of it is not known.
    pub fn has_dynamic(&self) -> bool {
        match self {
            Self::Dynamic => true,
            Self::Bool | Self::Number | Self::String => false,
            Self::List(element) | Self::Set(element) | Self::Map(element) => element.has_dynamic(),
            Self::Tuple(elements) => elements.iter().any(Self::has_dynamic),
            Self::Object(attributes) => attributes.values().any(|attribute| attribute.kind.has_dynamic()),
        }
    }

    /// The type of the values that fit: the same, but no attribute is optional.
    #[must_use]
    pub fn without_optional(&self) -> Self {
        match self {
            Self::Dynamic | Self::Bool | Self::Number | Self::String => self.clone(),
            Self::List(element) => Self::list(element.without_optional()),
            Self::Set(element) => Self::set(element.without_optional()),
            Self::Map(element) => Self::map(element.without_optional()),
            Self::Tuple(elements) => Self::tuple(elements.iter().map(Self::without_optional)),
            Self::Object(attributes) => Self::object(
                attributes.iter().map(|(name, attribute)| (name.clone(), attribute.kind.without_optional())),
            ),
        }
    }

    /// Whether values of both types can be equal: both are the same as far as they are known.
    pub(crate) fn may_equal(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Dynamic, _) | (_, Self::Dynamic) => true,
            (Self::List(a), Self::List(b)) | (Self::Set(a), Self::Set(b)) | (Self::Map(a), Self::Map(b)) => {
                a.may_equal(b)
            }
            (Self::Tuple(a), Self::Tuple(b)) => {
                a.len() == b.len() && a.iter().zip(b.iter()).all(|(a, b)| a.may_equal(b))
            }
            (Self::Object(a), Self::Object(b)) => {
                let is_like =
                    |(name, a): (&SmolStr, &Attribute)| b.get(name).is_some_and(|b| a.kind.may_equal(&b.kind));
                a.len() == b.len() && a.iter().all(is_like)
            }
            (a, b) => a == b,
        }
    }

    /// How many types it is made of, itself included; `most` if there are more.
    pub fn size(&self, most: usize) -> usize {
        let sum = |inner: &mut dyn Iterator<Item = &Self>| {
            let mut size = 1_usize;
            for kind in inner {
                if size >= most {
                    break;
                }
                size += kind.size(most - size);
            }
            size
        };
        match self {
            Self::Dynamic | Self::Bool | Self::Number | Self::String => 1,
            Self::List(element) | Self::Set(element) | Self::Map(element) => sum(&mut std::iter::once(&**element)),
            Self::Tuple(elements) => sum(&mut elements.iter()),
            Self::Object(attributes) => sum(&mut attributes.values().map(|attribute| &attribute.kind)),
        }
    }

    /// A type in the encoding of plans and states; `None` if it is none.
    ///
    /// The parser of JSON bounds how deep it nests.
    pub fn from_json(json: &serde_json::Value) -> Option<Self> {
        if let Some(name) = json.as_str() {
            return match name {
                "dynamic" => Some(Self::Dynamic),
                "bool" => Some(Self::Bool),
                "number" => Some(Self::Number),
                "string" => Some(Self::String),
                _ => None,
            };
        }
        let [name, inner, ..] = json.as_array()?.as_slice() else { return None };
        match name.as_str()? {
            "list" => Self::from_json(inner).map(Self::list),
            "set" => Self::from_json(inner).map(Self::set),
            "map" => Self::from_json(inner).map(Self::map),
            "tuple" => {
                let elements: Option<Vec<Self>> = inner.as_array()?.iter().map(Self::from_json).collect();
                Some(Self::tuple(elements?))
            }
            "object" => {
                let kinds = inner.as_object()?.iter();
                let kinds: Option<Vec<_>> =
                    kinds.map(|(name, kind)| Some((SmolStr::from(name), Self::from_json(kind)?))).collect();
                Some(Self::object(kinds?))
            }
            _ => None,
        }
    }

    /// In the encoding of plans and states: `["list","string"]`.
    pub fn to_json(&self) -> serde_json::Value {
        let nested = |name: &str, inner: serde_json::Value| serde_json::json!([name, inner]);
        match self {
            Self::Dynamic => "dynamic".into(),
            Self::Bool => "bool".into(),
            Self::Number => "number".into(),
            Self::String => "string".into(),
            Self::List(element) => nested("list", element.to_json()),
            Self::Set(element) => nested("set", element.to_json()),
            Self::Map(element) => nested("map", element.to_json()),
            Self::Tuple(elements) => nested("tuple", elements.iter().map(Self::to_json).collect()),
            Self::Object(attributes) => {
                let mut sorted: Vec<_> = attributes.iter().collect();
                sorted.sort_by_key(|(name, _)| *name);
                let kinds: serde_json::Map<_, _> =
                    sorted.iter().map(|(name, one)| (name.to_string(), one.kind.to_json())).collect();
                let optional: Vec<&str> =
                    sorted.iter().filter(|(_, one)| one.is_optional).map(|(name, _)| name.as_str()).collect();
                match optional.is_empty() {
                    true => serde_json::json!(["object", kinds]),
                    false => serde_json::json!(["object", kinds, optional]),
                }
            }
        }
    }

    /// For messages, in Terraform's words: `list of string`.
    pub fn words(&self) -> String {
        match self {
            Self::Dynamic => "any type".into(),
            Self::List(element) => format!("list of {}", element.words()),
            Self::Set(element) => format!("set of {}", element.words()),
            Self::Map(element) => format!("map of {}", element.words()),
            Self::Tuple(_) => "tuple".into(),
            Self::Object(_) => "object".into(),
            primitive => primitive.to_string(),
        }
    }
}

/// Two types are equal when they are spelled alike; the order of attributes does not matter.
impl PartialEq for Type {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Dynamic, Self::Dynamic)
            | (Self::Bool, Self::Bool)
            | (Self::Number, Self::Number)
            | (Self::String, Self::String) => true,
            (Self::List(a), Self::List(b)) | (Self::Set(a), Self::Set(b)) | (Self::Map(a), Self::Map(b)) => {
                Arc::ptr_eq(a, b) || a == b
            }
            (Self::Tuple(a), Self::Tuple(b)) => Arc::ptr_eq(a, b) || a == b,
            (Self::Object(a), Self::Object(b)) => Arc::ptr_eq(a, b) || a == b,
            _ => false,
        }
    }
}

/// As a constraint is written: `list(string)`, `object({ a = number, b = optional(string, "x") })`.
impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Dynamic => f.write_str("any"),
            Self::Bool => f.write_str("bool"),
            Self::Number => f.write_str("number"),
            Self::String => f.write_str("string"),
            Self::List(element) => write!(f, "list({element})"),
            Self::Set(element) => write!(f, "set({element})"),
            Self::Map(element) => write!(f, "map({element})"),
            Self::Tuple(elements) => {
                f.write_str("tuple([")?;
                for (at, element) in elements.iter().enumerate() {
                    write!(f, "{}{element}", if at > 0 { ", " } else { "" })?;
                }
                f.write_str("])")
            }
            Self::Object(attributes) if attributes.is_empty() => f.write_str("object({})"),
            Self::Object(attributes) => {
                f.write_str("object({ ")?;
                for (at, (name, attribute)) in attributes.iter().enumerate() {
                    write!(f, "{}{name} = {attribute}", if at > 0 { ", " } else { "" })?;
                }
                f.write_str(" })")
            }
        }
    }
}

impl fmt::Display for Attribute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.default, self.is_optional) {
            (Some(default), _) => write!(f, "optional({}, {default})", self.kind),
            (None, true) => write!(f, "optional({})", self.kind),
            (None, false) => write!(f, "{}", self.kind),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_spelled_as_constraints_and_as_json() {
        let optional = Attribute { kind: Type::Number, is_optional: true, default: Some(Value::from(8)) };
        let attributes = IndexMap::from([("b".into(), Type::set(Type::Dynamic).into()), ("a".into(), optional)]);
        let kind = Type::map(Type::Object(Arc::new(attributes)));
        assert_eq!(kind.to_string(), "map(object({ b = set(any), a = optional(number, 8) }))");
        assert_eq!(kind.to_json().to_string(), r#"["map",["object",{"a":"number","b":["set","dynamic"]},["a"]]]"#);
        assert_eq!(
            kind.without_optional().to_json().to_string(),
            r#"["map",["object",{"a":"number","b":["set","dynamic"]}]]"#
        );
        assert_eq!(kind.words(), "map of object");
        assert_eq!((kind.size(100), kind.size(3)), (5, 3));
    }

    #[test]
    fn the_order_of_attributes_does_not_matter() {
        let object = |names: [&str; 2]| Type::object(names.map(|name| (name.into(), Type::Bool)));
        assert_eq!(object(["a", "b"]), object(["b", "a"]));
        assert_ne!(object(["a", "b"]), object(["a", "c"]));
    }
}
