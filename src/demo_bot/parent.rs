//! What a built-in bot hears from the process that started it.

use std::io::{self, BufRead, Read};
use std::sync::Arc;
use std::time::Duration;

use serde::Deserialize;
use tokio::sync::oneshot;

use super::clock::LoadClock;

/// Bytes of a line that the parent says.
const LINE_LIMIT: u64 = 4 << 10;

/// What a parent tells its child on a line of its stdin.
#[derive(Debug, Deserialize)]
struct Told {
    load_begins_in_ms: f64,
}

/// Passes when this process's stdin closes, that is, when the parent that holds its other end stops or dies. Until then
/// the parent may tell `clock` when the load begins. The bot's side of [`start`](super::start).
pub async fn obey_the_parent(clock: Arc<LoadClock>) {
    let (closed, wait) = oneshot::channel::<()>();
    // A thread, since a read of stdin cannot be broken off and must not hold up the runtime's end.
    std::thread::spawn(move || {
        listen_to_the_parent(&mut io::stdin().lock(), &clock);
        drop(closed);
    });
    // The sender says nothing, it only goes away.
    wait.await.ok();
}

/// Takes what the parent tells line by line, until there is no more. What is no such line means nothing.
fn listen_to_the_parent(pipe: &mut impl BufRead, clock: &LoadClock) {
    loop {
        let mut line = Vec::new();
        match pipe.by_ref().take(LINE_LIMIT).read_until(b'\n', &mut line) {
            Ok(0) => return,
            Err(error) if error.kind() != io::ErrorKind::Interrupted => return,
            Ok(_) | Err(_) => {}
        }
        if let Ok(Told { load_begins_in_ms }) = serde_json::from_slice(&line) {
            clock.begin_in(Duration::try_from_secs_f64(load_begins_in_ms / 1_000.0).unwrap_or_default());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn the_bot_takes_what_its_parent_tells_and_nothing_else() {
        let clock = LoadClock::new(true);
        let told = "hello\n{\"load_begins_in_ms\": -1}\n\n{\"load_begins_in_ms\": 2000.0}\n{";
        listen_to_the_parent(&mut io::Cursor::new(told), &clock);
        tokio::time::advance(Duration::from_secs(7)).await;
        assert_eq!(clock.elapsed(), Duration::from_secs(5));
    }
}
