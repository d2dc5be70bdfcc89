"""Outcomes that partners tell of: police, benefits and housing, work, and youth justice."""

from __future__ import annotations

from earlyhelp.measures.children_alone import records_of_children
from earlyhelp.measures.measure import Better, Flow, Matured, Measure, Statistic
from earlyhelp.measures.named_episode import named_episode
from earlyhelp.measures.themes.outcomes import deeper
from earlyhelp.standard import eh_episode, partner_event


def _families_with(need: str) -> str:
    """SQL: the stretches of help of families in which a need was found, as an episode's main need or beside it."""
    return f"""
            SELECT DISTINCT help.* FROM family_help AS help JOIN (
                SELECT family_id, start_date FROM eh_episode WHERE need_code = '{need}'
                UNION ALL
                SELECT episode.family_id, episode.start_date FROM eh_need AS need
                {deeper(named_episode("need"), 8)}
                WHERE need.need_code = '{need}'
            ) AS found ON found.family_id = help.family_id AND found.start_date >= help.start_date
            AND (help.end_date IS NULL OR found.start_date <= help.end_date)
        """


def _told_until(where: str) -> str:
    """SQL: the last day that records of a kind cover; of feeds that do not say, the day of the last event."""
    return f"""
            SELECT coalesce(max(coverage_end), max(event_date)) AS last_day FROM partner_event
            LEFT JOIN feed ON feed.feed_id = partner_event.feed_id WHERE {where}
        """


_NEED_OF_A_FAMILY = (
    "A family has the need when it is the main need of an episode in that help, or one of the needs found beside it."
)
_NOT_SEEN = "What no partner told the council is not seen: families who did it alone, or with help elsewhere."
_ONE_KIND_TOLD = (
    "Where no partner tells of such events at all, there is no data and not a zero; where one does, a family without "
    "an event is seen as without the outcome."
)

_POLICE = "type = 'domestic_abuse' AND agency = 'police'"


def _repeated(days: int) -> str:
    return f"""
        WITH help AS ({_families_with("SF8")}), covered AS ({_told_until(_POLICE)})
        SELECT last.* EXCLUDE (family_id), help.family_id, help.family_id AS unit_id, help.end_date AS day, EXISTS (
            SELECT 1 FROM partner_event AS incident WHERE incident.family_id = help.family_id
            AND {_POLICE} AND date_diff('day', help.end_date, event_date) BETWEEN 1 AND {days}
        ) AS counted
        FROM help JOIN eh_episode AS last ON last.row_id = help.last_record CROSS JOIN covered
        WHERE date_diff('day', help.end_date, covered.last_day) >= {days}
    """


repeat_domestic_abuse = Measure(
    id="F7",
    name="Repeat domestic abuse",
    question="After we close, do the police come back for domestic abuse?",
    why="Safety that ends with our help is no safety.",
    unit="families",
    numerator="Of these, families with a police-recorded incident of domestic abuse 1 to 365 days after they closed.",
    denominator="Families with a need for safety from domestic abuse (SF8) that closed, each once in a period, where "
    "police records cover the 365 days.",
    of=eh_episode,
    rows=_repeated(365),
    time=Matured(365, "the family closed"),
    statistic=Statistic.SHARE,
    better=Better.LOWER,
    once=True,
    about_person=False,
    needs=(eh_episode.end_date, partner_event.event_date),
    traps=(
        "More reporting can be good: a family that calls the police may be safer. Show what families say beside it.",
        "An incident on the closing day is not a further one.",
        "Only families whose follow-up is complete and covered by police records; others are left out, never counted as "
        "safe.",
        "Incidents are found through people who are known to both: a partner who was never linked is not seen.",
        _NEED_OF_A_FAMILY,
        "The standard does not say which intervention was for the abuse, so it cannot be split by it.",
    ),
    definitions={
        "six_months": {
            "numerator": "Of these, families with a police-recorded incident 1 to 183 days after they closed.",
            "denominator": "Families with a need for safety from domestic abuse (SF8) that closed, each once in a "
            "period, where police records cover the 183 days.",
            "rows": _repeated(183),
            "time": Matured(183, "the family closed"),
        }
    },
    source="Catalogue of measures, F7: more reporting can be good, so show it with what families say themselves.",
)

