//! The expression language against `hcl::eval`, on what both can represent. A disagreement is a bug in ours.

use std::fs;
use std::path::Path;

use hcl::eval::{Context, Evaluate as _, FuncArgs, FuncDef, ParamType};
use lepton::lang::{Dialect, Frame, Names, NoHost, lower, parse_body};
use lepton::model::{Source, Value};
use proptest::prelude::*;

/// The names in scope, as HCL.
const SCOPE: &str = r#"
name    = "lepton"
number  = 4
flag    = true
numbers = [1, 2.5, 4]
names   = ["ann", "bob"]
nested  = [[1], [2, 3]]
object  = { name = "web", size = 8, tags = { team = "core" } }
servers = [{ name = "web", disks = [{ size = 10 }, { size = 20 }] }, { name = "api", disks = [] }]
"#;

fn length(args: FuncArgs) -> Result<hcl::Value, String> {
    match &args[0] {
        hcl::Value::Array(items) => Ok(hcl::Value::from(items.len())),
        hcl::Value::String(text) => Ok(hcl::Value::from(text.chars().count())),
        other => Err(format!("no length: {other}")),
    }
}

fn upper(args: FuncArgs) -> Result<hcl::Value, String> {
    Ok(hcl::Value::from(args[0].as_str().ok_or("not text")?.to_uppercase()))
}

fn max(args: FuncArgs) -> Result<hcl::Value, String> {
    let numbers: Vec<f64> = args.iter().filter_map(|value| value.as_number()?.as_f64()).collect();
    Ok(hcl::Value::from(numbers.into_iter().fold(f64::MIN, f64::max)))
}

/// What `hcl::eval` gives.
fn theirs(text: &str) -> Result<hcl::Value, String> {
    let mut context = Context::new();
    let scope: hcl::Body = hcl::from_str(SCOPE).map_err(|error| error.to_string())?;
    for attribute in scope.attributes() {
        let value = attribute.expr.evaluate(&Context::new()).map_err(|error| error.to_string())?;
        context.declare_var(attribute.key.as_str(), value);
    }
    context.declare_func("length", FuncDef::builder().param(ParamType::Any).build(length));
    context.declare_func("upper", FuncDef::builder().param(ParamType::String).build(upper));
    context.declare_func("max", FuncDef::builder().variadic_param(ParamType::Number).build(max));
    let body: hcl::Body = hcl::from_str(&format!("v = {text}\n")).map_err(|error| error.to_string())?;
    let attribute = body.attributes().next().ok_or("no attribute")?;
    attribute.expr.evaluate(&context).map_err(|error| error.to_string())
}

/// What ours gives.
fn ours(text: &str, dialect: Dialect) -> Result<Value, String> {
    let mut names = Names::new(dialect);
    let scope = Source::new("scope", SCOPE);
    let body = parse_body(&scope).map_err(|problem| problem.to_string())?;
    let mut slots = Vec::new();
    for attribute in body.attributes() {
        let expr = lower(&attribute.value, &Names::new(dialect), &scope).map_err(|problems| problems[0].to_string())?;
        slots.push(expr.constant().ok_or("not a constant")?.clone());
        names.bind(attribute.key.as_str());
    }
    let source = Source::new("expression", format!("v = {text}\n"));
    let body = parse_body(&source).map_err(|problem| problem.to_string())?;
    let attribute = body.attributes().next().ok_or("no attribute")?;
    let expr = lower(&attribute.value, &names, &source).map_err(|problems| problems[0].to_string())?;
    expr.eval(&Frame { slots: &slots, host: &NoHost }).map_err(|problem| problem.to_string())
}

fn is_same(ours: &Value, theirs: &hcl::Value) -> bool {
    match (ours, theirs) {
        (Value::Null, hcl::Value::Null) => true,
        (Value::Bool(ours), hcl::Value::Bool(theirs)) => ours == theirs,
        (Value::Number(ours), hcl::Value::Number(theirs)) => {
            let (ours, theirs) = (ours.to_string().parse::<f64>().unwrap(), theirs.as_f64().unwrap());
            (ours - theirs).abs() <= theirs.abs() * 1e-12
        }
        (Value::String(ours), hcl::Value::String(theirs)) => ours == theirs,
        (Value::List(ours), hcl::Value::Array(theirs)) => {
            ours.len() == theirs.len() && ours.iter().zip(theirs).all(|(ours, theirs)| is_same(ours, theirs))
        }
        (Value::Object(ours), hcl::Value::Object(theirs)) => {
            ours.len() == theirs.len()
                && theirs.iter().all(|(name, theirs)| ours.get(name).is_some_and(|ours| is_same(&ours, theirs)))
        }
        _ => false,
    }
}

