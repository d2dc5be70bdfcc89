"""Rings with fewer points, of which neighbours keep the edges that they share: nothing gapes between two areas on a map.

Each ring is cut where three areas meet. What lies between two such places is simplified once, whichever way a ring runs
along it, by the method of Douglas and Peucker (1973), Cartographica 10:112-122.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

Point = tuple[int, int]
Ring = Sequence[Point]


def simplified(rings: Sequence[Ring], tolerance: float) -> list[list[Point]]:
    """The rings in their order, no point of theirs further than `tolerance` from the line that stands for it.

    rings: each of three points or more, its first one not repeated at its end; so are those returned, which may be of
    fewer points than three where nothing is left.
    """
    corners = _where_three_meet(rings)
    made: dict[tuple[Point, ...], list[Point]] = {}
    return [_simplified(ring, corners, tolerance, made) for ring in rings]


def _where_three_meet(rings: Sequence[Ring]) -> set[Point]:
    """Points that have other than two neighbours, over all rings."""
    beside: dict[Point, set[Point]] = {}
    for ring in rings:
        for place, point in enumerate(ring):
            beside.setdefault(point, set()).update((ring[place - 1], ring[(place + 1) % len(ring)]))
    return {point for point, others in beside.items() if len(others - {point}) != 2}


def _simplified(
    ring: Ring, corners: set[Point], tolerance: float, made: dict[tuple[Point, ...], list[Point]]
) -> list[Point]:
    cuts = [place for place, point in enumerate(ring) if point in corners] or _two_ends(ring)
    found: list[Point] = []
    for start, end in zip(cuts, [*cuts[1:], cuts[0] + len(ring)], strict=True):
        found += _of_part([ring[place % len(ring)] for place in range(start, end + 1)], tolerance, made)[:-1]
    return found


def _two_ends(ring: Ring) -> list[int]:
    """Where a ring without corners is cut: at its least point and at the one furthest from it; the same both ways round."""
    least = min(ring)
    furthest = max(ring, key=lambda point: ((point[0] - least[0]) ** 2 + (point[1] - least[1]) ** 2, point))
    return sorted({ring.index(least), ring.index(furthest)})


def _of_part(part: list[Point], tolerance: float, made: dict[tuple[Point, ...], list[Point]]) -> list[Point]:
    """What lies between two corners, simplified the way round that comes first, and turned back."""
    backwards = part[::-1]
    turned = backwards < part
    key = tuple(backwards if turned else part)
    if key not in made:
        made[key] = _douglas_peucker(key, tolerance)
    return made[key][::-1] if turned else made[key]


def _douglas_peucker(line: tuple[Point, ...], tolerance: float) -> list[Point]:
    points = np.array(line, dtype=np.float64)
    kept = {0, len(line) - 1}
    stretches = [(0, len(line) - 1)]
    while stretches:
        first, last = stretches.pop()
        if last - first < 2:
            continue
        away = _distances(points[first + 1 : last], points[first], points[last])
        furthest = int(np.argmax(away))
        if away[furthest] > tolerance:
            middle = first + 1 + furthest
            kept.add(middle)
            stretches += [(first, middle), (middle, last)]
    return [line[place] for place in sorted(kept)]


def _distances(points: np.ndarray, start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """How far each point is from the stretch between two: (n,)."""
    along = end - start
    length = float(along @ along)
    share = np.clip((points - start) @ along / length, 0.0, 1.0) if length else np.zeros(len(points))
    found: np.ndarray = np.hypot(*(points - start - share[:, None] * along).T)
    return found
