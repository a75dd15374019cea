//! A problem with a place: what is wrong, where in which text, and what to do now.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// A range of bytes in a [`Source`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self { start: range.start, end: range.end }
    }
}

/// A named text that spans point into. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Source(Arc<SourceText>);

#[derive(Debug)]
struct SourceText {
    name: String,
    text: String,
    /// What excerpts show in place of the text: as long, byte for byte.
    shown: Option<String>,
}

impl Source {
    /// A text under the name that diagnostics show, usually its path.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self(Arc::new(SourceText { name: name.into(), text: text.into(), shown: None }))
    }

    /// A text whose values no excerpt shows, such as a file of variables: of each line that gives one, the name and the
    /// punctuation are left.
    pub fn of_values(name: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        let shown = text.split_inclusive('\n').map(hide_value).collect();
        Self(Arc::new(SourceText { name: name.into(), text, shown: Some(shown) }))
    }

    /// The same text under another name.
    fn renamed(&self, name: String) -> Self {
        let SourceText { text, shown, .. } = &*self.0;
        Self(Arc::new(SourceText { name, text: text.clone(), shown: shown.clone() }))
    }

    /// The name that diagnostics show.
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.0.text
    }

    /// The line of a span's start, counted from 1.
    pub fn line(&self, span: Span) -> usize {
        let end = span.start.min(self.0.text.len());
        self.0.text.as_bytes()[..end].iter().filter(|&&byte| byte == b'\n').count() + 1
    }

    /// The text that a span covers; empty if the span does not fit.
    pub fn slice(&self, span: Span) -> &str {
        self.0.text.get(span.start..span.end).unwrap_or("")
    }
}

/// A line with every letter and digit behind its first `=` or `:` a star; all of them where it has neither.
fn hide_value(line: &str) -> String {
    let name = line.find(['=', ':']).unwrap_or(0);
    let is_plain = |byte: u8| byte.is_ascii_punctuation() || byte.is_ascii_whitespace();
    let value = line[name..].bytes().map(|byte| if is_plain(byte) { char::from(byte) } else { '*' });
    line[..name].chars().chain(value).collect()
}

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Probably a mistake; the run goes on.
    Warning,
    /// The thing at hand cannot be used.
    Error,
}

/// What is wrong, where, and what to do now. Renders with miette.
///
/// ```
/// use lepton::model::{Problem, Source, Span};
/// let source = Source::new("a.hcl", "x = slef.y");
/// let problem = Problem::error("lepton::lang::unknown-name", "`slef` is not a name in scope")
///     .at(&source, Span { start: 4, end: 8 }, "did you mean `self`?")
///     .help("names in scope: self, usage, region");
/// assert_eq!(problem.to_string(), "`slef` is not a name in scope");
/// ```
#[derive(Clone, Debug)]
pub struct Problem(Box<Details>);

#[derive(Clone, Debug)]
struct Details {
    code: &'static str,
    severity: Severity,
    message: String,
    source: Option<Source>,
    labels: Vec<(Span, String)>,
    help: Option<String>,
}

impl Problem {
    /// An error with its permanent code (`lepton::area::kebab-name`) and a lower-case message.
    pub fn error(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, message)
    }

    /// A warning: the run goes on.
    pub fn warning(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, message)
    }

    /// Something worth knowing: reports note it, and nobody is warned.
    pub fn note(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Note, code, message)
    }

    fn new(severity: Severity, code: &'static str, message: impl Into<String>) -> Self {
        let details = Details { code, severity, message: message.into(), source: None, labels: Vec::new(), help: None };
        Self(Box::new(details))
    }

    /// The same problem as a warning: the run goes on.
    #[must_use]
    pub fn softened(mut self) -> Self {
        self.0.severity = Severity::Warning;
        self
    }

    /// Underlines a span with a label. All labels of one problem are in one source.
    #[must_use]
    pub fn at(mut self, source: &Source, span: Span, label: impl Into<String>) -> Self {
        self.0.source = Some(source.clone());
        self.0.labels.push((span, label.into()));
        self
    }

    /// Says what to do now.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.0.help = Some(help.into());
        self
    }

    /// Says about what it came up, behind the message.
    #[must_use]
    pub fn about(mut self, what: &str) -> Self {
        self.0.message.push_str(&format!(" ({what})"));
        self
    }

    /// The same problem where every text, also the name of its source, is said in other words.
    #[must_use]
    pub fn reworded(mut self, words: &dyn Fn(&str) -> String) -> Self {
        let details = &mut *self.0;
        details.message = words(&details.message);
        details.help = details.help.as_deref().map(words);
        details.labels.iter_mut().for_each(|(_, label)| *label = words(label));
        let source = details.source.as_ref();
        details.source = source.map(|source| source.renamed(words(source.name())));
        self
    }

    /// The permanent code.
    pub fn code(&self) -> &'static str {
        self.0.code
    }

    /// How bad it is.
    pub fn severity(&self) -> Severity {
        self.0.severity
    }

    /// What the reader should do, if the problem says so.
    pub fn help_text(&self) -> Option<&str> {
        self.0.help.as_deref()
    }

    /// The text and the first span it points at.
    pub fn place(&self) -> Option<(&Source, Span)> {
        Some((self.0.source.as_ref()?, self.0.labels.first()?.0))
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)
    }
}

impl std::error::Error for Problem {}

impl miette::Diagnostic for Problem {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(self.0.code))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.0.severity {
            Severity::Note => miette::Severity::Advice,
            Severity::Warning => miette::Severity::Warning,
            Severity::Error => miette::Severity::Error,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.0.help.as_deref().map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn miette::SourceCode> {
        self.0.source.as_ref().map(|source| source as &dyn miette::SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = miette::LabeledSpan> + '_>> {
        let label = |(span, text): &(Span, String)| {
            let text = (!text.is_empty()).then(|| text.clone());
            miette::LabeledSpan::new(text, span.start, span.end.saturating_sub(span.start))
        };
        (!self.0.labels.is_empty()).then(|| Box::new(self.0.labels.iter().map(label)) as Box<dyn Iterator<Item = _>>)
    }
}

impl miette::SourceCode for Source {
    fn read_span<'a>(
        &'a self,
        span: &miette::SourceSpan,
        context_lines_before: usize,
        context_lines_after: usize,
    ) -> Result<Box<dyn miette::SpanContents<'a> + 'a>, miette::MietteError> {
        let shown = self.0.shown.as_ref().unwrap_or(&self.0.text);
        let inner = shown.as_str().read_span(span, context_lines_before, context_lines_after)?;
        Ok(Box::new(miette::MietteSpanContents::new_named(
            self.0.name.clone(),
            inner.data(),
            *inner.span(),
            inner.line(),
            inner.column(),
            inner.line_count(),
        )))
    }
}