#[test]
fn listed_expressions_give_the_same() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/lang/hcl_eval.txt");
    let text = fs::read_to_string(path).unwrap();
    let lines: Vec<&str> = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    assert!(lines.len() > 50);
    let mut differing = Vec::new();
    for line in lines {
        let theirs = theirs(line);
        for dialect in [Dialect::Terraform, Dialect::Stanza] {
            let ours = ours(line, dialect);
            let is_same = matches!((&ours, &theirs), (Ok(ours), Ok(theirs)) if is_same(ours, theirs));
            if !is_same {
                differing.push(format!("{line}\n  {dialect:?}: {ours:?}\n  hcl::eval: {theirs:?}"));
            }
        }
    }
    assert!(differing.is_empty(), "{}", differing.join("\n"));
}

/// Numbers that doubles hold exactly.
fn number() -> impl Strategy<Value = String> {
    prop_oneof![
        (0..50_i32).prop_map(|number| number.to_string()),
        (1..40_i32).prop_map(|quarters| format!("{}", f64::from(quarters) / 4.0)),
        Just("number".to_owned()),
        Just("object.size".to_owned()),
        (0..3_usize).prop_map(|at| format!("numbers[{at}]")),
    ]
}

/// An arithmetic expression; what it holds stays small enough for doubles to be exact.
fn arithmetic() -> impl Strategy<Value = String> {
    number().prop_recursive(3, 16, 2, |inner| {
        prop_oneof![
            (inner.clone(), prop::sample::select(vec!["+", "-", "*"]), inner.clone())
                .prop_map(|(left, operator, right)| format!("{left} {operator} {right}")),
            (inner.clone(), prop::sample::select(vec!["2", "4", "0.5"]))
                .prop_map(|(left, by)| format!("({left}) / {by}")),
            inner.clone().prop_map(|inner| format!("({inner})")),
            inner.clone().prop_map(|inner| format!("-({inner})")),
            (truth(Just("1".to_owned()).boxed()), inner.clone(), inner)
                .prop_map(|(condition, then, otherwise)| format!("({condition} ? {then} : {otherwise})")),
        ]
    })
}

/// A truth value made of numbers.
fn truth(number: BoxedStrategy<String>) -> impl Strategy<Value = String> {
    let comparison = (number.clone(), prop::sample::select(vec!["<", "<=", ">", ">=", "==", "!="]), number)
        .prop_map(|(left, operator, right)| format!("{left} {operator} {right}"));
    let leaf =
        prop_oneof![comparison, Just("flag".to_owned()), Just("true".to_owned()), Just("name == \"x\"".to_owned())];
    leaf.prop_recursive(2, 8, 2, |inner| {
        prop_oneof![
            (inner.clone(), prop::sample::select(vec!["&&", "||"]), inner.clone())
                .prop_map(|(left, operator, right)| format!("({left}) {operator} ({right})")),
            inner.prop_map(|inner| format!("!({inner})")),
        ]
    })
}

/// Any expression that both sides know.
fn expression() -> impl Strategy<Value = String> {
    let plain =
        prop_oneof![arithmetic(), truth(arithmetic().boxed()), "[a-z ]{0,6}".prop_map(|text| format!("\"{text}\""))];
    plain.prop_recursive(2, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(|items| format!("[{}]", items.join(", "))),
            prop::collection::vec(inner.clone(), 0..3).prop_map(|values| {
                let entries: Vec<String> =
                    values.iter().enumerate().map(|(at, value)| format!("k{at} = {value}")).collect();
                format!("{{ {} }}", entries.join(", "))
            }),
            inner.clone().prop_map(|inner| format!("[for x in [{inner}, 1] : x]")),
            (number(), number()).prop_map(|(a, b)| format!("\"${{{a}}} and ${{{b}}}\"")),
            (inner.clone(), inner).prop_map(|(a, b)| format!("[{a}, {b}][1]")),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, ..ProptestConfig::default() })]

    #[test]
    fn any_expression_gives_the_same(text in expression()) {
        let theirs = theirs(&text).map_err(TestCaseError::fail)?;
        for dialect in [Dialect::Terraform, Dialect::Stanza] {
            let ours = ours(&text, dialect);
            let agrees = ours.as_ref().is_ok_and(|ours| is_same(ours, &theirs));
            prop_assert!(agrees, "{}\n{:?} gives {:?}, not {:?}", text, dialect, ours, theirs);
        }
    }
}
