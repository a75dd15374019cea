//! Types in modules: what expressions give, and what is known of what is unknown.

use crate::lang::{Dialect, Frame, Names, NoHost, lower, parse_body};
use crate::model::{Problem, Source, Type, Value};

fn eval(text: &str) -> Result<Value, Problem> {
    let values = [
        ("id", Value::unknown_of("x.id", Type::String).not_null()),
        ("texts", Value::unknown_of("x.texts", Type::list(Type::String))),
        ("pair", Value::unknown_of("x.pair", Type::tuple([Type::Number, Type::Bool]))),
        ("later", Value::unknown("x.later")),
    ];
    let mut names = Names::new(Dialect::Terraform);
    values.iter().for_each(|(name, _)| {
        names.bind(name);
    });
    let slots = values.map(|(_, value)| value);
    let source = Source::new("a.tf", format!("v = {text}\n"));
    let body = parse_body(&source)?;
    let expr = lower(&body.get_attribute("v").unwrap().value, &names, &source).map_err(|mut all| all.remove(0))?;
    expr.eval(&Frame { slots: &slots, host: &NoHost })
}

fn check(cases: &[(&str, &str, &str)]) {
    for (text, value, kind) in cases {
        let answer = eval(text).unwrap_or_else(|problem| panic!("{text}: {problem}"));
        assert_eq!((answer.to_string().as_str(), answer.value_type().to_string().as_str()), (*value, *kind), "{text}");
    }
}

const UNKNOWN: &str = "(known after apply)";

#[test]
fn expressions_give_tuples_and_objects_and_functions_what_they_say() {
    check(&[
        ("[1, \"a\"]", "[1, \"a\"]", "tuple([number, string])"),
        ("[for x in tolist([\"a\"]) : x]", "[\"a\"]", "tuple([string])"),
        ("{ for x in [1] : x => x... }", "{1 = [1]}", "object({ 1 = tuple([number]) })"),
        ("[{ a = 1 }][*].a", "[1]", "tuple([number])"),
        ("tolist([{ a = 1 }])[*].a", "[1]", "list(number)"),
        ("tomap({})[*]", "[{}]", "tuple([map(any)])"),
        ("keys({ a = 1 })", "[\"a\"]", "tuple([string])"),
        ("keys(tomap({ a = 1 }))", "[\"a\"]", "list(string)"),
        ("concat(tolist([\"a\"]), tolist([1]))", "[\"a\", \"1\"]", "list(string)"),
        ("concat(tolist([\"a\"]), [1])", "[\"a\", 1]", "tuple([string, number])"),
        ("distinct(sensitive(tolist([\"a\", \"a\"])))", "(sensitive value)", "list(string)"),
        ("[for k, v in toset([\"b\"]) : \"${k}${v}\"]", "[\"bb\"]", "tuple([string])"),
        ("toset([{ n = 10 }, { n = 9 }, { n = 1 }])", "[{n = 10}, {n = 1}, {n = 9}]", "set(object({ n = number }))"),
    ]);
}

#[test]
fn values_of_different_types_are_not_equal() {
    check(&[
        ("[1] == tolist([1])", "false", "bool"),
        ("tolist([1]) == tolist([1])", "true", "bool"),
        ("{ a = 1 } == tomap({ a = 1 })", "false", "bool"),
        ("toset([2, 1]) == toset([1, 2])", "true", "bool"),
        ("[null] == [null]", "true", "bool"),
        ("id == 5", "false", "bool"),
        ("texts == [\"a\"]", "false", "bool"),
    ]);
}

#[test]
fn conditions_have_one_type() {
    check(&[
        ("true ? tolist([\"a\"]) : [1, 2]", "[\"a\"]", "list(string)"),
        ("false ? null : toset([1])", "[1]", "set(number)"),
        ("true ? { a = 1 } : { b = \"x\" }", "{a = \"1\"}", "map(string)"),
        ("later ? 1 : \"a\"", UNKNOWN, "string"),
        ("later ? [1] : []", UNKNOWN, "list(number)"),
        ("(later ? 1 : 2) == null", "false", "bool"),
        ("(later ? 1 : null) == null", UNKNOWN, "bool"),
    ]);
    for text in ["later ? 1 : [1]", "true ? true : 1", "texts ? 1 : 2"] {
        assert_eq!(eval(text).unwrap_err().code(), "lepton::lang::type", "{text}");
    }
}

#[test]
fn unknown_values_keep_their_types() {
    check(&[
        ("id[*]", "[(known after apply)]", "tuple([string])"),
        ("texts[0]", UNKNOWN, "string"),
        ("texts[*]", UNKNOWN, "list(string)"),
        ("pair[1]", UNKNOWN, "bool"),
        ("reverse(texts)", UNKNOWN, "list(string)"),
        ("toset(texts)", UNKNOWN, "set(string)"),
        ("tonumber(id)", UNKNOWN, "number"),
        ("upper(id)", UNKNOWN, "string"),
        ("upper(id) == null", "false", "bool"),
        ("texts[0] == null", UNKNOWN, "bool"),
        ("length(toset([id, \"a\"]))", UNKNOWN, "number"),
        ("length(toset([id]))", "1", "number"),
        ("flatten([[id], [\"a\"]])", "[(known after apply), \"a\"]", "tuple([string, string])"),
        ("flatten([[later], [\"a\"]])", UNKNOWN, "any"),
        ("{ (id) = 1 }", UNKNOWN, "any"),
    ]);
    for text in [
        "id.a",
        "id[0]",
        "texts.a",
        "pair[2]",
        "texts + 1",
        "!texts",
        "\"a${texts}\"",
        "tolist(id)",
        "[for x in id : x]",
    ] {
        assert!(eval(text).is_err(), "{text}");
    }
}

#[test]
fn the_known_start_of_an_unknown_text_decides() {
    check(&[
        ("\"a-${id}\" == \"b\"", "false", "bool"),
        ("\"a-${id}\" == \"a-b\"", UNKNOWN, "bool"),
        ("startswith(\"a-${id}\", \"a\")", "true", "bool"),
        ("startswith(\"a-${id}\", \"b\")", "false", "bool"),
        ("startswith(\"a-${id}\", \"a-b\")", UNKNOWN, "bool"),
        // What follows may combine with the last letter.
        ("\"e${id}\" == \"é\"", UNKNOWN, "bool"),
        ("upper(\"a-${id}\") == \"A-B\"", UNKNOWN, "bool"),
    ]);
}

#[test]
fn whether_an_expression_fails_is_open_while_it_rests_on_unknown_values() {
    check(&[
        ("try([later, 1][1], 2)", UNKNOWN, "any"),
        ("try(id.a, \"b\")", "\"b\"", "string"),
        ("try({}.a, id)", UNKNOWN, "any"),
        ("can(later.a)", UNKNOWN, "bool"),
        ("can(id.a)", "false", "bool"),
    ]);
}
