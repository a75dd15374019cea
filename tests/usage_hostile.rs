//! Usage files that are not there, not text, or made to harm; and the order in which the good ones are read.

use std::time::{Duration, Instant};

use lepton::model::{Address, Severity, Value};
use lepton::usage::UsageFile;

fn codes(text: &str) -> Vec<&'static str> {
    UsageFile::parse("usage.yml", text).expect_err("it must not be read").iter().map(|problem| problem.code()).collect()
}

#[test]
fn aliases_that_multiply_are_an_error_and_soon() {
    let mut text = String::from("version: 0.1\na: &a [x, x, x, x, x, x, x, x, x]\n");
    for (name, of) in ["b", "c", "d", "e", "f", "g", "h", "i", "j"].into_iter().zip("abcdefghi".chars()) {
        let nine = vec![format!("*{of}"); 9].join(", ");
        text.push_str(&format!("{name}: &{name} [{nine}]\n"));
    }
    let start = Instant::now();
    assert_eq!(codes(&text), ["lepton::usage::yaml"]);
    assert!(start.elapsed() < Duration::from_secs(5), "took {:?}", start.elapsed());
}

#[test]
fn a_tree_of_any_depth_is_an_error_not_a_crash() {
    for (open, close) in [("[", "]"), ("{a: ", "}")] {
        let deep = 100_000;
        let text = format!("version: 0.1\nresource_usage: {}{}\n", open.repeat(deep), close.repeat(deep));
        assert_eq!(codes(&text).len(), 1);
    }
}

#[test]
fn bytes_that_are_no_text_are_an_error() {
    let folder = std::env::temp_dir().join(format!("lepton-usage-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("usage.yml");
    std::fs::write(&path, b"version: 0.1\nresource_usage:\n  a.b:\n    \xff\xfe: 1\n").unwrap();
    let problems = UsageFile::read(&path).expect_err("not UTF-8");
    assert_eq!(problems[0].code(), "lepton::usage::encoding");
    // A mark of byte order before the text is no such mistake.
    std::fs::write(&path, "\u{feff}version: 0.1\nresource_usage:\n  a.b:\n    key: 1\n").unwrap();
    let (file, warnings) = UsageFile::read(&path).expect("read");
    assert!(warnings.is_empty());
    assert_eq!(file.for_resource("a", &Address::new("a.b")).get("key"), Some(Value::from(1i64)));
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn a_file_that_is_not_there_is_empty_with_a_warning() {
    let (file, problems) = UsageFile::read(std::path::Path::new("no/such/usage.yml")).expect("read as empty");
    assert_eq!((problems.len(), problems[0].severity()), (1, Severity::Warning));
    assert!(file.for_resource("aws_instance", &Address::new("aws_instance.web")).is_empty());
}

/// One file in which type default, wildcards, `x[*]` and exact addresses meet, as they do for modules with `for_each`.
#[test]
fn the_more_specific_wins_key_by_key() {
    let text = r#"
version: 0.1
resource_type_default_usage:
  aws_lambda_function:
    monthly_requests: 1
    request_duration_ms: 1
    reserved: { a: 1, b: 1 }
resource_usage:
  module.shop[*].aws_lambda_function.api[*]:
    monthly_requests: 20
    reserved: { b: 20 }
  module.shop["eu"].aws_lambda_function.api[*]:
    monthly_requests: 30
  module.shop["eu"].aws_lambda_function.api["v1"]:
    monthly_requests: 0
  module.shop["us"].aws_lambda_function.api["v1"]:
    request_duration_ms: 400
  aws_lambda_function.cron:
    monthly_requests: 5.9
"#;
    let (file, warnings) = UsageFile::parse("usage.yml", text).expect("read");
    assert!(warnings.is_empty());
    let figures = |address: &str| {
        let usage = file.for_resource("aws_lambda_function", &Address::new(address));
        let reserved = usage.get("reserved").unwrap();
        let reserved = reserved.as_object().unwrap();
        let figures = [usage.get("monthly_requests"), usage.get("request_duration_ms")];
        let nested = [reserved.get("a"), reserved.get("b")];
        let all = figures.into_iter().chain(nested).map(|value| value.map_or("-".into(), |value| value.to_string()));
        all.collect::<Vec<String>>().join(" ")
    };
    // Requests, duration, reserved.a, reserved.b.
    assert_eq!(figures("aws_lambda_function.other"), "1 1 1 1");
    assert_eq!(figures("aws_lambda_function.cron"), "5.9 1 1 1");
    assert_eq!(figures(r#"module.shop["as"].aws_lambda_function.api["v1"]"#), "20 1 1 20");
    // Only the first wildcard that matches counts: the one with the concrete index.
    assert_eq!(figures(r#"module.shop["eu"].aws_lambda_function.api["v2"]"#), "30 1 1 1");
    // Zero is a value.
    assert_eq!(figures(r#"module.shop["eu"].aws_lambda_function.api["v1"]"#), "0 1 1 1");
    assert_eq!(figures(r#"module.shop["us"].aws_lambda_function.api["v1"]"#), "20 400 1 20");
}
