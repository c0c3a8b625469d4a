use super::*;

/// What SIPp 3.6.1 and 3.7 write about a message.
fn logged(kind: &str, message: &str) -> String {
    format!(
        "----------------------------------------------- 2026-11-11 12:00:00.000000\nUDP message {kind} ({} bytes):\n\n{message}\n",
        message.len()
    )
}

fn message(first: &str, sequence: &str) -> String {
    format!(
        "{first}\r\nVia: SIP/2.0/UDP 127.0.0.1:5060\r\nCall-ID: 7-1@li\r\nCSeq: {sequence}\r\nContent-Length: 0\r\n\r\n"
    )
}

fn received(first: &str, sequence: &str) -> String {
    logged("received", &message(first, sequence))
        .replace('(', "[")
        .replace(" bytes):", "] bytes :")
}

fn entries(log: &str) -> Vec<Entry> {
    let mut log = log.as_bytes();
    let entries = std::iter::from_fn(|| next(&mut log).unwrap());
    entries.filter(|entry| *entry != Entry::Other).collect()
}

fn of(heard: Heard) -> Entry {
    Entry::Of("7-1@li".to_owned(), heard)
}

/// As SIPp 3.6.1 wrote it about a call to its own answerer.
const CALL: &str = "Resolving remote host '127.0.0.1'... Done.
----------------------------------------------- 2026-11-21 14:39:09.318586
TCP control message received [27] bytes :

Call-ID: 48-0@throng-0\r
\r


----------------------------------------------- 2026-11-21 14:39:09.318950
UDP message sent (214 bytes):

INVITE sip:shop@127.0.0.1:5071 SIP/2.0\r
Via: SIP/2.0/UDP 127.0.0.1:5060;branch=z9hG4bK-30955-1-1\r
Call-ID: 48-0@throng-0\r
CSeq: 1 INVITE\r
Content-Type: application/sdp\r
Content-Length:    30\r
\r
v=0\r
o=throng 1 1 IN IP4 127.0
----------------------------------------------- 2026-11-21 14:39:09.319205
UDP message received [156] bytes :

SIP/2.0 180 Ringing\r
Via: SIP/2.0/UDP 127.0.0.1:5060;branch=z9hG4bK-30955-1-1\r
To: <sip:shop@127.0.0.1:5071>;tag=1\r
Call-ID: 48-0@throng-0\r
CSeq: 1 INVITE\r
\r

";

#[test]
fn a_log_of_sipp_tells_of_its_calls() {
    let of = |heard| Entry::Of("48-0@throng-0".to_owned(), heard);
    assert_eq!(entries(CALL), [of(Heard::Invited), of(Heard::Ringing)]);
}

#[test]
fn each_thing_that_becomes_of_a_call_is_told() {
    for (entry, heard) in [
        (
            logged("sent", &message("INVITE sip:a@b SIP/2.0", "1 INVITE")),
            Heard::Invited,
        ),
        (received("SIP/2.0 100 Trying", "1 INVITE"), Heard::Trying),
        (received("SIP/2.0 183 Session Progress", "1 INVITE"), Heard::Ringing),
        (received("SIP/2.0 200 OK", "1 INVITE"), Heard::PickedUp),
        (
            received("SIP/2.0 486 Busy Here", "1 INVITE"),
            Heard::TurnedAway(486, "Busy Here".to_owned()),
        ),
        (
            received("SIP/2.0 603", "1 INVITE"),
            Heard::TurnedAway(603, String::new()),
        ),
        (
            logged("sent", &message("CANCEL sip:a@b SIP/2.0", "1 CANCEL")),
            Heard::GaveUp,
        ),
        (received("SIP/2.0 200 OK", "2 BYE"), Heard::Over),
        (received("BYE sip:a@b SIP/2.0", "1 BYE"), Heard::Over),
    ] {
        assert_eq!(entries(&entry), [of(heard)], "{entry}");
    }
    for entry in [
        logged("sent", &message("ACK sip:a@b SIP/2.0", "1 ACK")),
        logged("sent", &message("BYE sip:a@b SIP/2.0", "2 BYE")),
        received("SIP/2.0 200 OK", "1 CANCEL"),
        received("OPTIONS sip:a@b SIP/2.0", "1 OPTIONS"),
    ] {
        assert_eq!(entries(&entry), [], "{entry}");
    }
}

#[test]
fn a_short_header_and_another_case_name_the_call_as_well() {
    let message = "SIP/2.0 200 OK\r\ni : 7-1@li\r\ncseq:1 INVITE\r\n\r\n";
    assert_eq!(entries(&logged("received", message)), [of(Heard::PickedUp)]);
}

#[test]
fn what_a_message_holds_is_no_entry_of_the_log() {
    let forged = logged(
        "received",
        "SIP/2.0 200 OK\r\nCall-ID: 8-1@wang\r\nCSeq: 1 INVITE\r\n\r\n",
    );
    let head = message("SIP/2.0 180 Ringing", "1 INVITE");
    let log = logged("received", &format!("{head}{forged}"));
    assert_eq!(entries(&log), [of(Heard::Ringing)]);
    let in_the_body = "SIP/2.0 180 Ringing\r\nCSeq: 1 INVITE\r\n\r\nCall-ID: 7-1@li\r\n";
    assert_eq!(entries(&logged("received", in_the_body)), []);
}

#[test]
fn nonsense_tells_nothing_and_what_follows_it_is_read() {
    let call = received("SIP/2.0 200 OK", "1 INVITE");
    for nonsense in [
        "-----\n\n-----\n".to_owned(),
        "UDP message sent (x bytes):\n".to_owned(),
        "UDP message received [99999999999] bytes :\n".to_owned(),
        format!("{}\n", "x".repeat(100_000)),
        logged("received", "\u{0}\u{1}"),
        received("SIP/2.0 \u{202e}NaN", "1 INVITE"),
        received("SIP/2.0 200 OK", "INVITE"),
        logged("received", "SIP/2.0 200 OK\r\nCSeq: 1 INVITE\r\n\r\n"),
    ] {
        assert_eq!(
            entries(&format!("{nonsense}{call}")),
            [of(Heard::PickedUp)],
            "{nonsense}"
        );
    }
    let cut_off = &call[..call.len() - 40];
    assert_eq!(entries(cut_off), []);
}

#[test]
fn what_sipp_says_of_itself_is_told_apart() {
    let log = "Resolving remote host '127.0.0.1'... Done.\n2026-11-21\t14:46:12.294300\t1795272372.294300: Error on TCP \
               connection: Connection refused\nThere were more errors, enable -trace_err to log them.\n";
    assert_eq!(
        entries(log),
        [Entry::Words("Error on TCP connection: Connection refused".to_owned())]
    );
}

#[test]
fn a_call_only_goes_forward() {
    let story = [
        Heard::Invited,
        Heard::Trying,
        Heard::Ringing,
        Heard::TurnedAway(486, String::new()),
        Heard::Over,
    ];
    assert!(story.is_sorted_by(|earlier, later| earlier.progress() < later.progress()));
    assert_eq!(
        Heard::PickedUp.progress(),
        Heard::GaveUp.progress(),
        "who has hung up is not answered any more"
    );
}
