"""Paragraphs that say again what an earlier one says."""

from typing import List, Sequence

from gleaner import _gleaner
from gleaner._gleaner import Paragraph
from gleaner._settings import Settings, read


class NearIndex:
    """Finds, for each paragraph of a stream, the earlier one that says the same: exactly, not by chance.

    >>> index = NearIndex()
    >>> rain = "It rained all night in the old harbour, and none of the boats went out to sea."
    >>> [paragraph.outcome for paragraph in index.judge([rain, "Short.", rain.replace("none", "not one")])]
    ['kept', 'short', 'same']
    >>> index.judge([rain])[0].of
    0
    """

    def __init__(self, config: Settings = None) -> None:
        """An index that holds nothing; `config` as for :class:`gleaner.Cleaner`: its `[dedup]` is what counts."""
        self._native = _gleaner.NearIndex(read(config, "config"))

    def judge(self, texts: Sequence[str]) -> List[Paragraph]:
        """Judges some paragraphs, in order, against all that were kept before them."""
        if isinstance(texts, str):
            raise TypeError("texts is a list of paragraphs, not one text")
        return self._native.judge(list(texts))

    def __len__(self) -> int:
        """How many paragraphs were kept."""
        return len(self._native)
