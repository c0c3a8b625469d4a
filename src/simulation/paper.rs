//! Customers played against an ideal bot on paper, to know beforehand how much they will say.

use std::time::Duration;

use super::arrivals::Lots;
use super::{Arrival, Cast, Customer, Heard, Move};
use crate::conversation::{Language, MessageKind, RunKey, order_numbers_in};
use crate::scenario::{Goal, Step};

/// What customers say when all goes well.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OnPaper {
    /// Conversations played.
    pub conversations: u64,
    /// Their turns.
    pub turns: u64,
    /// Their messages.
    pub messages: u64,
    /// From arrival to leaving.
    pub mean_conversation: Duration,
}

/// Plays the first `customers` customers against a bot that answers each turn in the same time and asks for the order
/// number where a question concerns an order and the customer has not given it.
///
/// The mix is the run's own, but for what single phases change in it, so the figures hold for its customers; a goal's branches on what a bot says are not taken.
pub fn on_paper(cast: &Cast, customers: u64, answer_after: Duration) -> OnPaper {
    let lots = Lots::new(&cast.scenario);
    let mut sum = OnPaper {
        conversations: 0,
        turns: 0,
        messages: 0,
        mean_conversation: Duration::ZERO,
    };
    let mut all_time = 0.0;
    for number in 0..customers {
        let Some(mix) = lots.mix_of(number, u16::MAX) else {
            break;
        };
        let arrival = Arrival {
            customer: number,
            due_at: Duration::ZERO,
            mix,
            phase: 0,
        };
        let played = play(cast, &arrival, answer_after);
        sum.conversations += 1;
        sum.turns += played.turns;
        sum.messages += played.messages;
        all_time += played.length.as_secs_f64();
    }
    if sum.conversations > 0 {
        sum.mean_conversation = Duration::from_secs_f64(all_time / sum.conversations as f64);
    }
    sum
}

struct Played {
    turns: u64,
    messages: u64,
    length: Duration,
}

fn play(cast: &Cast, arrival: &Arrival, answer_after: Duration) -> Played {
    let mix = &cast.scenario.mix[usize::from(arrival.mix)];
    let mut bot = IdealBot {
        key: cast.scenario.run_key(),
        customer: arrival.customer,
        goal: cast.goal(mix.goal),
        language: cast.persona(mix.persona).language,
        knows_order: false,
        answers: 0,
    };
    let mut customer: Customer = cast.customer(arrival);
    let (mut turns, mut messages, mut now) = (0, 0, Duration::ZERO);
    let mut answer: Option<(Duration, String)> = None;
    let mut step = customer.next(cast, Heard::Arrived, now);
    loop {
        step = match as_said(step) {
            Move::Say {
                messages: said,
                kind,
                step,
            } => {
                messages += said.len() as u64;
                now = said.last().map_or(now, |last| last.due_at);
                if kind == MessageKind::Utterance {
                    turns += 1;
                    let texts = said.iter().map(|message| message.text.as_str());
                    answer = Some((now + answer_after, bot.answer(texts, step)));
                }
                customer.next(cast, Heard::Time, now)
            }
            Move::WaitUntil(until) => match answer.take_if(|(at, _)| *at <= until) {
                Some((at, text)) => {
                    now = now.max(at);
                    customer.next(cast, Heard::Answer(&text), now)
                }
                None => {
                    now = until;
                    customer.next(cast, Heard::Time, now)
                }
            },
            Move::Switch(_) | Move::Leave { .. } => {
                return Played {
                    turns,
                    messages,
                    length: now,
                };
            }
        };
    }
}

/// On paper all channels are alike.
fn as_said(step: Move) -> Move {
    match step {
        Move::Switch(switch) => Move::Say {
            messages: switch.messages,
            kind: MessageKind::Utterance,
            step: switch.step,
        },
        other => other,
    }
}

struct IdealBot<'a> {
    key: RunKey,
    customer: u64,
    goal: &'a Goal,
    language: Language,
    knows_order: bool,
    answers: u32,
}

impl IdealBot<'_> {
    fn answer<'a>(&mut self, mut texts: impl Iterator<Item = &'a str>, step: u16) -> String {
        self.knows_order |= texts.any(|text| order_numbers_in(self.key, text).contains(&self.customer));
        let step = self.goal.agenda.get(usize::from(step));
        let concerns_order = matches!(step, Some(Step::Ask(ask)) if ask.concerns_order);
        self.answers += 1;
        match (self.language, concerns_order && !self.knows_order) {
            (Language::Zh, true) => "麻烦提供一下您的订单号".to_owned(),
            (Language::En, true) => "Could you share your order number?".to_owned(),
            // As long as an agent's answer is on average (28 characters), never twice the same, and in words that no pattern of
            // the lexicon has to be compiled for.
            (Language::Zh, false) => format!(
                "好的，第{}点是这样的：按活动规则来就可以，下单都会自动算好",
                self.answers
            ),
            (Language::En, false) => format!("As for item {}: the rules of the shop apply to it.", self.answers),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::simulation::stage;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn the_agenda_and_the_asked_order_number_make_the_turns() {
        let cast = stage::cast(&json!({}));
        let played = on_paper(&cast, 50, SECOND);
        // Two questions and the order number, each one message; the times follow from the persona.
        assert_eq!((played.conversations, played.turns, played.messages), (50, 150, 150));
        let seconds = played.mean_conversation.as_secs_f64();
        assert!((30.0..45.0).contains(&seconds), "{seconds}");
    }

    #[test]
    fn a_slow_bot_is_nudged_and_left() {
        let cast = stage::cast(&json!({}));
        let slow = on_paper(&cast, 10, 50 * SECOND);
        assert_eq!((slow.turns, slow.messages), (30, 60), "a nudge in each turn");
        let too_slow = on_paper(&cast, 10, 200 * SECOND);
        assert_eq!((too_slow.turns, too_slow.messages), (10, 30));
        assert_eq!(too_slow.mean_conversation, 100 * SECOND);
    }

    #[test]
    fn nobody_played_is_no_time() {
        let played = on_paper(&stage::cast(&json!({})), 0, SECOND);
        assert_eq!((played.conversations, played.mean_conversation), (0, Duration::ZERO));
    }
}
