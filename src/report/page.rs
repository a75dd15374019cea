//! A text of bounded length: its tables begin in the open, go on folded, and end where the room does.

use std::fmt::Write as _;

/// So much stays free for the sentences that say what a table leaves out.
const SENTENCES: usize = 1_500;
/// What the marks around a fold take, its summary included.
const FOLD: usize = 300;

/// Markdown as it is written, with the length that its tables keep to.
pub(super) struct Page {
    text: String,
    most: usize,
}

/// How a table keeps short.
pub(super) struct Shape<'a> {
    /// Its two first lines.
    pub(super) head: &'a str,
    /// So many rows stand in the open.
    pub(super) open: usize,
    /// The bytes that it may take.
    pub(super) most: usize,
}

impl Page {
    /// An empty page of at most so many bytes.
    pub(super) fn new(most: usize) -> Self {
        Self { text: String::new(), most: most.saturating_sub(SENTENCES) }
    }

    /// Adds a line.
    pub(super) fn line(&mut self, text: &str) {
        writeln!(self.text, "{text}").expect("a String takes every write");
    }

    /// Adds a line, and an empty one.
    pub(super) fn paragraph(&mut self, text: &str) {
        self.line(text);
        self.line("");
    }

    /// Adds as many of the rows as fit, the first of them in the open and the rest in a fold, which `summary` names
    /// by the range of its rows. Gives the number of rows that stand.
    pub(super) fn table(
        &mut self,
        shape: &Shape<'_>,
        rows: &[String],
        summary: impl Fn(std::ops::Range<usize>) -> String,
    ) -> usize {
        let marks = 2 * shape.head.len() + FOLD;
        let mut room = shape.most.min(self.room()).saturating_sub(marks);
        let fits = |row: &&String| {
            let rest = room.checked_sub(row.len() + 1);
            room = rest.unwrap_or(0);
            rest.is_some()
        };
        let shown = rows.iter().take_while(fits).count();
        let open = shape.open.min(shown);
        if open > 0 {
            self.rows(shape.head, &rows[..open]);
        }
        if open < shown {
            self.line("<details>");
            self.paragraph(&format!("<summary>{}</summary>", summary(open..shown)));
            self.rows(shape.head, &rows[open..shown]);
            self.paragraph("</details>");
        }
        shown
    }

    fn rows(&mut self, head: &str, rows: &[String]) {
        self.line(head);
        rows.iter().for_each(|row| self.line(row));
        self.line("");
    }

    /// How many bytes are left.
    pub(super) fn room(&self) -> usize {
        self.most.saturating_sub(self.text.len())
    }

    /// What was written.
    pub(super) fn into_text(self) -> String {
        self.text
    }
}

/// How many of the rows stand in the open: a fold for a few would hide more than it helps.
pub(super) fn open_of(rows: usize, open: usize) -> usize {
    const FEW: usize = 3;
    if rows > open + FEW { open } else { rows }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_ends_where_the_room_does() {
        let rows: Vec<String> = (0..100).map(|at| format!("| {at:020} |")).collect();
        for most in [0, 400, 1_000, 2_000, 10_000] {
            let mut page = Page::new(10_000);
            let shape = Shape { head: "| a |\n| --- |", open: 5, most };
            let shown = page.table(&shape, &rows, |range| format!("{} more", range.len()));
            let text = page.into_text();
            assert!(text.len() <= most, "{} of {most}", text.len());
            assert_eq!(text.matches("| 0").count(), shown);
            assert_eq!(text.matches("<details>").count(), usize::from(shown > 5));
            assert_eq!(text.is_empty(), shown == 0);
        }
        let mut page = Page::new(2_000);
        let shape = Shape { head: "| a |\n| --- |", open: 5, most: 10_000 };
        (0..9).for_each(|_| _ = page.table(&shape, &rows, |_| "more".to_owned()));
        assert!(page.into_text().len() < 2_000);
    }
}
