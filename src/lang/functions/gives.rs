//! What functions give, as far as it is known while their arguments are not.

use crate::lang::conform::retyped;
use crate::model::{Type, Value};

/// What a result is. It is not null, unless it depends on the arguments or is an element.
#[derive(Clone, Copy, Debug)]
pub(in crate::lang) enum Gives {
    /// It depends on the arguments.
    Any,
    /// Its type depends on that of the first argument.
    Like(fn(&Type) -> Type),
    /// An element of the first argument.
    Element,
    Bool,
    Number,
    Text,
    /// A list of texts.
    Texts,
    /// A list of numbers.
    Numbers,
}

impl Gives {
    /// An unknown result, decided by the same path as an unknown value among the arguments.
    pub(in crate::lang) fn unknown(self, decides: &Value, arguments: &[Value]) -> Value {
        let first = || arguments.first().map_or(Type::Dynamic, Value::value_type);
        let kind = match self {
            Self::Any => Type::Dynamic,
            Self::Like(of) => of(&first()),
            Self::Element => {
                let kind = first().element().cloned().unwrap_or(Type::Dynamic);
                let path = decides.as_unknown().map(|unknown| unknown.path.clone());
                return Value::unknown_of(path.unwrap_or_default(), kind);
            }
            Self::Bool => Type::Bool,
            Self::Number => Type::Number,
            Self::Text => Type::String,
            Self::Texts => Type::list(Type::String),
            Self::Numbers => Type::list(Type::Number),
        };
        retyped(decides.clone(), &kind)
    }
}

/// Of a list or set, a list of the same elements.
pub(super) fn same_list(of: &Type) -> Type {
    match of {
        Type::List(element) | Type::Set(element) => Type::List(element.clone()),
        _ => Type::Dynamic,
    }
}
