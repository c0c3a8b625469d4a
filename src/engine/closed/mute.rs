//! A moment without standard output, for the one line that goose prints without being asked: how many users there are
//! when the first step of its plan is done. On standard output there is only data, and `--json` prints nothing else.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::os::fd::OwnedFd;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Keeps standard output away from the whole process until it is dropped, which is to be soon. Several may overlap: the
/// last one puts it back.
pub(super) struct Mute(());

/// Where standard output was, and how many keep it away.
static AWAY: Mutex<Option<(OwnedFd, usize)>> = Mutex::new(None);

fn away() -> MutexGuard<'static, Option<(OwnedFd, usize)>> {
    AWAY.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Mute {
    pub(super) fn begin() -> io::Result<Mute> {
        let mut away = away();
        if let Some((_, count)) = away.as_mut() {
            *count += 1;
            return Ok(Mute(()));
        }
        // What waits for the end of its line is not goose's.
        io::stdout().flush()?;
        let nowhere = OpenOptions::new().write(true).open("/dev/null")?;
        let was = rustix::io::fcntl_dupfd_cloexec(rustix::stdio::stdout(), 0)?;
        rustix::stdio::dup2_stdout(&nowhere)?;
        *away = Some((was, 1));
        Ok(Mute(()))
    }
}

impl Drop for Mute {
    fn drop(&mut self) {
        let mut away = away();
        if let Some((was, count)) = away.as_mut() {
            *count -= 1;
            if *count == 0 {
                // A descriptor that was open just now can be put back.
                let _put_back = rustix::stdio::dup2_stdout(was).is_ok();
                *away = None;
            }
        }
    }
}
