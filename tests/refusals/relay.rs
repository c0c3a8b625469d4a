//! A balancer before two bots, by connection.

use std::io;
use std::net::{Shutdown, TcpListener, TcpStream};
use std::thread;

/// One address for two bots.
pub(crate) struct Relay {
    pub(crate) url: String,
}

impl Relay {
    /// The first connections lead to `one`; of all that come after, every other to `other`.
    pub(crate) fn to(one: &str, other: &str, first: usize) -> Relay {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let bots = [one, other].map(|url| url.strip_prefix("http://").unwrap().to_owned());
        thread::spawn(move || {
            for (number, stream) in listener.incoming().flatten().enumerate() {
                let bot = TcpStream::connect(&bots[number.saturating_sub(first) % 2]).unwrap();
                pass_on(stream.try_clone().unwrap(), bot.try_clone().unwrap());
                pass_on(bot, stream);
            }
        });
        Relay { url }
    }
}

/// Until one of them closes.
fn pass_on(mut from: TcpStream, mut to: TcpStream) {
    thread::spawn(move || {
        let _is_broken = io::copy(&mut from, &mut to).is_err() || to.shutdown(Shutdown::Write).is_err();
    });
}
