//! Values in the type that a constraint asks for, as Terraform converts them.

use std::fmt;
use std::sync::Arc;

use indexmap::IndexMap;
use smol_str::SmolStr;

use super::fuel::{Fuel, Spent};
use super::{convert, marks, sets, unify};
use crate::model::{Attribute, List, Object, Type, Unknown, Value};

/// Why a value does not fit a type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mismatch {
    /// Where within the value, as it is written behind its name: `.disks[0].size`; empty for the whole.
    pub path: String,
    /// What is wrong there, without the value itself.
    pub message: String,
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.path.as_str() {
            "" => f.write_str(&self.message),
            path => write!(f, "`{path}`: {}", self.message),
        }
    }
}

impl std::error::Error for Mismatch {}

impl Type {
    /// The value in this type: primitives are converted, elements made alike, attributes that are not
    /// asked for dropped, and defaults put where an attribute is missing or null.
    ///
    /// ```
    /// use lepton::model::{Type, Value};
    /// let sizes = Type::list(Type::Number).conform(&Value::from(vec![Value::from("8")])).expect("a number");
    /// assert_eq!(sizes, Value::from(vec![Value::from(8)]));
    /// assert_eq!(sizes.value_type(), Type::list(Type::Number));
    /// ```
    pub fn conform(&self, value: &Value) -> Result<Value, Mismatch> {
        converted(value, self, &Fuel::full()).map_err(|stopped| match stopped {
            Stopped::Mismatch(mismatch) => mismatch,
            Stopped::Spent => Mismatch { path: String::new(), message: "the value is too large".into() },
        })
    }
}

/// Why a conversion stopped.
pub(super) enum Stopped {
    Mismatch(Mismatch),
    Spent,
}

impl From<Spent> for Stopped {
    fn from(_: Spent) -> Self {
        Self::Spent
    }
}

impl Stopped {
    fn new(message: impl Into<String>) -> Self {
        Self::Mismatch(Mismatch { path: String::new(), message: message.into() })
    }

    /// The same, one step further out.
    fn within(self, step: impl FnOnce() -> String) -> Self {
        match self {
            Self::Mismatch(mismatch) => {
                Self::Mismatch(Mismatch { path: format!("{}{}", step(), mismatch.path), ..mismatch })
            }
            Self::Spent => Self::Spent,
        }
    }
}

/// The value in a type.
pub(super) fn converted(value: &Value, to: &Type, fuel: &Fuel) -> Result<Value, Stopped> {
    fuel.spend(1)?;
    match (value, to) {
        (Value::Sensitive(inner), _) => match converted(inner, to, fuel) {
            Ok(value) => Ok(value.sensitive()),
            Err(Stopped::Spent) => Err(Stopped::Spent),
            // Where it does not fit may tell something of it.
            Err(Stopped::Mismatch(_)) => Err(Stopped::new(format!("the sensitive value is not {}", to.words()))),
        },
        (_, Type::Dynamic) | (Value::Null, _) => Ok(value.clone()),
        (Value::Unknown(unknown), _) => unknown_in(unknown, to),
        (_, Type::Bool) => convert::to_bool(value).map_err(|_| needed(to, value)),
        (_, Type::Number) => convert::to_number(value).map_err(|_| needed(to, value)),
        (_, Type::String) => convert::to_text(value).map_err(|_| needed(to, value)),
        (Value::List(items), Type::List(element)) => list(items, element, fuel),
        (Value::List(items), Type::Set(element)) => set(items, element, fuel),
        (Value::List(items), Type::Tuple(elements)) if items.is_tuple() => tuple(items, elements, fuel),
        (Value::Object(object), Type::Map(element)) => map(object, element, fuel),
        (Value::Object(entries), Type::Object(attributes)) => object(entries, attributes, fuel),
        _ => Err(needed(to, value)),
    }
}

fn needed(to: &Type, value: &Value) -> Stopped {
    Stopped::new(format!("{} is needed, not {}", to.words(), value.value_type().words()))
}

/// What will be known, in a type: it must be possible.
fn unknown_in(unknown: &Arc<Unknown>, to: &Type) -> Result<Value, Stopped> {
    if unknown.kind == *to {
        return Ok(Value::Unknown(Arc::clone(unknown)));
    }
    if !can_be(&unknown.kind, to) {
        return Err(Stopped::new(format!("{} is needed, not {}", to.words(), unknown.kind.words())));
    }
    let value = Value::unknown_of(unknown.path.clone(), result_of(&unknown.kind, to));
    Ok(if unknown.is_not_null { value.not_null() } else { value })
}

