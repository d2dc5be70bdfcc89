"""What councils offer, side by side: each need once, each council under its own name."""

from __future__ import annotations

from earlyhelp.release import side_by_side


def offered(council: str, *services: int) -> dict[str, object]:
    needs = [
        {"need": f"SF{number}", "need_label": f"Need {number}", "services": many, "per_10000": 10.0 * many}
        for number, many in enumerate(services, 1)
    ]
    return {"council": council, "needs": needs}


def test_one_council_stands_by_itself_and_two_beside_each_other():
    [first, second] = side_by_side([offered("A", 3, 0)])
    assert (first["need"], first["need_label"]) == ("SF1", "Need 1")
    assert first["councils"] == [{"council": "A", "services": 3, "per_10000": 30.0}]
    assert second["councils"] == [{"council": "A", "services": 0, "per_10000": 0.0}]
    [first, second] = side_by_side([offered("A", 3, 0), offered("B", 1, 2)])
    assert [each["services"] for each in (*first["councils"], *second["councils"])] == [3, 1, 0, 2]
