"""A WeChat Official Account bot on WeRoBot.  usage: werobot_bot.py PORT TOKEN SECONDS QUICK [APP_ID AES_KEY]

Echoes text after SECONDS of work, as a naive handler on a slow model would; the first QUICK messages at once, as a model
does before the peak. With an app id and a key it speaks the encrypted mode only. Every message that its handler takes on is
written to the file that HANDLED names, by id.
"""
import os
import sys
import time
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import werobot

port, token, seconds = int(sys.argv[1]), sys.argv[2], float(sys.argv[3])
quick = int(sys.argv[4])
robot = werobot.WeRoBot(token=token)
robot.config["SESSION_STORAGE"] = False
if len(sys.argv) > 5:
    robot.config["APP_ID"], robot.config["ENCODING_AES_KEY"] = sys.argv[5], sys.argv[6]
log = open(os.environ.get("HANDLED", os.devnull), "a", buffering=1)
handled = 0


@robot.text
def answer(message):
    global handled
    handled += 1
    log.write(f"{message.message_id}\n")
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
