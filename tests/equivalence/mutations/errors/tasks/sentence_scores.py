"""Scores of translations, replies, tags, and generated texts."""

PAIRS = "shared/tasks/translation/scores.py"
BLEU = "shared/tasks/translation/bleu.py"
TAGS = "shared/tasks/tagging/scores.py"
ENTITIES = "shared/tasks/tagging/entities.py"
REPLIES = "shared/tasks/translation/chatbot.py"

ERRORS = [
    (
        BLEU,
        "text_scores",
        "(words, all_words[:1])",
        "(words, all_words)",
        "BLEU against all references as BLEU against one",
    ),
    (
        BLEU,
        "sacrebleu_metrics",
        "bleu(tokenize='13a')",
        "bleu(tokenize='none')",
        "BLEU (13a) without its tokenizer",
    ),
    (
        BLEU,
        "sacrebleu_metrics",
        "partial(BLEU, lowercase=True, force=True)",
        "partial(BLEU, lowercase=True, force=True, effective_order=True)",
        "BLEU leaves out the orders without a match",
    ),
    (
        BLEU,
        "sacrebleu_metrics",
        "CHRF(lowercase=True)",
        "CHRF(lowercase=True, word_order=2)",
        "chrF++ in place of chrF",
    ),
    (
        PAIRS,
        "token_scores",
        "outputs.losses[mask].mean()",
        "outputs.losses.mean()",
        "perplexity of translations over padding",
    ),
    (
        PAIRS,
        "token_scores",
        "outputs.hits[mask].mean()",
        "outputs.hits.mean()",
        "token accuracy over padding",
    ),
    (
        BLEU,
        "exact_matches",
        "tuple(words) in targets",
        "tuple(words) == targets[0]",
        "exact match with the first reference only",
    ),
    (
        PAIRS,
        "by_length",
        "np.argsort(lengths, kind='stable')",
        "np.arange(len(lengths))",
        "groups of length in the order of the rows",
    ),
    (
        PAIRS,
        "by_length",
        "targets[row][0]",
        "decoded[row]",
        "BLEU by length of the translations against themselves",
    ),
    (
        REPLIES,
        "score",
        "distinct(decoded, 2)",
        "distinct(decoded, 1)",
        "distinct-1 as distinct-2",
    ),
    (
        TAGS,
        "score",
        "(outputs[y >= 0], y[y >= 0])",
        "(outputs.reshape(-1, outputs.shape[-1]), y.reshape(-1))",
        "tagging accuracy counts padding as wrong",
    ),
    (
        TAGS,
        "score",
        "metrics.accuracy(outputs[unseen], y[unseen])",
        "accuracy",
        "accuracy of all words as that of unseen ones",
    ),
    (
        TAGS,
        "details",
        "(('in training', ~unseen), ('unseen', unseen))",
        "(('in training', unseen), ('unseen', ~unseen))",
        "seen and unseen words exchanged",
    ),
    (
        ENTITIES,
        "_strict",
        "by_strategy['strict']",
        "by_strategy['ent_type']",
        "F1 of entities that only overlap",
    ),
    (
        ENTITIES,
        "entity_scores",
        "(truth, predicted)",
        "(predicted, truth)",
        "precision and recall of entities exchanged",
    ),
    (
        ENTITIES,
        "tags_of",
        "row[:length]",
        "row",
        "padding tagged as part of a sentence",
    ),
]
