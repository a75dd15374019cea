use smol_str::SmolStr;

use crate::lang::{Dialect, Frame, Host, Names, NoHost, lower, parse_body};
use crate::model::{Problem, Source, Value};

/// `self` with a bit of everything.
fn resource() -> Value {
    let object = |entries: Vec<(&str, Value)>| {
        Value::Object(entries.into_iter().map(|(name, value)| (name.into(), value)).collect())
    };
    object(vec![
        ("size", Value::from(8)),
        ("type", Value::from("gp3")),
        ("count", Value::from("3")),
        ("nothing", Value::Null),
        ("iops", Value::unknown("self.iops")),
        ("password", Value::from("hunter2").sensitive()),
        ("on", Value::from("true")),
        ("disk", Value::from(vec![object(vec![("gb", Value::from(10))])])),
        ("disks", Value::from(vec![object(vec![("gb", Value::from(1))]), object(vec![("gb", Value::Null)])])),
        ("none", Value::from(vec![])),
        ("tags", object(vec![("b", Value::from("2")), ("a", Value::from("1"))])),
    ])
}

struct Neighbours;

impl Host for Neighbours {
    fn targets(&self, path: &str, kinds: &[SmolStr]) -> Vec<Value> {
        vec![Value::from(format!("{path} {}", kinds.join(" ")).as_str()), Value::from("second")]
    }

    fn referrers(&self, kind: &str, path: &str) -> Vec<Value> {
        vec![Value::from(format!("{kind} {path}").as_str())]
    }
}

fn eval_in(text: &str, dialect: Dialect, host: &dyn Host) -> Result<Value, Problem> {
    let mut names = Names::new(dialect);
    names.bind("self");
    let source = Source::new("a.hcl", format!("v = {text}\n"));
    let body = parse_body(&source)?;
    let expr = lower(&body.get_attribute("v").unwrap().value, &names, &source).map_err(|mut all| all.remove(0))?;
    expr.eval(&Frame { slots: &[resource()], host })
}

fn stanza(text: &str) -> String {
    match eval_in(text, Dialect::Stanza, &NoHost) {
        Ok(value) => value.to_string(),
        Err(problem) => panic!("{text}: {problem}"),
    }
}

/// The code, and what is underlined.
fn fails(text: &str, dialect: Dialect) -> (&'static str, String) {
    let problem = eval_in(text, dialect, &NoHost).unwrap_err();
    let (source, span) = problem.place().unwrap();
    (problem.code().trim_start_matches("lepton::lang::"), source.slice(span).to_owned())
}

#[test]
fn null_travels_in_stanzas() {
    for text in [
        "self.missing",
        "self.missing.deeper[0].still",
        "self.nothing + 1",
        "-self.nothing",
        "self.nothing < 3",
        "\"a ${self.nothing} b\"",
        "upper(self.nothing)",
        "max(1, self.nothing)",
        "sum(self.disks[*].gb)",
        "length(self.nothing)",
        "self.disks[7]",
        "self.disks[-1]",
        "self.tags[\"z\"]",
        "self.none.gb",
        "self.nothing * self.iops",
        "lookup(self.nothing, \"a\")",
    ] {
        assert_eq!(stanza(text), "null", "{text}");
    }
}

#[test]
fn null_is_looked_at_where_it_should_be() {
    for (text, value) in [
        ("self.nothing == null", "true"),
        ("self.nothing != 3", "true"),
        ("coalesce(self.nothing, 5)", "5"),
        ("coalesce(self.nothing, \"\")", "null"),
        ("coalescelist(self.nothing, self.none, [1])", "[1]"),
        ("try(self.nothing, 5)", "null"),
        ("can(self.nothing)", "true"),
        ("lookup(self.tags, \"z\", 5)", "5"),
        ("known(self.nothing, 5)", "5"),
        ("self.nothing ? 1 : 2", "2"),
        ("self.nothing && true", "false"),
        ("self.nothing || true", "true"),
        ("!self.nothing", "true"),
        ("jsonencode(self.nothing)", "\"null\""),
        ("tostring(self.nothing)", "null"),
        ("self.nothing[*]", "[]"),
        ("[for x in self.nothing : x]", "[]"),
        ("merge(self.nothing, { a = 1 })", "{a = 1}"),
        ("sum([])", "0"),
    ] {
        assert_eq!(stanza(text), value, "{text}");
    }
}

