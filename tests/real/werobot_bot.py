"""A WeChat Official Account bot on WeRoBot.  usage: werobot_bot.py PORT TOKEN SECONDS [QUICK]

Echoes text after SECONDS of work, as a naive handler on a slow model would; the first QUICK messages at once, as a model
does before the peak.
"""
import sys
import time
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import werobot

port, token, seconds = int(sys.argv[1]), sys.argv[2], float(sys.argv[3])
quick = int(sys.argv[4]) if len(sys.argv) > 4 else 0
robot = werobot.WeRoBot(token=token)
robot.config["SESSION_STORAGE"] = False
handled = 0


@robot.text
def answer(message):
    global handled
    handled += 1
    print(f"handled {handled} {message.message_id}", flush=True)
    time.sleep(seconds if handled > quick else 0)
    return "echo:" + message.content


class Threading(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Quiet(WSGIRequestHandler):
    def log_message(self, *_):
        pass


server = make_server("127.0.0.1", port, robot.wsgi, server_class=Threading, handler_class=Quiet)
print(f"listening {server.server_port}", flush=True)
server.serve_forever()
