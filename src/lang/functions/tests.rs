use std::time::{Duration, Instant};

use proptest::prelude::*;
use smol_str::SmolStr;

use super::*;
use crate::lang::{Expr, FileKind, Files, Frame, Host, Names, convert, lower, parse_body};
use crate::model::{Problem, Source};

/// Files that exist nowhere: a path and a text each.
struct Memory;

const FILES: &[(&str, &str)] = &[
    ("a.txt", "a"),
    ("broken.tftpl", "a ${"),
    ("deep/b.txt", "b"),
    ("itself.tftpl", "${templatefile(\"itself.tftpl\", {})}"),
    ("missing.tftpl", "line\n${name}"),
    ("wrong.tftpl", "line\n${1 + name}"),
    ("x.json", "{}"),
];

impl Files for Memory {
    fn read(&self, path: &str, most: u64) -> Result<Vec<u8>, String> {
        let found = FILES.iter().find(|(name, _)| *name == path).ok_or("does not exist")?;
        (found.1.len() as u64 <= most).then(|| found.1.as_bytes().to_vec()).ok_or("is too large".to_owned())
    }

    fn kind(&self, path: &str) -> Result<Option<FileKind>, String> {
        let is_folder = FILES.iter().any(|(name, _)| name.starts_with(&format!("{path}/")));
        let is_file = FILES.iter().any(|(name, _)| *name == path);
        Ok(if is_folder { Some(FileKind::Folder) } else { is_file.then_some(FileKind::File) })
    }

    fn list(&self, folder: &str) -> Result<Vec<(String, FileKind)>, String> {
        let below =
            |name: &'static str| if folder == "." { Some(name) } else { name.strip_prefix(folder)?.strip_prefix('/') };
        let mut found: Vec<(String, FileKind)> = FILES
            .iter()
            .filter_map(|(name, _)| below(name))
            .map(|name| match name.split_once('/') {
                Some((folder, _)) => (folder.to_owned(), FileKind::Folder),
                None => (name.to_owned(), FileKind::File),
            })
            .collect();
        found.dedup();
        Ok(found)
    }

    fn folder(&self) -> &str {
        "/module"
    }

    fn home(&self) -> Option<&str> {
        Some("/user")
    }
}

impl Host for Memory {
    fn targets(&self, _path: &str, _kinds: &[SmolStr]) -> Vec<Value> {
        Vec::new()
    }

    fn referrers(&self, _kind: &str, _path: &str) -> Vec<Value> {
        Vec::new()
    }

    fn files(&self) -> Option<&dyn Files> {
        Some(self)
    }
}

/// Lowers an expression of a module in which `text`, `secret` and `vars` stand for values.
fn lowered(expression: &str, dialect: Dialect) -> Result<Expr, Problem> {
    let mut names = Names::new(dialect);
    for name in ["text", "secret", "vars"] {
        names.bind(name);
    }
    let source = Source::new("main.tf", format!("v = {expression}\n"));
    let body = parse_body(&source)?;
    lower(&body.get_attribute("v").unwrap().value, &names, &source).map_err(|mut problems| problems.remove(0))
}

/// Evaluates with a value for `text`.
fn eval_with(expression: &str, text: &str) -> Result<Value, Problem> {
    let vars = [("name", Value::from("x")), ("numbers", Value::from((0..1000).map(Value::from).collect::<Vec<_>>()))];
    let vars = Value::Object(vars.into_iter().map(|(name, value)| (name.into(), value)).collect());
    let slots = [Value::from(text), Value::from("hunter2").sensitive(), vars];
    lowered(expression, Dialect::Terraform)?.eval(&Frame { slots: &slots, host: &Memory })
}

fn shown(expression: &str) -> String {
    match eval_with(expression, "a template") {
        Ok(value) => value.to_string(),
        Err(problem) => panic!("{expression}: {problem}"),
    }
}

/// What is underlined, and why.
fn failure(expression: &str, text: &str) -> (String, String) {
    let problem = eval_with(expression, text).unwrap_err();
    let (source, span) = problem.place().unwrap();
    (source.slice(span).to_owned(), problem.to_string())
}

#[test]
fn every_function_stands_once() {
    let mut names: Vec<&str> = all().map(|function| function.name).collect();
    names.sort_unstable();
    let doubled: Vec<_> = names.windows(2).filter(|pair| pair[0] == pair[1]).collect();
    assert!(doubled.is_empty(), "{doubled:?}");
}

