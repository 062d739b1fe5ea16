"""The network of `unroll translation` in PyTorch, on the same symbols (see translation/peer.sh).

translation.py take MODEL.zip MODEL                     takes the parameters of a model of `unroll translation`
translation.py train FOLDER MODEL ATTENTION [EPOCHS]    trains, keeps the epoch with the least loss on dev; tells words a second
translation.py translate FOLDER MODEL NAME BEAM BATCH   translates NAME.ids to NAME.txt; tells seconds
translation.py greedy FOLDER MODEL NAME                 the median time of one sentence alone

A bidirectional LSTM reads the source; a tanh layer over its last states begins the decoder, which reads the right symbols one step
behind, and attention after it looks at all steps at once (Luong et al. 2015). Adam, a linear decay, label smoothing, batches of like length.
The output's matrix is the table of the target's vectors (Press and Wolf 2017) where TIED is 1.
Environment: HIDDEN, DIMENSIONS, BATCH, RATE, DROPOUT, TIED, SEED, THREADS, LIMIT (seconds to train, to measure).
"""
import array
import json
import math
import os
import random
import statistics
import sys
import time
import zipfile

import torch
from torch import nn
from torch.nn.functional import cross_entropy
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence, pad_sequence

HIDDEN = int(os.environ.get("HIDDEN", 256))
DIMENSIONS = int(os.environ.get("DIMENSIONS", 256))
BATCH = int(os.environ.get("BATCH", 64))
RATE = float(os.environ.get("RATE", 2e-3))
DROPOUT = float(os.environ.get("DROPOUT", 0.3))
TIED = os.environ.get("TIED", "1") == "1"
SEED = int(os.environ.get("SEED", 1))
LIMIT = float(os.environ.get("LIMIT", 0))
WIDTH = DIMENSIONS if TIED else HIDDEN
SMOOTHING, CLIP, STRETCH, PAD = 0.1, 5, 50, -100
torch.set_num_threads(int(os.environ.get("THREADS", 1)))


class Network(nn.Module):
    def __init__(self, sources, targets, attention):
        super().__init__()
        self.attention = attention
        self.source = nn.Embedding(sources, DIMENSIONS)
        self.target = nn.Embedding(targets, DIMENSIONS)
        self.encoder = nn.LSTM(DIMENSIONS, HIDDEN // 2, bidirectional=True, batch_first=True)
        self.bridge = nn.Linear(2 * HIDDEN, 2 * HIDDEN)
        self.decoder = nn.LSTM(DIMENSIONS, HIDDEN, batch_first=True)
        if attention != "none":
            self.keys = nn.Linear(HIDDEN, HIDDEN, bias=False)
            self.combined = nn.Linear(2 * HIDDEN, WIDTH, bias=False)
        if attention == "additive":
            self.queries = nn.Linear(HIDDEN, HIDDEN, bias=False)
            self.v = nn.Linear(HIDDEN, 1, bias=False)
        self.output = nn.Linear(HIDDEN if attention == "none" else WIDTH, targets)
        if TIED:
            nn.init.normal_(self.target.weight, std=DIMENSIONS**-0.5)
            self.output.weight = self.target.weight
        self.dropout = nn.Dropout(DROPOUT)

    def encode(self, source, lengths):
        packed = pack_padded_sequence(self.dropout(self.source(source)), lengths, batch_first=True, enforce_sorted=False)
        states, (h, c) = self.encoder(packed)
        states, _ = pad_packed_sequence(states, batch_first=True)
        begin = torch.tanh(self.bridge(torch.cat([h[0], h[1], c[0], c[1]], 1)))
        mask = torch.arange(states.shape[1])[None, :] < lengths[:, None]
        keys = self.keys(states) if self.attention != "none" else None
        state = tuple(part[None].contiguous() for part in begin.split(HIDDEN, 1))
        return states, keys, mask, state

    def decode(self, target, state, states, keys, mask):
        h, state = self.decoder(self.dropout(self.target(target)), state)
        if self.attention == "general":
            scores = h @ keys.transpose(1, 2)
        elif self.attention == "additive":
            scores = self.v(torch.tanh(self.queries(h)[:, :, None] + keys[:, None])).squeeze(3)
        if self.attention != "none":
            weights = scores.masked_fill(~mask[:, None], float("-inf")).softmax(2)
            h = torch.tanh(self.combined(torch.cat([weights @ states, h], 2)))
        return self.output(self.dropout(h)), state


def read(folder, name):
    with open(f"{folder}/{name}.ids") as lines:
        return [tuple([int(i) for i in side.split()] for side in line.split("\t")) for line in lines]


def padded(rows, value):
    return pad_sequence([torch.tensor(row) for row in rows], batch_first=True, padding_value=value)


def batch_of(pairs, begin):
    sources, targets = zip(*pairs)
    lengths = torch.tensor([len(s) for s in sources])
    read_targets = padded([[begin] + t[:-1] for t in targets], 0)
    return padded(sources, 0), lengths, read_targets, padded(targets, PAD)


def batches(pairs, rng):
    order = pairs[:]
    rng.shuffle(order)
    all_batches = []
    for start in range(0, len(order), STRETCH * BATCH):
        stretch = sorted(order[start : start + STRETCH * BATCH], key=lambda p: -max(len(p[0]), len(p[1])))
        all_batches += [stretch[i : i + BATCH] for i in range(0, len(stretch), BATCH)]
    rng.shuffle(all_batches)
    return all_batches


def loss_of(network, batch, smoothing):
    source, lengths, read_targets, labels = batch
    states, keys, mask, state = network.encode(source, lengths)
    logits, _ = network.decode(read_targets, state, states, keys, mask)
    return cross_entropy(logits.reshape(-1, logits.shape[2]), labels.reshape(-1), ignore_index=PAD, reduction="sum", label_smoothing=smoothing)


def symbols(folder):
    with open(f"{folder}/sizes.txt") as file:
        sources, targets = map(int, file.read().split())
    with open(f"{folder}/target.txt") as file:
        words = file.read().split("\n")[:targets]
    return sources, targets, words


def train(folder, model, attention, epochs=10):
    sources, targets, words = symbols(folder)
    begin = words.index("<BEGIN>")
    torch.manual_seed(SEED)
    rng = random.Random(SEED)
    network = Network(sources, targets, attention)
    adam = torch.optim.Adam(network.parameters(), RATE)
    pairs, dev = read(folder, "train"), read(folder, "dev")
    steps, done, count, least = int(epochs) * -(-len(pairs) // BATCH), 0, 0, float("inf")
    began = time.time()
    for epoch in range(int(epochs)):
        network.train()
        for chosen in batches(pairs, rng):
            for group in adam.param_groups:
                group["lr"] = RATE * (1 - done / steps)
            loss = loss_of(network, batch_of(chosen, begin), SMOOTHING) / len(chosen)
            adam.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), CLIP)
            adam.step()
            done += 1
            count += sum(len(t) for _, t in chosen)
            if LIMIT and time.time() - began > LIMIT:
                print(f"{count / (time.time() - began):.0f} target symbols/s, {done} steps")
                return
        network.eval()
        with torch.no_grad():
            total = sum(loss_of(network, batch_of(dev[i : i + BATCH], begin), 0).item() for i in range(0, len(dev), BATCH))
        print(f"epoch {epoch + 1}: dev loss {total / len(dev):.4f}, {time.time() - began:.0f} s", flush=True)
        if total < least:
            least = total
            torch.save((sources, targets, attention, network.state_dict()), model)


