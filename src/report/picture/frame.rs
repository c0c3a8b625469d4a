//! The ground on which pictures over time are drawn: phases as bands, the axis of time, the moment it broke.

use super::super::format;
use super::scale::moments;
use super::svg::{Anchor, Svg, fitting, text_width};
use crate::verdict::Evidence;

/// Of the names of phases: no wider than this; from line to line; between two on the upper line.
const LONGEST_NAME: f64 = 160.0;
pub(super) const NAME_LINE: f64 = 13.0;
const NAME_GAP: f64 = 6.0;

/// Where a picture over time lies within its drawing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Frame {
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) top: f64,
    pub(super) bottom: f64,
    /// The moment at the right edge.
    pub(super) end_s: f64,
}

impl Frame {
    /// The coordinate of a moment.
    pub(super) fn x(&self, second: f64) -> f64 {
        let share = if self.end_s > 0.0 {
            (second / self.end_s).clamp(0.0, 1.0)
        } else {
            0.0
        };
        self.left + share * (self.right - self.left)
    }

    /// Every other phase as a band; none where there are so many that they would only flicker.
    pub(super) fn bands(&self, svg: &mut Svg, evidence: &Evidence) {
        if (self.right - self.left) < 10.0 * evidence.phases.len() as f64 {
            return;
        }
        for (place, (_, start, end)) in evidence.phases.iter().enumerate() {
            let (from, to) = (self.x(*start), self.x(*end));
            if place % 2 == 1 {
                svg.rect("band", from, self.top, to - from, self.bottom - self.top);
            }
        }
    }

    /// The names of the phases above their bands, cut where they are a little wider. One of which that would leave less than half
    /// stands a line higher, where it may reach beyond; where that is taken, it is cut all the same if a few letters remain.
    pub(super) fn names(&self, svg: &mut Svg, evidence: &Evidence, y: f64) {
        let mut free_from = self.left;
        for (name, start, end) in &evidence.phases {
            let (from, to) = (self.x(*start), self.x(*end));
            let (middle, whole) = ((from + to) / 2.0, fitting(name, LONGEST_NAME));
            let half = text_width(&whole) / 2.0;
            let above = middle.min(self.right - half).max(self.left + half);
            let cut = fitting(name, to - from - 4.0);
            if 2 * cut.chars().count() >= whole.chars().count() {
                svg.text("phase-name", Anchor::Middle, middle, y, &cut);
            } else if above - half >= free_from {
                svg.text("phase-name", Anchor::Middle, above, y - NAME_LINE, &whole);
                free_from = above + half + NAME_GAP;
            } else if cut.chars().count() > 2 {
                svg.text("phase-name", Anchor::Middle, middle, y, &cut);
            }
        }
    }

    /// The axis of time, with its marks below.
    pub(super) fn time_axis(&self, svg: &mut Svg) {
        svg.line("axis", (self.left, self.bottom), (self.right, self.bottom));
        let wanted = ((self.right - self.left) / 90.0) as usize;
        for moment in moments(self.end_s, wanted) {
            let x = self.x(moment);
            svg.line("axis", (x, self.bottom), (x, self.bottom + 4.0));
            let is_at_edge = x + 18.0 > self.right;
            let (anchor, at) = if is_at_edge {
                (Anchor::End, self.right + 6.0)
            } else {
                (Anchor::Middle, x)
            };
            svg.text("tick", anchor, at, self.bottom + 17.0, &format::clock(moment));
        }
    }

    /// An upright line at the moment it broke, with a word on the side that has room.
    pub(super) fn broke(&self, svg: &mut Svg, second: u32, word: Option<&str>) {
        let x = self.x(f64::from(second));
        svg.line("broke", (x, self.top), (x, self.bottom));
        if let Some(word) = word {
            let has_room = x - text_width(word) - 8.0 > self.left;
            let (anchor, x) = if has_room {
                (Anchor::End, x - 5.0)
            } else {
                (Anchor::Start, x + 5.0)
            };
            svg.text("broke-word", anchor, x, self.top + 14.0, word);
        }
    }

    /// A mark of the upright axis with a line across.
    pub(super) fn level(&self, svg: &mut Svg, y: f64, label: &str) {
        svg.line("grid", (self.left, y), (self.right, y));
        svg.text("tick", Anchor::End, self.left - 6.0, y + 4.0, label);
    }
}
