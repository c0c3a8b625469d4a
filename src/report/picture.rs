//! The pictures of the HTML report, as inline SVG: one file per picture over shared frame, scale and series.
//!
//! Colours and patterns are classes that the page's style sheet fills in, so a picture follows light and dark. Each is
//! drawn twice, for a wide page and for a phone, because text that shrinks with its picture cannot be read.

mod channels;
mod fates;
mod frame;
mod phases;
mod replies;
mod scale;
mod series;
mod svg;
mod traffic;

pub(super) use channels::channels;
pub(super) use fates::fates;
pub(super) use phases::phases;
pub(super) use replies::{panels, replies};
pub(super) use series::{Bucket, Series, Wait};
pub(super) use traffic::traffic;

/// So many rows a picture of phases or channels shows; of more, those that served least.
pub(super) const ROWS: usize = 16;
/// So many channels have a panel of their own in the picture of reply times.
pub(super) const PANELS: usize = 4;

/// The page that a picture is drawn for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Size {
    /// A desktop or paper.
    Wide,
    /// A phone held upright.
    Narrow,
}

impl Size {
    /// Width of the drawing, in units of which about one is a pixel.
    fn width(self) -> f64 {
        match self {
            Size::Wide => 1000.0,
            Size::Narrow => 340.0,
        }
    }

    /// One of two values.
    fn pick<T>(self, wide: T, narrow: T) -> T {
        match self {
            Size::Wide => wide,
            Size::Narrow => narrow,
        }
    }
}
