-- Passwords from the environment, for psql 15 or later, run as superuser; a role without a variable keeps what it has.
\getenv owner MONOLITH_OWNER_PASSWORD
\getenv app MONOLITH_APP_PASSWORD
\getenv archiver MONOLITH_ARCHIVER_PASSWORD
\getenv reader MONOLITH_READER_PASSWORD

-- The server's log is no place for passwords.
SET log_statement = 'none';
SET log_min_duration_statement = -1;

\if :{?owner}
ALTER ROLE monolith_owner PASSWORD :'owner';
\endif
\if :{?app}
ALTER ROLE monolith_app PASSWORD :'app';
\endif
\if :{?archiver}
ALTER ROLE monolith_archiver PASSWORD :'archiver';
\endif
\if :{?reader}
ALTER ROLE monolith_reader PASSWORD :'reader';
\endif
