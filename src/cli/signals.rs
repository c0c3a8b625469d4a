//! Ctrl-C: the first ends the run in good order, the second ends it at once with the files whole.

use std::io;
use std::thread;

use throng::conversation::Language;
use throng::rehearsal::Stops;

/// Tells the user something beside the data.
pub(crate) type Tell = Box<dyn Fn(&str) + Send>;

/// Listens for interrupts from here on, on a thread of its own.
pub(crate) fn listen(stops: &Stops, tell: Tell, language: Language) -> io::Result<()> {
    let stops = stops.clone();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    thread::Builder::new()
        .name("signals".to_owned())
        .spawn(move || runtime.block_on(heed(stops, tell, language)))?;
    Ok(())
}

#[cfg(unix)]
async fn heed(stops: Stops, tell: Tell, language: Language) {
    use tokio::signal::unix::{SignalKind, signal};
    // Listened to from the start, so that a second one right after the first is not lost.
    let (Ok(mut interrupts), Ok(mut ends)) = (signal(SignalKind::interrupt()), signal(SignalKind::terminate())) else {
        return;
    };
    for stop in [stop_gently, stop_now] {
        tokio::select! {
            _ = interrupts.recv() => {}
            _ = ends.recv() => {}
        }
        stop(&stops, &tell, language);
    }
}

#[cfg(not(unix))]
async fn heed(stops: Stops, tell: Tell, language: Language) {
    for stop in [stop_gently, stop_now] {
        if tokio::signal::ctrl_c().await.is_ok() {
            stop(&stops, &tell, language);
        }
    }
}

// Told before it is done: what is stopped may end the process at once.

fn stop_gently(stops: &Stops, tell: &Tell, language: Language) {
    tell(match language {
        Language::Zh => "正在停止：不再开始新的会话，进行中的会话将结束；再按一次立即退出",
        Language::En => "stopping: nothing new starts, open conversations end; once more to leave at once",
    });
    stops.gently.cancel();
}

fn stop_now(stops: &Stops, tell: &Tell, language: Language) {
    tell(match language {
        Language::Zh => "立即退出",
        Language::En => "leaving at once",
    });
    stops.now.cancel();
}