def take(file, model):
    """The flat parameters of a model file, each array column after column; gates in the order g, f, o, i."""
    with zipfile.ZipFile(file) as entries, entries.open("parameters.bin") as data:
        def text():
            return data.read(int.from_bytes(data.read(2), "big")).decode()

        count = int.from_bytes(data.read(4), "big")
        shapes = {name: json.loads(shape) for name, shape in [(text(), text()) for _ in range(count)]}
        data.read(8)
        arrays = {}
        for name, shape in shapes.items():
            values = torch.tensor(array.array("f", data.read(4 * math.prod(shape))))
            table = name in ("source_W", "target_W")
            arrays[name] = values.reshape(shape) if table else values.reshape(shape[::-1])
    hidden, dimensions = arrays["bridge1_W"].shape[0] // 2, arrays["source_W"].shape[1]
    attention = "none" if "attention_Wc" not in arrays else "additive" if "attention_v" in arrays else "general"
    tied = "output_W" not in arrays
    if (hidden, dimensions, tied) != (HIDDEN, DIMENSIONS, TIED):
        sys.exit(f"set HIDDEN={hidden} DIMENSIONS={dimensions} TIED={int(tied)}")
    state = {"source.weight": arrays["source_W"], "target.weight": arrays["target_W"]}
    state.update({"bridge.weight": arrays["bridge1_W"], "bridge.bias": arrays["bridge1_b"].flatten()})
    state.update({"output.weight": arrays["target_W" if tied else "output_W"], "output.bias": arrays["output_b"].flatten()})
    for ours, theirs in (("Wk", "keys"), ("Wq", "queries"), ("v", "v"), ("Wc", "combined")):
        if "attention_" + ours in arrays:
            state[theirs + ".weight"] = arrays["attention_" + ours]
    for ours, theirs in (("encoder1_f", "encoder"), ("encoder1_b", "encoder"), ("decoder1_", "decoder")):
        suffix = "_l0_reverse" if ours.endswith("_b") else "_l0"
        for key, name in (("W", "weight_ih"), ("RW", "weight_hh"), ("b", "bias_ih")):
            blocks = (arrays[ours + key].flatten() if key == "b" else arrays[ours + key]).chunk(4)
            state[f"{theirs}.{name}{suffix}"] = torch.cat([blocks[3], blocks[1], blocks[0], blocks[2]])
        state[f"{theirs}.bias_hh{suffix}"] = torch.zeros_like(state[f"{theirs}.bias_ih{suffix}"])
    torch.save((len(arrays["source_W"]), len(arrays["target_W"]), attention, state), model)


