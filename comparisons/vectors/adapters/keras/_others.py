"""Attention and CTC of Keras: variables, and what computes outputs."""

import numpy as np
from keras import layers, ops


def luong(case):
    layer = layers.Attention(dropout=0.0)

    def forward(tensors):
        x, keys = tensors["x"], tensors["x"]
        if "attention.keys.weight" in tensors:
            keys = ops.matmul(x, tensors["attention.keys.weight"])
        query = ops.expand_dims(tensors["query"], 1)
        return attended(case, layer, query, x, keys)

    return [], forward


def bahdanau(case):
    """Dense layers without and with bias, then `AdditiveAttention`."""
    layer = layers.AdditiveAttention()
    shape = (None, None, case.hidden)
    layer.build([shape, shape, shape])
    name = "attention.score.weight"
    layer.scale.assign(case.arrays[name][:, 0])

    def forward(tensors):
        x, query = tensors["x"], ops.expand_dims(tensors["query"], 1)
        keys = ops.matmul(x, tensors["attention.keys.weight"])
        keys = keys + tensors["attention.keys.bias"]
        query = ops.matmul(query, tensors["attention.query.weight"])
        return attended(case, layer, query, x, keys)

    return [(name, [layer.scale])], forward


def attended(case, layer, query, x, keys):
    mask = [None, ops.convert_to_tensor(case.mask)]
    context, weights = layer(
        [query, x, keys], mask=mask, return_attention_scores=True
    )
    return {"context": context[:, 0], "weights": weights[:, 0]}


def ctc(case):
    labels = ops.convert_to_tensor(np.maximum(case.labels, 0), "int32")
    counts = ops.convert_to_tensor((case.labels >= 0).sum(1), "int32")
    ends = ops.convert_to_tensor(case.ends, "int32")

    def forward(tensors):
        nll = ops.ctc_loss(labels, tensors["x"], counts, ends)
        return {"nll": nll, "loss": ops.mean(nll)}

    return [], forward


OTHERS = {
    "attention-bahdanau": bahdanau,
    "attention-luong-dot": luong,
    "attention-luong-general": luong,
    "ctc": ctc,
}
