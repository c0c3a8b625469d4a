"""A bot on python-telegram-bot.  usage: ptb_bot.py API_BASE [WEBHOOK_PORT]

Echoes text: on a webhook at this port, or by long polling without one. The API must be up before the bot, which waits for it.
With `-` as API_BASE the library keeps the base URL that it has in its code, https://api.telegram.org: where that leads is up to
HTTPS_PROXY and SSL_CERT_FILE, and the bot waits for the proxy.
"""
import os
import socket
import sys
import time
from urllib.parse import urlsplit

from telegram.ext import ApplicationBuilder, MessageHandler, filters

base, port = sys.argv[1].rstrip("/"), int(sys.argv[2]) if len(sys.argv) > 2 else None


async def echo(update, _):
    await update.message.reply_text("echo:" + update.message.text)


def wait_for_the_api():
    address = urlsplit(os.environ["HTTPS_PROXY"] if base == "-" else base)
    while base == "-" and not os.path.exists(os.environ["SSL_CERT_FILE"]):
        time.sleep(0.05)
    while True:
        try:
            return socket.create_connection((address.hostname, address.port)).close()
        except OSError:
            time.sleep(0.05)


print("starting", flush=True)
wait_for_the_api()
builder = ApplicationBuilder().token("123456:throng")
if base != "-":
    builder = builder.base_url(base + "/bot").base_file_url(base + "/file/bot")
app = builder.concurrent_updates(64).connection_pool_size(64).build()
app.add_handler(MessageHandler(filters.TEXT, echo))
if port is None:
    app.run_polling(timeout=5)
else:
    url = f"http://127.0.0.1:{port}/tg"
    app.run_webhook(listen="127.0.0.1", port=port, url_path="tg", secret_token="s3cret", webhook_url=url)
