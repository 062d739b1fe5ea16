"""Arrays of each kind: numpy.npz by NumPy, kinds.safetensors by the description of the format.

python3 make.py    writes both beside itself
"""
import json
import os
import struct

import numpy

HERE = os.path.dirname(os.path.abspath(__file__))
COUNT = numpy.arange(12).reshape(2, 3, 2) / 4
HALVES = numpy.array([1, -2, 65504, 6e-8, 6.1e-5, 0, numpy.inf, numpy.nan], "<f2")

numpy.savez(
    os.path.join(HERE, "numpy.npz"),
    double=COUNT,
    single=COUNT.astype("<f4"),
    big=COUNT.astype(">f4"),
    columns=numpy.asfortranarray(COUNT),
    half=HALVES,
    scalar=numpy.array(0.5),
    empty=numpy.zeros((0, 3)),
    whole=numpy.arange(3),
    objects=numpy.array([None, "x"], dtype=object),
)

header, data = {}, b""
for name, kind, numbers, shape in [
    ("double", "F64", COUNT.astype("<f8").tobytes(), [2, 3, 2]),
    ("single", "F32", COUNT.astype("<f4").tobytes(), [2, 3, 2]),
    ("half", "F16", HALVES.tobytes(), [8]),
    ("brain", "BF16", (COUNT.astype("<f4").view("<u4") >> 16).astype("<u2").tobytes(), [2, 3, 2]),
    ("scalar", "F32", struct.pack("<f", 0.5), []),
    ("whole", "I64", struct.pack("<q", 3), [1]),
]:
    header[name] = {"dtype": kind, "shape": shape, "data_offsets": [len(data), len(data) + len(numbers)]}
    data += numbers
text = json.dumps(header).encode()
with open(os.path.join(HERE, "kinds.safetensors"), "wb") as out:
    out.write(struct.pack("<Q", len(text)) + text + data)
