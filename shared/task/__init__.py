"""What a task defines, and the dataset that it loads."""

from shared.task.codecs import (
    Codec,
    FrameCodec,
    LabelCodec,
    LanguageModelCodec,
    Prediction,
    Seq2SeqCodec,
    SoundCodec,
)
from shared.task.dataset import Dataset, Scores, Splits, scores_of
from shared.task.examples import Examples, masked_means, means_of
from shared.task.metadata import Metadata, Size, Sizes, classes_of
from shared.task.task import Published, Task
