"""The episode that another record names: SQL for the measures that need to know whose record it is."""

from __future__ import annotations

from collections.abc import Mapping

from earlyhelp.standard import CodeList, eh_episode

OF_THE_EPISODE: Mapping[str, CodeList | None] = {
    "team": None,
    "need_code": eh_episode.need_code.code_list,
    "org_type": eh_episode.org_type.code_list,
}
"""By what the records of an episode can be split besides their own columns."""

_NUMBERS = """
            SELECT episode_id, source_system AS told_by, min(row_id) AS record
            FROM eh_episode GROUP BY episode_id, source_system
            UNION ALL
            SELECT episode_id, 'standard' AS told_by, min(row_id) AS record
            FROM eh_episode GROUP BY episode_id
            HAVING min(source_system) = max(source_system) AND min(source_system) <> 'standard'
"""


def named_episode(record: str, join: str = "JOIN") -> str:
    """SQL that joins `episode`, the row of `eh_episode` that the rows of `record` name by `episode_id`.

    A number is an episode's name in one source system only. Records kept beside a case system, and sent in the
    standard's own layout, may name an episode of any system: then the number must be that of one system alone.
    `join`: as in SQL, such as LEFT JOIN, to keep records whose episode is not known.
    """
    return (
        f"{join} ({_NUMBERS}        ) AS named "
        f"ON named.episode_id = {record}.episode_id AND named.told_by = {record}.source_system\n"
        f"        {join} eh_episode AS episode ON episode.row_id = named.record"
    )
