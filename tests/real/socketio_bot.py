"""A bot on python-socketio that does what Rasa's Socket.IO channel does.  usage: socketio_bot.py [TOKEN]

Confirms the session, answers `user_uttered` by two `bot_uttered` to the session's room, then returns, so that python-socketio
acknowledges the message. With a token, only those who show it are let in. Every message is written to the file that HANDLED
names, by its session, and every socket as "open" and "closed".
"""
import asyncio
import os
import sys

import socketio
from aiohttp import web

token = sys.argv[1] if len(sys.argv) > 1 else None
log = open(os.environ.get("HANDLED", os.devnull), "a", buffering=1)
sio = socketio.AsyncServer(async_mode="aiohttp", ping_interval=2, ping_timeout=2)


@sio.on("connect")
async def connect(sid, environ, auth):
    if token is not None and (auth or {}).get("token") != token:
        raise socketio.exceptions.ConnectionRefusedError("wrong token")
    log.write("open\n")


@sio.on("disconnect")
async def disconnect(sid, reason=None):
    log.write("closed\n")


@sio.on("session_request")
async def session_request(sid, data):
    await sio.enter_room(sid, data["session_id"])
    await sio.emit("session_confirm", data["session_id"], room=sid)


@sio.on("user_uttered")
async def user_uttered(sid, data):
    log.write(data["session_id"] + "\n")
    for text in ("echo:", data["message"]):
        await sio.emit("bot_uttered", {"text": text}, room=data["session_id"])


async def main():
    app = web.Application()
    sio.attach(app)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    print(f"listening {site._server.sockets[0].getsockname()[1]}", flush=True)
    await asyncio.Event().wait()


asyncio.run(main())
