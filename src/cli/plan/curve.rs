//! Draws a curve with block characters.

/// Eighths of a cell, from empty to full.
const BLOCKS: [char; 9] = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// So many columns a value gets at most.
const WIDEST: usize = 6;

/// The curve of these values as `height` lines, one column per value; the highest value fills the highest cell.
pub(crate) fn curve(values: &[f64], height: usize) -> Vec<String> {
    let highest = values.iter().copied().fold(0.0, f64::max);
    let eighths: Vec<usize> = values
        .iter()
        .map(|value| match highest > 0.0 {
            true => (value / highest * (height * 8) as f64).round() as usize,
            false => 0,
        })
        .collect();
    (0..height)
        .rev()
        .map(|row| {
            eighths
                .iter()
                .map(|filled| BLOCKS[filled.saturating_sub(row * 8).min(8)])
                .collect()
        })
        .collect()
}

/// The greatest of each of at most `columns` equal stretches of the values, so that no peak is lost between two columns.
/// Where there are few values, each gets several columns: the shape of a short run can be seen, too.
pub(crate) fn fit(values: &[f64], columns: usize) -> Vec<f64> {
    if values.len() <= columns {
        let each = (columns / values.len().max(1)).min(WIDEST);
        return values
            .iter()
            .flat_map(|value| std::iter::repeat_n(*value, each))
            .collect();
    }
    (0..columns)
        .map(|column| {
            let (from, to) = (column * values.len() / columns, (column + 1) * values.len() / columns);
            values[from..to.max(from + 1)].iter().copied().fold(0.0, f64::max)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_highest_value_reaches_the_top_and_zero_stays_empty() {
        assert_eq!(curve(&[0.0, 1.0, 2.0, 4.0], 2), ["   █", " ▄██"]);
        assert_eq!(curve(&[0.0, 0.0], 1), ["  "]);
        assert_eq!(curve(&[], 2), ["", ""]);
    }

    #[test]
    fn fitting_keeps_the_peak_and_widens_what_is_short() {
        let mut values = vec![1.0; 100];
        values[57] = 9.0;
        let fitted = fit(&values, 10);
        assert_eq!(fitted.len(), 10);
        assert_eq!(fitted[5], 9.0);
        assert_eq!(fit(&[1.0, 2.0], 5), [1.0, 1.0, 2.0, 2.0]);
        assert!(fit(&[], 5).is_empty());
    }
}
