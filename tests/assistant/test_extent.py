"""How far an answer goes on."""

import pytest

from assistant.expectation import Kind
from assistant.extent import ENUMERATED, TOLD, VALUE, Extent


@pytest.mark.parametrize(
    ("kind", "is_value", "extent"),
    [
        (Kind.LIST, False, ENUMERATED),
        (Kind.NUMBER, True, VALUE),
        (Kind.NUMBER, False, TOLD),
        (Kind.MANNER, False, TOLD),
    ],
)
def test_a_value_is_short_and_a_list_long(kind: Kind, is_value: bool, extent: Extent) -> None:
    assert Extent.of(kind, is_value=is_value) is extent
    assert VALUE.blocks < TOLD.blocks < ENUMERATED.blocks
