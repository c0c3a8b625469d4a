//! docs/channels: a page for each shipped profile, made from it. `make channel-docs` makes them anew.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::PathBuf;

use throng::scenario::{Poll, Profile, Proven, Reconnect, ReplyRule, Request, RetryOn, Setting, Socket, SocketFraming};

fn folder(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// Every page by its file's name, the list of all among them.
fn pages() -> BTreeMap<String, String> {
    let files = std::fs::read_dir(folder("channels")).unwrap();
    let texts = files.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap());
    let mut profiles: Vec<(Profile, String)> = texts
        .map(|text| (serde_saphyr::from_str(&text).unwrap(), text))
        .collect();
    profiles.sort_by(|(one, _), (other, _)| one.profile.cmp(&other.profile));
    let mut pages = BTreeMap::from([("README.md".to_owned(), list(&profiles))]);
    for (profile, text) in &profiles {
        pages.insert(format!("{}.md", profile.profile), page(profile, text));
    }
    pages
}

const MADE: &str = "<!-- Made from channels/*.yaml by `make channel-docs`. -->\n";

fn list(profiles: &[(Profile, String)]) -> String {
    let mut text =
        format!("{MADE}# The shipped channels\n\n| profile | what | how far it is proven |\n|---|---|---|\n");
    for (profile, _) in profiles {
        let (name, description) = (&profile.profile, &profile.description);
        writeln!(
            text,
            "| [`{name}`]({name}.md) | {description} | {} |",
            proven(profile.proven)
        )
        .unwrap();
    }
    text + "\nTaobao, JD, Pinduoduo, Xiaohongshu's private messages and Douyin through a provider have no public protocol: "
        + "[what can be rehearsed there](../CHANNELS.md#shops-without-a-public-protocol).\n"
        + "What the keys of a profile mean is in [CHANNELS.md](../CHANNELS.md).\n"
}

fn page(profile: &Profile, text: &str) -> String {
    let mut page = format!(
        "{MADE}# {}\n\n{}. {}.\n\n",
        profile.profile,
        capital(&profile.description),
        capital(&proven(profile.proven))
    );
    page += &format!("{}\n\n", about(text));
    page += &format!("A target URL is {}.\n\n", profile.target);
    if !profile.at_the_bot.is_empty() {
        page += "## At the bot\n\n";
        page.extend(profile.at_the_bot.iter().map(|step| format!("- {step}\n")));
        page += match profile.phone {
            Some(_) => "- More, and what is measured: [telephone lines](../CHANNELS.md#telephone-lines).\n\n",
            None => {
                "- It must be a bot for tests: [what one with production secrets may do](../CHANNELS.md#before-you-aim-at-a-real-bot).\n\n"
            }
        };
    }
    page += &format!("## In a scenario\n\n```yaml\n{}```\n\n", example(profile));
    if !profile.settings.is_empty() {
        page += "| setting | what | default |\n|---|---|---|\n";
        page.extend(profile.settings.iter().map(|(name, setting)| row(name, setting)));
        page += "\n";
    }
    page + "## On the wire\n\n" + &wire(profile)
}

/// The comment at the top of the file, without the line for editors.
fn about(text: &str) -> String {
    let comment = text.lines().take_while(|line| line.starts_with('#')).skip(1);
    let lines: Vec<&str> = comment
        .map(|line| line.trim_start_matches('#').strip_prefix(' ').unwrap_or_default())
        .collect();
    let (mut about, mut is_code, mut blanks) = (String::new(), false, 0);
    for line in lines.into_iter().chain([""]) {
        if line.is_empty() {
            blanks += 1;
            continue;
        }
        let indented = line.starts_with("  ");
        let fence = if indented == is_code { "" } else { "```\n" };
        let blank = "\n".repeat(std::mem::take(&mut blanks));
        about += &if is_code {
            format!("{fence}{blank}")
        } else {
            format!("{blank}{fence}")
        };
        is_code = indented;
        about += &format!("{}\n", line.strip_prefix("  ").unwrap_or(line));
    }
    about += if is_code { "```" } else { "" };
    about.trim_end().to_owned()
}

