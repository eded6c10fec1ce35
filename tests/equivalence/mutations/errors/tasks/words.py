"""Shapes of words, word vectors, and word dropout, in NumPy."""

MODEL = "shared/reference/model.py"
SHAPES = "shared/text/words/shapes.py"
SPELLING = "shared/text/words/characters.py"
VECTORS, INIT, DROPOUT, CHECKS = (
    "shared/text/words/vectors.py",
    "shared/weights/init.py",
    "shared/batching/word_dropout.py",
    "shared/task/data_checks.py",
)

ERRORS = [
    (
        MODEL,
        "backward_pass",
        "d_vectors[..., -spec.shape_embedding_size :]",
        "d_vectors[..., : spec.shape_embedding_size]",
        "gradient of the word at the embedding of its shape",
    ),
    (
        SHAPES,
        "_kind",
        "character.isupper()",
        "character.istitle()",
        "capitals by another property",
        0,
        "letters of both cases in one, of which words have none",
    ),
    (
        SHAPES,
        "_runs",
        "min(LONGEST, len([*run]))",
        "1",
        "one capital and several alike",
    ),
    (
        SPELLING,
        "Spelling._spelt",
        "columns.insert(1, shapes[:, None])",
        "columns.append(shapes[:, None])",
        "shape after the characters",
    ),
    (
        VECTORS,
        "start_from",
        "found.rows + first",
        "found.rows",
        "vectors at the wrong words",
    ),
    (
        VECTORS,
        "_read",
        "place not in found",
        "True",
        "the last of a repeated word",
    ),
    (
        VECTORS,
        "_read",
        "recased.pop(place, None)",
        "None",
        "vector of another case before the own one",
        0,
    ),
    (
        VECTORS,
        "find_vectors",
        "[sha256_of(path), digest, code]",
        "[digest, code]",
        "vectors of another file from the cache",
    ),
    (
        INIT,
        "pretrained",
        'arrays["vector_rows"]',
        'arrays["vector_rows"] - 1',
        "rows of the embedding shifted by one",
    ),
    (
        DROPOUT,
        "drop_words",
        "dropped & (x[..., 0] > 0)",
        "dropped",
        "padding read as an unknown word",
    ),
    (
        DROPOUT,
        "drop_words",
        "[spec.seed, 4, epoch, number]",
        "[spec.seed, 4, number]",
        "the same words dropped in every epoch",
    ),
    (
        DROPOUT,
        "drop_words",
        "x.copy()",
        "x",
        "words of the data dropped for good",
        0,
        "rows of an array chosen by indices are a copy already",
    ),
    (
        CHECKS,
        "check_vectors",
        "model.embedding_size != size",
        "model.embedding_size > size",
        "vectors wider than the embedding",
    ),
]
