//! A bar that is all questions, in the parts that became of them.

use super::super::findings::Fates;
use super::Size;
use super::svg::Svg;

/// The parts from left to right: class and number.
pub(in crate::report) fn parts(fates: Fates) -> [(&'static str, u64); 4] {
    [
        ("fate-served", fates.served),
        ("fate-wrong", fates.wrong),
        ("fate-late", fates.late),
        ("fate-dropped", fates.dropped),
    ]
}

/// Draws it as a picture of its own.
pub(in crate::report) fn fates(fates: Fates, label: &str, size: Size) -> String {
    let height = size.pick(26.0, 22.0);
    let mut svg = Svg::new(size.width(), height);
    bar(&mut svg, fates, (0.0, 0.0), size.width(), height);
    svg.finish(label)
}

/// The bar within another picture, its upper left corner at `at`.
pub(super) fn bar(svg: &mut Svg, fates: Fates, at: (f64, f64), width: f64, height: f64) {
    svg.rect("rail", at.0, at.1, width, height);
    let mut x = at.0;
    for (class, number) in parts(fates) {
        let part = width * number as f64 / fates.all().max(1) as f64;
        svg.rect(class, x, at.1, part, height);
        x += part;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_fill_the_bar() {
        let drawn = fates(
            Fates {
                served: 1,
                wrong: 0,
                late: 1,
                dropped: 2,
            },
            "all",
            Size::Wide,
        );
        for part in [
            "x=\"0\" y=\"0\" width=\"250\"",
            "x=\"250\" y=\"0\" width=\"250\"",
            "x=\"500\" y=\"0\" width=\"500\"",
        ] {
            assert!(drawn.contains(part), "{drawn}");
        }
        assert!(!drawn.contains("fate-wrong"));
    }
}
