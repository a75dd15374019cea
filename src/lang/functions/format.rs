//! `format` and `formatlist`: text from a pattern with verbs.

use rust_decimal::prelude::ToPrimitive as _;
use rust_decimal::{Decimal, RoundingStrategy};
use unicode_segmentation::UnicodeSegmentation as _;

use super::json::write_json;
use super::{Call, Failed, Function, Gives, pure};
use crate::lang::convert;
use crate::lang::fuel::MAX_ELEMENTS;
use crate::model::{Type, Value};

/// How wide, and how precise, a verb may ask for.
const MAX_WIDTH: usize = 1024;

pub(super) const ALL: &[Function] = &[
    pure("format", "pattern, value, …", 1, None, |call| {
        let pattern = call.text(0)?;
        match formatted(call, &pattern, &call.arguments[1..])? {
            Ok(text) => call.made(&text),
            Err(instead) => Ok(instead),
        }
    })
    .gives(Gives::Text),
    pure("formatlist", "pattern, list, …", 1, None, formatlist).gives(Gives::Texts),
];

/// Lists of one length element by element; what is no list stands in each line.
fn formatlist(call: &Call<'_>) -> Result<Value, Failed> {
    let pattern = call.text(0)?;
    let values = &call.arguments[1..];
    let mut length = None;
    for (at, value) in values.iter().enumerate() {
        if let Some(items) = value.as_list() {
            if length.is_some_and(|length| length != items.len()) {
                return Err(call.fail(at + 1, "the lists differ in length"));
            }
            length = Some(items.len());
        }
    }
    let length = length.unwrap_or(1);
    if length > MAX_ELEMENTS * 16 {
        return Err(Failed::new("the lists are too long"));
    }
    let mut lines = Vec::with_capacity(length);
    for line in 0..length {
        let pick = |value: &Value| value.as_list().map_or_else(|| value.clone(), |items| items[line].clone());
        let arguments: Vec<Value> = values.iter().map(pick).collect();
        lines.push(match formatted(call, &pattern, &arguments)? {
            Ok(text) => {
                call.fuel.spend_text(text.len())?;
                Value::from(text.as_str())
            }
            Err(instead) => call.unknown_of(&Type::String, instead),
        });
    }
    Ok(call.list_of(Type::String, lines))
}

/// A verb as it stands in a pattern: `%[2]-08.3f`.
#[derive(Debug, Default)]
struct Verb {
    letter: char,
    is_sharp: bool,
    is_padded_with_zeros: bool,
    is_left: bool,
    has_plus: bool,
    has_space: bool,
    argument: Option<usize>,
    width: usize,
    precision: Option<usize>,
}

/// The text; or the null or unknown value that stands for it.
fn formatted(call: &Call<'_>, pattern: &str, arguments: &[Value]) -> Result<Result<String, Value>, Failed> {
    let mut text = String::new();
    let mut instead: Option<Value> = None;
    let mut used = 0;
    let mut next = 0;
    let mut names_arguments = false;
    let mut rest = pattern;
    while let Some(at) = rest.find('%') {
        text.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        if let Some(behind) = rest.strip_prefix('%') {
            text.push('%');
            rest = behind;
            continue;
        }
        let (verb, behind) = parse_verb(rest).ok_or_else(|| call.fail(0, "a verb is not complete"))?;
        rest = behind;
        names_arguments |= verb.argument.is_some();
        let chosen = verb.argument.unwrap_or(next);
        next = chosen + 1;
        used = used.max(next);
        let Some(value) = arguments.get(chosen) else {
            return Err(call.fail(0, format!("there is no argument {} for `%{}`", chosen + 1, verb.letter)));
        };
        let shown = match value {
            Value::Null if verb.letter == 'v' => Some("null".to_owned()),
            Value::Null if !call.is_stanza() => return Err(call.fail(chosen + 1, "the value is null")),
            Value::Null | Value::Unknown(_) => {
                let is_decided = matches!(instead, Some(Value::Null));
                if !is_decided && (value.is_null() || instead.is_none()) {
                    instead = Some(value.clone());
                }
                None
            }
            value => Some(shown(call, &verb, chosen + 1, value)?),
        };
        if let Some(shown) = shown {
            pad(&mut text, &verb, &shown);
        }
        call.fuel.spend(1)?;
        if text.len() > crate::lang::fuel::MAX_TEXT {
            return Err(Failed::new("the text grows too long"));
        }
    }
    text.push_str(rest);
    if used < arguments.len() && !names_arguments {
        return Err(call.fail(used + 1, "more arguments than verbs"));
    }
    Ok(instead.map_or(Ok(text), Err))
}

