use lepton::lang::*;
use lepton::model::*;
use std::io::Read;
fn main() {
    let mut t = String::new();
    std::io::stdin().read_to_string(&mut t).unwrap();
    for text in t.split("\n---\n") {
        let source = Source::new("a.tf", format!("v = {}\n", text.trim_end()));
        let body = match parse_body(&source) {
            Ok(b) => b,
            Err(p) => {
                println!("{text} => PARSE {p}");
                continue;
            }
        };
        let mut names = Names::new(Dialect::Terraform);
        names.bind("u");
        names.bind("id");
        names.bind("us");
        names.bind("null_s");
        let slots = [
            Value::unknown("u"),
            Value::unknown_of("id", Type::String).not_null(),
            Value::unknown_of("us", Type::list(Type::String)),
            Value::Null,
        ];
        match lower(&body.get_attribute("v").unwrap().value, &names, &source) {
            Err(p) => println!("{text} => LOWER {}", p[0]),
            Ok(e) => match e.eval(&Frame { slots: &slots, host: &NoHost }) {
                Ok(v) => println!(
                    "{text} => {v}   : {}{}",
                    v.value_type(),
                    v.as_unknown()
                        .map(|u| format!(" notnull={} prefix={:?}", u.is_not_null, u.prefix))
                        .unwrap_or_default()
                ),
                Err(p) => println!("{text} => ERR {p}"),
            },
        }
    }
}
