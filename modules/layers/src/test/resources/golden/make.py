#!/usr/bin/env python3
"""Writes the golden values of the recurrent layers: what PyTorch computes for small random cases.

    python3 make.py        # writes *.txt beside itself; needs torch

Each file has lines "name: shape: values", row after row:
  x [time, batch, inputs], the parameters as PyTorch names and lays them out, y the outputs,
  e the derivative of the loss with respect to y, d_x and d_<parameter> those of the rest.
"""
import pathlib
import torch

TIME, BATCH, INPUTS, HIDDEN = 5, 3, 4, 6


def write(name, cell, bidirectional):
    torch.manual_seed(sum(map(ord, name)))
    layer = cell(INPUTS, HIDDEN, bidirectional=bidirectional)
    x = torch.randn(TIME, BATCH, INPUTS, requires_grad=True)
    y, _ = layer(x)
    e = torch.randn_like(y)
    y.backward(e)
    arrays = {"x": x, "y": y, "e": e, "d_x": x.grad}
    for key, value in layer.named_parameters():
        arrays[key] = value
        arrays["d_" + key] = value.grad
    with open(pathlib.Path(__file__).parent / (name + ".txt"), "w") as out:
        for key, value in arrays.items():
            shape = " ".join(map(str, value.shape))
            values = " ".join("%.8g" % v for v in value.detach().flatten())
            out.write(f"{key}: {shape}: {values}\n")


for name, cell in [("lstm", torch.nn.LSTM), ("gru", torch.nn.GRU), ("rnn", torch.nn.RNN)]:
    write(name, cell, False)
    write(name + "-bidirectional", cell, True)
