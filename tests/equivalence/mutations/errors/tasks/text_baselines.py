"""Baselines of texts: what they learn, and from which split."""

TEXTS = "shared/tasks/classification/baselines.py"
NAMES = "shared/tasks/classification/names.py"
TAGS = "shared/tasks/tagging/scores.py"
NGRAMS = "shared/tasks/language_modeling/ngrams.py"
PAIRS = "shared/tasks/translation/translate.py"
REPLIES = "shared/tasks/translation/chatbot.py"

ERRORS = [
    (
        TEXTS,
        "majority",
        "logits[1:] - logits[:1]",
        "logits[:1] - logits[1:]",
        "minority class in place of the majority",
    ),
    (
        TEXTS,
        "tfidf_logistic",
        "WordVocabulary.learn(train, min_count=2)",
        "WordVocabulary.learn(test, min_count=2)",
        "TF-IDF on the words of the test split",
    ),
    (
        TEXTS,
        "tfidf_logistic",
        "weigh.transform(_counts(test, vocabulary))",
        "weigh.fit_transform(_counts(test, vocabulary))",
        "document frequencies of the test split",
    ),
    (
        TEXTS,
        "tfidf_logistic",
        "min_count=2",
        "min_count=1",
        "TF-IDF on words that occur once",
    ),
    (
        TEXTS,
        "tfidf_logistic",
        "sublinear_tf=True",
        "sublinear_tf=False",
        "TF-IDF of counts without their logarithm",
    ),
    (TEXTS, "ngram_bayes", "alpha=0.1", "alpha=1.0", "Laplace smoothing"),
    (
        TEXTS,
        "ngram_bayes",
        "ngram_range=(1, 3)",
        "ngram_range=(1, 2)",
        "bigrams under the name of trigrams",
    ),
    (
        TEXTS,
        "ngram_bayes",
        "ngrams(f'^{t}$')",
        "ngrams(t)",
        "test names without their marked ends",
    ),
    (
        NAMES,
        "baselines",
        "dataset.train.y",
        "dataset.test.y",
        "majority class of the test split",
    ),
    (
        TAGS,
        "baselines",
        "Counter(tags).most_common(1)[0][0]",
        "Counter(dataset.test.y[mask].tolist()).most_common(1)[0][0]",
        "majority tag of the test split",
    ),
    (
        TAGS,
        "most_frequent_tags",
        "lower.get(word.lower(), majority)",
        "majority",
        "no fallback to the lower-case form",
    ),
    (
        TAGS,
        "most_frequent_tags",
        "c.most_common(1)[0][0]",
        "c.most_common()[-1][0]",
        "the rarest tag of each word",
    ),
    (
        NGRAMS,
        "ngram_losses",
        "stream(dataset.train)",
        "stream(dataset.test)",
        "n-grams learned from the test split",
    ),
    (
        NGRAMS,
        "_advance",
        "found[-1:]",
        "found[:1]",
        "the context of a piece's first token from the wrong place",
    ),
    (
        NGRAMS,
        "losses",
        "counts + types * probs",
        "counts + probs",
        "Witten-Bell without the number of types",
    ),
    (
        NGRAMS,
        "losses",
        "np.where(contexts < 0, 0, order.totals[contexts]) + types",
        "np.where(contexts < 0, 0, order.totals[contexts]) + 1",
        "probabilities of n-grams that do not sum to 1",
    ),
    (
        NGRAMS,
        "baselines",
        "3 if dataset.metadata['unit'] == 'word' else 5",
        "5 if dataset.metadata['unit'] == 'word' else 3",
        "orders of words and of characters exchanged",
    ),
    (
        PAIRS,
        "nearest_neighbors",
        "jaccard.argmax()",
        "common.argmax()",
        "the sentence with the most common words, however long",
    ),
    (
        PAIRS,
        "by_lexicon",
        "lexicon.get(word, word)",
        "lexicon.get(word, '')",
        "unseen words left out in place of copied",
    ),
    (
        PAIRS,
        "by_lexicon",
        "2 * count / (source_counts[word] + target_counts[other])",
        "count",
        "lexicon of the most frequent words of all",
    ),
    (
        REPLIES,
        "baselines",
        "np.bincount(train, minlength=dataset.output_size) + 1.0",
        "np.bincount(test, minlength=dataset.output_size) + 1.0",
        "unigram of the test replies",
    ),
]
