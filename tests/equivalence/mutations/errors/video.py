"""Video: the encoder of frames, its losses, the moving digits, and scores."""

SPECS = "shared/specs/video.py"
REFERENCE = "shared/reference/convolution.py"
LOSSES = "shared/reference/losses.py"
FLOPS = "shared/weights/flops.py"
INIT = "shared/weights/init.py"
DIGITS = "shared/tasks/video/moving_digits.py"
DATASET = "shared/tasks/video/video.py"
SCORES = "shared/tasks/video/scores.py"
BASELINES = "shared/tasks/video/baselines.py"

ERRORS = [
    (
        SPECS,
        "map_side",
        "2 * PADDING",
        "PADDING",
        "zeros on one side of the maps only",
    ),
    (
        SPECS,
        "convolutions",
        "(second, last, 1)",
        "(second, last, 2)",
        "stride of 2 in the last convolution",
    ),
    (
        SPECS,
        "check_frames",
        "frame_side(size) ** 2 != size",
        "size < 0",
        "frames that are not square accepted",
    ),
    (
        REFERENCE,
        "conv",
        "'nhwikl,klio->nhwo'",
        "'nhwilk,klio->nhwo'",
        "kernel transposed",
    ),
    (
        REFERENCE,
        "patches",
        "windows[:, ::stride, ::stride]",
        "windows[:, stride - 1::stride, stride - 1::stride]",
        "strides that begin a pixel later",
    ),
    (
        REFERENCE,
        "encode",
        "np.maximum(sums + weights[name + 'bias'], 0.0)",
        "np.maximum(sums, 0.0) + weights[name + 'bias']",
        "bias added after the rectification",
    ),
    (
        REFERENCE,
        "encode",
        "maps[1].max(axis=3)",
        "maps[-1].max(axis=3)",
        "places of the last maps instead of the first",
    ),
    (
        REFERENCE,
        "encode_backward",
        "done.maps[number + 1] > 0.0",
        "done.maps[number + 1] >= 0.0",
        "gradient through rectified zeros",
    ),
    (
        REFERENCE,
        "encode_backward",
        "d_map + d_first",
        "d_map",
        "no gradient from the places",
    ),
    (
        REFERENCE,
        "conv_backward",
        "d_sums @ kernel[k, m].T",
        "d_sums @ kernel[m, k].T",
        "gradient through a transposed kernel",
    ),
    (
        LOSSES,
        "multi_task",
        "total += found",
        "total = found",
        "loss of the last head alone",
    ),
    (
        FLOPS,
        "frame_flops",
        "2 * side ** 2",
        "side ** 2",
        "additions of convolutions not counted",
    ),
    (
        INIT,
        "_he",
        "6.0",
        "3.0",
        "kernels drawn for units that are not rectified",
    ),
    (
        DIGITS,
        "move",
        "2 * (room + 1)",
        "2 * room",
        "wall places half as likely as others",
    ),
    (
        DIGITS,
        "move",
        "np.where(back, -1, 1)",
        "1",
        "direction that of the start, whatever the walls",
    ),
    (
        DIGITS,
        "move",
        "signs[:, :-1, None]",
        "signs[:, 1:, None]",
        "direction of the next frame",
    ),
    (
        DIGITS,
        "draw_motion",
        "data.max_speed + 1",
        "data.max_speed",
        "fastest speed never drawn",
    ),
    (
        DIGITS,
        "draw_motion",
        "data.room + 1",
        "data.room",
        "starts at the far walls never drawn",
    ),
    (
        DIGITS,
        "draw_digits",
        "part == 'validation'",
        "part == 'test'",
        "images of the training split in the validation split",
    ),
    (
        DIGITS,
        "targets",
        "motion.places[:, 1:]",
        "motion.places[:, :-1]",
        "position of this frame instead of the next",
    ),
    (
        DIGITS,
        "targets",
        "side - DIGIT",
        "side",
        "position from a point that is not the center",
    ),
    (
        DATASET,
        "load",
        "[0, 8]",
        "[seed, 8]",
        "validation videos that differ from seed to seed",
    ),
    (
        DATASET,
        "check_size",
        "size > limits.FRAMES",
        "size < 0",
        "more frames drawn than memory holds",
    ),
    (
        SCORES,
        "score",
        "UNIT * metrics.rmse(position, truth[:, 2:])",
        "metrics.rmse(position, truth[:, 2:])",
        "RMSE in units of the targets, not in pixels",
    ),
    (
        SCORES,
        "score",
        "outputs[:, -1]",
        "outputs[:, 0]",
        "first frame scored",
    ),
    (
        SCORES,
        "first_video",
        "dataset.test.x[0, -STRIP:]",
        "dataset.test.x[0, :STRIP]",
        "first frames shown with the last classes",
    ),
    (
        BASELINES,
        "baselines",
        "places + step",
        "places",
        "motion left out of the extrapolated position",
    ),
    (
        BASELINES,
        "centroids",
        "mass[:, None]",
        "mass.mean()",
        "centroids divided by the mean mass",
    ),
    (
        BASELINES,
        "cut_out",
        "corners[..., None] + DIGIT",
        "corners[..., None]",
        "digits cut out next to the centroid",
    ),
]
