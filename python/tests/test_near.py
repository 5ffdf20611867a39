"""The search for repeats."""

import gleaner
import pytest

RAIN = "It rained all night in the old harbour, and none of the boats went out to sea."


def test_the_first_is_kept_and_the_others_name_it():
    index = gleaner.NearIndex()
    first, same, other = index.judge([RAIN, RAIN.replace("old", "whole old"), "Too short."])
    assert (first.outcome, first.number, first.of) == ("kept", 0, None)
    assert (same.outcome, same.of) == ("same", 0) and 0.6 <= same.similarity < 1
    assert (other.outcome, other.number) == ("short", None)
    assert index.judge([RAIN])[0].similarity == 1.0
    assert len(index) == 1


def test_batches_change_nothing():
    texts = [f"{RAIN} Then came {word} and it all began again." for word in "one two one three two one".split()]
    whole = [(p.outcome, p.of) for p in gleaner.NearIndex().judge(texts)]
    index = gleaner.NearIndex()
    assert [(p.outcome, p.of) for text in texts for p in index.judge([text])] == whole


def test_the_profile_is_that_of_the_settings():
    other = RAIN.replace("night", "day").replace("boats", "ships").replace("sea", "fish")
    assert gleaner.NearIndex().judge([RAIN, other])[1].outcome == "kept"
    loose = gleaner.NearIndex({"dedup": {"profile": {"threshold": 0.2}}})
    assert loose.judge([RAIN, other])[1].outcome == "same"


def test_what_are_no_texts_is_refused():
    for wrong in [RAIN, [1], [None], 17]:
        with pytest.raises(TypeError):
            gleaner.NearIndex().judge(wrong)
