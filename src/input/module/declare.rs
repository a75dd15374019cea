//! What a module declares: its blocks with their expressions lowered, once however often the module is called.

use hcl::edit::expr::{Expression, TraversalOperator};
use indexmap::IndexMap;
use smol_str::SmolStr;

use super::reference::{Reference, ResourceName, references};
use super::said;
use super::written::{Argument, At, Nested, Written};
use crate::lang::{Dialect, Expr, Names, Slot, lower, read_type};
use crate::model::{Problem, Type};

/// The names that every module has, in the order of their slots.
pub(super) const FIXED: &[&str] =
    &["var", "local", "module", "data", "path", "terraform", "each", "count", "self", "resource", "ephemeral", "tofu"];

/// What one module declares.
#[derive(Debug)]
pub(super) struct Declared {
    pub(super) names: Names,
    pub(super) variables: IndexMap<SmolStr, Variable>,
    pub(super) locals: IndexMap<SmolStr, Formula>,
    pub(super) outputs: IndexMap<SmolStr, Output>,
    pub(super) resources: IndexMap<ResourceName, ResourceBlock>,
    pub(super) calls: IndexMap<SmolStr, Call>,
    pub(super) providers: Vec<Provider>,
    pub(super) moves: Vec<Move>,
    pub(super) imports: Vec<Import>,
    /// Mistakes that need no evaluation to be seen.
    pub(super) problems: Vec<Problem>,
}

/// An expression with what it refers to.
#[derive(Debug)]
pub(super) struct Formula {
    /// `None` if it could not be lowered, which was said.
    pub(super) expr: Option<Expr>,
    pub(super) references: Vec<Reference>,
    pub(super) at: At,
}

impl Formula {
    /// Whether it is written in JSON syntax.
    pub(super) fn is_json(&self) -> bool {
        self.at.source.name().ends_with(".json")
    }
}

#[derive(Debug)]
pub(super) struct Variable {
    pub(super) kind: Type,
    pub(super) is_typed: bool,
    pub(super) default: Option<Formula>,
    pub(super) is_nullable: bool,
    pub(super) is_sensitive: bool,
    pub(super) validations: Vec<Condition>,
    pub(super) at: At,
}

/// Something that must hold, and what to say if it does not.
#[derive(Debug)]
pub(super) struct Condition {
    pub(super) holds: Formula,
    pub(super) message: Option<Formula>,
}

#[derive(Debug)]
pub(super) struct Output {
    pub(super) value: Option<Formula>,
    pub(super) is_sensitive: bool,
    pub(super) conditions: Vec<Condition>,
    pub(super) at: At,
}

/// How many instances a block has.
#[derive(Debug)]
pub(super) enum Repeat {
    Once,
    Count(Formula),
    ForEach(Formula),
}

#[derive(Debug)]
pub(super) struct ResourceBlock {
    pub(super) repeat: Repeat,
    /// `aws` or `aws.west`, as written.
    pub(super) provider: Option<SmolStr>,
    /// Which of the configurations of that name: `each.key` of `aws.by_region[each.key]`.
    pub(super) provider_index: Option<Formula>,
    pub(super) content: Content,
    pub(super) conditions: Vec<Condition>,
    pub(super) at: At,
}

/// Arguments and nested blocks, ready to be evaluated.
#[derive(Debug, Default)]
pub(super) struct Content {
    pub(super) arguments: Vec<(SmolStr, Formula)>,
    pub(super) blocks: Vec<BlockTemplate>,
}

/// A nested block, or a `dynamic` one that makes any number of them.
#[derive(Debug)]
pub(super) struct BlockTemplate {
    pub(super) kind: SmolStr,
    pub(super) each: Option<Each>,
    pub(super) content: Content,
}

/// What a `dynamic` block repeats itself for.
#[derive(Debug)]
pub(super) struct Each {
    pub(super) for_each: Formula,
    pub(super) iterator: SmolStr,
    pub(super) slot: Slot,
}

#[derive(Debug)]
pub(super) struct Call {
    pub(super) repeat: Repeat,
    pub(super) inputs: IndexMap<SmolStr, Formula>,
    /// The names of provider configurations inside and outside.
    pub(super) providers: Vec<(SmolStr, SmolStr)>,
    /// Where the module comes from, as written.
    pub(super) source: Option<SmolStr>,
    pub(super) at: At,
}

