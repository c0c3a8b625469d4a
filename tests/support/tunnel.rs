//! A bot's way through the interceptor: CONNECT, TLS that trusts one certificate, calls.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::time::Duration;

use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned, crypto};

/// A tunnel in which TLS is spoken.
pub(crate) type Tunnel = StreamOwned<ClientConnection, TcpStream>;

/// Asks the proxy at `url` for this, and gives the connection with the answer's head and whatever came with it.
pub(crate) fn ask(url: &str, request: &str) -> (TcpStream, String) {
    let mut stream = TcpStream::connect(url.strip_prefix("http://").unwrap()).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let (mut answer, mut byte) = (Vec::new(), [0]);
    while !answer.ends_with(b"\r\n\r\n") && stream.read(&mut byte).is_ok_and(|read| read == 1) {
        answer.push(byte[0]);
    }
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let length = answer
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "))
        .map_or(0, |length| length.parse().unwrap());
    let mut body = vec![0; length];
    stream.read_exact(&mut body).unwrap();
    (stream, answer + &String::from_utf8_lossy(&body))
}

/// Asks for a tunnel to `host`.
pub(crate) fn connect(url: &str, host: &str) -> (TcpStream, String) {
    ask(url, &format!("CONNECT {host}:443 HTTP/1.1\r\nHost: {host}:443\r\n\r\n"))
}

/// Speaks TLS with `host` behind the proxy, trusting only this certificate.
pub(crate) fn enter(url: &str, host: &str, certificate: &[u8]) -> std::io::Result<Tunnel> {
    let (mut stream, answer) = connect(url, host);
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(certificate).unwrap()).unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap();
    let mut config = config.with_root_certificates(roots).with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    let name = ServerName::try_from(host.to_owned()).unwrap();
    let mut client = ClientConnection::new(Arc::new(config), name).unwrap();
    while client.is_handshaking() {
        client.complete_io(&mut stream)?;
    }
    Ok(StreamOwned::new(client, stream))
}

/// Posts JSON through the tunnel; gives the answer's status.
pub(crate) fn post(tunnel: &mut Tunnel, path: &str, body: &str) -> u16 {
    let head = format!("POST {path} HTTP/1.1\r\nHost: platform\r\nContent-Type: application/json\r\n");
    write!(tunnel, "{head}Content-Length: {}\r\n\r\n{body}", body.len()).unwrap();
    tunnel.flush().unwrap();
    let (mut answer, mut buffer) = (Vec::new(), [0; 4_096]);
    loop {
        let text = String::from_utf8_lossy(&answer).to_lowercase();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
            if body.len() >= length.map_or(0, |length| length.parse().unwrap()) {
                return head.split(' ').nth(1).unwrap().parse().unwrap();
            }
        }
        let read = tunnel.read(&mut buffer).unwrap();
        assert!(read > 0, "closed after {text:?}");
        answer.extend_from_slice(&buffer[..read]);
    }
}