/// The type of what a conversion gives, as far as it can be told from the type before it.
fn result_of(from: &Type, to: &Type) -> Type {
    if !to.has_dynamic() {
        return to.without_optional();
    }
    match (from, to) {
        (from, Type::Dynamic) => from.clone(),
        (Type::List(a) | Type::Set(a), Type::List(b)) => Type::list(result_of(a, b)),
        (Type::List(a) | Type::Set(a), Type::Set(b)) => Type::set(result_of(a, b)),
        (Type::Map(a), Type::Map(b)) => Type::map(result_of(a, b)),
        // How the types of several parts go together, their values tell.
        _ => Type::Dynamic,
    }
}

/// The value without any type, as stanzas have it.
pub(super) fn untyped(value: &Value) -> Value {
    match value {
        Value::List(items) => Value::from(items.iter().map(untyped).collect::<Vec<_>>()),
        Value::Object(object) => {
            Value::Object(object.entries().into_iter().map(|(name, value)| (name, untyped(&value))).collect())
        }
        Value::Unknown(unknown) => Value::unknown(unknown.path.clone()),
        Value::Sensitive(inner) => untyped(inner).sensitive(),
        other => other.clone(),
    }
}

/// Whether an unknown value may turn out to fit; any other value does.
pub(super) fn may_be(value: &Value, to: &Type) -> bool {
    value.as_unknown().is_none_or(|unknown| can_be(&unknown.kind, to))
}

/// An unknown value as something of another type is unknown: decided by the same path, and not null unless
/// nothing is known of it.
pub(super) fn retyped(value: Value, kind: &Type) -> Value {
    match value {
        Value::Unknown(unknown) if *kind == Type::Dynamic => Value::unknown(unknown.path.clone()),
        Value::Unknown(unknown) => Value::unknown_of(unknown.path.clone(), kind.clone()).not_null(),
        Value::Sensitive(inner) => retyped(Arc::unwrap_or_clone(inner), kind).sensitive(),
        other => other,
    }
}

/// An unknown value as a text of which only the start is known.
pub(super) fn unknown_text(value: Value, start: &str) -> Value {
    match retyped(value, &Type::String) {
        Value::Unknown(unknown) => {
            let prefix = SmolStr::from(convert::lasting(&convert::composed(start)));
            Value::Unknown(Arc::new(Unknown { prefix, ..Arc::unwrap_or_clone(unknown) }))
        }
        other => other,
    }
}

/// Whether some value of one type can be converted to the other.
fn can_be(from: &Type, to: &Type) -> bool {
    match (from, to) {
        (Type::Dynamic, _) | (_, Type::Dynamic) => true,
        (Type::String, Type::Bool | Type::Number) => true,
        (Type::Bool | Type::Number, Type::String) => true,
        (Type::List(a) | Type::Set(a), Type::List(b) | Type::Set(b)) => can_be(a, b),
        (Type::Tuple(all), Type::List(b) | Type::Set(b)) => all.iter().all(|a| can_be(a, b)),
        (Type::Tuple(a), Type::Tuple(b)) => a.len() == b.len() && a.iter().zip(b.iter()).all(|(a, b)| can_be(a, b)),
        (Type::Map(a), Type::Map(b)) => can_be(a, b),
        (Type::Object(all), Type::Map(b)) => all.values().all(|a| can_be(&a.kind, b)),
        (Type::Map(a), Type::Object(all)) => all.values().all(|b| can_be(a, &b.kind)),
        (Type::Object(a), Type::Object(all)) => all.iter().all(|(name, b)| match a.get(name) {
            Some(a) => can_be(&a.kind, &b.kind),
            None => b.is_optional,
        }),
        (from, to) => from == to,
    }
}

fn list(items: &List, element: &Type, fuel: &Fuel) -> Result<Value, Stopped> {
    let (items, element) = elements(items, element, fuel)?;
    Ok(Value::List(List::of(Type::list(element), items)))
}

