//! The findings in words: what every format says first and last.

mod closing;
mod facts;
mod headline;
mod platform;
mod quality;
mod wire;

pub(super) use closing::held;
pub(super) use facts::always_wrong;
pub use headline::headline;
pub(super) use platform::way;
pub use wire::intercepted;

use super::findings::{self, Break, Findings};
use super::words::{Words, fill, recorded};
use super::{clean, format, parts};
use crate::conversation::Language;
use crate::verdict::{Evidence, PlayedNumbers, Run};
use headline::{beside_calm, first, not_compared, unanswered};
use quality::{failing_check, intents, quality, worst_channel};

/// Our run may cut short this share of the questions before readers must know.
const CUT_SHORT_WORTH_A_WORD: f64 = 0.005;

/// What a report tells.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Story {
    /// The first line.
    pub(super) headline: String,
    /// What happened to the rest; empty when nothing was asked.
    pub(super) rest: String,
    /// When it broke.
    pub(super) broke: Option<String>,
    /// What most of the missed questions have in common.
    pub(super) loss: Option<String>,
    /// The phase that stands out beside the calm one: for the picture of the phases.
    pub(super) compared: Option<String>,
    /// Why a phase does not stand beside the calm one.
    pub(super) not_compared: Option<String>,
    /// What the bot answered instead of replies, and what the scenario had platforms refuse.
    pub(super) wire: Vec<String>,
    /// The channel that missed most.
    pub(super) worst_channel: Option<String>,
    /// The answers' quality beside the calm phase's.
    pub(super) quality: Option<String>,
    /// The check that failed most.
    pub(super) failing_check: Option<String>,
    /// The facts that failed in the calm phase already.
    pub(super) always_wrong: Option<String>,
    /// Answers that told what was true before a change.
    pub(super) stale: Option<String>,
    /// How well the bot understood what customers wanted.
    pub(super) intents: Option<String>,
    /// Customers who went on on another channel.
    pub(super) switched: Option<String>,
    /// Other customers' order numbers.
    pub(super) cross_talk: Option<String>,
    /// What to know before believing any of it.
    pub(super) cautions: Vec<String>,
    /// The verdict in a word.
    pub(super) verdict: &'static str,
    /// Why.
    pub(super) because: String,
    /// What to do.
    pub(super) advice: &'static str,
}

impl Story {
    /// What stands out, most important first.
    pub(super) fn findings(&self) -> Vec<&str> {
        let is_new = |sentence: &&String| !sentence.starts_with(&self.headline);
        let first = [
            self.broke.as_ref(),
            self.compared.as_ref().filter(is_new),
            self.loss.as_ref(),
        ];
        let rest = [
            &self.worst_channel,
            &self.quality,
            &self.failing_check,
            &self.always_wrong,
            &self.stale,
            &self.intents,
            &self.switched,
            &self.cross_talk,
            &self.not_compared,
        ];
        let first = first.into_iter().flatten().map(String::as_str);
        let rest = rest.into_iter().filter_map(Option::as_deref);
        first.chain(self.wire.iter().map(String::as_str)).chain(rest).collect()
    }
}

/// Tells a run.
pub(super) fn tell(run: &Run, evidence: &Evidence, language: Language) -> Story {
    let words = Words::of(language);
    let found = findings::find(run, evidence);
    Story {
        headline: first(run, &found, words),
        compared: beside_calm(&found, words).map(|sentence| format!("{sentence}{}", words.sentence_end)),
        rest: rest(run, &found, words),
        broke: found.broke.as_ref().map(|broke| broke_sentence(broke, words)),
        loss: loss(&found, words),
        wire: wire::findings(run, language),
        not_compared: not_compared(run, &found, words),
        worst_channel: worst_channel(&found, words),
        quality: found.quality.as_ref().and_then(|beside| quality(run, beside, words)),
        failing_check: failing_check(&found, words),
        always_wrong: facts::always_wrong(run, words),
        stale: facts::stale(run, words),
        intents: intents(run, words),
        switched: platform::switched(run, words),
        cross_talk: cross_talk(run, words),
        cautions: cautions(run, language),
        verdict: words.verdict_term(run.verdict).name,
        because: closing::because(run, words),
        advice: closing::advice(run, &found, words),
    }
}

fn rest(run: &Run, found: &Findings<'_>, words: &Words) -> String {
    let fates = found.fates;
    if fates.all() == 0 {
        return String::new();
    }
    let phrase = match (run.totals.served, fates.missed()) {
        // The headline has said the rest.
        (Some(_), 0) => words.rest_of_all,
        (None, 0) => "",
        (Some(_), _) => words.rest,
        (None, _) => words.rest_without_served,
    };
    let rest = fill(
        phrase,
        &[
            ("answered", &format::count(fates.served + fates.wrong)),
            ("served", &format::count(fates.served)),
            ("share", &parts::rate(run.totals.served)),
            ("late", &format::count(fates.late)),
            ("dropped", &format::count(fates.dropped)),
        ],
    );
    match found.served.is_some() || found.unserved.is_some() {
        // The headline says something else, so the count comes first here.
        true => joined(&format!("{}{}", unanswered(run, words), words.sentence_end), &rest),
        false => rest,
    }
}

