"""Bytes that are no UTF-8: which encoding they are taken for, where statistics say little."""

from __future__ import annotations

from pathlib import Path

import pytest

from claimcheck.documents.decoding import decode
from claimcheck.documents.extracted import DocumentError
from tests.bench_encodings import cases, ours, wrong


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("It cost £500 million and €20 million, said the mayor’s office – 40 houses burned.\n", "cp1252"),
        ("He paid £5.", "cp1252"),
        ("Price: £1,200. “Yes,” he said.", "cp1252"),
        ("A naïve man left a café with 3 friends at 5° below zero, ½ of them in façade.", "latin-1"),
        ("Die Bürger zählten 30 Tote in München, über 40 Verletzte.", "cp1252"),
        ("Żółć gęślą jaźń w Łodzi było 30 osób", "cp1250"),
        ("Москва: 30 человек погибли в городе", "cp1251"),
        ("30 people: مقتل ثلاثين شخصا في حلب", "cp1256"),
    ],
)
def test_text_in_an_older_encoding_keeps_its_currencies_and_quotes(text: str, written: str) -> None:
    """A pound that is read as a letter is money lost, so what is mostly English is Windows-1252."""
    expected = "cp1252" if written == "latin-1" else written
    assert decode(Path("a.txt"), text.encode(written)) == (text, expected)


RUSSIAN = (
    "В результате обстрела города погибли 30 человек, ещё 45 были ранены. Об этом в среду сообщил "
    "представитель администрации области. В больницах остаются 12 пострадавших, в том числе трое детей."
)
UKRAINIAN = (
    "Унаслідок обстрілу міста загинули 30 людей, ще 45 дістали поранення. За словами речника, у лікарнях "
    "залишаються 12 постраждалих, зокрема троє дітей."
)
POLISH = (
    "W wyniku ostrzału miasta zginęło 30 osób, a 45 zostało rannych. Poinformował o tym w środę rzecznik "
    "urzędu wojewódzkiego. W szpitalach pozostaje 12 poszkodowanych. Sąd w Łodzi zażądał źródeł."
)
CZECH = (
    "Při ostřelování města zahynulo 30 lidí a dalších 45 bylo zraněno. Ve středu to oznámil mluvčí krajského "
    "úřadu. Podle něj zůstává v nemocnicích 12 postižených, mezi nimi tři děti. Škoda činí více než milion."
)
ENGLISH = "The paper put the toll at 30 and named the dead on its first page the day after the shelling: "


@pytest.mark.parametrize(
    ("text", "written"),
    [
        (RUSSIAN, "koi8-r"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "iso8859-5"),
        (RUSSIAN, "cp866"),
        ("Погибли 30 человек, ранены 45.", "koi8-r"),
        ("Москва, 3 мая 2016 года", "koi8-r"),
        ("Москва, 3 мая 2016 года", "cp1251"),
        (ENGLISH + "Погибли тридцать человек, ранены сорок пять.", "koi8-r"),
        (UKRAINIAN, "koi8-u"),
        (UKRAINIAN, "cp1251"),
        (POLISH, "cp1250"),
        (POLISH, "iso8859-2"),
        ("Ponad 500 mieszkańców Śląska straciło domy. Żołnierze przywieźli żywność.", "iso8859-2"),
        (CZECH, "cp1250"),
        (CZECH, "iso8859-2"),
        (
            "Kentin bombalanması sonucu 30 kişi öldü, 45 kişi de yaralandı. İstanbul'da ağır hasar var.",
            "iso8859-9",
        ),
        ("市への砲撃で30人が死亡し、45人が負傷した。州当局の報道官が水曜日に発表した。", "cp932"),
        ("该市遭炮击，造成30人死亡，另有45人受伤。州政府发言人星期三宣布了这一消息。", "gb18030"),
    ],
)
def test_the_language_of_a_text_tells_its_encoding(text: str, written: str) -> None:
    """Windows-1251 beside KOI8-R, Windows-1250 beside ISO-8859-2: read wrongly, every name is lost."""
    assert decode(Path("a.txt"), text.encode(written)) == (text, written)


@pytest.mark.parametrize(
    ("text", "written", "recorded"),
    [
        ("Slobodan Milošević was tried in The Hague.", "iso8859-2", "cp1250, perhaps iso8859-2"),
        (RUSSIAN, "mac-cyrillic", "mac-cyrillic, perhaps cp1251"),
    ],
)
def test_a_guess_that_may_be_wrong_says_what_else_it_may_be(text: str, written: str, recorded: str) -> None:
    """Encodings that share most letters, and too few of the others to tell which."""
    found, encoding = decode(Path("a.txt"), text.encode(written))
    assert encoding == recorded
    assert found[:13] == text[:13]


@pytest.mark.parametrize(
    ("data", "text"),
    [
        pytest.param(RUSSIAN.encode()[:-1] + b"\xd0", RUSSIAN[:-1] + ".\ufffd", id="cut off in a letter"),
        pytest.param(RUSSIAN.encode() + b" \x96 30", RUSSIAN + " \ufffd 30", id="one stray byte"),
    ],
)
def test_utf_8_with_a_damaged_character_stays_utf_8(data: bytes, text: str) -> None:
    """Taken for another encoding because of it, the whole text would be unreadable."""
    found, encoding = decode(Path("a.txt"), data)
    assert encoding == "utf-8, undecodable bytes replaced"
    assert found.replace(".", "") == text.replace(".", "")


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(DocumentError, match="save it as UTF-8"):
        decode(Path("a.txt"), bytes(range(256)) * 40)


KNOWN = {
    "el cp1253 after English", "el iso8859-7 after English", "ar cp1256 after English", "lt cp1257 40",
    "tr iso8859-9 after English", "tr cp1254 after English",
}  # fmt: skip


def test_texts_of_many_languages_come_back_as_they_were() -> None:
    """Twenty-two languages in thirty-odd encodings; a page of English with a little else is the hard one."""
    assert len(list(cases())) > 130
    assert set(wrong(ours)) <= KNOWN
