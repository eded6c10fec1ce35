"""Records of models, trainings and runs, and the definition of a task."""

RUN, MODEL, TRAIN, DATASET, TASK = (
    f"shared/{file}.py"
    for file in (
        "specs/run",
        "specs/model",
        "specs/train",
        "task/dataset",
        "task/task",
    )
)

ERRORS = [
    (
        RUN,
        "RunSpec.__post_init__",
        "replace(self.train, seed=self.seed)",
        "self.train",
        "training of seed 0 whatever the run's seed",
    ),
    (
        RUN,
        "RunSpec.__post_init__",
        "replace(self.model, cell=self.cell, init=self.init)",
        "replace(self.model, cell=self.cell)",
        "kind of initialization ignored",
    ),
    (
        MODEL,
        "REFUSED",
        "BIDIRECTIONAL_MODELS",
        "tuple(LOSSES)",
        "bidirectional language model accepted: it sees its targets",
    ),
    (
        MODEL,
        "ModelSpec.padding_index",
        "('classifier', 'tagger')",
        "('classifier', 'tagger', 'language_model')",
        "first token of a language model taken for padding",
    ),
    (
        TRAIN,
        "TrainSpec.__post_init__",
        "self.weight_decay and self.optimizer != 'adamw'",
        "False",
        "weight decay silently ignored by other optimizers",
    ),
    (
        TRAIN,
        "TrainSpec.__post_init__",
        "self.clip_norm and self.clip_value",
        "False",
        "two clippings at once accepted",
    ),
    (
        TRAIN,
        "cosine_training",
        "clip_norm=1.0",
        "clip_value=1.0",
        "gradients of most tasks clipped by value, not by norm",
    ),
    (
        TRAIN,
        "cosine_training",
        "lr_schedule='cosine'",
        "lr_schedule='constant'",
        "constant learning rate in most tasks",
    ),
    (
        DATASET,
        "Dataset.validation_is_test",
        "np.array_equal(self.validation.x, self.test.x)",
        "False",
        "validation on the test split not reported",
    ),
    (
        DATASET,
        "Dataset.sizes",
        "(self.train, self.validation, self.test)",
        "(self.train, self.test, self.validation)",
        "sizes of test and validation swapped",
    ),
    (
        DATASET,
        "scores_of",
        "'test'",
        "'validation'",
        "baselines scored on the validation split",
    ),
    (
        TASK,
        "Task.validation_metric",
        "self.monitor[0] if self.monitor else self.metric",
        "self.metric",
        "early stopping by the test metric, not by the monitored one",
    ),
    (
        TASK,
        "Task.validation_better",
        "self.monitor[1] if self.monitor else self.better",
        "self.better",
        "direction of the test metric for the monitored one",
    ),
    (
        TASK,
        "Task.fetch",
        "not getattr(data, 'data', '')",
        "True",
        "data set downloaded though a file is given",
    ),
    (
        "shared/specs/run.py",
        "RunSpec.__post_init__",
        "train.label_smoothing and not model.smoothed",
        "False",
        "label smoothing of a loss that has no labels",
    ),
]
