"""An app on slack-bolt.  usage: slack_bot.py API_BASE [PORT]

Echoes text: on the Events API behind Flask at this port (0: a free one, which it prints), or in Socket Mode without one. The API
must be up before the bot, which waits for it. With SLOW=N, each message's handler takes N seconds before it acknowledges.
"""
import logging
import os
import socket
import sys
import time
from urllib.parse import urlsplit

from flask import Flask, request
from slack_bolt import App
from slack_bolt.adapter.flask import SlackRequestHandler
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
from werkzeug.serving import make_server

base, port = sys.argv[1].rstrip("/"), int(sys.argv[2]) if len(sys.argv) > 2 else None
logging.getLogger("werkzeug").setLevel(logging.ERROR)


def wait_for_the_api():
    address = urlsplit(base)
    while True:
        try:
            return socket.create_connection((address.hostname, address.port)).close()
        except OSError:
            time.sleep(0.05)


def app():
    client = WebClient(token="xoxb-throng", base_url=base + "/api/")
    bolt = App(client=client, signing_secret="throng-secret", process_before_response="SLOW" in os.environ)

    @bolt.event("message")
    def echo(event, say):
        time.sleep(float(os.environ.get("SLOW", 0)))
        say("echo:" + event["text"])

    return bolt


if port is None:
    print("starting", flush=True)
    wait_for_the_api()
    SocketModeHandler(app(), app_token="xapp-throng").start()
else:
    flask = Flask(__name__)
    server = make_server("127.0.0.1", port, flask, threaded=True)
    print(f"listening {server.server_port}", flush=True)
    wait_for_the_api()
    handler = SlackRequestHandler(app())
    flask.post("/slack/events")(lambda: handler.handle(request))
    server.serve_forever()
