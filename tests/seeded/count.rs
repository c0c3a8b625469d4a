//! Joins what the bot did with what the checks said, and counts.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::Path;

use rusqlite::{Connection, Row};
use throng::demo_bot::{Record, Truth};
use throng::scenario::Fault;
use throng::self_test::last_deliveries;

use crate::words::Split;

/// Examples of each check that are shown.
const EXAMPLES: usize = 20;

/// A turn, by customer and position.
type Place = (u64, u16);

/// What the bot did to each turn that it answered: the fault, or none.
pub(crate) struct Told(BTreeMap<Place, Option<Fault>>);

impl Told {
    pub(crate) fn by(truth: &Truth) -> Told {
        assert_eq!(truth.dropped_records, 0);
        let turn = |record: &&Record| Some(((record.customer?, record.turn?), record.fault));
        let mut told: BTreeMap<Place, Option<Fault>> = last_deliveries(truth).iter().filter_map(turn).collect();
        // Whoever could not answer before, or not make out a picture, may hand over: neither a fault nor a right answer.
        let gave_up: BTreeMap<u64, u16> = told
            .iter()
            .rev()
            .filter(|(_, fault)| matches!(fault, Some(Fault::Fallback | Fault::MediaIgnored)))
            .map(|((customer, turn), _)| (*customer, *turn))
            .collect();
        let had_given_up = |(customer, turn): &Place| gave_up.get(customer).is_some_and(|before| before < turn);
        told.retain(|place, fault| *fault != Some(Fault::PrematureHandoff) || !had_given_up(place));
        Told(told)
    }
}

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key {
    pub(crate) place: usize,
    pub(crate) check: &'static str,
    pub(crate) language: String,
    pub(crate) split: Split,
}

impl fmt::Display for Key {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} {} {}", self.check, self.language, self.split.name())
    }
}

/// What stands in it.
#[derive(Debug, Default)]
pub(crate) struct Cell {
    /// Answered turns with a fault that the check must find.
    pub(crate) faults: u64,
    pub(crate) found: u64,
    /// Answered turns without any fault.
    pub(crate) clean: u64,
    pub(crate) alarms: u64,
}

impl Cell {
    pub(crate) const HEAD: &'static str =
        "check              language  words      faults   found  recall   clean  alarms    rate";

    pub(crate) fn recall(&self) -> f64 {
        self.found as f64 / self.faults as f64
    }

    pub(crate) fn alarm_rate(&self) -> f64 {
        self.alarms as f64 / self.clean as f64
    }

    pub(crate) fn line(&self, key: &Key) -> String {
        let Key {
            check, language, split, ..
        } = key;
        let (found, recall, clean) = (self.found, self.recall(), self.clean);
        format!(
            "{check:<18} {language:<9} {:<9} {:>7} {found:>7}  {recall:>6.3} {clean:>7} {:>7}  {:>6.4}",
            split.name(),
            self.faults,
            self.alarms,
            self.alarm_rate()
        )
    }
}

/// All rows.
pub(crate) struct Counts {
    checks: &'static [(&'static str, &'static [Fault])],
    cells: BTreeMap<Key, Cell>,
    examples: BTreeMap<(usize, &'static str), BTreeSet<String>>,
}

/// A turn as the run's own archive tells it.
struct Turn {
    place: Place,
    language: String,
    outcome: String,
    failed: BTreeMap<String, String>,
    said: String,
}

impl Turn {
    /// True when the customer got what the bot made of this turn. A notice that hands over is a placeholder to the ledger.
    fn came_through(&self, fault: Option<Fault>) -> bool {
        self.is_notice(fault) || ["answered", "late"].contains(&self.outcome.as_str())
    }

    fn is_notice(&self, fault: Option<Fault>) -> bool {
        fault == Some(Fault::PrematureHandoff) && self.outcome == "placeholder_only"
    }
}

impl Counts {
    pub(crate) fn new(checks: &'static [(&'static str, &'static [Fault])]) -> Counts {
        Counts {
            checks,
            cells: BTreeMap::new(),
            examples: BTreeMap::new(),
        }
    }

    pub(crate) fn cells(&self) -> impl Iterator<Item = (&Key, &Cell)> {
        self.cells.iter()
    }

