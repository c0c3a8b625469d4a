//! Rubrics: a file of their own, read and checked as scenarios are.

use super::Loader;
use crate::scenario::built_in::{self, Kind};
use crate::scenario::place::Spot;
use crate::scenario::{LoadError, Rubric, check};

/// The rubric that `reference` names: a path, or the name of a built-in one.
///
/// # Errors
/// [`LoadError`]; for what is wrong in the file, [`LoadError::Invalid`] with each mistake's line and column.
pub fn load_rubric(reference: &str) -> Result<Rubric, LoadError> {
    let mut loader = Loader::new(built_in::PARTS);
    let source = loader.open(Kind::Rubric, reference)?;
    let rubric = loader
        .parse(source)
        .and_then(|root| loader.typed::<Rubric>(root, source, Kind::Rubric));
    if let Some(rubric) = &rubric {
        check::rubric(rubric, &Spot::root(source), &mut loader.findings);
    }
    match rubric.filter(|_| loader.findings.is_empty()) {
        Some(rubric) => Ok(rubric),
        None => Err(loader.invalid(Kind::Rubric, source)),
    }
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;

    fn wrong(text: &str) -> String {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("r.yaml");
        std::fs::write(&path, text).unwrap();
        let error = load_rubric(path.to_str().unwrap()).unwrap_err();
        let hint = error.hint().map(|hint| format!("\n\nhint: {hint}")).unwrap_or_default();
        format!("{error}{hint}").replace(path.to_str().unwrap(), "r.yaml")
    }

    #[test]
    fn the_built_in_rubric_is_valid_and_speaks_both_languages() {
        let rubric = load_rubric("default").unwrap();
        assert_eq!(rubric.rubric, "default");
        for criterion in &rubric.criteria {
            for texts in [&criterion.question, &criterion.pass, &criterion.fail] {
                assert!(!texts.zh.is_empty() && !texts.en.is_empty(), "{}", criterion.name);
            }
        }
    }

    #[test]
    fn all_mistakes_are_told_with_their_places() {
        let text = "rubric: mine\ncriteria:\n  - name: polite\n    qestion: {en: Is it polite?}\n    pass: {}\n    fail: {en: rude}\n    \
            examples:\n      - {question: hi, reply: go away, verdict: unknown}\n  - name: polite\n    question: {zh: 礼貌吗}\n    \
            pass: {zh: 礼貌}\n    fail: {zh: 不礼貌}\n";
        assert_snapshot!(wrong(text), @"
        rubric is not valid: r.yaml

          4:5  criteria[0].qestion: unknown key
            |
          4 |     qestion: {en: Is it polite?}
            |     ^^^^^^^
            |
            = hint: did you mean `question`?

          5:5  criteria[0].pass: expected a text in `zh` or `en`, found none
            |
          5 |     pass: {}
            |     ^^^^

          8:49  criteria[0].examples[0].verdict: expected `pass` or `fail`, found `unknown`
            |
          8 |       - {question: hi, reply: go away, verdict: unknown}
            |                                                 ^^^^^^^

          9:11  criteria[1].name: expected a name of its own, found `polite` again
            |
          9 |   - name: polite
            |           ^^^^^^

        hint: `throng schema rubric` lists the keys
        ");
        let error = load_rubric("defualt").unwrap_err();
        assert_snapshot!(
            format!("{error} / {}", error.hint().unwrap()),
            @"no rubric is called `defualt`; built in are `default` / did you mean `default`?"
        );
    }
}
