"""The networks of dev.unroll.benchmarks in PyTorch.

layers.py NETWORK WORK...    prints a line "pytorch NETWORK WORK median quartile quartile", in
                             milliseconds, for each work
layers.py NETWORK memory     prints the most memory in MB that the process had in 50 training steps
"""
import resource
import sys
import time

import torch

CHARACTERS, WORDS, DIMENSIONS, TAGS = 80, 20_000, 100, 20
MEMORY = sys.argv[2] == "memory"
torch.set_num_threads(1)
torch.manual_seed(1)


class Characters(torch.nn.Module):
    def __init__(self, cell, hidden):
        super().__init__()
        self.recurrent = cell(CHARACTERS, hidden, 2)
        self.output = torch.nn.Linear(hidden, CHARACTERS)

    def forward(self, x, state=None):
        h, state = self.recurrent(x, state)
        return self.output(h), state


class Tagger(torch.nn.Module):
    def __init__(self, cell, packed, sparse):
        super().__init__()
        self.words = torch.nn.Embedding(WORDS, DIMENSIONS, sparse=sparse)
        self.recurrent = cell(DIMENSIONS, 128, bidirectional=True)
        self.output = torch.nn.Linear(256, TAGS)
        self.packed = packed

    def forward(self, ids, lengths):
        x = self.words(ids)
        if self.packed:
            x = torch.nn.utils.rnn.pack_padded_sequence(x, lengths, enforce_sorted=False)
        h, _ = self.recurrent(x)
        if self.packed:
            h, _ = torch.nn.utils.rnn.pad_packed_sequence(h, total_length=len(ids))
        return self.output(h)


def measure(step):
    """Median and quartiles in milliseconds; a second of warm-up and two of measurement."""
    if MEMORY:
        for _ in range(50):
            step()
        return [resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]
    times, began = [], time.perf_counter()
    while (now := time.perf_counter()) - began < 3 or len(times) < 5:
        step()
        if now - began >= 1:
            times.append(time.perf_counter() - now)
    times.sort()
    return [times[len(times) * quarter // 4] * 1e3 for quarter in (2, 1, 3)]


def lengths(batch):
    if batch == 1:
        return torch.tensor([32])
    return torch.tensor([5 + b * 37 % batch * 55 // (batch - 1) for b in range(batch)])


def training(model, optimizers, inputs, labels):
    def step():
        for optimizer in optimizers:
            optimizer.zero_grad(set_to_none=True)
        scores = model(*inputs)
        scores = scores[0] if isinstance(scores, tuple) else scores
        loss = torch.nn.functional.cross_entropy(scores.flatten(0, 1), labels.flatten())
        loss.backward()
        for optimizer in optimizers:
            optimizer.step()

    return step


def inference(model, inputs):
    def step():
        with torch.inference_mode():
            scores = model(*inputs)
            scores = scores[0] if isinstance(scores, tuple) else scores
            torch.softmax(scores, -1)

    return step


def characters(cell, hidden, work):
    batch = (64 if hidden == 512 else 32) if work == "train" else int(work.split("-")[1])
    steps = 1 if work.startswith("step") else 64
    model = Characters(cell, hidden)
    ids = torch.randint(0, CHARACTERS, (steps, batch))
    x = torch.nn.functional.one_hot(ids, CHARACTERS).float()
    if work == "train":
        y = torch.randint(0, CHARACTERS, (steps, batch))
        return measure(training(model, [torch.optim.Adam(model.parameters())], (x,), y))
    model.eval()
    if work.startswith("step"):
        state = model(x)[1]
        return measure(inference(model, (x, state)))
    return measure(inference(model, (x,)))


def tagger(cell, work):
    """The fastest of packed or padded, sparse or dense; padded computes another function.

    Memory is that of packed and sparse.
    """
    batch = 32 if work == "train" else int(work.split("-")[1])
    n = lengths(batch)
    ids = torch.randint(0, WORDS, (60, batch))
    y = torch.randint(0, TAGS, (60, batch))
    y[torch.arange(60)[:, None] >= n] = -100
    best = []
    for packed in (True,) if MEMORY else (True, False):
        if work != "train":
            model = Tagger(cell, packed, False).eval()
            best.append(measure(inference(model, (ids, n))))
            continue
        for sparse in (True,) if MEMORY else (True, False):
            model = Tagger(cell, packed, sparse)
            table = [model.words.weight]
            rest = [p for p in model.parameters() if p is not model.words.weight]
            adam = torch.optim.SparseAdam if sparse else torch.optim.Adam
            best.append(measure(training(model, [adam(table), torch.optim.Adam(rest)], (ids, n), y)))
    return min(best)


def main():
    name, size = sys.argv[1].split("-")
    cell = {"lstm": torch.nn.LSTM, "gru": torch.nn.GRU}[name]
    for name in sys.argv[2:]:
        work = "train" if MEMORY else name
        figures = tagger(cell, work) if size == "tagger" else characters(cell, int(size), work)
        print("pytorch", sys.argv[1], name, *(f"{figure:.4f}" for figure in figures), flush=True)


main()
