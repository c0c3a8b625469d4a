use super::*;
use crate::conversation::Language;

fn channel(connections: u64, closed_a_minute: u64) -> ChannelNeeds {
    ChannelNeeds {
        name: "web".to_owned(),
        connections,
        closed_a_minute,
        is_pooled: false,
        has_sockets: false,
        source_addresses: 0,
        is_loopback: false,
        is_called: false,
        is_demo: false,
    }
}

fn needs(channel: ChannelNeeds) -> Needs {
    Needs {
        conversations: 1_000,
        is_closed: false,
        channels: vec![channel],
    }
}

const PLENTY: Means = Means {
    descriptors: Some(20_000),
    ports: Some(28_000),
    memory_bytes: Some(1 << 40),
    all_memory_bytes: Some(1 << 40),
    reuses_loopback_ports: true,
};

#[test]
fn descriptors_are_short_when_sockets_and_the_rest_exceed_the_limit() {
    for (connections, granted, is_short) in [
        (19_936, Some(20_000), false),
        (19_937, Some(20_000), true),
        (19_937, None, false),
    ] {
        let means = Means {
            descriptors: granted,
            ..PLENTY
        };
        let short = needs(channel(connections, 0)).beyond(&means);
        assert_eq!(!short.is_empty(), is_short, "{connections} {granted:?}");
    }
}

#[test]
fn ports_rest_for_a_minute_and_more_addresses_have_more_of_them() {
    for (connections, closed, addresses, is_short) in [
        (10_000, 18_000, 0, false),
        (10_000, 18_001, 0, true),
        (10_000, 18_001, 1, true),
        (10_000, 18_001, 2, false),
    ] {
        let needs = needs(ChannelNeeds {
            source_addresses: addresses,
            ..channel(connections, closed)
        });
        let short = needs.beyond(&PLENTY);
        let told = matches!(short.as_slice(), [Shortage::Ports { .. }]);
        assert_eq!(told, is_short, "{connections} {closed} {addresses}: {short:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn loopback_spreads_when_half_the_ports_would_be_taken() {
    let loopback = |connections, closed| ChannelNeeds {
        is_loopback: true,
        ..channel(connections, closed)
    };
    for (connections, closed, sources) in [
        (14_000, 0, 0),
        (13_000, 60_000, 0),
        (14_001, 0, 2),
        (100_000, 0, 8),
        (13_999, 120_000, 10),
        (100_000_000, 0, 250),
    ] {
        let needs = needs(loopback(connections, closed));
        assert_eq!(needs.loopback_sources(&PLENTY), sources, "{connections} {closed}");
    }
    let named = needs(ChannelNeeds {
        source_addresses: 1,
        ..loopback(100_000, 0)
    });
    assert_eq!(named.loopback_sources(&PLENTY), 0);
}

#[test]
fn memory_warns_when_it_is_not_free_and_is_refused_when_it_is_not_there() {
    let needs = needs(channel(1_000, 0));
    assert_eq!(needs.memory_bytes(), 32_768_000);
    for (free, all, is_short, is_refused) in [(40, 40, false, false), (30, 40, true, false), (30, 31, true, true)] {
        let means = Means {
            memory_bytes: Some(free << 20),
            all_memory_bytes: Some(all << 20),
            ..PLENTY
        };
        assert_eq!(!needs.beyond(&means).is_empty(), is_short, "{free} {all}");
        let refused = needs.beyond_all_memory(&means);
        assert_eq!(refused.is_some(), is_refused, "{free} {all}");
        let warned = needs.beyond(&means).into_iter().map(|short| (short, "30 MiB are free"));
        let refused = refused.map(|short| (short, "31 MiB in all, swap included"));
        for (short, size) in warned.chain(refused) {
            assert!(short.in_words(Language::En).contains(size), "{short:?}");
        }
    }
    let demo = ChannelNeeds {
        is_called: false,
        is_demo: true,
        ..channel(1_000, 0)
    };
    let with_bot = Needs {
        channels: vec![demo],
        ..needs
    };
    assert_eq!(with_bot.memory_bytes(), 57_344_000, "the bot's end is here too");
    let sockets = Needs {
        channels: vec![ChannelNeeds {
            has_sockets: true,
            ..channel(1_000, 0)
        }],
        ..with_bot
    };
    assert_eq!(
        sockets.memory_bytes(),
        20_480_000,
        "a socket is smaller than a connection that speaks HTTP"
    );
    assert_eq!(sockets.descriptors(), 1_064);
    assert!(sockets.relief().is_pooled, "they cannot be shared");
}

const OPEN: Relief = Relief {
    is_closed: false,
    is_pooled: false,
};

#[test]
fn a_remedy_that_cannot_help_is_not_named() {
    for relief in [(false, false), (false, true), (true, false), (true, true)] {
        let relief = Relief {
            is_closed: relief.0,
            is_pooled: relief.1,
        };
        let (needed, granted, channel) = (2, 1, "web".to_owned());
        for short in [
            Shortage::Descriptors {
                needed,
                granted,
                relief,
            },
            Shortage::Ports {
                channel,
                needed,
                granted,
                relief,
            },
            Shortage::Memory {
                needed_bytes: needed,
                granted_bytes: granted,
                is_beyond_all: false,
                relief,
            },
        ] {
            for language in Language::ALL {
                let told = short.in_words(language);
                assert_eq!(told.contains("--scale"), !relief.is_closed, "{told}");
                assert_eq!(told.contains("`population`"), relief.is_closed, "{told}");
                assert_eq!(told.contains("pooled"), !relief.is_pooled, "{told}");
            }
        }
    }
}

#[test]
fn a_shortage_says_how_much_and_what_mends_it() {
    let short = Shortage::Descriptors {
        needed: 100_064,
        granted: 20_000,
        relief: OPEN,
    };
    insta::assert_snapshot!(short.in_words(Language::En), @"too few descriptors: the peak needs about 100064, this process may have 20000; raise the limit with `ulimit -n 131072` (beyond `ulimit -Hn` as root), set `connection: pooled`, or take fewer conversations (`--scale`)");
    let short = Shortage::Ports {
        channel: "web".to_owned(),
        needed: 30_000,
        granted: 28_000,
        relief: OPEN,
    };
    assert!(short.in_words(Language::En).contains("`channels.web.source_addresses`"));
    assert!(
        short.in_words(Language::En).chars().count() <= 300,
        "reports show no more"
    );
    assert!(short.in_words(Language::Zh).contains("30000"));
}
