"""Splits, windows, vocabularies, lengths, and padding."""

SPLITS = "shared/text/splits.py"
WORDS = "shared/text/word_vocabulary.py"
VOCABULARY = "shared/text/vocabulary.py"
CHARACTERS = "shared/text/word_characters.py"
TOKENS = "shared/text/tokens.py"
NAMES = "shared/tasks/classification/name_data.py"
TEXTS = "shared/tasks/classification/text_data.py"
LANGUAGE = "shared/tasks/language_modeling/data.py"
TAGS = "shared/tasks/tagging/data.py"
PAIRS = "shared/tasks/translation/data.py"
GROUPS = "shared/tasks/translation/splits.py"
CODEC = "shared/tasks/translation/codec.py"
TATOEBA = "shared/datasets/tatoeba.py"
REVIEWS = "shared/datasets/sentiment_corpora.py"

ERRORS = [
    (
        SPLITS,
        "_deal",
        "np.random.default_rng([seed, 4])",
        "np.random.default_rng([0, 4])",
        "split that ignores its seed",
    ),
    (
        SPLITS,
        "_deal",
        "len(items) >= LEAST",
        "len(items) > LEAST",
        "a class of the least size for training only",
    ),
    (
        SPLITS,
        "subset",
        "sorted(rows)",
        "range(count)",
        "first examples in place of a random subset",
    ),
    (
        SPLITS,
        "split_texts",
        "_rows(part_of[text] for text in texts)",
        "_rows(part_of[text] for text in sorted(texts))",
        "rows and splits in different order",
    ),
    (
        WORDS,
        "WordVocabulary.learn",
        "counts[order] >= min_count",
        "counts[order] > min_count",
        "known words need one occurrence more",
    ),
    (
        WORDS,
        "TRUNCATIONS",
        "offsets[1:] - lengths",
        "offsets[:-1]",
        "a long text loses its end, not its beginning",
    ),
    (
        WORDS,
        "WordVocabulary.indices",
        "self._index.get(word, UNKNOWN)",
        "self._index.get(word, PADDING)",
        "unknown words read as padding",
    ),
    (
        VOCABULARY,
        "Vocabulary.encode",
        "self._index.get(s, UNKNOWN)",
        "self._index.get(s, PADDING)",
        "unknown characters read as padding",
    ),
    (
        CHARACTERS,
        "ends_of",
        "word[len(word) - tail:]",
        "word[size - tail : size]",
        "a long word loses its end, not its middle",
    ),
    (
        TOKENS,
        "Tokens.take",
        "np.cumsum(lengths)",
        "np.cumsum(np.sort(lengths))",
        "texts that begin in the text before",
    ),
    (
        NAMES,
        "name_dataset",
        "Vocabulary(names['train'])",
        "Vocabulary(names['train'] + names['test'])",
        "characters of the test names in the vocabulary",
    ),
    (
        TEXTS,
        "text_dataset",
        "parts['train'].tokens",
        "parts['test'].tokens",
        "vocabulary of the test texts",
    ),
    (
        TEXTS,
        "_encode",
        "np.maximum(lengths, 1)",
        "np.full_like(lengths, width)",
        "padding read as part of a text",
    ),
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
        "np.full(count * steps, -1, np.int32)",
        "np.zeros(count * steps, np.int32)",
        "padding of the last window as a target",
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
    (
        REVIEWS,
        "carve",
        "own & once",
        "own",
        "a repeated text in training and in validation",
    ),
    (
        REVIEWS,
        "thin",
        "np.sort(chosen)",
        "np.arange(count)",
        "the first texts in place of equal class shares",
    ),
]
