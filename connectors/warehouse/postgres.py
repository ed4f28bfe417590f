"""What PostgreSQL needs: queries it does not flatten, and its own statistics as a token of change."""

from collections.abc import Iterator
from typing import Any

from connectors.warehouse.optional import ibis_module, imported


def fenced(backend: Any) -> Any:
    """An Ibis backend of PostgreSQL whose every inner select ends in OFFSET 0.

    The planner draws such a select not into the one around it. The counting rules are a score of steps, each of which
    reads columns of the one before several times: drawn together they grow so that planning takes minutes instead of
    30 ms (on 400 rows).
    """
    sql = imported("sqlglot", "ibis-framework").expressions
    kind = ibis_module("ibis.backends.sql.compilers.postgres").PostgresCompiler

    class Fenced(kind):  # type: ignore[misc, valid-type]
        """Writes the queries."""

        def to_sqlglot(self, *given: Any, **named: Any) -> Any:
            """The query as a tree."""
            query = super().to_sqlglot(*given, **named)
            for select in _inner(query, sql):
                select.offset(0, copy=False)
            return query

    backend.compiler = Fenced()
    return backend


def _inner(query: Any, sql: Any) -> Iterator[Any]:
    for found in query.find_all(sql.Subquery, sql.CTE):
        select = found.this
        if isinstance(select, sql.Select) and not (select.args.get("limit") or select.args.get("offset")):
            yield select


def statistics(backend: Any, table: str) -> str | None:
    """What the server counts of a table's changes; it does not of a view's."""
    with backend.con.cursor() as cursor:
        cursor.execute(
            "SELECT relid, pg_relation_filenode(relid), n_tup_ins, n_tup_upd, n_tup_del"
            " FROM pg_stat_user_tables WHERE relid = to_regclass(%s)",
            (table,),
        )
        found = cursor.fetchone()
    return "-".join(map(str, found)) if found else None
