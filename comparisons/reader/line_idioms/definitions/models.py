"""Why inputs, models, and generation are organized differently."""

MODELS = r"""
In Keras a mask makes the last state that of each sequence's end; in PyTorch
and JAX it is read from the outputs at the sequence's length.
    pooling.py final_hidden
With a mask the steps past the end are left out: in PyTorch and Keras they are
replaced first, reductions of JAX take where=.
    pooling.py mean_over_time max_over_time
A model is moved to the device in PyTorch; in Keras it is called once, since a
subclassed model has no weights before; in Flax it takes random streams.
    models.py build_model
Keras looks rows up in a weight, whose row of the padding is multiplied by 0;
PyTorch takes the padding's index, and in JAX no such step reaches the loss.
    inputs.py Embedding.__init__ Embedding.call
    inputs.py Embedding.call: learns
Maps have their channels first in PyTorch, last in Keras and Flax, whose "same"
padding differs from PyTorch's at stride 2: Keras pads by a layer of its own.
    frame_encoder.py FrameEncoder.__init__ FrameEncoder.call
Arguments that a constructor does not use: NNX hands one to each input.
    inputs.py Values.__init__
Keras repeats the cell of a CRF by layers.RNN; the model never calls it, so
that it is built here.
    crf.py CRF.__init__
The forward algorithm is a loop in PyTorch and lax.scan in JAX; Keras' RNN is
given a mask and freezes the state of the steps that it leaves out.
    crf.py log_partition
Scores are looked up by indices in PyTorch and JAX; in Keras they are products
with one-hot vectors, as TensorFlow's gradient of ops.take is a list of rows.
    crf.py path_scores
Viterbi's algorithm is a loop in PyTorch; Keras and JAX compile two scans, one
forward and one back. A scan of Keras returns arrays of one type: no pointers.
    crf.py best_tags viterbi
PyTorch divides by a number of booleans; Keras casts them to the type of the
outputs first.
    crf.py crf_nll
Values have one type in JAX, which does not convert them by itself.
    inputs.py Values.call
The table is the head's weight: one Parameter in PyTorch, its transpose in
Keras, and attend in Flax.
    language_model.py LanguageModel.logits
    seq2seq.py Seq2seq.logits
A layer first called within a loop has no weights yet in Keras, and is built
before.
    attention.py Bahdanau.__init__: build
    seq2seq.py Seq2seq.__init__: symbolic
Keras' list needs no nn.ModuleList or nnx.List; its layers have names.
    encoder_decoder.py Bridge.__init__
Keras' inputs are a dictionary; the vectors are what PyTorch and JAX compute
first.
    forecaster.py Forecaster.call
The state of stacked layers is a list in Flax, and has a type of its own in
PyTorch and Keras.
    seq2seq.py DecoderState
With tied weights PyTorch gives one Parameter two names; Keras and Flax take a
head that is a bias alone.
    seq2seq.py Seq2seq.__init__: self.head =
Weights are tied in the constructor in PyTorch; Keras prepares the cell that
decodes.
    seq2seq.py Seq2seq.__init__
Where attention feeds its result into the next step, PyTorch loops in Python,
JAX scans, and Keras repeats DecoderCell by layers.RNN.
    seq2seq.py Seq2seq.call Seq2seq.run_decoder
Each step may read its own prediction: PyTorch loops in Python, JAX scans a
step, and Keras repeats SamplingCell by layers.RNN.
    seq2seq.py Seq2seq.decode_with_scheduled_sampling
Dropout within a loop of Keras is drawn before it, so that it may be handed in.
    seq2seq.py Seq2seq.logits: dropout
Code and its copies have the same shape: PyTorch keeps the code and expands
it, Keras inserts the axis first.
    autoencoder.py Autoencoder.call
PyTorch and Flax name each weight by a path; Keras hands the weight itself on,
with its path.
    weights.py named_tensors native_names scratch_names
A matched GRU of Flax alone may lack a bias; a bias of PyTorch and Keras may
be part of another tensor.
    weights.py load_weights export_weights
JAX compiles a scan over 32 steps: texts of all lengths are filled up to
whole chunks, and the tokens of the prompt are inputs that are known.
    generation.py generate: length = 32
PyTorch generates token by token; Keras compiles one step, and JAX a chunk of
steps as one scan, whose arrays have one size.
    generation.py generate
A compiled function of JAX cannot branch on a value: it computes both and
chooses.
    generation.py sample: greedy|sampling.values|temperature == 0
    generation.py sample_keys: greedy|sampling.values|temperature == 0
PyTorch and JAX sort the scores; ops.top_k of Keras takes how many it returns.
    generation.py sample: count = |top_k\(|sort\(
Tensors of PyTorch are changed in place; those of Keras and JAX are made anew.
    generation.py sample: probs(\[.*\] =| /= |.*0\.0)
The steps of decoding in compiled functions: of the model in Keras, with it as
a cached argument in JAX; PyTorch calls the model's methods.
    decoding.py encode_sources advance teacher_forced_scores decode
A model is read step by step: PyTorch and JAX split the tokens, Keras takes
each by its index on the chosen device.
    decoding.py attention_maps
"""
