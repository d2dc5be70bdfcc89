"""Outcomes at school: attendance in the terms, and suspensions in the year, before and after help began."""

from __future__ import annotations

from earlyhelp.measures.children_alone import ADULTS_LEFT_OUT, records_of_children
from earlyhelp.measures.measure import Better, Matured, Measure, Statistic
from earlyhelp.measures.named_episode import named_episode
from earlyhelp.measures.themes.outcomes import deeper
from earlyhelp.standard import attendance_period, eh_episode, exclusion, person, school

_HELP = records_of_children("child_help")
_PUPIL = """
            SELECT person_id, CASE max(CASE sen_status WHEN 'ehcp' THEN 3 WHEN 'support' THEN 2 WHEN 'none' THEN 1 END)
            WHEN 3 THEN 'ehcp' WHEN 2 THEN 'support' WHEN 1 THEN 'none' END AS sen_status
            FROM person WHERE person_id IN (SELECT person_id FROM child_help) GROUP BY person_id
        """

_WINDOWS = f"""
        WITH helped AS ( /* children whose need is a good education, and the year in which Easter ends a term */
            SELECT DISTINCT help.person_id, help.start_date, help.first_record, year(help.start_date) AS y
            FROM {_HELP} AS help JOIN (
                SELECT person_id, start_date FROM eh_episode WHERE need_code = 'SF1'
                UNION ALL
                SELECT coalesce(need.person_id, episode.person_id), episode.start_date FROM eh_need AS need
                {deeper(named_episode("need"), 8)}
                WHERE need.need_code = 'SF1'
            ) AS found ON found.person_id = help.person_id AND found.start_date >= help.start_date
            AND (help.end_date IS NULL OR found.start_date <= help.end_date)
        ), easter AS ( /* days from 22 March to Easter Sunday */
            SELECT *, d + (2 * (y % 4) + 4 * (y % 7) + 6 * d + 5) % 7 AS days_to_easter
            FROM (SELECT *, (19 * (y % 19) + 24) % 30 AS d FROM helped) AS years
        ), began AS ( /* terms are numbered on: three a school year, autumn first */
            SELECT *, CASE
                WHEN month(start_date) >= 8 THEN y * 3
                WHEN date_diff('day', make_date(y, 3, 22), start_date) <= days_to_easter THEN y * 3 - 2
                ELSE y * 3 - 1
            END AS term_of_start FROM easter
        ), wanted AS (
            SELECT began.*, side, shift, (term_of_start + shift) // 3 AS of_year,
            CASE (term_of_start + shift) % 3 WHEN 0 THEN 'autumn' WHEN 1 THEN 'spring' ELSE 'summer' END AS of_term
            FROM began
            CROSS JOIN (VALUES ('before', -2), ('before', -1), ('after', 1), ('after', 2)) AS shifts(side, shift)
        ), attended AS (
            SELECT wanted.person_id, start_date, first_record, side, shift, academic_year, term,
            sum(possible) AS possible, sum(authorised + unauthorised) AS missed, min(school_urn) AS school_urn
            FROM wanted JOIN attendance_period AS told ON told.person_id = wanted.person_id AND told.term = of_term
            AND academic_year = CAST(of_year AS VARCHAR) || '-' || substr(CAST(of_year + 1 AS VARCHAR), 3)
            GROUP BY wanted.person_id, start_date, first_record, side, shift, academic_year, term
            HAVING sum(possible) > 0
        ), pupil AS ({_PUPIL}), windows AS (
            SELECT person_id, start_date AS day, first_record,
            sum(CASE WHEN side = 'before' THEN attended.possible END) AS possible_before,
            sum(CASE WHEN side = 'before' THEN attended.missed END) AS missed_before,
            sum(CASE WHEN side = 'after' THEN attended.possible END) AS possible_after,
            sum(CASE WHEN side = 'after' THEN attended.missed END) AS missed_after,
            {{council}}max(CASE WHEN shift = -1 THEN school_urn END) AS school_before
            FROM attended {{joined}}GROUP BY person_id, start_date, first_record HAVING count(*) = 4
        )
        SELECT first.* EXCLUDE (person_id), windows.person_id, windows.person_id AS unit_id, windows.day,
        pupil.sen_status, at_school.phase, {{value}}
        FROM windows JOIN eh_episode AS first ON first.row_id = windows.first_record
        LEFT JOIN pupil ON pupil.person_id = windows.person_id
        LEFT JOIN (SELECT school_urn, min(phase) AS phase FROM school GROUP BY school_urn) AS at_school
        ON at_school.school_urn = windows.school_before
        {{only}}
"""
_ALL_PUPILS = """JOIN (
                SELECT academic_year, term, sum(possible) AS possible, sum(authorised + unauthorised) AS missed
                FROM attendance_period GROUP BY academic_year, term
            ) AS everyone ON everyone.academic_year = attended.academic_year AND everyone.term = attended.term
            """