#[test]
fn a_single_block_is_a_list_of_one() {
    assert_eq!(stanza("self.disk.gb"), "10");
    assert_eq!(stanza("self.disk[0].gb"), "10");
    assert_eq!(fails("self.disks.gb", Dialect::Stanza), ("no-attribute", "self.disks.gb".to_owned()));
    assert_eq!(fails("self.disk.gb", Dialect::Terraform), ("no-attribute", "self.disk.gb".to_owned()));
}

#[test]
fn unknown_travels_with_its_path() {
    for text in ["self.iops + 1", "\"${self.iops}\"", "max(1, self.iops)", "self.iops > 3 ? 1 : 2", "self.iops == 3"] {
        for dialect in [Dialect::Stanza, Dialect::Terraform] {
            let value = eval_in(text, dialect, &NoHost).unwrap();
            assert_eq!(value.as_unknown().map(|unknown| unknown.path.as_str()), Some("self.iops"), "{text}");
        }
    }
    assert_eq!(stanza("known(self.iops, 3000)"), "3000");
    assert_eq!(stanza("known(self.size, 3000)"), "8");
}

#[test]
fn one_side_decides_in_stanzas_only() {
    let unknown = "self.iops == 1";
    assert_eq!(stanza(&format!("false && {unknown}")), "false");
    assert_eq!(stanza(&format!("{unknown} || true")), "true");
    assert_eq!(stanza(&format!("true && {unknown}")), "(known after apply)");
    let terraform = eval_in(&format!("false && {unknown}"), Dialect::Terraform, &NoHost).unwrap();
    assert!(terraform.as_unknown().is_some());
}

#[test]
fn sensitivity_travels_and_is_never_said() {
    for text in [
        "self.password",
        "\"a ${self.password}\"",
        "self.password == \"x\"",
        "upper(self.password)",
        "join(\"\", [self.password, \"x\"])",
        "jsonencode({ a = self.password })",
        "[\"hunter2\", 1] == [self.password, 1]",
        "self.password == \"x\" ? 1 : 2",
        "{ (self.password) = 1 }",
        "self.tags[self.password]",
    ] {
        assert!(eval_in(text, Dialect::Stanza, &NoHost).unwrap().is_sensitive(), "{text}");
    }
    for text in [
        "self.password + 1",
        "!self.password",
        "tonumber(self.password)",
        "parseint(self.password, 10)",
        "tonumber(join(\"\", [self.password]))",
        "[for x in [self.password] : x + 1]",
        "{ for x in [self.password, self.password] : x => 1 }",
        "regex(\"z\", self.password)",
        "self.size[self.password]",
        "self.disks[self.password]",
    ] {
        let problem = eval_in(text, Dialect::Stanza, &NoHost).unwrap_err();
        let said = format!("{problem} {:?}", miette::Report::new(problem.clone()));
        assert!(!said.contains("hunter2"), "{said}");
    }
}

#[test]
fn problems_underline_the_exact_sub_expression() {
    use Dialect::{Stanza, Terraform};
    for (text, dialect, code, underlined) in [
        ("1 + self.size / 0", Stanza, "division-by-zero", "self.size / 0"),
        ("2 * (self.type + 1)", Stanza, "type", "self.type"),
        (
            "99999999999999999999999999 * (self.size * 10000)",
            Stanza,
            "overflow",
            "99999999999999999999999999 * (self.size * 10000)",
        ),
        ("\"a ${self.tags}\"", Stanza, "type", "self.tags"),
        ("self.type ? 1 : 2", Stanza, "type", "self.type"),
        ("[for x in self.size : x]", Stanza, "type", "self.size"),
        ("{ for x in [1, 1] : self.type => x }", Stanza, "duplicate-key", "self.type"),
        ("{ (self.disks) = 1 }", Stanza, "key", "self.disks"),
        ("max(1, self.type)", Stanza, "call", "self.type"),
        ("max(self.size...)", Stanza, "type", "self.size"),
        ("1 + self.nothing", Terraform, "null", "self.nothing"),
        ("upper(self.nothing)", Terraform, "null", "self.nothing"),
        ("self.tags.z", Terraform, "no-attribute", "self.tags.z"),
        ("1 + self.disks[7].gb", Terraform, "index", "7"),
        ("try(self.z, self.y)", Terraform, "try", "try(self.z, self.y)"),
    ] {
        assert_eq!(fails(text, dialect), (code, underlined.to_owned()), "{text}");
    }
}

