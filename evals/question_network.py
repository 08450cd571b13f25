"""The question encoder as PyTorch trains it and as ONNX Runtime runs it: all layers of e5."""

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

from evals.e5_network import Layer, Packed, Words, norm_of, words_of
from evals.e5_weights import E5Weights
from index.question_encoder import LONGEST

LAYERS = 12


class QuestionNetwork(nn.Module):
    """Questions → unit vectors: the mean of their pieces after the last layer."""

    def __init__(self, weights: E5Weights) -> None:
        super().__init__()
        tensors = {name: torch.from_numpy(value) for name, value in weights.tensors.items()}
        width = weights.width
        self.words = words_of(weights)
        self.places = nn.Parameter(tensors["emb.pos"].view(-1, width)[:LONGEST].clone())
        self.every = nn.Parameter(tensors["emb.type"].view(-1, width)[0].clone())  # e5 knows one segment
        self.norm = norm_of(width, tensors["emb.ln.w"], tensors["emb.ln.b"])
        self.layers = nn.ModuleList(Layer(weights, number) for number in range(LAYERS))

    def forward(self, questions: Sequence[Sequence[int]]) -> Tensor:
        """(n, width) unit rows of the pieces of n questions."""
        packed = Packed.of(questions)
        rows = self.norm(self.words(packed.pieces) + self.places[packed.number] + self.every)
        for layer in self.layers:
            rows = layer(rows, packed)
        owner = torch.repeat_interleave(torch.arange(len(questions)), packed.lengths)
        sums = torch.zeros(len(questions), rows.shape[1]).index_add(0, owner, rows.float())
        return functional.normalize(sums)


class ExportedQuestions(nn.Module):
    """The network for one question at a time."""

    def __init__(self, network: QuestionNetwork, kept: Sequence[int]) -> None:
        super().__init__()
        self.words = Words(network.words, kept)
        self.network = network

    def forward(self, pieces: Tensor) -> Tensor:
        """(1, width) of (1, length) numbers of kept pieces."""
        network = self.network
        rows = network.norm(self.words(pieces) + network.places[: pieces.shape[1]] + network.every)
        for layer in network.layers:
            attended = layer.attended(layer.queries(rows), layer.keys_and_values(rows), torch.zeros(()))
            rows = layer.after(rows, attended)
        return functional.normalize(rows.sum(1))
