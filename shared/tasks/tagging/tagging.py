"""Tag each word of a sentence: parts of speech, or named entities."""

from shared.datasets.user.tagged import read_tags
from shared.exhibits.tagging import exhibits
from shared.files import user_file
from shared.specs import ModelSpec, cosine_training
from shared.task import Dataset, LabelCodec, Published, Task
from shared.tasks.tagging.codec import TagMetadata, decode, encode, metadata
from shared.tasks.tagging.data import READERS, TaggingData, tag_dataset
from shared.tasks.tagging.scores import (
    baselines,
    details,
    score,
    score_examples,
)
from shared.text.splits import split_sentences, subset
from shared.text.summary import summarize_texts, wrap_lines
from shared.text.words.vectors import adapt_width


def load(data: TaggingData, seed: int) -> Dataset:
    if data.data:
        sentences, notes = read_tags(data)
        rows = split_sentences(sentences, data.split_seed)
        parts = {
            part: [sentences[row] for row in own] for part, own in rows.items()
        }
        hashes = {}
    else:
        (parts, hashes), notes = READERS[data.dataset].load(), ()
    hashes = {**hashes, **user_file.hashes(data)}
    sizes = {"train": data.train_sentences}
    used = {
        part: subset(own, sizes.get(part, data.test_sentences), data.split_seed)
        for part, own in parts.items()
    }
    return tag_dataset(used, hashes, data, notes)


def summarize(dataset: Dataset) -> list[str]:
    metadata = dataset.metadata
    lines = summarize_texts(
        dataset, "sentences", "words", metadata["longest_of_all"]
    )
    if count := metadata["sentences_in_pieces"]:
        lines.append(
            f"{count:,} training sentences of more than {metadata['steps']} "
            "words are split"
        )
    return lines + wrap_lines(metadata["notes"])


INDICATIVE = "another release, only indicative"
DERCZYNSKI = "Derczynski et al. 2017"

TASK = Task(
    name="tagging",
    summary="tag of each word of a sentence (many-to-many labels)",
    model=ModelSpec(
        model="tagger",
        input="embedding",
        embedding_size=64,
        hidden_size=128,
        bidirectional=True,
        dropout=0.4,
        char_encoder=True,
    ),
    # Patience only restores the best epoch: entities are overfit.
    train=cosine_training(
        epochs=3, batch_size=32, learning_rate=5e-3, patience=3
    ),
    data=TaggingData(),
    presets={
        "quick": {
            # Half of what would be compiled is the character encoder.
            "model": {"char_encoder": False},
            "train": {"epochs": 2},
            "data": {"train_sentences": 2000, "test_sentences": 500},
        },
        "standard": {},
    },
    # A quarter of the sentences: half of these epochs validate worse.
    train_for={"wnut17": {"epochs": 12, "patience": 12, "learning_rate": 3e-3}},
    adapt=adapt_width,
    threads=1,
    metric="accuracy",
    better="higher",
    load=load,
    score=score,
    examples=score_examples,
    baselines=baselines,
    details=details,
    summarize=summarize,
    fetchers={name: reader.fetch for name, reader in READERS.items()},
    codec=LabelCodec(metadata, encode, decode, stored=TagMetadata),
    exhibits=exhibits,
    published=(
        Published(
            "bi-LSTM, words and characters, auxiliary loss",
            0.9640,
            "accuracy, mean over the languages of UD 1.2",
            f"Plank et al. 2016; {INDICATIVE}",
            "ewt",
        ),
        Published(
            "Stanza, bi-LSTM on pretrained vectors",
            0.9540,
            "UPOS F1 from raw text, EWT of UD 2.5",
            f"Qi et al. 2020; {INDICATIVE}",
            "ewt",
        ),
        Published(
            "UH-RiTUAL, first of the shared task",
            0.4186,
            "f1",
            f"{DERCZYNSKI}: BLSTM-CNN-CRF, pretrained vectors and gazetteers",
            "wnut17",
        ),
        Published(
            "Drexel-CCI, last of the shared task",
            0.2630,
            "f1",
            DERCZYNSKI,
            "wnut17",
        ),
        Published(
            "Flair, contextual character vectors",
            0.4959,
            "f1",
            "Akbik et al. 2019, after the shared task",
            "wnut17",
        ),
    ),
)
