"""What the page states of the machine and the kernels of its rows."""

from factories import records as made

from comparisons.analysis.loading import read_parts
from comparisons.report.provenance import kernel_paths


def test_kernels_are_those_of_each_row_where_rows_differ(tmp_path):
    kernels = {
        ("pytorch", "lstm", 0): "oneDNN",
        ("pytorch", "gru", 0): "ATen",
        ("pytorch", "gru", 1): "cuDNN 91900",
        ("keras", "lstm", 0): "tensorflow backend",
        ("keras", "gru", 0): "tensorflow backend",
        ("jax", "gru", 0): "",
    }
    runs = [made.run(*row, kernels=name) for row, name in kernels.items()]
    (part,) = read_parts([made.stored(tmp_path, runs)])
    assert sorted(kernel_paths(part.records)) == [
        "Keras: tensorflow backend",
        "PyTorch GRU: ATen and cuDNN 91900",
        "PyTorch LSTM: oneDNN",
    ]
