//! Classes of words that patterns mention by name: `<cannot> <understand>`.

/// Classes of words, each by its name and its pattern, which may mention classes that come before it.
#[derive(Debug, Clone, Default)]
pub(super) struct Classes(Vec<(String, String)>);

impl<N: Into<String>, P: Into<String>> FromIterator<(N, P)> for Classes {
    fn from_iter<T: IntoIterator<Item = (N, P)>>(classes: T) -> Classes {
        let classes = classes.into_iter();
        Classes(classes.map(|(name, pattern)| (name.into(), pattern.into())).collect())
    }
}

impl Classes {
    /// The names and the patterns, as they were given.
    pub(super) fn said(&self) -> impl Iterator<Item = &str> {
        self.0.iter().flat_map(|(name, pattern)| [name.as_str(), pattern])
    }

    /// The pattern with all that its classes say.
    pub(super) fn spelt_out(&self, pattern: &str) -> String {
        self.with_each(pattern, |place| format!("(?:{})", self.spelt_out(&self.0[place].1)))
    }

    /// The pattern with a group in place of each mention of a class, which [`mentioned`] knows by its name. It is not empty: nothing, said
    /// again and again, is simplified to nothing said once.
    pub(super) fn mark(&self, pattern: &str) -> String {
        // No two groups may have the same name.
        let mut mentions = 0..;
        self.with_each(pattern, |place| {
            format!("(?P<c{place}.{}>_)", mentions.next().unwrap_or(0))
        })
    }

    /// The classes' own patterns, marked.
    pub(super) fn marked(&self) -> impl Iterator<Item = String> {
        self.0.iter().map(|(_, class)| self.mark(class))
    }

    /// The pattern with this in place of each mention of the class at a place.
    fn with_each(&self, pattern: &str, mut instead: impl FnMut(usize) -> String) -> String {
        let mut parts = pattern.split('<');
        let mut whole = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let mention = part.split_once('>').and_then(|(name, rest)| {
                let place = self.0.iter().position(|(known, _)| known == name)?;
                Some((place, rest))
            });
            match mention {
                Some((place, rest)) => whole.extend([instead(place).as_str(), rest]),
                None => whole.extend(["<", part]),
            }
        }
        whole
    }
}

/// The place of the class for which a group of this name stands.
pub(super) fn mentioned(group: &str) -> Option<usize> {
    group.strip_prefix('c')?.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_spelt_out_within_classes_and_marked_one_by_one() {
        let classes = Classes::from_iter([("not", "not|never"), ("cannot", "can<not>|<not> able to")]);
        assert_eq!(
            classes.spelt_out("<cannot> help"),
            "(?:can(?:not|never)|(?:not|never) able to) help"
        );
        let marked: Vec<String> = classes.marked().collect();
        assert_eq!(marked, ["not|never", "can(?P<c0.0>_)|(?P<c0.1>_) able to"]);
        assert_eq!(classes.mark("<cannot>, (?<a><b>) <not"), "(?P<c1.0>_), (?<a><b>) <not");
        assert_eq!(classes.mark("<not><cannot>"), "(?P<c0.0>_)(?P<c1.1>_)");
        assert_eq!(
            [mentioned("c1.2"), mentioned("c"), mentioned("price")],
            [Some(1), None, None]
        );
    }
}