fn parse_verb(text: &str) -> Option<(Verb, &str)> {
    let mut verb = Verb::default();
    let mut rest = text;
    loop {
        let flag = match rest.chars().next()? {
            '#' => &mut verb.is_sharp,
            '0' => &mut verb.is_padded_with_zeros,
            '-' => &mut verb.is_left,
            '+' => &mut verb.has_plus,
            ' ' => &mut verb.has_space,
            _ => break,
        };
        *flag = true;
        rest = &rest[1..];
    }
    if let Some(width) = number_at(&mut rest) {
        verb.width = width?;
    }
    if let Some(behind) = rest.strip_prefix('.') {
        rest = behind;
        verb.precision = Some(number_at(&mut rest).unwrap_or(Some(0))?);
    }
    if let Some(behind) = rest.strip_prefix('[') {
        let (argument, behind) = behind.split_once(']')?;
        verb.argument = Some(argument.parse::<usize>().ok()?.checked_sub(1)?);
        rest = behind;
    }
    verb.letter = rest.chars().next()?;
    rest = &rest[verb.letter.len_utf8()..];
    Some((verb, rest))
}

/// A number at the start of the rest: none, one that is too large, or one.
fn number_at(rest: &mut &str) -> Option<Option<usize>> {
    let length = rest.bytes().take_while(u8::is_ascii_digit).count();
    if length == 0 {
        return None;
    }
    let number = rest[..length].parse().ok().filter(|number| *number <= MAX_WIDTH);
    *rest = &rest[length..];
    Some(number)
}

fn pad(text: &mut String, verb: &Verb, shown: &str) {
    let missing = verb.width.saturating_sub(shown.graphemes(true).count());
    if verb.is_left {
        text.push_str(shown);
        text.extend(std::iter::repeat_n(' ', missing));
    } else if verb.is_padded_with_zeros {
        let (sign, digits) = shown.split_at(usize::from(shown.starts_with(['+', '-'])));
        text.push_str(sign);
        text.extend(std::iter::repeat_n('0', missing));
        text.push_str(digits);
    } else {
        text.extend(std::iter::repeat_n(' ', missing));
        text.push_str(shown);
    }
}

fn shown(call: &Call<'_>, verb: &Verb, at: usize, value: &Value) -> Result<String, Failed> {
    let needs = |what: &str| call.fail(at, format!("`%{}` needs {what}", verb.letter));
    let text = || match convert::to_text(value) {
        Ok(Value::String(text)) => Ok(text),
        _ => Err(needs("text")),
    };
    let number = || convert::to_number(value).ok().and_then(|value| value.as_number()).ok_or_else(|| needs("a number"));
    let whole = || {
        number()?.to_i128().filter(|_| number().is_ok_and(|n| n.is_integer())).ok_or_else(|| needs("a whole number"))
    };
    Ok(match verb.letter {
        'v' if verb.is_sharp => json(call, at, value)?,
        'v' => match value {
            Value::Number(number) => signed(verb, general(*number, None, 'e')),
            Value::String(_) | Value::Bool(_) => text()?.to_string(),
            _ => json(call, at, value)?,
        },
        't' => match convert::to_bool(value) {
            Ok(Value::Bool(truth)) => truth.to_string(),
            _ => return Err(needs("true or false")),
        },
        's' => cut(&text()?, verb.precision),
        'q' => json(call, at, &Value::String(cut(&text()?, verb.precision).as_str().into()))?,
        'd' => signed(verb, whole()?.to_string()),
        'b' => signed(verb, in_base(whole()?, if verb.is_sharp { "0b" } else { "" }, |n| format!("{n:b}"))),
        'o' => signed(verb, in_base(whole()?, if verb.is_sharp { "0" } else { "" }, |n| format!("{n:o}"))),
        'x' => signed(verb, in_base(whole()?, if verb.is_sharp { "0x" } else { "" }, |n| format!("{n:x}"))),
        'X' => signed(verb, in_base(whole()?, if verb.is_sharp { "0X" } else { "" }, |n| format!("{n:X}"))),
        'f' | 'F' => signed(verb, fixed(number()?, verb.precision.unwrap_or(6))),
        'e' | 'E' => signed(verb, scientific(number()?, Some(verb.precision.unwrap_or(6)), verb.letter)),
        'g' | 'G' => signed(verb, general(number()?, verb.precision, if verb.letter == 'g' { 'e' } else { 'E' })),
        other => return Err(call.fail(0, format!("`%{other}` is not a known verb"))),
    })
}

