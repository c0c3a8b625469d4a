//! A TCP socket that tells when the system received what is read from it.
//!
//! Between the moment at which bytes arrive and that at which a thread gets round to reading them lies the thread's own lateness,
//! which is nobody's answer time. On Linux the system writes down the first of the two (`SO_TIMESTAMPNS`) and hands it out with
//! the bytes; elsewhere the moment of reading has to do.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::Instant;

/// What is read, and knows since when it was there.
pub(super) trait Receiver: AsyncRead + AsyncWrite + Unpin {
    /// When the last of the bytes arrived that were read last; absent when nobody noted it.
    fn received_at(&self) -> Option<Instant> {
        None
    }
}

/// A connected TCP socket.
#[derive(Debug)]
pub(super) struct Tcp {
    stream: TcpStream,
    #[cfg(target_os = "linux")]
    arrivals: linux::Arrivals,
}

impl Tcp {
    pub(super) fn new(stream: TcpStream) -> Tcp {
        Tcp {
            #[cfg(target_os = "linux")]
            arrivals: linux::Arrivals::noted_on(&stream),
            stream,
        }
    }
}

impl Receiver for Tcp {
    #[cfg(target_os = "linux")]
    fn received_at(&self) -> Option<Instant> {
        self.arrivals.last()
    }
}

impl AsyncRead for Tcp {
    #[cfg(target_os = "linux")]
    fn poll_read(self: Pin<&mut Self>, context: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let Tcp { stream, arrivals } = self.get_mut();
        arrivals.poll_read(stream, context, into)
    }

    #[cfg(not(target_os = "linux"))]
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, into)
    }
}

impl AsyncWrite for Tcp {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(context, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}

#[cfg(target_os = "linux")]
mod linux {
    use std::cell::RefCell;
    use std::io::{self, IoSliceMut};
    use std::net::{Ipv4Addr, UdpSocket};
    use std::os::fd::AsRawFd;
    use std::sync::LazyLock;
    use std::task::{Context, Poll, ready};
    use std::time::{Duration, SystemTime, UNIX_EPOCH};

    use nix::sys::socket::sockopt::ReceiveTimestampns;
    use nix::sys::socket::{ControlMessageOwned, MsgFlags, recvmsg, setsockopt};
    use nix::sys::time::TimeSpec;
    use tokio::io::{Interest, ReadBuf};
    use tokio::net::TcpStream;
    use tokio::time::Instant;

    /// The most that is read at once. Unit: bytes.
    const MOST: usize = 16 << 10;

    /// The most that a thread of ours is thought to be late: an older note says that somebody set the system's clock.
    const OLDEST: Duration = Duration::from_secs(10);

    /// A socket that only asks for notes. The system makes them for all sockets or none, and takes its time to begin: as long as
    /// somebody asks, it does not stop between two connections.
    static ASKING: LazyLock<Option<UdpSocket>> = LazyLock::new(|| {
        let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).ok()?;
        setsockopt(&socket, ReceiveTimestampns, &true).ok()?;
        Some(socket)
    });

    /// What a thread reads into, whichever socket it reads: room of a socket's own would have to be cleared for every read.
    struct Desk {
        bytes: Vec<u8>,
        /// Room for one note, as the system writes it.
        note: Vec<u8>,
    }

    thread_local! {
        static DESK: RefCell<Desk> = RefCell::new(Desk {
            bytes: vec![0; MOST],
            note: nix::cmsg_space!(TimeSpec),
        });
    }

    /// When what is read from a socket arrived, by the system's notes.
    #[derive(Debug)]
    pub(super) struct Arrivals {
        last: Option<Instant>,
    }

    impl Arrivals {
        /// Has the system make notes from now on. Where it does not, none are found.
        pub(super) fn noted_on(stream: &TcpStream) -> Arrivals {
            LazyLock::force(&ASKING);
            setsockopt(stream, ReceiveTimestampns, &true).unwrap_or_default();
            Arrivals { last: None }
        }

        /// When the last of the bytes arrived that were read last.
        pub(super) fn last(&self) -> Option<Instant> {
            self.last
        }

