use super::*;

fn ratio(means: impl IntoIterator<Item = f64>) -> Ratio {
    Ratio {
        blocks: means.into_iter().map(|mean| (10.0 * mean, 10.0)).collect(),
    }
}

/// Alternating, as by chance: never the same twice in a row, and nothing that lasts.
fn jitter(place: u32) -> f64 {
    [0.1, -0.1][place as usize % 2]
}

#[test]
fn independent_blocks_reach_as_far_as_theory_says() {
    // Differences 0.2 and -0.2, four blocks: variance of the mean 4 / 3 / 2 * 3 * (0.2 / 4)^2.
    let reach = ratio((0..4).map(jitter)).reach(0.975);
    let freedom = 2.0 * 9.0 / 8.0;
    let student = StudentsT::new(0.0, 1.0, freedom).unwrap().inverse_cdf(0.975);
    assert!((reach - student * 0.005_f64.sqrt()).abs() < 1e-12, "{reach}");
}

#[test]
fn a_course_is_no_chance() {
    let steady = ratio((0..20).map(|place| 0.5 + jitter(place))).reach(0.975);
    let ramp = ratio((0..20).map(|place| 1.0 - f64::from(place) / 20.0 + jitter(place))).reach(0.975);
    assert!(ramp < 1.1 * steady, "{ramp} {steady}");
    let smooth = ratio((0..20).map(|place| 1.0 - f64::from(place) / 20.0)).reach(0.975);
    assert!(smooth < 0.3 * steady, "{smooth} {steady}");
}

#[test]
fn a_leap_counts_as_it_is() {
    let leap = ratio((0..24).map(|place| f64::from(place / 12))).reach(0.975);
    let difference: f64 = 1.0 / 24.0;
    let student = StudentsT::new(0.0, 1.0, freedom(24.0)).unwrap().inverse_cdf(0.975);
    let alone = student * (24.0 / 23.0 / 2.0 * difference * difference).sqrt();
    assert!((leap / alone - 1.0).abs() < 0.1, "{leap} {alone}");
}

#[test]
fn chance_that_lasts_reaches_farther() {
    let jitter = ratio((0..24).map(jitter)).reach(0.975);
    // As large, but for two blocks at a time and not in step.
    let lasting = [0.1, 0.1, -0.1, -0.1, 0.1, -0.1, -0.1, 0.1];
    let lasting = ratio((0..24).map(|place| lasting[place % 8])).reach(0.975);
    assert!(lasting > jitter, "{lasting} {jitter}");
    assert_eq!(memory(&[0.2, -0.2, 0.2, -0.2, 0.2, -0.2, 0.2, -0.2]), 0.0);
    assert_eq!(memory(&[0.2, 0.2, -0.2, -0.2, 0.2, 0.2, -0.2, -0.2]), MOST_MEMORY);
    assert_eq!(memory(&[0.2, 0.2, -0.2]), 0.0);
}

#[test]
fn what_a_parabola_says_is_taken_out() {
    let parabola = (0..9).map(|place| 0.3 + 0.1 * f64::from(place) - 0.02 * f64::from(place).powi(2));
    let rest = without_parabola(&parabola.collect::<Vec<f64>>());
    assert!(rest.iter().all(|value| value.abs() < 1e-12), "{rest:?}");
}

#[test]
fn blocks_alike_a_single_one_and_none_reach_nowhere() {
    for blocks in [vec![], vec![0.5], vec![0.5; 20]] {
        assert_eq!(ratio(blocks).reach(0.975), 0.0);
    }
    // A block without turns is none.
    let mut holes = ratio([0.4, 0.6, 0.4, 0.6]);
    let whole = holes.reach(0.975);
    holes.blocks.insert(2, (0.0, 0.0));
    assert_eq!(holes.reach(0.975), whole);
    assert_eq!((holes.effective_blocks(), ratio([]).effective_blocks()), (4.0, 0.0));
}
