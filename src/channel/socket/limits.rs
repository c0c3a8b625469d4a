//! How a WebSocket is set up, whoever opened it: small, since one is held for every open conversation.

use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;

use crate::wire::LONGEST_EVENT;

/// Room to read into. With the library's own 128 KiB a socket takes 137 KiB, with this 7.7 KiB.
const READ_BUFFER: usize = 2 << 10;

/// Small buffers, and nothing longer than [`LONGEST_EVENT`] is taken in.
pub(super) fn small() -> WebSocketConfig {
    WebSocketConfig::default()
        .read_buffer_size(READ_BUFFER)
        .write_buffer_size(0)
        .max_message_size(Some(LONGEST_EVENT))
        .max_frame_size(Some(LONGEST_EVENT))
}
