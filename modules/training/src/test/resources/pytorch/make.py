"""Networks of PyTorch with random weights, and what they make of some numbers: safetensors, and .npz by numpy.savez.

python3 make.py    writes lstm.safetensors, gru.npz and rnn.safetensors beside itself
"""
import json
import os
import struct

import numpy
import torch

HERE = os.path.dirname(os.path.abspath(__file__))


def save(path, tensors):
    """As safetensors; written out here, so that the format is read from its description twice."""
    header, data = {"__metadata__": {"format": "pt"}}, b""
    for name, tensor in tensors.items():
        numbers = tensor.detach().contiguous().numpy().astype("<f4").tobytes()
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [len(data), len(data) + len(numbers)]}
        data += numbers
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(os.path.join(HERE, path), "wb") as out:
        out.write(struct.pack("<Q", len(text)) + text + data)


class Reader(torch.nn.Module):
    """Symbols in, logits out."""

    def __init__(self, rnn, width):
        super().__init__()
        self.encoder = torch.nn.Embedding(7, 3)
        self.rnn = rnn
        self.decoder = torch.nn.Linear(width, 5)

    def forward(self, symbols):
        return self.decoder(self.rnn(self.encoder(symbols))[0])


def tensors(model):
    for parameter in model.parameters():
        torch.nn.init.uniform_(parameter, -1, 1)
    x = torch.randint(0, 7, (6, 2))  # [time, batch]
    return {**model.state_dict(), "x": x.float(), "y": model(x)}


torch.manual_seed(1)
save("lstm.safetensors", tensors(Reader(torch.nn.LSTM(3, 4, num_layers=2, bidirectional=True), 8)))
save("rnn.safetensors", tensors(Reader(torch.nn.RNN(3, 4, bias=False), 4)))
numpy.savez(
    os.path.join(HERE, "gru.npz"),
    **{name: tensor.detach().numpy() for name, tensor in tensors(Reader(torch.nn.GRU(3, 4, num_layers=2), 4)).items()},
)