#[derive(Debug)]
pub(super) struct Provider {
    /// The name that resources use: `aws` or `aws.west`.
    pub(super) key: SmolStr,
    pub(super) for_each: Option<Formula>,
    pub(super) content: Content,
}

/// A `moved` block.
#[derive(Debug)]
pub(super) struct Move {
    pub(super) from: SmolStr,
    pub(super) to: SmolStr,
}

/// An `import` block: what exists already, and under which id.
#[derive(Debug)]
pub(super) struct Import {
    pub(super) to: SmolStr,
    pub(super) id: Option<Formula>,
}

const META: &[&str] = &["count", "for_each", "provider", "depends_on"];
const META_BLOCKS: &[&str] = &["lifecycle", "provisioner", "connection"];
const CALL_META: &[&str] = &["source", "version", "providers", "depends_on", "count", "for_each"];

impl Declared {
    /// Declares what the files of a module hold, later ones overriding earlier ones where they are overrides.
    pub(super) fn of(files: Vec<(Written, bool)>) -> Self {
        let mut reader = Reader { problems: Vec::new() };
        let blocks = reader.merged(files);
        let mut names = Names::new(Dialect::Terraform);
        FIXED.iter().for_each(|name| _ = names.bind(name));
        for block in blocks.iter().filter(|block| block.kind == "resource") {
            block.labels.first().into_iter().for_each(|kind| _ = names.bind(kind));
        }
        let mut declared = Self {
            names: names.clone(),
            variables: IndexMap::new(),
            locals: IndexMap::new(),
            outputs: IndexMap::new(),
            resources: IndexMap::new(),
            calls: IndexMap::new(),
            providers: Vec::new(),
            moves: Vec::new(),
            imports: Vec::new(),
            problems: Vec::new(),
        };
        for block in &blocks {
            reader.declare(block, &names, &mut declared);
        }
        declared.problems = reader.problems;
        declared
    }
}

struct Reader {
    problems: Vec<Problem>,
}

impl Reader {
    /// All blocks, each once: overrides are merged into what they override.
    fn merged(&mut self, files: Vec<(Written, bool)>) -> Vec<Nested> {
        let mut blocks: Vec<Nested> = Vec::new();
        for (file, is_override) in files {
            for block in file.blocks {
                let same = |known: &&mut Nested| known.kind == block.kind && known.labels == block.labels;
                let is_one = !block.labels.is_empty() && block.kind != "provider";
                match blocks.iter_mut().find(same) {
                    Some(known) if is_override && block.kind != "locals" => known.content.override_with(block.content),
                    Some(known) if is_one => self.problems.push(said::duplicate(known, &block)),
                    _ if is_override && block.kind == "locals" => override_locals(&mut blocks, block),
                    _ => blocks.push(block),
                }
            }
        }
        blocks
    }

    fn declare(&mut self, block: &Nested, names: &Names, into: &mut Declared) {
        let content = &block.content;
        match (block.kind.as_str(), block.labels.as_slice()) {
            ("variable", [name]) => {
                let variable = self.variable(block, names);
                into.variables.insert(name.clone(), variable);
            }
            ("locals", []) => {
                for (name, argument) in &content.arguments {
                    let formula = self.formula(argument, names);
                    if let Some(earlier) = into.locals.insert(name.clone(), formula) {
                        self.problems.push(said::duplicate_local(name, &earlier.at, &argument.at));
                    }
                }
            }
            ("output", [name]) => {
                let output = Output {
                    value: content.argument("value").map(|argument| self.formula(argument, names)),
                    is_sensitive: is_true(content, "sensitive"),
                    conditions: self.conditions(content.blocks("precondition"), names),
                    at: block.at.clone(),
                };
                into.outputs.insert(name.clone(), output);
            }
            ("resource" | "data" | "ephemeral", [kind, name]) => {
                let is_data = block.kind != "resource";
                let name = ResourceName { is_data, kind: kind.clone(), name: name.clone() };
                let resource = self.resource(block, names);
                into.resources.insert(name, resource);
            }
            ("module", [name]) => {
                let call = self.call(block, names);
                into.calls.insert(name.clone(), call);
            }
            ("provider", [name]) => into.providers.push(self.provider(name, block, names)),
            ("moved", []) => {
                if let (Some(from), Some(to)) = (target(content, "from"), target(content, "to")) {
                    into.moves.push(Move { from, to });
                }
            }
            ("import", []) => {
                let id = content.argument("id").map(|argument| self.formula(argument, names));
                into.imports.extend(target(content, "to").map(|to| Import { to, id }));
            }
            ("terraform" | "check" | "removed" | "action" | "list", _) => {}
            _ => self.problems.push(said::unknown_block(block)),
        }
    }