financial_need_improved = Measure(
    id="F8",
    name="Financial need improved",
    question="Do families who came to us short of money leave us better off?",
    why="Poverty makes every other need harder, and money advice is help that can be had quickly.",
    unit="families",
    numerator="Of these, families with a gain in benefits, a plan to repay arrears that was not stopped, or debt advice "
    "completed, from the day help began to the day they closed.",
    denominator="Families with a need for financial stability (SF10) that closed, each once in a period.",
    of=eh_episode,
    rows=f"""
        WITH help AS ({_families_with("SF10")}), improved AS (
            SELECT family_id, event_date FROM partner_event
            WHERE type = 'benefit_gain' OR (type = 'arrears_plan' AND coalesce(outcome, '') <> 'stopped')
            OR (type = 'debt_advice' AND outcome = 'completed')
        ), told AS (
            SELECT count(*) > 0 AS any_told FROM partner_event
            WHERE type IN ('benefit_gain', 'arrears_plan', 'debt_advice')
        )
        SELECT last.* EXCLUDE (family_id), help.family_id, help.family_id AS unit_id, help.end_date AS day, CASE
            WHEN EXISTS (
                SELECT 1 FROM improved WHERE improved.family_id = help.family_id
                AND improved.event_date BETWEEN help.start_date AND help.end_date
            ) THEN TRUE
            WHEN any_told THEN FALSE
        END AS counted
        FROM help JOIN eh_episode AS last ON last.row_id = help.last_record CROSS JOIN told
        WHERE help.end_date IS NOT NULL
    """,
    time=Flow("the family closed"),
    statistic=Statistic.SHARE,
    better=Better.HIGHER,
    once=True,
    about_person=False,
    needs=(eh_episode.end_date, partner_event.event_date),
    traps=(
        _NOT_SEEN,
        _ONE_KIND_TOLD,
        "A gain, a plan and advice are steps: whether the family can pay its bills is not recorded.",
        "A gain that comes after the family closed is not counted.",
        _NEED_OF_A_FAMILY,
        "The standard holds no tenure, so it cannot be split by it.",
    ),
    source="Low Income Family Tracker, as used in Gravesham: measures of household income can be had locally.",
)


def _settled(day: str) -> str:
    return f"""
        WITH help AS (
            SELECT *, {day} AS day, CAST({day} + INTERVAL 183 DAY AS DATE) AS six_months_on
            FROM ({deeper(_families_with("SF9"), 4)}) AS housing
        ), home AS (
            SELECT help.family_id, help.day, max(CASE WHEN type = 'settled_accommodation'
            AND (event.end_date IS NULL OR event.end_date > help.six_months_on) THEN event_date END) AS settled,
            max(CASE WHEN type = 'homelessness' THEN event_date END) AS lost
            FROM help JOIN partner_event AS event ON event.family_id = help.family_id
            AND event_date BETWEEN help.start_date AND help.six_months_on GROUP BY help.family_id, help.day
        ), told AS (
            SELECT count(*) > 0 AS any_told FROM partner_event WHERE type = 'settled_accommodation'
        )
        SELECT last.* EXCLUDE (family_id), help.family_id, help.family_id AS unit_id, help.day,
        CASE WHEN any_told THEN coalesce(home.settled >= coalesce(home.lost, home.settled), FALSE) END AS counted
        FROM help JOIN eh_episode AS last ON last.row_id = help.first_record CROSS JOIN told
        LEFT JOIN home ON home.family_id = help.family_id AND home.day = help.day
        WHERE help.day IS NOT NULL
    """


housing_secured = Measure(
    id="F9",
    name="Housing secured",
    question="Six months on, do families who had nowhere safe to live have a settled home?",
    why="Without a home nothing else holds: school, health and safety move with the family.",
    unit="families",
    numerator="Of these, families who had moved into settled accommodation since help began, and still had it on the "
    "183rd day after that.",
    denominator="Families with a need for secure housing (SF9) whose help began, each once in a period.",
    of=eh_episode,
    rows=_settled("start_date"),
    time=Matured(183, "help began"),
    statistic=Statistic.SHARE,
    better=Better.HIGHER,
    once=True,
    about_person=False,
    needs=(eh_episode.start_date, partner_event.event_date),
    traps=(
        "A settled home is lost when the record of it ends, or when homelessness is recorded on a later day.",
        "Families who kept the home they had, as eviction was averted, are not seen as settled: housing tells of moves.",
        _NOT_SEEN,
        _ONE_KIND_TOLD,
        _NEED_OF_A_FAMILY,
        "The standard holds no tenure, so it cannot be split by it. Other splits tell of the day help began.",
    ),
    definitions={
        "after_closure": {
            "numerator": "Of these, families who had moved into settled accommodation since help began, and still had "
            "it on the 183rd day after they closed.",
            "denominator": "Families with a need for secure housing (SF9) that closed, each once in a period.",
            "rows": _settled("end_date"),
            "time": Matured(183, "the family closed"),
            "needs": (eh_episode.end_date, partner_event.event_date),
        }
    },
    source="Catalogue of measures, F9; Homelessness Reduction Act 2017: accommodation that is to last six months.",
)

