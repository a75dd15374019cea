//! What a request is held against, and which part of the server answers it.

use super::description::{Description, Operation};
use super::fault::error;
use super::wire::{Answer, Request};
use super::world::{State, World};
use super::{TOKEN, checks, comments, graphql, pulls, scanning};

/// What an operation is carried out with.
pub struct Call<'a> {
    pub operation: &'a Operation,
    pub request: &'a Request,
    /// Where the server is, for the addresses in its answers.
    pub base: String,
}

impl Call<'_> {
    pub fn repository(&self) -> String {
        self.operation.repository()
    }

    /// One page of `items`, and the header that links to the others.
    pub fn page<T>(&self, items: Vec<T>) -> (Vec<T>, Option<String>) {
        let number = |name: &str, or: usize| {
            self.request.parameter(name).and_then(|text| text.parse().ok()).unwrap_or(or).max(1)
        };
        let (per_page, page) = (number("per_page", 30).min(100), number("page", 1));
        let last = items.len().div_ceil(per_page).max(1);
        let mut links = Vec::new();
        if page > 1 {
            links.push((page.min(last + 1) - 1, "prev"));
        }
        if page < last {
            links.extend([(page + 1, "next"), (last, "last")]);
        }
        if page > 1 {
            links.push((1, "first"));
        }
        let links: Vec<String> =
            links.into_iter().map(|(page, name)| format!("<{}>; rel=\"{name}\"", self.page_url(page))).collect();
        let items = items.into_iter().skip((page - 1) * per_page).take(per_page).collect();
        (items, (!links.is_empty()).then(|| links.join(", ")))
    }

    fn page_url(&self, page: usize) -> String {
        let path = self.request.target.split('?').next().unwrap_or_default();
        let others = self.request.query.iter().filter(|(name, _)| name != "page");
        let query = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(others)
            .append_pair("page", &page.to_string())
            .finish();
        format!("{}{path}?{query}", self.base)
    }
}

/// All that is wrong with a request: its headers, and whatever the description says.
pub fn wrong_with(request: &Request) -> Vec<String> {
    let mut wrong = Vec::new();
    if !request.header("authorization").is_some_and(|value| value.starts_with("Bearer ")) {
        wrong.push("no bearer token in the header `authorization`".to_owned());
    }
    if request.header("user-agent").is_none_or(str::is_empty) {
        wrong.push("no header `user-agent`".to_owned());
    }
    let accept = request.header("accept").unwrap_or_default();
    let understood = |part: &str| {
        let kind = part.split(';').next().unwrap_or_default().trim();
        kind == "application/json" || (kind.starts_with("application/vnd.github") && kind.ends_with("json"))
    };
    if !accept.split(',').any(understood) {
        wrong.push(format!("the header `accept` is `{accept}`, not application/vnd.github+json"));
    }
    if let Some(version) = request.header("x-github-api-version")
        && !["2022-11-28", "2026-03-10"].contains(&version)
    {
        wrong.push(format!("there is no version `{version}` of the API"));
    }
    if request.path == "/graphql" {
        wrong.extend(graphql::read(request).err().unwrap_or_default());
        return wrong;
    }
    let description = Description::get();
    match description.find(request) {
        Ok(operation) => {
            wrong.extend(description.check(&operation, request));
            if wrong.is_empty() {
                wrong.extend(wrong_by_documentation(&operation, request));
            }
        }
        Err(what) => wrong.push(what),
    }
    wrong
}

fn wrong_by_documentation(operation: &Operation, request: &Request) -> Vec<String> {
    match operation.id.as_str() {
        "checks/create" | "checks/update" => checks::wrong_with(&operation.id, &request.json()),
        "code-scanning/upload-sarif" => scanning::wrong_with(&request.json()),
        _ => Vec::new(),
    }
}

/// Carries out a valid request.
pub fn answer(world: &World, request: &Request) -> Answer {
    if request.header("authorization") != Some(&format!("Bearer {TOKEN}")) {
        return error(401, "Bad credentials");
    }
    if request.path == "/graphql" {
        let asked = graphql::read(request).expect("the request is valid");
        return graphql::minimize(&asked, &mut world.state());
    }
    let operation = Description::get().find(request).expect("the request is valid");
    let call = Call { operation: &operation, request, base: world.url() };
    let mut state = world.state();
    if operation.path.contains_key("owner") && !state.repositories.contains(&call.repository()) {
        return error(404, "Not Found");
    }
    dispatch(&call, &mut state)
}

fn dispatch(call: &Call, state: &mut State) -> Answer {
    match call.operation.id.as_str() {
        "issues/list-comments" => comments::list(call, state),
        "issues/create-comment" => comments::create(call, state),
        "issues/get-comment" => comments::get(call, state),
        "issues/update-comment" => comments::update(call, state),
        "issues/delete-comment" => comments::delete(call, state),
        "pulls/get" => pulls::get(call, state),
        "repos/list-pull-requests-associated-with-commit" => pulls::of_commit(call, state),
        "checks/create" => checks::create(call, state),
        "checks/update" => checks::update(call, state),
        "checks/list-for-ref" => checks::of_reference(call, state),
        "code-scanning/upload-sarif" => scanning::upload(call, state),
        "code-scanning/get-sarif" => scanning::status(call, state),
        "users/get-authenticated" => pulls::user(),
        other => panic!("{other} is described, and nothing answers it"),
    }
}
