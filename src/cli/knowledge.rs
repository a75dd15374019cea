//! What the catalog knows of data sources and blocks, for configurations that are read without a plan.

use indexmap::IndexMap;
use smol_str::SmolStr;

use crate::catalog::schema::Schema;
use crate::catalog::{Asker, Catalog};
use crate::input::module::Knowledge;
use crate::lang::NoHost;
use crate::model::{Object, Value};

/// The table of what values of data sources say of usage.
const USAGE: &str = "assumed_usage";

/// The catalog with the attributes of all types.
pub(super) struct Known<'k> {
    pub(super) catalog: &'k Catalog,
    pub(super) schema: Schema,
}

impl Knowledge for Known<'_> {
    fn data(&self, kind: &str, arguments: &Value, region: Option<&str>) -> Option<IndexMap<SmolStr, Value>> {
        let sheet = self.catalog.data(kind)?.ok()?;
        let asker = Asker {
            this: arguments.as_object().cloned().unwrap_or_default(),
            usage: Object::default(),
            region: region.map(SmolStr::from),
            need: Value::Null,
            each: None,
            host: &NoHost,
        };
        let values = sheet.read_all(&asker).ok()?;
        Some(values.into_iter().filter(|(_, value)| !value.is_null()).collect())
    }

    fn usage(&self, attributes: &Object) -> Option<Object> {
        let table = self.catalog.table(USAGE)?.ok()?;
        let table = table.as_object()?;
        attributes.entries().into_iter().find_map(|(_, value)| table.get(value.as_str()?)?.as_object().cloned())
    }

    fn is_block(&self, kind: &str, path: &[SmolStr]) -> bool {
        !self.schema.beside(kind, path).is_empty()
    }
}
