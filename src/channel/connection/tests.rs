use std::sync::Arc;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};

use super::*;

/// For `localhost` and 127.0.0.1, signed by itself, good until 2126.
const CERTIFICATE: &[u8] = include_bytes!("test-certificate.der");
const KEY: &[u8] = include_bytes!("test-key.der");

fn connector(url: &str, trusted: &[&'static [u8]]) -> Connector {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(trusted.iter().map(|certificate| CertificateDer::from(*certificate)));
    let endpoint = Endpoint::allowed(url, &[]).unwrap();
    Connector::new(endpoint, Sources::default(), || Ok(roots)).unwrap()
}

/// A server that speaks TLS and says `HTTP 204` to whatever comes.
async fn tls_server() -> u16 {
    let config = ServerConfig::builder_with_provider(Arc::new(crypto::ring::default_provider()));
    let config = config
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth();
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(KEY));
    let config = config
        .with_single_cert(vec![CertificateDer::from(CERTIFICATE)], key)
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((socket, _)) = listener.accept().await {
            let Ok(mut stream) = acceptor.accept(socket).await else {
                continue;
            };
            let mut request = [0; 1_024];
            if stream.read(&mut request).await.is_ok() {
                stream
                    .write_all(b"HTTP/1.1 204 No Content\r\n\r\n")
                    .await
                    .unwrap_or_default();
            }
        }
    });
    port
}

#[tokio::test]
async fn https_works_with_a_trusted_certificate_and_fails_in_words_without() {
    let port = tls_server().await;
    for host in ["127.0.0.1", "localhost"] {
        let connector = connector(&format!("https://{host}:{port}"), &[CERTIFICATE]);
        let mut connection = connector.connect().await.unwrap();
        let request = http::Request::get("/").body(Full::default()).unwrap();
        let response = connection.sender.send_request(request).await.unwrap();
        assert_eq!(response.status(), 204, "{host}");
    }
    let distrusting = connector(&format!("https://127.0.0.1:{port}"), &[]);
    let Err(ConnectError::Lost(reason)) = distrusting.connect().await else {
        panic!("it connected")
    };
    assert!(
        reason.starts_with("TLS: ") && reason.contains("UnknownIssuer"),
        "{reason}"
    );
}

#[tokio::test]
async fn a_server_without_tls_fails_in_words() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        let (mut socket, _) = listener.accept().await.unwrap();
        socket.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await.unwrap();
    });
    let Err(ConnectError::Lost(reason)) = connector(&format!("https://127.0.0.1:{port}"), &[]).connect().await else {
        panic!("it connected")
    };
    assert!(reason.starts_with("TLS: "), "{reason}");
}

#[test]
fn what_this_machine_lacks_is_told_apart_from_what_the_bot_does() {
    for (errno, lacks) in [
        (Errno::MFILE, Hindrance::Descriptors),
        (Errno::NFILE, Hindrance::Descriptors),
        (Errno::ADDRNOTAVAIL, Hindrance::Ports),
        (Errno::ADDRINUSE, Hindrance::Ports),
        (Errno::NOMEM, Hindrance::Memory),
    ] {
        let error = ConnectError::of("no connection", &errno.into());
        assert!(matches!(error, ConnectError::Hindered(by, _) if by == lacks), "{errno}");
    }
    for errno in [
        Errno::CONNREFUSED,
        Errno::CONNRESET,
        Errno::HOSTUNREACH,
        Errno::TIMEDOUT,
    ] {
        let error = ConnectError::of("no connection", &errno.into());
        assert!(matches!(error, ConnectError::Lost(_)), "{errno}");
    }
}