fn json(call: &Call<'_>, at: usize, value: &Value) -> Result<String, Failed> {
    write_json(value, call.fuel).map_err(|reason| call.fail(at, reason))
}

fn cut(text: &str, precision: Option<usize>) -> String {
    match precision {
        Some(length) => text.graphemes(true).take(length).collect(),
        None => text.to_owned(),
    }
}

fn signed(verb: &Verb, number: String) -> String {
    match (number.starts_with('-'), verb.has_plus, verb.has_space) {
        (false, true, _) => format!("+{number}"),
        (false, false, true) => format!(" {number}"),
        _ => number,
    }
}

fn in_base(number: i128, prefix: &str, digits: fn(u128) -> String) -> String {
    format!("{}{prefix}{}", if number < 0 { "-" } else { "" }, digits(number.unsigned_abs()))
}

/// With as many places as asked for; beyond what a decimal holds they are zeros.
fn fixed(number: Decimal, places: usize) -> String {
    const HELD: usize = 28;
    let rounded = number.round_dp_with_strategy(places.min(HELD) as u32, RoundingStrategy::MidpointNearestEven);
    format!("{rounded:.places$}")
}

/// The digits without point and zeros around them, and the exponent of the first.
fn digits_of(number: Decimal) -> (String, i32) {
    let normal = number.normalize().abs();
    let digits = normal.mantissa().to_string();
    let exponent = digits.len() as i32 - 1 - normal.scale() as i32;
    let trimmed = digits.trim_end_matches('0');
    (if trimmed.is_empty() { "0".to_owned() } else { trimmed.to_owned() }, exponent)
}

/// `1.234568e+04`; the shortest that is exact without a precision.
fn scientific(number: Decimal, precision: Option<usize>, letter: char) -> String {
    let (digits, exponent) = digits_of(number);
    let unit = Decimal::from_i128_with_scale(digits.parse().unwrap_or_default(), digits.len() as u32 - 1);
    let places = precision.unwrap_or(digits.len() - 1);
    let mut shown = fixed(unit, places);
    let mut exponent = if number.is_zero() { 0 } else { exponent };
    if shown.starts_with("10") {
        shown = fixed(unit / Decimal::TEN, places);
        exponent += 1;
    }
    let sign = if number.is_sign_negative() && !number.is_zero() { "-" } else { "" };
    let exponent_sign = if exponent < 0 { '-' } else { '+' };
    format!("{sign}{shown}{letter}{exponent_sign}{:02}", exponent.abs())
}

/// Scientific where the exponent is small or large, plain otherwise.
fn general(number: Decimal, precision: Option<usize>, letter: char) -> String {
    let (digits, exponent) = digits_of(number);
    let wanted = precision.map(|precision| precision.max(1));
    let most = match wanted {
        Some(wanted) if wanted > digits.len() && digits.len() as i32 > exponent => digits.len(),
        Some(wanted) => wanted,
        // As Terraform does it: `%v` of a million is `1e+06`. `%d` and `${…}` write all digits.
        None => 6,
    };
    if !number.is_zero() && (exponent < -4 || exponent >= most as i32) {
        let places = wanted.map(|wanted| wanted.min(digits.len()) - 1);
        return scientific(number, places, letter);
    }
    let rounded = match wanted {
        Some(wanted) => number.round_sf(wanted.min(28) as u32).unwrap_or(number),
        None => number,
    };
    convert::number_text(rounded).to_string()
}
