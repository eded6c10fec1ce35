from itertools import groupby

from keras import ops


def ctc_collapse(path, blank):
    """The labels of a path: repetitions merged, then blanks dropped."""
    tokens = ops.convert_to_numpy(path).tolist()
    labels = [label for label, _ in groupby(tokens)]
    return [label for label in labels if label != blank]
