#!/usr/bin/env python3
"""Writes the golden values of the adaptive softmax: what PyTorch computes for small random cases.

    python3 make.py        # writes *.txt beside itself; needs torch

Each file has lines "name: shape: values", row after row:
  cutoffs, factor, x [rows, inputs], target [rows], loss [rows], p [rows, classes], d_x the
  derivative of the sum of the losses, the parameters of torch.nn.AdaptiveLogSoftmaxWithLoss as
  torch.nn.Linear lays them out, and d_<name> theirs. W and b are of the head; P1 projects for the
  first tail, whose words have W1 and b1. The second layer of each tail was given a bias, which the
  module does not have by itself and uses if it is there.

On Debian 12: apt-get install python3-torch (1.13.1).
"""
import pathlib
import torch


def write(name, rows, inputs, classes, cutoffs, factor):
    torch.manual_seed(sum(map(ord, name)))
    softmax = torch.nn.AdaptiveLogSoftmaxWithLoss(
        inputs, classes, cutoffs, div_value=factor, head_bias=True
    )
    layers = {"W": softmax.head.weight, "b": softmax.head.bias}
    for i, tail in enumerate(softmax.tail, 1):
        tail[1] = torch.nn.Linear(tail[1].in_features, tail[1].out_features, bias=True)
        layers.update({f"P{i}": tail[0].weight, f"W{i}": tail[1].weight, f"b{i}": tail[1].bias})
    for value in layers.values():
        torch.nn.init.normal_(value)
    x = torch.randn(rows, inputs, requires_grad=True)
    target = torch.randint(0, classes, (rows,))
    output, _ = softmax(x, target)
    (-output).sum().backward()
    arrays = {"cutoffs": torch.tensor(cutoffs), "factor": torch.tensor([factor])}
    arrays.update(x=x, target=target, loss=-output, p=softmax.log_prob(x).exp(), d_x=x.grad)
    for key, value in layers.items():
        arrays.update({key: value, "d_" + key: value.grad})
    with open(pathlib.Path(__file__).parent / (name + ".txt"), "w") as out:
        for key, value in arrays.items():
            shape = " ".join(map(str, value.shape))
            values = " ".join("%.12g" % v for v in value.detach().flatten())
            out.write(f"{key}: {shape}: {values}\n")


torch.set_default_dtype(torch.float64)
write("two-tails", 12, 8, 15, [4, 9], 2)
write("single-classes", 9, 6, 5, [1, 2, 3, 4], 1)
write("one-tail", 5, 4, 7, [3], 4)
