"""A bot on Twilio's library: echoes texts at /sms; at /voice it greets, and echoes what the caller said at /voice/turn."""
from urllib.parse import parse_qsl

from twilio.request_validator import RequestValidator
from twilio.twiml.messaging_response import MessagingResponse
from twilio.twiml.voice_response import Gather, VoiceResponse

from serving import serve

validator = RequestValidator("throng-token")


def answer(request):
    form = dict(parse_qsl(request.body.decode(), keep_blank_values=True))
    if not validator.validate(request.url, form, request.headers.get("X-Twilio-Signature", "")):
        return 403, "text/plain", "the signature is wrong"
    if request.path == "/sms":
        twiml = MessagingResponse()
        twiml.message("echo:" + form["Body"])
        return 200, "text/xml", str(twiml)
    said = form.get("SpeechResult") or form.get("Digits")
    if (request.path, bool(said)) not in [("/voice", False), ("/voice/turn", True)]:
        return 400, "text/plain", "a call begins at /voice and goes on at /voice/turn"
    gather = Gather(input="speech dtmf", action="/voice/turn")
    gather.say("echo:" + said if said else "您好,请讲。")
    twiml = VoiceResponse()
    twiml.append(gather)
    return 200, "text/xml", str(twiml)


serve(answer)
