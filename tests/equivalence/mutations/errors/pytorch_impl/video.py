"""The encoder of frames, and the model that reads its vectors."""

ENCODER = "pytorch_impl/frame_encoder.py"
MODEL = "pytorch_impl/video_model.py"
LOSSES = "pytorch_impl/losses.py"
WEIGHTS = "pytorch_impl/weights.py"

ERRORS = [
    (
        ENCODER,
        "FrameEncoder.__init__",
        "nn.Conv2d(inputs, outputs, KERNEL, stride, PADDING)",
        "nn.Conv2d(inputs, outputs, KERNEL, stride, PADDING, bias=False)",
        "convolutions without a bias",
    ),
    (
        ENCODER,
        "FrameEncoder.forward",
        "F.relu(conv(maps))",
        "conv(maps)",
        "maps that are not rectified",
    ),
    (
        ENCODER,
        "FrameEncoder.forward",
        "maps.amax(dim=(2, 3))",
        "maps.mean(dim=(2, 3))",
        "mean of each map instead of its maximum",
    ),
    (
        ENCODER,
        "FrameEncoder.forward",
        "[what, where]",
        "[where, what]",
        "parts of a vector in the wrong order",
    ),
    (
        MODEL,
        "VideoModel.forward",
        "self.dropout(outputs)",
        "outputs",
        "no dropout before the head",
    ),
    (
        LOSSES,
        "multi_task",
        "F.cross_entropy(outputs[:, HEADS.digit], digit)",
        "F.cross_entropy(outputs[:, HEADS.digit], direction)",
        "digits learned from the directions",
    ),
    (
        WEIGHTS,
        "canonical_view",
        "tensor.permute(2, 3, 1, 0)",
        "tensor.permute(3, 2, 1, 0)",
        "height and width of the kernels swapped",
    ),
]
