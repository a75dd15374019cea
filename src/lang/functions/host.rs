//! Functions that only one kind of host has: it lists them for lowering, and answers their calls.

use super::{Call, Failed, Function, pure};
use crate::model::{Problem, Value};

/// Why a host does not answer a call.
#[derive(Debug)]
pub struct Refused {
    /// Why, for the place of the call.
    pub reason: String,
    /// What is wrong in another place, said instead.
    pub elsewhere: Option<Problem>,
}

impl From<String> for Refused {
    fn from(reason: String) -> Self {
        Self { reason, elsewhere: None }
    }
}

impl From<Problem> for Refused {
    fn from(problem: Problem) -> Self {
        Self { reason: problem.to_string(), elsewhere: Some(problem) }
    }
}

impl Function {
    /// A function that the host answers, with its parameters as help writes them and how many it takes.
    pub const fn of_host(name: &'static str, parameters: &'static str, least: usize, most: Option<usize>) -> Self {
        let mut function = pure(name, parameters, least, most, ask);
        function.asks_host = true;
        function
    }
}

fn ask(call: &Call<'_>) -> Result<Value, Failed> {
    call.host.call(call.name, call.arguments).map_err(|Refused { reason, elsewhere }| Failed {
        argument: None,
        message: reason,
        elsewhere,
    })
}
