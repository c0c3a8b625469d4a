//! `throng talk`: a single conversation, printed as it happens.

use std::time::Duration;

use throng::conversation::{Ending, Language, MessageKind, Outcome, ReplyKind, Turn};
use throng::engine::Glimpse;
use throng::quality::{Finding, TurnScore};
use throng::rehearsal::{self, Cue, Stops, Talk};
use throng::report;
use throng::scenario::{Metric, Scenario};

use super::args::TalkArguments;
use super::check::load;
use super::console::{print, tell};
use super::exit_code::ExitCode;
use super::failure::Failure;
use super::run::{failed, options};
use super::signals;

pub(crate) fn talk(arguments: &TalkArguments, language: Language) -> Result<ExitCode, Failure> {
    let scenario = load(&arguments.scenario)?;
    let cue = Cue {
        mixes: vec![pick(&scenario, arguments)?],
        pace: scenario.file.pace,
        makes_contact: false,
    };
    let stops = Stops::default();
    let listening = signals::listen(&stops, Box::new(tell), language);
    listening.map_err(|error| Failure::from_error(ExitCode::Internal, &error))?;
    let mut printer = Printer::new(language, false);
    let held = rehearsal::talk(
        scenario,
        &cue,
        &options(&arguments.target, language)?,
        &stops,
        &mut |talk| {
            printer.show(&talk);
        },
    );
    held.map_err(failed)?;
    printer.finish()?;
    Ok(ExitCode::Held)
}

/// True when nothing in particular is wanted, or this.
pub(crate) fn agrees(wanted: &Option<String>, name: &str) -> bool {
    wanted.as_deref().is_none_or(|wanted| wanted == name)
}

fn pick(scenario: &Scenario, arguments: &TalkArguments) -> Result<usize, Failure> {
    let found = scenario.mix.iter().position(|mix| {
        agrees(&arguments.channel, &scenario.channels[usize::from(mix.channel)].name)
            && agrees(&arguments.persona, &scenario.personas[usize::from(mix.persona)].persona)
            && agrees(&arguments.goal, &scenario.goals[usize::from(mix.goal)].goal)
    });
    found.ok_or_else(|| no_such_customer(scenario))
}

/// Nobody in the scenario is as asked for.
pub(crate) fn no_such_customer(scenario: &Scenario) -> Failure {
    let kinds: Vec<String> = scenario
        .mix
        .iter()
        .map(|mix| {
            let goal = &scenario.goals[usize::from(mix.goal)].goal;
            let persona = &scenario.personas[usize::from(mix.persona)].persona;
            let channel = &scenario.channels[usize::from(mix.channel)].name;
            format!("{persona} / {goal} / {channel}")
        })
        .collect();
    Failure::new(ExitCode::Invalid, "no customer of the scenario is like that")
        .hint(format!("persona / goal / channel are:\n  {}", kinds.join("\n  ")))
}

/// Prints conversations as they happen.
pub(crate) struct Printer {
    language: Language,
    words: Words,
    is_silent: bool,
    failed: Option<Failure>,
}

impl Printer {
    pub(crate) fn new(language: Language, is_silent: bool) -> Printer {
        Printer {
            language,
            words: Words::of(language),
            is_silent,
            failed: None,
        }
    }

    /// Prints what happened, unless an earlier line could not be.
    pub(crate) fn show(&mut self, talk: &Talk<'_>) {
        if self.is_silent || self.failed.is_some() {
            return;
        }
        let words = &self.words;
        let text = match talk {
            Talk::Begins {
                persona, goal, channel, ..
            } => (words.begins)(persona, goal, channel),
            Talk::Said(glimpse) => line(*glimpse, words),
            Talk::Scored(turn, score) => scored(turn, score, words, self.language),
            Talk::Ended(ending) => format!("--- {}\n", (words.ending)(*ending)),
        };
        self.failed = print(&text).err();
    }

    /// What kept a line from being printed.
    pub(crate) fn finish(self) -> Result<(), Failure> {
        self.failed.map_or(Ok(()), Err)
    }
}