    fn variable(&mut self, block: &Nested, names: &Names) -> Variable {
        let content = &block.content;
        let kind = content.argument("type").map(|argument| match read_type(&argument.value, &argument.at.source) {
            Ok(kind) => kind,
            Err(problems) => {
                self.problems.extend(problems);
                Type::Dynamic
            }
        });
        Variable {
            is_typed: kind.is_some(),
            kind: kind.unwrap_or(Type::Dynamic),
            default: content.argument("default").map(|argument| self.formula(argument, &Names::new(names.dialect()))),
            is_nullable: !matches!(literal_bool(content, "nullable"), Some(false)),
            is_sensitive: is_true(content, "sensitive"),
            validations: self.conditions(content.blocks("validation"), names),
            at: block.at.clone(),
        }
    }

    fn conditions<'b>(&mut self, blocks: impl Iterator<Item = &'b Nested>, names: &Names) -> Vec<Condition> {
        let mut found = Vec::new();
        for block in blocks {
            if let Some(condition) = block.content.argument("condition") {
                let message = block.content.argument("error_message");
                found.push(Condition {
                    holds: self.formula(condition, names),
                    message: message.map(|message| self.formula(message, names)),
                });
            }
        }
        found
    }

    fn resource(&mut self, block: &Nested, names: &Names) -> ResourceBlock {
        let content = &block.content;
        let conditions = content
            .blocks("lifecycle")
            .flat_map(|lifecycle| self.conditions(lifecycle.content.blocks("precondition"), names))
            .collect();
        ResourceBlock {
            repeat: self.repeat(content, names),
            provider: target(content, "provider"),
            provider_index: content.argument("provider").and_then(|argument| self.index(argument, names)),
            content: self.content(content, names, META, META_BLOCKS),
            conditions,
            at: block.at.clone(),
        }
    }

    fn repeat(&mut self, content: &Written, names: &Names) -> Repeat {
        match (content.argument("count"), content.argument("for_each")) {
            (Some(count), Some(for_each)) => {
                self.problems.push(said::both_count_and_for_each(&count.at, &for_each.at));
                Repeat::Once
            }
            (Some(count), None) => Repeat::Count(self.formula(count, names)),
            (None, Some(for_each)) => Repeat::ForEach(self.formula(for_each, names)),
            (None, None) => Repeat::Once,
        }
    }

    fn content(&mut self, written: &Written, names: &Names, meta: &[&str], meta_blocks: &[&str]) -> Content {
        let mut content = Content::default();
        for (name, argument) in &written.arguments {
            if !meta.contains(&name.as_str()) {
                content.arguments.push((name.clone(), self.formula(argument, names)));
            }
        }
        for block in &written.blocks {
            if !meta_blocks.contains(&block.kind.as_str()) {
                content.blocks.extend(self.block(block, names));
            }
        }
        content
    }

    fn block(&mut self, block: &Nested, names: &Names) -> Option<BlockTemplate> {
        if block.kind != "dynamic" {
            let content = self.content(&block.content, names, &[], &[]);
            return Some(BlockTemplate { kind: block.kind.clone(), each: None, content });
        }
        let kind = block.labels.first()?;
        let (Some(for_each), Some(inner)) =
            (block.content.argument("for_each"), block.content.blocks("content").next())
        else {
            self.problems.push(said::incomplete_dynamic(block));
            return None;
        };
        let for_each = self.formula(for_each, names);
        let mut inner_names = names.clone();
        let iterator = target(&block.content, "iterator").unwrap_or_else(|| kind.clone());
        let slot = inner_names.bind(&iterator);
        let content = self.content(&inner.content, &inner_names, &[], &[]);
        Some(BlockTemplate { kind: kind.clone(), each: Some(Each { for_each, iterator, slot }), content })
    }

    fn call(&mut self, block: &Nested, names: &Names) -> Call {
        let content = &block.content;
        let mut inputs = IndexMap::new();
        for (name, argument) in &content.arguments {
            if !CALL_META.contains(&name.as_str()) {
                inputs.insert(name.clone(), self.formula(argument, names));
            }
        }
        Call {
            repeat: self.repeat(content, names),
            inputs,
            providers: content.argument("providers").map(|argument| passed(&argument.value)).unwrap_or_default(),
            source: content.argument("source").and_then(|argument| argument.value.as_str()).map(SmolStr::from),
            at: block.at.clone(),
        }
    }

    fn provider(&mut self, name: &SmolStr, block: &Nested, names: &Names) -> Provider {
        let alias = block.content.argument("alias").and_then(|argument| argument.value.as_str());
        let key = alias.map_or_else(|| name.clone(), |alias| SmolStr::from(format!("{name}.{alias}")));
        let for_each = block.content.argument("for_each").map(|argument| self.formula(argument, names));
        Provider { key, for_each, content: self.content(&block.content, names, &["alias", "version", "for_each"], &[]) }
    }

    /// The expression in the last brackets of a traversal.
    fn index(&mut self, argument: &Argument, names: &Names) -> Option<Formula> {
        let Expression::Traversal(traversal) = &*argument.value else { return None };
        let TraversalOperator::Index(index) = traversal.operators.last()?.value() else { return None };
        let argument = Argument { value: index.clone().into(), at: argument.at.clone() };
        Some(self.formula(&argument, names))
    }

    fn formula(&mut self, argument: &Argument, names: &Names) -> Formula {
        let expr = match lower(&argument.value, names, &argument.at.source) {
            Ok(expr) => Some(expr),
            Err(problems) => {
                self.problems.extend(problems);
                None
            }
        };
        Formula { expr, references: references(&argument.value), at: argument.at.clone() }
    }
}

