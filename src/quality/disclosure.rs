//! What a reply tells of people: whose order numbers and which personal data. All of it follows from the text, so that it is found once
//! for all who hear the same.

use std::ops::Range;
use std::sync::Arc;

use crate::conversation::{Reply, RunKey, order_numbers_in};
use crate::reading::{Owner, PersonalKind, Recent, personal_data};

/// What the replies tell that were heard last.
pub(super) type RecentReplies = Recent<Arc<Disclosure>>;

/// What a reply tells of people.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Disclosure {
    /// The customers whose order numbers it holds, in its order.
    pub(super) customers: Vec<u64>,
    /// The personal data in it, in its order.
    pub(super) personal: Vec<Personal>,
}

/// A piece of personal data.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Personal {
    pub(super) kind: PersonalKind,
    /// Its place in the reply, in bytes.
    pub(super) span: Range<usize>,
    /// Whose it is by the words around it.
    pub(super) owner: Owner,
    /// Equal for two writings of the same.
    pub(super) key: String,
}

impl Disclosure {
    /// What each of the replies tells.
    pub(super) fn of_each(replies: &[Reply], key: RunKey, recent: &mut RecentReplies) -> Vec<Arc<Disclosure>> {
        let mut of = |text: &str| Arc::clone(recent.of(text, || Arc::new(Disclosure::of(text, key))));
        replies.iter().map(|reply| of(&reply.text)).collect()
    }

    fn of(text: &str, key: RunKey) -> Disclosure {
        let personal = personal_data(text, key).into_iter().map(|datum| Personal {
            kind: datum.kind,
            owner: datum.owner(text),
            key: datum.key(text),
            span: datum.span,
        });
        Disclosure {
            customers: order_numbers_in(key, text),
            personal: personal.collect(),
        }
    }
}
