-- The database "monolith", for psql, run as superuser; safe to repeat.
-- Locale C: ranges of stream ids compare byte by byte, which is cheap and the same on every machine.
SELECT 'CREATE DATABASE monolith OWNER monolith_owner TEMPLATE template0 ENCODING ''UTF8'' LOCALE ''C'''
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'monolith')
\gexec
