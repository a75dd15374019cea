//! Which resource refers to which, with what each costs: for Graphviz, or as JSON.

mod dot;
mod json;
mod view;

pub use view::{Edge, GraphProject, Module, Node};

/// How a graph is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum GraphForm {
    /// The language of Graphviz.
    Dot,
    /// lepton's own versioned JSON.
    Json,
}

/// What a graph says of the run.
#[derive(Clone, Debug, Default)]
pub struct GraphOptions<'o> {
    /// The currency of every amount.
    pub currency: &'o str,
    /// The oldest and the newest as-of date of the book's sources.
    pub prices: (&'o str, &'o str),
}

/// Renders the graphs of some projects.
pub fn render(projects: &[GraphProject], form: GraphForm, options: &GraphOptions<'_>) -> String {
    match form {
        GraphForm::Dot => dot::render(projects, options),
        GraphForm::Json => json::render(projects, options),
    }
}
