//! A graph in the language of Graphviz: a box for each resource, a frame for each module.
//!
//! Every name stands in quotes, with quotes and backslashes escaped, so that no address ends a text.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::super::text::{clean, cut_middle};
use super::super::words;
use super::GraphOptions;
use super::view::{Edge, GraphProject, Node, enclosing};
use crate::estimate::Status;
use crate::model::{Action, amount};

/// Longer names lose their middle in labels; tooltips have them whole.
const WIDEST: usize = 64;

/// How many attributes the label of a reference names.
const MOST_PATHS: usize = 3;

/// The resources of a module and the modules in it.
#[derive(Default)]
struct Frame<'g> {
    nodes: Vec<usize>,
    inner: BTreeMap<&'g str, Frame<'g>>,
}

pub(super) fn render(projects: &[GraphProject], options: &GraphOptions<'_>) -> String {
    let mut out = String::from("digraph lepton {\n");
    out.push_str(
        "  graph [rankdir=\"LR\", compound=\"true\", fontname=\"Helvetica\", nodesep=\"0.3\", ranksep=\"0.8\"];\n",
    );
    out.push_str("  node [shape=\"box\", style=\"rounded,filled\", fillcolor=\"#ffffff\", fontname=\"Helvetica\", fontsize=\"11\"];\n");
    out.push_str("  edge [color=\"#888888\", fontcolor=\"#666666\", fontname=\"Helvetica\", fontsize=\"9\"];\n");
    let is_one = projects.len() == 1;
    for (at, project) in projects.iter().enumerate() {
        let paths: Vec<Vec<String>> = project.nodes.iter().map(|node| enclosing(node.address.module())).collect();
        let mut root = Frame::default();
        for (at, path) in paths.iter().enumerate() {
            let frame = path.iter().fold(&mut root, |frame, module| frame.inner.entry(module).or_default());
            frame.nodes.push(at);
        }
        let mut drawing = Drawing { project, at, options, clusters: 0, out: &mut out };
        match is_one {
            true => drawing.frame(&root, 1),
            false => drawing.cluster(&project.name, &root, 1),
        }
        project.edges.iter().for_each(|edge| drawing.edge(edge));
    }
    out.push_str("}\n");
    out
}

struct Drawing<'d> {
    project: &'d GraphProject,
    at: usize,
    options: &'d GraphOptions<'d>,
    clusters: usize,
    out: &'d mut String,
}

