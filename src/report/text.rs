//! Text that fits: cut, padded, broken into rows, and without what could move a cursor or turn its direction.

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

/// Control characters, and those that no one sees or that turn the direction of text.
pub(crate) fn is_hidden(letter: char) -> bool {
    letter.is_control()
        || matches!(letter,
            '\u{061c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Text out of a plan, with every hidden letter made visible.
pub(crate) fn clean(text: &str) -> String {
    text.chars().map(|letter| if is_hidden(letter) { '\u{fffd}' } else { letter }).collect()
}

/// A text with spaces behind it.
pub(crate) fn pad(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}

/// The beginning of a text that is too long, with `…` behind it.
pub(crate) fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut kept = take(text.chars(), width.saturating_sub(1));
    kept.push('…');
    kept
}

/// The beginning and the end of a text that is too long, with `…` between.
pub(crate) fn cut_middle(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let room = width.saturating_sub(1);
    let start = take(text.chars(), room / 2);
    let end: String = take(text.chars().rev(), room - room / 2).chars().rev().collect();
    format!("{start}…{end}")
}

/// As many letters as fit a width.
fn take(letters: impl Iterator<Item = char>, width: usize) -> String {
    let mut kept = String::new();
    let mut used = 0;
    for letter in letters {
        used += letter.width().unwrap_or(0);
        if used > width {
            break;
        }
        kept.push(letter);
    }
    kept
}

/// Breaks a text between words; a word that is too long breaks anywhere.
pub(crate) fn wrap(text: &str, width: usize) -> Vec<String> {
    let width = width.max(8);
    let mut rows: Vec<String> = Vec::new();
    let mut row = String::new();
    for word in text.split(' ') {
        if !row.is_empty() && row.width() + 1 + word.width() > width {
            rows.push(std::mem::take(&mut row));
        }
        if !row.is_empty() {
            row.push(' ');
        }
        row.push_str(word);
        while row.width() > width {
            let head = take(row.chars(), width);
            let tail = row[head.len()..].to_owned();
            rows.push(head);
            row = tail;
        }
    }
    rows.push(row);
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_cut_keeps_its_ends_and_its_width() {
        assert_eq!(cut("abcdef", 4), "abc…");
        assert_eq!(cut_middle("abcdefgh", 5), "ab…gh");
        assert_eq!(cut_middle("日本語日本語", 7), "日…語");
        assert_eq!(wrap("one two threefourfive", 8), ["one two", "threefou", "rfive"]);
    }

    #[test]
    fn nothing_hidden_stays() {
        assert_eq!(clean("a\u{202e}b\u{1b}[2Jc\nd"), "a\u{fffd}b\u{fffd}[2Jc\u{fffd}d");
    }
}
