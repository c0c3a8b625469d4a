"""A mini program's or an Official Account's bot on wechatpy.  usage: wechatpy_push_bot.py API_BASE

Takes pushes in XML, in the clear or encrypted, acknowledges them, and echoes by the customer-service interface (custom/send) through
wechatpy's client, whose API base is API_BASE.
"""
import sys
from concurrent.futures import ThreadPoolExecutor

from wechatpy import WeChatClient, parse_message
from wechatpy.crypto import WeChatCrypto
from wechatpy.exceptions import InvalidAppIdException, InvalidSignatureException
from wechatpy.utils import check_signature

from serving import serve

TOKEN, KEY, APP = "throng-token", "throng" * 7 + "A", "wx0000000000throng"
base = sys.argv[1].rstrip("/")
crypto = WeChatCrypto(TOKEN, KEY, APP)


class Client(WeChatClient):
    """wechatpy's client, which names the host once more where it fetches its token."""

    API_BASE_URL = f"{base}/cgi-bin/"

    def fetch_access_token(self):
        params = {"grant_type": "client_credential", "appid": APP, "secret": "throng-secret"}
        return self._fetch_access_token(f"{base}/cgi-bin/token", params)


client = Client(APP, "throng-secret")
workers = ThreadPoolExecutor(16)


def answer(request):
    shown = request.query
    try:
        check_signature(TOKEN, shown.get("signature", ""), shown.get("timestamp", ""), shown.get("nonce", ""))
        if request.method == "GET":
            return 200, "text/plain", shown["echostr"]
        xml = request.body
        if shown.get("encrypt_type") == "aes":
            xml = crypto.decrypt_message(xml, shown["msg_signature"], shown["timestamp"], shown["nonce"])
    except (InvalidSignatureException, InvalidAppIdException):
        return 403, "text/plain", "refused"
    message = parse_message(xml)
    workers.submit(client.message.send_text, message.source, "echo:" + message.content)
    return 200, "text/plain", "success"


serve(answer)
