"""PyTorch's networks of characters on the GPU, where cuDNN computes them: what dev.unroll.benchmarks.Measure does with ours.

lstm.py NETWORK    such as lstm-256, two layers, or gru-3x1024, three; prints lines "pytorch-gpu NETWORK WORK median quartile quartile" in
                   milliseconds, and again as pytorch-gpu-tf32 with factors rounded to TF32
"""
import sys
import time

import torch

CHARACTERS = 80


class Characters(torch.nn.Module):
    def __init__(self, cell, layers, hidden):
        super().__init__()
        self.recurrent = cell(CHARACTERS, hidden, layers)
        self.output = torch.nn.Linear(hidden, CHARACTERS)

    def forward(self, x):
        return self.output(self.recurrent(x)[0])


def measure(step):
    times, began = [], time.perf_counter()
    while (now := time.perf_counter()) - began < 3 or len(times) < 5:
        step()
        torch.cuda.synchronize()
        if now - began >= 1:
            times.append(time.perf_counter() - now)
    times.sort()
    return [times[len(times) * quarter // 4] * 1e3 for quarter in (2, 1, 3)]


def steps(hidden):
    return 128 if hidden == 1024 else 64


def batch(size, steps):
    """Made on the processor: to send it is part of the work, as it is of ours."""
    ids = torch.randint(0, CHARACTERS, (steps, size))
    return torch.nn.functional.one_hot(ids, CHARACTERS).float(), torch.randint(0, CHARACTERS, (steps, size))


def train(cell, layers, hidden):
    x, y = batch({512: 64, 1024: 128}.get(hidden, 32), steps(hidden))
    model = Characters(cell, layers, hidden).cuda()
    adam = torch.optim.Adam(model.parameters())

    def step():
        adam.zero_grad(set_to_none=True)
        scores = model(x.cuda()).flatten(0, 1)
        torch.nn.functional.cross_entropy(scores, y.cuda().flatten()).backward()
        adam.step()

    return measure(step)


def infer(cell, layers, hidden):
    x, _ = batch(64, steps(hidden))
    model = Characters(cell, layers, hidden).cuda().eval()

    def step():
        with torch.inference_mode():
            torch.softmax(model(x.cuda()), -1).cpu()

    return measure(step)


def main():
    network = sys.argv[1]
    name, sizes = network.split("-")
    layers, hidden = map(int, (sizes if "x" in sizes else "2x" + sizes).split("x"))
    cell = {"lstm": torch.nn.LSTM, "gru": torch.nn.GRU}[name]
    torch.manual_seed(1)
    for rounded in (False, True):
        torch.backends.cudnn.allow_tf32 = torch.backends.cuda.matmul.allow_tf32 = rounded
        library = "pytorch-gpu-tf32" if rounded else "pytorch-gpu"
        for work, figures in (("train", train(cell, layers, hidden)), ("infer-64", infer(cell, layers, hidden))):
            print(library, network, work, *(f"{figure:.4f}" for figure in figures), flush=True)


if not torch.cuda.is_available():
    sys.exit("no GPU for PyTorch")
main()
