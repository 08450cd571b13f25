"""What every training has in common: steps until the time is over, in bfloat16, with AdamW."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from random import Random
from time import monotonic
from typing import Any, TypeVar

import torch
from torch import Tensor, nn

RATE, RATE_OF_NEW = 1e-4, 5e-4  # AdamW's, at their highest: of what began as e5, and of what is new
WARM_UP = 200  # steps

Item = TypeVar("Item")
Report = Callable[[float, float], None]  # share of the time, loss


def optimise(
    network: nn.Module,
    losses: Iterable[Callable[[], Tensor]],
    *,
    new: Collection[nn.Parameter] = (),
    seconds: float,
    report: Report,
) -> None:
    """Train a network for so long, a step for each loss; the rate falls to zero with the time that is left.

    Weights are in bfloat16 while the optimiser keeps them in float32, which is what they end as.
    """
    network.bfloat16()
    trained = [parameter for parameter in network.parameters() if parameter.requires_grad]
    exact = [parameter.detach().float().requires_grad_() for parameter in trained]
    added = {id(parameter) for parameter in new}
    groups: list[dict[str, Any]] = [
        {"params": [copy for one, copy in zip(trained, exact, strict=True) if (id(one) in added) is is_new]}
        for is_new in (False, True)
    ]
    optimiser = torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.01)
    started = monotonic()
    for step, loss_of in enumerate(losses, start=1):
        done = (monotonic() - started) / seconds
        if done >= 1:
            break
        for group, rate in zip(optimiser.param_groups, (RATE, RATE_OF_NEW), strict=True):
            group["lr"] = rate * min(1.0, step / WARM_UP) * (1 - done)
        loss = loss_of()
        loss.backward()  # type: ignore[no-untyped-call]
        for parameter, copy in zip(trained, exact, strict=True):
            copy.grad = None if parameter.grad is None else parameter.grad.float()
            parameter.grad = None
        nn.utils.clip_grad_norm_(exact, 1.0)
        optimiser.step()
        _copy(exact, trained)
        report(done, loss.item())
    network.float()
    _copy(exact, trained)
    network.eval()


def _copy(exact: Iterable[Tensor], trained: Iterable[nn.Parameter]) -> None:
    with torch.no_grad():
        for parameter, copy in zip(trained, exact, strict=True):
            parameter.copy_(copy)


def batches(items: Sequence[Item], size: int, drawn: Random) -> Iterator[list[Item]]:
    """So many items at a time, in another order at each turn, without end."""
    while True:
        order = drawn.sample(items, len(items))
        for start in range(0, len(order), size):
            yield order[start : start + size]
