//! How a WebSocket is set up, whoever opens it.

use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;

/// For messages of at most `longest` bytes: with small buffers, since one is held for every open conversation, or for a bot as
/// long as it stays. The library's own take 137 KiB a socket. What is written leaves at once.
pub(in crate::channel) fn config(longest: usize) -> WebSocketConfig {
    WebSocketConfig::default()
        .read_buffer_size(2 << 10)
        .write_buffer_size(0)
        .max_message_size(Some(longest))
        .max_frame_size(Some(longest))
}
