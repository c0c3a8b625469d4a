//! What the page's templates are given: text only, already in words; drawings apart, which are marked as safe.

use serde::Serialize;

use super::super::findings::{self, Fates, Findings};
use super::super::picture::{self, Size};
use super::super::sentences::{self, Story};
use super::super::threshold::ThresholdRow;
use super::super::words::{Term, Words, fill};
use super::super::{clean, format, parts};
use super::{audit, figures, judged, tables, talks};
use crate::conversation::Language;
use crate::verdict::{Evidence, Run};

/// The page.
#[derive(Serialize)]
pub(super) struct Page {
    words: &'static Words,
    scenario: String,
    started_at: String,
    duration: String,
    verdict: Verdict,
    headline: String,
    rest: String,
    cautions: Vec<String>,
    findings: Vec<String>,
    /// What "like with like" means, where anything is compared so.
    like_note: Option<&'static str>,
    /// Every second piece is code.
    advice: Vec<String>,
    cards: Vec<Card>,
    fates: figures::Drawing,
    legend: Vec<Legend>,
    thresholds: Vec<ThresholdRow>,
    figures: Vec<figures::Figure>,
    against: Vec<tables::Against>,
    tables: tables::Tables,
    audit: audit::Section,
    judged: Option<judged::Section>,
    talks: Vec<talks::Talk>,
    worst_note: String,
    glossary: Vec<Term>,
    footer: String,
}

/// The verdict, with a sign beside its colour.
#[derive(Serialize)]
struct Verdict {
    key: &'static str,
    name: &'static str,
    mark: &'static str,
    /// Every second piece is code: a threshold as it was written.
    because: Vec<String>,
}

/// A figure that is read in a second.
#[derive(Serialize)]
struct Card {
    label: String,
    value: String,
    note: String,
}

/// A colour and pattern, what it means and how many.
#[derive(Serialize)]
struct Legend {
    class: &'static str,
    name: &'static str,
    count: String,
    share: String,
}

/// Puts the page together.
pub(super) fn page(run: &Run, evidence: &Evidence, language: Language) -> Page {
    let words = Words::of(language);
    let story = sentences::tell(run, evidence, language);
    let found = findings::find(run, evidence);
    Page {
        words,
        scenario: clean::short(&run.scenario, 80, "…"),
        started_at: format::moment(&clean::short(&run.started_at, 40, "…")),
        duration: format::length(run.duration_s * 1000.0, words).unwrap_or_else(parts::none),
        verdict: verdict(run, &story, words),
        headline: story.headline.clone(),
        rest: story.rest.clone(),
        cautions: story.cautions.clone(),
        findings: story.findings().into_iter().map(str::to_owned).collect(),
        like_note: (story.compared.is_some() || story.quality.is_some()).then_some(words.like_note),
        advice: pieces(story.advice),
        cards: cards(run, &found, words),
        fates: figures::Drawing::of(|size: Size| picture::fates(found.fates, &story.rest, size)),
        legend: legend(found.fates, words),
        thresholds: run
            .thresholds
            .iter()
            .map(|result| ThresholdRow::of(result, words))
            .collect(),
        figures: figures::figures(run, evidence, &story, found.broke.as_ref(), words),
        against: tables::against(run, words),
        tables: tables::tables(run, words),
        audit: audit::section(run, evidence, words),
        judged: judged::section(evidence, words),
        talks: talks::talks(evidence, language),
        worst_note: fill(
            words.worst_note,
            &[("count", &evidence.worst.len().min(talks::MOST).to_string())],
        ),
        glossary: glossary(words),
        footer: fill(
            words.made_offline,
            &[("version", &clean::short(&run.provenance.throng, 40, "…"))],
        ),
    }
}

fn verdict(run: &Run, story: &Story, words: &Words) -> Verdict {
    let key = words.verdict_term(run.verdict).key;
    let mark = match key {
        "held" => "✓",
        "broken" => "✗",
        _ => "?",
    };
    let because = format!("{}{}", story.because, words.sentence_end);
    Verdict {
        key,
        name: story.verdict,
        mark,
        because: pieces(&because),
    }
}

/// What stands between backticks, and what does not, in turns.
fn pieces(sentence: &str) -> Vec<String> {
    sentence.split('`').map(str::to_owned).collect()
}

/// When it broke, which channel is worst, what the worst phase was like, how long customers waited.
fn cards(run: &Run, found: &Findings<'_>, words: &Words) -> Vec<Card> {
    let card = |label: &str, value: String, note: String| Card {
        label: label.to_owned(),
        value,
        note,
    };
    let name = |name: &str| clean::short(name, 24, "…");
    let mut cards = Vec::new();
    if found.fates.all() == 0 {
        return cards;
    }
    match &found.broke {
        Some(broke) => {
            let rate = format::per_second(broke.per_second).unwrap_or_default();
            let note = format!("{} · {}", name(broke.phase), fill(words.at_rate, &[("rate", &rate)]));
            cards.push(card(words.when_it_broke, format::clock(f64::from(broke.second)), note));
        }
        None if found.served.as_ref().is_some_and(|beside| beside.change.calm > 0.0) => {
            cards.push(card(words.when_it_broke, parts::none(), words.did_not_break.to_owned()));
        }
        None => {}
    }
    if let Some(worst) = &found.worst_channel {
        let missed = format::percent(worst.missed).unwrap_or_default();
        cards.push(card(
            words.worst_channel_label,
            name(worst.name),
            fill(words.missed_of, &[("missed", &missed)]),
        ));
    }
    if let Some(beside) = &found.served {
        // As in the tables and thresholds: the phases' own figures, not those that are compared like with like.
        let of = |phase: &str| parts::rate(run.by_phase.get(phase).and_then(|block| block.served));
        let calm = beside.calm_phase;
        let note = format!("{} · {} {}", name(beside.phase), name(calm), of(calm));
        cards.push(card(words.served, of(beside.phase), note));
    }
    let reply = &run.totals.reply_time_ms;
    let p95 = format!("{} {}", words.p95, parts::time(reply.p95, reply, words));
    cards.push(card(
        words.reply_time,
        parts::time(reply.p50, reply, words),
        format!("{} · {p95}", words.p50),
    ));
    cards
}

fn legend(fates: Fates, words: &Words) -> Vec<Legend> {
    let entry = |class, name, count: u64| Legend {
        class,
        name,
        count: format::count(count),
        share: format::percent(count as f64 / fates.all() as f64).unwrap_or_default(),
    };
    vec![
        entry("fate-served", words.served, fates.served),
        entry("fate-wrong", words.wrong, fates.wrong),
        entry("fate-late", words.late, fates.late),
        entry("fate-dropped", words.dropped, fates.dropped),
    ]
}

fn glossary(words: &Words) -> Vec<Term> {
    [
        &words.terms[..],
        &words.outcomes,
        &words.endings,
        &words.checks,
        &words.verdicts,
    ]
    .concat()
}
