#!/usr/bin/env python3
"""Writes the golden values of the features: the formulas of python_speech_features and librosa.

    python3 make.py        # writes *.txt beside itself; needs numpy

Neither library is needed. Written out here by definition, in double precision, without a fast
transform:
  python_speech_features  preemphasis, framing (without the last, padded frame), zeros behind each
                          frame, |DFT|²
  librosa                 filters.mel(htk=True, norm=None); feature.mfcc: the orthonormal DCT-II
The natural logarithm is taken of at least 1e-10. Each file has a frame a line.
"""
import pathlib
import numpy as np


def signal(count):
    n = np.arange(count, dtype=float)
    return (
        0.3 * np.sin(2 * np.pi * 440 * n / 16000)
        + 0.2 * np.sin(2 * np.pi * (100 + 0.5 * n) * n / 16000)
        + 0.1 * ((7919 * np.arange(count)) % 1000 / 1000 - 0.5)
    )


def mel_filters(rate, size, count):
    frequencies = np.linspace(0, rate / 2, size // 2 + 1)
    top = 2595 * np.log10(1 + rate / 2 / 700)
    points = 700 * (10 ** (np.linspace(0, top, count + 2) / 2595) - 1)
    lower = (frequencies[None, :] - points[:-2, None]) / (points[1:-1] - points[:-2])[:, None]
    upper = (points[2:, None] - frequencies[None, :]) / (points[2:] - points[1:-1])[:, None]
    return np.maximum(0, np.minimum(lower, upper))


def log_mel(x, rate, length, step, size, count, preemphasis):
    x = np.append(x[0], x[1:] - preemphasis * x[:-1])
    frames = 1 + (len(x) - length) // step
    framed = np.stack([x[t * step : t * step + length] for t in range(frames)]) * np.hamming(length)
    angles = -2j * np.pi * np.outer(np.arange(length), np.arange(size // 2 + 1)) / size
    power = np.abs(framed @ np.exp(angles)) ** 2
    return np.log(np.maximum(1e-10, power @ mel_filters(rate, size, count).T))


def dct(x, keep):
    count = x.shape[1]
    rows = np.cos(np.pi * np.outer(np.arange(keep), 2 * np.arange(count) + 1) / (2 * count))
    rows *= np.sqrt(2 / count)
    rows[0] /= np.sqrt(2)
    return x @ rows.T


def write(name, frames):
    with open(pathlib.Path(__file__).parent / (name + ".txt"), "w") as out:
        for frame in frames:
            out.write(" ".join("%.6g" % value for value in frame) + "\n")


x = signal(2000)
write("log-mel", log_mel(x, 16000, 400, 160, 512, 40, 0.97))
write("mfcc", dct(log_mel(x, 16000, 400, 160, 512, 26, 0.97), 13))
