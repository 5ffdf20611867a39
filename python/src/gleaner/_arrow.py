"""What speaks Arrow, whatever library it is of: the PyCapsule interface."""

from typing import Optional, Protocol, Tuple, Union


class ArrowArray(Protocol):
    """A record batch."""

    def __arrow_c_array__(self, requested_schema: Optional[object] = None) -> Tuple[object, object]: ...


class ArrowStream(Protocol):
    """A table or a data frame."""

    def __arrow_c_stream__(self, requested_schema: Optional[object] = None) -> object: ...


class Batch(ArrowArray, ArrowStream, Protocol):
    """What `clean_batch` gives: a record batch for a record batch, a table for the rest."""


ArrowRows = Union[ArrowArray, ArrowStream]
