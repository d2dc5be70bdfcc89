"""A query in DuckDB's words said in those of Apache Spark or PostgreSQL, so that it finds the same.

sqlglot translates. What it alone would say wrongly, or in words that the other engine does not have, is said anew here
first, on the parsed query and never on its text. Where DuckDB divides by nothing and goes on, the others stop with an
error: a measure sees to it that it never does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

import sqlglot
from sqlglot import ErrorLevel, exp
from sqlglot.optimizer.qualify import qualify

Tables = Mapping[str, Mapping[str, str]]
"""The type of each column, by table and by name."""


def in_the_words_of(dialect: str, query: str, parameters: Sequence[object] = (), tables: Tables | None = None) -> str:
    """A query in the words of `dialect`, spark or postgres, with the parameters, a value for each `?`, written into it.

    `tables`: those that the query reads. PostgreSQL cannot say "all columns but some", so they are listed for it.
    Raises sqlglot's errors for what it cannot read or say; ValueError for more or fewer parameters than `?`, and for
    columns to list of a table that is not in `tables`.
    """
    tree = _filled_in(sqlglot.parse_one(query, read="duckdb"), parameters)
    if dialect == "postgres" and _leaves_out(tree):
        tree = qualify(tree, schema=dict(tables or {}), dialect="duckdb", quote_identifiers=False)
        if _leaves_out(tree):
            raise ValueError("columns are left out of a table whose columns are not known")
    said = _ANYWHERE | _IN_DIALECT[dialect]
    for node in reversed([*tree.walk()]):  # what lies within a part before the part itself
        if type(node) in said and (anew := said[type(node)](node)) is not node:
            node.replace(anew)
    return tree.sql(dialect, unsupported_level=ErrorLevel.RAISE)


def _leaves_out(tree: exp.Expr) -> bool:
    """Whether it reads all columns of something but some."""
    return any(star.args.get("except_") for star in tree.find_all(exp.Star))


def _filled_in(tree: exp.Expr, parameters: Sequence[object]) -> exp.Expr:
    for place, value in zip([*_places(tree)], parameters, strict=True):
        place.replace(_literal(value))
    return tree


def _places(node: exp.Expr) -> Iterator[exp.Expr]:
    """Each `?` in the order in which it is read: what a query begins WITH is parsed last and read first."""
    if isinstance(node, exp.Placeholder):
        yield node
    for part in sorted(node.iter_expressions(), key=lambda each: not isinstance(each, exp.With)):
        yield from _places(part)


def _literal(value: object) -> exp.Expr:
    return exp.cast(exp.Literal.string(str(value)), "date") if isinstance(value, date) else exp.convert(value)


def _boundaries(node: exp.Expr) -> exp.Expr:
    """Months and years between two days as DuckDB counts them: how many began. Others count those that are complete."""
    since = {"MONTH": _months, "YEAR": _years}.get(str(node.args["unit"]).upper())
    return exp.paren(exp.Sub(this=since(node.this), expression=since(node.expression))) if since else node


def _months(day: exp.Expr) -> exp.Expr:
    return exp.paren(_years(day) * 12 + exp.Extract(this=exp.var("MONTH"), expression=day.copy()))


def _years(day: exp.Expr) -> exp.Expr:
    return exp.Extract(this=exp.var("YEAR"), expression=day.copy())


def _of_numbers_with_a_point(node: exp.Expr) -> exp.Expr:
    """A quotient as DuckDB has it, never of whole numbers or of decimals that are cut."""
    return exp.Div(this=exp.cast(node.this, "double"), expression=node.expression, typed=True, safe=False)


def _days_unfolded(node: exp.Expr) -> exp.Expr:
    """Days in a row unfolded without a cast: they are days already, and what unfolds may stand in nothing else."""
    return node.this if isinstance(node.this, exp.Explode) else node


def _unfolded(node: exp.Expr) -> exp.Expr:
    """A row for each number or day in a row, or for each different code of several with a sign between."""
    if isinstance(node.this, exp.GenerateSeries):
        return node.this
    if isinstance(node.this, exp.ArrayDistinct) and isinstance(parts := node.this.this, exp.Split):
        apart = exp.func("UNNEST", exp.func("STRING_TO_ARRAY", parts.this, parts.expression))
        return exp.func("UNNEST", exp.func("ARRAY", exp.select(apart).distinct()))
    return node


def _first_by(node: exp.Expr) -> exp.Expr:
    """What stands in the row with the least, or the greatest, of something else."""
    in_order = exp.Ordered(this=node.expression, desc=isinstance(node, exp.ArgMax), nulls_first=False)
    listed = exp.ArrayAgg(this=exp.Order(this=node.this, expressions=[in_order]))
    return exp.Bracket(this=exp.paren(listed), expressions=[exp.Literal.number(1)], offset=1)


def _day(node: exp.Expr) -> exp.Expr:
    parts = [exp.cast(node.args[part], "int") for part in ("year", "month", "day")]
    return exp.Anonymous(this="MAKE_DATE", expressions=parts)


def _rounded(node: exp.Expr) -> exp.Expr:
    """A number rounded to some places, which PostgreSQL does of decimals alone."""
    if not node.args.get("decimals"):
        return node
    decimal = exp.Round(this=exp.cast(node.this, "decimal"), decimals=node.args["decimals"])
    return exp.cast(decimal, "double")


def _with_a_name(node: exp.Expr) -> exp.Expr:
    """A query that others read from, which must have a name."""
    if isinstance(node.parent, exp.From | exp.Join) and not node.alias:
        number = 0 if isinstance(node.parent, exp.From) else 1 + (node.parent.index or 0)
        node.set("alias", exp.TableAlias(this=exp.to_identifier(f"without_a_name_{number}")))
    return node


def _groups_by_place(node: exp.Expr) -> exp.Expr:
    """A query that is grouped, or put in order, by all that can be, by their places."""
    if (group := node.args.get("group")) and group.args.get("all"):
        plain = [place for place, each in enumerate(node.expressions, 1) if not each.find(exp.AggFunc)]
        node.set("group", exp.Group(expressions=[exp.Literal.number(place) for place in plain]) if plain else None)
    if (order := node.args.get("order")) and str(order.expressions[0].this).upper() == "ALL":
        node.set("order", exp.Order(expressions=[exp.Literal.number(i + 1) for i in range(len(node.expressions))]))
    return node


_Said = dict[type[exp.Expr], Callable[[exp.Expr], exp.Expr]]
_ANYWHERE: _Said = {exp.DateDiff: _boundaries}
_IN_DIALECT: Mapping[str, _Said] = {
    "spark": {exp.Div: _of_numbers_with_a_point, exp.Cast: _days_unfolded},
    "postgres": {
        exp.Explode: _unfolded,
        exp.ArgMin: _first_by,
        exp.ArgMax: _first_by,
        exp.DateFromParts: _day,
        exp.Round: _rounded,
        exp.Subquery: _with_a_name,
        exp.Select: _groups_by_place,
    },
}
