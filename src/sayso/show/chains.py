"""The picture of who carried what: origins on the left, agencies between, outlets on the right."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

import msgspec

from sayso.show.html import shown

WIDTH = 760
"""The picture's width in its own units; on a phone it scrolls sideways in its frame."""

_ROW = 34
_BOX = 214
_MOST_LETTERS = 30
_COLUMNS = (0, (WIDTH - _BOX) // 2, WIDTH - _BOX)

Chain = tuple[str, ...]


class Node(msgspec.Struct, frozen=True, kw_only=True):
    """A voice in one of three columns, at a height."""

    column: int
    name: str
    y: float


def chain_counts(carried: Iterable[tuple[Chain, str]]) -> list[tuple[Chain, int]]:
    """Each chain (innermost first) with how many documents carry it, the most carried first."""
    documents: dict[Chain, set[str]] = defaultdict(set)
    for chain, document in carried:
        if chain:
            documents[chain].add(document)
    counts = [(chain, len(found)) for chain, found in documents.items()]
    return sorted(counts, key=lambda item: (-item[1], item[0]))


def picture(chains: Sequence[tuple[Chain, int]]) -> str:
    """The chains as SVG; empty when nobody but outlets themselves speaks."""
    if not any(len(chain) > 1 for chain, _ in chains):
        return ""
    columns: list[Counter[str]] = [Counter(), Counter(), Counter()]
    edges: Counter[tuple[int, str, int, str]] = Counter()
    for chain, count in chains:
        places = [(_column(n, len(chain)), name) for n, name in enumerate(chain)]
        for column, name in places:
            columns[column][name] += count
        for (a, left), (b, right) in pairwise(places):
            edges[a, left, b, right] += count
    height = max(len(column) for column in columns) * _ROW + 24
    nodes = {
        (number, name): Node(column=number, name=name, y=y)
        for number, column in enumerate(columns)
        for name, y in _spread(column, height)
    }
    words = "; ".join(f"{' to '.join(chain)}, {_reports(count)}" for chain, count in chains[:12])
    parts = [
        f"<svg class=chains viewBox='0 0 {WIDTH} {height}' role=img aria-label=\"{shown(words)}\">"
    ]
    for x, title in zip(_COLUMNS, ("Origins", "Carried by", "Outlets"), strict=True):
        if title != "Carried by" or columns[1]:
            parts.append(f"<text class=over x={x} y=12>{title}</text>")
    parts += [_edge(nodes[a, x], nodes[b, y], n) for (a, x, b, y), n in edges.items()]
    parts += [_box(node) for node in nodes.values()]
    return "".join(parts) + "</svg>"


def _reports(count: int) -> str:
    return f"{count} report{'' if count == 1 else 's'}"


def _column(place: int, length: int) -> int:
    if place == length - 1:
        return 2
    return 0 if place == 0 else 1


def _spread(column: Counter[str], height: float) -> Iterable[tuple[str, float]]:
    step = (height - 20) / max(1, len(column))
    for place, (name, _) in enumerate(column.most_common()):
        yield name, round(20 + step * (place + 0.5), 1)


def _edge(left: Node, right: Node, count: int) -> str:
    x1: float = _COLUMNS[left.column] + _BOX
    x2: float = _COLUMNS[right.column]
    if left.column == right.column:
        x1, x2 = _COLUMNS[left.column] + _BOX / 2, _COLUMNS[right.column] + _BOX / 2
    middle = (x1 + x2) / 2
    width = min(1.5 + count, 9)
    label = (
        f"<text class=count x={middle} y={(left.y + right.y) / 2 - 4}>{count}</text>"
        if count > 1
        else ""
    )
    return (
        f"<path d='M{x1} {left.y}C{middle} {left.y} {middle} {right.y} {x2} {right.y}'"
        f" stroke-width={width} />{label}"
    )


def _box(node: Node) -> str:
    x = _COLUMNS[node.column]
    name = node.name
    if len(name) > _MOST_LETTERS:
        name = name[: _MOST_LETTERS - 1].rstrip() + "…"
    return (
        f"<g><title>{shown(node.name)}</title><rect x={x} y={node.y - 13} width={_BOX} height=26 />"
        f"<text x={x + 8} y={node.y + 4}>{shown(name)}</text></g>"
    )
