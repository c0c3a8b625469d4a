"""WeCom bots on wechatpy.  usage: wechatpy_bot.py app | customer-service API_BASE [again]

`app` echoes in the response (被动回复). `customer-service` reads its messages by kf/sync_msg when it is told that there are some, and
echoes by kf/send_msg through wechatpy's client, whose API base is API_BASE. With `again`, each of its workers reads from the place
where it found the cursor, and nobody sorts out what was read twice, as a bot does that was never tried under load.
"""
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from wechatpy.exceptions import InvalidSignatureException
from wechatpy.work import WeChatClient, parse_message
from wechatpy.work.crypto import WeChatCrypto
from wechatpy.work.exceptions import InvalidCorpIdException
from wechatpy.work.replies import TextReply

from serving import serve

TOKEN, KEY, CORP = "throng-token", "throng" * 7 + "A", "ww0000000000throng"
kind, base = sys.argv[1], sys.argv[2].rstrip("/") if len(sys.argv) > 2 else None
is_careless = len(sys.argv) > 3
crypto = WeChatCrypto(TOKEN, KEY, CORP)


class Client(WeChatClient):
    """wechatpy's client, which names the host once more where it fetches its token."""

    API_BASE_URL = f"{base}/cgi-bin/"

    def fetch_access_token(self):
        return self._fetch_access_token(f"{base}/cgi-bin/gettoken", {"corpid": CORP, "corpsecret": "throng-secret"})


client = Client(CORP, "throng-secret") if base else None
workers = ThreadPoolExecutor(16)
reading = threading.Lock()
cursor, seen = "", set()


def read(token):
    """All that is new, from the cursor on; each message once, unless this bot is careless."""
    global cursor
    more = 1
    while more:
        found = cursor
        if is_careless:
            time.sleep(0.05)  # other work, in which another worker reads the same
        page = client.kf.sync_msg(token, cursor=found, limit=1000)
        cursor, more = page["next_cursor"], page["has_more"]
        for message in page["msg_list"]:
            if is_careless or message["msgid"] not in seen:
                seen.add(message["msgid"])
                workers.submit(reply, message)


def reply(message):
    user, account = message["external_userid"], message["open_kfid"]
    client.kf_message.send_text(user, account, "echo:" + message["text"]["content"])


def take(message, nonce, timestamp):
    if kind == "app":
        answer = TextReply(content="echo:" + message.content, message=message)
        return crypto.encrypt_message(answer.render(), nonce, timestamp)
    if is_careless:
        read(message.token)
    else:
        with reading:
            read(message.token)
    return "success"


def answer(request):
    shown = [request.query.get(name, "") for name in ("msg_signature", "timestamp", "nonce")]
    try:
        if request.method == "GET":
            return 200, "text/plain", crypto.check_signature(*shown, request.query["echostr"])
        xml = crypto.decrypt_message(request.body, *shown)
    except (InvalidSignatureException, InvalidCorpIdException):
        return 403, "text/plain", "refused"
    return 200, "text/xml", take(parse_message(xml), shown[2], shown[1])


serve(answer)