/// Each overriding local replaces the one of its name, wherever that stands.
fn override_locals(blocks: &mut Vec<Nested>, over: Nested) {
    let mut rest = over.clone();
    rest.content = Written::default();
    for (name, argument) in over.content.arguments {
        let mut locals = blocks.iter_mut().filter(|block| block.kind == "locals");
        match locals.find_map(|block| block.content.arguments.get_mut(&name)) {
            Some(known) => *known = argument,
            None => _ = rest.content.arguments.insert(name, argument),
        }
    }
    blocks.push(rest);
}

/// The provider configurations that a call passes on: `{ aws = aws.west }`.
fn passed(expression: &Expression) -> Vec<(SmolStr, SmolStr)> {
    let Expression::Object(object) = expression else { return Vec::new() };
    let pairs = object.iter().filter_map(|(key, value)| {
        let inner = match key {
            hcl::edit::expr::ObjectKey::Ident(name) => name.as_str().into(),
            hcl::edit::expr::ObjectKey::Expression(expression) => written_target(expression)?,
        };
        Some((inner, written_target(value.expr())?))
    });
    pairs.collect()
}

/// An address or a name that an argument spells without evaluation.
fn target(content: &Written, name: &str) -> Option<SmolStr> {
    written_target(&content.argument(name)?.value)
}

fn written_target(expression: &Expression) -> Option<SmolStr> {
    match expression {
        Expression::Variable(name) => Some(name.as_str().into()),
        Expression::String(text) => Some(text.as_str().into()),
        Expression::Traversal(_) => references(expression).first().map(|reference| reference.text().into()),
        _ => None,
    }
}

fn literal_bool(content: &Written, name: &str) -> Option<bool> {
    content.argument(name)?.value.as_bool()
}

fn is_true(content: &Written, name: &str) -> bool {
    literal_bool(content, name) == Some(true)
}
