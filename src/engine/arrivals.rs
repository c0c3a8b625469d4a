//! Where a shard's customers come from: planned beforehand, or handed over one by one while the run goes on.

use std::iter::Peekable;
use std::time::Duration;

use super::turnstile::Entrance;
use crate::simulation::Arrival;

/// The customers of a shard, in order of time.
pub enum Arrivals {
    /// The open workload: known beforehand.
    Planned(Peekable<Box<dyn Iterator<Item = Arrival> + Send>>),
    /// The closed workload: each comes when another has left.
    HandedOver(Entrance),
}

impl<A: Iterator<Item = Arrival> + Send + 'static> From<A> for Arrivals {
    fn from(planned: A) -> Arrivals {
        let planned: Box<dyn Iterator<Item = Arrival> + Send> = Box::new(planned);
        Arrivals::Planned(planned.peekable())
    }
}

impl From<Entrance> for Arrivals {
    fn from(entrance: Entrance) -> Arrivals {
        Arrivals::HandedOver(entrance)
    }
}

impl Arrivals {
    /// When the next customer who is known of is due.
    pub(super) fn next_due(&mut self) -> Option<Duration> {
        match self {
            Arrivals::Planned(planned) => planned.peek().map(|arrival| arrival.due_at),
            Arrivals::HandedOver(entrance) => entrance.next_due(),
        }
    }

    /// The next customer who is known of.
    pub(super) fn next(&mut self) -> Option<Arrival> {
        match self {
            Arrivals::Planned(planned) => planned.next(),
            Arrivals::HandedOver(entrance) => entrance.next(),
        }
    }

    /// True while customers may come who are not known of yet.
    pub(super) fn may_bring_more(&self) -> bool {
        match self {
            Arrivals::Planned(_) => false,
            Arrivals::HandedOver(entrance) => entrance.is_open(),
        }
    }

    /// Ready when somebody came of whom nothing was known, or nobody will any more. May be dropped and called anew.
    pub(super) async fn changed(&mut self) {
        match self {
            Arrivals::Planned(_) => std::future::pending().await,
            Arrivals::HandedOver(entrance) => entrance.changed().await,
        }
    }

    /// Nobody comes any more beside those who are known of.
    pub(super) fn close(&mut self) {
        match self {
            Arrivals::Planned(_) => {}
            Arrivals::HandedOver(entrance) => entrance.close(),
        }
    }

    /// This customer never began.
    pub(super) fn refused(&mut self, customer: u64) {
        match self {
            Arrivals::Planned(_) => {}
            Arrivals::HandedOver(entrance) => entrance.refused(customer),
        }
    }

    /// This customer is gone.
    pub(super) fn gone(&mut self, customer: u64) {
        match self {
            Arrivals::Planned(_) => {}
            Arrivals::HandedOver(entrance) => entrance.gone(customer),
        }
    }
}
