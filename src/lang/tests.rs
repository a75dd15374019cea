//! What holds for any expression: no panic, no endless work, no sensitive value in a message.

use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::*;
use crate::model::{List, Object, Problem, Source, Type};

const SECRET: &str = "hunter2";
const DIALECTS: [Dialect; 2] = [Dialect::Stanza, Dialect::Terraform];

/// Values of every kind, plain and extreme ones, for the names in scope.
fn scope(dialect: Dialect) -> (Names, Vec<Value>) {
    let number = |text: &str| Value::Number(convert::parse_number(text).expect("a number"));
    let object = |entries: Vec<(&str, Value)>| {
        Value::Object(entries.into_iter().map(|(name, value)| (name.into(), value)).collect())
    };
    let list = Value::from(vec![Value::from("b"), Value::from("a"), Value::from(SECRET).sensitive()]);
    let values = [
        ("null_value", Value::Null),
        ("truth", Value::Bool(true)),
        ("small", number("0.0000000000000000000000000001")),
        ("large", number("79228162514264337593543950335")),
        ("negative", number("-3.5")),
        ("zero", number("0")),
        ("two", number("2")),
        ("text", Value::from("a/b, 10.0.0.0/8 %5d [x] é👨‍👩‍👧")),
        ("long_text", Value::from("ab\n".repeat(20_000).as_str())),
        ("time", Value::from("2024-02-29T23:59:59.5+05:30")),
        ("list", list.clone()),
        ("numbers", Value::from((0..300).map(Value::from).collect::<Vec<_>>())),
        ("nested", Value::from(vec![list.clone(), Value::Null, Value::unknown("self.z")])),
        ("object", object(vec![("a", list), ("b", Value::Null), ("c", Value::from("x"))])),
        ("unknown", Value::unknown("self.x")),
        ("secret", Value::from(SECRET).sensitive()),
        ("secrets", Value::from(vec![Value::from(SECRET), Value::from(1)]).sensitive()),
    ];
    let mut values = Vec::from(values);
    let texts = || vec![Value::from("a"), Value::Null, Value::unknown_of("self.t", Type::String)];
    // Under these names, stanzas have the same values without a type.
    values.extend([
        ("texts", Value::List(List::of(Type::list(Type::String), texts()))),
        ("set", Value::List(List::of(Type::set(Type::String), texts()))),
        ("map", Value::Object(Object::of(Type::map(Type::Number), [("k".into(), Value::from(1))]))),
        ("empty_set", Value::List(List::of(Type::set(Type::Dynamic), Vec::new()))),
        ("coming_text", Value::unknown_of("self.t", Type::String).not_null()),
        ("coming_texts", Value::unknown_of("self.ts", Type::list(Type::String))),
        ("coming_set", Value::unknown_of("self.s", Type::set(Type::Number))),
        ("coming_tuple", Value::unknown_of("self.u", Type::tuple([Type::Bool, Type::String]))),
        ("coming_object", Value::unknown_of("self.o", Type::object([("a".into(), Type::list(Type::Bool))]))),
    ]);
    let mut names = Names::new(dialect);
    let mut slots = Vec::new();
    for (name, value) in values {
        let value = if dialect == Dialect::Stanza { conform::untyped(&value) } else { value };
        names.bind(name);
        slots.push(value);
    }
    (names, slots)
}

/// Whether what a value is agrees with the type that is declared of it and its parts.
fn is_sound(value: &Value) -> bool {
    let fits = |part: &Value, kind: &Type| is_sound(part) && part.value_type().may_equal(kind);
    match value.unmarked() {
        Value::List(items) => match items.declared() {
            Some(Type::List(element) | Type::Set(element)) => items.iter().all(|item| fits(item, element)),
            Some(Type::Tuple(kinds)) => {
                kinds.len() == items.len() && items.iter().zip(kinds.iter()).all(|(item, kind)| fits(item, kind))
            }
            Some(_) => false,
            None => items.iter().all(is_sound),
        },
        Value::Object(object) => {
            let entries = object.entries();
            match object.declared() {
                Some(Type::Map(element)) => entries.iter().all(|(_, value)| fits(value, element)),
                Some(Type::Object(kinds)) => {
                    let has_kind = |(name, value): &(SmolStr, Value)| {
                        kinds.get(name).is_some_and(|attribute| fits(value, &attribute.kind))
                    };
                    kinds.len() == entries.len() && entries.iter().all(has_kind)
                }
                Some(_) => false,
                None => entries.iter().all(|(_, value)| is_sound(value)),
            }
        }
        _ => true,
    }
}

