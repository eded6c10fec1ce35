"""The encoder of frames, and the model that reads its vectors."""

ENCODER = "jax_impl/frame_encoder.py"
MODEL = "jax_impl/video_model.py"
LOSSES = "jax_impl/losses.py"

ERRORS = [
    (
        ENCODER,
        "FrameEncoder.__init__",
        "padding=PADDING",
        "padding='SAME'",
        "one zero less before the maps at stride 2",
    ),
    (
        ENCODER,
        "FrameEncoder.__call__",
        "nnx.relu(conv(maps))",
        "conv(maps)",
        "maps that are not rectified",
    ),
    (
        ENCODER,
        "FrameEncoder.__call__",
        "maps.max(axis=(1, 2))",
        "maps.mean(axis=(1, 2))",
        "mean of each map instead of its maximum",
    ),
    (
        ENCODER,
        "FrameEncoder.__call__",
        "[what, where]",
        "[where, what]",
        "parts of a vector in the wrong order",
    ),
    (
        MODEL,
        "VideoModel.__call__",
        "self.dropout(outputs)",
        "outputs",
        "no dropout before the head",
    ),
    (
        LOSSES,
        "multi_task",
        "classes[..., 1]",
        "classes[..., 0]",
        "digits learned from the directions",
    ),
]
