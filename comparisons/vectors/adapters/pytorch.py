"""PyTorch: nn.RNN, nn.GRU and nn.LSTM, attention, and CTC."""

from functools import partial

import torch
import torch.nn.functional as F
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

NAME, PRECISIONS = "PyTorch", ("float64", "float32", "bfloat16")
LAYERS = {
    "rnn-tanh": nn.RNN,
    "rnn-relu": partial(nn.RNN, nonlinearity="relu"),
    "gru-reset-after": nn.GRU,
    "lstm": nn.LSTM,
    "lstm-forget-bias": nn.LSTM,
}


def versions():
    return {"torch": torch.__version__}


def run(case):
    """Outputs and gradients of a case."""
    if case.kind not in LAYERS and case.kind not in OTHERS:
        raise NotImplementedError("PyTorch has no such layer")
    dtype = getattr(torch, case.dtype)
    tensors = {
        name: torch.tensor(a, dtype=dtype, requires_grad=True)
        for name, a in case.arrays.items()
    }
    outputs = OTHERS.get(case.kind, recurrent)(case, tensors)
    if "loss" not in outputs:
        array = partial(torch.tensor, dtype=dtype)
        outputs["loss"] = case.loss(outputs, array, torch.sum)
    outputs["loss"].backward()
    gradients = {name: t.grad for name, t in tensors.items()}
    return in_numpy(outputs), in_numpy(gradients)


def in_numpy(tensors):
    return {n: t.detach().double().numpy() for n, t in tensors.items()}


def recurrent(case, tensors):
    """All layers of the case are one of PyTorch, packed where ragged."""
    x, reverse = tensors["x"], case.directions == "reverse"
    layer = LAYERS[case.kind](
        *(x.shape[2], case.hidden, case.layers),
        bidirectional=case.directions == "bidirectional",
        batch_first=True,
        dtype=x.dtype,
    )
    parameters = dict(weights(case, tensors))
    layer._flat_weights = [parameters[n] for n in layer._flat_weights_names]
    state = [tensors[f"initial.{n}"] for n in case.initial_state or ()]
    x = in_reverse(x, case) if reverse else x
    if case.lengths is not None:
        ends = torch.tensor(case.lengths)
        x = pack_padded_sequence(x, ends, True, enforce_sorted=False)
    given = tuple(state) if len(state) > 1 else (*state, None)[0]
    y, last = layer(x, given)
    if case.lengths is not None:
        steps = case.mask.shape[1]
        y, _ = pad_packed_sequence(y, True, total_length=steps)
    y = in_reverse(y, case) if reverse else y
    last = last if isinstance(last, tuple) else (last,)
    return {"outputs": y, **dict(zip("hc", last))}


def weights(case, tensors):
    """PyTorch's names and tensors; a second bias of RNN and LSTM is 0."""
    for number, prefixes in enumerate(case.prefixes):
        for place, prefix in enumerate(prefixes):
            end = f"_l{number}{'_reverse' * place}"
            b = tensors[f"{prefix}b_ih"]
            yield f"weight_ih{end}", tensors[f"{prefix}w_ih"].T.contiguous()
            yield f"weight_hh{end}", tensors[f"{prefix}w_hh"].T.contiguous()
            yield f"bias_hh{end}", tensors.get(f"{prefix}b_hh", 0 * b.detach())
            added = torch.zeros_like(b)
            added[case.hidden : 2 * case.hidden] = case.forget_bias
            yield f"bias_ih{end}", b + added


def in_reverse(x, case):
    """Each sequence in reverse: PyTorch has no layer of that direction."""
    rows = [
        torch.cat([row[:end].flip(0), row[end:]])
        for row, end in zip(x, case.ends)
    ]
    return torch.stack(rows)


def luong(case, tensors):
    """The attention of PyTorch, its scores not divided by √H."""
    x = tensors["x"]
    keys = x @ tensors.get("attention.keys.weight", torch.eye(x.shape[2]).to(x))
    mask = torch.tensor(case.mask)[:, None]  # (B, 1, T)
    query = tensors["query"][:, None]
    context = F.scaled_dot_product_attention(query, keys, x, mask, scale=1.0)
    return {"context": context[:, 0]}


def ctc(case, tensors):
    log_probs = tensors["x"].log_softmax(2).transpose(0, 1)  # (T, B, K)
    labels, ends = torch.tensor(case.labels), torch.tensor(case.ends)
    counts = (labels >= 0).sum(1)
    nll = F.ctc_loss(log_probs, labels, ends, counts, reduction="none")
    return {"nll": nll, "loss": nll.mean()}


OTHERS = {
    "attention-luong-dot": luong,
    "attention-luong-general": luong,
    "ctc": ctc,
}
