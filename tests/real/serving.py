"""What the bots share: a threaded HTTP server on a free port that hands each request to one function."""
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit


class Request:
    """One request: `path`, `query` (a dict), `headers`, `body` (bytes), and `url`, as the sender called it."""

    def __init__(self, handler):
        parts = urlsplit(handler.path)
        self.method, self.path, self.headers = handler.command, parts.path, handler.headers
        self.query = dict(parse_qsl(parts.query, keep_blank_values=True))
        self.body = handler.rfile.read(int(handler.headers.get("Content-Length") or 0))
        self.url = f"http://{handler.headers['Host']}{handler.path}"


def serve(answer):
    """Serves `answer(request)`, which gives (status, content type, body), and tells the port on the first line."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        # Head and body leave in one piece: two small ones would wait for each other.
        wbufsize = -1

        def respond(self):
            status, kind, body = answer(Request(self))
            body = body.encode() if isinstance(body, str) else body
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = respond

        def log_message(self, *_):
            pass

    class Server(ThreadingHTTPServer):
        request_queue_size = 1024

    server = Server(("127.0.0.1", 0), Handler)
    print(f"listening {server.server_port}", flush=True)
    sys.stdout.flush()
    server.serve_forever()
