//! Holds the cells one after the other: side by side they would disturb each other.

use std::path::{Path, PathBuf};
use std::time::Instant;

use crate::rehearsal::Stops;

use super::cell::{Cell, CellVerdict};
use super::error::SelfTestError;
use super::folder::Folder;
use super::hold::hold;
use super::limits::limits;
use super::machine::Machine;
use super::matrix::CellPlan;
use super::{SelfTest, SelfTestVerdict, TOLERANCE};

/// How often a cell is held whose times are off, or that could not be judged.
const TRIES: u32 = 3;

/// How the self-test is to be held.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// The cells, in order.
    pub matrix: Vec<CellPlan>,
    /// Where the cells' runs are kept; without it, they are thrown away.
    pub out: Option<PathBuf>,
    /// The executable that can be started as the built-in bot; without it, this one.
    pub executable: Option<PathBuf>,
}

/// A cell that has ended.
#[derive(Debug, Clone, Copy)]
pub struct Progress<'a> {
    /// Its position, from 1.
    pub number: usize,
    /// How many there are.
    pub of: usize,
    /// What it gave.
    pub cell: &'a Cell,
}

/// Holds every cell. A climb ends at the first rate that is beyond the machine. A user who stops it gets the cells so far.
///
/// # Errors
/// When it could not be held, or was stopped before the first cell was over.
pub fn run(settings: &Settings, stops: &Stops, watch: &mut dyn FnMut(Progress<'_>)) -> Result<SelfTest, SelfTestError> {
    let (started_at, start) = (jiff::Timestamp::now(), Instant::now());
    let folder = Folder::open(settings.out.as_deref())?;
    let executable = match &settings.executable {
        Some(executable) => executable.clone(),
        None => std::env::current_exe().map_err(SelfTestError::Runtime)?,
    };
    let machine = Machine::look();
    let mut cells: Vec<Cell> = Vec::new();
    let mut throng = String::new();
    let (mut is_whole, of) = (true, settings.matrix.len());
    for (place, plan) in settings.matrix.iter().enumerate() {
        if plan.is_climb && has_met_its_limit(&cells, plan.protocol) {
            continue;
        }
        let Some((cell, by)) = settled(plan, &executable, folder.path(), stops)? else {
            is_whole = false;
            break;
        };
        watch(Progress {
            number: place + 1,
            of,
            cell: &cell,
        });
        throng = by;
        cells.push(cell);
    }
    if cells.is_empty() && !is_whole {
        return Err(SelfTestError::Interrupted);
    }
    Ok(SelfTest {
        schema: "throng.self-test/1".to_owned(),
        throng,
        started_at: started_at.to_string(),
        duration_s: start.elapsed().as_secs_f64(),
        verdict: SelfTestVerdict::of(&cells, is_whole),
        tolerance: TOLERANCE,
        machine,
        limits: limits(&cells),
        cells,
    })
}

/// Holds a cell until it is in tolerance, or certainly is not; and throng's version. Nothing when the user stopped it.
fn settled(
    plan: &CellPlan,
    executable: &Path,
    folder: &Path,
    stops: &Stops,
) -> Result<Option<(Cell, String)>, SelfTestError> {
    let mut tries = 1;
    loop {
        let folder = match tries {
            1 => folder.to_owned(),
            tries => folder.join(format!("try-{tries}")),
        };
        let witnessed = match hold(plan, executable, &folder, stops) {
            Err(SelfTestError::Interrupted) => return Ok(None),
            held => held?,
        };
        // Then its last conversations never came.
        if stops.gently.is_cancelled() || stops.now.is_cancelled() {
            return Ok(None);
        }
        let cell = Cell {
            tries,
            ..witnessed.judge()
        };
        if tries == TRIES || is_final(&cell) {
            return Ok(Some((cell, witnessed.run.provenance.throng)));
        }
        tries += 1;
    }
}

/// A climb wants to know what this machine can do now; elsewhere only unequal counts need no second look.
fn is_final(cell: &Cell) -> bool {
    let is_miscounted = cell.verdict == CellVerdict::OutOfTolerance && cell.miscounted > TOLERANCE.miscounted;
    cell.is_climb || cell.verdict == CellVerdict::InTolerance || is_miscounted
}

fn has_met_its_limit(cells: &[Cell], protocol: &str) -> bool {
    let is_it = |cell: &Cell| cell.is_climb && cell.protocol == protocol && cell.verdict != CellVerdict::InTolerance;
    cells.iter().any(is_it)
}