#[test]
fn a_missing_attribute_asks_for_the_one_that_was_meant() {
    let problem = eval_in("self.sise", Dialect::Terraform, &NoHost).unwrap_err();
    assert!(format!("{:?}", miette::Report::new(problem)).contains("did you mean `size`?"));
}

#[test]
fn text_is_read_as_what_it_says() {
    assert_eq!(stanza("self.count * 2"), "6");
    assert_eq!(stanza("self.on ? 1 : 2"), "1");
    assert_eq!(stanza("max(self.count, 2)"), "3");
    assert_eq!(stanza("self.count == 3"), "false");
}

#[test]
fn decimals_are_exact_and_divisions_come_out() {
    assert_eq!(stanza("0.1 + 0.2"), "0.3");
    assert_eq!(stanza("ceil(self.size / 3 * 3)"), "8");
    assert_eq!(stanza("1 / 3 + 1 / 3 + 1 / 3 == 1"), "true");
    assert_eq!(stanza("1000000 / 7 * 7 == 1000000"), "true");
    assert_eq!(stanza("0.0000000125 * 730 * 1000000"), "9.125");
}

#[test]
fn objects_iterate_in_order_of_their_keys() {
    assert_eq!(stanza("[for k, v in self.tags : k]"), "[\"a\", \"b\"]");
    assert_eq!(stanza("join(\",\", keys(self.tags))"), "\"a,b\"");
}

#[test]
fn elements_count_from_both_ends() {
    assert_eq!(stanza("element(split(\".\", \"a.b.c\"), -1)"), "\"c\"");
    assert_eq!(stanza("element([1, 2], 3)"), "2");
    assert_eq!(stanza("element([], 0)"), "null");
}

#[test]
fn references_ask_the_host() {
    let ask = |text| eval_in(text, Dialect::Stanza, &Neighbours).unwrap().to_string();
    assert_eq!(ask("ref(\"a.id\", \"t1\", \"t2\")"), "\"a.id t1 t2\"");
    assert_eq!(ask("refs(\"a\")[1]"), "\"second\"");
    assert_eq!(ask("referrers(\"t\", \"p\")"), "[\"t p\"]");
    assert_eq!(stanza("ref(\"a\").size"), "null");
}

#[test]
fn a_trace_shows_what_was_evaluated() {
    let mut names = Names::new(Dialect::Stanza);
    names.bind("self");
    let text = "self.on ? max(self.size, self.count) + sum([for d in self.disks : d.gb * self.size]) : self.missing";
    let source = Source::new("a.hcl", format!("v = {text}\n"));
    let body = parse_body(&source).unwrap();
    let expr = lower(&body.get_attribute("v").unwrap().value, &names, &source).unwrap();
    let trace = expr.trace(&Frame { slots: &[resource()], host: &NoHost });
    let shown: Vec<String> = trace.iter().map(|(span, value)| format!("{} = {value}", source.slice(*span))).collect();
    assert_eq!(
        shown,
        [
            "self.on = \"true\"",
            "self.size = 8",
            "self.count = \"3\"",
            "max(self.size, self.count) = 8",
            "self.disks = [{gb = 1}, {gb = null}]",
            "[for d in self.disks : d.gb * self.size] = [8, null]",
            "sum([for d in self.disks : d.gb * self.size]) = null",
        ]
    );
}
