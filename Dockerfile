# One stage for each extra, for the CPU, with the versions of published numbers:
#   docker build --target pytorch --tag rnn-comparisons:pytorch .
#   docker run --rm --volume "$PWD/results:/suite/results" \
#     rnn-comparisons:pytorch --task sine --preset quick
FROM python:3.11-slim AS core
# The index has PyTorch without CUDA, whose version counts as the higher one.
ENV PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_CONSTRAINT=/suite/constraints.txt \
    PIP_EXTRA_INDEX_URL=https://download.pytorch.org/whl/cpu
WORKDIR /suite
COPY pyproject.toml constraints.txt README.md LICENSE ./
COPY docs/schema ./docs/schema
COPY shared ./shared
COPY comparisons ./comparisons
COPY pytorch_impl ./pytorch_impl
COPY keras_impl ./keras_impl
COPY jax_impl ./jax_impl
RUN pip install --editable . \
    && useradd --create-home --uid 1000 reader \
    && mkdir results \
    && chown reader results

ENTRYPOINT ["compare.py"]
CMD ["--help"]

FROM core AS pytorch
RUN pip install --editable '/suite[pytorch]'
USER 1000

FROM core AS keras
RUN pip install --editable '/suite[keras]'
USER 1000

FROM core AS jax
RUN pip install --editable '/suite[jax]'
USER 1000

FROM core AS keras-jax
RUN pip install --editable '/suite[keras-jax]'
USER 1000

FROM core AS keras-torch
RUN pip install --editable '/suite[keras-torch]'
USER 1000

FROM core AS all
RUN pip install --editable '/suite[all]'
USER 1000
