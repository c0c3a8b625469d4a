//! A channel of a scenario: a profile with its settings, its target and its share of the customers.

use std::net::IpAddr;

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};
use url::Url;

use super::{Deadline, Form, Profile, Span};

/// A channel as a scenario writes it, under its name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChannelSettings {
    /// How it speaks on the wire: a profile's name or path.
    pub profile: String,
    /// Its part of the customers, relative to the other channels' shares; at least 0.
    pub share: f64,
    /// The same in the phases that are named here, instead: what the peak shifts from one channel to another.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub share_in: IndexMap<String, f64>,
    /// The endpoint, instead of the scenario's target. What the URL means is the profile's to say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
    /// The reply deadline here, instead of the scenario's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline: Option<Span>,
    /// Values for the profile's settings. `${NAME}` is taken from the environment and never written out.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub settings: IndexMap<String, serde_json::Value>,
    /// What customers' screens take and show here; what it leaves open is as in the profile.
    #[serde(default, skip_serializing_if = "Form::is_unknown")]
    pub form: Form,
    /// Who shares a connection.
    #[serde(default)]
    pub connection: Connection,
    /// Addresses of this machine that connections leave from, in turns; without any, the system chooses. One address has
    /// some 28,000 ports for one endpoint.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "addresses")]
    pub source_addresses: Vec<IpAddr>,
    /// Chances (0 to 1) that a reply which the bot sends by a call is refused with the error of this name, as the profile's
    /// `serve.errors` has it; of `ROUTE.ERROR`, that any call of this route is: `token.busy`.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub platform_faults: IndexMap<String, f64>,
}

impl ChannelSettings {
    /// Its part of the customers who come in this phase, relative to the other channels'.
    pub fn share_in(&self, phase: &str) -> f64 {
        self.share_in.get(phase).copied().unwrap_or(self.share)
    }

    /// True when customers come on it, in whatever phase.
    pub fn is_used(&self) -> bool {
        self.share > 0.0 || self.share_in.values().any(|share| *share > 0.0)
    }
}

/// Addresses, each with its own place in what is told of a mistake.
fn addresses<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<IpAddr>, D::Error> {
    #[derive(Deserialize)]
    #[serde(try_from = "String")]
    struct Address(IpAddr);

    impl TryFrom<String> for Address {
        type Error = String;

        fn try_from(text: String) -> Result<Address, String> {
            let parsed = text.parse().map(Address);
            parsed.map_err(|_| format!("expected an IP address of this machine, as in `192.168.1.10`, found `{text}`"))
        }
    }

    let addresses = Vec::<Address>::deserialize(from)?;
    Ok(addresses.into_iter().map(|Address(address)| address).collect())
}

/// Who shares a connection to the bot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Connection {
    /// Connections go back to a pool after each exchange, as from a platform's or provider's gateway to the bot.
    #[default]
    Pooled,
    /// Each conversation has its own, as from a customer's own app; opened with its first message.
    PerConversation,
}

/// A channel with everything resolved.
#[derive(Debug, Clone, PartialEq)]
pub struct Channel {
    /// The channel's name in this scenario.
    pub name: String,
    /// How it speaks.
    pub profile: Profile,
    /// Its part of the customers; all shares add up to 1.
    pub share: f64,
    /// The endpoint: `demo`, or a URL.
    pub target: String,
    /// Its deadline and grace.
    pub deadline: Deadline,
    /// The profile's settings with defaults filled in and secrets still as `${NAME}`.
    pub settings: IndexMap<String, serde_json::Value>,
    /// What it takes and shows of a reply.
    pub form: Form,
    /// Who shares a connection.
    pub connection: Connection,
    /// Addresses of this machine that connections leave from; none: the system chooses.
    pub source_addresses: Vec<IpAddr>,
    /// Chances that a reply by a call is refused with the error of this name.
    pub platform_faults: IndexMap<String, f64>,
}

impl Channel {
    /// The path below which throng serves the platform's API for this channel alone: its name, `/web`.
    pub fn api_path(&self) -> String {
        let mut url = Url::parse("http://throng/").ok();
        if let Some(mut segments) = url.as_mut().and_then(|url| url.path_segments_mut().ok()) {
            segments.clear().push(&self.name);
        }
        url.map(|url| url.path().to_owned()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_address_is_told_with_what_was_expected() {
        let read = |address: &str| {
            let channel = serde_json::json!({"profile": "p", "share": 1, "source_addresses": [address]});
            serde_json::from_value::<ChannelSettings>(channel)
        };
        assert_eq!(
            read("127.0.0.2").unwrap().source_addresses,
            ["127.0.0.2".parse::<IpAddr>().unwrap()]
        );
        let told = read("banana").unwrap_err().to_string();
        assert_eq!(
            told,
            "expected an IP address of this machine, as in `192.168.1.10`, found `banana`"
        );
    }
}
