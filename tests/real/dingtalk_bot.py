"""A robot on DingTalk's SDK in Stream mode.  usage: DINGTALK_OPENAPI_ENDPOINT=API_BASE dingtalk_bot.py

Echoes text. The API must be up before the robot, which waits for it.
"""
import logging
import os
import socket
import time
from urllib.parse import urlsplit

import dingtalk_stream
from dingtalk_stream import AckMessage

address = urlsplit(os.environ["DINGTALK_OPENAPI_ENDPOINT"])
print("starting", flush=True)
while True:
    try:
        socket.create_connection((address.hostname, address.port)).close()
        break
    except OSError:
        time.sleep(0.05)


class Echo(dingtalk_stream.ChatbotHandler):
    async def process(self, callback):
        message = dingtalk_stream.ChatbotMessage.from_dict(callback.data)
        self.reply_text("echo:" + message.text.content, message)
        return AckMessage.STATUS_OK, "OK"


logger = logging.getLogger("robot")
client = dingtalk_stream.DingTalkStreamClient(dingtalk_stream.Credential("dingthrong", "throng-secret"), logger)
client.register_callback_handler(dingtalk_stream.ChatbotMessage.TOPIC, Echo())
client.start_forever()
