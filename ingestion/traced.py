"""Text whose every character remembers the stretch of the source that it came from."""

import re
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TracedText:
    """`text[i]` came from `source[starts[i]:ends[i]]`; offsets never decrease."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    @classmethod
    def of(cls, source: str, start: int = 0, end: int | None = None) -> "TracedText":
        """Return the stretch of a source, unchanged."""
        end = len(source) if end is None else end
        return cls(source[start:end], tuple(range(start, end)), tuple(range(start + 1, end + 1)))

    def __getitem__(self, part: slice) -> "TracedText":
        return TracedText(self.text[part], self.starts[part], self.ends[part])

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the stretch of the source that `text[start:end]` (not empty) came from."""
        return self.starts[start], self.ends[end - 1]

    def sub(
        self, pattern: re.Pattern[str], replacement: str | Callable[[re.Match[str]], str]
    ) -> "TracedText":
        """Replace each match; the new characters come from all of the match."""
        texts: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        position = 0
        for match in pattern.finditer(self.text):
            begin, stop = match.span()
            new = replacement if isinstance(replacement, str) else replacement(match)
            if begin == stop or new == match[0]:
                continue
            texts += self.text[position:begin], new
            starts += self.starts[position:begin] + (self.starts[begin],) * len(new)
            ends += self.ends[position:begin] + (self.ends[stop - 1],) * len(new)
            position = stop
        if not texts and position == 0:
            return self
        texts.append(self.text[position:])
        return TracedText("".join(texts), (*starts, *self.starts[position:]), (*ends, *self.ends[position:]))

    def strip(self) -> "TracedText":
        """Return the text without the white space around it."""
        start = len(self.text) - len(self.text.lstrip())
        return self[start : max(start, len(self.text.rstrip()))]
