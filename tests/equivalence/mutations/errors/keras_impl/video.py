"""The encoder of frames, and the model that reads its vectors."""

ENCODER = "keras_impl/frame_encoder.py"
MODEL = "keras_impl/video_model.py"
LOSSES = "keras_impl/losses.py"

ERRORS = [
    (
        ENCODER,
        "FrameEncoder.__init__",
        "activation='relu'",
        "activation=None",
        "maps that are not rectified",
    ),
    (
        ENCODER,
        "FrameEncoder.__init__",
        "layers.ZeroPadding2D(PADDING)",
        "layers.ZeroPadding2D(((0, 2), (0, 2)))",
        "all zeros at the end of the maps, as the padding 'same' of stride 2",
    ),
    (
        ENCODER,
        "FrameEncoder.call",
        "ops.max(maps, axis=(1, 2))",
        "ops.mean(maps, axis=(1, 2))",
        "mean of each map instead of its maximum",
    ),
    (
        ENCODER,
        "FrameEncoder.call",
        "[what, where]",
        "[where, what]",
        "parts of a vector in the wrong order",
    ),
    (
        MODEL,
        "VideoModel.call",
        "self.dropout(outputs)",
        "outputs",
        "no dropout before the head",
    ),
    (
        LOSSES,
        "multi_task",
        "classes[..., place]",
        "classes[..., 0]",
        "digits learned from the directions",
    ),
]
