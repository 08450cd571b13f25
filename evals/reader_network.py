"""The reader as PyTorch trains it and as ONNX Runtime runs it."""

from collections.abc import Sequence

import torch
from torch import Tensor, nn

from assistant.reader import Pair, Segment
from evals.e5_network import NOT_READ, Layer, Packed, Words, norm_of, words_of
from evals.e5_weights import E5Weights
from index.pieces import PADDING

LONGEST = 128  # pieces of a pair


class Network(nn.Module):
    """Pairs → the log-odds that the stretch states what is asked."""

    def __init__(self, weights: E5Weights, *, layers: int) -> None:
        super().__init__()
        tensors = {name: torch.from_numpy(value) for name, value in weights.tensors.items()}
        width = weights.width
        self.words = words_of(weights)
        self.places = nn.Parameter(tensors["emb.pos"].view(-1, width)[:LONGEST].clone())
        self.segments = nn.Parameter(tensors["emb.type"].view(-1, width)[:1].repeat(2 * len(Segment), 1))
        self.norm = norm_of(width, tensors["emb.ln.w"], tensors["emb.ln.b"])
        self.layers = nn.ModuleList(Layer(weights, number) for number in range(layers))
        self.pooled, self.judged = nn.Linear(width, width), nn.Linear(width, 1)
        nn.init.normal_(self.judged.weight, std=0.02)
        nn.init.zeros_(self.judged.bias)

    def forward(self, pairs: Sequence[Pair]) -> Tensor:
        """(n,) of n pairs."""
        packed = Packed.of([pair.pieces for pair in pairs])
        segments = torch.tensor([int(segment) for pair in pairs for segment in pair.segments])
        rows = self.words(packed.pieces) + self.places[packed.number] + self.segments[segments]
        rows = self.norm(rows)
        for layer in self.layers[:-1]:
            rows = layer(rows, packed)
        read = packed.padded(self.layers[-1].keys_and_values(rows))
        return self.judge(torch.index_select(rows, 0, packed.starts), read, packed.unread.to(rows.dtype))

    def judge(self, firsts: Tensor, read: Tensor, unread: Tensor) -> Tensor:
        """(n,) log-odds of (n, width), the first rows before the last layer, of which no other is needed."""
        last = self.layers[-1]
        attended = last.attended(last.queries(firsts)[:, None], read, unread)
        log_odds: Tensor = self.judged(torch.tanh(self.pooled(last.after(firsts, attended[:, 0]))))[:, 0]
        return log_odds


class Exported(nn.Module):
    """The network over padded matrices."""

    def __init__(self, network: Network, kept: Sequence[int]) -> None:
        super().__init__()
        self.words = Words(network.words, kept)
        self.network = network

    def forward(self, pieces: Tensor, segments: Tensor) -> Tensor:
        """(n,) of (n, length) numbers of kept pieces and of segments."""
        network = self.network
        rows = network.norm(
            self.words(pieces) + network.places[: pieces.shape[1]] + network.segments[segments]
        )
        unread = ((pieces == PADDING).float() * NOT_READ)[:, None, None, :]
        for layer in network.layers[:-1]:
            attended = layer.attended(layer.queries(rows), layer.keys_and_values(rows), unread)
            rows = layer.after(rows, attended)
        return network.judge(rows[:, 0], network.layers[-1].keys_and_values(rows), unread)
