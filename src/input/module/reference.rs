//! What an expression of a module refers to, as it is written.

use hcl::edit::expr::{Expression, ForExpr, Traversal, TraversalOperator};
use hcl::edit::template::{Directive, ForDirective};
use hcl::edit::visit::{self, Visit};
use hcl::edit::{Decorated, Span as _};
use smol_str::{SmolStr, format_smolstr};

use crate::model::Span;

/// A traversal that starts at a name of the module: `aws_subnet.all[0].id`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::input) struct Reference {
    pub(super) root: SmolStr,
    pub(super) steps: Vec<Step>,
    pub(super) span: Span,
}

/// One step of a reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::input) enum Step {
    /// `.name`
    Attribute(SmolStr),
    /// `[0]` or `["key"]`, as Terraform writes it in addresses.
    Key(SmolStr),
    /// A splat, or an index that only evaluation tells.
    Many,
}

/// What a reference means.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Subject {
    Variable(SmolStr),
    Local(SmolStr),
    Resource(ResourceName),
    /// A module call, and the output if it is written.
    Module(SmolStr, Option<SmolStr>),
    Path(SmolStr),
    Terraform(SmolStr),
    /// `each`, `count`, `self`, or the iterator of a `dynamic` block.
    Scope(SmolStr),
    /// A name alone where more is needed.
    Incomplete(SmolStr),
}

/// A resource or data source of a module, without its instances.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct ResourceName {
    pub(super) is_data: bool,
    pub(super) kind: SmolStr,
    pub(super) name: SmolStr,
}

impl ResourceName {
    /// The address within its module.
    pub(super) fn address(&self) -> SmolStr {
        let data = if self.is_data { "data." } else { "" };
        format_smolstr!("{data}{}.{}", self.kind, self.name)
    }
}

impl Reference {
    /// The names behind the root, up to the first index.
    fn names(&self) -> impl Iterator<Item = &SmolStr> {
        self.steps.iter().map_while(|step| match step {
            Step::Attribute(name) => Some(name),
            _ => None,
        })
    }

    /// The attribute names behind the root, indexes and splats left out.
    fn attributes(&self) -> impl Iterator<Item = &SmolStr> {
        self.steps.iter().filter_map(|step| match step {
            Step::Attribute(name) => Some(name),
            _ => None,
        })
    }

    pub(super) fn subject(&self, is_scope: impl Fn(&str) -> bool) -> Subject {
        let mut names = self.names().cloned();
        let mut first = || names.next();
        let found = match self.root.as_str() {
            "var" => first().map(Subject::Variable),
            "local" => first().map(Subject::Local),
            "path" => first().map(Subject::Path),
            "terraform" | "tofu" => first().map(Subject::Terraform),
            "module" => first().map(|call| Subject::Module(call, self.attributes().nth(1).cloned())),
            name if is_scope(name) => Some(Subject::Scope(name.into())),
            "data" | "resource" | "ephemeral" => first()
                .zip(first())
                .map(|(kind, name)| Subject::Resource(ResourceName { is_data: self.root != "resource", kind, name })),
            kind => first().map(|name| Subject::Resource(ResourceName { is_data: false, kind: kind.into(), name })),
        };
        found.unwrap_or_else(|| Subject::Incomplete(self.root.clone()))
    }

    /// The reference as Terraform's plans write it: up to the first index that is not constant.
    pub(in crate::input) fn text(&self) -> String {
        let mut text = self.root.to_string();
        for step in &self.steps {
            match step {
                Step::Attribute(name) => text.extend([".", name]),
                Step::Key(key) => text.extend(["[", key, "]"]),
                Step::Many => break,
            }
        }
        text
    }
}

/// All references of an expression, in the order in which they are written.
pub(in crate::input) fn references(expression: &Expression) -> Vec<Reference> {
    let mut finder = Finder::default();
    finder.visit_expr(expression);
    finder.found
}

#[derive(Default)]
struct Finder {
    found: Vec<Reference>,
    /// The names that `for` binds around the place.
    bound: Vec<SmolStr>,
}

