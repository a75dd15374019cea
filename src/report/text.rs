//! Text that fits: cut, padded, broken into rows, and without what could move a cursor or turn its direction.

use unicode_width::UnicodeWidthStr as _;

/// Control characters, and those that no one sees or that turn the direction of text.
pub(crate) fn is_hidden(letter: char) -> bool {
    letter.is_control()
        || matches!(
            letter,
            '\u{ad}'
                | '\u{61c}'
                | '\u{180e}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e0fff}'
        )
}

/// Whether every byte is a letter, digit, sign or space of ASCII: what most texts of a plan are.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

/// How many columns a text takes.
pub(crate) fn width(text: &str) -> usize {
    if is_plain(text) { text.len() } else { text.width() }
}

/// Text out of a plan, with every hidden letter made visible.
pub(crate) fn clean(text: &str) -> String {
    if is_plain(text) {
        return text.to_owned();
    }
    text.chars().map(|letter| if is_hidden(letter) { '\u{fffd}' } else { letter }).collect()
}

/// A text with spaces behind it.
pub(crate) fn pad(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(self::width(text))))
}

/// The beginning of a text that is too long, with `…` behind it.
pub(crate) fn cut(text: &str, width: usize) -> String {
    if self::width(text) <= width {
        return text.to_owned();
    }
    format!("{}…", start(text, width.saturating_sub(1)))
}

/// The beginning and the end of a text that is too long, with `…` between.
pub(crate) fn cut_middle(text: &str, width: usize) -> String {
    if self::width(text) <= width {
        return text.to_owned();
    }
    let room = width.saturating_sub(1);
    format!("{}…{}", start(text, room / 2), end(text, room - room / 2))
}

/// The longest beginning that fits a width. Measured as a whole: letters may join into one sign.
fn start(text: &str, width: usize) -> &str {
    let ends = text.char_indices().map(|(at, letter)| at + letter.len_utf8());
    let end = ends.take_while(|&end| text[..end].width() <= width).last();
    &text[..end.unwrap_or(0)]
}

/// The longest end that fits a width.
fn end(text: &str, width: usize) -> &str {
    let starts = text.char_indices().rev().map(|(at, _)| at);
    let start = starts.take_while(|&start| text[start..].width() <= width).last();
    &text[start.unwrap_or(text.len())..]
}

/// The least width that text is broken to.
pub(crate) const NARROWEST: usize = 8;

/// Breaks a text between words; a word that is too long breaks anywhere.
pub(crate) fn wrap(text: &str, width: usize) -> Vec<String> {
    let width = width.max(NARROWEST);
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
            let head = start(&row, width).len().max(row.chars().next().map_or(0, char::len_utf8));
            let tail = row.split_off(head);
            rows.push(std::mem::replace(&mut row, tail));
        }
    }
    rows.push(row);
    rows
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn nothing_is_wider_than_asked(text in "\\PC{0,60}", width in 8_usize..40) {
            prop_assert!(cut_middle(&text, width).width() <= width);
            prop_assert!(wrap(&text, width).iter().all(|row| row.width() <= width));
        }

        #[test]
        fn wrapping_loses_no_letter(text in "[a-z ü]{0,80}", width in 8_usize..40) {
            let letters = |text: &str| text.chars().filter(|letter| *letter != ' ').collect::<String>();
            prop_assert_eq!(letters(&wrap(&text, width).concat()), letters(&text));
        }
    }

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