fn is_untyped(value: &Value) -> bool {
    value.value_type() == conform::untyped(value).value_type()
}

fn problems(text: &str, dialect: Dialect) -> Result<Value, Vec<Problem>> {
    let (names, slots) = scope(dialect);
    let source = Source::new("expression", format!("v = {text}\n"));
    let body = parse_body(&source).map_err(|problem| vec![problem])?;
    let Some(attribute) = body.get_attribute("v") else {
        return Ok(Value::Null);
    };
    let expr = lower(&attribute.value, &names, &source)?;
    let frame = Frame { slots: &slots, host: &NoHost };
    expr.traversals();
    expr.reference_calls();
    expr.trace(&frame);
    expr.eval(&frame).map_err(|problem| vec![problem])
}

/// Evaluates in both dialects; what must hold for anything is checked.
fn check(text: &str) -> Result<(), TestCaseError> {
    for dialect in DIALECTS {
        let start = Instant::now();
        let answer = problems(text, dialect);
        prop_assert!(start.elapsed() < Duration::from_secs(10), "{} takes {:?}", text, start.elapsed());
        match answer {
            Ok(value) => {
                prop_assert!(
                    text.contains("nonsensitive") || text.contains(SECRET) || !value.to_string().contains(SECRET),
                    "{} reveals {}",
                    text,
                    value
                );
                prop_assert!(is_sound(&value), "{} is {}, not {}", text, value, value.value_type());
                prop_assert!(dialect == Dialect::Terraform || is_untyped(&value), "{} is typed in stanzas", text);
            }
            Err(problems) => {
                for problem in problems {
                    prop_assert!(problem.code().starts_with("lepton::lang::"));
                    prop_assert!(problem.help_text().is_some(), "no help: {}", problem);
                    let (source, span) = problem.place().expect("every problem has a place");
                    prop_assert!(source.text().get(span.start..span.end).is_some(), "{}: {:?}", text, span);
                    let said = format!("{problem} {:?}", miette::Report::new(problem.clone()));
                    prop_assert!(text.contains(SECRET) || !said.contains(SECRET), "{} reveals {}", text, said);
                }
            }
        }
    }
    Ok(())
}

fn argument() -> impl Strategy<Value = String> {
    let (names, _) = scope(Dialect::Stanza);
    let names: Vec<String> = names.all().iter().map(ToString::to_string).collect();
    let leaf = prop_oneof![
        4 => prop::sample::select(names),
        1 => prop::sample::select(vec!["1", "-1", "0.5", "1e28", "\"\"", "\"%s %d\"", "\"/(a)|b/\"", "\"[[]\"", "[]", "{}"])
            .prop_map(str::to_owned),
    ];
    leaf.prop_recursive(2, 8, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(|items| format!("[{}]", items.join(", "))),
            (inner.clone(), inner.clone()).prop_map(|(key, value)| format!("{{ a = {value}, ({key}) = 1 }}")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("{a} == {b}")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a})[{b}]")),
            inner.clone().prop_map(|inner| format!("[for k, x in {inner} : \"${{k}} ${{x}}\" if x != null]")),
            inner.prop_map(|inner| format!("{inner}[*]")),
        ]
    })
}

fn call() -> impl Strategy<Value = String> {
    let names: Vec<&str> = DIALECTS.into_iter().flat_map(functions::names).collect();
    (prop::sample::select(names), prop::collection::vec(argument(), 0..4), any::<bool>()).prop_map(
        |(name, arguments, expands)| {
            let dots = if expands && !arguments.is_empty() { "..." } else { "" };
            format!("{name}({}{dots})", arguments.join(", "))
        },
    )
}

