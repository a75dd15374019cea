use crate::lang::{Dialect, Expr, Names, lower, parse_body};
use crate::model::{Problem, Source};

fn names(dialect: Dialect) -> Names {
    let mut names = Names::new(dialect);
    for name in ["self", "usage", "region"] {
        names.bind(name);
    }
    names
}

fn lowered_in(text: &str, dialect: Dialect) -> Result<Expr, Vec<Problem>> {
    let source = Source::new("a.hcl", format!("v = {text}\n"));
    let body = parse_body(&source).unwrap();
    lower(&body.get_attribute("v").unwrap().value, &names(dialect), &source)
}

fn lowered(text: &str) -> Expr {
    lowered_in(text, Dialect::Stanza).unwrap()
}

/// The code and the underlined text of each problem.
fn problems(text: &str) -> Vec<(&'static str, String)> {
    let problems = lowered_in(text, Dialect::Stanza).unwrap_err();
    let shown = problems.iter().map(|problem| {
        let (source, span) = problem.place().unwrap();
        (problem.code().trim_start_matches("lepton::lang::"), source.slice(span).to_owned())
    });
    shown.collect()
}

fn rendered(text: &str) -> String {
    let problem = lowered_in(text, Dialect::Stanza).unwrap_err().remove(0);
    let mut out = String::new();
    let theme = miette::GraphicalTheme::unicode_nocolor();
    miette::GraphicalReportHandler::new_themed(theme).render_report(&mut out, &problem).unwrap();
    out
}

#[test]
fn all_problems_of_an_expression_are_reported() {
    assert_eq!(
        problems("slef.size + max() + lenght(usag.x)"),
        [
            ("unknown-name", "slef".to_owned()),
            ("argument-count", "max()".to_owned()),
            ("unknown-name", "usag".to_owned()),
            ("unknown-function", "lenght".to_owned()),
        ]
    );
}

#[test]
fn problems_underline_the_exact_sub_expression() {
    for (text, code, underlined) in [
        ("[for x in self.a : y]", "unknown-name", "y"),
        ("\"a ${nam} b\"", "unknown-name", "nam"),
        ("<<-E\n  a ${nam}\nE", "unknown-name", "nam"),
        ("{ a = [1, { b = nam }] }", "unknown-name", "nam"),
        ("file(\"x\")", "unsupported-function", "file"),
        ("timestamp()", "unsupported-function", "timestamp"),
        ("sensitive(1)", "unsupported-function", "sensitive"),
        ("provider::x::f(1)", "unknown-function", "f"),
        ("upper(1, 2)", "argument-count", "upper(1, 2)"),
        ("ref(self.id)", "reference-path", "self.id"),
        ("1e99", "number-range", "1e99"),
        ("{ self.a = 1 }", "ambiguous-key", "self.a"),
        ("self[nam].x", "unknown-name", "nam"),
    ] {
        assert_eq!(problems(text), [(code, underlined.to_owned())], "{text}");
    }
}

#[test]
fn a_problem_asks_for_the_name_that_was_meant() {
    let shown = rendered("1 + slef.size");
    assert!(shown.contains("did you mean `self`?"), "{shown}");
    assert!(shown.contains("names in scope: self, usage, region"), "{shown}");
    assert!(rendered("uper(\"x\")").contains("did you mean `upper`?"));
    assert!(rendered("slice([1], 1)").contains("write `slice(list, start, end)`"));
}

#[test]
fn constants_fold() {
    for (text, value) in [
        ("1 + 2 * 3", "7"),
        ("\"a${1 + 1}\"", "\"a2\""),
        ("[for x in [1, 2] : x * 2]", "[2, 4]"),
        ("{ a = upper(\"x\") }.a", "\"X\""),
        ("[{ a = 1 }][*].a", "[1]"),
        ("\"%{ for x in [1, 2] }${x}%{ endfor }\"", "\"12\""),
        ("true ? 1 : 2", "1"),
    ] {
        assert_eq!(lowered(text).constant().map(ToString::to_string).as_deref(), Some(value), "{text}");
    }
    for text in ["self", "1 + self.x", "refs(\"a\")", "1 / 0", "[for x in [1] : self.a]", "try(1 / 0, self)"] {
        assert!(lowered(text).constant().is_none(), "{text}");
    }
}

#[test]
fn traversals_are_maximal_and_in_order() {
    let shown = |text: &str| -> Vec<String> {
        let expr = lowered(text);
        let all = expr.traversals();
        all.iter()
            .map(|one| format!("{}:{}", names(Dialect::Stanza).all()[one.root.0 as usize], one.path.join(".")))
            .collect()
    };
    assert_eq!(shown("self.a[0].b + usage.c"), ["self:a.b", "usage:c"]);
    assert_eq!(shown("(self.a).b[\"k\"]"), ["self:a.b.k"]);
    assert_eq!(shown("self.disks[*].size"), ["self:disks.size"]);
    assert_eq!(shown("self.disks.*.size[0]"), ["self:disks.size"]);
    assert_eq!(shown("self.a[usage.at].b"), ["self:a", "usage:at"]);
    assert_eq!(shown("[for x in self.a : x.b + usage.c]"), ["self:a", "usage:c"]);
    assert_eq!(shown("\"${self.a}-%{ if usage.b }${region}%{ endif }\""), ["self:a", "usage:b", "region:"]);
    let spans = lowered("self.a[0].b + usage.c");
    let text: Vec<String> = spans.traversals().iter().map(|one| spans.source().slice(one.span).to_owned()).collect();
    assert_eq!(text, ["self.a[0].b", "usage.c"]);
}

#[test]
fn references_are_found_wherever_they_stand() {
    let calls =
        lowered("try(ref(\"a.id\", \"aws_x\").size, [for x in referrers(\"aws_y\", \"b\") : x.z], refs(\"c\"))")
            .reference_calls();
    let shown: Vec<String> =
        calls.iter().map(|call| format!("{} {}", call.function, call.arguments.join(" "))).collect();
    assert_eq!(shown, ["ref a.id aws_x", "referrers aws_y b", "refs c"]);
}

#[test]
fn dialects_have_their_own_functions() {
    assert!(lowered_in("sensitive(1)", Dialect::Terraform).is_ok());
    assert!(lowered_in("ref(\"a\")", Dialect::Terraform).is_err());
}
