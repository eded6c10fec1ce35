"""Files of other libraries: gate orders, transposes, biases, directions."""

LAYOUTS = "comparisons/export/layouts.py"
LAYERS = "comparisons/export/layers.py"
GRAPH = "comparisons/export/onnx_graph.py"
NODES = "comparisons/export/onnx_nodes.py"
MODEL = "comparisons/export/model.py"

ERRORS = [
    (LAYOUTS, "KERAS", "'zrn'", "'rzn'", "the GRU of Keras with r before z"),
    (LAYOUTS, "KERAS", "'ifgo'", "'ifog'", "the LSTM of Keras with o before c"),
    (LAYOUTS, "PYTORCH", "'ifgo'", "'iofg'", "the gates of ONNX in PyTorch"),
    (LAYOUTS, "NNX", "'rzn'", "'zrn'", "the GRU of NNX with z before r"),
    (LAYOUTS, "ONNX", "'iofg'", "'ifgo'", "the LSTM of ONNX as PyTorch's"),
    (LAYOUTS, "ONNX", "'zrn'", "'rzn'", "the GRU of ONNX with r before z"),
    (
        LAYOUTS,
        "KERAS",
        "('b_ih', 'b_hh')",
        "('b_hh', 'b_ih')",
        "the rows of the GRU's bias swapped",
    ),
    (
        LAYOUTS,
        "THREE",
        "('b_ih', 'b_hh')",
        "('b_hh', 'b_ih')",
        "the biases of ONNX swapped",
    ),
    (
        LAYOUTS,
        "PYTORCH",
        "transposed=True",
        "transposed=False",
        "matrices of PyTorch not transposed",
    ),
    (
        LAYOUTS,
        "to_canonical",
        "biases[0] + biases[1]",
        "biases[0]",
        "the second bias of an LSTM dropped",
    ),
    (
        LAYOUTS,
        "_canonical",
        "np.argsort(_order(layout, cell))",
        "_order(layout, cell)",
        "the order of gates applied twice, not undone",
    ),
    (
        LAYOUTS,
        "stored_name",
        "both * (1 + reverse)",
        "both * (2 - reverse)",
        "the two directions swapped",
    ),
    (
        LAYERS,
        "_natural",
        "(int(p), '')",
        "(0, p)",
        "layer 10 before layer 9",
    ),
    (
        GRAPH,
        "OPERATORS",
        "'linear_before_reset': 1",
        "'linear_before_reset': 0",
        "the reset gate before the product",
    ),
    (
        GRAPH,
        "recurrent",
        "'' if stateful else 'lengths'",
        "''",
        "the reverse direction begins in the padding",
    ),
    (
        NODES,
        "mean",
        "graph.add('Cast', 'lengths', to=1)",
        "graph.add('Cast', graph.add('Shape', outputs, end=1), to=1)",
        "the mean over the padding too",
    ),
    (
        MODEL,
        "untied",
        "weights['embedding.table'].T",
        "weights['embedding.table']",
        "tied weights not transposed",
    ),
]
