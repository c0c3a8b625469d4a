"""Locust's customers: they read a stream line by line and report the time to its first text themselves."""

import json
import time

from locust import HttpUser, constant, task
from locust.exception import StopUser

BODY = {"model": "mock", "stream": True, "max_tokens": 32, "messages": [{"role": "user", "content": "hello"}]}


class Customer(HttpUser):
    wait_time = constant(0)
    asked = 0

    @task
    def ask(self):
        # Four times each, and done well before the run ends: what is under way at the end is in no file of Locust's.
        if self.asked == 4:
            raise StopUser
        self.asked += 1
        began, first, is_whole = time.perf_counter(), None, False
        with self.client.post("/v1/chat/completions", json=BODY, stream=True, catch_response=True, name="all") as reply:
            for line in reply.iter_lines(chunk_size=None):
                if line == b"data: [DONE]":
                    is_whole = True
                elif first is None and line.startswith(b"data:"):
                    if json.loads(line[5:])["choices"][0]["delta"].get("content"):
                        first = time.perf_counter() - began
            if not is_whole or first is None:
                return reply.failure("not whole")
            reply.success()
        self.environment.events.request.fire(
            request_type="SSE", name="first text", response_time=first * 1000, response_length=0, exception=None, context={}
        )
