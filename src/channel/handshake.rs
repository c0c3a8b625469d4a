//! The exchange before the load.

use std::time::Duration;

use http_body_util::{BodyExt, Limited};
use tokio::time::timeout;

use super::connection::{ConnectError, Connector};
use super::delivery;
use crate::wire::{HandshakePlan, LONGEST_BODY, Rendered, Scope};

/// How long a bot may take for it.
const PATIENCE: Duration = Duration::from_secs(10);

/// Sends the handshake's request and compares what comes back; in words what is wrong, after the URL it went to.
pub(super) async fn shake(
    plan: &HandshakePlan,
    connector: &Connector,
    scope: &mut Scope,
) -> Result<(), (String, String)> {
    let (rendered, body) = plan.render(scope).map_err(|error| (String::new(), error.to_string()))?;
    let url = rendered.url.split('?').next().unwrap_or_default().to_owned();
    let answer = match timeout(PATIENCE, exchange(connector, rendered)).await {
        Err(_) => Err(format!("no answer within {} s", PATIENCE.as_secs())),
        Ok(answer) => answer,
    };
    let (status, found) = match answer {
        Ok(answer) => answer,
        Err(reason) => return Err((url, reason)),
    };
    if status != plan.status {
        return Err((url, format!("expected HTTP {}, found HTTP {status}", plan.status)));
    }
    match body {
        Some(wanted) if !is_same(wanted.trim(), found.trim()) => {
            // Not cut here: half a secret could not be found and blotted out.
            let reason = format!("expected the answer `{}`, found `{}`", wanted.trim(), found.trim());
            Err((url, reason))
        }
        _ => Ok(()),
    }
}

/// Equal as texts, or as JSON, which may be written in more than one way.
fn is_same(wanted: &str, found: &str) -> bool {
    let json = |text| serde_json::from_str::<serde_json::Value>(text).ok();
    wanted == found || json(wanted).is_some_and(|wanted| json(found) == Some(wanted))
}

async fn exchange(connector: &Connector, rendered: Rendered) -> Result<(u16, String), String> {
    let request = delivery::request(connector.endpoint(), rendered)?;
    let mut connection = connector.connect().await.map_err(|error| match error {
        ConnectError::Lost(reason) | ConnectError::Hindered(_, reason) => reason,
    })?;
    let response = connection
        .sender
        .send_request(*request)
        .await
        .map_err(|error| super::body::words(&error))?;
    let status = response.status().as_u16();
    let body = Limited::new(response.into_body(), LONGEST_BODY).collect().await;
    let body = body.map_err(|error| error.to_string())?.to_bytes();
    Ok((status, String::from_utf8_lossy(&body).into_owned()))
}