fn loss(found: &Findings<'_>, words: &Words) -> Option<String> {
    // Where the headline names a cause beside calm, a second one over the whole run would only confuse.
    let loss = found.loss.as_ref().filter(|_| found.fall_cause().is_none())?;
    let part = if loss.share > 0.5 { words.mostly } else { words.partly };
    let phrase = if loss.channel.is_some() {
        words.loss_on_channel
    } else {
        words.loss_anywhere
    };
    let told = fill(
        phrase,
        &[
            ("part", part),
            ("outcome", words.outcome(loss.outcome).name),
            ("channel", &name(loss.channel.unwrap_or_default())),
            ("count", &format::count(loss.count)),
            ("share", &format::percent(loss.share)?),
        ],
    );
    let failed = || {
        fill(
            words.late_after_failure,
            &[("count", &format::count(loss.after_failure))],
        )
    };
    Some(match loss.after_failure {
        0 => told,
        _ => joined(&told, &failed()),
    })
}

/// Two sentences; the Chinese full stop brings its own space.
pub(super) fn joined(one: &str, other: &str) -> String {
    let between = if one.ends_with('。') { "" } else { " " };
    format!("{one}{between}{other}")
}

/// How long customers waited: for the picture of reply times.
pub(super) fn waits(run: &Run, words: &Words) -> Option<String> {
    let reply = &run.totals.reply_time_ms;
    let times = (
        reply.p50.and_then(format::duration),
        reply.p95.and_then(format::duration),
    );
    match times {
        (Some(p50), Some(p95)) => Some(fill(words.waits, &[("p50", &p50), ("p95", &p95)])),
        (Some(p50), None) => Some(fill(words.waits_never, &[("p50", &p50)])),
        (None, _) => (reply.censored > 0).then(|| words.waits_half_never.to_owned()),
    }
}

fn broke_sentence(broke: &Break<'_>, words: &Words) -> String {
    let sentence = fill(
        words.broke,
        &[
            ("clock", &format::clock(f64::from(broke.second))),
            ("phase", &name(broke.phase)),
            ("second", &broke.second.to_string()),
            ("rate", &format::per_second(broke.per_second).unwrap_or_default()),
            ("floor", &format::percent(broke.floor).unwrap_or_default()),
        ],
    );
    match broke.until {
        Some(until) => fill(
            words.broke_until,
            &[("sentence", &sentence), ("clock", &format::clock(f64::from(until)))],
        ),
        None => fill(words.broke_to_the_end, &[("sentence", &sentence)]),
    }
}

fn cross_talk(run: &Run, words: &Words) -> Option<String> {
    let count = run.totals.cross_talk;
    (count > 0).then(|| fill(words.cross_talk, &[("count", &format::count(count))]))
}

fn cautions(run: &Run, language: Language) -> Vec<String> {
    let (words, mut cautions) = (Words::of(language), Vec::new());
    if let Some(population) = run.population {
        cautions.push(fill(
            words.caution_closed,
            &[("population", &format::count(population))],
        ));
    }
    cautions.extend(run.played_by.as_ref().map(|played| played_by(played, words)));
    if run.pace != 1.0 {
        cautions.push(fill(words.caution_pace, &[("pace", &format::factor(run.pace))]));
    }
    if run.scale != 1.0 {
        cautions.push(fill(words.caution_scale, &[("scale", &format::factor(run.scale))]));
    }
    if let Some(reason) = &run.stopped {
        cautions.push(fill(
            words.caution_stopped,
            &[("reason", &clean::short(&recorded(reason, words), 200, "…"))],
        ));
    }
    let turns = &run.totals.turns;
    let cut_short = turns.cut_short as f64 / turns.sent.max(1) as f64;
    if cut_short > CUT_SHORT_WORTH_A_WORD {
        let share = format::percent(cut_short).unwrap_or_default();
        cautions.push(fill(
            words.caution_cut_short,
            &[("count", &format::count(turns.cut_short)), ("share", &share)],
        ));
    }
    let overflow = run.generator.scoring_overflow + run.generator.archive_overflow;
    if overflow > 0 {
        cautions.push(fill(words.caution_overflow, &[("count", &format::count(overflow))]));
    }
    cautions.extend(wire::cautions(run, language));
    cautions.extend(
        run.generator
            .warnings
            .iter()
            .map(|warning| clean::short(warning, 300, "…")),
    );
    cautions
}

/// How much of what customers said a model wrote, and why not the rest.
fn played_by(played: &PlayedNumbers, words: &Words) -> String {
    let told = fill(
        words.caution_played,
        &[
            ("written", &format::count(played.written)),
            ("asked", &format::count(played.asked)),
            ("model", &name(&played.model)),
        ],
    );
    if played.own_words == 0 {
        return told;
    }
    let reasons = played.reasons.iter().filter(|(_, count)| **count > 0);
    let reasons: Vec<String> = reasons
        .map(|(reason, count)| format!("{reason} {}", format::count(*count)))
        .collect();
    let rest = fill(
        words.caution_played_own_words,
        &[
            ("count", &format::count(played.own_words)),
            ("reasons", &reasons.join(words.list_separator)),
        ],
    );
    joined(&told, &rest)
}

/// A name of the scenario within a sentence.
fn name(name: &str) -> String {
    parts::short_name(name)
}

#[cfg(test)]
mod tests;
