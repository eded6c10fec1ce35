"""Sounds and music: their splits and features."""

MUSIC = "shared/tasks/audio/music.py"
DIGITS = "shared/tasks/audio/digits.py"
SPEECH = "shared/tasks/audio/speech_data.py"
RECORDINGS = "shared/tasks/audio/recordings.py"
SOUNDS = "shared/tasks/audio/sound_folder.py"

ERRORS = [
    (
        MUSIC,
        "_split",
        "(piece[:-1], piece[1:])",
        "(piece[:-1], piece[:-1])",
        "a model of music sees the frame that it predicts",
    ),
    (
        MUSIC,
        "_split",
        "np.full(shape, -1, np.int8)",
        "np.zeros(shape, np.int8)",
        "silence past the end of a piece as a target",
    ),
    (
        DIGITS,
        "load",
        "np.concatenate(frames['train'])",
        "np.concatenate([one for part in frames.values() for one in part])",
        "normalized by the statistics of all splits",
    ),
    (
        DIGITS,
        "load",
        "list(map(len, energies))",
        "[longest] * len(energies)",
        "padding read as part of a recording",
    ),
    (
        SPEECH,
        "split_recordings",
        "r.take < VALIDATION_TAKES",
        "r.take <= VALIDATION_TAKES",
        "a take in training and in validation",
    ),
    (
        SPEECH,
        "centered",
        "energies.mean(axis=0)",
        "energies.mean()",
        "one mean for all bands",
    ),
    (
        RECORDINGS,
        "parts_of",
        "sounds[row].digest",
        "str(row)",
        "one recording in the training and the test part",
    ),
    (
        RECORDINGS,
        "parts_of",
        "'train' if 'test' in given else 'test'",
        "'test'",
        "training recordings scored with those of the test folder",
    ),
    (
        RECORDINGS,
        "first_of_each",
        "seen[label] <= count",
        "len(kept) < count",
        "training recordings limited over all classes together",
    ),
    (
        SOUNDS,
        "read_folder",
        "decode_sound(f'{folder}: {name}', content, RATE)",
        "decode_sound(f'{folder}: {name}', content, 8000)",
        "features made at a rate that the samples do not have",
    ),
    (
        SOUNDS,
        "read_folder",
        "above[0]",
        "above[-1]",
        "the nearest folder as the class in place of the first",
    ),
    (
        "shared/files/folder.py",
        "digest_of",
        "f'{content}  {name}\\n'.encode()",
        "content.encode()",
        "a renamed class taken for the same data",
    ),
]
