"""Cleaning: one document, or batches of them."""

from functools import lru_cache
from typing import Iterator, List, Optional, Sequence, Union

from gleaner import _gleaner
from gleaner._arrow import ArrowArray, ArrowRows, Batch
from gleaner._gleaner import Document
from gleaner._settings import Named, Settings, read, read_rules


class Cleaner:
    """Settings and rules, read and compiled once, for any number of documents.

    >>> cleaner = Cleaner(config="[strip]\\nwithout = ['en/read-more']")
    >>> cleaner.clean("It rained all night.\\n\\nRead more: Storm warnings").text
    'It rained all night.\\n\\nRead more: Storm warnings'

    Rules of your own are added to those built in:

    >>> rules = {"horn": {"category": "advert", "summary": "s", "line": ["toot toot"], "cuts": ["Toot toot"]}}
    >>> [removed.rule for removed in Cleaner(rules=rules).clean("It rained all night.\\n\\nToot toot").removed]
    ['user/horn']

    It can be pickled, and so be sent to workers: what was read from files goes with it.
    """

    def __init__(
        self,
        config: Settings = None,
        rules: Union[Settings, Sequence[Settings]] = None,
        *,
        threads: int = 0,
    ) -> None:
        """Reads settings and rules.

        Args:
            config: as in a config file of the command: a text in TOML, a path, or a dict.
            rules: more rules: a text in TOML, a path or a dict, or a list of such.
            threads: that clean a batch; 0 is one a core. The result is the same for any number.

        Raises:
            ValueError: a setting or a rule that is wrong; the message says which, and what is right.
            TypeError: something that is no settings at all.
        """
        self._open(read(config, "config"), read_rules(rules), threads, False)

    def _open(self, config: Named, rules: "tuple[Named, ...]", threads: int, whole: bool) -> None:
        self._config, self._threads = config, threads
        self._native = _gleaner.Cleaner(config, list(rules), threads, whole)

    def __reduce__(self) -> "tuple[object, ...]":
        rules = tuple(Named(*file) for file in self._native.files())
        return (_cleaner, (self._config, rules, self._threads, True))

    @property
    def fingerprint(self) -> str:
        """The version, the settings and the rules in 32 digits: where two are equal, so is what they clean."""
        return self._native.key()

    def clean(
        self,
        page: Union[str, bytes],
        *,
        source: str = "-",
        kind: Optional[str] = None,
        url: Optional[str] = None,
        title: Optional[str] = None,
        date: Optional[str] = None,
        charset: Optional[str] = None,
    ) -> Document:
        """Cleans one document; see :func:`gleaner.clean`."""
        return self._native.clean(page, source, kind, url, title, date, charset)

    def clean_batch(self, batch: ArrowRows, *, source: str = "") -> Batch:
        """Cleans the rows of a batch; see :func:`gleaner.clean_batch`."""
        if not (hasattr(batch, "__arrow_c_array__") or hasattr(batch, "__arrow_c_stream__")):
            kind = type(batch).__name__
            raise TypeError(f"a batch is of Arrow (pyarrow, polars, DuckDB, pandas 2.2 or later), not {kind}")
        return self._native.clean_batch(batch, source)

    def _found(self, inputs: List[str], output: str) -> "List[_gleaner.Found]":
        """What there is to read, in the order of the corpus; what goes to `output` is left out."""
        return self._native.found(inputs, output)

    def _documents(
        self,
        source: int,
        name: str,
        path: Optional[str],
        within: Optional[str],
        bytes: int,
        part: int,
        parts: int,
    ) -> Iterator[Batch]:
        """The documents of a part of a source, cleaned to bytes."""
        return self._native.documents(source, name, path, within, bytes, part, parts)

    def _rows(self, batch: ArrowArray) -> Batch:
        """Rows of pages or texts, cleaned to bytes."""
        return self._native.rows(batch)


@lru_cache(maxsize=8)
def _cleaner(config: Named, rules: "tuple[Named, ...]", threads: int = 0, whole: bool = False) -> Cleaner:
    """The cleaner for these settings: one for all who ask for the same. `whole` says that the rules hold those of the
    files that the settings name."""
    cleaner = Cleaner.__new__(Cleaner)
    cleaner._open(config, rules, threads, whole)
    return cleaner


def clean(
    page: Union[str, bytes],
    *,
    url: Optional[str] = None,
    kind: Optional[str] = None,
    config: Settings = None,
    rules: Union[Settings, Sequence[Settings]] = None,
    source: str = "-",
    title: Optional[str] = None,
    date: Optional[str] = None,
    charset: Optional[str] = None,
) -> Document:
    """Cleans one document.

    >>> page = b"<title>Rain</title><article><p>It rained all night in the old harbour.</p></article>"
    >>> document = clean(page, url="https://news.example/rain")
    >>> document.text, document.language, document.encoding
    ('It rained all night in the old harbour.', 'en', 'UTF-8')

    Args:
        page: a page or a text; bytes may be in any encoding.
        url: the address it was fetched from.
        kind: ``"html"`` for what is a page though it may not look so; without it the content tells.
        config: settings, as for :class:`Cleaner`.
        rules: more rules, as for :class:`Cleaner`.
        source: what the record calls the place it comes from.
        title: its title, where you know it; trusted more than the page.
        date: its date of publication, likewise.
        charset: the encoding that its container declared, as in an HTTP header.

    Raises:
        Skipped: there is nothing to clean: no text, or none in a language that is wanted.
        Failed: it cannot be cleaned; the message says at which stage, and why.
        TypeError, ValueError: arguments that are wrong.
    """
    cleaner = _cleaner(read(config, "config"), read_rules(rules))
    return cleaner.clean(page, source=source, kind=kind, url=url, title=title, date=date, charset=charset)


def clean_batch(
    batch: ArrowRows,
    *,
    config: Settings = None,
    rules: Union[Settings, Sequence[Settings]] = None,
    source: str = "",
    threads: int = 0,
) -> Batch:
    """Cleans the rows of a record batch, a table or a data frame, row for row.

    The columns ``html`` (or ``text``), ``id``, ``url``, ``title`` and ``date`` are read, as in JSON Lines. The
    result speaks Arrow too: give it to ``pyarrow.record_batch``, ``pyarrow.table`` or ``polars.DataFrame``. Its
    column ``outcome`` is ``ok``, ``skipped`` or ``failed``, with a ``reason``; ``removed`` holds what was taken out.

    >>> import pyarrow
    >>> pages = pyarrow.record_batch({"id": ["a", "b"], "html": ["<p>It rained all night in the harbour.</p>", ""]})
    >>> rows = pyarrow.record_batch(clean_batch(pages))
    >>> rows.column("text").to_pylist(), rows.column("outcome").to_pylist()
    (['It rained all night in the harbour.', None], ['ok', 'failed'])

    Args:
        batch: what has ``__arrow_c_array__`` or ``__arrow_c_stream__``; nothing of it is copied but the pages.
        config: settings, as for :class:`Cleaner`.
        rules: more rules, as for :class:`Cleaner`.
        source: put before the id, with a ``#``, in the column ``source``.
        threads: that clean; 0 is one a core.

    Raises:
        TypeError: it is not Arrow, or a column of pages holds something else than text or bytes.
        ValueError: it has neither ``html`` nor ``text``.
    """
    return _cleaner(read(config, "config"), read_rules(rules), threads).clean_batch(batch, source=source)