#[test]
fn stanzas_see_no_files_clocks_or_chance() {
    for function in all().filter(|function| function.sees.is_some()) {
        let name = function.name;
        let arguments = vec!["\"x\""; function.least].join(", ");
        let problem = lowered(&format!("{name}({arguments})"), Dialect::Stanza).unwrap_err();
        assert_eq!(problem.code(), "lepton::lang::unsupported-function", "{name}");
        let help = problem.help_text().unwrap();
        assert!(help.contains("the same input gives the same result"), "{name}: {help}");
    }
}

#[test]
fn what_the_host_gives_is_not_folded() {
    for text in ["file(\"a.txt\")", "[for x in [1] : fileexists(\"a.txt\")]", "plantimestamp()", "abspath(\"a\")"] {
        assert!(lowered(text, Dialect::Terraform).unwrap().constant().is_none(), "{text}");
    }
    assert_eq!(shown("file(\"a.txt\")"), "\"a\"");
    assert_eq!(shown("fileset(\".\", \"{*.txt,deep/?.txt}\")"), "[\"a.txt\", \"deep/b.txt\"]");
    assert_eq!(
        shown("[abspath(\"a/../b\"), pathexpand(\"~\"), pathexpand(\"~/a\")]"),
        "[\"/module/b\", \"/user\", \"/user/a\"]"
    );
}

#[test]
fn problems_underline_the_argument() {
    for (expression, underlined, reason) in [
        ("file(\"nope\")", "\"nope\"", "`file`: \"nope\" does not exist"),
        ("filesha1(\"nope\")", "\"nope\"", "does not exist"),
        ("fileexists(\"deep\")", "\"deep\"", "is a folder"),
        ("fileset(\".\", \"[\")", "\"[\"", "not a pattern"),
        ("pathexpand(\"~you/x\")", "\"~you/x\"", "own home folder"),
        ("templatefile(\"nope\", {})", "\"nope\"", "does not exist"),
        ("templatefile(\"broken.tftpl\", {})", "\"broken.tftpl\"", "broken.tftpl:1: "),
        ("templatefile(\"wrong.tftpl\", vars)", "\"wrong.tftpl\"", "wrong.tftpl:2: `name` is a string"),
        ("templatefile(\"missing.tftpl\", { nam = 1 })", "{ nam = 1 }", "missing.tftpl:2: `name` is not a name"),
        ("templatefile(\"a.txt\", \"x\")", "\"x\"", "the variables are an object"),
        ("templatestring(\"x\", {})", "\"x\"", "the name of a text"),
        ("templatestring(vars, {})", "vars", "the template is a text"),
        ("yamldecode(\"a: [\")", "\"a: [\"", "not YAML"),
        ("textencodebase64(\"x\", \"nope\")", "\"nope\"", "known encoding"),
        ("cidrcontains(\"10.0.0.0/8\", \"::1\")", "\"::1\"", "of the same kind"),
    ] {
        let (place, message) = failure(expression, "");
        assert_eq!(place, underlined, "{expression}: {message}");
        assert!(message.contains(reason), "{expression}: {message}");
    }
}

#[test]
fn templates_do_not_render_templates() {
    let (_, message) = failure("templatefile(\"itself.tftpl\", {})", "");
    assert!(message.contains("cannot render another one"), "{message}");
    let (_, message) = failure("templatestring(text, { t = text })", "${templatestring(t, {})}");
    assert!(message.contains("cannot render another one"), "{message}");
    assert_eq!(eval_with("templatestring(text, { n = \"a.txt\" })", "<${file(n)}>").unwrap(), Value::from("<a>"));
}

#[test]
fn a_secret_stays_one_in_a_template() {
    let value = eval_with("templatestring(text, { s = secret })", "<${s}>").unwrap();
    assert!(value.is_sensitive());
    let (_, message) = failure("templatestring(text, { s = secret })", "${tonumber(s)}");
    assert!(!message.contains("hunter2"), "{message}");
}

/// Evaluates something hostile: soon, and with a problem.
fn stopped(expression: &str, text: &str) -> String {
    let start = Instant::now();
    let (_, message) = failure(expression, text);
    assert!(start.elapsed() < Duration::from_secs(10), "{expression} takes {:?}", start.elapsed());
    message
}

