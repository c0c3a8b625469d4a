//! Picture 4: the channels side by side.

use super::super::findings::Fates;
use super::super::words::Words;
use super::super::{format, parts};
use super::fates;
use super::scale::Log;
use super::svg::{Anchor, Svg, fitting_bold, text_width};
use super::{ROWS, Size};
use crate::verdict::{Block, Evidence, Run};

/// Height of the axis of time below the rows.
const AXIS: f64 = 22.0;

/// What all rows share.
struct Plot<'run> {
    size: Size,
    words: &'run Words,
    /// From where to where the bars go, and how far below the upper edge of a row.
    bar: (f64, f64),
    bar_y: f64,
    /// The same of the reply times.
    scale: Log,
    times_right: f64,
    times_y: f64,
}

/// Draws it.
pub(in crate::report) fn channels(run: &Run, evidence: &Evidence, words: &Words, size: Size) -> String {
    let places = parts::least_served(&run.by_channel, None, ROWS);
    let row_height = size.pick(46.0, 92.0);
    let height = 4.0 + places.len() as f64 * row_height + AXIS;
    let (times_left, times_right) = size.pick((625.0, 940.0), (4.0, 290.0));
    let plot = Plot {
        size,
        words,
        bar: size.pick((230.0, 590.0), (0.0, 340.0)),
        bar_y: size.pick(12.0, 36.0),
        scale: Log::over(values(run, evidence), times_left, times_right),
        times_right,
        times_y: size.pick(23.0, 72.0),
    };
    let mut svg = Svg::new(size.width(), height);
    plot.axis(&mut svg, height);
    for (row, place) in places.iter().enumerate() {
        if let Some((name, block)) = run.by_channel.get_index(*place) {
            let y = 4.0 + row as f64 * row_height;
            let deadline = evidence.channels.iter().find(|(known, _)| known == name);
            plot.shares(&mut svg, name, block, y);
            plot.times(&mut svg, block, deadline.map(|(_, seconds)| *seconds), y + plot.times_y);
        }
    }
    svg.finish(words.channels)
}

impl Plot<'_> {
    /// The axis of reply times.
    fn axis(&self, svg: &mut Svg, height: f64) {
        for tick in self.scale.ticks() {
            let (x, label) = (self.scale.at(tick), format::duration(tick).unwrap_or_default());
            svg.line("grid", (x, 4.0), (x, height - AXIS));
            svg.text("tick", Anchor::Middle, x, height - 6.0, &label);
        }
    }

    /// The channel's name, its shares in words and as a bar.
    fn shares(&self, svg: &mut Svg, name: &str, block: &Block, y: f64) {
        let (size, words) = (self.size, self.words);
        let name = fitting_bold(name, size.pick(215.0, 330.0));
        let (served, missed) = (parts::rate(block.served), parts::rate(block.missed));
        let shares = format!("{} {served} · {} {missed}", words.served, words.missed);
        svg.text("row-name", Anchor::Start, 0.0, y + size.pick(20.0, 14.0), &name);
        svg.text("tick", Anchor::Start, 0.0, y + size.pick(36.0, 30.0), &shares);
        let (at, width) = ((self.bar.0, y + self.bar_y), self.bar.1 - self.bar.0);
        fates::bar(svg, Fates::of(block), at, width, size.pick(22.0, 18.0));
    }

    /// From p50 to p95; an open line to the right edge where p95 is never.
    fn times(&self, svg: &mut Svg, block: &Block, deadline_s: Option<f64>, y: f64) {
        let (scale, right, reply) = (&self.scale, self.times_right, &block.reply_time_ms);
        if let Some(deadline_s) = deadline_s {
            let x = scale.at(deadline_s * 1000.0);
            svg.line("deadline", (x, y - 12.0), (x, y + 12.0));
        }
        match (reply.p50, reply.p95) {
            (Some(p50), Some(p95)) => {
                svg.line("span", (scale.at(p50), y), (scale.at(p95), y));
                svg.dot("mark p50-dot", scale.at(p50), y, 5.0);
                svg.dot("mark p95-dot", scale.at(p95), y, 5.0);
            }
            (Some(p50), None) => {
                svg.line("span open", (scale.at(p50), y), (right, y));
                svg.dot("mark p50-dot", scale.at(p50), y, 5.0);
            }
            _ => {}
        }
        let text = parts::time(reply.p95, reply, self.words);
        let reaches = reply.p95.map_or(right, |p95| scale.at(p95) + 5.0);
        let at = reaches.min(right + 45.0 - text_width(&text).min(45.0)) + 6.0;
        svg.text("value", Anchor::Start, at, y + 4.0, &text);
    }
}

/// All that the scale must hold.
fn values<'run>(run: &'run Run, evidence: &'run Evidence) -> impl Iterator<Item = f64> + 'run {
    let times = run
        .by_channel
        .values()
        .flat_map(|block| [block.reply_time_ms.p50, block.reply_time_ms.p95]);
    times
        .flatten()
        .chain(evidence.channels.iter().map(|(_, deadline_s)| deadline_s * 1000.0))
}
