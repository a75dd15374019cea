//! Terraform resource addresses, such as `module.x[0].aws_instance.web["a"]`.

use std::cmp::Ordering;
use std::fmt;

use smol_str::SmolStr;

/// A resource instance address. Orders naturally: `web[2]` comes before `web[10]`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Address(SmolStr);

impl Address {
    /// Takes an address as Terraform writes it. Any text is accepted; the parts are found on demand.
    pub fn new(text: impl Into<SmolStr>) -> Self {
        Self(text.into())
    }

    /// The whole address.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `module.x[0].module.y` of `module.x[0].module.y.aws_instance.web`; empty in the root module.
    pub fn module(&self) -> &str {
        let start = self.local_start();
        self.0[..start].strip_suffix('.').unwrap_or("")
    }

    /// `aws_instance.web["a"]` of `module.x.aws_instance.web["a"]`.
    pub fn local(&self) -> &str {
        &self.0[self.local_start()..]
    }

    /// The address with every index taken out: `module.x.aws_instance.web`.
    pub fn without_indexes(&self) -> String {
        let mut out = String::with_capacity(self.0.len());
        for segment in segments(&self.0) {
            if !segment.starts_with('[') {
                if !out.is_empty() {
                    out.push('.');
                }
                out.push_str(segment);
            }
        }
        out
    }

    /// The parts in order, indexes apart: `module`, `x`, `[0]`, `aws_instance`, `web`, `["a"]`.
    pub fn segments(&self) -> impl Iterator<Item = &str> {
        segments(&self.0)
    }

    fn local_start(&self) -> usize {
        let mut start = 0;
        let mut expects_module_name = false;
        for segment in segments(&self.0) {
            let at = segment.as_ptr() as usize - self.0.as_ptr() as usize;
            if expects_module_name {
                expects_module_name = false;
            } else if segment == "module" {
                expects_module_name = true;
            } else if !segment.starts_with('[') {
                start = at;
                break;
            }
        }
        start
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Ord for Address {
    fn cmp(&self, other: &Self) -> Ordering {
        natural(&self.0, &other.0).then_with(|| self.0.cmp(&other.0))
    }
}

impl PartialOrd for Address {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Splits `a.b["x.y"][0].c` into `a`, `b`, `["x.y"]`, `[0]`, `c`; dots inside quoted keys do not split.
fn segments(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = rest.strip_prefix('.').unwrap_or(rest);
        if rest.is_empty() {
            return None;
        }
        let end = if rest.starts_with('[') { index_end(rest) } else { rest.find(['.', '[']).unwrap_or(rest.len()) };
        let (segment, tail) = rest.split_at(end);
        rest = tail;
        Some(segment)
    })
}

/// The length of the index that `text` begins with, its closing bracket included.
fn index_end(text: &str) -> usize {
    let mut quoted = false;
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b']' if !quoted => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// Compares texts with runs of digits taken as numbers.
fn natural(left: &str, right: &str) -> Ordering {
    let (mut left, mut right) = (left.as_bytes(), right.as_bytes());
    loop {
        let (Some(&a), Some(&b)) = (left.first(), right.first()) else {
            return left.len().cmp(&right.len());
        };
        if a.is_ascii_digit() && b.is_ascii_digit() {
            let (digits_a, rest_a) = digits(left);
            let (digits_b, rest_b) = digits(right);
            let order = digits_a.len().cmp(&digits_b.len()).then_with(|| digits_a.cmp(digits_b));
            if order != Ordering::Equal {
                return order;
            }
            (left, right) = (rest_a, rest_b);
        } else {
            if a != b {
                return a.cmp(&b);
            }
            (left, right) = (&left[1..], &right[1..]);
        }
    }
}

/// The leading digits without leading zeros, and what follows them.
fn digits(bytes: &[u8]) -> (&[u8], &[u8]) {
    let end = bytes.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(bytes.len());
    let zeros = bytes[..end].iter().position(|&byte| byte != b'0').unwrap_or(end);
    (&bytes[zeros..end], &bytes[end..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_modules_from_the_local_part() {
        let address = Address::new(r#"module.x["a.b"].module.y[0].aws_instance.web["k]"]"#);
        assert_eq!(address.module(), r#"module.x["a.b"].module.y[0]"#);
        assert_eq!(address.local(), r#"aws_instance.web["k]"]"#);
        assert_eq!(address.without_indexes(), "module.x.module.y.aws_instance.web");
        assert_eq!(Address::new("aws_instance.web").module(), "");
    }

    #[test]
    fn orders_indexes_as_numbers() {
        let mut addresses = ["a.b[10]", "a.b[2]", "a.b"].map(Address::new);
        addresses.sort();
        assert_eq!(addresses.map(|a| a.to_string()), ["a.b", "a.b[2]", "a.b[10]"]);
    }
}