impl Drawing<'_> {
    fn frame(&mut self, frame: &Frame<'_>, depth: usize) {
        for &at in &frame.nodes {
            self.node(at, depth);
        }
        for (module, inner) in &frame.inner {
            self.cluster(module, inner, depth);
        }
    }

    fn cluster(&mut self, name: &str, frame: &Frame<'_>, depth: usize) {
        let indent = "  ".repeat(depth);
        let sums = self.project.modules.iter().find(|module| module.address == name);
        let sum = sums.map(|module| changed(module.before, module.after, self.options.currency));
        let label = [Some(short(name)), sum].into_iter().flatten().map(|text| escaped(&text)).collect::<Vec<_>>();
        self.line(depth, &format!("subgraph \"cluster_{}_{}\" {{", self.at, self.clusters));
        self.clusters += 1;
        let attributes = format!("label=\"{}\"; tooltip=\"{}\";", label.join("\\n"), escaped(&clean(name)));
        self.line(depth + 1, &format!("{attributes} style=\"rounded\"; color=\"#aaaaaa\"; fontsize=\"11\";"));
        self.frame(frame, depth + 1);
        writeln!(self.out, "{indent}}}").expect("a String takes every write");
    }

    fn node(&mut self, at: usize, depth: usize) {
        let node = &self.project.nodes[at];
        let deposed = node.deposed.as_deref().map(|key| format!("deposed {}", short(key)));
        let name = short(node.address.local());
        let rows = [Some(name), deposed, Some(cost(node, self.options.currency))];
        let label: Vec<String> = rows.into_iter().flatten().map(|row| escaped(&row)).collect();
        let mut attributes = vec![format!("label=\"{}\"", label.join("\\n"))];
        attributes.push(format!("tooltip=\"{}\"", escaped(&clean(node.address.as_str()))));
        if let Some(fill) = fill(node.action) {
            attributes.push(format!("fillcolor=\"{fill}\""));
        }
        if node.status == Status::Unsupported {
            attributes.push("style=\"rounded,filled,dashed\"".into());
        }
        if matches!(node.status, Status::Free | Status::Unsupported) {
            attributes.push("fontcolor=\"#777777\"".into());
        }
        let text = format!("{} [{}];", self.id(at), attributes.join(", "));
        self.line(depth, &text);
    }

    fn edge(&mut self, edge: &Edge) {
        let mut paths: Vec<String> = edge.paths.iter().take(MOST_PATHS).map(|path| escaped(&short(path))).collect();
        if edge.paths.len() > MOST_PATHS {
            paths.push("…".into());
        }
        let mut attributes = Vec::new();
        if !paths.is_empty() {
            attributes.push(format!("label=\"{}\"", paths.join("\\n")));
        }
        if edge.is_indirect {
            attributes.push("style=\"dashed\"".into());
        }
        let attributes = if attributes.is_empty() { String::new() } else { format!(" [{}]", attributes.join(", ")) };
        let text = format!("{} -> {}{attributes};", self.id(edge.from), self.id(edge.to));
        self.line(1, &text);
    }

    /// `"aws_instance.web"`; with several projects the number of the project stands before it.
    fn id(&self, at: usize) -> String {
        let node = &self.project.nodes[at];
        let project = if self.at > 0 { format!("{}:", self.at + 1) } else { String::new() };
        let deposed = node.deposed.as_deref().map(|key| format!(" ({key})")).unwrap_or_default();
        // Addresses may be there twice, and what no one sees is taken out of them.
        let is_again = at > 0 && {
            let before = &self.project.nodes[at - 1];
            before.address == node.address && before.deposed == node.deposed
        };
        let again = if is_again { format!(" #{at}") } else { String::new() };
        format!("\"{}\"", escaped(&clean(&format!("{project}{}{deposed}{again}", node.address))))
    }

    fn line(&mut self, depth: usize, text: &str) {
        writeln!(self.out, "{}{text}", "  ".repeat(depth)).expect("a String takes every write");
    }
}

fn short(text: &str) -> String {
    cut_middle(&clean(text), WIDEST)
}

/// A text as it stands between quotes. Graphviz takes `\n` and the like in labels for what they mean in C, so that a
/// backslash is doubled.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}

/// What a resource costs, in a row.
fn cost(node: &Node, currency: &str) -> String {
    match node.status {
        Status::Free => "free".into(),
        Status::Unsupported => "not supported".into(),
        Status::UsageDependent => "depends on usage".into(),
        Status::Unpriced => "not known".into(),
        Status::Priced | Status::Partly => {
            let is_partial = node.status == Status::Partly;
            let more = if is_partial { " and more not known" } else { "" };
            let text = match (&node.before, &node.after) {
                (Some(before), Some(after)) if !node.delta.known.is_zero() => {
                    let sides = [before, after].map(|total| words::total(total, currency));
                    format!("{} → {} ({})", sides[0], sides[1], amount::signed(node.delta.known, currency))
                }
                (Some(before), None) => format!("{} → gone", words::total(before, currency)),
                (_, Some(after)) => words::total(after, currency),
                (None, None) => String::new(),
            };
            format!("{text}{more}")
        }
    }
}

fn changed(before: rust_decimal::Decimal, after: rust_decimal::Decimal, currency: &str) -> String {
    match before == after || before.is_zero() {
        true => amount::money(after, currency),
        false => format!("{} → {}", amount::money(before, currency), amount::money(after, currency)),
    }
}

/// The colour of what changes.
fn fill(action: Action) -> Option<&'static str> {
    match action {
        Action::Create => Some("#e3f4e4"),
        Action::Delete | Action::Forget => Some("#fbe3e1"),
        Action::Update => Some("#fdf1d8"),
        Action::Replace => Some("#efe4fa"),
        Action::NoOp | Action::Read | Action::Other => None,
    }
}
