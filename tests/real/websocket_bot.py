"""A bot on python's websockets that speaks channels/generic-websocket.yaml.  usage: websocket_bot.py

Says "echo:" and the customer's text, in two pieces. Every message is written to the file that HANDLED names, by id, and every
socket as "open" and "closed".
"""
import asyncio
import json
import os

from websockets.asyncio.server import serve
from websockets.exceptions import ConnectionClosedError

log = open(os.environ.get("HANDLED", os.devnull), "a", buffering=1)


async def talk(socket):
    log.write("open\n")
    try:
        async for frame in socket:
            message = json.loads(frame)
            to = message["id"]
            log.write(f"{to}\n")
            for said in ({"type": "piece", "text": "echo:"}, {"type": "reply", "text": message["text"]}, {"type": "done"}):
                await socket.send(json.dumps({"to": to, **said}))
    except ConnectionClosedError:
        pass
    log.write("closed\n")


async def main():
    async with serve(talk, "127.0.0.1", 0, ping_interval=1) as server:
        print(f"listening {server.sockets[0].getsockname()[1]}", flush=True)
        await server.serve_forever()


asyncio.run(main())
