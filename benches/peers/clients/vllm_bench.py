"""vllm-bench: vLLM's generator for language-model servers, in Rust; one process, whose threads share the client's core."""

import json
from pathlib import Path

from clients import Streamed, first_line, installed

# Its last version in a repository of its own; vLLM carries it on as a part of itself.
SOURCE = ["--git", "https://github.com/vllm-project/vllm-bench", "--rev", "f3131823f167aa1e6f31a48be1ae15a18667a534"]

# It counts tokens of what it sends, so it wants a tokenizer; which one makes no difference to what is compared.
TOKENIZER = {
    "version": "1.0",
    "added_tokens": [],
    "pre_tokenizer": {"type": "Whitespace"},
    "model": {"type": "WordLevel", "vocab": {"[UNK]": 0}, "unk_token": "[UNK]"},
}


class VllmBench:
    name = "vllm-bench"

    def install(self, tools: Path) -> None:
        self.program = tools / "vllm-bench/bin/vllm-bench"
        if not self.program.exists():
            installed("cargo", "install", "vllm-bench", "--locked", *SOURCE, "--root", tools / "vllm-bench",
                      why="vllm-bench could not be built")  # fmt: skip

    def version(self) -> str:
        return first_line(self.program, "--version")

    def stream(self, count: int, url: str, folder: Path):
        (folder / "words").mkdir()
        (folder / "words/tokenizer.json").write_text(json.dumps(TOKENIZER))
        prompt = {"prompt": "hello, how does the coupon work today?", "output_tokens": 32}
        (folder / "prompts.jsonl").write_text(4 * count * (json.dumps(prompt) + "\n"))
        return [
            self.program, "--backend", "openai-chat", "--base-url", url, "--model", "mock", "--tokenizer", "words",
            "--dataset-name", "custom", "--dataset-path", "prompts.jsonl", "--custom-output-len", 32,
            "--num-prompts", 4 * count, "--max-concurrency", count, "--disable-tqdm", "--no-steady-state",
            "--save-result", "--result-dir", ".", "--result-filename", "told.json",
        ], {}  # fmt: skip

    def streamed(self, output: str, folder: Path) -> Streamed:
        said = json.loads((folder / "told.json").read_text())
        return Streamed(said["completed"], said["failed"], said["mean_ttft_ms"], said["p99_ttft_ms"])
