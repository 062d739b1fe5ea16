#!/usr/bin/env python3
"""Writes the golden values of the recurrent layers: what PyTorch computes for small random cases.

    python3 make.py        # writes *.txt beside itself; needs torch

Each file has lines "name: shape: values", row after row:
  x [time, batch, inputs], the parameters as PyTorch names and lays them out, y the outputs,
  e the derivative of the loss with respect to y, d_x and d_<parameter> those of the rest.

Files named *-states begin in given states and have rows of different lengths, padded at the end:
  lengths [batch], h0 and c0 [directions, batch, hidden], hn and cn the states after each row's own
  last step, e_hn and e_cn the derivatives of the loss with respect to them, d_h0 and d_c0.

On Debian 12: apt-get install python3-torch (1.13.1).
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
    save(name, arrays)


def write_states(name, cell, bidirectional):
    torch.manual_seed(sum(map(ord, name)))
    layer = cell(INPUTS, HIDDEN, bidirectional=bidirectional)
    lengths = torch.tensor([3, 5, 1])
    x = torch.randn(TIME, BATCH, INPUTS, requires_grad=True)
    states = {}
    for key in ["h0", "c0"] if cell is torch.nn.LSTM else ["h0"]:
        states[key] = torch.randn(1 + bidirectional, BATCH, HIDDEN, requires_grad=True)
    packed = torch.nn.utils.rnn.pack_padded_sequence(x, lengths, enforce_sorted=False)
    y, last = layer(packed, tuple(states.values()) if len(states) > 1 else states["h0"])
    y, _ = torch.nn.utils.rnn.pad_packed_sequence(y, total_length=TIME)
    lasts = dict(zip(["hn", "cn"], last if len(states) > 1 else [last]))
    e = {"e": torch.randn_like(y)}
    e.update({"e_" + key: torch.randn_like(value) for key, value in lasts.items()})
    torch.autograd.backward([y, *lasts.values()], list(e.values()))
    arrays = {"lengths": lengths, "x": x, "y": y, "d_x": x.grad, **states, **lasts, **e}
    arrays.update({"d_" + key: value.grad for key, value in states.items()})
    for key, value in layer.named_parameters():
        arrays[key] = value
        arrays["d_" + key] = value.grad
    save(name, arrays)


def save(name, arrays):
    with open(pathlib.Path(__file__).parent / (name + ".txt"), "w") as out:
        for key, value in arrays.items():
            shape = " ".join(map(str, value.shape))
            values = " ".join("%.8g" % v for v in value.detach().flatten())
            out.write(f"{key}: {shape}: {values}\n")


for name, cell in [("lstm", torch.nn.LSTM), ("gru", torch.nn.GRU), ("rnn", torch.nn.RNN)]:
    write(name, cell, False)
    write(name + "-bidirectional", cell, True)
    write_states(name + "-states", cell, False)
    write_states(name + "-bidirectional-states", cell, True)