        /// Reads as the stream itself does, with the note.
        pub(super) fn poll_read(
            &mut self,
            stream: &TcpStream,
            context: &mut Context<'_>,
            into: &mut ReadBuf<'_>,
        ) -> Poll<io::Result<()>> {
            loop {
                ready!(stream.poll_read_ready(context))?;
                let mut read = None;
                let tried = stream.try_io(Interest::READABLE, || {
                    let is_all = self.receive(stream, into)?;
                    read = Some(());
                    // Saying at once that nothing is left saves asking.
                    if is_all {
                        Err(io::ErrorKind::WouldBlock.into())
                    } else {
                        Ok(())
                    }
                });
                match (read, tried) {
                    (Some(()), _) => return Poll::Ready(Ok(())),
                    (None, Err(error)) if error.kind() != io::ErrorKind::WouldBlock => return Poll::Ready(Err(error)),
                    (None, _) => {}
                }
            }
        }

        /// Reads what is there; true when nothing is left, since less came than there was room for.
        fn receive(&mut self, stream: &TcpStream, into: &mut ReadBuf<'_>) -> io::Result<bool> {
            DESK.with_borrow_mut(|Desk { bytes, note }| {
                let room = into.remaining().min(MOST);
                let mut parts = [IoSliceMut::new(&mut bytes[..room])];
                let received = recvmsg::<()>(stream.as_raw_fd(), &mut parts, Some(note), MsgFlags::empty())?;
                let count = received.bytes;
                self.last = received.cmsgs().ok().and_then(|mut notes| notes.find_map(noted));
                into.put_slice(&bytes[..count]);
                Ok((1..room).contains(&count))
            })
        }
    }

    fn noted(note: ControlMessageOwned) -> Option<Instant> {
        match note {
            ControlMessageOwned::ScmTimestampns(at) => moment(at),
            _ => None,
        }
    }

    /// A moment of the system's clock on ours: never before it, whatever comes between the two looks. The clocks are compared anew
    /// for each; absent where the system's was visibly set meanwhile.
    fn moment(at: TimeSpec) -> Option<Instant> {
        let noted = UNIX_EPOCH.checked_add(Duration::from(at))?;
        let age = SystemTime::now().duration_since(noted).unwrap_or_default();
        (age <= OLDEST).then(|| Instant::now().checked_sub(age)).flatten()
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;

    use super::*;

    async fn pair() -> (Tcp, TcpStream) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let ours = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
        (Tcp::new(ours), listener.accept().await.unwrap().0)
    }

    #[cfg(target_os = "linux")]
    #[tokio::test]
    async fn who_reads_late_learns_when_it_came() {
        let (mut ours, mut theirs) = pair().await;
        let mut reads = Vec::new();
        // The system takes a moment to begin with its notes, when nobody asked for some before.
        for _ in 0..50 {
            let before = Instant::now();
            theirs.write_all(b"hello").await.unwrap();
            std::thread::sleep(std::time::Duration::from_millis(20));
            let late = Instant::now();
            assert_eq!(ours.read(&mut [0; 64]).await.unwrap(), 5);
            if let Some(at) = ours.received_at() {
                reads.push((before, at, late));
            }
            if reads.len() == 3 {
                break;
            }
        }
        assert_eq!(reads.len(), 3, "the system notes nothing");
        assert!(reads.iter().all(|(before, at, late)| before <= at && at < late));
    }

    #[tokio::test]
    async fn all_is_read_in_order_however_it_comes_up_to_the_end() {
        let (mut ours, mut theirs) = pair().await;
        let sent: Vec<u8> = (0..300_000_u32).map(|number| (number % 251) as u8).collect();
        let told = sent.clone();
        let telling = tokio::spawn(async move {
            for part in told.chunks(7_001) {
                theirs.write_all(part).await.unwrap();
                tokio::task::yield_now().await;
            }
        });
        let mut read = Vec::new();
        ours.read_to_end(&mut read).await.unwrap();
        telling.await.unwrap();
        assert!(read == sent, "{} of {} bytes", read.len(), sent.len());
        assert_eq!(ours.read(&mut [0; 8]).await.unwrap(), 0);
    }
}
