//! How the run stands, for those who watch it.

use super::Book;
use crate::metrics::{Ledger, Time};
use crate::rehearsal::watch::{ChannelSnapshot, Snapshot};

impl Book {
    pub(in crate::rehearsal) fn snapshot(&mut self, open: u32) -> Snapshot {
        let all = self.whole.ledger(self.slices.run);
        let (started, sent) = (all.started, all.sent);
        let per_s = (started - self.last.0, sent - self.last.1);
        let (answered, missed) = in_time_or_not(all);
        let snapshot = Snapshot {
            at: self.at,
            traffic_length: self.scenario.traffic_length(),
            phase: self.phase_name(),
            planned: self.planned,
            started,
            open,
            sent,
            answered,
            missed,
            started_per_s: per_s.0,
            sent_per_s: per_s.1,
            lag_p99: self.whole.quantile(self.slices.run, Time::ScheduleLag, 0.99),
            channels: self.channel_snapshots(),
        };
        self.last = (started, sent);
        snapshot
    }

    fn phase_name(&self) -> String {
        if self.at >= self.scenario.traffic_length() {
            return "drain".to_owned();
        }
        let place = usize::from(self.scenario.phase_at(self.at));
        self.scenario.file.traffic.phases[place].name().to_owned()
    }

    fn channel_snapshots(&self) -> Vec<ChannelSnapshot> {
        let channels = self.scenario.channels.iter().zip(&self.slices.channels);
        channels
            .map(|(channel, place)| {
                let ledger = self.whole.ledger(*place);
                let (answered, missed) = in_time_or_not(ledger);
                let reply_p95 = self.whole.quantile(*place, Time::Reply, 0.95);
                ChannelSnapshot {
                    name: channel.name.clone(),
                    sent: ledger.sent,
                    answered,
                    missed,
                    reply_p95,
                }
            })
            .collect()
    }
}

/// Turns answered in time, and turns closed without.
fn in_time_or_not(ledger: &Ledger) -> (u64, u64) {
    use crate::conversation::Outcome;
    let missed = Outcome::ALL
        .iter()
        .filter(|outcome| outcome.is_missed())
        .map(|outcome| ledger.outcome(*outcome))
        .sum();
    (ledger.outcome(Outcome::Answered), missed)
}