#[test]
fn templates_share_the_work_of_the_evaluation() {
    let all = "[for x in vars.numbers : templatestring(text, vars)]";
    stopped(all, "%{ for a in numbers }%{ for b in numbers }${a}%{ endfor }%{ endfor }");
    stopped(all, "%{ for a in numbers }${a}${name}%{ endfor }");
    stopped(all, &"long ".repeat(10_000));
    stopped("templatestring(text, { for x in vars.numbers : \"a${x}\" => x })", "${nope}");
    let many = "templatestring(text, merge({ for x in vars.numbers : \"a${x}\" => x }, { for x in vars.numbers : \"b${x}\" => x }))";
    assert!(stopped(many, "").contains("1024 variables"));
    let caught = "try(templatestring(text, vars), 1)";
    assert_eq!(eval_with(caught, "${nope}").unwrap(), Value::from(1));
    stopped(caught, "%{ for a in numbers }%{ for b in numbers }${a + b}%{ endfor }%{ endfor }");
}

#[test]
fn yaml_is_bounded_in_depth_and_in_what_aliases_stand_for() {
    let bomb = (1..12).fold("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned(), |text, at| {
        let repeated = vec![format!("*a{}", at - 1); 10].join(", ");
        format!("{text}a{at}: &a{at} [{repeated}]\n")
    });
    assert!(stopped("yamldecode(text)", &bomb).contains("does too much"));
    let chain = (1..100).fold("- &a0 [x]\n".to_owned(), |text, at| format!("{text}- &a{at} [*a{}]\n", at - 1));
    assert!(stopped("yamldecode(text)", &chain).contains("nests deeper"));
    stopped("yamldecode(text)", &"[".repeat(100_000));
    assert!(stopped("yamldecode(text)", &"- ".repeat(100_000)).contains("nests deeper"));
    stopped("yamldecode(text)", &"? ".repeat(100_000));
    stopped("yamldecode(text)", &"{a: ".repeat(100_000));
    stopped("yamldecode(text)", "&a [*a]");
    stopped("fileset(\".\", text)", &"{a,".repeat(2_000));
    stopped("fileset(\".\", text)", &"*".repeat(100_000));
    stopped("[for x in vars.numbers : [for y in vars.numbers : fileset(\".\", \"**\")]]", "");
}

/// Unoptimised, the parser alone needs 2 MB for what nests deepest.
#[test]
fn deep_templates_in_deep_expressions_evaluate() {
    const STACK: usize = 8 << 20;
    let evaluate = || {
        let expression = format!("{}templatestring(text, vars){}", "[max(0, ".repeat(25), ")]".repeat(25));
        for (open, close) in [("(", ")"), ("[", "]"), ("max(", ", 1)"), ("\"${", "}\""), ("true ? 1 : ", "")] {
            for depth in [20, 60, 5_000] {
                let template = format!("${{{}name{}}}", open.repeat(depth), close.repeat(depth));
                let _ = eval_with(&expression, &template);
            }
        }
        let directives = format!("{}x{}", "%{ if true }".repeat(5_000), "%{ endif }".repeat(5_000));
        let _ = eval_with("templatestring(text, vars)", &directives);
    };
    let thread = std::thread::Builder::new().stack_size(STACK).spawn(evaluate).expect("a thread starts");
    thread.join().expect("no panic");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn what_is_encoded_as_yaml_decodes_to_the_same(lines in prop::collection::vec("[ a:#é\"'\\\\\t|>-]{0,6}|\\PC{0,6}", 0..4), ends in 0..3_usize) {
        let text = convert::composed(&(lines.join("\n") + &"\n".repeat(ends))).into_owned();
        let value = eval_with("yamldecode(yamlencode([text, { a = text, (text) = [[text], {}] }])) == [text, { a = text, (text) = [[text], {}] }]", &text);
        prop_assert_eq!(value.unwrap(), Value::Bool(true), "{:?}", text);
    }

    #[test]
    fn no_yaml_panics(text in "([-:?&*!|>\\[\\]{},#'\"% \\n~a0.<]|<<: |\\*a|&a |!!int |---|\\PC){0,40}") {
        let _ = eval_with("yamldecode(text)", &text);
        let _ = eval_with("fileset(\".\", text)", &text);
        let _ = eval_with("[base64gunzip(text), urldecode(text)]", &text);
    }

    #[test]
    fn no_template_panics(text in "([$%{}~\"]|\\$\\{|%\\{ if |%\\{ for x in |%\\{ end(if|for) |name|numbers|[ \\n]|\\PC){0,30}") {
        let _ = eval_with("templatestring(text, vars)", &text);
    }
}
