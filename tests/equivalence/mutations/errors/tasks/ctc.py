"""The CTC loss in NumPy, and its decoding."""

TARGETS = "shared/specs/ctc.py"
BUCKETS = "shared/batching/buckets.py"
REFERENCE = "shared/reference/ctc.py"
DECODING = "shared/decoding/ctc.py"

ERRORS = [
    (
        TARGETS,
        "frames_needed",
        "labels[1:] == labels[:-1]",
        "labels[1:] < 0",
        "equal labels taken to need no blank between them",
    ),
    (
        TARGETS,
        "label_sequences",
        "n >= 0",
        "n >= -1",
        "padding counted as labels",
    ),
    (
        BUCKETS,
        "has_steps",
        "y.dtype != LABELS",
        "True",
        "labels of a sequence cut to the steps of a batch",
    ),
    (
        REFERENCE,
        "with_blanks",
        "2 * len(labels) + 1",
        "2 * len(labels)",
        "last blank left out",
    ),
    (
        REFERENCE,
        "with_blanks",
        "BLANK",
        "BLANK + 1",
        "blank at the wrong index",
    ),
    (
        REFERENCE,
        "forward_sums",
        "extended[2:] != extended[:-2]",
        "True",
        "skip between two equal labels",
    ),
    (
        REFERENCE,
        "forward_sums",
        "extended[2:] != BLANK",
        "True",
        "skip from blank to blank",
        0,
        "two blanks are always equal, which the other condition refuses",
    ),
    (
        REFERENCE,
        "forward_sums",
        "emitted[0, :2]",
        "emitted[0, :1]",
        "paths begin with a blank alone",
    ),
    (
        REFERENCE,
        "sequence_loss",
        "ahead[-1, -2:]",
        "ahead[-1, -1:]",
        "paths end in a blank alone",
    ),
    (
        REFERENCE,
        "sequence_loss",
        "ahead + behind - emitted",
        "ahead + behind",
        "probability of the frame counted twice",
    ),
    (
        REFERENCE,
        "ctc",
        "outputs[row, :frames]",
        "outputs[row]",
        "padding of the frames counted",
    ),
    (
        REFERENCE,
        "ctc",
        "gradient / len(outputs)",
        "gradient",
        "gradient of the sum, not of the mean",
    ),
    (
        DECODING,
        "greedy",
        "path[changes]",
        "path",
        "greedy decoding without merging repetitions",
    ),
    (
        DECODING,
        "greedy",
        "path[1:] != path[:-1]",
        "(path[1:] != path[:-1]) & (path[1:] != BLANK)",
        "blanks marked as no change",
        0,
        "blanks are dropped afterwards in either case",
    ),
    (
        DECODING,
        "greedy",
        "[int(k) for k in path[changes] if k != BLANK]",
        "[k for n, k in enumerate(path[path != BLANK].tolist()) "
        "if not n or k != path[path != BLANK][n - 1]]",
        "blanks dropped before repetitions are merged",
    ),
    (
        DECODING,
        "decode",
        "row[:end]",
        "row",
        "frames past the end decoded",
    ),
    (
        DECODING,
        "extend",
        "blank if last == (k,) else total",
        "total",
        "two equal labels without a blank between them",
    ),
    (
        DECODING,
        "extend",
        "grown[prefix][1] += label * frame[last[0]]",
        "pass",
        "a label that lasts several frames forgotten",
    ),
    (
        DECODING,
        "extend",
        "total * frame[BLANK]",
        "blank * frame[BLANK]",
        "no blank after a label",
    ),
    (
        DECODING,
        "extend",
        "grown[*prefix, k][1] += before * probability",
        "grown[*prefix, k][1] = max(grown[*prefix, k][1], "
        "before * probability)",
        "paths of one prefix not merged into a sum",
    ),
    (
        DECODING,
        "prefix_search",
        "-sum(grown[p])",
        "-grown[p][0]",
        "prefixes ranked by their paths that end in a blank",
    ),
    (
        DECODING,
        "prefix_search",
        "sum(grown[best[0]])",
        "1.0",
        "underflow over many frames",
    ),
]
