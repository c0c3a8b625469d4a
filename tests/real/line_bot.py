"""A LINE bot on line-bot-sdk.  usage: line_bot.py API_BASE

Echoes text by the reply token, from workers of its own: the webhook is acknowledged at once, as LINE advises.
"""
import sys
from concurrent.futures import ThreadPoolExecutor

from linebot.v3 import WebhookParser
from linebot.v3.exceptions import InvalidSignatureError
from linebot.v3.messaging import ApiClient, Configuration, MessagingApi, ReplyMessageRequest, TextMessage

from serving import serve

parser = WebhookParser("throng-secret")
api = MessagingApi(ApiClient(Configuration(host=sys.argv[1].rstrip("/"), access_token="throng-token")))
workers = ThreadPoolExecutor(8)


def reply(event):
    text = TextMessage(text="echo:" + event.message.text)
    api.reply_message(ReplyMessageRequest(reply_token=event.reply_token, messages=[text]))


def answer(request):
    try:
        events = parser.parse(request.body.decode(), request.headers.get("X-Line-Signature", ""))
    except InvalidSignatureError:
        return 400, "text/plain", "the signature is wrong"
    for event in events:
        workers.submit(reply, event)
    return 200, "text/plain", "ok"


serve(answer)
