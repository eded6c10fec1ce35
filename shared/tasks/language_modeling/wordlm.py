"""Predict the next word of a text: articles of Wikipedia, newspapers."""

from dataclasses import dataclass, replace

from shared.datasets import wikitext2
from shared.datasets.corpora import WORDS
from shared.errors import SpecError
from shared.fields import check, count, from_zero, option
from shared.specs import ModelSpec, cosine_training
from shared.task import Dataset, Published
from shared.tasks.language_modeling import charlm
from shared.tasks.language_modeling.data import word_dataset


@dataclass(frozen=True)
class WordData:
    dataset: str = option("wikitext-2", "text", choices=tuple(WORDS))
    folder: str = option(
        "", "folder with the files of ptb, if they are not in the data folder"
    )
    bptt: int = count(
        35,
        "words T of a window, the length of truncated "
        "backpropagation through time",
    )
    train_words: int = from_zero(
        0, "training words to use, from the beginning; 0: all"
    )
    test_words: int = from_zero(
        0, "words of the validation and of the test split to use; 0: all"
    )

    def __post_init__(self) -> None:
        check(self)
        if self.folder and self.dataset != "ptb":
            raise SpecError(
                f"folder '{self.folder}' needs --dataset ptb, not "
                f"{self.dataset}"
            )


def load(data: WordData, seed: int) -> Dataset:
    corpus = WORDS[data.dataset](data.folder)
    return word_dataset(corpus, data.bptt, data.train_words, data.test_words)


GRAVE = "Grave et al. 2017"
ZAREMBA = "Zaremba et al. 2014"
BAI = "Bai et al. 2018, 13M parameters"
AWD = "Merity et al. 2018"

# From the word language model of PyTorch's examples, where the rate is divided
# by 4 whenever validation does not improve.
EXAMPLE = {
    "epochs": 40,
    "batch_size": 20,
    "optimizer": "sgd",
    "learning_rate": 20.0,
    "clip_norm": 0.25,
}

TASK = replace(
    charlm.TASK,
    name="wordlm",
    summary="next word of a text (language model)",
    model=ModelSpec(
        model="language_model",
        input="embedding",
        embedding_size=200,
        hidden_size=200,
        dropout=0.2,
        input_dropout=0.2,
        tie_weights=True,
    ),
    train=cosine_training(
        epochs=2, batch_size=32, learning_rate=2e-3, stateful=True
    ),
    data=WordData(),
    presets={
        "quick": {
            "model": {"embedding_size": 64, "hidden_size": 64},
            "train": {"learning_rate": 5e-3},
            "data": {"train_words": 100_000, "test_words": 20_000},
        },
        # All of WikiText-2 takes about ten minutes an epoch on two cores,
        # nearly all of it in the head: 33,278 words at each step.
        "standard": {"data": {"train_words": 500_000}},
        "whole": {},
        "example": {
            "model": {"num_layers": 2, "tie_weights": False},
            "train": EXAMPLE,
        },
        # Bai et al. 2018, table 3, of the LSTM on Penn Treebank: layers,
        # units, size of the embedding, dropout, clipping, rate. Not stated
        # there: batches, epochs, schedule, tied weights; theirs begins with a
        # forget bias of 1.
        "bai": {
            "model": {
                "embedding_size": 700,
                "hidden_size": 700,
                "num_layers": 3,
                "dropout": 0.4,
                "input_dropout": 0.4,
                "tie_weights": True,
            },
            "train": {**EXAMPLE, "learning_rate": 30.0, "clip_norm": 0.3},
            "data": {"dataset": "ptb", "bptt": 35},
        },
    },
    metric="perplexity",
    load=load,
    # The license of ptb is unclear: the user provides its files.
    fetchers={"wikitext-2": wikitext2.fetch},
    published=(
        Published("AWD-LSTM", 65.8, "perplexity", AWD, "wikitext-2"),
        Published("LSTM", 99.3, "perplexity", GRAVE, "wikitext-2"),
        Published("LSTM, not regularised", 114.5, "perplexity", ZAREMBA, "ptb"),
        Published("LSTM, medium", 82.7, "perplexity", ZAREMBA, "ptb"),
        Published("LSTM, large", 78.4, "perplexity", ZAREMBA, "ptb"),
        Published("LSTM", 78.93, "perplexity", BAI, "ptb"),
        Published("GRU", 92.48, "perplexity", BAI, "ptb"),
        Published("RNN", 114.50, "perplexity", BAI, "ptb"),
        Published("AWD-LSTM", 57.3, "perplexity", AWD, "ptb"),
    ),
)
