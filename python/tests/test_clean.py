"""One document: what comes back, and what is refused."""

import json
import pickle
import threading
import time
from pathlib import Path

import gleaner
import pytest

PAGE = (
    "<title>Rain</title><nav><a href='/'>Home</a></nav><article><h1>Rain in the harbour</h1>"
    "<p>It rained all night in the old harbour, and none of the boats went out to sea.</p>"
    "<p>In the morning the square stood under water as far as the steps of the church.</p></article>"
)
RULES = '[horn]\ncategory = "advert"\nsummary = "s"\nline = ["toot toot"]\ncuts = ["Toot toot"]\n'


def test_a_page_becomes_text_and_fields():
    document = gleaner.clean(PAGE, url="https://news.example/rain", source="rain.html", date="2024-05-01")
    assert document.text.startswith("It rained all night") and document.text.endswith("of the church.")
    assert (document.title, document.language, document.kind) == ("Rain in the harbour", "en", "html")
    assert (document.url, document.source) == ("https://news.example/rain", "rain.html")
    assert document.created == "2024-05-01T00:00:00Z"
    assert isinstance(document.authors, list) and document.site is None


def test_what_goes_is_told_with_its_reason():
    document = gleaner.clean(PAGE)
    gone = {removed.text: (removed.verdict, removed.rule, removed.field) for removed in document.removed}
    assert gone["Home"][0] == "cut" and gone["Home"][1].startswith("page/")
    assert gone["Rain in the harbour"][0] == "field" and gone["Rain in the harbour"][2] == "title"
    for removed in document.removed:
        block = document.blocks[removed.block - 1]
        assert block.number == removed.block and block.text[removed.start : removed.end] == removed.text
    assert "\n\n".join(block.body for block in document.blocks if block.kept) == document.text


def test_the_record_is_that_of_the_command():
    document = gleaner.clean(PAGE)
    assert document.to_dict() == json.loads(document.json)
    assert list(document.to_dict()) == ["id", "text", "source", "created", "metadata"]


def test_bytes_are_decoded():
    document = gleaner.clean("Es regnet überall in der schönen Stadt, und die Gäste bleiben daheim.".encode("cp1252"))
    assert "überall" in document.text and document.encoding == "windows-1252"
    declared = gleaner.clean("Дождь идёт всю ночь над старой гаванью.".encode("koi8-r"), charset="koi8-r")
    assert (declared.encoding, declared.encoding_from) == ("KOI8-R", "http")


def test_kind_decides_what_is_parsed():
    assert gleaner.clean("It rained all night in the harbour.").kind == "text"
    assert gleaner.clean("It rained all night in the harbour.", kind="html").kind == "html"
    with pytest.raises(ValueError, match="kind is 'html'"):
        gleaner.clean(PAGE, kind="pdf")


@pytest.mark.parametrize("given", ["[strip]\nenabled = false", {"strip": {"enabled": False}}, Path("config.toml")])
def test_settings_come_as_text_dict_or_file(given, tmp_path):
    if isinstance(given, Path):
        given = tmp_path / given
        given.write_text("[strip]\nenabled = false")
    assert "Home" in gleaner.clean(PAGE, config=given).text


def test_rules_come_as_text_dict_or_file(tmp_path):
    (tmp_path / "mine.toml").write_text(RULES)
    table = {"horn": {"category": "advert", "summary": "s", "line": ["toot toot"], "cuts": ["Toot toot"]}}
    for rules, name in [(RULES, "user/horn"), (table, "user/horn"), ([tmp_path / "mine.toml"], "mine/horn")]:
        document = gleaner.clean("It rained all night.\n\nToot toot", rules=rules)
        assert [removed.rule for removed in document.removed] == [name]


def test_what_is_wrong_is_named():
    with pytest.raises(ValueError, match="strictnes"):
        gleaner.clean(PAGE, config="[strip]\nstrictnes = 1")
    with pytest.raises(ValueError, match="strictness must be more than 0 and less than 1"):
        gleaner.clean(PAGE, config={"strip": {"strictness": 7}})
    with pytest.raises(ValueError, match="no example in cuts"):
        gleaner.clean(PAGE, rules='[a]\ncategory = "advert"\nsummary = "s"\nline = ["x"]\ncuts = []')
    with pytest.raises(FileNotFoundError):
        gleaner.clean(PAGE, config=Path("no/such/file.toml"))
    for wrong in [None, 17, ["a page"]]:
        with pytest.raises(TypeError):
            gleaner.clean(wrong)
    with pytest.raises(TypeError, match="config is a text in TOML"):
        gleaner.clean(PAGE, config=17)
    with pytest.raises(TypeError, match="rules are a text in TOML"):
        gleaner.clean(PAGE, rules=17)
    with pytest.raises(TypeError, match="no word for"):
        gleaner.clean(PAGE, config={"strip": {"rules": object()}})


def test_nothing_to_clean_is_skipped_with_the_reason():
    for page, config, reason in [
        ("", None, "empty"),
        (b" \n", None, "empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", None, "binary"),
        (PAGE, {"parse": {"languages": ["de"]}}, "language"),
    ]:
        with pytest.raises(gleaner.Skipped) as skipped:
            gleaner.clean(page, config=config)
        assert skipped.value.args[0] == reason
        assert isinstance(skipped.value, gleaner.GleanerError)


def test_a_cleaner_goes_through_pickle_with_its_files(tmp_path):
    (tmp_path / "mine.toml").write_text(RULES)
    cleaner = gleaner.Cleaner({"strip": {"rules": [str(tmp_path / "mine.toml")]}}, threads=1)
    pickled = pickle.dumps(cleaner)
    (tmp_path / "mine.toml").unlink()
    again = pickle.loads(pickled)
    assert again.fingerprint == cleaner.fingerprint != gleaner.Cleaner().fingerprint
    assert again.clean("It rained.\n\nToot toot").removed[0].rule == "mine/horn"


def test_the_lock_is_released_while_a_page_is_cleaned():
    page = "".join(f"<p>It rained all night in harbour {n}, and no boat went out.</p>" for n in range(60_000))
    worker = threading.Thread(target=gleaner.clean, args=(page,))
    worker.start()
    ticks = 0
    while worker.is_alive():
        time.sleep(0.002)
        ticks += 1
    assert ticks > 10
