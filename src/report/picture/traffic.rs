//! Picture 1: how much was asked, second by second, and what became of it.

use super::super::findings::Break;
use super::super::format;
use super::super::words::Words;
use super::Size;
use super::frame::Frame;
use super::scale::Linear;
use super::series::{Bucket, Series};
use super::svg::{Anchor, Svg};
use crate::verdict::Evidence;

/// The layers from the axis upwards: class, and how many turns of a step.
type Layer = (&'static str, fn(&Bucket) -> u64);
const LAYERS: [Layer; 5] = [
    ("fate-served", |bucket| bucket.served),
    ("fate-wrong", |bucket| bucket.answered - bucket.served),
    ("fate-late", |bucket| bucket.late),
    ("fate-dropped", |bucket| bucket.dropped),
    ("fate-cut", |bucket| {
        bucket
            .sent
            .saturating_sub(bucket.answered + bucket.late + bucket.dropped)
    }),
];

/// Draws it.
pub(in crate::report) fn traffic(
    series: &Series,
    evidence: &Evidence,
    broke: Option<&Break<'_>>,
    words: &Words,
    size: Size,
) -> String {
    let height = size.pick(300.0, 230.0);
    let mut svg = Svg::new(size.width(), height);
    let frame = Frame {
        left: size.pick(48.0, 34.0),
        right: size.width() - 8.0,
        top: 46.0,
        bottom: height - 24.0,
        end_s: series.end_s,
    };
    let most = series
        .buckets
        .iter()
        .map(|bucket| bucket.per_second(bucket.sent))
        .fold(1.0, f64::max);
    let scale = Linear {
        max: most * 1.06,
        from: frame.bottom,
        to: frame.top,
    };
    frame.bands(&mut svg, evidence);
    frame.names(&mut svg, evidence, frame.top - 7.0);
    svg.text("tick", Anchor::Start, 0.0, 12.0, words.per_second);
    for tick in scale.ticks(4) {
        frame.level(&mut svg, scale.at(tick), &format::per_second(tick).unwrap_or_default());
    }
    let mut lower = vec![0; series.buckets.len()];
    for (class, turns) in LAYERS {
        let upper: Vec<u64> = lower
            .iter()
            .zip(&series.buckets)
            .map(|(below, bucket)| below + turns(bucket))
            .collect();
        if upper != lower {
            svg.area(
                class,
                &edge(series, &upper, &frame, &scale),
                &edge(series, &lower, &frame, &scale),
            );
        }
        lower = upper;
    }
    let top: Vec<Option<(f64, f64)>> = edge(series, &lower, &frame, &scale).into_iter().map(Some).collect();
    svg.lines("outline", &top);
    frame.time_axis(&mut svg);
    if let Some(broke) = broke {
        let word = format!("{} {}", words.traffic_break, format::clock(f64::from(broke.second)));
        frame.broke(&mut svg, broke.second, Some(&word));
    }
    svg.finish(words.traffic)
}

/// The upper edge of a layer, as steps: each step is flat over its length.
fn edge(series: &Series, turns: &[u64], frame: &Frame, scale: &Linear) -> Vec<(f64, f64)> {
    let flat = |(bucket, turns): (&Bucket, &u64)| {
        let y = scale.at(bucket.per_second(*turns));
        [
            (frame.x(bucket.start_s), y),
            (frame.x(bucket.start_s + bucket.length_s), y),
        ]
    };
    series.buckets.iter().zip(turns).flat_map(flat).collect()
}
