"""Trains a small tokenizer on the files named, so that none has to be downloaded: `tokenizer.py FOLDER FILE...`.

AIPerf wants one to make its prompts; tokens are counted by the server.
"""

import sys

from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import PreTrainedTokenizerFast

folder, *files = sys.argv[1:]
tokenizer = Tokenizer(models.BPE())
tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
tokenizer.decoder = decoders.ByteLevel()
alphabet = pre_tokenizers.ByteLevel.alphabet()
special = ["<unk>", "<s>", "</s>", "<pad>"]
tokenizer.train(files, trainers.BpeTrainer(vocab_size=4000, special_tokens=special, initial_alphabet=alphabet))
fast = PreTrainedTokenizerFast(
    tokenizer_object=tokenizer, unk_token="<unk>", bos_token="<s>", eos_token="</s>", pad_token="<pad>"
)
fast.chat_template = "{% for m in messages %}{{ m['role'] }}: {{ m['content'] }}\n{% endfor %}"
fast.save_pretrained(folder)
