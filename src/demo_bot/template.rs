//! The bot's own tiny templates: `{{ name }}` is replaced, nothing else is understood.

/// `template` with every `{{ name }}` replaced by what `value` says; what it does not know stays as written, so that a
/// wrong name can be seen.
pub(super) fn fill(template: &str, mut value: impl FnMut(&str) -> Option<String>) -> String {
    let mut filled = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, name, after)) = next_place(rest) {
        filled.push_str(before);
        match value(name) {
            Some(value) => filled.push_str(&value),
            None => filled.push_str(&rest[before.len()..rest.len() - after.len()]),
        }
        rest = after;
    }
    filled.push_str(rest);
    filled
}

/// The names that `template` asks for, in its order.
pub(super) fn names(template: &str) -> impl Iterator<Item = &str> {
    let mut rest = template;
    std::iter::from_fn(move || {
        let (_, name, after) = next_place(rest)?;
        rest = after;
        Some(name)
    })
}

/// What stands before the first `{{ name }}`, the name, and what comes after it.
fn next_place(text: &str) -> Option<(&str, &str, &str)> {
    let open = text.find("{{")?;
    let inside = &text[open + 2..];
    let close = inside.find("}}")?;
    let name = inside[..close].trim_matches(|character: char| character.is_whitespace() || character == '-');
    Some((&text[..open], name, &inside[close + 2..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_replaced_and_all_else_stays() {
        let value = |name: &str| (name == "amount").then(|| "50".to_owned());
        for (template, filled) in [
            ("满300减{{ amount }}元", "满300减50元"),
            ("{{amount}}{{- amount -}}", "5050"),
            ("{{ unknown }}, {{ amount }}", "{{ unknown }}, 50"),
            ("{{ open", "{{ open"),
            ("{% if x %}", "{% if x %}"),
            ("}} {{}} {{", "}} {{}} {{"),
            ("", ""),
        ] {
            assert_eq!(fill(template, value), filled, "{template}");
        }
    }

    #[test]
    fn a_value_is_never_read_as_a_template() {
        assert_eq!(fill("{{ a }}", |_| Some("{{ a }}".to_owned())), "{{ a }}");
    }

    #[test]
    fn names_are_listed_in_order() {
        assert_eq!(names("{{ b }} and {{a}} {{").collect::<Vec<_>>(), ["b", "a"]);
    }
}
