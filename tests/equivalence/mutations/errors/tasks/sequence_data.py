"""Windows of language models, tagged sentences, and pairs."""

LANGUAGE = "shared/tasks/language_modeling/data.py"
CHARACTERS = "shared/text/characters.py"
INDICES = "shared/batching/indices.py"
TAGS = "shared/tasks/tagging/data.py"
PAIRS = "shared/tasks/translation/data.py"
GROUPS = "shared/tasks/translation/splits.py"
CODEC = "shared/tasks/translation/codec.py"
TATOEBA = "shared/datasets/tatoeba.py"

ERRORS = [
    (
        LANGUAGE,
        "windows",
        "tokens[1 : end + 1]",
        "tokens[:end]",
        "a language model sees the token that it predicts",
    ),
    (
        LANGUAGE,
        "windows",
        "np.full(count * steps, -1, tokens.dtype)",
        "np.zeros(count * steps, tokens.dtype)",
        "padding of the last window as a target",
    ),
    (
        CHARACTERS,
        "index_type",
        "np.min_scalar_type(-max(size, 1))",
        "np.min_scalar_type(size)",
        "indices of a text in a type without -1",
    ),
    (
        CHARACTERS,
        "EncodedText.used",
        "self.points[flags]",
        "self.points",
        "the vocabulary of a text that is not used",
    ),
    (
        CHARACTERS,
        "encode_blocks",
        "length = end",
        "length = len(codes)",
        "all blocks of a text but its last written over",
    ),
    (
        INDICES,
        "as_indices",
        "array.astype(np.int32)",
        "array",
        "a model reads indices of 8 bits",
    ),
    (
        LANGUAGE,
        "_tokens",
        "text.indices.copy()",
        "text.indices",
        "validation and test, one text, renumbered twice",
    ),
    (
        LANGUAGE,
        "word_dataset",
        "np.bincount(numbers['train'], minlength=len(words))",
        "np.bincount(indices, minlength=len(words))",
        "vocabulary of all splits",
    ),
    (
        LANGUAGE,
        "_dataset",
        "windows(tokens['test'], steps, padded=True)",
        "windows(tokens['test'], steps, padded=False)",
        "the last words of the test split not scored",
    ),
    (
        TAGS,
        "_unseen",
        "tokens['train']",
        "tokens['validation']",
        "words unseen in validation, not in training",
    ),
    (
        TAGS,
        "_windows",
        "range(0, len(words), size)",
        "range(0, len(words) - size + 1, size)",
        "the rest of a long sentence lost",
    ),
    (
        TAGS,
        "_encode",
        "np.full(mask.shape, -1, np.int32)",
        "np.zeros(mask.shape, np.int32)",
        "padding tagged with the first class",
    ),
    (
        PAIRS,
        "pair_dataset",
        "zip(*parts['train'], strict=True)",
        "zip(*groups, strict=True)",
        "vocabularies of all splits",
    ),
    (
        PAIRS,
        "pair_dataset",
        "targets[0]",
        "targets[-1]",
        "last reference as the target of validation and test",
    ),
    (
        GROUPS,
        "distinct_pairs",
        "group or pair[0]",
        "pair",
        "translations of one source in several splits",
    ),
    (
        GROUPS,
        "distinct_pairs",
        "0 < len(side) <= longest",
        "0 < len(side) < longest",
        "sentences of the maximal length left out",
    ),
    (
        CODEC,
        "encode_pairs",
        "[START, *target[:-1]]",
        "target",
        "the decoder sees the token that it predicts",
    ),
    (
        CODEC,
        "encode_pairs",
        "list(map(len, sources))",
        "list(map(len, targets))",
        "lengths of the targets as those of the sources",
    ),
    (
        CODEC,
        "encode_pairs",
        "[*target_tokens(target), END]",
        "[*target_tokens(target)]",
        "targets without an end",
    ),
    (
        TATOEBA,
        "parts_of",
        "order[held : 2 * held]",
        "order[:held]",
        "the test groups are those of validation",
    ),
]
