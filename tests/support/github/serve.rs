//! Connections: a thread for each, one request after the other, and the faults that were scripted for them.

use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::answer;
use super::description::Description;
use super::fault::{Outcome, invalid};
use super::wire::{self, Answer, Request};
use super::world::World;

/// Takes connections until the server stops.
pub fn accept(listener: &TcpListener, world: &World) {
    for stream in listener.incoming() {
        let Ok(stream) = stream else { continue };
        if !world.connected(&stream) {
            return;
        }
        let world = world.clone();
        thread::spawn(move || converse(stream, &world));
    }
}

/// Answers the requests of one connection.
fn converse(mut stream: TcpStream, world: &World) {
    let mut unread = Vec::new();
    loop {
        match wire::read(&mut stream, &mut unread) {
            Ok(Some(request)) => {
                let request = world.log(request);
                let last = request.header("connection").is_some_and(|value| value.eq_ignore_ascii_case("close"));
                if !respond(&mut stream, world, &request) || last {
                    break;
                }
            }
            Ok(None) => break,
            Err(error) if error.kind() == std::io::ErrorKind::InvalidData => {
                world.report_unreadable(&error.to_string());
                break;
            }
            Err(_) => break,
        }
    }
    // The server keeps a copy of the stream, so that dropping this one would not close the connection.
    let _ = stream.shutdown(std::net::Shutdown::Both);
}

/// Answers one request. False: the connection closes.
fn respond(stream: &mut TcpStream, world: &World, request: &Request) -> bool {
    let wrong = answer::wrong_with(request);
    let valid = wrong.is_empty();
    world.report(request, wrong.clone());
    let fault = world.take_fault(request);
    if let Some(fault) = &fault {
        thread::sleep(fault.delay);
        if let Some(hook) = &fault.hook {
            hook(world);
        }
    }
    let outcome = fault.map_or(Outcome::CarriedOut, |fault| fault.outcome);
    let answer = match &outcome {
        Outcome::Closed => return false,
        Outcome::Instead(answer) => answer.clone(),
        _ if !valid => invalid("Request", "request", &wrong.join("; ")),
        _ => carry_out(world, request),
    };
    let answer = with_usual_headers(answer, request);
    match outcome {
        Outcome::ClosedAfter => false,
        Outcome::Cut => {
            let _ = answer.write_half(stream);
            false
        }
        _ => answer.write(stream).is_ok(),
    }
}

/// Does what the request asks for; the answer must be as described.
fn carry_out(world: &World, request: &Request) -> Answer {
    let answer = answer::answer(world, request);
    if let Ok(operation) = Description::get().find(request) {
        let wrong = Description::get().check_answer(&operation, &answer);
        world.report(request, wrong.into_iter().map(|what| format!("the server's own answer: {what}")));
    }
    answer
}

fn with_usual_headers(answer: Answer, request: &Request) -> Answer {
    let in_an_hour = SystemTime::now() + Duration::from_secs(3600);
    let reset = in_an_hour.duration_since(UNIX_EPOCH).expect("now is after 1970").as_secs();
    let usual = [
        ("server", "github.com".to_owned()),
        ("x-github-request-id", format!("0000:{:04X}", request.number)),
        ("x-ratelimit-limit", "1000".to_owned()),
        ("x-ratelimit-remaining", "900".to_owned()),
        ("x-ratelimit-used", "100".to_owned()),
        ("x-ratelimit-resource", "core".to_owned()),
        ("x-ratelimit-reset", reset.to_string()),
    ];
    usual.into_iter().fold(answer, |answer, (name, value)| match answer.has(name) {
        true => answer,
        false => answer.header(name, value),
    })
}
