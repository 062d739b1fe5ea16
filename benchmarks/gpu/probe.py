"""What the bus and PyTorch's cuDNN do on this machine: the bar for ours.

probe.py    prints how fast arrays go to the device and back, and for each network (layers, units, rows, steps), in floats and in TF32, the
            milliseconds of a training step, of the recurrent layers alone, and of the step as a CUDA graph; without a GPU a tiny one
"""
import time

import torch

DEVICE = "cuda" if torch.cuda.is_available() else "cpu"
SYMBOLS = 80
NETWORKS = [(2, 512, 64, 64), (3, 1024, 128, 128), (2, 128, 32, 64), (1, 512, 64, 64)]


def wait():
    if DEVICE == "cuda":
        torch.cuda.synchronize()


def median_ms(work, seconds=2.0):
    for _ in range(3):
        work()
    wait()
    times, end = [], time.perf_counter() + seconds
    while time.perf_counter() < end or len(times) < 5:
        began = time.perf_counter()
        work()
        wait()
        times.append(time.perf_counter() - began)
    return sorted(times)[len(times) // 2] * 1e3


def bus(mib):
    host = torch.ones(mib << 18)
    pinned = host.pin_memory()
    device = host.cuda()
    copies = (lambda: device.copy_(host), lambda: host.copy_(device), lambda: device.copy_(pinned), lambda: pinned.copy_(device))
    return [round(mib * 1.048576 / median_ms(copy, 0.3), 1) for copy in copies]


class Characters(torch.nn.Module):
    def __init__(self, layers, hidden):
        super().__init__()
        self.embedding = torch.nn.Embedding(SYMBOLS, SYMBOLS)
        self.recurrent = torch.nn.LSTM(SYMBOLS, hidden, layers)
        self.output = torch.nn.Linear(hidden, SYMBOLS)

    def forward(self, ids):
        return self.output(self.recurrent(self.embedding(ids))[0])


def step(network, adam, ids, labels):
    adam.zero_grad(set_to_none=False)
    torch.nn.functional.cross_entropy(network(ids).flatten(0, 1), labels.flatten()).backward()
    torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    adam.step()


def graph(network, ids, labels):
    """The step as one launch, or why cuDNN does not go into one."""
    adam = torch.optim.Adam(network.parameters(), fused=True, capturable=True)
    stream = torch.cuda.Stream()
    stream.wait_stream(torch.cuda.current_stream())
    with torch.cuda.stream(stream):
        for _ in range(3):
            step(network, adam, ids, labels)
    torch.cuda.current_stream().wait_stream(stream)
    captured = torch.cuda.CUDAGraph()
    try:
        with torch.cuda.graph(captured):
            step(network, adam, ids, labels)
        return median_ms(captured.replay)
    except RuntimeError as e:
        return str(e).splitlines()[0][:80]


def measure(layers, hidden, rows, steps):
    network = Characters(layers, hidden).to(DEVICE)
    ids, labels = (torch.randint(SYMBOLS, (steps, rows)) for _ in range(2))
    there = ids.to(DEVICE)
    adam = torch.optim.Adam(network.parameters())
    figures = [
        median_ms(lambda: step(network, adam, ids.to(DEVICE), labels.to(DEVICE))),
        median_ms(lambda: network.recurrent(network.embedding(there))[0].sum().backward()),
    ]
    if DEVICE == "cuda":
        figures.append(graph(network, there, labels.to(DEVICE)))
    return [round(f, 3) if isinstance(f, float) else f for f in figures]


def main():
    torch.manual_seed(1)
    print(DEVICE, torch.__version__, torch.version.cuda, torch.backends.cudnn.version(), flush=True)
    if DEVICE == "cuda":
        print(torch.cuda.get_device_name(), flush=True)
        for mib in (1, 8, 64):
            print(mib, "MiB up and down, the same pinned, GB/s:", *bus(mib), flush=True)
    for rounded in (False, True):
        torch.backends.cudnn.allow_tf32 = torch.backends.cuda.matmul.allow_tf32 = rounded
        for network in NETWORKS if DEVICE == "cuda" else [(1, 16, 4, 8)]:
            print("tf32" if rounded else "float", network, "step, layers alone, graph, ms:", *measure(*network), flush=True)


main()
