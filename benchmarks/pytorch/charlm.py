"""The character language model of `unroll charlm` in PyTorch: the default network, two LSTM layers of 256.

charlm.py train SYMBOLS [SECONDS]   characters a second in training: batch 32, window 100, dropout 0.3, clipping, Adam
charlm.py sample SYMBOLS [SECONDS]  characters a second of one stream, drawn one by one

Random symbols serve as well as a text, as no time depends on what they are.
"""
import sys
import time

import torch

BATCH, WINDOW, DIMENSIONS, HIDDEN, LAYERS, DROPOUT = 32, 100, 64, 256, 2, 0.3
torch.set_num_threads(1)  # the threads that help are OpenBLAS's: OPENBLAS_NUM_THREADS
torch.manual_seed(1)


class Model(torch.nn.Module):
    def __init__(self, symbols):
        super().__init__()
        self.embedding = torch.nn.Embedding(symbols, DIMENSIONS)
        self.recurrent = torch.nn.LSTM(DIMENSIONS, HIDDEN, LAYERS, dropout=DROPOUT)
        self.dropout = torch.nn.Dropout(DROPOUT)
        self.output = torch.nn.Linear(HIDDEN, symbols)

    def forward(self, ids, state=None):
        h, state = self.recurrent(self.embedding(ids), state)
        return self.output(self.dropout(h)), state


def train(model, symbols):
    optimizer = torch.optim.Adam(model.parameters(), 2e-3)
    ids = torch.randint(symbols, (WINDOW + 1, BATCH))
    state = None

    def step():
        nonlocal state
        logits, (h, c) = model(ids[:-1], state)
        state = h.detach(), c.detach()
        loss = torch.nn.functional.cross_entropy(logits.reshape(-1, symbols), ids[1:].reshape(-1))
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1)
        optimizer.step()

    return step, WINDOW * BATCH


def sample(model, symbols):
    model.eval()
    symbol, state = torch.zeros(1, 1, dtype=torch.long), None

    def step():
        nonlocal symbol, state
        with torch.no_grad():
            logits, state = model(symbol, state)
            symbol = torch.multinomial(torch.softmax(logits[0], 1), 1)

    return step, 1


def main():
    work, symbols = sys.argv[1], int(sys.argv[2])
    seconds = float(sys.argv[3]) if len(sys.argv) > 3 else 10
    step, characters = {"train": train, "sample": sample}[work](Model(symbols), symbols)
    for _ in range(3):
        step()
    steps, began = 0, time.perf_counter()
    while time.perf_counter() - began < seconds:
        step()
        steps += 1
    print(round(steps * characters / (time.perf_counter() - began)))


main()