/// A set holds no marks: it is sensitive as a whole if an element is.
fn set(items: &List, element: &Type, fuel: &Fuel) -> Result<Value, Stopped> {
    let (items, element) = elements(items, element, fuel)?;
    let mut whole = [Value::from(items)];
    let is_sensitive = marks::take_all(&mut whole, fuel)?;
    let items = sets::set(whole[0].as_list().unwrap_or_default().to_vec(), fuel)?;
    let value = Value::List(List::of(Type::set(element), items));
    Ok(if is_sensitive { value.sensitive() } else { value })
}

/// The elements in a type, and the type that they have then.
fn elements(items: &[Value], element: &Type, fuel: &Fuel) -> Result<(Vec<Value>, Type), Stopped> {
    let each = |(at, item): (usize, &Value)| {
        converted(item, element, fuel).map_err(|stopped| stopped.within(|| format!("[{at}]")))
    };
    let items: Vec<Value> = items.iter().enumerate().map(each).collect::<Result<_, Stopped>>()?;
    if !element.has_dynamic() {
        return Ok((items, element.without_optional()));
    }
    if items.is_empty() {
        return Ok((items, element.without_optional()));
    }
    unify::alike(&items, fuel)?.ok_or_else(|| Stopped::new("the elements have no common type"))
}

fn tuple(items: &List, elements: &[Type], fuel: &Fuel) -> Result<Value, Stopped> {
    if items.len() != elements.len() {
        let message = format!("a tuple of {} elements is needed, not of {}", elements.len(), items.len());
        return Err(Stopped::new(message));
    }
    let each = |(at, (item, element)): (usize, (&Value, &Type))| {
        converted(item, element, fuel).map_err(|stopped| stopped.within(|| format!("[{at}]")))
    };
    let items: Vec<Value> = items.iter().zip(elements).enumerate().map(each).collect::<Result<_, Stopped>>()?;
    if !items.iter().any(Value::is_null) {
        return Ok(Value::from(items));
    }
    let kinds = items.iter().zip(elements).map(|(item, element)| kind_of(item, element, fuel));
    let kind = Type::Tuple(kinds.collect::<Result<_, Spent>>()?);
    Ok(Value::List(List::of(kind, items)))
}

fn map(entries: &Object, element: &Type, fuel: &Fuel) -> Result<Value, Stopped> {
    let (names, values): (Vec<SmolStr>, Vec<Value>) = entries.entries().into_iter().unzip();
    let each = |(name, value): (&SmolStr, &Value)| {
        converted(value, element, fuel).map_err(|stopped| stopped.within(|| format!("[{name:?}]")))
    };
    let values: Vec<Value> = names.iter().zip(&values).map(each).collect::<Result<_, Stopped>>()?;
    let (values, element) = elements(&values, element, fuel)?;
    Ok(Value::Object(Object::of(Type::map(element), names.into_iter().zip(values))))
}

fn object(entries: &Object, attributes: &IndexMap<SmolStr, Attribute>, fuel: &Fuel) -> Result<Value, Stopped> {
    let mut result: IndexMap<SmolStr, Value> = IndexMap::with_capacity(attributes.len());
    for (name, attribute) in attributes {
        let value = match (entries.get(name), &attribute.default) {
            (Some(value), Some(default)) if value.is_null() => {
                if value.is_sensitive() {
                    default.clone().sensitive()
                } else {
                    default.clone()
                }
            }
            (Some(value), _) => {
                converted(&value, &attribute.kind, fuel).map_err(|stopped| stopped.within(|| format!(".{name}")))?
            }
            (None, Some(default)) => default.clone(),
            (None, None) if attribute.is_optional => Value::Null,
            (None, None) => return Err(Stopped::new(format!("the attribute `{name}` is missing"))),
        };
        result.insert(name.clone(), value);
    }
    if !result.values().any(Value::is_null) {
        return Ok(Value::Object(Object::from(result)));
    }
    let kinds = result
        .iter()
        .zip(attributes.values())
        .map(|((name, value), attribute)| Ok((name.clone(), kind_of(value, &attribute.kind, fuel)?)));
    let kind = Type::object(kinds.collect::<Result<Vec<_>, Spent>>()?);
    Ok(Value::Object(Object::of(kind, result)))
}

