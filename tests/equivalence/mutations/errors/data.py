"""Splits, vocabularies, lengths, and the texts of classifiers."""

SPLITS = "shared/text/splits.py"
WORDS = "shared/text/words/vocabulary.py"
VOCABULARY = "shared/text/vocabulary.py"
CHARACTERS = "shared/text/words/characters.py"
TOKENS = "shared/text/tokens.py"
NAMES = "shared/tasks/classification/name_data.py"
TEXTS = "shared/tasks/classification/text_data.py"
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
