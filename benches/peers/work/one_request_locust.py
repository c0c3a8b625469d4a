"""Locust's customers, with the faster of its two clients: they ask one question after the other."""

import os
from pathlib import Path

from locust import FastHttpUser, constant, task

BODY = Path(os.environ["BENCH_BODY"]).read_bytes()


class Customer(FastHttpUser):
    wait_time = constant(0)

    @task
    def ask(self):
        self.client.post("/chat", data=BODY, headers={"Content-Type": "application/json"})
