-- The time by which holds, tokens and leases are judged: read anew at every call, so that a transaction that
-- waited for a lock sees the time at which it got it. Tests shift it for a session:
--   SET foyer.clock_shift = '15 minutes';
CREATE FUNCTION public.foyer_now() RETURNS timestamptz
LANGUAGE sql VOLATILE PARALLEL SAFE
AS $$
  SELECT clock_timestamp() + coalesce(nullif(current_setting('foyer.clock_shift', true), ''), '0')::interval
$$;
