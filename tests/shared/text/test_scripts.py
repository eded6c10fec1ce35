"""Words of many scripts: marks kept, and scripts without blanks cut."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest

from shared.tasks import get_task
from shared.tasks.tagging.codec import words_of
from shared.tasks.translation.tokenizers import joined, tokens
from shared.text.scripts import cut_note
from shared.text.tokens import tokenize
from shared.text.words.characters import Spelling

WHOLE = {
    "Hindi": "यह सूप बहुत गंदा था आज",
    "Hindi, joiners": "क्‍या रु. श्री‌मान",
    "Bengali": "আমি বাংলায় গান গাই",
    "Tamil": "தமிழ் மொழி நன்று",
    "Telugu": "తెలుగు భాష",
    "Sinhala": "ශ්‍රී ලංකාව",
    "Nepali, digits": "२०८१ साल",
    "Arabic, harakat": "مُحَمَّدٌ رَسُولُ",
    "Persian, joiner": "می‌خواهم بروم",
    "Hebrew, niqqud": "שָׁלוֹם עוֹלָם",
    "Turkish": "istanbul ırmağı güneş",
    "Yoruba": "ọ̀rẹ́ mi",
    "Vietnamese": "tiếng việt rất đẹp",
    "Lithuanian": "i̇́sakymas",
    "Korean": "데이터를 분석하는 사람",
    "Amharic": "ሰላም ልዑል",
    "Georgian": "გამარჯობა მსოფლიო",
    "full-width digits": "２０２１ １２",
}

CUT = {
    "我用Python写code": "我 用 python 写 code",
    "今天是2021年。": "今 天 是 2021 年 。",
    "データです": "デ ー タ で す",
    "お父さん、元気？": "お 父 さ ん 、 元 気 ？",
    "ｶﾞﾗｽ": "ｶﾞ ﾗ ｽ",
    "น้ำ กำลัง": "น้ำ กำ ลั ง",
    "ราคา ๒๕ บาท": "ร า ค า ๒๕ บ า ท",
    "ລາວນ້ຳ": "ລ າ ວ ນ້ຳ",
    "မြန်မာ": "မြ န် မာ",
    "大韓民國은 나라다": "大 韓 民 國 은 나라다",
    "don't 去 l'homme": "do n't 去 l ' homme",
}


@pytest.mark.parametrize("text", WHOLE.values(), ids=WHOLE)
def test_a_word_keeps_its_marks(text):
    words = text.replace(".", " .").split()
    assert tokenize(text) == words
    for form in ("NFC", "NFD"):
        same = unicodedata.normalize(form, text)
        assert tokenize(same) == tokenize(text)
        assert len(tokens(same)) == len(words_of(same)) == len(words)


@pytest.mark.parametrize(("text", "expected"), CUT.items())
def test_a_script_without_blanks_is_cut_into_characters(text, expected):
    assert tokenize(text) == expected.split()
    assert [word.lower() for word in words_of(text)] == tokenize(text)


@pytest.mark.parametrize(
    "text", ["यह गंदा था ।", "我爱 北京 。", "هل أنت هنا ؟"]
)
def test_words_that_are_cut_already_are_kept(text):
    assert words_of(text) == text.split(" ")


def test_a_file_of_texts_without_blanks_is_read_with_a_notice(tmp_path):
    rows = [f"{text}{n},{text}" for text in "好坏" for n in range(9)]
    path = tmp_path / "a.csv"
    path.write_text("text,label\n" + "\n".join(rows), encoding="utf-8")
    task = get_task("sentiment")
    dataset = task.load(replace(task.data, data=str(path)), 0)
    lines = task.summarize(dataset)
    assert lines[2:] == [
        "longest: 2 words; none is cut",
        "Han: written without blanks, so each character is read as a word",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1️⃣ ❤️", "1 \ufe0f \u20e3 ❤ \ufe0f"),
        ("यह 👍🏽", "यह 👍 🏽"),
        ("👨‍👩", "👨 \u200d 👩"),
        ("a \u0301b", "a \u0301 b"),
        ("यह_नहीं [x]...", "यह _ नहीं [ x ] ..."),
    ],
)
def test_signs_stay_alone_next_to_words_with_marks(text, expected):
    assert tokenize(text) == expected.split(" ")


def test_a_dotted_capital_is_the_letter_i():
    assert tokenize("İSTANBUL İnce I\u0307n") == ["istanbul", "ince", "in"]
    assert tokens("İstanbul'da") == tokens("istanbul'da")
    spelling = Spelling.learn([["İnce", "ince"]], 2, 4)
    assert spelling.words.words == ("ince",)


@pytest.mark.parametrize(
    "text",
    [
        "我用python写code。",
        "「データ」です、2つ!",
        "น้ำกำลังมา",
        "데이터를 분석, 그리고 私は.",
        "यह 'गंदा' था।",
        "le chat-là, l'ami 東京!",
    ],
)
def test_text_of_all_scripts_detokenizes(text):
    again = joined(tokens(text))
    assert tokens(again) == tokens(text)
    assert again.replace(" ", "") == text.replace(" ", "")
    assert ("写 " in again, "ー " in again, " ก" in again) == (False,) * 3


def test_characters_that_are_read_as_words_are_said():
    assert cut_note(["soup", "été", "यह", "데이터", "。", "!"]) == []
    (line,) = cut_note(["soup", "我", "ー", "カ"])
    assert line.startswith("Han, Katakana: written without blanks")
