#!/usr/bin/env python3
"""Writes the golden values of CTC: what PyTorch's CTCLoss computes for small random cases.

    python3 make.py        # writes *.txt beside itself; needs torch

Each file has lines "name: shape: values", row after row:
  z [steps, batch, classes] the logits, steps [batch], labels [batch, longest] filled up with 0,
  loss [batch] and d_z, the derivative of the sum of the losses by the logits.
The blank is class 0.

On Debian 12: apt-get install python3-torch (1.13.1).
"""
import pathlib
import torch


def write(name, steps, labels, classes, spread):
    torch.manual_seed(sum(map(ord, name)))
    longest = max(map(len, labels))
    padded = torch.tensor([l + [0] * (longest - len(l)) for l in labels])
    z = (spread * torch.randn(max(steps), len(steps), classes)).requires_grad_()
    loss = torch.nn.functional.ctc_loss(
        torch.log_softmax(z, 2),
        padded,
        torch.tensor(steps),
        torch.tensor([len(l) for l in labels]),
        blank=0,
        reduction="none",
    )
    loss.sum().backward()
    arrays = {"z": z, "steps": torch.tensor(steps), "labels": padded, "loss": loss, "d_z": z.grad}
    with open(pathlib.Path(__file__).parent / (name + ".txt"), "w") as out:
        for key, value in arrays.items():
            shape = " ".join(map(str, value.shape))
            values = " ".join("%.12g" % v for v in value.detach().flatten())
            out.write(f"{key}: {shape}: {values}\n")


torch.set_default_dtype(torch.float64)
write("unequal", [9, 6, 4, 7], [[1, 2, 2, 3], [4, 4], [1, 3], [2]], 5, 1)
write("narrow", [5, 3], [[1, 1, 1], [2, 1]], 3, 2)
write("improbable", [12, 10], [[1, 2, 3, 1, 2], [3, 3, 3]], 4, 20)
