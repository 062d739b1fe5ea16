"""What dev.unroll.benchmarks.CtcSpeed measures, in PyTorch.

ctc.py BATCH TIME LABELS CLASSES THREADS [LAYERS UNITS]
    prints a line "pytorch median quartile quartile", in milliseconds
"""
import sys
import time

import torch

INPUTS, FEATURES, WARM_UP, STEPS = 64, 120, 20, 100
batch, steps, length, classes, threads = map(int, sys.argv[1:6])
layers, units = map(int, sys.argv[6:8]) if len(sys.argv) > 6 else (0, 0)
torch.set_num_threads(threads)
torch.manual_seed(1)
if layers:
    x = torch.rand(steps, batch, FEATURES)
    below = torch.nn.LSTM(FEATURES, units, layers, bidirectional=True)
    layer = torch.nn.Linear(2 * units, classes)
    adam = torch.optim.Adam([*below.parameters(), *layer.parameters()])
    WARM_UP, STEPS = 5, 20
else:
    x = torch.rand(steps, batch, INPUTS, requires_grad=True)  # as if there were layers below
    layer = torch.nn.Linear(INPUTS, classes)
labels = torch.randint(1, classes, (batch, length))
lengths = torch.full((batch,), steps), torch.full((batch,), length)
millis = []
for i in range(-WARM_UP, STEPS):
    began = time.perf_counter()
    layer.zero_grad()
    if layers:
        below.zero_grad()
    logs = torch.log_softmax(layer(below(x)[0] if layers else x), 2)
    torch.nn.functional.ctc_loss(logs, labels, *lengths, reduction="sum").backward()
    if layers:
        adam.step()
    if i >= 0:
        millis.append(1000 * (time.perf_counter() - began))
millis.sort()
print("pytorch %.3f %.3f %.3f" % (millis[STEPS // 2], millis[STEPS // 4], millis[3 * STEPS // 4]))
