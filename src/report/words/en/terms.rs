//! What the terms mean in English.

use super::super::{Term, term};
use crate::conversation::{Ending, NotSent, Outcome};

pub(super) const OUTCOMES: [Term; Outcome::ALL.len()] = [
    term(
        "answered",
        "answered in time",
        "A complete answer with substance came by the deadline.",
    ),
    term(
        "late",
        "answered late",
        "The same, after the deadline and within the grace time.",
    ),
    term(
        "truncated",
        "broken off",
        "Text began and ended without its end mark, or stalled.",
    ),
    term(
        "bot_error",
        "bot error",
        "The bot reported an error inside the protocol.",
    ),
    term("refused", "refused", "Explicit push-back: 429, 503, a quota."),
    term(
        "http_error",
        "HTTP error",
        "Any other failing status, or a body that breaks the protocol.",
    ),
    term(
        "connection_lost",
        "connection lost",
        "No connection, TLS failure, reset, or closed with nothing said.",
    ),
    term(
        "placeholder_only",
        "only \u{201c}one moment\u{201d}",
        "Holding replies came, and no answer followed.",
    ),
    term("empty", "empty", "The message was acknowledged and no content came."),
    term("silent", "silence", "Nothing came at all."),
    term(
        "cut_short",
        "cut short",
        "Our run ended before the deadline; counts in no rate.",
    ),
];

pub(super) const ENDINGS: [Term; Ending::ALL.len()] = [
    term("goal_met", "goal met", "The customer heard what they came for."),
    term("gave_up", "gave up", "The customer's patience ran out."),
    term(
        "handed_off",
        "handed to a person",
        "The bot handed over and the goal accepts that.",
    ),
    term("max_turns", "too many turns", "The goal's limit of turns was reached."),
    term("loop", "went in circles", "The bot said the same again and again."),
    term(
        "bot_failed",
        "bot could not help",
        "The bot answered with fallback upon fallback.",
    ),
    term("cut_short", "cut short", "Our run ended first."),
];

pub(super) const NOT_SENT: [Term; NotSent::ALL.len()] = [
    term(
        "stopped",
        "stopped first",
        "The user, a budget, an aborting threshold or the transport guard stopped the run.",
    ),
    term(
        "too_late",
        "generator too late",
        "Starting so late would have been a different experiment.",
    ),
    term(
        "no_resources",
        "no resources",
        "No descriptor, port or memory was left on this machine.",
    ),
];

pub(super) const CHECKS: [Term; 17] = [
    term(
        "required_facts",
        "required facts",
        "The answer holds the facts that the question asks for.",
    ),
    term(
        "contradicted",
        "contradicted facts",
        "No value in the answer contradicts the knowledge.",
    ),
    term(
        "forbidden",
        "forbidden claims",
        "The answer makes no promise that the shop forbids.",
    ),
    term(
        "cross_talk",
        "cross-talk",
        "The answer carries no other customer's order number.",
    ),
    term(
        "personal_data",
        "personal data",
        "No reply tells a phone, card or identity number, an e-mail or postal address of somebody else.",
    ),
    term("language", "language", "The answer is in the customer's language."),
    term(
        "fallback",
        "fallback",
        "The answer is not an \u{201c}I did not understand\u{201d}.",
    ),
    term("intent", "intent", "The bot understands what the customer wants."),
    term("relevance", "off-topic alarm", "The answer is not clearly off-topic."),
    term(
        "repeated_question",
        "repeated question",
        "The bot does not ask for what the customer has told it already.",
    ),
    term(
        "handoff",
        "handoff",
        "The customer is handed to a person when it is wanted, only then, and with what they have said.",
    ),
    term(
        "tone",
        "tone",
        "Who had to wait, is upset or lost something hears a word of regret, and not the same one again and again.",
    ),
    term(
        "duplicate",
        "duplicate",
        "The bot does not say the same to another question, nor twice in a turn that has more replies than messages.",
    ),
    term(
        "stale",
        "stale",
        "The answer is to this question, not to an earlier one.",
    ),
    term("cut_off", "cut off", "The answer does not end in the middle."),
    term(
        "form",
        "form",
        "The channel can show the answer: it is not too long, not in too many pieces, and no markup is seen as such.",
    ),
    term(
        "media",
        "pictures and voice",
        "The answer deals with the picture, voice message or video that the customer sent.",
    ),
];

pub(super) const VERDICTS: [Term; 6] = [
    term(
        "held",
        "Held",
        "Every threshold was proven to hold or, where the scenario lets that pass, at least none proven broken.",
    ),
    term("broken", "Broken", "At least one threshold was proven broken."),
    term(
        "unsure",
        "Unsure",
        "None was broken, and one could not be proven either way.",
    ),
    term(
        "no_data",
        "No data",
        "None was broken or unsure, and one had nothing to judge.",
    ),
    term(
        "generator_saturated",
        "Generator saturated",
        "throng fell behind its own schedule: do not blame the bot.",
    ),
    term("interrupted", "Interrupted", "The run was stopped before its end."),
];

pub(super) const THRESHOLD_VERDICTS: [Term; 5] = [
    term("held", "held", "The whole interval is on the right side of the bound."),
    term(
        "broken",
        "broken",
        "The whole interval is on the wrong side of the bound.",
    ),
    term("unsure", "unsure", "The bound lies within the interval."),
    term("no_data", "no data", "There was nothing to judge."),
    term(
        "not_judged",
        "not judged",
        "The generator was saturated, so the bot is not judged.",
    ),
];

pub(super) const TERMS: [Term; 12] = [
    term(
        "turn",
        "question (turn)",
        "What a customer says in one go, nudges included, and all that the bot sends for it.",
    ),
    term("conversation", "conversation", "All turns of one customer."),
    term(
        "served",
        "served",
        "Answered by the deadline with every hard check passed, over all questions but those cut short.",
    ),
    term("missed", "missed", "No answer in time: late or dropped."),
    term("dropped", "dropped", "No answer at all."),
    term(
        "reply_time",
        "reply time",
        "From when the question was due (with its last message, if written in several) to the complete answer; one never answered ranks slower than any that was.",
    ),
    term(
        "wire_time",
        "wire time",
        "From handing the message to the channel to the complete answer.",
    ),
    term(
        "first_text_time",
        "first text",
        "From when the question was due to the first visible text.",
    ),
    term(
        "quality",
        "quality",
        "0 to 1 per answered question: 0 if a hard check failed, else the mean of the soft ones.",
    ),
    term(
        "phase",
        "phase",
        "A stretch of the traffic; a question belongs to the phase in which it was due.",
    ),
    term(
        "interval",
        "95% interval",
        "Where the true value lies, 19 times in 20, as far as this many questions can tell.",
    ),
    term(
        "never",
        "never",
        "The percentile falls among questions that got no answer.",
    ),
];
