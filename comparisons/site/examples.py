"""Commands to start from, with what each does, by group of commands."""

EXAMPLES: dict[str, list[tuple[str, str]]] = {
    "Run": [
        (
            "compare.py --task sine",
            "Forecast the next value of a sine wave. Needs no download.",
        ),
        (
            "compare.py --task names",
            "Classify surnames by language. The data are downloaded once.",
        ),
        (
            "compare.py --task sentiment --preset quick",
            "Classify IMDB reviews; `--dataset sst2` reads short sentences.",
        ),
        (
            "compare.py --task tagging --char-encoder off",
            "Tag parts of speech by words alone; `--dataset wnut17` finds "
            "named entities.",
        ),
        (
            "compare.py --task charlm --dataset python",
            "Model the characters of Python's standard library; `--stateful "
            "off` resets the state in each window, `--data novel.txt` reads "
            "your own text.",
        ),
        (
            "compare.py --task wordlm --preset whole",
            "Model the words of all of WikiText-2; `--dataset ptb` reads a "
            "folder of yours.",
        ),
        (
            "compare.py --task translate --attention luong-dot --tokenizer bpe "
            "--max-length 20",
            "Translate English into French; `--dataset reverse` reverses "
            "digits and needs no file.",
        ),
        (
            "compare.py --task chatbot --preset quick",
            "Learn the next turn of a dialogue.",
        ),
        (
            "compare.py --task echo --sweep lag=1,5,10,20,50",
            "Measure how far back a cell remembers; `--sweep` takes any flag, "
            "and again for a second one.",
        ),
        (
            "compare.py --task adding --steps 600",
            "Add the two marked numbers of a long sequence.",
        ),
        (
            "compare.py --task copy --steps 1000",
            "Copy ten symbols after a pause.",
        ),
        (
            "compare.py --task seqmnist --permute on",
            "Classify handwritten digits row by row; `--preset paper` reads "
            "them pixel by pixel.",
        ),
        (
            "compare.py --task forecast --horizon 48 --multivariate on",
            "Forecast ETTh1; `--dataset wti`, `co2` or `sunspots` reads other "
            "series.",
        ),
        (
            "compare.py --task anomaly --error forecast",
            "Detect anomalies in the number of New York's taxi rides.",
        ),
        (
            "compare.py --task music --dataset nottingham",
            "Model the next chord of a piece, 88 keys.",
        ),
        (
            "compare.py --task digits --split speaker",
            "Classify the spoken digits of a held-out speaker.",
        ),
        (
            "compare.py --task sine --cells gru lstm --hidden-size 64 --seeds "
            "5",
            "Choose cells, sizes and seeds.",
        ),
        (
            "compare.py --task names --data people.csv --text-column name "
            "--label-column country",
            "Use your own data in place of the task's.",
        ),
        (
            "compare.py --task sine --match-parameters 20000",
            "Compare at equal numbers of parameters.",
        ),
        (
            "compare.py --task sine --frameworks jax jax-scan keras-torch",
            "Compare training loops and Keras backends.",
        ),
        (
            "compare.py --task sine --layers scratch",
            "Use the cells written from scratch.",
        ),
        (
            "compare.py --config run.toml --seeds 5",
            "Read flags from a TOML file; `--save-config run.toml` writes one.",
        ),
        (
            "compare.py list",
            "List tasks, frameworks and cells.",
        ),
        (
            "compare.py completion bash",
            "Print a completion script: `source <(compare.py completion "
            "bash)`.",
        ),
    ],
    "Look": [
        (
            "compare.py predict --checkpoint results/names/best/keras-gru "
            "--text Satoshi",
            "Predict label and probability; `--file` reads a text per line, "
            "`--format json` prints all probabilities.",
        ),
        (
            "compare.py generate --task charlm --framework jax --cell lstm "
            '--prompt "ROMEO:" --temperature 0.8',
            "Generate text, token for token the same in every framework.",
        ),
        (
            "compare.py generate --task music --framework jax --cell lstm",
            "Write a MIDI file.",
        ),
        (
            'compare.py translate --framework jax --cell gru --text "I am '
            'late." --beam 5',
            "Translate a sentence with the best trained model.",
        ),
        (
            "compare.py chat --framework keras --cell gru",
            "Talk to a chatbot; `/beam 3`, `/temperature 0.7`, `/history`, "
            "`/quit`.",
        ),
        (
            "compare.py inspect --task sine --framework keras --cell gru",
            "List every weight: symbol, shape, meaning.",
        ),
        (
            "compare.py study steps --task names --text Ivan",
            "Plot every gate and state at each time step of one example.",
        ),
        (
            "compare.py study neurons --checkpoint "
            "results/charlm/best/pytorch-lstm",
            "Find what single units follow in a text.",
        ),
        (
            "compare.py study attention --checkpoint "
            'results/translate/best/jax-gru --text "I am late."',
            "Plot the attention weights, the same in every framework.",
        ),
        (
            "compare.py study gradients --task echo",
            "Measure how far back in time gradients reach, before and after "
            "training.",
        ),
        (
            "compare.py code --task sine --cell lstm --part cell",
            "Show the code of the three frameworks; `--html` writes a page.",
        ),
    ],
    "Prove and measure": [
        (
            "compare.py verify",
            "Check every equivalence of frameworks against its limit.",
        ),
        (
            "compare.py score results/sine/best/jax-gru",
            "Score one trained model in every framework.",
        ),
        (
            "compare.py bench --task sine",
            "Time a training step against a minimal loop.",
        ),
        (
            "compare.py bench --task charlm",
            "The same at H = 128, 256 and 512, with GFLOP/s.",
        ),
        (
            "compare.py bench generation",
            "Time generation by length and batch, in characters per second.",
        ),
        (
            "compare.py bench attention",
            "Time training with each kind of attention, greedy and beam "
            "search.",
        ),
        (
            "compare.py bench padding",
            "Time padded and packed sequences of different lengths.",
        ),
    ],
    "Publish": [
        (
            "compare.py report docs/sine docs/names",
            "Write one report of several comparisons; `--against DIR` says "
            "what changed, `--format latex` prints the table.",
        ),
    ],
}
