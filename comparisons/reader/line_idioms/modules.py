"""Idioms of modules and their constructors."""

from comparisons.reader.line_idioms.idiom import LineIdiom

MODULES = (
    LineIdiom(
        "Base class",
        r"class .*\(nn\.Module\)",
        r"class .*\((keras\.Model|layers\.Layer)\)",
        r"class .*\(nnx\.Module\)",
        "A module is an nn.Module in PyTorch and an nnx.Module in Flax; Keras "
        "distinguishes a Layer from a Model, which also has fit and predict.",
        "forecaster.py",
    ),
    LineIdiom(
        "The method that applies a module",
        r"def forward\(",
        r"def call\(",
        r"def __call__\(",
        "The method is forward in PyTorch, call in Keras, and __call__ in "
        "Flax; in all three a module is applied by calling it.",
        "forecaster.py",
    ),
    LineIdiom(
        "Constructor of the base class",
        r"super\(\)\.__init__\(\)",
        r"super\(\)\.__init__\(",
        "",
        "PyTorch and Keras register what is assigned to self, so the base "
        "class must be initialized first; an nnx.Module needs no such call.",
    ),
    LineIdiom(
        "Creating a parameter",
        r"nn\.Parameter\(",
        r"add_weight\(",
        r"nnx\.Param\(",
        "PyTorch wraps a tensor in nn.Parameter and Flax an array in "
        "nnx.Param; Keras creates the variable from a shape and the name of "
        "an initializer.",
        "scratch.py",
    ),
    LineIdiom(
        "A list of modules",
        r"nn\.Module(List|Dict)\(",
        "",
        r"nnx\.(List|Dict)\(",
        "Modules in a list or dictionary are found only in nn.ModuleList "
        "and nn.ModuleDict, or nnx.List and nnx.Dict; Keras also tracks "
        "plain ones.",
    ),
    LineIdiom(
        "Dropout",
        r"nn\.Dropout\(",
        r"layers\.Dropout\(",
        r"nnx\.Dropout\(",
        "nnx.Dropout needs a random stream. train() and eval() switch it in "
        "PyTorch and Flax, the argument training= in Keras.",
        "forecaster.py",
    ),
    LineIdiom(
        "Linear layer",
        r"nn\.Linear\(",
        r"layers\.Dense\(",
        r"nnx\.Linear\(",
        "nn.Linear and nnx.Linear are given their input size; a Dense layer "
        "infers it from its first input.",
        "forecaster.py",
    ),
    LineIdiom(
        "Embedding",
        r"nn\.Embedding\(|self\.table\(x\)",
        r'add_weight\(shape, "uniform"|ops\.take\(self\.table',
        r"nnx\.Embed\(|self\.table\(x\)",
        "An embedding is nn.Embedding or nnx.Embed; Keras looks rows up in "
        "a weight here, since layers.Embedding has sparse gradients on "
        "TensorFlow.",
    ),
    LineIdiom(
        "Initializing in place",
        r"nn\.init\.",
        "",
        "",
        "PyTorch's initializers overwrite a tensor in place; names that end "
        "in an underscore do so throughout.",
    ),
    LineIdiom(
        "Random keys",
        "",
        "",
        r"rngs\.params\(\)",
        "JAX has no global generator: each draw takes a key, here the next "
        "one of the stream params.",
    ),
    LineIdiom(
        "Input size",
        r"\b(step_size|head_size|last_size|spec\.input_size)\b|size: int",
        "",
        r"\b(step_size|head_size|last_size|spec\.input_size)\b"
        r"|size(: int| = \(s)",
        "PyTorch and Flax layers are given the size of their input; a Keras "
        "layer infers it when it is first called.",
    ),
    LineIdiom(
        "Size of the next layer",
        r"^ *size = .*hidden_size",
        "",
        r"^ *size = (spec\.hidden|last_size)",
        "The next layer reads what this one returns: PyTorch and Flax are "
        "given that size, Keras infers it.",
    ),
    LineIdiom(
        "Random streams",
        "",
        "",
        r"\brngs\b",
        "Flax modules take their random streams as the argument rngs; "
        "PyTorch has a global generator, Keras one in each Dropout layer.",
    ),
    LineIdiom(
        "Names of layers",
        "",
        r'name=f?"|name=name|"(encoder|decoder)"\)|name: str|for number in',
        "",
        "Keras gives layers names, which are part of the paths of their "
        "weights; PyTorch and Flax use the names of attributes.",
    ),
    LineIdiom(
        "The attribute input",
        "",
        r"\.input_layer\b",
        "",
        "A Keras layer has a property input already, so that the attribute "
        "has another name.",
    ),
    LineIdiom(
        "Training and evaluation mode",
        "",
        r"training=(None|training)",
        "",
        "Keras hands the mode through call; PyTorch and Flax store it in "
        "each module by train() and eval().",
    ),
    LineIdiom(
        "Inputs of a model",
        "",
        r'inputs: dict|inputs\["|inputs\.get\(|"x":',
        "",
        "A Keras model takes one structure of inputs, here a dictionary; "
        "PyTorch and Flax take separate arguments.",
    ),
)