    /// Answers in words that may be looked at that a check judged wrongly.
    pub(crate) fn examples(&self) -> impl Iterator<Item = &String> {
        self.examples
            .values()
            .flat_map(|examples| examples.iter().take(EXAMPLES))
    }

    /// Adds a run's turns. Where a busy machine kept an answer back or made it late, the rest of that conversation is not clean any
    /// more: who waited in vain may expect a word of regret, or be handed over.
    pub(crate) fn add(&mut self, split: Split, told: &Told, archive: &Path) {
        let turns = turns(archive);
        let is_unanswered =
            |turn: &&Turn| turn.outcome != "answered" && !turn.is_notice(told.0.get(&turn.place).copied().flatten());
        let unanswered: BTreeSet<Place> = turns.iter().filter(is_unanswered).map(|turn| turn.place).collect();
        for turn in turns {
            let Some(fault) = told.0.get(&turn.place) else { continue };
            if matches!(fault, None | Some(Fault::PrematureHandoff)) && waited(&turn.place, &unanswered) {
                continue;
            }
            for place in 0..self.checks.len() {
                self.count(place, split, *fault, &turn);
            }
        }
    }

    fn count(&mut self, place: usize, split: Split, fault: Option<Fault>, turn: &Turn) {
        let (check, faults) = self.checks[place];
        let key = Key {
            place,
            check,
            language: turn.language.clone(),
            split,
        };
        let cell = self.cells.entry(key).or_default();
        let evidence = turn.failed.get(check);
        // Of a turn without an answer there is nothing to find.
        let kind = match fault {
            _ if !turn.came_through(fault) => None,
            Some(fault) if faults.contains(&fault) => {
                cell.faults += 1;
                cell.found += u64::from(evidence.is_some());
                evidence.is_none().then_some("missed")
            }
            None => {
                cell.clean += 1;
                cell.alarms += u64::from(evidence.is_some());
                evidence.map(|_| "blamed")
            }
            Some(_) => None,
        };
        if let Some(kind) = kind.filter(|_| split.may_be_looked_at()) {
            let evidence = evidence.map_or("", String::as_str);
            let example = format!("{check} {kind}: {} [{evidence}]", turn.said.replace('\n', " "));
            self.examples.entry((place, kind)).or_default().insert(example);
        }
    }
}

/// True when this customer was left without an answer in time before. On a busy machine that happens to a bot that the truth knows
/// nothing of.
fn waited((customer, turn): &Place, unanswered: &BTreeSet<Place>) -> bool {
    unanswered.range((*customer, 0)..(*customer, *turn)).next().is_some()
}

fn place_of(row: &Row<'_>) -> Place {
    let customer: i64 = row.get(0).unwrap();
    (u64::try_from(customer).unwrap(), row.get(1).unwrap())
}

fn turns(archive: &Path) -> Vec<Turn> {
    let archive = Connection::open(archive).unwrap();
    let mut turns: BTreeMap<Place, Turn> = BTreeMap::new();
    let sql = "SELECT t.customer, t.turn, c.language, t.outcome, group_concat(m.text, ' / ') FROM turns t
               JOIN conversations c USING (customer)
               LEFT JOIN messages m ON m.customer = t.customer AND m.turn = t.turn AND m.from_bot = 1
               GROUP BY t.customer, t.turn";
    let mut statement = archive.prepare(sql).unwrap();
    let mut rows = statement.query([]).unwrap();
    while let Some(row) = rows.next().unwrap() {
        let place = place_of(row);
        let turn = Turn {
            place,
            language: row.get(2).unwrap(),
            outcome: row.get(3).unwrap(),
            failed: BTreeMap::new(),
            said: row.get::<_, Option<String>>(4).unwrap().unwrap_or_default(),
        };
        turns.insert(place, turn);
    }
    let sql = "SELECT customer, turn, check_name, coalesce(evidence, '') FROM scores WHERE passed = 0";
    let mut statement = archive.prepare(sql).unwrap();
    let mut rows = statement.query([]).unwrap();
    while let Some(row) = rows.next().unwrap() {
        let turn = turns.get_mut(&place_of(row)).unwrap();
        turn.failed.insert(row.get(2).unwrap(), row.get(3).unwrap());
    }
    turns.into_values().collect()
}
