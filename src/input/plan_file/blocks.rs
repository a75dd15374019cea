//! Finds the blocks of a file in native syntax without parsing them: most are never asked for.
//!
//! Terraform has parsed these files before. On a text that it would refuse, what is found is nonsense, but bounded.

use std::ops::Range;

/// A block at the top of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Block {
    /// Its kind and its labels: `resource`, `aws_instance`, `web`.
    pub(super) words: Vec<String>,
    /// Where it stands in the text.
    pub(super) range: Range<usize>,
    /// The number of the line on which it begins, from 1.
    pub(super) line: usize,
}

/// The blocks of a text, in order.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let mut scan = Scan { bytes: text.as_bytes(), at: 0 };
    let mut found = Vec::new();
    let mut words = Vec::new();
    // Where the head begins, and where its last word ends.
    let (mut start, mut end) = (0, 0);
    // A place, and the number of its line.
    let mut counted = (0, 1);
    while let Some(byte) = scan.peek() {
        // A head stands on one line.
        if !words.is_empty() && scan.bytes[end..scan.at].contains(&b'\n') {
            words.clear();
        }
        match byte {
            b'{' => {
                scan.skip_braces();
                if !words.is_empty() {
                    let lines = scan.bytes[counted.0..start].iter().filter(|byte| **byte == b'\n').count();
                    counted = (start, counted.1 + lines);
                    found.push(Block { words: std::mem::take(&mut words), range: start..scan.at, line: counted.1 });
                }
            }
            b'"' | b'_' | b'a'..=b'z' | b'A'..=b'Z' | 0x80.. => {
                let from = scan.at;
                scan.skip_word();
                if words.is_empty() {
                    start = from;
                }
                end = scan.at;
                words.push(text.get(from..end).unwrap_or_default().trim_matches('"').to_owned());
            }
            // An attribute, or what is no block's head.
            _ => {
                scan.skip_token();
                words.clear();
            }
        }
    }
    found
}