_OF_ALL_PUPILS = """sum(CASE WHEN side = 'before' THEN everyone.missed END) * 100.0
            / sum(CASE WHEN side = 'before' THEN everyone.possible END)
            - sum(CASE WHEN side = 'after' THEN everyone.missed END) * 100.0
            / sum(CASE WHEN side = 'after' THEN everyone.possible END) AS change_of_all,
            """
_CHANGE = "missed_before * 100.0 / possible_before - missed_after * 100.0 / possible_after"


def _mean(change: str, council: str = "", joined: str = "") -> str:
    value = f"CAST(round({change}, 6) AS DECIMAL(12, 6)) AS amount"
    return _WINDOWS.format(value=value, only="", council=council, joined=joined)


def _moving_out(attended: int) -> str:
    """Of children who attended less than so many per cent before, whether they attend as much or more after."""
    missed = 100 - attended
    return _WINDOWS.format(
        value=f"missed_after * 100 <= {missed} * possible_after AS counted",
        only=f"WHERE missed_before * 100 > {missed} * possible_before",
        council="",
        joined="",
    )


_OF_A_SCHOOL = {"phase": school.phase.code_list, "sen_status": person.sen_status.code_list}

attendance_improvement = Measure(
    id="F5",
    name="Attendance improvement",
    question="Are children in school more after help began than before?",
    why="A child who is in school is seen every day, learns, and has somewhere to be.",
    unit="children",
    numerator="The sum of the changes, in percentage points of the sessions possible; more than nothing is better.",
    denominator="Children with a need for a good education (SF1) whose attendance is known in both terms before and both "
    "terms after the one in which early help began. The value is the mean change.",
    of=eh_episode,
    rows=_mean(_CHANGE),
    time=Matured(400, "early help began"),
    statistic=Statistic.MEAN,
    better=Better.HIGHER,
    needs=(eh_episode.start_date, attendance_period.possible),
    also_by=_OF_A_SCHOOL,
    traps=(
        "The term in which help began is in neither window: it holds days of both.",
        "Attendance falls with age and differs between terms: read it beside the definition adjusted.",
        "Help begins when attendance is at its worst, and some of it comes back by itself (regression to the mean): "
        "never read it as the effect of the help.",
        "A child without a record of one of the four terms is left out, and so are those who left the area's schools.",
        "The need is a headline outcome: not every child with it has poor attendance.",
        "The autumn term ends with the year, the spring term with Easter Sunday. A period is mature after 400 days, as "
        "two terms after a start in an early summer term may take so long.",
        ADULTS_LEFT_OUT,
    ),
    definitions={
        "adjusted": {
            "numerator": "The sum of the changes, each less the change of all the council's pupils in the same terms, in "
            "percentage points.",
            "rows": _mean(f"{_CHANGE} - change_of_all", _OF_ALL_PUPILS, _ALL_PUPILS),
        },
        "persistent_absence": {
            "numerator": "Of these, children who attended 90 % of sessions or more in the two terms after.",
            "denominator": "Children with that need and both windows who attended less than 90 % in the two terms "
            "before.",
            "rows": _moving_out(90),
            "statistic": Statistic.SHARE,
            "once": True,
        },
        "severe_absence": {
            "numerator": "Of these, children who attended 50 % of sessions or more in the two terms after.",
            "denominator": "Children with that need and both windows who attended less than 50 % in the two terms "
            "before.",
            "rows": _moving_out(50),
            "statistic": Statistic.SHARE,
            "once": True,
        },
    },
    source="Department for Education, pupil absence: terms, persistent and severe absence, the line here at less than "
    "90 % and 50 % attended; Easter after Gauss 1800, good for 1982 to 2048.",
)


