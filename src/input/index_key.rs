//! The index of an instance as addresses have it, out of the JSON that states spell it in.

use std::fmt::Write as _;

use super::scan;

/// `[0]` of `0`, `["a"]` of `"a"`. JSON and addresses escape letters differently: `"\u003c"` is `["<"]`.
pub(super) fn bracketed(json: &str) -> String {
    match scan::string(json) {
        Some(text) => format!("[{}]", quoted(&text)),
        None => format!("[{json}]"),
    }
}

/// A text as a quoted template without anything to interpolate.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '$' | '%' if letters.peek() == Some(&'{') => {
                out.push(letter);
                out.push(letter);
            }
            letter if letter.is_control() => _ = write!(out, "\\u{:04x}", u32::from(letter)),
            letter => out.push(letter),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_as_addresses_do() {
        for (json, index) in [
            ("0", "[0]"),
            (r#""a.b""#, r#"["a.b"]"#),
            (r#""\u003cb\u003e \u0026""#, r#"["<b> &"]"#),
            (r#""say \"hi\"\\""#, r#"["say \"hi\"\\"]"#),
            (r#""${x} %{y} $ 5%""#, r#"["$${x} %%{y} $ 5%"]"#),
            (r#""\u0001é\n""#, "[\"\\u0001é\\n\"]"),
            (r#""""#, r#"[""]"#),
        ] {
            assert_eq!(bracketed(json), index, "{json}");
        }
    }
}