struct Scan<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Scan<'_> {
    /// The next byte that is neither space nor part of a comment, left in place.
    fn peek(&mut self) -> Option<u8> {
        loop {
            match self.bytes.get(self.at..)? {
                [b' ' | b'\t' | b'\r' | b'\n', ..] => self.at += 1,
                [b'#', ..] | [b'/', b'/', ..] => self.skip_line(),
                [b'/', b'*', ..] => {
                    let rest = &self.bytes[self.at + 2..];
                    let end = rest.windows(2).position(|pair| pair == b"*/");
                    self.at = end.map_or(self.bytes.len(), |end| self.at + end + 4);
                }
                [byte, ..] => return Some(*byte),
                [] => return None,
            }
        }
    }

    /// Steps over a quoted text or a name.
    fn skip_word(&mut self) {
        if self.bytes.get(self.at) == Some(&b'"') {
            self.skip_quoted();
            return;
        }
        let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | 0x80..);
        self.at += self.bytes[self.at..].iter().take_while(|byte| is_part(byte)).count().max(1);
    }

    /// Steps over whatever is next, texts and heredocs as one.
    fn skip_token(&mut self) {
        match &self.bytes[self.at..] {
            [b'"', ..] => self.skip_quoted(),
            [b'<', b'<', b'-' | b'_' | b'a'..=b'z' | b'A'..=b'Z', ..] => self.skip_heredoc(),
            _ => self.at += 1,
        }
    }

    /// Steps over a brace and all to the one that closes it.
    fn skip_braces(&mut self) {
        let mut depth = 0_usize;
        while let Some(byte) = self.peek() {
            match byte {
                b'{' => depth += 1,
                b'}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            self.skip_token();
            if depth == 0 {
                return;
            }
        }
    }

    /// Steps over a quoted text. What is evaluated in it may hold quoted texts of its own.
    fn skip_quoted(&mut self) {
        self.at += 1;
        // How many braces are open within each of the templates around.
        let mut templates: Vec<usize> = Vec::new();
        let mut is_text = vec![true];
        while let Some(rest) = self.bytes.get(self.at..).filter(|rest| !rest.is_empty()) {
            if is_text.last() == Some(&true) {
                match rest {
                    [b'\\', _, ..] => self.at += 2,
                    [b'$', b'$', b'{', ..] | [b'%', b'%', b'{', ..] => self.at += 3,
                    [b'$' | b'%', b'{', ..] => {
                        templates.push(1);
                        is_text.push(false);
                        self.at += 2;
                    }
                    [b'"', ..] => {
                        is_text.pop();
                        self.at += 1;
                        if is_text.is_empty() {
                            return;
                        }
                    }
                    // No text goes past its line, unless it is broken.
                    [b'\n', ..] if templates.is_empty() => return,
                    _ => self.at += 1,
                }
                continue;
            }
            match rest[0] {
                b'"' => is_text.push(true),
                b'{' => templates.iter_mut().last().into_iter().for_each(|open| *open += 1),
                b'}' => {
                    let open = templates.last_mut().expect("what is no text is a template");
                    *open -= 1;
                    if *open == 0 {
                        templates.pop();
                        is_text.pop();
                    }
                }
                _ => {}
            }
            self.at += 1;
        }
    }

    /// Steps over a heredoc, to the end of the line that is its marker alone.
    fn skip_heredoc(&mut self) {
        self.at += 2;
        if self.bytes.get(self.at) == Some(&b'-') {
            self.at += 1;
        }
        let start = self.at;
        self.skip_line();
        let marker = self.bytes[start..self.at].trim_ascii();
        while self.at < self.bytes.len() {
            let start = self.at;
            self.skip_line();
            if self.bytes[start..self.at].trim_ascii() == marker {
                // The line's end is not part of it.
                self.at -= usize::from(self.bytes[self.at - 1] == b'\n');
                return;
            }
        }
    }

    fn skip_line(&mut self) {
        let rest = &self.bytes[self.at..];
        self.at += rest.iter().position(|byte| *byte == b'\n').map_or(rest.len(), |end| end + 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heads(text: &str) -> Vec<String> {
        blocks(text).iter().map(|block| block.words.join(" ")).collect()
    }

    #[test]
    fn blocks_are_found_with_their_labels() {
        let text = "# { \"\nlocals {\n a = { b = 1 }\n}\n/* resource \"x\" \"y\" { */ resource aws_a \"b\" { c {\n} }\n\
                    variable \"v\" {}\n";
        assert_eq!(heads(text), ["locals", "resource aws_a b", "variable v"]);
        let found = blocks(text);
        assert_eq!(&text[found[1].range.clone()], "resource aws_a \"b\" { c {\n} }");
        assert_eq!(found.iter().map(|block| block.line).collect::<Vec<_>>(), [2, 5, 7]);
        assert_eq!(heads("a = \"b\"\nc {}\n"), ["c"]);
    }

    #[test]
    fn braces_in_texts_are_no_braces() {
        for inner in [
            r#"a = "}""#,
            r#"a = "\"}""#,
            r#"a = "$${" # }"#,
            r#"a = "${var.x["}"]}}""#,
            r#"a = "${"${"}"}"}""#,
            r#"a = "%{ if x == "}" }}%{ endif }""#,
            "a = <<EOT\n}\n  ${x}\n EOT2\nEOT\n",
            "a = <<-E\n }}} \"\n   E\n",
            "a = 1 << 2",
            "a = x / y // }\n",
        ] {
            assert_eq!(heads(&format!("a \"b\" {{\n{inner}\n}}\nc {{}}\n")), ["a b", "c"], "{inner}");
        }
    }

    #[test]
    fn broken_text_ends() {
        for text in ["{", "}", "\"", "a {", "a \"b", "a { <<", "a { <<E", "a { <<E\n", "/*", "a = \"${\"", "<<-", "é {"]
        {
            assert!(blocks(text).len() <= 1);
        }
    }
}
