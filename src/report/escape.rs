//! Text out of plans, made harmless in Markdown: anyone may have written a plan.
//!
//! Nothing in a name can end a table cell, open a tag, hide itself, or ping a person.

use super::text::{clean, cut_middle, is_hidden};

/// Longer names lose their middle: one name must not fill a comment.
const MAX_WIDTH: usize = 160;

/// Text that no forge takes for Markdown, HTML, a mention or a link.
///
/// Forges look for mentions, issue numbers and bare links after Markdown is done, so that a backslash or an entity
/// does not stop them. A zero-width space behind the sign does.
pub(super) fn plain(text: &str) -> String {
    const APART: &str = "&#8203;";
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' => {
                out.push('\\');
                out.push(letter);
            }
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '@' => {
                out.push('@');
                out.push_str(APART);
            }
            '#' => {
                out.push_str("\\#");
                out.push_str(APART);
            }
            '/' if out.ends_with(':') => {
                out.push_str(APART);
                out.push('/');
            }
            '.' if out.ends_with("www") || out.ends_with("WWW") => {
                out.push_str(APART);
                out.push('.');
            }
            letter if is_hidden(letter) => out.push('\u{fffd}'),
            letter => out.push(letter),
        }
    }
    out
}

/// A name as code: nothing in it is Markdown. Backticks and pipes, which could end it, become look-alikes.
pub(super) fn code(text: &str) -> String {
    let inner = cut_middle(&clean(text), MAX_WIDTH).replace('`', "'").replace('|', "¦");
    if inner.trim().is_empty() { "—".into() } else { format!("`{inner}`") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_names_stay_text() {
        assert_eq!(code("a`b|c\nd"), "`a'b¦c\u{fffd}d`");
        assert_eq!(plain("<img> a|b\u{202e}"), "&lt;img&gt; a\\|b\u{fffd}");
        assert_eq!(plain("@team fixes #1"), "@&#8203;team fixes \\#&#8203;1");
        assert_eq!(plain("https://x www.y"), "https:&#8203;//x www&#8203;.y");
        assert_eq!(code(""), "—");
        assert!(code(&"é".repeat(10_000)).len() < 400);
    }
}
