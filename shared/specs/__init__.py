"""What is built, trained and run, as frozen records; and the shape letters.

Shape letters, the same in every comment of the project:

==  =========================  ==  ================================
B   batch                      K   outputs or classes
T   time steps                 V   vocabulary
D   input features             L   layers
H   hidden units               G   gates (RNN 1, MGU 2, ...)
N   examples                   S   steps per epoch
E   size of an embedding       H'  H, or 2H in both directions
C   characters of a word       P   what pooling over time leaves
Q   queries of attention       R   hypotheses that go on
U   labels of a sequence
==  =========================  ==  ================================

The batch always comes first. Only numpy arrays and these records cross a
border between packages.
"""

from shared.specs.cells import (
    CELLS,
    GATE_NAMES,
    GATES,
    IMPLS,
    IMPLS_OF,
    NATIVE_CELLS,
    NORM_EPSILON,
    NORM_SPANS,
    RECURRENT_WEIGHTS,
    STATE_NAMES,
    TABLE,
    WEIGHT_NAMES,
    cell_weights,
    step_names,
    step_weights,
)
from shared.specs.data import LABELS, PARTS, Array, Batch, Split, Weights
from shared.specs.model import (
    ATTENTIONS,
    AUTOREGRESSIVE,
    BIDIRECTIONAL_MODELS,
    CRF_WEIGHTS,
    INPUTS,
    LOSSES,
    POOLINGS,
    RAGGED_MODELS,
    STATEFUL_MODELS,
    ModelSpec,
)
from shared.specs.run import DEVICES, INITS, PRECISIONS, RunSpec
from shared.specs.train import (
    OPTIMIZERS,
    SCHEDULES,
    EpsilonPlaces,
    TrainSpec,
    cosine_training,
)