/// The type of a part that was converted: a null has that which it was converted to.
fn kind_of(value: &Value, to: &Type, fuel: &Fuel) -> Result<Type, Spent> {
    if value.is_null() { Ok(to.without_optional()) } else { unify::type_of(value, fuel) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::{Dialect, Frame, Names, NoHost, lower, parse_body, read_type};
    use crate::model::Source;

    fn parsed<T>(text: &str, read: impl Fn(&hcl::edit::expr::Expression, &Source) -> T) -> T {
        let source = Source::new("a.tf", format!("v = {text}\n"));
        let body = parse_body(&source).unwrap();
        read(&body.get_attribute("v").unwrap().value, &source)
    }

    fn value(text: &str) -> Value {
        let names = Names::new(Dialect::Terraform);
        let expr = parsed(text, |expression, source| lower(expression, &names, source).unwrap());
        expr.eval(&Frame { slots: &[], host: &NoHost }).unwrap()
    }

    fn kind(text: &str) -> Type {
        parsed(text, |expression, source| read_type(expression, source).unwrap())
    }

    #[test]
    fn values_take_the_type_that_is_asked_for() {
        for (constraint, given, expected, expected_kind) in [
            ("any", "[1, \"a\"]", "[1, \"a\"]", "tuple([number, string])"),
            ("number", "\"5\"", "5", "number"),
            ("list(string)", "[1, true]", "[\"1\", \"true\"]", "list(string)"),
            ("list(any)", "[1, \"a\"]", "[\"1\", \"a\"]", "list(string)"),
            ("list(any)", "[]", "[]", "list(any)"),
            ("set(number)", "[\"2\", 1, 2]", "[1, 2]", "set(number)"),
            ("map(any)", "{ a = 1, b = true }", "", ""),
            ("map(string)", "{ a = 1, b = true }", "{a = \"1\", b = \"true\"}", "map(string)"),
            ("tuple([string, any])", "[1, null]", "[\"1\", null]", "tuple([string, any])"),
            ("object({ a = string })", "{ a = 1, b = 2 }", "{a = \"1\"}", "object({ a = string })"),
            (
                "object({ a = optional(string), b = optional(number, 8) })",
                "{ b = null }",
                "{a = null, b = 8}",
                "object({ a = string, b = number })",
            ),
            (
                "list(object({ a = optional(string, \"x\") }))",
                "[{}, { a = null }]",
                "[{a = \"x\"}, {a = \"x\"}]",
                "list(object({ a = string }))",
            ),
            (
                "object({ a = object({ b = optional(bool, true) }) })",
                "{ a = {} }",
                "{a = {b = true}}",
                "object({ a = object({ b = bool }) })",
            ),
        ] {
            let result = kind(constraint).conform(&value(given));
            if expected.is_empty() {
                assert!(result.is_err(), "{constraint} of {given}");
                continue;
            }
            let result = result.unwrap_or_else(|mismatch| panic!("{constraint} of {given}: {mismatch}"));
            assert_eq!(result.to_string(), expected, "{constraint} of {given}");
            assert_eq!(result.value_type().to_string(), expected_kind, "{constraint} of {given}");
        }
    }

    #[test]
    fn a_mismatch_says_where_it_is() {
        for (constraint, given, shown) in [
            ("number", "\"x\"", "number is needed, not string"),
            ("list(object({ a = number }))", "[{ a = 1 }, { a = [] }]", "`[1].a`: number is needed, not tuple"),
            ("map(object({ a = number }))", "{ k = {} }", "`[\"k\"]`: the attribute `a` is missing"),
            ("tuple([string])", "[]", "a tuple of 1 elements is needed, not of 0"),
            ("list(any)", "[1, true]", "the elements have no common type"),
        ] {
            assert_eq!(kind(constraint).conform(&value(given)).unwrap_err().to_string(), shown);
        }
    }

    #[test]
    fn unknown_and_sensitive_values_pass() {
        let unknown = Value::unknown_of("x", Type::Number).not_null();
        let text = Type::String.conform(&unknown).unwrap();
        assert_eq!(text, Value::unknown_of("x", Type::String).not_null());
        assert!(Type::list(Type::String).conform(&unknown).is_err());
        let secret = Type::Number.conform(&Value::from("5").sensitive()).unwrap();
        assert_eq!((secret.is_sensitive(), secret.as_number()), (true, Some(5.into())));
        let set = Type::set(Type::String).conform(&Value::from(vec![Value::from("a").sensitive()])).unwrap();
        assert!(set.is_sensitive());
    }
}
