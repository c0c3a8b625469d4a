//! Which addresses of this machine connections leave from.
//!
//! One address has some 28,000 ports for one endpoint (`net.ipv4.ip_local_port_range`), and a port rests for a minute after
//! its connection was closed. More conversations need more addresses; on loopback every 127.x.y.z is one.

use std::cell::Cell;
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, UdpSocket};

use tokio::net::{TcpSocket, TcpStream};

/// The addresses that connections leave from, in turns; none: the system chooses.
#[derive(Debug, Default)]
pub(super) struct Sources {
    addresses: Vec<IpAddr>,
    /// Nobody asked for them, so they may be left aside.
    is_ours: bool,
    next: Cell<usize>,
}

impl Sources {
    /// These addresses of this machine.
    ///
    /// # Errors
    /// The first that is none of this machine.
    pub(super) fn named(addresses: &[IpAddr]) -> Result<Sources, (IpAddr, io::Error)> {
        for address in addresses {
            // Binding a datagram socket sends nothing.
            UdpSocket::bind((*address, 0)).map_err(|error| (*address, error))?;
        }
        Ok(Sources {
            addresses: addresses.to_vec(),
            is_ours: false,
            next: Cell::default(),
        })
    }

    /// So many loopback addresses from 127.0.0.1 on, where the system has them without being asked.
    pub(super) fn loopback(count: u8) -> Sources {
        let count = if cfg!(target_os = "linux") { count } else { 0 };
        Sources {
            addresses: (1..=count).map(|last| Ipv4Addr::new(127, 0, 0, last).into()).collect(),
            is_ours: true,
            next: Cell::default(),
        }
    }

    /// Connects from the next address; from the others as well while there is no port left.
    pub(super) async fn connect(&self, to: SocketAddr) -> io::Result<TcpStream> {
        // A `localhost` may be ::1 alone.
        if self.addresses.is_empty() || self.is_ours && to.is_ipv6() {
            return TcpStream::connect(to).await;
        }
        let mut last = io::Error::new(
            io::ErrorKind::AddrNotAvailable,
            "no source address is of the same kind (IPv4, IPv6)",
        );
        for _ in 0..self.addresses.len() {
            let from = self.next();
            if from.is_ipv4() != to.is_ipv4() {
                continue;
            }
            match connect_from(from, to).await {
                Err(error) if has_no_port(&error) => last = error,
                connected => return connected,
            }
        }
        Err(last)
    }

    fn next(&self) -> IpAddr {
        let place = self.next.get();
        self.next.set((place + 1) % self.addresses.len());
        self.addresses[place]
    }
}

async fn connect_from(from: IpAddr, to: SocketAddr) -> io::Result<TcpStream> {
    let socket = match from {
        IpAddr::V4(_) => TcpSocket::new_v4(),
        IpAddr::V6(_) => TcpSocket::new_v6(),
    }?;
    socket.bind(SocketAddr::new(from, 0))?;
    socket.connect(to).await
}

fn has_no_port(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::AddrInUse | io::ErrorKind::AddrNotAvailable)
}

#[cfg(test)]
mod tests {
    use tokio::net::TcpListener;

    use super::*;

    #[cfg(target_os = "linux")]
    #[tokio::test]
    async fn connections_leave_from_each_address_in_turn() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let to = listener.local_addr().unwrap();
        let sources = Sources::loopback(3);
        let mut seen = Vec::new();
        for _ in 0..6 {
            let (connected, accepted) = tokio::join!(sources.connect(to), listener.accept());
            connected.unwrap();
            seen.push(accepted.unwrap().1.ip().to_string());
        }
        let once = ["127.0.0.1", "127.0.0.2", "127.0.0.3"];
        assert_eq!(seen, [once, once].concat());
    }

    #[tokio::test]
    async fn without_addresses_the_system_chooses() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let to = listener.local_addr().unwrap();
        assert!(Sources::default().connect(to).await.is_ok());
    }

    #[tokio::test]
    async fn an_address_of_another_machine_or_kind_is_refused() {
        let (address, _) = Sources::named(&["192.0.2.1".parse().unwrap()]).unwrap_err();
        assert_eq!(address.to_string(), "192.0.2.1");
        let sources = Sources::named(&["127.0.0.1".parse().unwrap()]).unwrap();
        let error = sources.connect("[::1]:9".parse().unwrap()).await.unwrap_err();
        assert!(error.to_string().contains("IPv4, IPv6"), "{error}");
    }
}
