//! Usage files in the widely used `version: 0.1` layout, and their precedence.
//!
//! ```yaml
//! version: 0.1
//! resource_type_default_usage:
//!   aws_lambda_function: { monthly_requests: 1000000 }
//! resource_usage:
//!   module.api[*].aws_lambda_function.main: { monthly_requests: 40000000 }
//! ```
//!
//! For one address, later wins key by key: the default of its type, the first wildcard that matches (those with more
//! concrete indexes first), the exact address. Nested maps merge, and the more specific entry wins inside them too.

mod file;
mod read;
mod unknown;
mod yaml;

pub use file::UsageFile;