def load(model):
    sources, targets, attention, state = torch.load(model)
    network = Network(sources, targets, attention)
    network.load_state_dict(state)
    return network.eval()


@torch.inference_mode()
def search(network, chosen, beam, begin, end, banned):
    """The symbols of each sentence's best translation by the mean log-probability, as Wu et al. 2016 penalise length with alpha 1."""
    count = len(chosen)
    lengths = torch.tensor([len(s) for s in chosen])
    states, keys, mask, (h, c) = network.encode(padded(chosen, 0), lengths)
    rows = torch.arange(count).repeat_interleave(beam)
    seen = (states[rows], keys[rows] if keys is not None else None, mask[rows])
    state = (h[:, rows], c[:, rows])
    longest = 2 * int(lengths.max()) + 10
    limit = (2 * lengths + 10)[rows]
    written = torch.full((count * beam, longest), end)
    logs = torch.full((count, beam), float("-inf"))
    logs[:, 0] = 0
    last = torch.full((count * beam,), begin)
    best = [(float("-inf"), [])] * count
    found = [0] * count
    open_rows = torch.ones(count, dtype=torch.bool)
    for step in range(longest):
        logits, state = network.decode(last[:, None], state, *seen)
        p = logits[:, 0].log_softmax(1)
        p[:, banned] = float("-inf")
        values, flat = (logs.reshape(-1, 1) + p).reshape(count, -1).topk(beam * (2 if beam > 1 else 1), 1)
        parents, chosen_ids = torch.div(flat, p.shape[1], rounding_mode="floor"), flat % p.shape[1]
        keep_rows, keep_ids, keep_logs = [], [], []
        penalty = (5 + step + 1) / 6
        for s, (vs, ps, ids) in enumerate(zip(values.tolist(), parents.tolist(), chosen_ids.tolist())):
            kept = []
            if open_rows[s]:
                for rank, (v, parent, i) in enumerate(zip(vs, ps, ids)):
                    row = s * beam + parent
                    if i == end or step + 1 == limit[row]:
                        if rank < beam:
                            found[s] += 1
                            if v / penalty > best[s][0]:
                                best[s] = (v / penalty, written[row, :step].tolist() + ([i] if i != end else []))
                    elif len(kept) < beam:
                        kept.append((row, i, v))
                if found[s] >= beam or not kept:
                    open_rows[s] = False
            while len(kept) < beam:
                kept.append((s * beam, end, float("-inf")))
            for row, i, v in kept:
                keep_rows.append(row)
                keep_ids.append(i)
                keep_logs.append(v)
        if not open_rows.any():
            break
        rows = torch.tensor(keep_rows)
        state = (state[0][:, rows], state[1][:, rows])
        written = written[rows]
        last = torch.tensor(keep_ids)
        written[:, step] = last
        logs = torch.tensor(keep_logs).reshape(count, beam)
    return [ids for _, ids in best]


def text(ids, words):
    return " ".join(words[i] for i in ids).replace("@@ ", "").replace(" \uffed", "").replace("\uffed ", "")


def prepare(folder, model):
    _, _, words = symbols(folder)
    begin, end = words.index("<BEGIN>"), words.index("<END>")
    banned = [i for i, word in enumerate(words) if word in ("<PAD>", "<UNK>", "<BEGIN>")]
    return load(model), words, begin, end, banned


def translate(folder, model, name, beam, batch):
    network, words, begin, end, banned = prepare(folder, model)
    sentences = [source for source, _ in read(folder, name)]
    began = time.time()
    order = sorted(range(len(sentences)), key=lambda i: -len(sentences[i]))
    translations = [""] * len(sentences)
    for start in range(0, len(order), int(batch)):
        part = order[start : start + int(batch)]
        for i, ids in zip(part, search(network, [sentences[i] for i in part], int(beam), begin, end, banned)):
            translations[i] = text(ids, words)
    print(f"{len(sentences) / (time.time() - began):.1f} sentences/s, beam {beam}, batch {batch}")
    with open(f"{folder}/{name}.txt", "w") as file:
        file.write("".join(line + "\n" for line in translations))


def greedy(folder, model, name):
    network, words, begin, end, banned = prepare(folder, model)
    times = []
    for sentence in [source for source, _ in read(folder, name) if 12 <= len(source) <= 16][:200]:
        began = time.time()
        search(network, [sentence], 1, begin, end, banned)
        times.append(time.time() - began)
    print(f"{1000 * statistics.median(times):.2f} ms a sentence, median of {len(times)}")


{"take": take, "train": train, "translate": translate, "greedy": greedy}[sys.argv[1]](*sys.argv[2:])