/// Pieces of the grammar in any order.
fn soup() -> impl Strategy<Value = String> {
    let pieces = [
        "[",
        "]",
        "{",
        "}",
        "(",
        ")",
        "\"",
        "${",
        "~}",
        "%{ if ",
        "%{ endif }",
        "%{ for x in ",
        "<<-E\n",
        "\nE\n",
        "for",
        "in",
        "x",
        "self",
        "list",
        ".",
        ".*",
        "[*]",
        "...",
        "=>",
        ":",
        "?",
        "==",
        "&&",
        "-",
        "/",
        "1",
        "1e99",
        "null",
        ",",
        " ",
        "\\",
        "max",
        "try",
    ];
    prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]

    #[test]
    fn no_call_panics_or_reveals(text in call()) {
        check(&text)?;
    }

    #[test]
    fn no_operation_panics_or_reveals(
        left in argument(),
        operator in prop::sample::select(vec!["+", "-", "*", "/", "%", "==", "<", "&&", "||", "? 1 :"]),
        right in argument(),
    ) {
        check(&format!("{left} {operator} {right}"))?;
        check(&format!("\"a ${{{left}}} %{{ if {right} }}b%{{ endif }}\""))?;
    }

    #[test]
    fn no_text_panics(text in "\\PC{0,60}") {
        check(&text)?;
    }

    #[test]
    fn no_soup_panics(text in soup()) {
        check(&text)?;
    }
}

#[test]
fn hostile_expressions_are_stopped() {
    let doubling = (0..40).fold("[1, 1]".to_owned(), |inner, _| format!("concat({inner}, numbers)"));
    let levels = 20;
    let mut shared = "numbers".to_owned();
    for level in 0..levels {
        shared = format!("[for x{level} in [{shared}] : [x{level}, x{level}, x{level}]]");
    }
    for text in [
        "[for a in numbers : [for b in numbers : [for c in numbers : [for d in numbers : 1]]]]".to_owned(),
        "join(\"\", [for a in numbers : long_text])".to_owned(),
        "[for a in numbers : [for b in numbers : replace(long_text, \"\", long_text)]]".to_owned(),
        "format(\"%99999d\", 1)".to_owned(),
        "format(\"%.99999999999999999999f\", 1)".to_owned(),
        "indent(1000000000, long_text)".to_owned(),
        "range(0, 1000000)".to_owned(),
        "range(0, 1, small)".to_owned(),
        "setproduct(numbers, numbers, numbers)".to_owned(),
        "pow(1.0000000001, 9000000000000000000)".to_owned(),
        "regexall(\"(((a*)*)*)*b\", long_text)".to_owned(),
        "regex(\"(a{1000}){1000}\", text)".to_owned(),
        "substr(long_text, -9223372036854775808, 9223372036854775807)".to_owned(),
        "timeadd(time, \"9999999999999999999h\")".to_owned(),
        "cidrhost(\"::/0\", -79228162514264337593543950335)".to_owned(),
        "cidrsubnet(\"::/0\", 9223372036854775807, 1)".to_owned(),
        format!("jsonencode({shared})"),
        format!("{shared} == {shared}"),
        format!("distinct(flatten({shared}))"),
        doubling,
    ] {
        check(&text).unwrap();
    }
}

/// The deepest text that the parser lets through, and deeper: unoptimised, the parser alone needs 2 MB for it.
#[test]
fn nested_text_parses_in_little_time() {
    const STACK: usize = 8 << 20;
    let thread = std::thread::Builder::new().stack_size(STACK).spawn(nested_texts).expect("a thread starts");
    thread.join().expect("no panic");
}

fn nested_texts() {
    for (open, close) in [
        ("(", ")"),
        ("[", "]"),
        ("{ a = ", " }"),
        ("{ (", ") = 1 }"),
        ("\"${", "}\""),
        ("\"%{ if true }${", "}%{ endif }\""),
        ("[for x in ", " : x]"),
        ("[for x in list : ", "]"),
        ("{ for x in ", " : x => x }"),
        ("max(", ", 1)"),
        ("list[", "]"),
        ("-", ""),
        ("!", ""),
        ("true ? 1 : ", ""),
        ("true ? ", " : 1"),
        ("1 + (", ")"),
    ] {
        for depth in [20, 60, 5_000] {
            check(&format!("{}1{}", open.repeat(depth), close.repeat(depth))).unwrap();
            check(&open.repeat(depth)).unwrap();
        }
    }
}

#[test]
fn deep_expressions_evaluate_on_a_small_stack() {
    let long_sum = vec!["two"; 120].join(" + ");
    let deep = format!("{}two{}", "(-".repeat(30), ")".repeat(30));
    let paths = format!("object{}", ".a".repeat(60));
    let too_long = format!("object{}", ".a".repeat(10_000));
    let splats = format!("nested{}", "[*]".repeat(60));
    for text in [long_sum, deep, paths, too_long, splats] {
        check(&text).unwrap();
    }
}
