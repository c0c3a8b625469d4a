//! Every question that the shipped goals put, in both languages, is understood by the built-in bot and answered with the
//! facts that the goal expects; what no bot of the shop has to know, it does not: what fails in a run of the shipped scenarios fails for a reason.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod shipped;
mod support;

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::{Value, json};
use support::{Desk, Program};
use throng::conversation::Language;
use throng::reading::Reader;
use throng::scenario::{Ask, FactRef, OUT_OF_SCOPE, Step, Truths};

/// Says one thing to the bot as this customer.
fn ask(bot: &Program, customer: u64, turn: u16, text: &str) -> String {
    let address = bot.url.strip_prefix("http://").unwrap();
    let body = json!({"id": format!("10000-{customer}-{turn}-1"), "customer": {"id": format!("c{customer}"), "name": "x"}, "text": text}).to_string();
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    write!(
        stream,
        "POST /chat HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let reply: Value = serde_json::from_str(answer.split_once("\r\n\r\n").unwrap().1).unwrap();
    let texts: Vec<&str> = reply["replies"]
        .as_array()
        .unwrap()
        .iter()
        .map(|reply| reply["text"].as_str().unwrap())
        .collect();
    texts.join("\n")
}

/// What a customer calls their product.
fn product(truths: &Truths, customer: u64, language: Language) -> String {
    let name = truths.value(&FactRef::of("product", "name"), customer, Duration::ZERO);
    name.unwrap().written(language)
}

fn filled(template: &str, order: &str, product: &str) -> String {
    let mut text = template
        .replace("{{ order_number }}", order)
        .replace("{{ product.name }}", product);
    while let (Some(start), Some(end)) = (text.find("{{"), text.find("}}")) {
        text.replace_range(start..end + 2, "268");
    }
    text
}

/// What is missing from the answer to one wording of a question.
fn missing(
    reader: &Reader,
    truths: &Truths,
    ask: &Ask,
    (customer, language): (u64, Language),
    answer: &str,
) -> Vec<String> {
    let reading = reader.read(answer);
    if ask.concerns_order && !reading.asks_for.is_empty() {
        return Vec::new();
    }
    let is_stated = |fact: &&FactRef| {
        let value = truths.value(fact, customer, Duration::ZERO).unwrap();
        reader.states(answer, value, language)
    };
    ask.expects
        .iter()
        .filter(|fact| !is_stated(fact))
        .map(ToString::to_string)
        .collect()
}

#[test]
fn every_shipped_question_is_understood_and_answered_with_its_facts() {
    let scenario = shipped::scenario("singles-day-prepared");
    let (reader, truths) = (Reader::new(&scenario).unwrap(), Truths::new(&scenario.knowledge));
    let desk = Desk::with(&throng::scenario::to_yaml(&scenario));
    let bot = Program::bot(&desk.scenario(), &["--service-time", "1ms"]);
    let mut customer = 0;
    let mut misunderstood = Vec::new();
    for goal in &scenario.goals {
        for step in &goal.agenda {
            let Step::Ask(question) = step else { continue };
            let is_beyond_it = question.intent.as_deref() == Some(OUT_OF_SCOPE);
            for language in Language::ALL {
                for template in question.say.templates(language) {
                    customer += 1;
                    let (order, product) = (
                        scenario.run_key().order_number(customer),
                        product(&truths, customer, language),
                    );
                    let text = filled(template, &order, &product);
                    if question.about.as_deref() == Some("product") && !text.contains(&product) {
                        // What was named before need not be named again.
                        ask(&bot, customer, 1, &product);
                    }
                    let answer = ask(&bot, customer, 2, &text);
                    let missing = missing(&reader, &truths, question, (customer, language), &answer);
                    if reader.read(&answer).fallback != is_beyond_it || answer.is_empty() || !missing.is_empty() {
                        misunderstood.push(format!("{}: {text} -> {answer} (missing {missing:?})", goal.goal));
                    }
                }
            }
        }
    }
    assert!(customer > 80, "{customer}");
    assert!(
        misunderstood.is_empty(),
        "{} of {customer}:\n{}",
        misunderstood.len(),
        misunderstood.join("\n")
    );
}
