"""Settings and rules as people give them: a text in TOML, a file of it, or a dict of the same."""

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Union

Settings = Union[str, "os.PathLike[str]", Mapping[str, Any], None]
"""A text in TOML, a path (of pathlib) to a file of it, or a dict; None is the defaults."""


class Named(NamedTuple):
    """A text with the name that messages call it."""

    name: str
    text: str
    json: bool


def read(settings: Settings, name: str) -> Named:
    """Reads settings; `name` is what messages call those that have no file.

    >>> read("[run]\\nthreads = 2", "config")
    Named(name='config', text='[run]\\nthreads = 2', json=False)
    >>> read({"run": {"threads": 2}}, "config").text
    '{"run": {"threads": 2}}'
    """
    if settings is None:
        return Named(name, "", False)
    if isinstance(settings, str):
        return Named(name, settings, False)
    if isinstance(settings, os.PathLike):
        return Named(os.fspath(settings), Path(settings).read_text(encoding="utf-8"), False)
    if isinstance(settings, Mapping):
        try:
            return Named(name, json.dumps(dict(settings)), True)
        except TypeError as error:
            raise TypeError(f"{name} holds what TOML has no word for: {error}") from None
    kind = type(settings).__name__
    raise TypeError(f"{name} is a text in TOML, a path or a dict, not {kind}")


def read_rules(rules: Union[Settings, Sequence[Settings]]) -> "tuple[Named, ...]":
    """Reads one set of rules or several. Rules without a file have names that begin with `user/`.

    >>> [named.name for named in read_rules(["[a]", Path(os.devnull)])]
    ['user', '/dev/null']
    """
    if rules is None:
        return ()
    if isinstance(rules, (str, os.PathLike, Mapping)):
        rules = [rules]
    if not isinstance(rules, Sequence):
        raise TypeError(f"rules are a text in TOML, a path, a dict, or a list of such, not {type(rules).__name__}")
    return tuple(read(one, "user") for one in rules)
