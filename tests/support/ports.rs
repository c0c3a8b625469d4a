//! Ports for programs that must be told one before they, or throng, listen at it.

use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener, UdpSocket};
use std::sync::atomic::{AtomicU16, Ordering};

/// Below the ports that systems give to port 0 and to every connection (32768 and up on Linux): a port from there may be given to
/// another between its choice and its use, and is, where thousands of connections are opened beside it.
const FIRST: u16 = 20_000;
const PORTS: u16 = 12_000;

/// How far apart two processes begin. The ids of neighbours differ by one.
const APART: u16 = 37;

/// A port that is free at this address of this machine, for connections as for datagrams; no other test is given it.
pub(crate) fn port_at(host: IpAddr) -> u16 {
    static GIVEN: AtomicU16 = AtomicU16::new(0);
    let begin = u16::try_from(std::process::id() % u32::from(PORTS)).unwrap();
    let next = || {
        let given = GIVEN.fetch_add(1, Ordering::Relaxed);
        let offset = (u32::from(begin) * u32::from(APART) + u32::from(given)) % u32::from(PORTS);
        FIRST + u16::try_from(offset).unwrap()
    };
    let is_free = |port: &u16| TcpListener::bind((host, *port)).is_ok() && UdpSocket::bind((host, *port)).is_ok();
    std::iter::repeat_with(next)
        .take(usize::from(PORTS))
        .find(is_free)
        .expect("a free port below those that the system gives out")
}

/// One of 127.0.0.1.
pub(crate) fn port() -> u16 {
    port_at(Ipv4Addr::LOCALHOST.into())
}

/// 127.0.0.1 and a port of it.
pub(crate) fn address() -> String {
    SocketAddr::from((Ipv4Addr::LOCALHOST, port())).to_string()
}
