"""The tests nearest to a file of the three packages, by its name."""

from __future__ import annotations

EQUAL = "tests/equivalence/test_equivalence.py"
TRAININGS = "tests/equivalence/test_trainings.py"
DROPOUT = "tests/equivalence/test_dropout.py"
RECURRENT_DROPOUT = "tests/impl/test_recurrent_dropout.py"
SEEDS = "tests/equivalence/test_seeds.py"
LANGUAGE = "tests/equivalence/test_language_checks.py"
SEQ2SEQ = "tests/equivalence/test_seq2seq_checks.py"
GENERATION = "tests/impl/test_generation.py"
JAX_SETUP = "tests/impl/test_jax_setup.py"
DEVICE = "tests/impl/test_device.py"
BF16 = "tests/impl/test_bf16.py"
CUDNN = "tests/impl/test_jax_cudnn.py"
KERNELS = "tests/impl/test_kernels.py"
GRADIENTS = "tests/shared/reference/test_state_gradients.py"
UNROLLED = "tests/shared/reference/test_unroll.py"
SCORES = "tests/shared/scores -m 'not slow'"
TASKS = "tests/shared/tasks/test"
CHOSEN = "tests/runs/best/test_best_epoch.py -m 'not (jax or keras)'"
CRF = "tests/impl/test_crf.py"
EXPORT = (
    *("tests/export/test_layouts.py", "tests/export/test_files.py"),
    *(
        "tests/export/test_convert_command.py",
        "tests/export/test_export_scripts.py",
    ),
)
TIMED = "tests/runs/test_synchronization.py tests/impl/test_timed_loops.py"


NEAREST = {
    "jax_impl/attention": (SEQ2SEQ,),
    "jax_impl/autoencoder": (EQUAL, DROPOUT, "-k", "autoencoder"),
    "jax_impl/bptt": ("tests/impl/test_bptt.py",),
    "jax_impl/cells": (UNROLLED, JAX_SETUP, DROPOUT, RECURRENT_DROPOUT),
    "jax_impl/classifier": (EQUAL, DROPOUT, "-k", "classifier"),
    "jax_impl/crf": (CRF, EQUAL, "-k", "losses or crf or CRF"),
    "jax_impl/device": (JAX_SETUP, DEVICE, KERNELS, CUDNN),
    "jax_impl/decoding": (SEQ2SEQ, DROPOUT, "-k", "seq2seq"),
    "jax_impl/encoder_decoder": (SEQ2SEQ, DROPOUT, "-k", "seq2seq"),
    "jax_impl/export": EXPORT,
    "jax_impl/files": EXPORT,
    "jax_impl/forecaster": (DROPOUT, "-k", "forecaster"),
    "jax_impl/generation": (GENERATION, LANGUAGE, DROPOUT),
    "jax_impl/inputs": (DROPOUT, EQUAL),
    "jax_impl/language_model": (DROPOUT, LANGUAGE, "-k", "language"),
    "jax_impl/layer_norm": (EQUAL, "-k", "norm"),
    "jax_impl/speech_recognizer": (EQUAL, DROPOUT, "-k", "speech"),
    "jax_impl/losses": (EQUAL, SEQ2SEQ, LANGUAGE, TRAININGS),
    "jax_impl/models": (SEEDS, EQUAL),
    "jax_impl/optimizers": (TRAININGS, EQUAL, "-k", "reference or optimizers"),
    "jax_impl/pooling": (EQUAL, "-k", "classifier or pooling"),
    "jax_impl/recurrent": (CUDNN, JAX_SETUP, EQUAL, DROPOUT, LANGUAGE),
    "jax_impl/recurrent_dropout": (RECURRENT_DROPOUT,),
    "jax_impl/scratch": (UNROLLED, JAX_SETUP, RECURRENT_DROPOUT, DROPOUT),
    "jax_impl/seq2seq": (SEQ2SEQ, DROPOUT, "-k", "seq2seq"),
    "jax_impl/state_gradients": (GRADIENTS,),
    "jax_impl/stock_layers": EXPORT,
    "jax_impl/tagger": (DROPOUT, EQUAL, "-k", "tagger"),
    "jax_impl/tbptt": (LANGUAGE, DROPOUT, "-k", "language"),
    "jax_impl/training": (
        "tests/impl/test_training.py",
        SEEDS,
        DROPOUT,
        TRAININGS,
        SEQ2SEQ,
    ),
    "jax_impl/unroll": (UNROLLED,),
    "jax_impl/frame_encoder": (EQUAL, "-k", "video"),
    "jax_impl/video_model": (EQUAL, DROPOUT, "-k", "video"),
    "jax_impl/weights": (JAX_SETUP, EQUAL),
}
"""Beginning of a file's path in a package -> what is run before the rest."""

WEIGHTS = "tests/impl/test_weights.py"
STEMS = {
    "attention": (SEQ2SEQ,),
    "autoencoder": (DROPOUT, EQUAL, "-k", "autoencoder"),
    "bptt": ("tests/impl/test_bptt.py",),
    "cells": (RECURRENT_DROPOUT, EQUAL, UNROLLED, DROPOUT, WEIGHTS),
    "classifier": (EQUAL, DROPOUT, "-k", "classifier"),
    "crf": (CRF, EQUAL, "-k", "losses or crf or CRF"),
    "decoding": (SEQ2SEQ, DROPOUT, "-k", "seq2seq"),
    "device": (DEVICE, BF16, KERNELS, SEEDS),
    "encoder_decoder": (SEQ2SEQ, DROPOUT, "-k", "seq2seq"),
    "export": EXPORT,
    "files": EXPORT,
    "forecaster": (EQUAL, TRAININGS, DROPOUT),
    "generation": (GENERATION,),
    "language_model": (DROPOUT, LANGUAGE, "-k", "language"),
    "layer_norm": (EQUAL, "-k", "norm"),
    "losses": ("tests/impl/test_losses.py", SEQ2SEQ, LANGUAGE),
    "speech_recognizer": (EQUAL, DROPOUT, "-k", "speech"),
    "optimizers": (TRAININGS,),
    "pooling": (EQUAL, "-k", "classifier or pooling"),
    "recurrent": (EQUAL, DROPOUT),
    "recurrent_dropout": (RECURRENT_DROPOUT,),
    "scan": ("tests/impl/test_linear_recurrence.py",),
    "scratch": (WEIGHTS, RECURRENT_DROPOUT, EQUAL, UNROLLED, DROPOUT),
    "seq2seq": (SEQ2SEQ, DROPOUT, "-k", "seq2seq"),
    "state_gradients": (GRADIENTS,),
    "stock_layers": EXPORT,
    "tagger": (DROPOUT, EQUAL, "-k", "tagger"),
    "tbptt": (LANGUAGE,),
    "training": (
        "tests/impl/test_training.py",
        TRAININGS,
        SEEDS,
        SEQ2SEQ,
        LANGUAGE,
        EQUAL,
    ),
    "unroll": (UNROLLED,),
    "frame_encoder": (EQUAL, "-k", "video"),
    "video_model": (EQUAL, DROPOUT, "-k", "video"),
    "weights": (WEIGHTS, EQUAL),
}
"""File of a package -> the same, of PyTorch and Keras."""

NEAREST |= {
    f"{package}/{stem}": tests
    for package in ("pytorch_impl", "keras_impl")
    for stem, tests in STEMS.items()
}
