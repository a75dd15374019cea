//! The values that expressions work on: decimals, null, unknown and sensitive included.

use std::fmt;
use std::sync::Arc;

use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::{List, Object, Type};

/// A value of Terraform's type system, cheap to clone.
///
/// ```
/// use lepton::model::Value;
/// let value = Value::from("m5.large");
/// assert_eq!(value.as_str(), Some("m5.large"));
/// ```
#[derive(Clone, PartialEq)]
pub enum Value {
    /// Absent, or set to null.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// An exact decimal.
    Number(Decimal),
    /// Text.
    String(SmolStr),
    /// A list, tuple or set, in order.
    List(List),
    /// An object or map.
    Object(Object),
    /// Known only after apply.
    Unknown(Arc<Unknown>),
    /// A value that no output may show. It prices like any other.
    Sensitive(Arc<Value>),
}

/// Why a value is not known: the path that decides it, for example `self.size`.
#[derive(Clone, Debug, PartialEq)]
pub struct Unknown {
    /// The attribute path that is known only after apply.
    pub path: SmolStr,
    /// The type that the value will have.
    pub kind: Type,
    /// Whether it is known that the value will not be null.
    pub is_not_null: bool,
    /// What the text is known to start with; empty if nothing is known of it.
    pub prefix: SmolStr,
}

impl Value {
    /// A value known only after apply, with the path that decides it.
    pub fn unknown(path: impl Into<SmolStr>) -> Self {
        Self::unknown_of(path, Type::Dynamic)
    }

    /// A value known only after apply, of a type that is known.
    pub fn unknown_of(path: impl Into<SmolStr>, kind: Type) -> Self {
        let prefix = SmolStr::default();
        Self::Unknown(Arc::new(Unknown { path: path.into(), kind, is_not_null: false, prefix }))
    }

    /// The same unknown value, known not to be null; any other value as it is.
    #[must_use]
    pub fn not_null(self) -> Self {
        match self {
            Self::Unknown(unknown) => {
                Self::Unknown(Arc::new(Unknown { is_not_null: true, ..Arc::unwrap_or_clone(unknown) }))
            }
            Self::Sensitive(inner) => Arc::unwrap_or_clone(inner).not_null().sensitive(),
            other => other,
        }
    }

    /// Marks a value as sensitive; marking twice changes nothing.
    #[must_use]
    pub fn sensitive(self) -> Self {
        match self {
            Self::Sensitive(_) => self,
            other => Self::Sensitive(Arc::new(other)),
        }
    }

    /// The value under a sensitivity mark. Never print what this returns.
    pub fn unmarked(&self) -> &Self {
        match self {
            Self::Sensitive(inner) => inner.unmarked(),
            other => other,
        }
    }

    /// Whether no output may show this value itself.
    pub fn is_sensitive(&self) -> bool {
        matches!(self, Self::Sensitive(_))
    }

    /// Whether this is null (a sensitive null counts).
    pub fn is_null(&self) -> bool {
        matches!(self.unmarked(), Self::Null)
    }

    /// Why the value is not known, if it is not.
    pub fn as_unknown(&self) -> Option<&Unknown> {
        match self.unmarked() {
            Self::Unknown(unknown) => Some(unknown),
            _ => None,
        }
    }

