//! The pictures with their findings in words and their data in tables.

use minijinja::Value;
use serde::Serialize;

use super::super::findings::Break;
use super::super::parts::Part;
use super::super::picture::{self, Bucket, PANELS, ROWS, Series, Size};
use super::super::sentences::{self, Story};
use super::super::words::{Words, fill};
use super::super::{clean, format, parts};
use super::tables::{self, Table};
use crate::verdict::{Evidence, Run};

/// A picture drawn twice.
#[derive(Serialize)]
pub(super) struct Drawing {
    wide: Value,
    narrow: Value,
}

impl Drawing {
    /// Both sizes of a drawing. SVG of our own, escaped where it was made, is the only text the page trusts.
    pub(super) fn of(draw: impl Fn(Size) -> String) -> Drawing {
        Drawing {
            wide: Value::from_safe_string(draw(Size::Wide)),
            narrow: Value::from_safe_string(draw(Size::Narrow)),
        }
    }
}

/// A picture, what it shows and the figures behind it.
#[derive(Serialize)]
pub(super) struct Figure {
    id: &'static str,
    title: &'static str,
    /// What to see in it.
    finding: Option<String>,
    drawing: Drawing,
    /// True when the colours are those of the legend.
    has_legend: bool,
    /// How to read it.
    notes: Vec<String>,
    data: Vec<Table>,
}

/// All of them, in the order of the page; those without data are left out.
pub(super) fn figures(
    run: &Run,
    evidence: &Evidence,
    story: &Story,
    broke: Option<&Break<'_>>,
    words: &Words,
) -> Vec<Figure> {
    let series = Series::of(evidence, None);
    let mut figures = Vec::new();
    if !series.is_empty() {
        figures.push(traffic(&series, evidence, story, broke, words));
        figures.push(replies(run, evidence, broke, words));
    }
    if !run.by_phase.is_empty() {
        figures.push(phases(run, story, words));
    }
    if !run.by_channel.is_empty() {
        figures.push(channels(run, evidence, story, words));
    }
    figures
}

fn traffic(series: &Series, evidence: &Evidence, story: &Story, broke: Option<&Break<'_>>, words: &Words) -> Figure {
    let row = |bucket: &Bucket| {
        let turns = [
            bucket.sent,
            bucket.served,
            bucket.answered - bucket.served,
            bucket.late,
            bucket.dropped,
        ];
        let counts = turns.map(format::count);
        [format::clock(bucket.start_s)].into_iter().chain(counts).collect()
    };
    let headers = [
        words.time,
        words.sent,
        words.served,
        words.wrong,
        words.late,
        words.dropped,
    ];
    Figure {
        id: "traffic",
        title: words.traffic,
        finding: story.broke.clone().or_else(|| Some(story.rest.clone())),
        drawing: Drawing::of(|size| picture::traffic(series, evidence, broke, words, size)),
        has_legend: true,
        notes: notes(words.traffic_note, gathered(series, words)),
        data: vec![Table::new("", &headers, series.buckets.iter().map(row).collect())],
    }
}

fn replies(run: &Run, evidence: &Evidence, broke: Option<&Break<'_>>, words: &Words) -> Figure {
    let (panels, all) = picture::panels(&run.by_channel, evidence);
    let mut about = notes(
        words.replies_note,
        panels.first().and_then(|panel| gathered(&panel.series, words)),
    );
    if all > panels.len() {
        about.push(fill(
            words.replies_omitted,
            &[("shown", &PANELS.to_string()), ("all", &all.to_string())],
        ));
    }
    let wait = |wait: Option<picture::Wait>| match wait {
        Some(picture::Wait::Answered(milliseconds)) => format::duration(milliseconds).unwrap_or_else(parts::none),
        Some(picture::Wait::Never) => words.never.to_owned(),
        None => parts::none(),
    };
    let data = panels.iter().map(|panel| {
        let rows = panel.series.buckets.iter();
        let rows = rows
            .map(|bucket| vec![format::clock(bucket.start_s), wait(bucket.p50), wait(bucket.p95)])
            .collect();
        Table::new(
            &clean::short(&panel.channel, 60, "…"),
            &[words.time, words.p50, words.p95],
            rows,
        )
    });
    Figure {
        id: "replies",
        title: words.replies,
        finding: sentences::waits(run, words),
        data: data.collect(),
        drawing: Drawing::of(|size| picture::replies(&panels, evidence, broke, words, size)),
        has_legend: false,
        notes: about,
    }
}

fn phases(run: &Run, story: &Story, words: &Words) -> Figure {
    let calm = clean::short(run.baseline.as_deref().unwrap_or(words.none), 60, "…");
    let mut about = vec![fill(words.beside_calm_note, &[("calm", &calm)])];
    about.extend(omitted(run.by_phase.len(), words));
    Figure {
        id: "phases",
        title: words.beside_calm,
        finding: joined([&story.compared, &story.quality]),
        drawing: Drawing::of(|size| picture::phases(run, words, size)),
        has_legend: false,
        notes: about,
        data: vec![tables::parts_table(
            "",
            words.phase,
            with_total(parts::phases(run, words), run, words),
            words,
        )],
    }
}

fn channels(run: &Run, evidence: &Evidence, story: &Story, words: &Words) -> Figure {
    let spread = run.channel_spread_ms.and_then(format::duration);
    let spread = spread.map(|spread| fill(words.channels_spread, &[("spread", &spread)]));
    let mut about = vec![words.channels_note.to_owned()];
    let has_unanswered = run.by_channel.values().any(|block| block.reply_time_ms.censored > 0);
    about.extend((spread.is_some() && has_unanswered).then(|| words.mean_note.to_owned()));
    about.extend(omitted(run.by_channel.len(), words));
    Figure {
        id: "channels",
        title: words.channels,
        finding: joined([&story.worst_channel, &spread]),
        drawing: Drawing::of(|size| picture::channels(run, evidence, words, size)),
        has_legend: true,
        notes: about,
        data: vec![tables::parts_table(
            "",
            words.channel,
            with_total(parts::groups(&run.by_channel, words), run, words),
            words,
        )],
    }
}

/// Below several rows, that of the whole run.
fn with_total(mut rows: Vec<Part>, run: &Run, words: &Words) -> Vec<Part> {
    if rows.len() > 1 {
        rows.push(parts::total(run, words));
    }
    rows
}

fn notes(note: &str, more: Option<String>) -> Vec<String> {
    [Some(note.to_owned()), more].into_iter().flatten().collect()
}

fn gathered(series: &Series, words: &Words) -> Option<String> {
    (series.step_s > 1).then(|| fill(words.gathered, &[("step", &series.step_s.to_string())]))
}

fn omitted(all: usize, words: &Words) -> Option<String> {
    (all > ROWS).then(|| {
        fill(
            words.rows_omitted,
            &[("shown", &ROWS.to_string()), ("all", &all.to_string())],
        )
    })
}

fn joined(sentences: [&Option<String>; 2]) -> Option<String> {
    sentences
        .into_iter()
        .flatten()
        .cloned()
        .reduce(|before, next| sentences::joined(&before, &next))
}