def _suspended(of_each: str) -> str:
    return f"""
        WITH suspended AS (
            SELECT person_id, start_date, {of_each} AS n FROM exclusion WHERE category = 'suspension'
        ), covered AS (
            SELECT coalesce(min(coverage_start), min(start_date)) AS first_day,
            coalesce(max(coverage_end), max(start_date)) AS last_day
            FROM exclusion LEFT JOIN feed ON feed.feed_id = exclusion.feed_id
        ), near AS ( /* suspensions in the year before a start of help and in the year after it */
            SELECT help.person_id, help.start_date, suspended.start_date AS suspended_on, n
            FROM (SELECT DISTINCT person_id, start_date FROM child_help) AS help
            JOIN suspended ON suspended.person_id = help.person_id
            WHERE abs(date_diff('day', help.start_date, suspended.start_date)) BETWEEN 1 AND 365
        ), change AS (
            SELECT help.person_id, help.start_date AS day, help.first_record,
            CASE WHEN count(suspended_on) = count(n)
            THEN 100 * coalesce(sum(CASE WHEN suspended_on > help.start_date THEN n ELSE -n END), 0) END AS amount
            FROM {_HELP} AS help JOIN profile ON profile.person_id = help.person_id
            AND date_diff('month', profile.birth_month, help.start_date) BETWEEN 60 AND 191
            CROSS JOIN covered LEFT JOIN near ON near.person_id = help.person_id AND near.start_date = help.start_date
            WHERE date_diff('day', covered.first_day, help.start_date) >= 365
            AND date_diff('day', help.start_date, covered.last_day) >= 365
            GROUP BY help.person_id, help.start_date, help.first_record
        ), pupil AS ({_PUPIL})
        SELECT first.* EXCLUDE (person_id), change.person_id, change.person_id AS unit_id, change.day, change.amount,
        pupil.sen_status FROM change JOIN eh_episode AS first ON first.row_id = change.first_record
        LEFT JOIN pupil ON pupil.person_id = change.person_id
    """


suspensions_after_start = Measure(
    id="F6",
    name="Suspensions after start",
    question="Are children suspended from school less once we help?",
    why="A suspension sends a child home on the days when home may be hardest.",
    unit="children",
    numerator="The sum of the changes in sessions missed by suspension, for each 100 children; less than nothing is "
    "better.",
    denominator="Children aged 5 to 15 when early help began, where records of suspensions cover the 365 days before and "
    "the 365 days after. The value is the mean change.",
    of=eh_episode,
    rows=_suspended("sessions"),
    time=Matured(365, "early help began"),
    statistic=Statistic.MEAN,
    better=Better.LOWER,
    needs=(eh_episode.start_date, exclusion.start_date, exclusion.sessions),
    also_by={"sen_status": person.sen_status.code_list},
    traps=(
        "A suspension on the day help began is in neither year; a permanent exclusion is no suspension.",
        "A child with a suspension whose sessions are not recorded is left out: see the definition suspensions.",
        "A child without any suspension in both years counts with no change.",
        "A child permanently excluded can no longer be suspended, which looks like improvement.",
        "Help often begins after a suspension: some of the fall would have come anyway (regression to the mean).",
        "The standard does not say which school suspended, so it cannot be split by phase.",
        ADULTS_LEFT_OUT,
    ),
    definitions={
        "suspensions": {
            "numerator": "The sum of the changes in suspensions, for each 100 children; less than nothing is better.",
            "rows": _suspended("1"),
            "needs": (eh_episode.start_date, exclusion.start_date),
        }
    },
    source="Social Finance, on exclusion from school: a group of 15 % of pupils had 58 % of multiple suspensions.",
)
