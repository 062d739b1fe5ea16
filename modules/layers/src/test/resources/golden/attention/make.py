#!/usr/bin/env python3
"""Writes the golden values of attention: what PyTorch computes for small random cases.

    python3 make.py        # writes *.txt beside itself; needs torch

Each file has lines "name: shape: values", row after row:
  states [T, batch, queries], source [S, batch, features], their lengths, the parameters as
  torch.nn.Linear lays them out, weights [batch, T, S], y [T, batch, outputs], e the derivative of
  the loss with respect to y, d_<name> those of the rest.

Files named feeding-* have a cell below, x [T, batch, inputs] instead of states, and h0 [batch,
queries] (and c0) to begin in; the cell reads x and then the y before. Rows are read in the order
and blocks of torch.nn.LSTMCell and GRUCell.

On Debian 12: apt-get install python3-torch (1.13.1).
"""
import pathlib
import torch

T, S, BATCH, QUERIES, HIDDEN, OUTPUTS = 4, 5, 3, 3, 7, 6
STATE_LENGTHS = torch.tensor([4, 2, 3])
SOURCE_LENGTHS = torch.tensor([3, 5, 1])


def there(lengths, steps):
    return torch.arange(steps)[None, :] < lengths[:, None]


def score(name, h, s, layers):
    """[batch, T, queries], [batch, S, features] to [batch, T, S]"""
    if name == "dot":
        return h @ s.transpose(1, 2)
    if name == "general":
        return h @ layers["Wk"](s).transpose(1, 2)
    both = layers["Wq"](h)[:, :, None, :] + layers["Wk"](s)[:, None, :, :]
    return layers["v"](torch.tanh(both))[..., 0]


def write(name):
    torch.manual_seed(sum(map(ord, name)))
    features = QUERIES if name == "dot" else 5
    linear = lambda i, o: torch.nn.Linear(i, o, bias=False)
    layers = {"Wc": linear(features + QUERIES, OUTPUTS)}
    if name == "general":
        layers["Wk"] = linear(features, QUERIES)
    if name == "additive":
        layers.update(Wk=linear(features, HIDDEN), Wq=linear(QUERIES, HIDDEN), v=linear(HIDDEN, 1))
    states = torch.randn(T, BATCH, QUERIES, requires_grad=True)
    source = torch.randn(S, BATCH, features, requires_grad=True)
    h, s = states.transpose(0, 1), source.transpose(0, 1)
    masked = ~there(SOURCE_LENGTHS, S)[:, None, :]
    weights = torch.softmax(score(name, h, s, layers).masked_fill(masked, -torch.inf), -1)
    y = torch.tanh(layers["Wc"](torch.cat([weights @ s, h], -1)))
    valid = there(STATE_LENGTHS, T)[:, :, None]
    y, weights = (y * valid).transpose(0, 1), weights * valid
    e = torch.randn_like(y)
    y.backward(e)
    arrays = {"state_lengths": STATE_LENGTHS, "source_lengths": SOURCE_LENGTHS}
    arrays.update(states=states, source=source, weights=weights, y=y, e=e)
    arrays.update(d_states=states.grad, d_source=source.grad)
    for key, layer in layers.items():
        arrays.update({key: layer.weight, "d_" + key: layer.weight.grad})
    save(name, arrays)


def write_feeding(name, cell, score_name):
    torch.manual_seed(sum(map(ord, name)))
    inputs, features = 2, 5
    linear = lambda i, o: torch.nn.Linear(i, o, bias=False)
    layers = {"Wk": linear(features, QUERIES), "Wc": linear(features + QUERIES, OUTPUTS)}
    step = cell(inputs + OUTPUTS, QUERIES)
    x = torch.randn(T, BATCH, inputs, requires_grad=True)
    source = torch.randn(S, BATCH, features, requires_grad=True)
    begin = {"h0": torch.randn(BATCH, QUERIES, requires_grad=True)}
    if cell is torch.nn.LSTMCell:
        begin["c0"] = torch.randn(BATCH, QUERIES, requires_grad=True)
    state = tuple(begin.values()) if len(begin) > 1 else begin["h0"]
    s = source.transpose(0, 1)
    masked = ~there(SOURCE_LENGTHS, S)[:, None, :]
    valid = there(STATE_LENGTHS, T).transpose(0, 1)[:, :, None]
    fed, ys = torch.zeros(BATCH, OUTPUTS), []
    for t in range(T):
        state = step(torch.cat([x[t], fed], -1), state)
        h = (state[0] if len(begin) > 1 else state)[:, None, :]
        weights = torch.softmax(score(score_name, h, s, layers).masked_fill(masked, -torch.inf), -1)
        fed = torch.tanh(layers["Wc"](torch.cat([weights @ s, h], -1)))[:, 0]
        ys.append(fed)
    y = torch.stack(ys) * valid
    e = torch.randn_like(y)
    y.backward(e)
    arrays = {"state_lengths": STATE_LENGTHS, "source_lengths": SOURCE_LENGTHS}
    arrays.update(x=x, source=source, y=y, e=e, d_x=x.grad, d_source=source.grad, **begin)
    arrays.update({"d_" + key: value.grad for key, value in begin.items()})
    for key, layer in layers.items():
        arrays.update({key: layer.weight, "d_" + key: layer.weight.grad})
    for key, value in step.named_parameters():
        arrays.update({key: value, "d_" + key: value.grad})
    save(name, arrays)


def save(name, arrays):
    with open(pathlib.Path(__file__).parent / (name + ".txt"), "w") as out:
        for key, value in arrays.items():
            shape = " ".join(map(str, value.shape))
            values = " ".join("%.12g" % v for v in value.detach().flatten())
            out.write(f"{key}: {shape}: {values}\n")


torch.set_default_dtype(torch.float64)
for name in ["dot", "general", "additive"]:
    write(name)
write_feeding("feeding-lstm", torch.nn.LSTMCell, "general")
write_feeding("feeding-gru", torch.nn.GRUCell, "general")
