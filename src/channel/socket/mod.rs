//! WebSockets, whoever opens them.

use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;

/// How a socket is set up whose messages are at most `longest` bytes: with small buffers, since a socket takes 8 KiB then, and
/// 137 KiB with the library's own. What is written leaves at once.
pub(super) fn config(longest: usize) -> WebSocketConfig {
    WebSocketConfig::default()
        .read_buffer_size(2 << 10)
        .write_buffer_size(0)
        .max_message_size(Some(longest))
        .max_frame_size(Some(longest))
}