fn proven(proven: Proven) -> String {
    match proven {
        Proven::Proven => "proven: accepted by software that others wrote".to_owned(),
        Proven::Documented => {
            "documented: written from the documentation, not yet tried on the vendor's software".to_owned()
        }
        Proven::Sketch => "a sketch".to_owned(),
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn example(profile: &Profile) -> String {
    if profile.phone.is_some() {
        return line_example(profile);
    }
    let mut text = format!(
        "channels:\n  - shop:\n      profile: {}\n      share: 100\n      target: {}\n",
        profile.profile,
        example_target(&profile.target)
    );
    let wanted: Vec<_> = profile
        .settings
        .iter()
        .filter(|(_, setting)| setting.required || setting.secret)
        .collect();
    if !wanted.is_empty() {
        text += "      settings:\n";
        for (name, setting) in wanted {
            let value = if setting.secret {
                format!("\"${{{}}}\"", name.to_uppercase())
            } else {
                "...".to_owned()
            };
            writeln!(text, "        {name}: {value}").unwrap();
        }
    }
    text
}

/// A bot on this machine, at the address that the profile's own words give as an example, if they give one.
fn example_target(meaning: &str) -> &str {
    let named = meaning.split_once("such as ").map(|(_, example)| example);
    let is_here = |example: &&str| example.contains("127.0.0.1");
    named.filter(is_here).unwrap_or("http://127.0.0.1:8080")
}

/// Who calls has a goal that says so.
fn line_example(profile: &Profile) -> String {
    format!(
        "target: sip:service@127.0.0.1:5060\nchannels:\n  - hotline: {{profile: {}, share: 100}}\ndefine:\n  personas:\n    - \
         {{persona: caller, language: zh}}\n  goals:\n    - {{goal: ring-the-hotline, agenda: [call]}}\ncustomers:\n  - {{persona: \
         caller, goal: ring-the-hotline, share: 1}}\n",
        profile.profile
    )
}

fn row(name: &str, setting: &Setting) -> String {
    let default = match (&setting.default, setting.required, setting.secret) {
        (_, true, _) => "required".to_owned(),
        (Some(_), _, true) => "one for tests".to_owned(),
        (Some(value), ..) => format!("`{value}`"),
        (None, ..) => "none".to_owned(),
    };
    let secret = if setting.secret { ", a secret" } else { "" };
    format!("| `{name}` | {}{secret} | {default} |\n", setting.description)
}

/// How a message reaches the bot.
fn sent(profile: &Profile) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(opening) = &profile.opening {
        lines.push(format!(
            "- once per conversation, before its first message: `{}`",
            first_line(&opening.request)
        ));
    }
    if let Some(socket) = &profile.socket {
        lines.extend(on_a_socket(socket));
        return lines;
    }
    lines.push(match (&profile.send, &profile.mailbox) {
        (Some(send), None) => format!("- a message: `{}`", first_line(send)),
        (Some(send), Some(_)) => format!(
            "- that a message waits: `{}`; it is handed out when the bot asks",
            first_line(send)
        ),
        (None, None) if profile.phone.is_some() => {
            "- a call: INVITE, ACK when somebody picks up, BYE after a time; CANCEL when nobody does".to_owned()
        }
        (None, None) => "- a message: on a socket that the bot opens".to_owned(),
        (None, Some(_)) => "- a message: handed out when the bot asks for its messages".to_owned(),
    });
    lines
}

fn wire(profile: &Profile) -> String {
    let lines = [
        there(profile),
        limits(profile),
        hosts(profile).into_iter().collect(),
        back(profile),
    ];
    lines.concat().join("\n") + "\n"
}

/// How what customers send gets to the bot.
fn there(profile: &Profile) -> Vec<String> {
    let mut lines = sent(profile);
    if let Some(handshake) = &profile.handshake {
        lines.push(format!(
            "- before the load: `{}`, answered by {}",
            first_line(&handshake.request),
            handshake.expect.status
        ));
    }
    if !profile.media.kinds.is_empty() {
        let kinds: Vec<&str> = profile.media.kinds.iter().map(|kind| kind.word()).collect();
        let words = match profile.media.captions {
            true => "with their words",
            false => "with the words of a picture or video in a message of their own",
        };
        lines.push(format!("- customers can also send: {}, {words}", kinds.join(", ")));
    }
    if let Some(sign) = profile.send.as_ref().and_then(|send| send.sign.as_ref()) {
        lines.push(format!(
            "- signed over the exact bytes of the body: header `{}`",
            sign.header
        ));
    }
    lines
}

/// When the platform asks again, and when it asks no longer.
fn limits(profile: &Profile) -> Vec<String> {
    let mut lines = Vec::new();
    if profile.retry.attempts > 1 {
        let on = profile.retry.on.iter().map(|on| match on {
            RetryOn::Timeout => "no answer in time",
            RetryOn::Connection => "no connection",
            RetryOn::Status => "a status other than 2xx",
        });
        lines.push(format!(
            "- delivered {} times at most: again on {}",
            profile.retry.attempts,
            on.collect::<Vec<_>>().join(", ")
        ));
    }
    if let Some(acknowledge) = profile.limits.acknowledge {
        lines.push(format!(
            "- the platform hangs up after {} s",
            acknowledge.get().as_secs()
        ));
    }
    if let Some(idle) = profile.limits.idle {
        lines.push(format!(
            "- longest silence within an answer: {} s",
            idle.get().as_secs()
        ));
    }
    lines
}

/// Where bots look for the platform itself.
fn hosts(profile: &Profile) -> Option<String> {
    let hosts: Vec<String> = profile
        .serve
        .iter()
        .flat_map(|serve| &serve.hosts)
        .map(|host| format!("`{host}`"))
        .collect();
    (!hosts.is_empty()).then(|| {
        format!(
            "- the platform's own hosts, which `--intercept` plays for bots that have them in their code: {}",
            hosts.join(", ")
        )
    })
}

/// How the bot's reply gets to the customers.
fn back(profile: &Profile) -> Vec<String> {
    let mut lines = vec![match &profile.reply {
        ReplyRule::Response(_) if profile.socket.is_some() => "- the reply: in frames, each whole".to_owned(),
        ReplyRule::Stream(_) if profile.socket.is_some() => "- the reply: in frames, which may be pieces".to_owned(),
        ReplyRule::Response(_) => "- the reply: in the response".to_owned(),
        ReplyRule::Stream(_) => "- the reply: piece by piece, in the response".to_owned(),
        ReplyRule::Poll(poll) => polled(poll),
        ReplyRule::PickUp => "- the answer: that somebody picks up (200 to the INVITE)".to_owned(),
        ReplyRule::Call => "- the reply: as a call to the platform's API, which throng serves:".to_owned(),
    }];
    let routes = profile.serve.iter().flat_map(|serve| &serve.routes);
    lines.extend(routes.map(|(name, route)| format!("  - {name}: `{}`", route.call)));
    lines
}

fn polled(poll: &Poll) -> String {
    let waits = poll.every.iter().map(|wait| format!("{} s", wait.get().as_secs_f64()));
    let waits = waits.collect::<Vec<_>>().join(", ");
    let fetch = poll.fetch.as_ref();
    let fetch = fetch.map_or(String::new(), |fetch| format!(", then `{}`", first_line(fetch)));
    format!(
        "- the reply: asked for after {waits} and so on, {} times at most: `{}`{fetch}",
        poll.most,
        first_line(&poll.ask)
    )
}

fn on_a_socket(socket: &Socket) -> Vec<String> {
    let framing = match &socket.framing {
        SocketFraming::Text => String::new(),
        SocketFraming::SocketIo(framing) => format!(", in packets of Socket.IO, namespace `{}`", framing.namespace),
    };
    let query: Vec<String> = socket
        .query
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    let query = if query.is_empty() {
        String::new()
    } else {
        format!("?{}", query.join("&"))
    };
    let again = match socket.reconnect {
        Reconnect::Never => "is lost",
        Reconnect::Once => "opens another, once in a conversation",
        Reconnect::Always => "opens another",
    };
    vec![
        format!("- a WebSocket for each conversation: `{}{query}`{framing}", socket.url),
        "- a message: a text frame on it".to_owned(),
        format!("- a message that finds its socket closed {again}"),
    ]
}

fn first_line(request: &Request) -> String {
    format!("{} {}", request.method, request.url)
}

#[test]
fn every_profile_has_its_page_and_every_page_its_profile() {
    let (folder, pages) = (folder("docs/channels"), pages());
    if std::env::var_os("UPDATE_CHANNEL_DOCS").is_some() {
        std::fs::create_dir_all(&folder).unwrap();
        for (name, text) in &pages {
            std::fs::write(folder.join(name), text).unwrap();
        }
    }
    for (name, text) in &pages {
        let found = std::fs::read_to_string(folder.join(name)).unwrap_or_default();
        assert!(
            found == *text,
            "docs/channels/{name} is not what channels/ makes: run `make channel-docs`"
        );
    }
    let files = std::fs::read_dir(&folder)
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap());
    let strays: Vec<String> = files.filter(|name| !pages.contains_key(name)).collect();
    assert!(strays.is_empty(), "pages without a profile: {strays:?}");
}

#[test]
fn every_profile_says_what_must_be_done_at_the_bot() {
    for name in pages().into_keys().filter(|name| name != "README.md") {
        assert!(pages()[&name].contains("## At the bot"), "{name}");
    }
}
