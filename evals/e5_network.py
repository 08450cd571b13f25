"""The layers of multilingual-e5-small as PyTorch trains them: a BERT encoder over packed pieces."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from evals.e5_weights import E5Weights

HEADS = 12
NOT_READ = -1e4  # added to the attention on padding
_EPSILON = 1e-12  # of the norms


class _Pad(torch.autograd.Function):
    """Rows of all texts, one below the other → the rows of a padded matrix. Indexing does it too, but its
    gradient adds row by row."""

    @staticmethod
    def forward(ctx: Any, rows: Tensor, places: Tensor, count: int) -> Tensor:
        ctx.places = places
        padded = rows.new_zeros(count, rows.shape[1])
        padded[places] = rows
        return padded

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> tuple[Tensor, None, None]:  # type: ignore[override]
        return gradient[ctx.places], None, None


class _Unpad(torch.autograd.Function):
    """The inverse of `_Pad`."""

    @staticmethod
    def forward(ctx: Any, padded: Tensor, places: Tensor) -> Tensor:
        ctx.places, ctx.count = places, len(padded)
        return padded[places]

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> tuple[Tensor, None]:  # type: ignore[override]
        padded = gradient.new_zeros(ctx.count, gradient.shape[1])
        padded[ctx.places] = gradient
        return padded, None


@dataclass(frozen=True)
class Packed:
    """Texts one below the other: padding takes part in nothing but the attention."""

    pieces: Tensor  # (pieces of all texts,)
    number: Tensor  # (the same,) place in the text
    at: Tensor  # (the same,) row in the padded matrix
    starts: Tensor  # (texts,) row of each text's first piece
    lengths: Tensor  # (texts,) in pieces
    unread: Tensor  # (texts, 1, 1, longest) what is added to the attention on padding

    @classmethod
    def of(cls, texts: Sequence[Sequence[int]]) -> "Packed":
        """Of the numbers of each text's pieces."""
        lengths = torch.tensor([len(pieces) for pieces in texts])
        count, longest = len(texts), int(lengths.max())
        number = torch.cat([torch.arange(length) for length in lengths.tolist()])
        at = number + torch.repeat_interleave(torch.arange(count) * longest, lengths)
        unread = torch.full((count * longest,), NOT_READ)
        unread[at] = 0
        return cls(
            pieces=torch.tensor([piece for pieces in texts for piece in pieces]),
            number=number,
            at=at,
            starts=lengths.cumsum(0) - lengths,
            lengths=lengths,
            unread=unread.view(count, 1, 1, longest),
        )

    def padded(self, rows: Tensor) -> Tensor:
        """(texts, longest, width) of (pieces of all texts, width)."""
        count, longest = self.unread.shape[0], self.unread.shape[3]
        matrix: Tensor = _Pad.apply(rows, self.at, count * longest)
        return matrix.view(count, longest, -1)


class Layer(nn.Module):
    """One layer of the encoder, begun from a layer of e5."""

    def __init__(self, weights: E5Weights, number: int) -> None:
        super().__init__()
        tensors = {name: torch.from_numpy(value) for name, value in weights.tensors.items()}
        width = weights.width

        def linear(*names: str) -> nn.Linear:
            matrices = [tensors[f"l{number}.{name}.w"] for name in names]
            biases = [tensors[f"l{number}.{name}.b"] for name in names]
            made = nn.Linear(len(matrices[0]) // len(biases[0]), sum(map(len, biases)))
            made.weight.data = torch.cat(matrices).view_as(made.weight)
            made.bias.data = torch.cat(biases)
            return made

        self.queries, self.keys_and_values, self.heads_out = linear("q"), linear("k", "v"), linear("ao")
        self.wide, self.narrow = linear("fi"), linear("fo")
        self.after_attention = norm_of(width, tensors[f"l{number}.aln.w"], tensors[f"l{number}.aln.b"])
        self.after_words = norm_of(width, tensors[f"l{number}.oln.w"], tensors[f"l{number}.oln.b"])

    def attended(self, queries: Tensor, read: Tensor, unread: Tensor) -> Tensor:
        """(texts, asking, width): what rows that ask find in those that are read.

        `queries` is (texts, asking, width), `read` (texts, length, 2 width), `unread` added to the attention.
        """
        texts, asking, width = queries.shape
        queries = queries.view(texts, asking, HEADS, width // HEADS).transpose(1, 2)
        keys, values = read.view(texts, -1, 2, HEADS, width // HEADS).permute(2, 0, 3, 1, 4)
        attention = torch.matmul(queries * (width // HEADS) ** -0.5, keys.transpose(2, 3)) + unread
        return (
            torch.matmul(torch.softmax(attention, -1), values).transpose(1, 2).reshape(texts, asking, width)
        )

    def after(self, rows: Tensor, attended: Tensor) -> Tensor:
        """The layer's rows, from those that came in and what they attended to."""
        rows = self.after_attention(rows + self.heads_out(attended))
        made: Tensor = self.after_words(rows + self.narrow(functional.gelu(self.wide(rows))))
        return made

    def forward(self, rows: Tensor, packed: Packed) -> Tensor:
        """(pieces of all texts, width) of the same."""
        queries, read = packed.padded(self.queries(rows)), packed.padded(self.keys_and_values(rows))
        attended = self.attended(queries, read, packed.unread.to(rows.dtype)).view(-1, rows.shape[1])
        return self.after(rows, _Unpad.apply(attended, packed.at))


class Words(nn.Module):
    """The embeddings of some pieces in 8 bits, one scale a piece, for the model that is exported."""

    def __init__(self, words: nn.Embedding, kept: Sequence[int]) -> None:
        super().__init__()
        rows = words.weight.data[torch.tensor(kept)].float()
        scales = rows.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("rows", torch.round(rows / scales).to(torch.int8))
        self.register_buffer("scales", scales)

    def forward(self, pieces: Tensor) -> Tensor:
        """(n, length, width) of (n, length) numbers of kept pieces."""
        rows: Tensor = self.rows[pieces].float() * self.scales[pieces]  # type: ignore[index]
        return rows


def words_of(weights: E5Weights) -> nn.Embedding:
    """The embeddings of all pieces, which stay those of e5: words that no lesson holds keep their place."""
    return nn.Embedding.from_pretrained(torch.from_numpy(weights.tensors["emb.word"]).view(-1, weights.width))


def norm_of(width: int, weight: Tensor, bias: Tensor) -> nn.LayerNorm:
    made = nn.LayerNorm(width, eps=_EPSILON)
    made.weight.data, made.bias.data = weight.clone(), bias.clone()
    return made