/// What is said beside the conversation.
struct Words {
    begins: fn(&str, &str, &str) -> String,
    customer: &'static str,
    bot: &'static str,
    nudge: &'static str,
    prompted: &'static str,
    farewell: &'static str,
    holding: &'static str,
    truncated: &'static str,
    turn: &'static str,
    never: &'static str,
    pass: &'static str,
    fail: &'static str,
    colon: &'static str,
    comma: &'static str,
    /// In English as files and thresholds spell them.
    outcome: fn(Outcome) -> &'static str,
    ending: fn(Ending) -> &'static str,
    check: fn(&str) -> String,
}

impl Words {
    fn of(language: Language) -> Words {
        match language {
            Language::Zh => Words {
                begins: |persona, goal, channel| format!("--- {persona} 在 {channel} 上，诉求 {goal}"),
                customer: "客户",
                bot: "机器人",
                nudge: "（催促）",
                prompted: "（应机器人要求）",
                farewell: "（告别）",
                holding: "（安抚话术）",
                truncated: "（中途断开）",
                turn: "轮次",
                never: "从未答复",
                pass: "通过",
                fail: "未通过",
                colon: "：",
                comma: "，",
                outcome: |outcome| report::outcome_name(outcome, Language::Zh),
                ending: |ending| report::ending_name(ending, Language::Zh),
                check: |check| report::check_name(check, Language::Zh),
            },
            Language::En => Words {
                begins: |persona, goal, channel| format!("--- {persona} wants {goal} on {channel}"),
                customer: "customer",
                bot: "bot",
                nudge: " (nudge)",
                prompted: " (as the bot asked)",
                farewell: " (farewell)",
                holding: " (holding)",
                truncated: " (truncated)",
                turn: "turn",
                never: "never",
                pass: "pass",
                fail: "FAIL",
                colon: ": ",
                comma: ", ",
                outcome: Outcome::word,
                ending: Ending::word,
                check: str::to_owned,
            },
        }
    }
}

fn line(glimpse: Glimpse<'_>, words: &Words) -> String {
    let (who, note, text, at) = match glimpse {
        Glimpse::Sent { kind, text, at } => {
            let note = match kind {
                MessageKind::Utterance => "",
                MessageKind::Nudge => words.nudge,
                MessageKind::Prompted => words.prompted,
                MessageKind::Farewell => words.farewell,
            };
            (words.customer, note, text, at)
        }
        Glimpse::Came { kind, text, at } => {
            let note = match kind {
                ReplyKind::Substantive | ReplyKind::Media => "",
                ReplyKind::Holding => words.holding,
                ReplyKind::Truncated => words.truncated,
            };
            (words.bot, note, text, at)
        }
    };
    format!(
        "{:>8.2} s  {who}{note}{}{}",
        at.as_secs_f64(),
        words.colon,
        printable(text)
    )
}

fn scored(turn: &Turn, score: &TurnScore, words: &Words, language: Language) -> String {
    let time = turn.reply_time().map_or_else(
        || words.never.to_owned(),
        |time: Duration| format!("{:.0} ms", time.as_secs_f64() * 1_000.0),
    );
    let Words { colon, comma, .. } = words;
    let mut text = format!(
        "            {} {}{colon}{}{comma}{time}",
        words.turn,
        turn.number,
        (words.outcome)(turn.outcome)
    );
    if let Some(trouble) = &turn.trouble {
        let trouble = report::recorded_in(trouble, language);
        text += &match language {
            Language::Zh => format!("（{trouble}）"),
            Language::En => format!(" ({trouble})"),
        };
    }
    for (check, finding) in Metric::CHECKS.iter().zip(&score.findings) {
        let found = match finding {
            Finding::Pass => words.pass.to_owned(),
            Finding::Fail(evidence) => {
                format!("{}{comma}{}", words.fail, printable(evidence.words.get(language)))
            }
            Finding::Unscored => continue,
        };
        text += &format!("\n              {}{colon}{found}", (words.check)(check));
    }
    text
}

/// Text of a bot, fit for a terminal: no control characters, no changes of direction.
fn printable(text: &str) -> String {
    report::plain(text)
}
