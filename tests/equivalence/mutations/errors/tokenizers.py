"""Tokenizers: what cuts a text, and what a checkpoint keeps of it."""

OPTIONS, WORDS, SUBWORDS, STORED = (
    f"shared/text/tokenizers/{file}.py"
    for file in ("options", "words", "subwords", "stored")
)
SENTIMENT = "shared/tasks/classification/text_data.py"
TAGS = "shared/tasks/tagging/codec.py"
PAIRS, SENTENCES, SPLITS = (
    f"shared/tasks/translation/{file}.py"
    for file in ("codec", "tokenizers", "splits")
)
FILES, FIELDS = "shared/files/user_file.py", "shared/fields.py"

ERRORS = [
    (
        WORDS,
        "nltk_words",
        "QUOTES.get(word, word)",
        "word",
        "quotation marks of NLTK that the text does not have",
    ),
    (
        WORDS,
        "spacy_words",
        "[t.text for t in cut(text) if not t.is_space]",
        "[t.text for t in cut(text)]",
        "blanks of spaCy as tokens",
    ),
    (
        SUBWORDS,
        "file_encoder",
        "add_special_tokens=False",
        "add_special_tokens=True",
        "special tokens of a file in every text",
    ),
    (
        STORED,
        "cut_by",
        "words(lower_text(text))",
        "words(text)",
        "words of a library in their case, not in that of the vocabulary",
    ),
    (
        STORED,
        "make_tokenizer",
        "learn_bpe(words, options.vocab_size)",
        "learn_bpe(words, 2 * options.vocab_size)",
        "another number of subwords than requested",
    ),
    (
        SENTIMENT,
        "text_dataset",
        "make_tokenizer(data, corpus.parts['train'].texts)",
        "make_tokenizer(data, corpus.parts['test'].texts)",
        "subwords learned of the test texts",
    ),
    (
        SENTIMENT,
        "encode",
        "metadata.get('tokenizer', {})",
        "{}",
        "a text cut otherwise than the data of its model",
    ),
    (
        TAGS,
        "encode",
        "words_of(text, metadata.get('tokenizer', SIMPLE))",
        "words_of(text)",
        "own text to tag cut otherwise than requested",
    ),
    (
        PAIRS,
        "encode",
        "tokens(text, metadata.get('tokenizer', SIMPLE))",
        "tokens(text)",
        "a source cut otherwise than those of training",
    ),
    (
        SENTENCES,
        "word_vocabulary",
        "n >= min_count and w not in SPECIAL",
        "n >= min_count",
        "a special token of a file twice in a vocabulary",
    ),
    (
        SENTENCES,
        "decoder",
        "join([words[token] for token in tokens if token > PAD]).split()",
        "[words[token] for token in tokens if token > PAD]",
        "subwords of a decoded sentence not joined",
    ),
    (
        SPLITS,
        "distinct_pairs",
        "(tokens(source, tokenizer), tokens(target, tokenizer))",
        "(tokens(source, tokenizer), tokens(target))",
        "targets cut by another tokenizer than sources",
    ),
    (
        FILES,
        "pinned",
        "sha256_of(path, folder_of)",
        "''",
        "a user's file not pinned by its content",
    ),
    (
        FILES,
        "named_file",
        "text.removeprefix(prefix) if text.startswith(prefix) else ''",
        "text.removeprefix(prefix)",
        "the name of a tokenizer taken for a file",
    ),
    (
        FIELDS,
        "check_choice",
        "value != p",
        "True",
        "a prefix without a file admitted",
    ),
]
