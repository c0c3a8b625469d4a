//! SVG as text. The only place where a picture's text is escaped and a number becomes a coordinate.

use unicode_width::UnicodeWidthStr;

use super::super::clean;

/// A drawing that grows.
pub(super) struct Svg {
    body: String,
    width: f64,
    height: f64,
}

/// Where a text stands by its coordinate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

impl Svg {
    pub(super) fn new(width: f64, height: f64) -> Svg {
        Svg {
            body: String::new(),
            width,
            height,
        }
    }

    /// The element, named for those who cannot see it.
    pub(super) fn finish(self, label: &str) -> String {
        let (width, height, label) = (number(self.width), number(self.height), escaped(&clean::line(label)));
        format!(
            "<svg role=\"img\" aria-label=\"{label}\" viewBox=\"0 0 {width} {height}\">{}</svg>",
            self.body
        )
    }

    pub(super) fn rect(&mut self, class: &str, x: f64, y: f64, width: f64, height: f64) {
        if width > 0.0 && height > 0.0 {
            let [x, y, width, height] = [x, y, width, height].map(number);
            self.body.push_str(&format!(
                "<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"/>"
            ));
        }
    }

    pub(super) fn line(&mut self, class: &str, from: (f64, f64), to: (f64, f64)) {
        let [x1, y1, x2, y2] = [from.0, from.1, to.0, to.1].map(number);
        self.body.push_str(&format!(
            "<line class=\"{class}\" x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\"/>"
        ));
    }

    pub(super) fn dot(&mut self, class: &str, x: f64, y: f64, radius: f64) {
        let [x, y, radius] = [x, y, radius].map(number);
        self.body.push_str(&format!(
            "<circle class=\"{class}\" cx=\"{x}\" cy=\"{y}\" r=\"{radius}\"/>"
        ));
    }

    pub(super) fn text(&mut self, class: &str, anchor: Anchor, x: f64, y: f64, text: &str) {
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let ([x, y], text) = ([x, y].map(number), escaped(&clean::line(text)));
        self.body.push_str(&format!(
            "<text class=\"{class}\" text-anchor=\"{anchor}\" x=\"{x}\" y=\"{y}\">{text}</text>"
        ));
    }

    /// An area between two edges given by the same number of points, left to right.
    pub(super) fn area(&mut self, class: &str, upper: &[(f64, f64)], lower: &[(f64, f64)]) {
        if upper.len() > 1 {
            let points: Vec<(f64, f64)> = upper.iter().chain(lower.iter().rev()).copied().collect();
            self.body
                .push_str(&format!("<path class=\"{class}\" d=\"{}Z\"/>", path(&points)));
        }
    }

    /// Lines through the points that are there; a gap where one is missing, a dot for one that stands alone.
    pub(super) fn lines(&mut self, class: &str, points: &[Option<(f64, f64)>]) {
        let mut drawn = String::new();
        for run in points.split(Option::is_none).filter(|run| !run.is_empty()) {
            let run: Vec<(f64, f64)> = run.iter().flatten().copied().collect();
            drawn.push_str(&path(&run));
            if run.len() == 1 {
                drawn.push_str("h.1");
            }
        }
        if !drawn.is_empty() {
            self.body.push_str(&format!("<path class=\"{class}\" d=\"{drawn}\"/>"));
        }
    }
}

/// About how wide a text is drawn at 12 units: half an em for a Latin column.
pub(super) fn text_width(text: &str) -> f64 {
    6.8 * text.width() as f64
}

/// A text cut so that it is drawn no wider than `width`.
pub(super) fn fitting(text: &str, width: f64) -> String {
    clean::short(text, (width / 6.8).max(0.0) as usize, "…")
}

/// The same in the bold of a row's name.
pub(super) fn fitting_bold(text: &str, width: f64) -> String {
    fitting(text, width * 0.8)
}

fn path(points: &[(f64, f64)]) -> String {
    let step = |(place, (x, y)): (usize, &(f64, f64))| {
        format!("{}{} {}", if place == 0 { 'M' } else { 'L' }, number(*x), number(*y))
    };
    points.iter().enumerate().map(step).collect()
}

/// A coordinate with one decimal; what is not finite is drawn at 0 rather than breaking the picture.
fn number(value: f64) -> String {
    let tenths = if value.is_finite() {
        (value * 10.0).round() / 10.0
    } else {
        0.0
    };
    format!("{}", if tenths == 0.0 { 0.0 } else { tenths })
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#x27;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped_and_numbers_are_finite() {
        let mut svg = Svg::new(100.0, f64::NAN);
        svg.text("tick", Anchor::End, f64::INFINITY, 1.26, "<b>\u{1b}[31m\"&");
        assert_eq!(
            svg.finish("a\"b"),
            "<svg role=\"img\" aria-label=\"a&quot;b\" viewBox=\"0 0 100 0\"><text class=\"tick\" text-anchor=\"end\" \
             x=\"0\" y=\"1.3\">&lt;b&gt;&quot;&amp;</text></svg>"
        );
    }

    #[test]
    fn a_missing_point_is_a_gap_and_a_lonely_one_a_dot() {
        let mut svg = Svg::new(1.0, 1.0);
        svg.lines(
            "p50",
            &[Some((0.0, 0.0)), Some((1.0, 1.0)), None, Some((3.0, 3.0)), None],
        );
        assert!(svg.body.contains("d=\"M0 0L1 1M3 3h.1\""), "{}", svg.body);
    }
}
