//! Picture 3: every phase beside the calm one, in what was served and in how good the answers were.

use super::super::words::Words;
use super::super::{findings, format, parts};
use super::scale::Linear;
use super::svg::{Anchor, Svg, fitting_bold, text_width};
use super::{ROWS, Size};
use crate::verdict::{Block, Interval, Run};

/// A half of the picture: one figure for all phases.
struct Half {
    title: &'static str,
    class: &'static str,
    left: f64,
    right: f64,
    figure: fn(&Block) -> Option<Interval>,
    text: fn(f64) -> Option<String>,
}

/// Draws it.
pub(in crate::report) fn phases(run: &Run, words: &Words, size: Size) -> String {
    let places = parts::least_served(&run.by_phase, run.baseline.as_deref(), ROWS);
    let (row_height, top) = (size.pick(30.0, 46.0), 26.0);
    let height = top + places.len() as f64 * row_height + 24.0;
    let mut svg = Svg::new(size.width(), height);
    let names = size.pick(170.0, 0.0);
    let half = (size.width() - names - 24.0) / 2.0;
    let halves = [
        Half {
            title: words.served,
            class: "served",
            left: names,
            right: names + half,
            figure: |block| block.served,
            text: format::percent,
        },
        Half {
            title: words.quality,
            class: "quality",
            left: names + half + 24.0,
            right: size.width(),
            figure: quality,
            text: format::score,
        },
    ];
    for half in &halves {
        ground(&mut svg, half, run, top, height - 24.0);
    }
    for (row, place) in places.iter().enumerate() {
        let Some((name, block)) = run.by_phase.get_index(*place) else {
            continue;
        };
        let y = top + row as f64 * row_height;
        let is_calm = run.baseline.as_ref() == Some(name);
        let class = if is_calm { "row-name calm" } else { "row-name" };
        let name_width = size.pick(names - 12.0, size.width());
        svg.text(
            class,
            Anchor::Start,
            0.0,
            y + size.pick(19.0, 16.0),
            &fitting_bold(name, name_width),
        );
        for half in &halves {
            mark(&mut svg, half, block, y + size.pick(15.0, 31.0));
        }
    }
    svg.finish(words.beside_calm)
}

/// Title, axis from none to all, and the calm phase as a line from top to bottom.
fn ground(svg: &mut Svg, half: &Half, run: &Run, top: f64, bottom: f64) {
    let scale = scale(half);
    svg.text("tick strong", Anchor::Start, half.left, 12.0, half.title);
    for tick in [0.0, 0.25, 0.5, 0.75, 1.0] {
        let x = scale.at(tick);
        svg.line("grid", (x, top), (x, bottom));
        let anchor = match tick {
            0.0 => Anchor::Start,
            1.0 => Anchor::End,
            _ => Anchor::Middle,
        };
        if tick != 0.25 && tick != 0.75 {
            svg.text(
                "tick",
                anchor,
                x,
                bottom + 16.0,
                &(half.text)(tick).unwrap_or_default().replace(".0%", "%"),
            );
        }
    }
    let calm = findings::calm_phase(run).and_then(|(_, block)| (half.figure)(block));
    if let Some(calm) = calm {
        let x = scale.at(calm.rate);
        svg.line("calm-line", (x, top), (x, bottom));
    }
}

/// A dot with its interval, and the figure beside it where there is room.
fn mark(svg: &mut Svg, half: &Half, block: &Block, y: f64) {
    let Some(interval) = (half.figure)(block) else {
        svg.text("tick", Anchor::Start, half.left + 4.0, y + 4.0, &parts::none());
        return;
    };
    let scale = scale(half);
    let (low, x, high) = (scale.at(interval.low), scale.at(interval.rate), scale.at(interval.high));
    svg.line(&format!("whisker {}", half.class), (low, y), (high, y));
    svg.dot(&format!("mark {}", half.class), x, y, 5.0);
    let text = (half.text)(interval.rate).unwrap_or_default();
    let has_room = low - text_width(&text) - 12.0 > half.left;
    let (anchor, at) = if has_room {
        (Anchor::End, low.min(x - 5.0) - 6.0)
    } else {
        (Anchor::Start, high.max(x + 5.0) + 6.0)
    };
    svg.text("value", anchor, at, y + 4.0, &text);
}

fn scale(half: &Half) -> Linear {
    Linear {
        max: 1.0,
        from: half.left + 6.0,
        to: half.right - 6.0,
    }
}

fn quality(block: &Block) -> Option<Interval> {
    let quality = &block.quality;
    let rate = quality.mean?;
    Some(Interval {
        rate,
        low: quality.low.unwrap_or(rate),
        high: quality.high.unwrap_or(rate),
    })
}