parent_into_work = Measure(
    id="F10",
    name="Parent into work or training",
    question="Do parents who were out of work find work or training?",
    why="Work is for most families the way out of poverty that lasts.",
    unit="adults",
    numerator="Of these, adults who started work or training 1 to 365 days after the family's help began.",
    denominator="Adults of the family on an out-of-work benefit on the day help began, each once in a period.",
    of=partner_event,
    rows="""
        WITH told AS (
            SELECT count(*) > 0 AS any_told FROM partner_event WHERE type = 'work_or_training_started'
        )
        SELECT benefit.*, benefit.person_id AS unit_id, help.start_date AS day, CASE
            WHEN EXISTS (
                SELECT 1 FROM partner_event AS work WHERE work.person_id = benefit.person_id
                AND work.type = 'work_or_training_started'
                AND date_diff('day', help.start_date, work.event_date) BETWEEN 1 AND 365
            ) THEN TRUE
            WHEN any_told THEN FALSE
        END AS counted
        FROM family_help AS help JOIN partner_event AS benefit ON benefit.family_id = help.family_id
        AND benefit.type = 'out_of_work_benefit' AND benefit.event_date <= help.start_date
        AND (benefit.end_date IS NULL OR benefit.end_date >= help.start_date)
        LEFT JOIN profile ON profile.person_id = benefit.person_id CROSS JOIN told
        WHERE benefit.person_id IS NOT NULL
        AND coalesce(date_diff('month', profile.birth_month, help.start_date) >= 216, TRUE)
    """,
    time=Matured(365, "the family's help began"),
    statistic=Statistic.SHARE,
    better=Better.HIGHER,
    once=True,
    needs=(eh_episode.start_date, partner_event.event_date, partner_event.type),
    traps=(
        "Few councils get work starts from the Department for Work and Pensions: most of what is known is what parents "
        "say themselves.",
        "Out of work is being on an out-of-work benefit: adults without work or benefit are not seen.",
        "A person on such a benefit whose age is not known is taken as an adult.",
        _ONE_KIND_TOLD,
        "Work that ended again still counts as a start.",
    ),
    source="Catalogue of measures, F10: feeds of the Department for Work and Pensions are rarely local.",
)

_JUSTICE = "type IN ('caution', 'conviction')"

youth_justice_entry = Measure(
    id="F13",
    name="Youth justice entry",
    question="Do young people we help get a first caution or conviction?",
    why="A first entry to the youth justice system is costly, and closes doors for years.",
    unit="young people",
    numerator="Of these, young people with a caution or conviction 1 to 365 days after early help began.",
    denominator="Young people aged 10 to 17 on the day early help began, with no caution or conviction by that day, "
    "each once in a period, where such records cover the 365 days.",
    of=eh_episode,
    rows=f"""
        WITH entry AS (
            SELECT person_id, event_date FROM partner_event WHERE {_JUSTICE}
        ), before AS (
            SELECT person_id, min(event_date) AS first_day FROM entry GROUP BY person_id
        ), covered AS ({_told_until(_JUSTICE)})
        SELECT first.* EXCLUDE (person_id), help.person_id, help.person_id AS unit_id, help.start_date AS day,
        coalesce(date_diff('day', help.start_date, before.first_day) <= 365, FALSE) AS counted
        FROM {records_of_children("child_help")} AS help
        JOIN eh_episode AS first ON first.row_id = help.first_record
        JOIN profile ON profile.person_id = help.person_id
        AND date_diff('month', profile.birth_month, help.start_date) BETWEEN 120 AND 215
        CROSS JOIN covered LEFT JOIN before ON before.person_id = help.person_id
        WHERE (before.first_day IS NULL OR before.first_day > help.start_date)
        AND date_diff('day', help.start_date, covered.last_day) >= 365
    """,
    time=Matured(365, "early help began"),
    statistic=Statistic.SHARE,
    better=Better.LOWER,
    once=True,
    needs=(eh_episode.start_date, partner_event.event_date, partner_event.type),
    traps=(
        "Age is told by the month of birth; a young person whose birth is not recorded is left out.",
        "An entry before the records begin is not known: some first entries are second ones.",
        "Only young people whose follow-up is complete and covered by youth justice records; others are left out.",
        "Young people are helped because they are at risk: it says nothing of what would have come without help.",
    ),
    source="Kent scorecard of August 2015: first-time entrants are told beside early help.",
)
