//! Picture 2: how long customers waited, second by second, one panel per channel.

use indexmap::IndexMap;

use super::super::findings::Break;
use super::super::format;
use super::super::words::{Words, fill};
use super::frame::{Frame, NAME_LINE};
use super::scale::Log;
use super::series::{Bucket, Series, Wait};
use super::svg::{Anchor, Svg, fitting_bold};
use super::{PANELS, Size};
use crate::verdict::{Block, Evidence};

/// Height of the names of the phases at the top, two lines.
const PHASE_NAMES: f64 = 16.0 + NAME_LINE;
/// Height of the strip that shows where a percentile is never.
const RAIL: f64 = 13.0;

/// The seconds of one channel.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::report) struct Panel {
    pub(in crate::report) channel: String,
    pub(in crate::report) deadline_s: Option<f64>,
    pub(in crate::report) series: Series,
}

/// The channels with the largest share missed that have data, in the scenario's order; and how many have data.
pub(in crate::report) fn panels(blocks: &IndexMap<String, Block>, evidence: &Evidence) -> (Vec<Panel>, usize) {
    let mut with_data: Vec<(usize, f64, Panel)> = Vec::new();
    let named = evidence
        .channels
        .iter()
        .map(|(name, deadline_s)| (name, Some(*deadline_s)));
    let channels: Vec<(&String, Option<f64>)> = if evidence.channels.is_empty() {
        blocks.keys().map(|name| (name, None)).collect()
    } else {
        named.collect()
    };
    for (place, (name, deadline_s)) in channels.into_iter().enumerate() {
        let missed = blocks
            .get(name)
            .and_then(|block| block.missed)
            .map_or(0.0, |missed| missed.rate);
        let has_data = evidence
            .seconds
            .iter()
            .any(|second| usize::from(second.channel) == place && second.sent > 0);
        if let Some(channel) = u16::try_from(place).ok().filter(|_| has_data) {
            let deadline_s = deadline_s.filter(|seconds| seconds.is_finite() && *seconds > 0.0);
            let panel = Panel {
                channel: name.clone(),
                deadline_s,
                series: Series::of(evidence, Some(channel)),
            };
            with_data.push((place, missed, panel));
        }
    }
    let all = with_data.len();
    with_data.sort_by(|one, other| other.1.total_cmp(&one.1));
    with_data.truncate(PANELS);
    with_data.sort_by_key(|(place, ..)| *place);
    (with_data.into_iter().map(|(_, _, panel)| panel).collect(), all)
}

/// Draws it; all panels share their scales.
pub(in crate::report) fn replies(
    panels: &[Panel],
    evidence: &Evidence,
    broke: Option<&Break<'_>>,
    words: &Words,
    size: Size,
) -> String {
    let (panel_height, above) = (size.pick(150.0, 130.0), 30.0);
    let height = PHASE_NAMES + panels.len() as f64 * (panel_height + above) + 24.0;
    let mut svg = Svg::new(size.width(), height);
    for (place, panel) in panels.iter().enumerate() {
        let top = PHASE_NAMES + place as f64 * (panel_height + above) + above;
        let frame = Frame {
            left: size.pick(64.0, 52.0),
            right: size.width() - 8.0,
            top,
            bottom: top + panel_height,
            end_s: panel.series.end_s,
        };
        if place == 0 {
            frame.names(&mut svg, evidence, PHASE_NAMES - 4.0);
        }
        frame.bands(&mut svg, evidence);
        draw_panel(
            &mut svg,
            panel,
            frame,
            Log::over(values(panels), frame.bottom, top + RAIL + 18.0),
            words,
        );
        if let Some(broke) = broke {
            frame.broke(&mut svg, broke.second, None);
        }
        if place + 1 == panels.len() {
            frame.time_axis(&mut svg);
        }
    }
    svg.finish(words.replies)
}

/// All that the scale must hold.
fn values(panels: &[Panel]) -> impl Iterator<Item = f64> + '_ {
    let times = |bucket: &Bucket| {
        [bucket.p50, bucket.p95]
            .into_iter()
            .flatten()
            .filter_map(Wait::milliseconds)
    };
    let waits = panels
        .iter()
        .flat_map(move |panel| panel.series.buckets.iter().flat_map(times));
    waits.chain(
        panels
            .iter()
            .filter_map(|panel| panel.deadline_s)
            .map(|seconds| seconds * 1000.0),
    )
}

/// How a step is marked in the strip: p50 never, only p95 never, or not at all.
fn never(bucket: &Bucket) -> Option<&'static str> {
    match (bucket.p50, bucket.p95) {
        (Some(Wait::Never), _) => Some("fate-dropped"),
        (_, Some(Wait::Never)) => Some("some-never"),
        _ => None,
    }
}

fn draw_panel(svg: &mut Svg, panel: &Panel, frame: Frame, scale: Log, words: &Words) {
    for tick in scale
        .ticks()
        .into_iter()
        .filter(|tick| scale.at(*tick) > frame.top + RAIL + 10.0)
    {
        frame.level(svg, scale.at(tick), &format::duration(tick).unwrap_or_default());
    }
    svg.line("axis", (frame.left, frame.bottom), (frame.right, frame.bottom));
    svg.text("tick", Anchor::End, frame.left - 6.0, frame.top + 10.0, words.never);
    svg.rect("rail", frame.left, frame.top, frame.right - frame.left, RAIL);
    for alike in panel.series.buckets.chunk_by(|one, other| never(one) == never(other)) {
        if let ([first, ..], [.., last]) = (alike, alike) {
            let (from, to) = (frame.x(first.start_s), frame.x(last.start_s + last.length_s));
            never(first)
                .into_iter()
                .for_each(|class| svg.rect(class, from, frame.top, to - from, RAIL));
        }
    }
    for (class, wait) in [
        ("p95", (|bucket| bucket.p95) as fn(&Bucket) -> Option<Wait>),
        ("p50", |bucket| bucket.p50),
    ] {
        let point = |bucket: &Bucket| {
            let milliseconds = wait(bucket)?.milliseconds()?;
            Some((frame.x(bucket.middle_s()), scale.at(milliseconds)))
        };
        svg.lines(class, &panel.series.buckets.iter().map(point).collect::<Vec<_>>());
    }
    if let Some(deadline_s) = panel.deadline_s {
        let y = scale.at(deadline_s * 1000.0);
        svg.line("deadline", (frame.left, y), (frame.right, y));
        let time = format::duration(deadline_s * 1000.0).unwrap_or_default();
        svg.text(
            "deadline-word",
            Anchor::Start,
            frame.left + 6.0,
            y - 5.0,
            &fill(words.deadline, &[("time", &time)]),
        );
    }
    let name = fitting_bold(&panel.channel, frame.right - frame.left - 60.0);
    svg.text("row-name", Anchor::Start, frame.left, frame.top - 6.0, &name);
}
