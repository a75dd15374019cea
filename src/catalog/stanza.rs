//! A lowered stanza: expressions with slots, blocks as items, ready to evaluate many times.

use std::sync::Arc;

use smol_str::SmolStr;

use crate::lang::{Lowered, Slot};
use crate::model::{Object, Source, Span, Value};

/// The slots that every stanza and template has.
pub(crate) mod slots {
    use crate::lang::Slot;

    /// `self`, or unused in a template.
    pub(crate) const SELF: Slot = Slot(0);
    /// `usage`.
    pub(crate) const USAGE: Slot = Slot(1);
    /// `region`.
    pub(crate) const REGION: Slot = Slot(2);
    /// `table`.
    pub(crate) const TABLE: Slot = Slot(3);
    /// `each`.
    pub(crate) const EACH: Slot = Slot(4);
    /// Their names, in order.
    pub(crate) const NAMES: [&str; 5] = ["self", "usage", "region", "table", "each"];
}

/// How a resource type is priced.
#[derive(Debug)]
pub struct Stanza {
    /// The resource type.
    pub kind: SmolStr,
    /// The provider's own pricing page.
    pub docs: Option<SmolStr>,
    /// When it costs nothing.
    pub free: Free,
    /// The usage keys of the stanza and its templates, with their defaults.
    pub usage: Object,
    /// What each documented usage key means, by dotted path.
    pub usage_docs: Vec<(SmolStr, SmolStr)>,
    /// The components.
    pub block: Block,
    /// The tests.
    pub examples: Vec<Example>,
    /// The `table` object that its expressions see.
    pub(crate) tables: Value,
    /// The file it stands in.
    pub source: Source,
    /// Its block in that file.
    pub span: Span,
    /// Whether a user's file, not lepton's own catalog, declares it.
    pub is_users: bool,
    /// Whether what it costs can depend on other resources of the plan.
    pub follows_references: bool,
}

/// When a resource costs nothing.
#[derive(Debug)]
pub enum Free {
    /// It has components.
    Never,
    /// It never costs anything.
    Always,
    /// Where this holds.
    When(Lowered),
}

/// Components shared by several stanzas.
#[derive(Debug)]
pub struct Template {
    /// Its name.
    pub name: SmolStr,
    /// Its typed inputs.
    pub inputs: Vec<Input>,
    /// Its usage keys.
    pub(crate) usage: Object,
    /// What they mean.
    pub(crate) usage_docs: Vec<(SmolStr, SmolStr)>,
    /// The components.
    pub block: Block,
    /// The `table` object that its expressions see.
    pub(crate) tables: Value,
    /// The file it stands in.
    pub(crate) source: Source,
    pub(crate) follows_references: bool,
}

/// A typed input of a template.
#[derive(Debug)]
pub struct Input {
    /// Its name.
    pub name: SmolStr,
    /// What values are coerced to.
    pub kind: InputKind,
    /// Taken when nothing, or null, is given.
    pub default: Value,
    pub(crate) slot: Slot,
}

/// What an input's values are coerced to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InputKind {
    /// Text.
    Text,
    /// A number.
    Number,
    /// A truth value.
    Bool,
    /// Left as it is.
    Any,
}

/// Named expressions and the items that use them.
#[derive(Debug, Default)]
pub struct Block {
    /// In an order in which each reads only earlier ones.
    pub(crate) lets: Vec<(Slot, Lowered)>,
    /// In the order of the file.
    pub items: Vec<Item>,
}

/// One item of a block.
#[derive(Debug)]
pub enum Item {
    /// A priced fact.
    Component(Box<Component>),
    /// A sub-resource.
    Part(Box<Part>),
    /// A template's components.
    Use(Box<Use>),
}

/// A sub-resource with components of its own.
#[derive(Debug)]
pub struct Part {
    /// Its label.
    pub name: SmolStr,
    pub(crate) for_each: Option<Lowered>,
    pub(crate) when: Option<Lowered>,
    pub(crate) times: Option<Lowered>,
    /// Its components.
    pub block: Block,
}

/// A template taken into a block.
#[derive(Debug)]
pub struct Use {
    /// Which one.
    pub template: Arc<Template>,
    /// An expression per input of the template, where one is given.
    pub(crate) inputs: Vec<Option<Lowered>>,
    pub(crate) when: Option<Lowered>,
    pub(crate) times: Option<Lowered>,
}

/// One priced fact.
#[derive(Debug)]
pub struct Component {
    /// Its stable label.
    pub label: SmolStr,
    pub(crate) unit: Lowered,
    pub(crate) quantity: Lowered,
    pub(crate) per: Option<Lowered>,
    pub(crate) detail: Option<Lowered>,
    pub(crate) price: PriceSource,
    pub(crate) discount: Option<Lowered>,
    pub(crate) when: Option<Lowered>,
    pub(crate) for_each: Option<Lowered>,
    pub(crate) times: Option<Lowered>,
    pub(crate) optional: bool,
    pub(crate) note: Option<Lowered>,
    /// Its block in the file.
    pub span: Span,
    /// The line of the block, from 1.
    pub line: usize,
}

/// Where a component's price comes from.
#[derive(Debug)]
pub(crate) enum PriceSource {
    /// Keys into the book; they add up.
    Keys(Vec<PriceKey>),
    /// A literal price.
    Rate(Box<Rate>),
    /// None: the book is known to lack it, in words.
    Gap(SmolStr),
}

/// A key into the book.
#[derive(Debug)]
pub(crate) struct PriceKey {
    pub(crate) provider: Option<Lowered>,
    pub(crate) region: Option<Lowered>,
    pub(crate) service: Lowered,
    pub(crate) columns: Vec<(SmolStr, Lowered)>,
    pub(crate) times: Option<Lowered>,
}

/// A literal price with its source.
#[derive(Debug)]
pub(crate) struct Rate {
    pub(crate) price: Lowered,
    pub(crate) currency: SmolStr,
    pub(crate) source: SmolStr,
    pub(crate) as_of: SmolStr,
}

/// A test of a stanza: given attributes, expected quantities.
#[derive(Debug)]
pub struct Example {
    /// What it shows.
    pub name: SmolStr,
    pub(crate) this: Object,
    pub(crate) usage: Object,
    pub(crate) region: SmolStr,
    pub(crate) refs: Object,
    pub(crate) referrers: Object,
    pub(crate) expect: Vec<(SmolStr, Value)>,
    pub(crate) span: Span,
}

/// What a catalog says about a Terraform provider.
#[derive(Debug)]
pub struct Provider {
    /// Terraform's short name.
    pub name: SmolStr,
    /// The book's provider.
    pub book: SmolStr,
    /// Reads the region out of a resource.
    pub(crate) region: Option<Lowered>,
    /// Assumed when nothing says where a resource runs.
    pub default_region: Option<SmolStr>,
    /// Reads the region out of links and names, which no two resources have alike: a second look.
    pub(crate) located: Option<Lowered>,
    /// Whether all resources of one configuration of the provider are in one region.
    pub(crate) is_one_region: bool,
    /// Whether they are of one account.
    pub(crate) is_one_account: bool,
    /// Reads the region out of the settings of a configuration, where it is not called so.
    pub(crate) configured_region: Option<Lowered>,
    /// Reads the account out of a resource.
    pub(crate) account: Option<Lowered>,
    /// Reads the account out of the settings of a configuration.
    pub(crate) configured_account: Option<Lowered>,
    /// Reads the tags out of a resource.
    pub(crate) tags: Option<Lowered>,
}
