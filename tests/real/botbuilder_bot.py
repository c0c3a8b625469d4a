"""A Bot Framework bot on botbuilder-core, without an app id: echoes text in the response (`deliveryMode: expectReplies`)."""
import asyncio
import json

from botbuilder.core import BotFrameworkAdapter, BotFrameworkAdapterSettings
from botbuilder.schema import Activity

from serving import serve

adapter = BotFrameworkAdapter(BotFrameworkAdapterSettings("", ""))


async def echo(turn):
    await turn.send_activity("echo:" + turn.activity.text)


def answer(request):
    if request.path != "/api/messages":
        return 404, "text/plain", "messages go to /api/messages"
    activity = Activity().deserialize(json.loads(request.body))
    answered = asyncio.run(adapter.process_activity(activity, request.headers.get("Authorization", ""), echo))
    if not answered:
        return 201, "text/plain", ""
    return answered.status, "application/json", json.dumps(answered.body)


serve(answer)