    /// The text of a string, through a sensitivity mark.
    pub fn as_str(&self) -> Option<&str> {
        match self.unmarked() {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// The number, through a sensitivity mark.
    pub fn as_number(&self) -> Option<Decimal> {
        match self.unmarked() {
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// The truth value, through a sensitivity mark.
    pub fn as_bool(&self) -> Option<bool> {
        match self.unmarked() {
            Self::Bool(truth) => Some(*truth),
            _ => None,
        }
    }

    /// The elements of a list, through a sensitivity mark.
    pub fn as_list(&self) -> Option<&[Self]> {
        match self.unmarked() {
            Self::List(items) => Some(items),
            _ => None,
        }
    }

    /// The object, through a sensitivity mark.
    pub fn as_object(&self) -> Option<&Object> {
        match self.unmarked() {
            Self::Object(object) => Some(object),
            _ => None,
        }
    }

    /// The type of the value. A null has none of its own, and what nests too widely is cut off: both are dynamic.
    pub fn value_type(&self) -> Type {
        const MOST: usize = 1 << 20;
        let mut left = MOST;
        self.type_within(&mut left).unwrap_or(Type::Dynamic)
    }

    /// The type of the value; `None` if it is made of more types than there are `left`.
    pub(crate) fn type_within(&self, left: &mut usize) -> Option<Type> {
        *left = left.checked_sub(1)?;
        match self {
            Self::Null => Some(Type::Dynamic),
            Self::Bool(_) => Some(Type::Bool),
            Self::Number(_) => Some(Type::Number),
            Self::String(_) => Some(Type::String),
            Self::Unknown(unknown) => paid(&unknown.kind, left),
            Self::Sensitive(inner) => inner.type_within(left),
            Self::List(items) => match items.declared() {
                Some(kind) => paid(kind, left),
                None => items.iter().map(|item| item.type_within(left)).collect::<Option<_>>().map(Type::Tuple),
            },
            Self::Object(object) => match object.declared() {
                Some(kind) => paid(kind, left),
                None => {
                    let kinds =
                        object.entries().into_iter().map(|(name, value)| Some((name, value.type_within(left)?)));
                    kinds.collect::<Option<Vec<_>>>().map(Type::object)
                }
            },
        }
    }

    /// What the value is, in Terraform's words.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "bool",
            Self::Number(_) => "number",
            Self::String(_) => "string",
            Self::List(_) => "list",
            Self::Object(_) => "object",
            Self::Unknown(_) => "unknown value",
            Self::Sensitive(_) => "sensitive value",
        }
    }
}

/// A type as it stands, which may be large, too.
fn paid(kind: &Type, left: &mut usize) -> Option<Type> {
    *left = left.checked_sub(kind.size(*left + 1))?;
    Some(kind.clone())
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::String(text.into())
    }
}

impl From<bool> for Value {
    fn from(truth: bool) -> Self {
        Self::Bool(truth)
    }
}

impl From<Decimal> for Value {
    fn from(number: Decimal) -> Self {
        Self::Number(number)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Number(number.into())
    }
}

impl From<Vec<Value>> for Value {
    fn from(items: Vec<Value>) -> Self {
        Self::List(items.into())
    }
}

/// For people and traces: a sensitive value shows only that it is one.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Bool(truth) => write!(f, "{truth}"),
            Self::Number(number) => write!(f, "{}", number.normalize()),
            Self::String(text) => write!(f, "{text:?}"),
            Self::List(items) => {
                f.write_str("[")?;
                for (at, item) in items.iter().enumerate() {
                    write!(f, "{}{item}", if at > 0 { ", " } else { "" })?;
                }
                f.write_str("]")
            }
            Self::Object(object) => {
                f.write_str("{")?;
                for (at, (name, value)) in object.entries().iter().enumerate() {
                    write!(f, "{}{name} = {value}", if at > 0 { ", " } else { "" })?;
                }
                f.write_str("}")
            }
            Self::Unknown(_) => f.write_str("(known after apply)"),
            Self::Sensitive(_) => f.write_str("(sensitive value)"),
        }
    }
}

/// The same as `Display`, so that no debug print can leak a sensitive value.
impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Value {
    /// Whether any part of the value is sensitive.
    pub fn has_sensitive_part(&self) -> bool {
        match self {
            Self::Sensitive(_) => true,
            Self::List(items) => items.iter().any(Self::has_sensitive_part),
            Self::Object(object) => object.entries().iter().any(|(_, value)| value.has_sensitive_part()),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_small() {
        assert_eq!(size_of::<Value>(), 24);
    }

    #[test]
    fn values_have_the_type_that_was_declared_or_that_of_their_parts() {
        let shown = |value: Value| value.value_type().to_string();
        assert_eq!(shown(Value::from(vec![Value::Null, Value::from(true).sensitive()])), "tuple([any, bool])");
        assert_eq!(shown(Value::List(List::of(Type::set(Type::String), Vec::new()))), "set(string)");
        let entries = [("a".into(), Value::unknown_of("x", Type::Number))];
        assert_eq!(shown(Value::Object(Object::from_iter(entries.clone()))), "object({ a = number })");
        assert_eq!(shown(Value::Object(Object::of(Type::map(Type::Number), entries))), "map(number)");
    }

    #[test]
    fn a_type_that_unfolds_without_end_is_cut_off() {
        let wide = (0..64).fold(Value::from(1), |value, _| Value::from(vec![value.clone(), value]));
        assert_eq!(wide.value_type(), Type::Dynamic);
    }

    #[test]
    fn sensitive_values_never_print() {
        let value = Value::from(vec![Value::from("hunter2").sensitive()]);
        assert!(!format!("{value} {value:?}").contains("hunter2"));
    }
}
