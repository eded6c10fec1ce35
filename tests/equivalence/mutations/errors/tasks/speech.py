"""Speech: the joined strings, scores, and `transcribe`."""

STRINGS = "shared/tasks/audio/digit_strings.py"
DATASET = "shared/tasks/audio/string_dataset.py"
CODEC = "shared/tasks/audio/sound_codec.py"
SCORES = "shared/tasks/audio/word_errors.py"
SEGMENTS = "shared/tasks/audio/segmentation.py"
COMMAND = "comparisons/commands/trained/transcribe.py"

ERRORS = [
    (
        STRINGS,
        "joined",
        "data.max_digits + 1",
        "data.max_digits",
        "never the most digits",
    ),
    (
        STRINGS,
        "joined",
        "10.0 ** (rng.uniform(-LEVEL, LEVEL) / 20.0)",
        "10.0 ** (rng.uniform(-LEVEL, LEVEL) / 10.0)",
        "decibels of power applied to amplitudes",
    ),
    (
        STRINGS,
        "joined",
        "rng.integers(len(takes[digit]))",
        "0",
        "one take of each digit",
    ),
    (
        STRINGS,
        "draw_strings",
        "names[number % len(names)]",
        "names[0]",
        "one speaker",
    ),
    (
        STRINGS,
        "stacked",
        "-len(frames) % size",
        "len(frames) % size",
        "last frames repeated too often",
    ),
    (
        DATASET,
        "drawn_strings",
        "([seed, 7], [0, 8], [0, 9])",
        "([seed, 7], [seed, 8], [seed, 9])",
        "other test strings for each seed",
    ),
    (
        DATASET,
        "split_of",
        "string.digits + 1",
        "string.digits",
        "digit 0 in the place of the blank",
    ),
    (
        DATASET,
        "check_steps",
        "needed > len(frames)",
        "needed > len(frames) + 9",
        "strings accepted whose labels no path has",
    ),
    (
        CODEC,
        "encode",
        "(frames - mean) / deviation",
        "frames",
        "a sound of one's own not normalized",
    ),
    (
        CODEC,
        "decode",
        "beam or metadata['beam']",
        "metadata['beam']",
        "beam of the command ignored",
    ),
    (
        SCORES,
        "string_scores",
        "sum(map(len, spoken))",
        "sum(map(len, recognized))",
        "errors divided by the words of the hypothesis",
    ),
    (
        SCORES,
        "word_errors",
        "jiwer.process_words(references, hypotheses)",
        "jiwer.process_words(hypotheses, references)",
        "deletions and insertions exchanged",
    ),
    (
        SCORES,
        "word_errors",
        "max(size, extra)",
        "size",
        "insertions not counted",
    ),
    (
        SEGMENTS,
        "segments_of",
        "b - a >= SHORTEST",
        "b - a >= 1",
        "clicks taken for digits",
    ),
    (
        SEGMENTS,
        "segments_of",
        "closed(energy > low + SHARE * (high - low))",
        "energy > low + SHARE * (high - low)",
        "a digit cut in two at a short pause",
    ),
    (
        COMMAND,
        "texts_of",
        "answer['outputs'][:, :end]",
        "answer['outputs']",
        "padding of a sound decoded",
    ),
]