impl Finder {
    fn note(&mut self, name: &str, operators: &[Decorated<TraversalOperator>], span: Option<std::ops::Range<usize>>) {
        if self.bound.iter().any(|bound| bound == name) {
            return;
        }
        let steps = operators.iter().map(|operator| step(operator.value())).collect();
        self.found.push(Reference { root: name.into(), steps, span: span.unwrap_or_default().into() });
    }
}

impl Visit for Finder {
    fn visit_expr(&mut self, node: &Expression) {
        match node {
            Expression::Variable(name) => self.note(name.as_str(), &[], name.span()),
            _ => visit::visit_expr(self, node),
        }
    }

    fn visit_traversal(&mut self, node: &Traversal) {
        match &node.expr {
            Expression::Variable(name) => self.note(name.as_str(), &node.operators, node.span()),
            base => self.visit_expr(base),
        }
        for operator in &node.operators {
            self.visit_traversal_operator(operator);
        }
    }

    fn visit_object_key(&mut self, node: &hcl::edit::expr::ObjectKey) {
        // A word alone is the key itself.
        if !matches!(node, hcl::edit::expr::ObjectKey::Expression(Expression::Variable(_))) {
            visit::visit_object_key(self, node);
        }
    }

    fn visit_for_expr(&mut self, node: &ForExpr) {
        self.visit_expr(&node.intro.collection_expr);
        let depth = self.bound.len();
        self.bound.extend(node.intro.key_var.iter().map(|name| SmolStr::from(name.as_str())));
        self.bound.push(node.intro.value_var.as_str().into());
        let parts = [node.key_expr.as_ref(), Some(&node.value_expr), node.cond.as_ref().map(|cond| &cond.expr)];
        parts.into_iter().flatten().for_each(|part| self.visit_expr(part));
        self.bound.truncate(depth);
    }

    fn visit_directive(&mut self, node: &Directive) {
        match node {
            Directive::For(directive) => self.for_directive(directive),
            Directive::If(_) => visit::visit_directive(self, node),
        }
    }
}

impl Finder {
    fn for_directive(&mut self, node: &ForDirective) {
        let intro = &node.for_expr;
        self.visit_expr(&intro.collection_expr);
        let depth = self.bound.len();
        self.bound.extend(intro.key_var.iter().map(|name| SmolStr::from(name.as_str())));
        self.bound.push(intro.value_var.as_str().into());
        self.visit_template(&intro.template);
        self.bound.truncate(depth);
    }
}

fn step(operator: &TraversalOperator) -> Step {
    match operator {
        TraversalOperator::GetAttr(name) => Step::Attribute(name.as_str().into()),
        TraversalOperator::LegacyIndex(at) => Step::Key(format_smolstr!("{}", **at)),
        TraversalOperator::Index(Expression::Number(number)) => Step::Key(format_smolstr!("{}", number.value())),
        TraversalOperator::Index(Expression::String(text)) => Step::Key(format_smolstr!("{:?}", text.as_str())),
        TraversalOperator::Index(_) | TraversalOperator::FullSplat(_) | TraversalOperator::AttrSplat(_) => Step::Many,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(expression: &str) -> Vec<String> {
        let expression: Expression = expression.parse().unwrap();
        references(&expression).iter().map(Reference::text).collect()
    }

    #[test]
    fn names_that_are_bound_are_no_references() {
        let expression =
            r#"{ for k, v in local.map : k => "${v.x}-${var.y[0]}-${aws_a.b[var.k].id}" if v != local.z }"#;
        assert_eq!(texts(expression), ["local.map", "var.y[0]", "aws_a.b", "var.k", "local.z"]);
        assert_eq!(texts(r#""%{ for x in var.list }${x}${local.a}%{ endfor }""#), ["var.list", "local.a"]);
    }

    #[test]
    fn keys_of_objects_are_words() {
        assert_eq!(texts("{ name = var.a, (local.b) = 1 }"), ["var.a", "local.b"]);
    }

    #[test]
    fn an_output_is_found_behind_an_index() {
        let expression: Expression = r#"module.app["web"].url"#.parse().unwrap();
        let subject = references(&expression)[0].subject(|_| false);
        assert_eq!(subject, Subject::Module("app".into(), Some("url".into())));
    }
}
