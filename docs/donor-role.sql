-- A PostgreSQL role for the donor's own process (docs/releases.md). Run it once, as the owner of the tables, in the
-- dashboard's database and after the dashboard has been started there:
--
--     psql "$DASHBOARD_STORE" -f docs/donor-role.sql
--     psql "$DASHBOARD_STORE" -c '\password dashboard_donor'
--
-- The role reads what has been published and the links that open it, and counts views and attempts (under keyed hashes;
-- it removes none). It sees no roster, no history, no audit, and changes nothing else. Whoever made the role with an
-- earlier version runs the line for `attempt` once more: without it each process counts attempts for itself.

CREATE ROLE dashboard_donor LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT CONNECTION LIMIT 40;

-- Older servers let everybody make tables here, and newer ones may have been told to.
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO dashboard_donor;

GRANT SELECT ON release, link TO dashboard_donor;
GRANT UPDATE (views, last_seen) ON link TO dashboard_donor;
GRANT SELECT, INSERT, UPDATE (hits, until) ON attempt TO dashboard_donor;

ALTER ROLE dashboard_donor SET statement_timeout = '10s';
ALTER ROLE dashboard_donor SET idle_in_transaction_session_timeout = '30s';
