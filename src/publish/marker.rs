//! The hidden first line of a comment: whose it is, which run wrote it, and when.

/// What a comment says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marker {
    /// Which of several reports on one pull request it is.
    pub tag: String,
    /// When its figures were made, as RFC 3339 in UTC.
    pub valid_at: String,
    /// The run that wrote it, unlike any other.
    pub run: String,
}

const START: &str = "<!-- lepton-comment ";
const END: &str = " -->";

impl Marker {
    /// The body with its marker before it.
    pub fn sign(&self, body: &str) -> String {
        format!(
            "{START}tag={} valid-at={} run={}{END}\n{body}",
            quote(&self.tag),
            quote(&self.valid_at),
            quote(&self.run)
        )
    }

    /// The marker of a comment, and the body behind it; `None` if lepton did not write it.
    pub fn read(text: &str) -> Option<(Self, &str)> {
        let (head, body) = text.strip_prefix(START)?.split_once(END)?;
        let mut marker = Self { tag: String::new(), valid_at: String::new(), run: String::new() };
        for word in head.split(' ') {
            let (name, value) = word.split_once('=')?;
            let value = unquote(value)?;
            match name {
                "tag" => marker.tag = value,
                "valid-at" => marker.valid_at = value,
                "run" => marker.run = value,
                // A later version may say more.
                _ => {}
            }
        }
        Some((marker, body.trim_start_matches(['\r', '\n'])))
    }
}

/// Everything that could end the comment or the word is written as its bytes.
fn quote(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'_' | b'/' | b':' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

fn unquote(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        rest = tail;
        if *first != b'%' {
            bytes.push(*first);
            continue;
        }
        let (digits, tail) = rest.split_at_checked(2)?;
        bytes.push(u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?);
        rest = tail;
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_marker_reads_back_whatever_the_tag() {
        for tag in ["", "prod", "a b", "--> @everyone", "ä=\"1\"\n", "100%"] {
            let marker = Marker { tag: tag.into(), valid_at: "2026-01-01T00:00:00Z".into(), run: "7f".into() };
            let text = marker.sign("### Cost\n\nmore");
            assert_eq!(text.lines().count(), 4, "{text}");
            assert_eq!(Marker::read(&text), Some((marker, "### Cost\n\nmore")));
        }
    }

    #[test]
    fn other_comments_have_none() {
        for text in
            ["", "hello", "<!-- lepton-comment tag=a", "<!-- lepton-comment tag -->", " <!-- lepton-comment tag=a -->"]
        {
            assert_eq!(Marker::read(text), None, "{text}");
        }
    }
}
