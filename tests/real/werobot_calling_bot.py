"""A WeChat Official Account bot on WeRoBot that replies by custom/send.  usage: werobot_calling_bot.py TOKEN

WeRoBot's client has https://api.weixin.qq.com in its code, and nothing here changes that: where its calls go is up to
HTTPS_PROXY and REQUESTS_CA_BUNDLE. Each message is acknowledged at once and echoed by a call.
"""
import sys
from concurrent.futures import ThreadPoolExecutor
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import werobot

robot = werobot.WeRoBot(token=sys.argv[1], APP_ID="wx0000000000throng", APP_SECRET="throng-secret")
robot.config["SESSION_STORAGE"] = False
callers = ThreadPoolExecutor(16)


@robot.text
def answer(message):
    callers.submit(robot.client.send_text_message, message.source, "echo:" + message.content)


class Threading(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Quiet(WSGIRequestHandler):
    def log_message(self, *_):
        pass


server = make_server("127.0.0.1", 0, robot.wsgi, server_class=Threading, handler_class=Quiet)
print(f"listening {server.server_port}", flush=True)
server.serve_forever()
