"""The reader as PyTorch trains it and as ONNX Runtime runs it: a BERT encoder over packed pieces."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from assistant.reader import PADDING, Pair, Segment
from evals.e5_weights import E5Weights

HEADS = 12
LONGEST = 128  # pieces of a pair
_NOT_READ = -1e4  # added to the attention on padding
_EPSILON = 1e-12  # of the norms


class _Pad(torch.autograd.Function):
    """Rows of all pairs, one below the other → the rows of a padded matrix. Indexing does it too, but its
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
    """Pairs one below the other: padding takes part in nothing but the attention."""

    pieces: Tensor  # (pieces of all pairs,)
    segments: Tensor  # (the same,)
    number: Tensor  # (the same,) place in the pair
    at: Tensor  # (the same,) row in the padded matrix
    starts: Tensor  # (pairs,) row of each pair's first piece
    unread: Tensor  # (pairs, 1, 1, longest) what is added to the attention on padding

    @classmethod
    def of(cls, pairs: Sequence[Pair]) -> "Packed":
        lengths = torch.tensor([len(pair.pieces) for pair in pairs])
        count, longest = len(pairs), int(lengths.max())
        number = torch.cat([torch.arange(length) for length in lengths.tolist()])
        at = number + torch.repeat_interleave(torch.arange(count) * longest, lengths)
        unread = torch.full((count * longest,), _NOT_READ)
        unread[at] = 0
        return cls(
            pieces=torch.tensor([piece for pair in pairs for piece in pair.pieces]),
            segments=torch.tensor([int(segment) for pair in pairs for segment in pair.segments]),
            number=number,
            at=at,
            starts=lengths.cumsum(0) - lengths,
            unread=unread.view(count, 1, 1, longest),
        )

    def padded(self, rows: Tensor) -> Tensor:
        """(pairs, longest, width) of (pieces of all pairs, width)."""
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
        self.after_attention = _norm(width, tensors[f"l{number}.aln.w"], tensors[f"l{number}.aln.b"])
        self.after_words = _norm(width, tensors[f"l{number}.oln.w"], tensors[f"l{number}.oln.b"])

    def attended(self, queries: Tensor, read: Tensor, unread: Tensor) -> Tensor:
        """(pairs, asking, width): what rows that ask find in those that are read.

        `queries` is (pairs, asking, width), `read` (pairs, length, 2 width), `unread` added to the attention.
        """
        pairs, asking, width = queries.shape
        queries = queries.view(pairs, asking, HEADS, width // HEADS).transpose(1, 2)
        keys, values = read.view(pairs, -1, 2, HEADS, width // HEADS).permute(2, 0, 3, 1, 4)
        attention = torch.matmul(queries * (width // HEADS) ** -0.5, keys.transpose(2, 3)) + unread
        return (
            torch.matmul(torch.softmax(attention, -1), values).transpose(1, 2).reshape(pairs, asking, width)
        )

    def after(self, rows: Tensor, attended: Tensor) -> Tensor:
        """The layer's rows, from those that came in and what they attended to."""
        rows = self.after_attention(rows + self.heads_out(attended))
        made: Tensor = self.after_words(rows + self.narrow(functional.gelu(self.wide(rows))))
        return made


class Network(nn.Module):
    """Pairs → the log-odds that the stretch states what is asked.

    The embeddings of the pieces stay those of e5: words that no lesson holds keep their place beside others.
    """

    def __init__(self, weights: E5Weights, *, layers: int) -> None:
        super().__init__()
        tensors = {name: torch.from_numpy(value) for name, value in weights.tensors.items()}
        width = weights.width
        self.words = nn.Embedding.from_pretrained(tensors["emb.word"].view(-1, width))
        self.places = nn.Parameter(tensors["emb.pos"].view(-1, width)[:LONGEST].clone())
        self.segments = nn.Parameter(tensors["emb.type"].view(-1, width)[:1].repeat(2 * len(Segment), 1))
        self.norm = _norm(width, tensors["emb.ln.w"], tensors["emb.ln.b"])
        self.layers = nn.ModuleList(Layer(weights, number) for number in range(layers))
        self.pooled, self.judged = nn.Linear(width, width), nn.Linear(width, 1)
        nn.init.normal_(self.judged.weight, std=0.02)
        nn.init.zeros_(self.judged.bias)

    def forward(self, pairs: Sequence[Pair]) -> Tensor:
        """(n,) of n pairs."""
        packed = Packed.of(pairs)
        rows = self.encoded(packed, self.layers[:-1])
        read = packed.padded(self.layers[-1].keys_and_values(rows))
        return self.judge(torch.index_select(rows, 0, packed.starts), read, packed.unread.to(rows.dtype))

    def encoded(self, packed: "Packed", layers: Iterable[nn.Module]) -> Tensor:
        """(pieces of all pairs, width) after these layers."""
        rows = self.words(packed.pieces) + self.places[packed.number] + self.segments[packed.segments]
        rows = self.norm(rows)
        unread = packed.unread.to(rows.dtype)
        for layer in layers:
            queries, read = packed.padded(layer.queries(rows)), packed.padded(layer.keys_and_values(rows))
            attended = layer.attended(queries, read, unread).view(-1, rows.shape[1])
            rows = layer.after(rows, _Unpad.apply(attended, packed.at))
        return rows

    def judge(self, firsts: Tensor, read: Tensor, unread: Tensor) -> Tensor:
        """(n,) log-odds of (n, width), the first rows before the last layer, of which no other is needed."""
        last = self.layers[-1]
        attended = last.attended(last.queries(firsts)[:, None], read, unread)
        log_odds: Tensor = self.judged(torch.tanh(self.pooled(last.after(firsts, attended[:, 0]))))[:, 0]
        return log_odds


class Exported(nn.Module):
    """The network over padded matrices, with the embeddings of some pieces in 8 bits, one scale a piece."""

    def __init__(self, network: Network, kept: Sequence[int]) -> None:
        super().__init__()
        rows = network.words.weight.data[torch.tensor(kept)].float()
        scales = rows.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("words", torch.round(rows / scales).to(torch.int8))
        self.register_buffer("scales", scales)
        self.network = network

    def forward(self, pieces: Tensor, segments: Tensor) -> Tensor:
        """(n,) of (n, length) numbers of kept pieces and of segments."""
        network = self.network
        words = self.words[pieces].float() * self.scales[pieces]  # type: ignore[index]
        rows = network.norm(words + network.places[: pieces.shape[1]] + network.segments[segments])
        unread = ((pieces == PADDING).float() * _NOT_READ)[:, None, None, :]
        for layer in network.layers[:-1]:
            attended = layer.attended(layer.queries(rows), layer.keys_and_values(rows), unread)
            rows = layer.after(rows, attended)
        return network.judge(rows[:, 0], network.layers[-1].keys_and_values(rows), unread)


def _norm(width: int, weight: Tensor, bias: Tensor) -> nn.LayerNorm:
    made = nn.LayerNorm(width, eps=_EPSILON)
    made.weight.data, made.bias.data = weight.clone(), bias.clone()
    return made
