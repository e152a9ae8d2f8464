


-- Dumped from database version 18.6
-- Dumped by pg_dump version 18.6

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: command_id; Type: DOMAIN; Schema: public; Owner: -
--

CREATE DOMAIN public.command_id AS text COLLATE pg_catalog."C"
	CONSTRAINT command_id_check CHECK (((length(VALUE) >= 1) AND (length(VALUE) <= 128)));


--
-- Name: counted; Type: DOMAIN; Schema: public; Owner: -
--

CREATE DOMAIN public.counted AS integer
	CONSTRAINT counted_check CHECK ((VALUE > 0));


--
-- Name: currency_code; Type: DOMAIN; Schema: public; Owner: -
--

CREATE DOMAIN public.currency_code AS text
	CONSTRAINT currency_code_check CHECK ((VALUE ~ '^[A-Z]{3}$'::text));


--
-- Name: event_payload; Type: DOMAIN; Schema: public; Owner: -
--

CREATE DOMAIN public.event_payload AS bytea
	CONSTRAINT event_payload_check CHECK (((octet_length(VALUE) >= 2) AND (octet_length(VALUE) <= 262144)));


--
-- Name: moved_minor; Type: DOMAIN; Schema: public; Owner: -
--

CREATE DOMAIN public.moved_minor AS bigint
	CONSTRAINT moved_minor_check CHECK (((VALUE <> 0) AND (abs(VALUE) <= '1000000000000000'::bigint)));


--
-- Name: procrastinate_job_event_type; Type: TYPE; Schema: public; Owner: -
--

CREATE TYPE public.procrastinate_job_event_type AS ENUM (
    'deferred',
    'started',
    'deferred_for_retry',
    'failed',
    'succeeded',
    'cancelled',
    'abort_requested',
    'aborted',
    'scheduled',
    'retried'
);


--
-- Name: procrastinate_job_status; Type: TYPE; Schema: public; Owner: -
--

CREATE TYPE public.procrastinate_job_status AS ENUM (
    'todo',
    'doing',
    'succeeded',
    'failed',
    'cancelled',
    'aborting',
    'aborted'
);


--
-- Name: procrastinate_job_to_defer_v1; Type: TYPE; Schema: public; Owner: -
--

CREATE TYPE public.procrastinate_job_to_defer_v1 AS (
	queue_name character varying,
	task_name character varying,
	priority integer,
	lock text,
	queueing_lock text,
	args jsonb,
	scheduled_at timestamp with time zone
);


--
-- Name: refusal_facts; Type: DOMAIN; Schema: public; Owner: -
--

CREATE DOMAIN public.refusal_facts AS bytea
	CONSTRAINT refusal_facts_check CHECK ((octet_length(VALUE) <= 65536));


--
-- Name: sha256_hash; Type: DOMAIN; Schema: public; Owner: -
--

CREATE DOMAIN public.sha256_hash AS bytea
	CONSTRAINT sha256_hash_check CHECK ((octet_length(VALUE) = 32));


--
-- Name: short_word; Type: DOMAIN; Schema: public; Owner: -
--

CREATE DOMAIN public.short_word AS text
	CONSTRAINT short_word_check CHECK (((length(VALUE) >= 1) AND (length(VALUE) <= 64)));


--
-- Name: stream_id; Type: DOMAIN; Schema: public; Owner: -
--

CREATE DOMAIN public.stream_id AS text COLLATE pg_catalog."C"
	CONSTRAINT stream_id_check CHECK (((length(VALUE) >= 1) AND (length(VALUE) <= 64)));


--
-- Name: limit_refuse_imbalance(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.limit_refuse_imbalance() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
  faulty record;
BEGIN
  -- Asked first, for nearly always the answer is no, and it is asked with every command that moves money.
  IF NOT EXISTS (
    SELECT FROM (
      SELECT limit_id, seq, sum(amount_minor) AS total_minor, bool_or(event_seq IS NOT NULL) AS begins
        FROM added GROUP BY limit_id, seq, entry_no, currency
    ) AS sums
    GROUP BY limit_id, seq HAVING bool_or(total_minor <> 0) OR NOT bool_or(begins)
  ) THEN
    RETURN NULL;
  END IF;
  SELECT id, seq, bool_or(total_minor <> 0) AS unbalanced INTO faulty
    FROM (
      SELECT limit_id AS id, seq, sum(amount_minor) AS total_minor, bool_or(event_seq IS NOT NULL) AS begins
        FROM added GROUP BY limit_id, seq, entry_no, currency
    ) AS sums
    GROUP BY id, seq HAVING bool_or(total_minor <> 0) OR NOT bool_or(begins) LIMIT 1;
  IF faulty.unbalanced THEN
    RAISE EXCEPTION 'an entry of event % of % does not balance', faulty.seq, faulty.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'limit_posting_balances';
  ELSE
    RAISE EXCEPTION 'postings of event % of % lack their first line', faulty.seq, faulty.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'limit_posting_is_whole';
  END IF;
END
$$;


--
-- Name: order_message_only_erase(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.order_message_only_erase() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  IF OLD.erased_at IS NOT NULL OR NEW.body IS NOT NULL OR NEW.erased_at IS NULL THEN
    RAISE EXCEPTION 'a message may only be erased, and once'
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END
$$;


--
-- Name: order_refuse_imbalance(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.order_refuse_imbalance() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
  faulty record;
BEGIN
  -- Asked first, for nearly always the answer is no, and it is asked with every command that moves money.
  IF NOT EXISTS (
    SELECT FROM (
      SELECT order_id, seq, sum(amount_minor) AS total_minor, bool_or(event_seq IS NOT NULL) AS begins
        FROM added GROUP BY order_id, seq, entry_no, currency
    ) AS sums
    GROUP BY order_id, seq HAVING bool_or(total_minor <> 0) OR NOT bool_or(begins)
  ) THEN
    RETURN NULL;
  END IF;
  SELECT id, seq, bool_or(total_minor <> 0) AS unbalanced INTO faulty
    FROM (
      SELECT order_id AS id, seq, sum(amount_minor) AS total_minor, bool_or(event_seq IS NOT NULL) AS begins
        FROM added GROUP BY order_id, seq, entry_no, currency
    ) AS sums
    GROUP BY id, seq HAVING bool_or(total_minor <> 0) OR NOT bool_or(begins) LIMIT 1;
  IF faulty.unbalanced THEN
    RAISE EXCEPTION 'an entry of event % of % does not balance', faulty.seq, faulty.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'order_posting_balances';
  ELSE
    RAISE EXCEPTION 'postings of event % of % lack their first line', faulty.seq, faulty.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'order_posting_is_whole';
  END IF;
END
$$;


--
-- Name: payout_refuse_imbalance(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.payout_refuse_imbalance() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
  faulty record;
BEGIN
  -- Asked first, for nearly always the answer is no, and it is asked with every command that moves money.
  IF NOT EXISTS (
    SELECT FROM (
      SELECT payout_id, seq, sum(amount_minor) AS total_minor, bool_or(event_seq IS NOT NULL) AS begins
        FROM added GROUP BY payout_id, seq, entry_no, currency
    ) AS sums
    GROUP BY payout_id, seq HAVING bool_or(total_minor <> 0) OR NOT bool_or(begins)
  ) THEN
    RETURN NULL;
  END IF;
  SELECT id, seq, bool_or(total_minor <> 0) AS unbalanced INTO faulty
    FROM (
      SELECT payout_id AS id, seq, sum(amount_minor) AS total_minor, bool_or(event_seq IS NOT NULL) AS begins
        FROM added GROUP BY payout_id, seq, entry_no, currency
    ) AS sums
    GROUP BY id, seq HAVING bool_or(total_minor <> 0) OR NOT bool_or(begins) LIMIT 1;
  IF faulty.unbalanced THEN
    RAISE EXCEPTION 'an entry of event % of % does not balance', faulty.seq, faulty.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'payout_posting_balances';
  ELSE
    RAISE EXCEPTION 'postings of event % of % lack their first line', faulty.seq, faulty.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'payout_posting_is_whole';
  END IF;
END
$$;


--
-- Name: procrastinate_cancel_job_v1(bigint, boolean, boolean); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.procrastinate_cancel_job_v1(job_id bigint, abort boolean, delete_job boolean) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
BEGIN
    IF delete_job THEN
        DELETE FROM procrastinate_jobs
        WHERE id = job_id AND status = 'todo'
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        IF abort THEN
            UPDATE procrastinate_jobs
            SET abort_requested = true,
                status = CASE status
                    WHEN 'todo' THEN 'cancelled'::procrastinate_job_status ELSE status
                END
            WHERE id = job_id AND status IN ('todo', 'doing')
            RETURNING id INTO _job_id;
        ELSE
            UPDATE procrastinate_jobs
            SET status = 'cancelled'::procrastinate_job_status
            WHERE id = job_id AND status = 'todo'
            RETURNING id INTO _job_id;
        END IF;
    END IF;
    RETURN _job_id;
END;
$$;


--
-- Name: procrastinate_defer_jobs_v1(public.procrastinate_job_to_defer_v1[]); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.procrastinate_defer_jobs_v1(jobs public.procrastinate_job_to_defer_v1[]) RETURNS bigint[]
    LANGUAGE plpgsql
    AS $$
DECLARE
    job_ids bigint[];
BEGIN
    WITH inserted_jobs AS (
        INSERT INTO procrastinate_jobs (queue_name, task_name, priority, lock, queueing_lock, args, scheduled_at)
        SELECT (job).queue_name,
               (job).task_name,
               (job).priority,
               (job).lock,
               (job).queueing_lock,
               (job).args,
               (job).scheduled_at
        FROM unnest(jobs) AS job
        RETURNING id
    )
    SELECT array_agg(id) FROM inserted_jobs INTO job_ids;

    RETURN job_ids;
END;
$$;


--
-- Name: procrastinate_defer_periodic_job_v2(character varying, character varying, character varying, character varying, integer, character varying, bigint, jsonb); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.procrastinate_defer_periodic_job_v2(_queue_name character varying, _lock character varying, _queueing_lock character varying, _task_name character varying, _priority integer, _periodic_id character varying, _defer_timestamp bigint, _args jsonb) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
DECLARE
	_job_id bigint;
	_defer_id bigint;
BEGIN
    INSERT
        INTO procrastinate_periodic_defers (task_name, periodic_id, defer_timestamp)
        VALUES (_task_name, _periodic_id, _defer_timestamp)
        ON CONFLICT DO NOTHING
        RETURNING id into _defer_id;

    IF _defer_id IS NULL THEN
        RETURN NULL;
    END IF;

    UPDATE procrastinate_periodic_defers
        SET job_id = (
            SELECT COALESCE((
                SELECT unnest(procrastinate_defer_jobs_v1(
                    ARRAY[
                        ROW(
                            _queue_name,
                            _task_name,
                            _priority,
                            _lock,
                            _queueing_lock,
                            _args,
                            NULL::timestamptz
                        )
                    ]::procrastinate_job_to_defer_v1[]
                ))
            ), NULL)
        )
        WHERE id = _defer_id
        RETURNING job_id INTO _job_id;

    DELETE
        FROM procrastinate_periodic_defers
        USING (
            SELECT id
            FROM procrastinate_periodic_defers
            WHERE procrastinate_periodic_defers.task_name = _task_name
            AND procrastinate_periodic_defers.periodic_id = _periodic_id
            AND procrastinate_periodic_defers.defer_timestamp < _defer_timestamp
            ORDER BY id
            FOR UPDATE
        ) to_delete
        WHERE procrastinate_periodic_defers.id = to_delete.id;

    RETURN _job_id;
END;
$$;


SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: procrastinate_jobs; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.procrastinate_jobs (
    id bigint NOT NULL,
    queue_name character varying(128) NOT NULL,
    task_name character varying(128) NOT NULL,
    lock text,
    args jsonb DEFAULT '{}'::jsonb NOT NULL,
    status public.procrastinate_job_status DEFAULT 'todo'::public.procrastinate_job_status NOT NULL,
    scheduled_at timestamp with time zone,
    attempts integer DEFAULT 0 NOT NULL,
    queueing_lock text,
    priority integer DEFAULT 0 NOT NULL,
    abort_requested boolean DEFAULT false NOT NULL,
    worker_id bigint,
    CONSTRAINT check_not_todo_abort_requested CHECK ((NOT ((status = 'todo'::public.procrastinate_job_status) AND (abort_requested = true))))
);


--
-- Name: procrastinate_fetch_job_v2(character varying[], bigint); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.procrastinate_fetch_job_v2(target_queue_names character varying[], p_worker_id bigint) RETURNS public.procrastinate_jobs
    LANGUAGE plpgsql
    AS $$
DECLARE
	found_jobs procrastinate_jobs;
BEGIN
    WITH candidate AS (
        SELECT jobs.*
            FROM procrastinate_jobs AS jobs
            WHERE
                -- reject the job if its lock has earlier or higher priority jobs
                NOT EXISTS (
                    SELECT 1
                        FROM procrastinate_jobs AS other_jobs
                        WHERE
                            jobs.lock IS NOT NULL
                            AND other_jobs.lock = jobs.lock
                            AND (
                                -- job with same lock is already running
                                other_jobs.status = 'doing'
                                OR
                                -- job with same lock is waiting and has higher priority (or same priority but was queued first)
                                (
                                    other_jobs.status = 'todo'
                                    AND (
                                        other_jobs.priority > jobs.priority
                                        OR (
                                        other_jobs.priority = jobs.priority
                                        AND other_jobs.id < jobs.id
                                        )
                                    )
                                )
                            )
                )
                AND jobs.status = 'todo'
                AND (target_queue_names IS NULL OR jobs.queue_name = ANY( target_queue_names ))
                AND (jobs.scheduled_at IS NULL OR jobs.scheduled_at <= now())
            ORDER BY jobs.priority DESC, jobs.id ASC LIMIT 1
            FOR UPDATE OF jobs SKIP LOCKED
    )
    UPDATE procrastinate_jobs
        SET status = 'doing', worker_id = p_worker_id
        FROM candidate
        WHERE procrastinate_jobs.id = candidate.id
        RETURNING procrastinate_jobs.* INTO found_jobs;

 RETURN found_jobs;
END;
$$;


--
-- Name: procrastinate_finish_job_v1(bigint, public.procrastinate_job_status, boolean); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.procrastinate_finish_job_v1(job_id bigint, end_status public.procrastinate_job_status, delete_job boolean) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
BEGIN
    IF end_status NOT IN ('succeeded', 'failed', 'aborted') THEN
        RAISE 'End status should be either "succeeded", "failed" or "aborted" (job id: %)', job_id;
    END IF;
    IF delete_job THEN
        DELETE FROM procrastinate_jobs
        WHERE id = job_id AND status IN ('todo', 'doing')
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = end_status,
            abort_requested = false,
            attempts = CASE status
                WHEN 'doing' THEN attempts + 1 ELSE attempts
            END
        WHERE id = job_id AND status IN ('todo', 'doing')
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        RAISE 'Job was not found or not in "doing" or "todo" status (job id: %)', job_id;
    END IF;
END;
$$;


--
-- Name: procrastinate_notify_queue_abort_job_v1(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.procrastinate_notify_queue_abort_job_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    payload TEXT;
BEGIN
    SELECT json_build_object('type', 'abort_job_requested', 'job_id', NEW.id)::text INTO payload;
	PERFORM pg_notify('procrastinate_queue_v1#' || NEW.queue_name, payload);
	PERFORM pg_notify('procrastinate_any_queue_v1', payload);
	RETURN NEW;
END;
$$;


--
-- Name: procrastinate_notify_queue_job_inserted_v1(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.procrastinate_notify_queue_job_inserted_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    payload TEXT;
BEGIN
    SELECT json_build_object('type', 'job_inserted', 'job_id', NEW.id)::text INTO payload;
	PERFORM pg_notify('procrastinate_queue_v1#' || NEW.queue_name, payload);
	PERFORM pg_notify('procrastinate_any_queue_v1', payload);
	RETURN NEW;
END;
$$;


--
-- Name: procrastinate_prune_stalled_workers_v1(double precision); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.procrastinate_prune_stalled_workers_v1(seconds_since_heartbeat double precision) RETURNS TABLE(worker_id bigint)
    LANGUAGE plpgsql
    AS $$
BEGIN
    RETURN QUERY
    DELETE FROM procrastinate_workers
    WHERE last_heartbeat < NOW() - (seconds_since_heartbeat || 'SECOND')::INTERVAL
    RETURNING procrastinate_workers.id;
END;
$$;


--
-- Name: procrastinate_register_worker_v1(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.procrastinate_register_worker_v1() RETURNS TABLE(worker_id bigint)
    LANGUAGE plpgsql
    AS $$
BEGIN
    RETURN QUERY
    INSERT INTO procrastinate_workers DEFAULT VALUES
    RETURNING procrastinate_workers.id;
END;
$$;


--
-- Name: procrastinate_retry_job_v1(bigint, timestamp with time zone, integer, character varying, character varying); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.procrastinate_retry_job_v1(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
    _abort_requested boolean;
BEGIN
    SELECT abort_requested FROM procrastinate_jobs
    WHERE id = job_id AND status = 'doing'
    FOR UPDATE
    INTO _abort_requested;
    IF _abort_requested THEN
        UPDATE procrastinate_jobs
        SET status = 'failed'::procrastinate_job_status
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = 'todo'::procrastinate_job_status,
            attempts = attempts + 1,
            scheduled_at = retry_at,
            priority = COALESCE(new_priority, priority),
            queue_name = COALESCE(new_queue_name, queue_name),
            lock = COALESCE(new_lock, lock)
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    END IF;

    IF _job_id IS NULL THEN
        RAISE 'Job was not found or not in "doing" status (job id: %)', job_id;
    END IF;
END;
$$;


--
-- Name: procrastinate_retry_job_v2(bigint, timestamp with time zone, integer, character varying, character varying); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.procrastinate_retry_job_v2(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
    _abort_requested boolean;
    _current_status procrastinate_job_status;
BEGIN
    SELECT status, abort_requested FROM procrastinate_jobs
    WHERE id = job_id AND status IN ('doing', 'failed')
    FOR UPDATE
    INTO _current_status, _abort_requested;
    IF _current_status = 'doing' AND _abort_requested THEN
        UPDATE procrastinate_jobs
        SET status = 'failed'::procrastinate_job_status
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = 'todo'::procrastinate_job_status,
            attempts = attempts + 1,
            scheduled_at = retry_at,
            priority = COALESCE(new_priority, priority),
            queue_name = COALESCE(new_queue_name, queue_name),
            lock = COALESCE(new_lock, lock)
        WHERE id = job_id AND status IN ('doing', 'failed')
        RETURNING id INTO _job_id;
    END IF;

    IF _job_id IS NULL THEN
        RAISE 'Job was not found or has an invalid status to retry (job id: %)', job_id;
    END IF;

END;
$$;


--
-- Name: procrastinate_trigger_abort_requested_events_procedure_v1(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.procrastinate_trigger_abort_requested_events_procedure_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type)
        VALUES (NEW.id, 'abort_requested'::procrastinate_job_event_type);
    RETURN NEW;
END;
$$;


--
-- Name: procrastinate_trigger_function_scheduled_events_v1(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.procrastinate_trigger_function_scheduled_events_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type, at)
        VALUES (NEW.id, 'scheduled'::procrastinate_job_event_type, NEW.scheduled_at);

	RETURN NEW;
END;
$$;


--
-- Name: procrastinate_trigger_function_status_events_insert_v1(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.procrastinate_trigger_function_status_events_insert_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type)
        VALUES (NEW.id, 'deferred'::procrastinate_job_event_type);
	RETURN NEW;
END;
$$;


--
-- Name: procrastinate_trigger_function_status_events_update_v1(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.procrastinate_trigger_function_status_events_update_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    WITH t AS (
        SELECT CASE
            WHEN OLD.status = 'todo'::procrastinate_job_status
                AND NEW.status = 'doing'::procrastinate_job_status
                THEN 'started'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'todo'::procrastinate_job_status
                THEN 'deferred_for_retry'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'failed'::procrastinate_job_status
                THEN 'failed'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'succeeded'::procrastinate_job_status
                THEN 'succeeded'::procrastinate_job_event_type
            WHEN OLD.status = 'todo'::procrastinate_job_status
                AND (
                    NEW.status = 'cancelled'::procrastinate_job_status
                    OR NEW.status = 'failed'::procrastinate_job_status
                    OR NEW.status = 'succeeded'::procrastinate_job_status
                )
                THEN 'cancelled'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'aborted'::procrastinate_job_status
                THEN 'aborted'::procrastinate_job_event_type
            WHEN OLD.status = 'failed'::procrastinate_job_status
                AND NEW.status = 'todo'::procrastinate_job_status
                THEN 'retried'::procrastinate_job_event_type
            ELSE NULL
        END as event_type
    )
    INSERT INTO procrastinate_events(job_id, type)
        SELECT NEW.id, t.event_type
        FROM t
        WHERE t.event_type IS NOT NULL;
	RETURN NEW;
END;
$$;


--
-- Name: procrastinate_unlink_periodic_defers_v1(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.procrastinate_unlink_periodic_defers_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE procrastinate_periodic_defers
    SET job_id = NULL
    WHERE job_id = OLD.id;
    RETURN OLD;
END;
$$;


--
-- Name: procrastinate_unregister_worker_v1(bigint); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.procrastinate_unregister_worker_v1(worker_id bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    DELETE FROM procrastinate_workers
    WHERE id = worker_id;
END;
$$;


--
-- Name: procrastinate_update_heartbeat_v1(bigint); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.procrastinate_update_heartbeat_v1(worker_id bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE procrastinate_workers
    SET last_heartbeat = NOW()
    WHERE id = worker_id;
END;
$$;


--
-- Name: account_balance; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.account_balance (
    family text NOT NULL,
    account text NOT NULL,
    part text NOT NULL,
    currency text NOT NULL,
    balance_minor numeric(30,0) NOT NULL,
    postings bigint NOT NULL,
    CONSTRAINT account_balance_family_check CHECK ((family = ANY (ARRAY['order'::text, 'payout'::text, 'limit'::text]))),
    CONSTRAINT account_balance_postings_check CHECK ((postings > 0))
);


--
-- Name: checkpoint; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.checkpoint (
    taken_at timestamp with time zone NOT NULL,
    streams bigint NOT NULL,
    root bytea NOT NULL,
    CONSTRAINT checkpoint_root_check CHECK ((octet_length(root) = 32)),
    CONSTRAINT checkpoint_streams_check CHECK ((streams >= 0))
);


--
-- Name: django_migrations; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.django_migrations (
    id bigint NOT NULL,
    app character varying(255) NOT NULL,
    name character varying(255) NOT NULL,
    applied timestamp with time zone NOT NULL
);


--
-- Name: django_migrations_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.django_migrations ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_migrations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: limit_command; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.limit_command (
    limit_id public.stream_id NOT NULL,
    command_id public.command_id NOT NULL,
    content_hash public.sha256_hash NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    refusal_code public.short_word,
    facts public.refusal_facts,
    first_seq public.counted,
    last_seq public.counted,
    CONSTRAINT limit_command_check CHECK ((((refusal_code IS NULL) = (facts IS NULL)) AND ((first_seq IS NULL) = (last_seq IS NULL)) AND ((last_seq)::integer >= (first_seq)::integer)))
);

ALTER TABLE ONLY public.limit_command FORCE ROW LEVEL SECURITY;


--
-- Name: limit_event; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.limit_event (
    limit_id public.stream_id NOT NULL,
    seq public.counted NOT NULL,
    previous_seq integer GENERATED ALWAYS AS (NULLIF(((seq)::integer - 1), 0)) STORED,
    payload public.event_payload NOT NULL,
    type public.short_word NOT NULL,
    version public.counted NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    effective_at timestamp with time zone NOT NULL,
    actor_role text NOT NULL,
    actor_company_id text NOT NULL,
    actor_person_id text NOT NULL,
    command_id text NOT NULL,
    previous_hash public.sha256_hash NOT NULL,
    hash public.sha256_hash NOT NULL,
    CONSTRAINT limit_event_begins CHECK ((((seq)::integer > 1) OR ((previous_hash)::bytea = '\x0000000000000000000000000000000000000000000000000000000000000000'::bytea)))
);

ALTER TABLE ONLY public.limit_event FORCE ROW LEVEL SECURITY;


--
-- Name: limit_head; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.limit_head (
    limit_id public.stream_id NOT NULL,
    head_seq public.counted NOT NULL,
    head_hash public.sha256_hash NOT NULL,
    created_at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    next_deadline_at timestamp with time zone,
    status public.short_word NOT NULL,
    company_id text NOT NULL,
    currency text NOT NULL
)
WITH (fillfactor='80');

ALTER TABLE ONLY public.limit_head FORCE ROW LEVEL SECURITY;


--
-- Name: limit_outbox; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.limit_outbox (
    limit_id public.stream_id NOT NULL,
    seq public.counted NOT NULL,
    message_no public.counted NOT NULL,
    topic public.short_word NOT NULL,
    payload bytea NOT NULL,
    created_at timestamp with time zone NOT NULL,
    handed_over_at timestamp with time zone,
    done_at timestamp with time zone,
    CONSTRAINT limit_outbox_check CHECK (((done_at IS NULL) OR (handed_over_at IS NOT NULL)))
);

ALTER TABLE ONLY public.limit_outbox FORCE ROW LEVEL SECURITY;


--
-- Name: limit_posting; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.limit_posting (
    limit_id public.stream_id NOT NULL,
    seq integer NOT NULL,
    entry_no public.counted NOT NULL,
    line_no public.counted NOT NULL,
    template public.short_word NOT NULL,
    account public.short_word NOT NULL,
    part text NOT NULL,
    currency public.currency_code NOT NULL,
    amount_minor public.moved_minor NOT NULL,
    rules_version public.counted NOT NULL,
    event_seq integer GENERATED ALWAYS AS (
CASE
    WHEN (((entry_no)::integer = 1) AND ((line_no)::integer = 1)) THEN seq
    ELSE NULL::integer
END) STORED
);

ALTER TABLE ONLY public.limit_posting FORCE ROW LEVEL SECURITY;


--
-- Name: limit_rollup; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.limit_rollup (
    limit_id public.stream_id NOT NULL,
    seq public.counted NOT NULL
);

ALTER TABLE ONLY public.limit_rollup FORCE ROW LEVEL SECURITY;


--
-- Name: order_acceptance; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.order_acceptance (
    order_id text NOT NULL COLLATE pg_catalog."C",
    command_id text NOT NULL COLLATE pg_catalog."C",
    asked bytea NOT NULL,
    facts bytea NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT order_acceptance_command_id_check CHECK (((length(command_id) >= 1) AND (length(command_id) <= 128))),
    CONSTRAINT order_acceptance_order_id_check CHECK (((length(order_id) >= 1) AND (length(order_id) <= 64)))
);

ALTER TABLE ONLY public.order_acceptance FORCE ROW LEVEL SECURITY;


--
-- Name: order_command; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.order_command (
    order_id public.stream_id NOT NULL,
    command_id public.command_id NOT NULL,
    content_hash public.sha256_hash NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    refusal_code public.short_word,
    facts public.refusal_facts,
    first_seq public.counted,
    last_seq public.counted,
    CONSTRAINT order_command_check CHECK ((((refusal_code IS NULL) = (facts IS NULL)) AND ((first_seq IS NULL) = (last_seq IS NULL)) AND ((last_seq)::integer >= (first_seq)::integer)))
);

ALTER TABLE ONLY public.order_command FORCE ROW LEVEL SECURITY;


--
-- Name: order_event; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.order_event (
    order_id public.stream_id NOT NULL,
    seq public.counted NOT NULL,
    previous_seq integer GENERATED ALWAYS AS (NULLIF(((seq)::integer - 1), 0)) STORED,
    payload public.event_payload NOT NULL,
    type public.short_word NOT NULL,
    version public.counted NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    effective_at timestamp with time zone NOT NULL,
    actor_role text NOT NULL,
    actor_company_id text NOT NULL,
    actor_person_id text NOT NULL,
    command_id text NOT NULL,
    previous_hash public.sha256_hash NOT NULL,
    hash public.sha256_hash NOT NULL,
    CONSTRAINT order_event_begins CHECK ((((seq)::integer > 1) OR ((previous_hash)::bytea = '\x0000000000000000000000000000000000000000000000000000000000000000'::bytea)))
);

ALTER TABLE ONLY public.order_event FORCE ROW LEVEL SECURITY;


--
-- Name: order_file; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.order_file (
    order_id text NOT NULL COLLATE pg_catalog."C",
    file_no integer NOT NULL,
    content_hash bytea NOT NULL,
    size_bytes bigint NOT NULL,
    media_type text NOT NULL,
    file_name text NOT NULL,
    purpose text NOT NULL,
    author_role text NOT NULL,
    author_company_id text NOT NULL,
    author_person_id text NOT NULL,
    added_at timestamp with time zone NOT NULL,
    CONSTRAINT order_file_author_role_check CHECK ((author_role <> ''::text)),
    CONSTRAINT order_file_content_hash_check CHECK ((octet_length(content_hash) = 32)),
    CONSTRAINT order_file_file_name_check CHECK (((length(file_name) >= 1) AND (length(file_name) <= 255))),
    CONSTRAINT order_file_file_no_check CHECK ((file_no > 0)),
    CONSTRAINT order_file_media_type_check CHECK ((media_type <> ''::text)),
    CONSTRAINT order_file_order_id_check CHECK (((length(order_id) >= 1) AND (length(order_id) <= 64))),
    CONSTRAINT order_file_purpose_check CHECK ((purpose <> ''::text)),
    CONSTRAINT order_file_size_bytes_check CHECK ((size_bytes >= 0))
);

ALTER TABLE ONLY public.order_file FORCE ROW LEVEL SECURITY;


--
-- Name: order_head; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.order_head (
    order_id public.stream_id NOT NULL,
    head_seq public.counted NOT NULL,
    head_hash public.sha256_hash NOT NULL,
    created_at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    next_deadline_at timestamp with time zone,
    status public.short_word NOT NULL,
    policy_id text NOT NULL,
    buyer_company_id text NOT NULL,
    supplier_company_id text NOT NULL,
    participant_company_ids text[] NOT NULL,
    currency text NOT NULL,
    total_minor bigint NOT NULL,
    CONSTRAINT order_head_total_minor_check CHECK ((total_minor >= 0))
)
WITH (fillfactor='80');

ALTER TABLE ONLY public.order_head FORCE ROW LEVEL SECURITY;


--
-- Name: order_message; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.order_message (
    order_id text NOT NULL COLLATE pg_catalog."C",
    message_no integer NOT NULL,
    author_role text NOT NULL,
    author_company_id text NOT NULL,
    author_person_id text NOT NULL,
    sent_at timestamp with time zone NOT NULL,
    body text,
    salt bytea,
    body_hash bytea NOT NULL,
    erased_at timestamp with time zone,
    CONSTRAINT order_message_author_role_check CHECK ((author_role <> ''::text)),
    CONSTRAINT order_message_body_check CHECK ((octet_length(body) <= 65536)),
    CONSTRAINT order_message_body_hash_check CHECK ((octet_length(body_hash) = 32)),
    CONSTRAINT order_message_check CHECK (((body IS NULL) = (erased_at IS NOT NULL))),
    CONSTRAINT order_message_check1 CHECK (((body IS NULL) = (salt IS NULL))),
    CONSTRAINT order_message_message_no_check CHECK ((message_no > 0)),
    CONSTRAINT order_message_order_id_check CHECK (((length(order_id) >= 1) AND (length(order_id) <= 64))),
    CONSTRAINT order_message_salt_check CHECK ((octet_length(salt) = 16))
);

ALTER TABLE ONLY public.order_message FORCE ROW LEVEL SECURITY;


--
-- Name: order_outbox; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.order_outbox (
    order_id public.stream_id NOT NULL,
    seq public.counted NOT NULL,
    message_no public.counted NOT NULL,
    topic public.short_word NOT NULL,
    payload bytea NOT NULL,
    created_at timestamp with time zone NOT NULL,
    handed_over_at timestamp with time zone,
    done_at timestamp with time zone,
    CONSTRAINT order_outbox_check CHECK (((done_at IS NULL) OR (handed_over_at IS NOT NULL)))
);

ALTER TABLE ONLY public.order_outbox FORCE ROW LEVEL SECURITY;


--
-- Name: order_posting; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.order_posting (
    order_id public.stream_id NOT NULL,
    seq integer NOT NULL,
    entry_no public.counted NOT NULL,
    line_no public.counted NOT NULL,
    template public.short_word NOT NULL,
    account public.short_word NOT NULL,
    part text NOT NULL,
    currency public.currency_code NOT NULL,
    amount_minor public.moved_minor NOT NULL,
    rules_version public.counted NOT NULL,
    event_seq integer GENERATED ALWAYS AS (
CASE
    WHEN (((entry_no)::integer = 1) AND ((line_no)::integer = 1)) THEN seq
    ELSE NULL::integer
END) STORED
);

ALTER TABLE ONLY public.order_posting FORCE ROW LEVEL SECURITY;


--
-- Name: order_rollup; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.order_rollup (
    order_id public.stream_id NOT NULL,
    seq public.counted NOT NULL
);

ALTER TABLE ONLY public.order_rollup FORCE ROW LEVEL SECURITY;


--
-- Name: payout_command; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.payout_command (
    payout_id public.stream_id NOT NULL,
    command_id public.command_id NOT NULL,
    content_hash public.sha256_hash NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    refusal_code public.short_word,
    facts public.refusal_facts,
    first_seq public.counted,
    last_seq public.counted,
    CONSTRAINT payout_command_check CHECK ((((refusal_code IS NULL) = (facts IS NULL)) AND ((first_seq IS NULL) = (last_seq IS NULL)) AND ((last_seq)::integer >= (first_seq)::integer)))
);

ALTER TABLE ONLY public.payout_command FORCE ROW LEVEL SECURITY;


--
-- Name: payout_event; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.payout_event (
    payout_id public.stream_id NOT NULL,
    seq public.counted NOT NULL,
    previous_seq integer GENERATED ALWAYS AS (NULLIF(((seq)::integer - 1), 0)) STORED,
    payload public.event_payload NOT NULL,
    type public.short_word NOT NULL,
    version public.counted NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    effective_at timestamp with time zone NOT NULL,
    actor_role text NOT NULL,
    actor_company_id text NOT NULL,
    actor_person_id text NOT NULL,
    command_id text NOT NULL,
    previous_hash public.sha256_hash NOT NULL,
    hash public.sha256_hash NOT NULL,
    CONSTRAINT payout_event_begins CHECK ((((seq)::integer > 1) OR ((previous_hash)::bytea = '\x0000000000000000000000000000000000000000000000000000000000000000'::bytea)))
);

ALTER TABLE ONLY public.payout_event FORCE ROW LEVEL SECURITY;


--
-- Name: payout_head; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.payout_head (
    payout_id public.stream_id NOT NULL,
    head_seq public.counted NOT NULL,
    head_hash public.sha256_hash NOT NULL,
    created_at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    next_deadline_at timestamp with time zone,
    status public.short_word NOT NULL,
    company_id text NOT NULL,
    currency text NOT NULL
)
WITH (fillfactor='80');

ALTER TABLE ONLY public.payout_head FORCE ROW LEVEL SECURITY;


--
-- Name: payout_outbox; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.payout_outbox (
    payout_id public.stream_id NOT NULL,
    seq public.counted NOT NULL,
    message_no public.counted NOT NULL,
    topic public.short_word NOT NULL,
    payload bytea NOT NULL,
    created_at timestamp with time zone NOT NULL,
    handed_over_at timestamp with time zone,
    done_at timestamp with time zone,
    CONSTRAINT payout_outbox_check CHECK (((done_at IS NULL) OR (handed_over_at IS NOT NULL)))
);

ALTER TABLE ONLY public.payout_outbox FORCE ROW LEVEL SECURITY;


--
-- Name: payout_posting; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.payout_posting (
    payout_id public.stream_id NOT NULL,
    seq integer NOT NULL,
    entry_no public.counted NOT NULL,
    line_no public.counted NOT NULL,
    template public.short_word NOT NULL,
    account public.short_word NOT NULL,
    part text NOT NULL,
    currency public.currency_code NOT NULL,
    amount_minor public.moved_minor NOT NULL,
    rules_version public.counted NOT NULL,
    event_seq integer GENERATED ALWAYS AS (
CASE
    WHEN (((entry_no)::integer = 1) AND ((line_no)::integer = 1)) THEN seq
    ELSE NULL::integer
END) STORED
);

ALTER TABLE ONLY public.payout_posting FORCE ROW LEVEL SECURITY;


--
-- Name: payout_rollup; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.payout_rollup (
    payout_id public.stream_id NOT NULL,
    seq public.counted NOT NULL
);

ALTER TABLE ONLY public.payout_rollup FORCE ROW LEVEL SECURITY;


--
-- Name: procrastinate_events; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.procrastinate_events (
    id bigint NOT NULL,
    job_id bigint NOT NULL,
    type public.procrastinate_job_event_type,
    at timestamp with time zone DEFAULT now()
);


--
-- Name: procrastinate_events_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.procrastinate_events_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: procrastinate_events_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.procrastinate_events_id_seq OWNED BY public.procrastinate_events.id;


--
-- Name: procrastinate_jobs_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.procrastinate_jobs_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: procrastinate_jobs_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.procrastinate_jobs_id_seq OWNED BY public.procrastinate_jobs.id;


--
-- Name: procrastinate_periodic_defers; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.procrastinate_periodic_defers (
    id bigint NOT NULL,
    task_name character varying(128) NOT NULL,
    defer_timestamp bigint,
    job_id bigint,
    periodic_id character varying(128) DEFAULT ''::character varying NOT NULL
);


--
-- Name: procrastinate_periodic_defers_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.procrastinate_periodic_defers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: procrastinate_periodic_defers_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.procrastinate_periodic_defers_id_seq OWNED BY public.procrastinate_periodic_defers.id;


--
-- Name: procrastinate_workers; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.procrastinate_workers (
    id bigint NOT NULL,
    last_heartbeat timestamp with time zone DEFAULT now() NOT NULL
);


--
-- Name: procrastinate_workers_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.procrastinate_workers ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.procrastinate_workers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: receiving_account; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.receiving_account (
    account_hash text NOT NULL COLLATE pg_catalog."C",
    company_id text NOT NULL COLLATE pg_catalog."C",
    details bytea,
    salt bytea,
    erased_at timestamp with time zone,
    CONSTRAINT receiving_account_account_hash_check CHECK ((account_hash ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT receiving_account_check CHECK (((details IS NULL) = (erased_at IS NOT NULL))),
    CONSTRAINT receiving_account_check1 CHECK (((salt IS NULL) = (erased_at IS NOT NULL))),
    CONSTRAINT receiving_account_company_id_check CHECK (((length(company_id) >= 1) AND (length(company_id) <= 64))),
    CONSTRAINT receiving_account_details_check CHECK ((octet_length(details) <= 8192)),
    CONSTRAINT receiving_account_salt_check CHECK ((octet_length(salt) = 16))
);


--
-- Name: supplier; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.supplier (
    company_id text NOT NULL COLLATE pg_catalog."C",
    enrolled boolean NOT NULL,
    tier text NOT NULL,
    account_hash text NOT NULL,
    account_verified boolean NOT NULL,
    CONSTRAINT supplier_check CHECK (((account_hash <> ''::text) OR (NOT account_verified))),
    CONSTRAINT supplier_company_id_check CHECK (((length(company_id) >= 1) AND (length(company_id) <= 64)))
);


--
-- Name: transfer_batch; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.transfer_batch (
    batch_id text NOT NULL COLLATE pg_catalog."C",
    header bytea NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT transfer_batch_batch_id_check CHECK (((length(batch_id) >= 1) AND (length(batch_id) <= 64))),
    CONSTRAINT transfer_batch_header_check CHECK ((octet_length(header) <= 8192))
);


--
-- Name: transfer_batch_item; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.transfer_batch_item (
    batch_id text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL COLLATE pg_catalog."C",
    account_id text NOT NULL COLLATE pg_catalog."C",
    payout_id text NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT transfer_batch_item_account_id_check CHECK ((account_id <> ''::text)),
    CONSTRAINT transfer_batch_item_batch_id_check CHECK (((length(batch_id) >= 1) AND (length(batch_id) <= 64))),
    CONSTRAINT transfer_batch_item_name_check CHECK ((name <> ''::text)),
    CONSTRAINT transfer_batch_item_payout_id_check CHECK ((payout_id <> ''::text))
);


--
-- Name: procrastinate_events id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.procrastinate_events ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_events_id_seq'::regclass);


--
-- Name: procrastinate_jobs id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.procrastinate_jobs ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_jobs_id_seq'::regclass);


--
-- Name: procrastinate_periodic_defers id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.procrastinate_periodic_defers ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_periodic_defers_id_seq'::regclass);


--
-- Data for Name: account_balance; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.account_balance (family, account, part, currency, balance_minor, postings) VALUES
	('order', 'due_buyer', '', 'USD', 0, 2),
	('order', 'payout_clearing', '', 'USD', -3202000, 2),
	('payout', 'payout_clearing', '', 'USD', 3202000, 2),
	('payout', 'supplier_payable', '', 'USD', -3202000, 2),
	('order', 'held', '', 'USD', -594000, 8),
	('order', 'bank', 'wire', 'USD', 3824000, 13),
	('order', 'inspection_fee', '', 'USD', -28000, 7);


--
-- Data for Name: checkpoint; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.checkpoint (taken_at, streams, root) VALUES
	('2026-01-01 01:00:00+00', 1, '\xebcea7e17d8cbb119922c4028ea818fae7d00bcf2a61e3c82db8edf2ed704e94'),
	('2026-01-02 01:00:00+00', 2, '\xa172d09ccd13d9a791302e6025dec4e458d2d7c46fd543b3dc3de5e1d45ac41a'),
	('2026-01-05 01:00:00+00', 2, '\x116cf891ed6a88749c1b72bb6a85e936778d82e0026ead7e9c5be0d9620885ae'),
	('2026-01-08 01:00:00+00', 2, '\x371c9e73ca7ee8c131ce8bb93945a01e18039980a39982ec171494f9c8c0f8ad'),
	('2026-01-27 01:00:00+00', 2, '\x0c92d17fdb76a47b1501efdaf4ec9efd525548d64ab2ea2187a414b3403cf504'),
	('2026-02-11 01:00:00+00', 2, '\x2f02165d01b9bc27284023df52739b593dabbda942c21307f1198e00891adc3d'),
	('2026-02-15 01:00:00+00', 2, '\x287518f5f5262f416aaa10391be0cd53f08a8a4f92b06060bda1e71495dceed6'),
	('2026-03-12 01:00:00+00', 2, '\xadee70f2664727b535703ce4a4a1736d150b3829cc1f616838aafdde47195679'),
	('2026-04-20 01:00:00+00', 2, '\x2d542a73da0aadae680527d3ab14cb9db589e35c35aecd1b6063d46c815c6efe'),
	('2026-04-23 01:00:00+00', 3, '\xe6a6e5b7cb9c9acabf4ef0bafe5367f40a66c1814306d0314a5c34e31e7f1785'),
	('2026-04-24 01:00:00+00', 3, '\xd900d15d87017c19c17bf9f7b685ab2506732af1173d69a5588a2ff16ef53a2c'),
	('2026-05-21 01:00:00+00', 4, '\xb848acdecfea6ada5b6b08fcb25eecc1a70c58da8d5e19eecfcc7c47d30229e6'),
	('2026-05-26 01:00:00+00', 4, '\xc26d91ff6ddbe6a5605be2dfc347f9d202793f534d77f1398dff4a19a653cac9'),
	('2026-05-27 01:00:00+00', 4, '\x7f6bc4d314a0939f8a58900aee43ec76d1a593b897e0946fd0f4b426beef099f'),
	('2026-05-28 01:00:00+00', 4, '\xc38b0665b9f3bd8dace49bed7a2e3944feefffb84efe67532bbc3a5be140fb6d'),
	('2026-05-29 01:00:00+00', 4, '\x66f4418a0fe2e18dbc9eacd19275b5248cc5178bee0304d30d6fd76d436657ed'),
	('2026-06-02 01:00:00+00', 4, '\x259ca6a1a64d61bcfb2750a90d3e749840b471fa05e0c7bbb99ad57eb04fb32a'),
	('2026-06-05 01:00:00+00', 4, '\x1b3fb883acb5b252bf6c49922849e865df27dc0a3c4b609374dee5c1e76388ee'),
	('2026-06-15 01:00:00+00', 4, '\x7e7092f059081399748f586bf1f2c453881a50101243930e6e41982941c6a41c'),
	('2026-10-23 01:00:00+00', 5, '\xdde9c6b6b8eadf02973e26f53941bf84e434f7d1b2b6642d23ee62226dd8cfee'),
	('2026-10-26 01:00:00+00', 5, '\x358d12bca9824f239a386c6c89a0ce8e9dd3a76b1acf1718211071b010ee9c65'),
	('2026-10-29 01:00:00+00', 5, '\xe406dc898b084f8208819459b0c74ae14db2ee0ab1f0594e41d82d7c27694831'),
	('2026-11-17 01:00:00+00', 5, '\xc79fa5106bfd4106b28450e6c3cd8a81a44c9191952cb1c00b71dec7d7c5e8c1'),
	('2026-11-21 01:00:00+00', 5, '\xffbda0239eba82e9c9b1fe574c3e5095f3da4693abb27c225d9ede6bb354f389');


--
-- Data for Name: django_migrations; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.django_migrations (id, app, name, applied) VALUES
	(1, 'procrastinate', '0001_initial', '2026-11-22 03:29:49.012985+00'),
	(2, 'procrastinate', '0002_drop_started_at_column', '2026-11-22 03:29:49.015285+00'),
	(3, 'procrastinate', '0003_drop_started_at_column', '2026-11-22 03:29:49.01798+00'),
	(4, 'procrastinate', '0004_drop_procrastinate_version_table', '2026-11-22 03:29:49.019534+00'),
	(5, 'procrastinate', '0005_fix_procrastinate_fetch_job', '2026-11-22 03:29:49.022099+00'),
	(6, 'procrastinate', '0006_fix_trigger_status_events_insert', '2026-11-22 03:29:49.024148+00'),
	(7, 'procrastinate', '0007_add_queueing_lock_column', '2026-11-22 03:29:49.025749+00'),
	(8, 'procrastinate', '0008_close_fetch_job_race_condition', '2026-11-22 03:29:49.028019+00'),
	(9, 'procrastinate', '0009_add_defer_job_function', '2026-11-22 03:29:49.031322+00'),
	(10, 'procrastinate', '0010_add_procrastinate_periodic_defers', '2026-11-22 03:29:49.03394+00'),
	(11, 'procrastinate', '0011_add_foreign_key_index', '2026-11-22 03:29:49.035533+00'),
	(12, 'procrastinate', '0012_add_locks_to_periodic_defer', '2026-11-22 03:29:49.037581+00'),
	(13, 'procrastinate', '0013_fix_procrastinate_defer_periodic_job', '2026-11-22 03:29:49.039112+00'),
	(14, 'procrastinate', '0014_add_finish_job_and_retry_job_functions', '2026-11-22 03:29:49.040385+00'),
	(15, 'procrastinate', '0015_add_trigger_on_job_deletion', '2026-11-22 03:29:49.041648+00'),
	(16, 'procrastinate', '0016_delete_finished_jobs', '2026-11-22 03:29:49.042581+00'),
	(17, 'procrastinate', '0017_add_checks_to_finish_job', '2026-11-22 03:29:49.04351+00'),
	(18, 'procrastinate', '0018_add_checks_to_retry_job', '2026-11-22 03:29:49.044583+00'),
	(19, 'procrastinate', '0019_fix_finish_job_compat_issue', '2026-11-22 03:29:49.045678+00'),
	(20, 'procrastinate', '0020_add_index_on_procrastinate_jobs', '2026-11-22 03:29:49.046839+00'),
	(21, 'procrastinate', '0021_add_kwargs_to_defer_periodic_job', '2026-11-22 03:29:49.048789+00'),
	(22, 'procrastinate', '0022_null_locks_excluded', '2026-11-22 03:29:49.05021+00'),
	(23, 'procrastinate', '0023_remove_old_finish_job_function', '2026-11-22 03:29:49.051384+00'),
	(24, 'procrastinate', '0024_job_id_bigint', '2026-11-22 03:29:49.0544+00'),
	(25, 'procrastinate', '0025_add_models', '2026-11-22 03:29:49.057356+00'),
	(26, 'procrastinate', '0026_add_job_priority', '2026-11-22 03:29:49.060177+00'),
	(27, 'procrastinate', '0027_add_periodic_job_priority', '2026-11-22 03:29:49.061493+00'),
	(28, 'procrastinate', '0028_add_cancel_states', '2026-11-22 03:29:49.064298+00'),
	(29, 'procrastinate', '0029_add_additional_params_to_retry_job', '2026-11-22 03:29:49.065652+00'),
	(30, 'procrastinate', '0030_alter_procrastinateevent_options', '2026-11-22 03:29:49.066818+00'),
	(31, 'procrastinate', '0031_add_indexes_for_fetch_job', '2026-11-22 03:29:49.06874+00'),
	(32, 'procrastinate', '0032_pre_cancel_notification', '2026-11-22 03:29:49.072381+00'),
	(33, 'procrastinate', '0033_post_cancel_notification', '2026-11-22 03:29:49.078663+00'),
	(34, 'procrastinate', '0034_pre_add_heartbeat', '2026-11-22 03:29:49.082956+00'),
	(35, 'procrastinate', '0035_post_add_heartbeat', '2026-11-22 03:29:49.08454+00'),
	(36, 'procrastinate', '0036_add_worker_model', '2026-11-22 03:29:49.086918+00'),
	(37, 'procrastinate', '0037_pre_batch_defer_jobs', '2026-11-22 03:29:49.089125+00'),
	(38, 'procrastinate', '0038_post_batch_defer_jobs', '2026-11-22 03:29:49.090595+00'),
	(39, 'procrastinate', '0039_pre_priority_lock_fetch_job', '2026-11-22 03:29:49.093363+00'),
	(40, 'procrastinate', '0040_pre_retry_failed_job', '2026-11-22 03:29:49.094519+00'),
	(41, 'procrastinate', '0041_post_retry_failed_job', '2026-11-22 03:29:49.09596+00'),
	(42, 'store', '0001_aggregates', '2026-11-22 03:29:49.131108+00'),
	(43, 'store', '0002_suppliers', '2026-11-22 03:29:49.137448+00'),
	(44, 'store', '0003_batches', '2026-11-22 03:29:49.140954+00');


--
-- Data for Name: limit_command; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.limit_command (limit_id, command_id, content_hash, recorded_at, refusal_code, facts, first_seq, last_seq) VALUES
	('lim_com_brightcell', 'play:com_brightcell:limit', '\x07ba27ed96d2dfcd17ba82950d7d75352d020357715818d63f96a447fe00c71c', '2026-01-01 01:00:00+00', NULL, NULL, 1, 1),
	('lim_com_brightcell', 'acceptance:ord_example_fulfilled:play:ord_example_fulfilled:accept:reserve', '\x96899567a4d009ad4ba1442279f65379f90f8a3985dbbb4ca95f3a27ad82382c', '2026-01-05 01:00:00+00', NULL, NULL, 2, 2),
	('lim_com_brightcell', 'acceptance:ord_example_fulfilled:play:ord_example_fulfilled:accept:confirm', '\xaa83ed431118c503373881da032e4c56f648256273779b3b9346740c1fd21ae3', '2026-01-05 01:00:00+00', NULL, NULL, 3, 3),
	('lim_com_brightcell', 'acceptance:ord_example_defective:play:ord_example_defective:accept:reserve', '\x7f9e0a352a3a8bc897de4b8cffd3908ec034345373f599a65e84628616c3fa92', '2026-02-05 01:00:00+00', NULL, NULL, 4, 4),
	('lim_com_brightcell', 'acceptance:ord_example_defective:play:ord_example_defective:accept:confirm', '\xf142ea08b27a174f53a549fc458e3cde42a36c033915c7a32d0f8c323018098e', '2026-02-05 01:00:00+00', NULL, NULL, 5, 5),
	('lim_com_brightcell', 'align:ord_example_defective:33:lim_com_brightcell:5', '\x3eff15c505dadb35fe16968112526b74ba21117bcaef0c9f656f1f2e1561fe67', '2026-06-15 01:00:00+00', NULL, NULL, 6, 6),
	('lim_com_brightcell', 'align:ord_example_fulfilled:24:lim_com_brightcell:6', '\x684e1916559841bbc147fecaa6ebddebdd6861109b322916a8120c3db05ca363', '2026-10-23 01:00:00+00', NULL, NULL, 7, 7),
	('lim_com_brightcell', 'acceptance:ord_example_under_way:play:ord_example_under_way:accept:reserve', '\xf3681175d03b741ac85c19beae4ba49a01bcf516577621818a2d177e18231436', '2026-10-26 01:00:00+00', NULL, NULL, 8, 8),
	('lim_com_brightcell', 'acceptance:ord_example_under_way:play:ord_example_under_way:accept:confirm', '\x0c505401a300f5807159bfef1914174f7fbce268f94933262cbc40760e0dd604', '2026-10-26 01:00:00+00', NULL, NULL, 9, 9);


--
-- Data for Name: limit_event; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.limit_event (limit_id, seq, payload, type, version, recorded_at, effective_at, actor_role, actor_company_id, actor_person_id, command_id, previous_hash, hash) VALUES
	('lim_com_brightcell', 1, '\x7b226174223a22323032362d30312d30315430313a30303a30305a222c22636f6d70616e795f6964223a22636f6d5f62726967687463656c6c222c22636f6d7075746174696f6e5f68617368223a22222c2263757272656e6379223a22555344222c226c696d69745f6d696e6f72223a353030303030302c2274797065223a224c696d6974536574227d', 'LimitSet', 1, '2026-01-01 01:00:00+00', '2026-01-01 01:00:00+00', 'provider', '', '', 'play:com_brightcell:limit', '\x0000000000000000000000000000000000000000000000000000000000000000', '\x56c84d79f69ccbc1016c71a2655d8f5b5b8437776ec65cacb8678503079f52cf'),
	('lim_com_brightcell', 2, '\x7b22616363657074616e63655f6964223a22706c61793a6f72645f6578616d706c655f66756c66696c6c65643a616363657074222c226174223a22323032362d30312d30355430313a30303a30305a222c22636f7665725f6d696e6f72223a313938303030302c226c61707365735f6174223a22323032362d30312d30355430323a30303a30305a222c226f726465725f6964223a226f72645f6578616d706c655f66756c66696c6c6564222c22726174655f64656e6f6d696e61746f72223a312c22726174655f6e756d657261746f72223a312c2274616b656e5f6d696e6f72223a313938303030302c2274797065223a22436f7665725265736572766564222c2276657273696f6e5f68617368223a2238323966636666626435636365333763656562346161346339646232343734656166633437376566613164346332323063306133653663333331373832343830227d', 'CoverReserved', 1, '2026-01-05 01:00:00+00', '2026-01-05 01:00:00+00', 'provider', '', '', 'acceptance:ord_example_fulfilled:play:ord_example_fulfilled:accept:reserve', '\x56c84d79f69ccbc1016c71a2655d8f5b5b8437776ec65cacb8678503079f52cf', '\xb689fa4782ae80bd8998ec3b620ec41dfd70c3a4b2ebde639816190ff8b7ac31'),
	('lim_com_brightcell', 3, '\x7b22616363657074616e63655f6964223a22706c61793a6f72645f6578616d706c655f66756c66696c6c65643a616363657074222c226174223a22323032362d30312d30355430313a30303a30305a222c226f726465725f6964223a226f72645f6578616d706c655f66756c66696c6c6564222c2274797065223a22436f766572436f6e6669726d6564227d', 'CoverConfirmed', 1, '2026-01-05 01:00:00+00', '2026-01-05 01:00:00+00', 'provider', '', '', 'acceptance:ord_example_fulfilled:play:ord_example_fulfilled:accept:confirm', '\xb689fa4782ae80bd8998ec3b620ec41dfd70c3a4b2ebde639816190ff8b7ac31', '\x35603ccafb7c19104e17d8893f3f76f5f22093c5a97cd89c28d56bf67840077c'),
	('lim_com_brightcell', 4, '\x7b22616363657074616e63655f6964223a22706c61793a6f72645f6578616d706c655f6465666563746976653a616363657074222c226174223a22323032362d30322d30355430313a30303a30305a222c22636f7665725f6d696e6f72223a313938303030302c226c61707365735f6174223a22323032362d30322d30355430323a30303a30305a222c226f726465725f6964223a226f72645f6578616d706c655f646566656374697665222c22726174655f64656e6f6d696e61746f72223a312c22726174655f6e756d657261746f72223a312c2274616b656e5f6d696e6f72223a313938303030302c2274797065223a22436f7665725265736572766564222c2276657273696f6e5f68617368223a2238383135653362636538623230353434326537353131643964613463633734363336613563356664323563633137373639633135623565353566623963386330227d', 'CoverReserved', 1, '2026-02-05 01:00:00+00', '2026-02-05 01:00:00+00', 'provider', '', '', 'acceptance:ord_example_defective:play:ord_example_defective:accept:reserve', '\x35603ccafb7c19104e17d8893f3f76f5f22093c5a97cd89c28d56bf67840077c', '\xf0b273f32815cb673064ff16bdd5ef510509d4aa0ab92b26614c0ea88f551ee2'),
	('lim_com_brightcell', 5, '\x7b22616363657074616e63655f6964223a22706c61793a6f72645f6578616d706c655f6465666563746976653a616363657074222c226174223a22323032362d30322d30355430313a30303a30305a222c226f726465725f6964223a226f72645f6578616d706c655f646566656374697665222c2274797065223a22436f766572436f6e6669726d6564227d', 'CoverConfirmed', 1, '2026-02-05 01:00:00+00', '2026-02-05 01:00:00+00', 'provider', '', '', 'acceptance:ord_example_defective:play:ord_example_defective:accept:confirm', '\xf0b273f32815cb673064ff16bdd5ef510509d4aa0ab92b26614c0ea88f551ee2', '\xb74a2a3331337d745d7c5cbcb1426a0342123549ca3cc759320896207757ed97'),
	('lim_com_brightcell', 6, '\x7b226174223a22323032362d30362d31355430313a30303a30305a222c226f726465725f6964223a226f72645f6578616d706c655f646566656374697665222c2274797065223a22436f76657252656c6561736564227d', 'CoverReleased', 1, '2026-06-15 01:00:00+00', '2026-06-15 01:00:00+00', 'provider', '', '', 'align:ord_example_defective:33:lim_com_brightcell:5', '\xb74a2a3331337d745d7c5cbcb1426a0342123549ca3cc759320896207757ed97', '\x5ad9ae43912dc06fafcd3fccf1140b05bd258cecdd1a2d9ff17ecc3834085dd6'),
	('lim_com_brightcell', 7, '\x7b226174223a22323032362d31302d32335430313a30303a30305a222c226f726465725f6964223a226f72645f6578616d706c655f66756c66696c6c6564222c2274797065223a22436f76657252656c6561736564227d', 'CoverReleased', 1, '2026-10-23 01:00:00+00', '2026-10-23 01:00:00+00', 'provider', '', '', 'align:ord_example_fulfilled:24:lim_com_brightcell:6', '\x5ad9ae43912dc06fafcd3fccf1140b05bd258cecdd1a2d9ff17ecc3834085dd6', '\x4d85ad0f6ae02dd62252288ffa8d6059d58b15f87e813ebe0ae6434347006ce1'),
	('lim_com_brightcell', 8, '\x7b22616363657074616e63655f6964223a22706c61793a6f72645f6578616d706c655f756e6465725f7761793a616363657074222c226174223a22323032362d31302d32365430313a30303a30305a222c22636f7665725f6d696e6f72223a313938303030302c226c61707365735f6174223a22323032362d31302d32365430323a30303a30305a222c226f726465725f6964223a226f72645f6578616d706c655f756e6465725f776179222c22726174655f64656e6f6d696e61746f72223a312c22726174655f6e756d657261746f72223a312c2274616b656e5f6d696e6f72223a313938303030302c2274797065223a22436f7665725265736572766564222c2276657273696f6e5f68617368223a2236376564323732663364326439613165616230663331313138386330616330636361313664653562646163383439646436366635393364313964356666353532227d', 'CoverReserved', 1, '2026-10-26 01:00:00+00', '2026-10-26 01:00:00+00', 'provider', '', '', 'acceptance:ord_example_under_way:play:ord_example_under_way:accept:reserve', '\x4d85ad0f6ae02dd62252288ffa8d6059d58b15f87e813ebe0ae6434347006ce1', '\x3ef5ee44a480540bc52cf7ce070824b6b2857efa4063b4b69ff9d6dfee55053c'),
	('lim_com_brightcell', 9, '\x7b22616363657074616e63655f6964223a22706c61793a6f72645f6578616d706c655f756e6465725f7761793a616363657074222c226174223a22323032362d31302d32365430313a30303a30305a222c226f726465725f6964223a226f72645f6578616d706c655f756e6465725f776179222c2274797065223a22436f766572436f6e6669726d6564227d', 'CoverConfirmed', 1, '2026-10-26 01:00:00+00', '2026-10-26 01:00:00+00', 'provider', '', '', 'acceptance:ord_example_under_way:play:ord_example_under_way:accept:confirm', '\x3ef5ee44a480540bc52cf7ce070824b6b2857efa4063b4b69ff9d6dfee55053c', '\x182d240c3d6f3f9036d2d8124d2ba0a102b752cc06d7978247ab2bbe0fba4249');


--
-- Data for Name: limit_head; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.limit_head (limit_id, head_seq, head_hash, created_at, recorded_at, next_deadline_at, status, company_id, currency) VALUES
	('lim_com_brightcell', 9, '\x182d240c3d6f3f9036d2d8124d2ba0a102b752cc06d7978247ab2bbe0fba4249', '2026-01-01 01:00:00+00', '2026-10-26 01:00:00+00', NULL, 'set', 'com_brightcell', 'USD');


--
-- Data for Name: limit_outbox; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.limit_outbox (limit_id, seq, message_no, topic, payload, created_at, handed_over_at, done_at) VALUES
	('lim_com_brightcell', 1, 1, 'notify', '\x7b226174223a22323032362d30312d30315430313a30303a30305a222c226661637473223a7b2263757272656e6379223a22555344222c226c696d69745f6d696e6f72223a353030303030307d2c226b696e64223a226c696d69745f736574222c22726563697069656e7473223a5b22737570706c696572225d7d', '2026-01-01 01:00:00+00', '2026-01-01 01:00:00+00', '2026-01-01 01:00:00+00');


--
-- Data for Name: limit_posting; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: limit_rollup; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.limit_rollup (limit_id, seq) VALUES
	('lim_com_brightcell', 9);


--
-- Data for Name: order_acceptance; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.order_acceptance (order_id, command_id, asked, facts, created_at) VALUES
	('ord_example_fulfilled', 'play:ord_example_fulfilled:accept', '\x7b226163746f72223a7b22636f6d70616e795f6964223a22636f6d5f686172626f72676f6f6473222c22706572736f6e5f6964223a22222c22726f6c65223a226275796572227d2c2276657273696f6e5f68617368223a2238323966636666626435636365333763656562346161346339646232343734656166633437376566613164346332323063306133653663333331373832343830227d', '\x7b226163636f756e745f7665726966696564223a747275652c22656e726f6c6c6564223a747275652c2269735f6368616e6765223a66616c73652c226c696d69745f63757272656e6379223a22555344222c22726174655f64656e6f6d696e61746f72223a312c22726174655f6e756d657261746f72223a312c22726573657276655f6d696e6f72223a313938303030302c22737570706c6965725f6964223a22636f6d5f62726967687463656c6c227d', '2026-01-05 01:00:00+00'),
	('ord_example_defective', 'play:ord_example_defective:accept', '\x7b226163746f72223a7b22636f6d70616e795f6964223a22636f6d5f686172626f72676f6f6473222c22706572736f6e5f6964223a22222c22726f6c65223a226275796572227d2c2276657273696f6e5f68617368223a2238383135653362636538623230353434326537353131643964613463633734363336613563356664323563633137373639633135623565353566623963386330227d', '\x7b226163636f756e745f7665726966696564223a747275652c22656e726f6c6c6564223a747275652c2269735f6368616e6765223a66616c73652c226c696d69745f63757272656e6379223a22555344222c22726174655f64656e6f6d696e61746f72223a312c22726174655f6e756d657261746f72223a312c22726573657276655f6d696e6f72223a313938303030302c22737570706c6965725f6964223a22636f6d5f62726967687463656c6c227d', '2026-02-05 01:00:00+00'),
	('ord_example_under_way', 'play:ord_example_under_way:accept', '\x7b226163746f72223a7b22636f6d70616e795f6964223a22636f6d5f686172626f72676f6f6473222c22706572736f6e5f6964223a22222c22726f6c65223a226275796572227d2c2276657273696f6e5f68617368223a2236376564323732663364326439613165616230663331313138386330616330636361313664653562646163383439646436366635393364313964356666353532227d', '\x7b226163636f756e745f7665726966696564223a747275652c22656e726f6c6c6564223a747275652c2269735f6368616e6765223a66616c73652c226c696d69745f63757272656e6379223a22555344222c22726174655f64656e6f6d696e61746f72223a312c22726174655f6e756d657261746f72223a312c22726573657276655f6d696e6f72223a313938303030302c22737570706c6965725f6964223a22636f6d5f62726967687463656c6c227d', '2026-10-26 01:00:00+00');


--
-- Data for Name: order_command; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.order_command (order_id, command_id, content_hash, recorded_at, refusal_code, facts, first_seq, last_seq) VALUES
	('ord_example_fulfilled', 'play:ord_example_fulfilled:begin', '\xfe0b6b3b7bd3176853dc4e322e4c174be165562f95b75f66d8aafae812bfb799', '2026-01-02 01:00:00+00', NULL, NULL, 1, 1),
	('ord_example_fulfilled', 'play:ord_example_fulfilled:request-sample', '\xb3592e7c314f28f415d3c285012cb74f1165dbc8167ed2ac8ac7c7e90b193e95', '2026-01-02 01:00:00+00', NULL, NULL, 2, 2),
	('ord_example_fulfilled', 'play:ord_example_fulfilled:send-sample', '\x36ceb6b60065fbe907e9bb235cbd651856acc6ec70004a0ccf986ce5406eac06', '2026-01-02 01:00:00+00', NULL, NULL, 3, 3),
	('ord_example_fulfilled', 'play:ord_example_fulfilled:approve-sample', '\x4fac773d68d3fbbb2d0fa9f4540df03391d28cf6d196ae0a6f12814e69b932b3', '2026-01-02 01:00:00+00', NULL, NULL, 4, 4),
	('ord_example_fulfilled', 'play:ord_example_fulfilled:propose:draft', '\xb0fc146bd38676a2ce901b36ced4df4fbeb0be8799e9157b5b8425075ac4c76b', '2026-01-05 01:00:00+00', 'already_exists', '\x7b7d', NULL, NULL),
	('ord_example_fulfilled', 'play:ord_example_fulfilled:propose', '\xb5bece1c612c5afd0898a446f448a2f5feff75c761629932f9599c6acd3096c8', '2026-01-05 01:00:00+00', NULL, NULL, 5, 5),
	('ord_example_fulfilled', 'play:ord_example_fulfilled:accept', '\x13a5fbf29ba46cb10f246caf1e026662acc39efbf315138f06b88c19c6c1955d', '2026-01-05 01:00:00+00', NULL, NULL, 6, 6),
	('ord_example_fulfilled', 'bank:btx_f042a6e62fb0d46fba6634bde64b3f6736bc932b.1', '\xa3a30d001843e228c33017f86b947fd5aa1eddca77377b0ef9c8bcde0ebb6088', '2026-01-08 01:00:00+00', NULL, NULL, 7, 8),
	('ord_example_fulfilled', 'play:ord_example_fulfilled:update', '\x163ffd44136eefb554bb2e1aade29b8beb08c5412ce12146c028dd1e49d581a7', '2026-01-27 01:00:00+00', NULL, NULL, 9, 9),
	('ord_example_fulfilled', 'play:ord_example_fulfilled:book', '\x6bd176bf18ee33c16e3a229af320dd652c9f9720176a9bbf569f5aedd843fc9d', '2026-02-11 01:00:00+00', NULL, NULL, 10, 10),
	('ord_example_fulfilled', 'play:ord_example_fulfilled:report', '\x29031f06f08b95c2cb3994ef53ae15ff2135fc6a994a728500881ed69a3a9fb8', '2026-02-11 01:00:00+00', NULL, NULL, 11, 11),
	('ord_example_fulfilled', 'order:ord_example_fulfilled:11:1:confirmed', '\x41fea4eb72a03121f318a2a4e7483c8fb849c21411df1fb9b7e0f89bedc9546a', '2026-02-11 01:00:00+00', NULL, NULL, 12, 12),
	('ord_example_fulfilled', 'bank:btx_b16a47fa65ece47c028e550bda26e9e43f38af5e.1', '\x9a8a023c6b4875accd50b0a4dee55d98441f4de040b77997b4bb1b6add03fab5', '2026-02-15 01:00:00+00', NULL, NULL, 13, 14),
	('ord_example_fulfilled', 'play:ord_example_fulfilled:ship', '\x2d4800afcaeb9ac11098e1a91c98ba4b8d3bb3912d3a0d68e834db816b3d392f', '2026-03-12 01:00:00+00', NULL, NULL, 16, 16),
	('ord_example_fulfilled', 'play:ord_example_fulfilled:deliver', '\x9e5dc579d34251eff774fa18826e7a25ac517433bdd229f141b9b5d6b2a35170', '2026-04-20 01:00:00+00', NULL, NULL, 17, 17),
	('ord_example_fulfilled', 'play:ord_example_fulfilled:confirm', '\xecf7de3caf591afc107eff72c125c7a997f08d9d70bbdcb4e3f7405d7f1b3c22', '2026-04-23 01:00:00+00', NULL, NULL, 18, 20),
	('ord_example_defective', 'play:ord_example_defective:begin', '\xfe0b6b3b7bd3176853dc4e322e4c174be165562f95b75f66d8aafae812bfb799', '2026-02-02 01:00:00+00', NULL, NULL, 1, 1),
	('ord_example_defective', 'play:ord_example_defective:request-sample', '\xb3592e7c314f28f415d3c285012cb74f1165dbc8167ed2ac8ac7c7e90b193e95', '2026-02-02 01:00:00+00', NULL, NULL, 2, 2),
	('ord_example_defective', 'play:ord_example_defective:send-sample', '\x36ceb6b60065fbe907e9bb235cbd651856acc6ec70004a0ccf986ce5406eac06', '2026-02-02 01:00:00+00', NULL, NULL, 3, 3),
	('ord_example_defective', 'play:ord_example_defective:approve-sample', '\x4fac773d68d3fbbb2d0fa9f4540df03391d28cf6d196ae0a6f12814e69b932b3', '2026-02-02 01:00:00+00', NULL, NULL, 4, 4),
	('ord_example_defective', 'play:ord_example_defective:propose:draft', '\xb0fc146bd38676a2ce901b36ced4df4fbeb0be8799e9157b5b8425075ac4c76b', '2026-02-05 01:00:00+00', 'already_exists', '\x7b7d', NULL, NULL),
	('ord_example_defective', 'play:ord_example_defective:propose', '\xc4b2ab53c61b45f4139310947868c5211a2adc7daff1e7d1cae0d03822a3a620', '2026-02-05 01:00:00+00', NULL, NULL, 5, 5),
	('ord_example_defective', 'play:ord_example_defective:accept', '\xb9a0a1fcaacbd1047788b846b0f6fd8ac1a93f9c3ca7c76f0e5166dbe364cd40', '2026-02-05 01:00:00+00', NULL, NULL, 6, 6),
	('ord_example_defective', 'bank:btx_b273fc14682878fdac662979a708198bc92c728a.1', '\xf295c6adfdaa33e76ec97f8d623831f2d5a50ec578514f016ab9ea4b63bcf9bd', '2026-02-08 01:00:00+00', NULL, NULL, 7, 8),
	('ord_example_defective', 'play:ord_example_defective:update', '\x163ffd44136eefb554bb2e1aade29b8beb08c5412ce12146c028dd1e49d581a7', '2026-02-27 01:00:00+00', NULL, NULL, 9, 9),
	('ord_example_defective', 'play:ord_example_defective:book', '\x6bd176bf18ee33c16e3a229af320dd652c9f9720176a9bbf569f5aedd843fc9d', '2026-03-14 01:00:00+00', NULL, NULL, 10, 10),
	('ord_example_defective', 'play:ord_example_defective:report', '\x29031f06f08b95c2cb3994ef53ae15ff2135fc6a994a728500881ed69a3a9fb8', '2026-03-14 01:00:00+00', NULL, NULL, 11, 11),
	('ord_example_defective', 'order:ord_example_defective:11:1:confirmed', '\x41fea4eb72a03121f318a2a4e7483c8fb849c21411df1fb9b7e0f89bedc9546a', '2026-03-14 01:00:00+00', NULL, NULL, 12, 12),
	('ord_example_defective', 'bank:btx_b820f341ff4448bf7058085e7acff2327a920b7c.1', '\x8049dd64d6af840eaf42b56697377d0486012da6ffe4cc7dcd8b3767bf57b837', '2026-03-18 01:00:00+00', NULL, NULL, 13, 14),
	('ord_example_defective', 'play:ord_example_defective:ship', '\xbd15c3548571b3d6681f65dce38223e3a57efac05eef5553ea4fa0b7bfeeace2', '2026-04-13 01:00:00+00', NULL, NULL, 17, 17),
	('ord_example_defective', 'play:ord_example_defective:deliver', '\x9e5dc579d34251eff774fa18826e7a25ac517433bdd229f141b9b5d6b2a35170', '2026-05-21 01:00:00+00', NULL, NULL, 18, 18),
	('ord_example_defective', 'play:ord_example_defective:dispute', '\x19eaa96109ce78ea914bf956e8ce777a162027075f47e9a36694a0db791ea84a', '2026-05-26 01:00:00+00', NULL, NULL, 19, 19),
	('ord_example_defective', 'play:ord_example_defective:answer', '\xf969a416bac60ee55d2ecfad8bb0ab494b34ccdd5fa4eeaa362b7b8168d5d720', '2026-05-27 01:00:00+00', NULL, NULL, 20, 20),
	('ord_example_defective', 'play:ord_example_defective:escalate', '\xb8db66e3f389b06f5ca53699d9b17d5fc94c1909b1b39ddcff5e33723eced9e8', '2026-05-28 01:00:00+00', NULL, NULL, 21, 21),
	('ord_example_defective', 'play:ord_example_defective:book-at-destination', '\x98a3581041ef3ef2bf415a434d28f7bfb4f352a0393adf5f3303039a0d15bb98', '2026-05-28 01:00:00+00', NULL, NULL, 22, 22),
	('ord_example_defective', 'play:ord_example_defective:name', '\xf2d74f7b9020967c6bb63fd4fdcad424aab71b21cfd6cf54348ad4f16c06c489', '2026-05-29 01:00:00+00', NULL, NULL, 23, 23),
	('ord_example_defective', 'play:ord_example_defective:report-at-destination', '\x444d2c7800277aec9f0f867bc494e6e6ad7a47c42c1c2714704ec91433b56706', '2026-06-02 01:00:00+00', NULL, NULL, 24, 24),
	('ord_example_defective', 'order:ord_example_defective:24:1:confirmed', '\xbed4b6206913179a338152921abadd4d952f5d90940efd7b7e06e4a7e001caca', '2026-06-02 01:00:00+00', NULL, NULL, 25, 25),
	('ord_example_defective', 'play:ord_example_defective:decide', '\x7ec02268b6af0dbce531d3385328a18541d3597fb8cf2d638e430affda3ac7f0', '2026-06-05 01:00:00+00', NULL, NULL, 27, 27),
	('ord_example_defective', 'play:ord_example_defective:final', '\x18d7db8f69c7893f4465f72ccc367e4856829800eddeb07e85164aa08fd3cb3f', '2026-06-15 01:00:00+00', NULL, NULL, NULL, NULL),
	('ord_example_defective', 'order:ord_example_defective:30:1:confirmed', '\x3cfe037f5d0874a797ae643eddd70d067a10dcbe6e57e3878169c619207a9787', '2026-06-15 01:00:00+00', NULL, NULL, 33, 33),
	('ord_example_under_way', 'play:ord_example_under_way:begin', '\xfe0b6b3b7bd3176853dc4e322e4c174be165562f95b75f66d8aafae812bfb799', '2026-10-23 01:00:00+00', NULL, NULL, 1, 1),
	('ord_example_under_way', 'play:ord_example_under_way:request-sample', '\xb3592e7c314f28f415d3c285012cb74f1165dbc8167ed2ac8ac7c7e90b193e95', '2026-10-23 01:00:00+00', NULL, NULL, 2, 2),
	('ord_example_under_way', 'play:ord_example_under_way:send-sample', '\x36ceb6b60065fbe907e9bb235cbd651856acc6ec70004a0ccf986ce5406eac06', '2026-10-23 01:00:00+00', NULL, NULL, 3, 3),
	('ord_example_under_way', 'play:ord_example_under_way:approve-sample', '\x4fac773d68d3fbbb2d0fa9f4540df03391d28cf6d196ae0a6f12814e69b932b3', '2026-10-23 01:00:00+00', NULL, NULL, 4, 4),
	('ord_example_under_way', 'play:ord_example_under_way:propose:draft', '\xb0fc146bd38676a2ce901b36ced4df4fbeb0be8799e9157b5b8425075ac4c76b', '2026-10-26 01:00:00+00', 'already_exists', '\x7b7d', NULL, NULL),
	('ord_example_under_way', 'play:ord_example_under_way:propose', '\x168d91458e48a27d42c84d186c63bc3b278bed805dfb40e8ec09586f9cafe1fe', '2026-10-26 01:00:00+00', NULL, NULL, 5, 5),
	('ord_example_under_way', 'play:ord_example_under_way:accept', '\xe6cdd742ced512de74ce58e95d5ed0b82b9aaaac581fb9508b1ab77233f3cf3f', '2026-10-26 01:00:00+00', NULL, NULL, 6, 6),
	('ord_example_under_way', 'bank:btx_afbae9cb12ddef215f940e7cbba0d66eb32b1e87.1', '\xb4aba03d3e49e54191550b1a4d021ea64d36a811a0db6e200696ae4ed4e4f5b0', '2026-10-29 01:00:00+00', NULL, NULL, 7, 8),
	('ord_example_under_way', 'play:ord_example_under_way:update', '\x163ffd44136eefb554bb2e1aade29b8beb08c5412ce12146c028dd1e49d581a7', '2026-11-17 01:00:00+00', NULL, NULL, 9, 9);
INSERT INTO public.order_command (order_id, command_id, content_hash, recorded_at, refusal_code, facts, first_seq, last_seq) VALUES
	('ord_example_under_way', 'play:ord_example_under_way:book', '\x6bd176bf18ee33c16e3a229af320dd652c9f9720176a9bbf569f5aedd843fc9d', '2026-11-21 01:00:00+00', NULL, NULL, 10, 10);


--
-- Data for Name: order_event; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.order_event (order_id, seq, payload, type, version, recorded_at, effective_at, actor_role, actor_company_id, actor_person_id, command_id, previous_hash, hash) VALUES
	('ord_example_fulfilled', 1, '\x7b226174223a22323032362d30312d30325430313a30303a30305a222c2262757965725f6964223a22636f6d5f686172626f72676f6f6473222c226279223a226275796572222c22637573746f6479223a2268656c64222c22706f6c6963795f6964223a22657363726f772d323032364032653765653639663130623732666132222c22737570706c6965725f6964223a22636f6d5f62726967687463656c6c222c2274797065223a224f7264657244726166746564227d', 'OrderDrafted', 1, '2026-01-02 01:00:00+00', '2026-01-02 01:00:00+00', 'buyer', 'com_harborgoods', '', 'play:ord_example_fulfilled:begin', '\x0000000000000000000000000000000000000000000000000000000000000000', '\x9b33e18b2a1966c35e72e9dd40124a49febf18f20102053433ca96b96337f901'),
	('ord_example_fulfilled', 2, '\x7b226174223a22323032362d30312d30325430313a30303a30305a222c2273616d706c655f6964223a2273616d706c652d31222c2274797065223a2253616d706c65526571756573746564227d', 'SampleRequested', 1, '2026-01-02 01:00:00+00', '2026-01-02 01:00:00+00', 'buyer', 'com_harborgoods', '', 'play:ord_example_fulfilled:request-sample', '\x9b33e18b2a1966c35e72e9dd40124a49febf18f20102053433ca96b96337f901', '\x061dbc1efc1d2685a092ec4fab9a466a15344bec7b2011b3d80fe956ccd98bd1'),
	('ord_example_fulfilled', 3, '\x7b226174223a22323032362d30312d30325430313a30303a30305a222c2273616d706c655f6964223a2273616d706c652d31222c227365616c5f68617368223a2264663230393363303931633666383239316235613537663030646336366332666439306537313565653236656361343837633362623936323466626631636362222c2274797065223a2253616d706c6553656e74227d', 'SampleSent', 1, '2026-01-02 01:00:00+00', '2026-01-02 01:00:00+00', 'supplier', 'com_brightcell', '', 'play:ord_example_fulfilled:send-sample', '\x061dbc1efc1d2685a092ec4fab9a466a15344bec7b2011b3d80fe956ccd98bd1', '\x39435790636c9a41afae4f13880e1025c8444d03bd238ad4be31a33452dd2565'),
	('ord_example_fulfilled', 4, '\x7b226174223a22323032362d30312d30325430313a30303a30305a222c2273616d706c655f6964223a2273616d706c652d31222c2274797065223a2253616d706c65417070726f766564227d', 'SampleApproved', 1, '2026-01-02 01:00:00+00', '2026-01-02 01:00:00+00', 'buyer', 'com_harborgoods', '', 'play:ord_example_fulfilled:approve-sample', '\x39435790636c9a41afae4f13880e1025c8444d03bd238ad4be31a33452dd2565', '\x6c1fef71f190a967c3cd819524fef0953c497851e3665dae6073e6675894aedd'),
	('ord_example_fulfilled', 5, '\x7b226174223a22323032362d30312d30355430313a30303a30305a222c226279223a22737570706c696572222c22657870697265735f6174223a22323032362d30322d30345430313a30303a30305a222c227465726d73223a7b22617070726f7665645f73616d706c655f68617368223a2264663230393363303931633666383239316235613537663030646336366332666439306537313565653236656361343837633362623936323466626631636362222c226172726976616c5f64617465223a22323032362d30342d3237222c2262757965725f636f756e747279223a225553222c22636172726965725f63686f73656e5f6279223a226275796572222c22636f7665725f6b696e64223a22706f73742d64656c6976657279222c22636f76657265645f6d696e6f72223a313938303030302c2263757272656e6379223a22555344222c2264657374696e6174696f6e5f69735f706f7274223a66616c73652c226665655f626f726e655f6279223a226275796572222c22696e636f7465726d223a22464f42222c22696e7374616c6d656e7473223a5b7b22616d6f756e745f6d696e6f72223a3539343030302c22647565223a2261677265656d656e74222c226e616d65223a2231227d2c7b22616d6f756e745f6d696e6f72223a313338363030302c22647565223a227061737365645f696e7370656374696f6e222c226e616d65223a2232227d5d2c226c6174655f72656d656479223a7b226361705f62617369735f706f696e7473223a313030302c227065725f6461795f62617369735f706f696e7473223a35307d2c226c6561645f74696d655f64617973223a6e756c6c2c226c696e6573223a5b7b226e756d626572223a312c227175616e74697479223a333030302c22756e69745f70726963655f6d696e6f72223a3636307d5d2c226d6f6465223a22736561222c226f776e5f666f72776172646572223a66616c73652c2270726f6f66223a2262696c6c5f6f665f6c6164696e67222c2273616d706c696e67223a7b2261716c5f637269746963616c223a2230222c2261716c5f6d616a6f72223a22322e35222c2261716c5f6d696e6f72223a22342e30222c226c6576656c223a224949227d2c22736869706d656e745f64617465223a22323032362d30332d3136222c227465726d73223a5b7b22636c61696d61626c65223a747275652c226465666563745f636c617373223a226d616a6f72222c226964223a226361706163697479222c226c696e6573223a5b315d2c226d616e6461746f7279223a747275652c22746f706963223a226361706163697479227d2c7b22636c61696d61626c65223a747275652c226465666563745f636c617373223a226d616a6f72222c226964223a226f7574707574222c226c696e6573223a5b315d2c226d616e6461746f7279223a66616c73652c22746f706963223a2266756e6374696f6e227d2c7b22636c61696d61626c65223a747275652c226465666563745f636c617373223a226d696e6f72222c226964223a2273697a65222c226c696e6573223a5b315d2c226d616e6461746f7279223a66616c73652c22746f706963223a2273697a65227d2c7b22636c61696d61626c65223a747275652c226465666563745f636c617373223a226d696e6f72222c226964223a22776569676874222c226c696e6573223a5b315d2c226d616e6461746f7279223a66616c73652c22746f706963223a22776569676874227d2c7b22636c61696d61626c65223a747275652c226465666563745f636c617373223a226d616a6f72222c226964223a227175616e74697479222c226c696e6573223a5b315d2c226d616e6461746f7279223a66616c73652c22746f706963223a227175616e74697479227d2c7b22636c61696d61626c65223a747275652c226465666563745f636c617373223a226d616a6f72222c226964223a22636173652d6d6174657269616c222c226c696e6573223a5b315d2c226d616e6461746f7279223a66616c73652c22746f706963223a226d6174657269616c227d2c7b22636c61696d61626c65223a747275652c226465666563745f636c617373223a22637269746963616c222c226964223a22666c616d65222c226c696e6573223a5b315d2c226d616e6461746f7279223a747275652c22746f706963223a2266756e6374696f6e227d2c7b22636c61696d61626c65223a747275652c226465666563745f636c617373223a226d696e6f72222c226964223a22636f6c6f72222c226c696e6573223a5b315d2c226d616e6461746f7279223a66616c73652c22746f706963223a22636f6c6f7572227d2c7b22636c61696d61626c65223a747275652c226465666563745f636c617373223a226d696e6f72222c226964223a226c6f676f222c226c696e6573223a5b315d2c226d616e6461746f7279223a66616c73652c22746f706963223a226272616e64696e67227d2c7b22636c61696d61626c65223a747275652c226465666563745f636c617373223a226d696e6f72222c226964223a22626f78222c226c696e6573223a5b315d2c226d616e6461746f7279223a66616c73652c22746f706963223a227061636b6167696e67227d2c7b22636c61696d61626c65223a747275652c226465666563745f636c617373223a226d696e6f72222c226964223a22636172746f6e222c226c696e6573223a5b315d2c226d616e6461746f7279223a66616c73652c22746f706963223a227061636b6167696e67227d2c7b22636c61696d61626c65223a747275652c226465666563745f636c617373223a226d696e6f72222c226964223a22736372617463686573222c226c696e6573223a5b315d2c226d616e6461746f7279223a66616c73652c22746f706963223a22617070656172616e6365227d2c7b22636c61696d61626c65223a747275652c226465666563745f636c617373223a22637269746963616c222c226964223a227472616e73706f72742d74657374222c226c696e6573223a5b315d2c226d616e6461746f7279223a747275652c22746f706963223a2263657274696669636174696f6e227d2c7b22636c61696d61626c65223a747275652c226465666563745f636c617373223a226d696e6f72222c226964223a2273616d706c65222c226c696e6573223a5b315d2c226d616e6461746f7279223a66616c73652c22746f706963223a22617070656172616e6365227d5d2c22746f74616c5f6d696e6f72223a313938303030302c2276657273696f6e5f68617368223a2238323966636666626435636365333763656562346161346339646232343734656166633437376566613164346332323063306133653663333331373832343830222c227a6f6e65223a22417369612f5368616e67686169227d2c2274797065223a2256657273696f6e50726f706f736564227d', 'VersionProposed', 1, '2026-01-05 01:00:00+00', '2026-01-05 01:00:00+00', 'supplier', 'com_brightcell', '', 'play:ord_example_fulfilled:propose', '\x6c1fef71f190a967c3cd819524fef0953c497851e3665dae6073e6675894aedd', '\x2bc90b538c39de96d2241158e2ff535bf2b3c8e4cc724269c8db6df3feab9b77'),
	('ord_example_fulfilled', 6, '\x7b226174223a22323032362d30312d30355430313a30303a30305a222c22636f7665725f6d696e6f72223a313938303030302c22656e726f6c6c6564223a747275652c226c696d69745f63757272656e6379223a22555344222c227061796d656e745f756e74696c223a22323032362d30332d30365430313a30303a30305a222c22726174655f64656e6f6d696e61746f72223a312c22726174655f6e756d657261746f72223a312c22736869706d656e745f64617465223a22323032362d30332d3136222c22736869706d656e745f756e74696c223a22323032362d30332d31365431353a35393a35395a222c2274797065223a224f72646572416772656564222c2276657273696f6e5f68617368223a2238323966636666626435636365333763656562346161346339646232343734656166633437376566613164346332323063306133653663333331373832343830227d', 'OrderAgreed', 1, '2026-01-05 01:00:00+00', '2026-01-05 01:00:00+00', 'buyer', 'com_harborgoods', '', 'play:ord_example_fulfilled:accept', '\x2bc90b538c39de96d2241158e2ff535bf2b3c8e4cc724269c8db6df3feab9b77', '\xdd7f7c94503d9b1c54431d5e6c77d859aeb36d463bfa66c0f1f8155ae7e6625d'),
	('ord_example_fulfilled', 7, '\x7b22616d6f756e745f6d696e6f72223a3539343030302c226174223a22323032362d30312d30385430313a30303a30305a222c22626f6f6b65645f6174223a22323032362d30312d30375430393a34313a30375a222c2263757272656e6379223a22555344222c226578636573735f6d696e6f72223a302c226665655f62617369735f706f696e7473223a302c226665655f66697865645f6d696e6f72223a302c226665655f6d696e6f72223a302c227061796d656e745f6964223a2262616e6b3a6274785f663034326136653632666230643436666261363633346264653634623366363733366263393332622e31222c2270726963655f6d696e6f72223a3539343030302c227261696c223a2277697265222c2274797065223a225061796d656e745265636569766564227d', 'PaymentReceived', 1, '2026-01-08 01:00:00+00', '2026-01-08 01:00:00+00', 'provider', '', '', 'bank:btx_f042a6e62fb0d46fba6634bde64b3f6736bc932b.1', '\xdd7f7c94503d9b1c54431d5e6c77d859aeb36d463bfa66c0f1f8155ae7e6625d', '\x47295982241bb22f79d63eabc1822b8bbdcee4e46a4cef85cba5f02ab7872e79'),
	('ord_example_fulfilled', 8, '\x7b226174223a22323032362d30312d30385430313a30303a30305a222c22736869706d656e745f64617465223a22323032362d30332d3136222c22736869706d656e745f756e74696c223a22323032362d30332d31365431353a35393a35395a222c2274797065223a225061796d656e74436f6d706c65746564227d', 'PaymentCompleted', 1, '2026-01-08 01:00:00+00', '2026-01-08 01:00:00+00', 'provider', '', '', 'bank:btx_f042a6e62fb0d46fba6634bde64b3f6736bc932b.1', '\x47295982241bb22f79d63eabc1822b8bbdcee4e46a4cef85cba5f02ab7872e79', '\x66ad1e4e7696f1954ce77d70fdfe9e0c136f15463ea7dc66e8699d337ebb19d2'),
	('ord_example_fulfilled', 9, '\x7b226174223a22323032362d30312d32375430313a30303a30305a222c226e6f74655f68617368223a2264666231316232623164626130343166346164633134653136626362336161663235626238336165643737383831393864343139616433353163343164363665222c2270657263656e74223a36302c2274797065223a2250726f64756374696f6e55706461746564227d', 'ProductionUpdated', 1, '2026-01-27 01:00:00+00', '2026-01-27 01:00:00+00', 'supplier', 'com_brightcell', '', 'play:ord_example_fulfilled:update', '\x66ad1e4e7696f1954ce77d70fdfe9e0c136f15463ea7dc66e8699d337ebb19d2', '\xf7ab630b6b98523a77f1c567154d77c0e8aa041d7731e4d98f3cea597484114a'),
	('ord_example_fulfilled', 10, '\x7b22616476616e6365645f6279223a226275796572222c226174223a22323032362d30322d31315430313a30303a30305a222c22636f6d70616e79223a22534753222c2263757272656e6379223a22555344222c226665655f6d696e6f72223a32383030302c22696e7370656374696f6e5f6964223a226931222c226f726465726564223a66616c73652c227265706f72745f6475655f6174223a22323032362d30322d32355431353a35393a35395a222c227374616765223a227072655f736869706d656e74222c2274797065223a22496e7370656374696f6e426f6f6b6564227d', 'InspectionBooked', 1, '2026-02-11 01:00:00+00', '2026-02-11 01:00:00+00', 'buyer', 'com_harborgoods', '', 'play:ord_example_fulfilled:book', '\xf7ab630b6b98523a77f1c567154d77c0e8aa041d7731e4d98f3cea597484114a', '\x6dc8e78807df58044aebde73a6a5ba25f32303bbc4a0deb0eaa52fb34403c4f7'),
	('ord_example_fulfilled', 11, '\x7b226174223a22323032362d30322d31315430313a30303a30305a222c2262616c616e63655f756e74696c223a22323032362d30332d31335430313a30303a30305a222c2263686f6963655f756e74696c223a6e756c6c2c22696e7370656374696f6e5f6964223a226931222c227265706f7274223a7b22637269746963616c223a7b22616363657074616e63655f6e756d626572223a302c22666f756e64223a302c2273616d706c655f73697a65223a3132357d2c226c696e65223a6e756c6c2c226c6f74223a333030302c226d616a6f72223a7b22616363657074616e63655f6e756d626572223a372c22666f756e64223a332c2273616d706c655f73697a65223a3132357d2c226d616e6461746f72795f6661696c6564223a5b5d2c226d656173757265645f6661696c75726573223a5b5d2c226d696e6f72223a7b22616363657074616e63655f6e756d626572223a31302c22666f756e64223a352c2273616d706c655f73697a65223a3132357d2c226e6f745f61735f6f726465726564223a66616c73652c226e6f745f636865636b6564223a5b5d2c2276657264696374223a22706173736564227d2c2274797065223a22496e7370656374696f6e5265706f72746564227d', 'InspectionReported', 1, '2026-02-11 01:00:00+00', '2026-02-11 01:00:00+00', 'inspector', 'SGS', '', 'play:ord_example_fulfilled:report', '\x6dc8e78807df58044aebde73a6a5ba25f32303bbc4a0deb0eaa52fb34403c4f7', '\xdeb44231df39239960fb242897745a2d7d6bae2fa0c4a5ddb9cda232f374e688'),
	('ord_example_fulfilled', 12, '\x7b22616d6f756e745f6d696e6f72223a32383030302c226174223a22323032362d30322d31315430313a30303a30305a222c2263757272656e6379223a22555344222c22696e7370656374696f6e5f6964223a226931222c2274797065223a22496e73706563746f7250616964227d', 'InspectorPaid', 1, '2026-02-11 01:00:00+00', '2026-02-11 01:00:00+00', 'provider', '', '', 'order:ord_example_fulfilled:11:1:confirmed', '\xdeb44231df39239960fb242897745a2d7d6bae2fa0c4a5ddb9cda232f374e688', '\xdfeb2b6e39368fa3355ff20ffca24d2c318bbd169c093382647123faf744c214'),
	('ord_example_fulfilled', 13, '\x7b22616d6f756e745f6d696e6f72223a313338363030302c226174223a22323032362d30322d31355430313a30303a30305a222c22626f6f6b65645f6174223a22323032362d30322d31345430393a34313a30375a222c2263757272656e6379223a22555344222c226578636573735f6d696e6f72223a302c226665655f62617369735f706f696e7473223a302c226665655f66697865645f6d696e6f72223a302c226665655f6d696e6f72223a302c227061796d656e745f6964223a2262616e6b3a6274785f623136613437666136356563653437633032386535353062646132366539653433663338616635652e31222c2270726963655f6d696e6f72223a313338363030302c227261696c223a2277697265222c2274797065223a225061796d656e745265636569766564227d', 'PaymentReceived', 1, '2026-02-15 01:00:00+00', '2026-02-15 01:00:00+00', 'provider', '', '', 'bank:btx_b16a47fa65ece47c028e550bda26e9e43f38af5e.1', '\xdfeb2b6e39368fa3355ff20ffca24d2c318bbd169c093382647123faf744c214', '\xf6acac52e9cbfb79f824cddc2178198c394c3936948d84145c89a1f5049c0736'),
	('ord_example_fulfilled', 14, '\x7b226174223a22323032362d30322d31355430313a30303a30305a222c22736869706d656e745f64617465223a22323032362d30332d3136222c22736869706d656e745f756e74696c223a22323032362d30332d31365431353a35393a35395a222c2274797065223a225061796d656e74436f6d706c65746564227d', 'PaymentCompleted', 1, '2026-02-15 01:00:00+00', '2026-02-15 01:00:00+00', 'provider', '', '', 'bank:btx_b16a47fa65ece47c028e550bda26e9e43f38af5e.1', '\xf6acac52e9cbfb79f824cddc2178198c394c3936948d84145c89a1f5049c0736', '\x8820a5be8f16a85ed1b0f7cedd7d2763f179c5936e7f5b12f338f210bb162781'),
	('ord_example_fulfilled', 15, '\x7b226174223a22323032362d30332d30395431353a35393a35395a222c2264617973223a372c2274797065223a22536869706d656e7452656d696e646564227d', 'ShipmentReminded', 1, '2026-03-12 01:00:00+00', '2026-03-09 15:59:59+00', 'clock', '', '', '', '\x8820a5be8f16a85ed1b0f7cedd7d2763f179c5936e7f5b12f338f210bb162781', '\x9b4eee9cf51ec8ab2c5a68d2b2307c92e7536d62266507dca2ec92f21e4c1603'),
	('ord_example_fulfilled', 16, '\x7b226172726976616c5f61736b65645f6174223a22323032362d30342d32365430313a30303a30305a222c226174223a22323032362d30332d31325430313a30303a30305a222c22636c61696d65645f6174223a22323032362d30332d31325430313a30303a30305a222c22646973706174636865645f6174223a22323032362d30332d31325430313a30303a30305a222c22646973706174636865645f64617465223a22323032362d30332d3132222c22646f63756d656e745f68617368223a2238393336353337313361363036353630366438383433396135366663353236333561386633653837616561643936333661656136326634386561313732353532222c226d6f6465223a22736561222c226d6f76656d656e745f756e74696c223a6e756c6c2c2270726f6f66223a2262696c6c5f6f665f6c6164696e67222c227175616e746974696573223a7b2231223a333030307d2c22736869706d656e745f6964223a225331222c2274797065223a22536869706d656e745265636f72646564222c22776974686f75745f6c65617665223a66616c73657d', 'ShipmentRecorded', 1, '2026-03-12 01:00:00+00', '2026-03-12 01:00:00+00', 'supplier', 'com_brightcell', '', 'play:ord_example_fulfilled:ship', '\x9b4eee9cf51ec8ab2c5a68d2b2307c92e7536d62266507dca2ec92f21e4c1603', '\xb658a291b1d6a2b3f89f6c2955a23ace7a3cd535ec5532d3807c2ff8ac7d1f33'),
	('ord_example_fulfilled', 17, '\x7b226174223a22323032362d30342d32305430313a30303a30305a222c22636c61696d5f756e74696c223a22323032362d30352d32305430313a30303a30305a222c2264656c6976657265645f6174223a22323032362d30342d32305430313a30303a30305a222c22646f63756d656e745f68617368223a2232373163666461326533333765656137376238353066363266353435643364666662343763396163346165393936393737393437613139376663623563323436222c22736869706d656e745f6964223a225331222c2274797065223a22476f6f647344656c697665726564227d', 'GoodsDelivered', 1, '2026-04-20 01:00:00+00', '2026-04-20 01:00:00+00', 'provider', '', '', 'play:ord_example_fulfilled:deliver', '\xb658a291b1d6a2b3f89f6c2955a23ace7a3cd535ec5532d3807c2ff8ac7d1f33', '\x19c527be93ae34a8c731b373a70ce7cc356b8cdf63a34540cff930818dd854e8'),
	('ord_example_fulfilled', 18, '\x7b226174223a22323032362d30342d32335430313a30303a30305a222c22636c61696d5f756e74696c223a7b225331223a22323032362d30352d32305430313a30303a30305a227d2c2274797065223a2252656365697074436f6e6669726d6564227d', 'ReceiptConfirmed', 1, '2026-04-23 01:00:00+00', '2026-04-23 01:00:00+00', 'buyer', 'com_harborgoods', '', 'play:ord_example_fulfilled:confirm', '\x19c527be93ae34a8c731b373a70ce7cc356b8cdf63a34540cff930818dd854e8', '\xd7bb81dfea3b7e141f6fc060420b89e5448677f4320bc6e883ed564ed3a9ab9b'),
	('ord_example_fulfilled', 19, '\x7b22616d6f756e745f6d696e6f72223a313938303030302c226174223a22323032362d30342d32335430313a30303a30305a222c226361757365223a22636f6e6669726d6564222c2263757272656e6379223a22555344222c22736869706d656e745f6964223a22222c2274797065223a2246756e647352656c6561736564227d', 'FundsReleased', 1, '2026-04-23 01:00:00+00', '2026-04-23 01:00:00+00', 'buyer', 'com_harborgoods', '', 'play:ord_example_fulfilled:confirm', '\xd7bb81dfea3b7e141f6fc060420b89e5448677f4320bc6e883ed564ed3a9ab9b', '\x344baa28382bb7ca3be06a6e2d31aef30bf4f426eabf31cd11198b16d1e9801a'),
	('ord_example_fulfilled', 20, '\x7b226174223a22323032362d30342d32335430313a30303a30305a222c2274797065223a224f72646572436f6d706c65746564227d', 'OrderCompleted', 1, '2026-04-23 01:00:00+00', '2026-04-23 01:00:00+00', 'buyer', 'com_harborgoods', '', 'play:ord_example_fulfilled:confirm', '\x344baa28382bb7ca3be06a6e2d31aef30bf4f426eabf31cd11198b16d1e9801a', '\x227ba7873f7a5c5ebcfbbd30b9fd665e716d0f3f001db8ed0fe5cd4d84f72288'),
	('ord_example_defective', 1, '\x7b226174223a22323032362d30322d30325430313a30303a30305a222c2262757965725f6964223a22636f6d5f686172626f72676f6f6473222c226279223a226275796572222c22637573746f6479223a2268656c64222c22706f6c6963795f6964223a22657363726f772d323032364032653765653639663130623732666132222c22737570706c6965725f6964223a22636f6d5f62726967687463656c6c222c2274797065223a224f7264657244726166746564227d', 'OrderDrafted', 1, '2026-02-02 01:00:00+00', '2026-02-02 01:00:00+00', 'buyer', 'com_harborgoods', '', 'play:ord_example_defective:begin', '\x0000000000000000000000000000000000000000000000000000000000000000', '\x6267ea0388b21adadcc24157a53f1072b521244101a9e0e28f9dc54e7a104a4a'),
	('ord_example_defective', 2, '\x7b226174223a22323032362d30322d30325430313a30303a30305a222c2273616d706c655f6964223a2273616d706c652d31222c2274797065223a2253616d706c65526571756573746564227d', 'SampleRequested', 1, '2026-02-02 01:00:00+00', '2026-02-02 01:00:00+00', 'buyer', 'com_harborgoods', '', 'play:ord_example_defective:request-sample', '\x6267ea0388b21adadcc24157a53f1072b521244101a9e0e28f9dc54e7a104a4a', '\x732e99c4e346d9c8d856c6a10a7873d08c6cc132bacb03d23682fefec6a60a18'),
	('ord_example_defective', 3, '\x7b226174223a22323032362d30322d30325430313a30303a30305a222c2273616d706c655f6964223a2273616d706c652d31222c227365616c5f68617368223a2264663230393363303931633666383239316235613537663030646336366332666439306537313565653236656361343837633362623936323466626631636362222c2274797065223a2253616d706c6553656e74227d', 'SampleSent', 1, '2026-02-02 01:00:00+00', '2026-02-02 01:00:00+00', 'supplier', 'com_brightcell', '', 'play:ord_example_defective:send-sample', '\x732e99c4e346d9c8d856c6a10a7873d08c6cc132bacb03d23682fefec6a60a18', '\x43ee8c2b2155b349e8d7a42f5e141a4045aa7d5b5477e3b21cd6f39f04bfb078'),
	('ord_example_defective', 4, '\x7b226174223a22323032362d30322d30325430313a30303a30305a222c2273616d706c655f6964223a2273616d706c652d31222c2274797065223a2253616d706c65417070726f766564227d', 'SampleApproved', 1, '2026-02-02 01:00:00+00', '2026-02-02 01:00:00+00', 'buyer', 'com_harborgoods', '', 'play:ord_example_defective:approve-sample', '\x43ee8c2b2155b349e8d7a42f5e141a4045aa7d5b5477e3b21cd6f39f04bfb078', '\x11da454587c7fc66af82df597a444c0889f91849476d5d6edd9a0a6c4e66fb33'),
	('ord_example_defective', 5, '\x7b226174223a22323032362d30322d30355430313a30303a30305a222c226279223a22737570706c696572222c22657870697265735f6174223a22323032362d30332d30375430313a30303a30305a222c227465726d73223a7b22617070726f7665645f73616d706c655f68617368223a2264663230393363303931633666383239316235613537663030646336366332666439306537313565653236656361343837633362623936323466626631636362222c226172726976616c5f64617465223a22323032362d30352d3237222c2262757965725f636f756e747279223a225553222c22636172726965725f63686f73656e5f6279223a226275796572222c22636f7665725f6b696e64223a22706f73742d64656c6976657279222c22636f76657265645f6d696e6f72223a313938303030302c2263757272656e6379223a22555344222c2264657374696e6174696f6e5f69735f706f7274223a66616c73652c226665655f626f726e655f6279223a226275796572222c22696e636f7465726d223a22464f42222c22696e7374616c6d656e7473223a5b7b22616d6f756e745f6d696e6f72223a3539343030302c22647565223a2261677265656d656e74222c226e616d65223a2231227d2c7b22616d6f756e745f6d696e6f72223a313338363030302c22647565223a227061737365645f696e7370656374696f6e222c226e616d65223a2232227d5d2c226c6174655f72656d656479223a7b226361705f62617369735f706f696e7473223a313030302c227065725f6461795f62617369735f706f696e7473223a35307d2c226c6561645f74696d655f64617973223a6e756c6c2c226c696e6573223a5b7b226e756d626572223a312c227175616e74697479223a333030302c22756e69745f70726963655f6d696e6f72223a3636307d5d2c226d6f6465223a22736561222c226f776e5f666f72776172646572223a66616c73652c2270726f6f66223a2262696c6c5f6f665f6c6164696e67222c2273616d706c696e67223a7b2261716c5f637269746963616c223a2230222c2261716c5f6d616a6f72223a22322e35222c2261716c5f6d696e6f72223a22342e30222c226c6576656c223a224949227d2c22736869706d656e745f64617465223a22323032362d30342d3135222c227465726d73223a5b7b22636c61696d61626c65223a747275652c226465666563745f636c617373223a226d616a6f72222c226964223a226361706163697479222c226c696e6573223a5b315d2c226d616e6461746f7279223a747275652c22746f706963223a226361706163697479227d2c7b22636c61696d61626c65223a747275652c226465666563745f636c617373223a226d616a6f72222c226964223a226f7574707574222c226c696e6573223a5b315d2c226d616e6461746f7279223a66616c73652c22746f706963223a2266756e6374696f6e227d2c7b22636c61696d61626c65223a747275652c226465666563745f636c617373223a226d696e6f72222c226964223a2273697a65222c226c696e6573223a5b315d2c226d616e6461746f7279223a66616c73652c22746f706963223a2273697a65227d2c7b22636c61696d61626c65223a747275652c226465666563745f636c617373223a226d696e6f72222c226964223a22776569676874222c226c696e6573223a5b315d2c226d616e6461746f7279223a66616c73652c22746f706963223a22776569676874227d2c7b22636c61696d61626c65223a747275652c226465666563745f636c617373223a226d616a6f72222c226964223a227175616e74697479222c226c696e6573223a5b315d2c226d616e6461746f7279223a66616c73652c22746f706963223a227175616e74697479227d2c7b22636c61696d61626c65223a747275652c226465666563745f636c617373223a226d616a6f72222c226964223a22636173652d6d6174657269616c222c226c696e6573223a5b315d2c226d616e6461746f7279223a66616c73652c22746f706963223a226d6174657269616c227d2c7b22636c61696d61626c65223a747275652c226465666563745f636c617373223a22637269746963616c222c226964223a22666c616d65222c226c696e6573223a5b315d2c226d616e6461746f7279223a747275652c22746f706963223a2266756e6374696f6e227d2c7b22636c61696d61626c65223a747275652c226465666563745f636c617373223a226d696e6f72222c226964223a22636f6c6f72222c226c696e6573223a5b315d2c226d616e6461746f7279223a66616c73652c22746f706963223a22636f6c6f7572227d2c7b22636c61696d61626c65223a747275652c226465666563745f636c617373223a226d696e6f72222c226964223a226c6f676f222c226c696e6573223a5b315d2c226d616e6461746f7279223a66616c73652c22746f706963223a226272616e64696e67227d2c7b22636c61696d61626c65223a747275652c226465666563745f636c617373223a226d696e6f72222c226964223a22626f78222c226c696e6573223a5b315d2c226d616e6461746f7279223a66616c73652c22746f706963223a227061636b6167696e67227d2c7b22636c61696d61626c65223a747275652c226465666563745f636c617373223a226d696e6f72222c226964223a22636172746f6e222c226c696e6573223a5b315d2c226d616e6461746f7279223a66616c73652c22746f706963223a227061636b6167696e67227d2c7b22636c61696d61626c65223a747275652c226465666563745f636c617373223a226d696e6f72222c226964223a22736372617463686573222c226c696e6573223a5b315d2c226d616e6461746f7279223a66616c73652c22746f706963223a22617070656172616e6365227d2c7b22636c61696d61626c65223a747275652c226465666563745f636c617373223a22637269746963616c222c226964223a227472616e73706f72742d74657374222c226c696e6573223a5b315d2c226d616e6461746f7279223a747275652c22746f706963223a2263657274696669636174696f6e227d2c7b22636c61696d61626c65223a747275652c226465666563745f636c617373223a226d696e6f72222c226964223a2273616d706c65222c226c696e6573223a5b315d2c226d616e6461746f7279223a66616c73652c22746f706963223a22617070656172616e6365227d5d2c22746f74616c5f6d696e6f72223a313938303030302c2276657273696f6e5f68617368223a2238383135653362636538623230353434326537353131643964613463633734363336613563356664323563633137373639633135623565353566623963386330222c227a6f6e65223a22417369612f5368616e67686169227d2c2274797065223a2256657273696f6e50726f706f736564227d', 'VersionProposed', 1, '2026-02-05 01:00:00+00', '2026-02-05 01:00:00+00', 'supplier', 'com_brightcell', '', 'play:ord_example_defective:propose', '\x11da454587c7fc66af82df597a444c0889f91849476d5d6edd9a0a6c4e66fb33', '\xe61a96d2119faf01c5f141e902806dc13bfd22fb100f5028a8666aebd8b1042f'),
	('ord_example_defective', 6, '\x7b226174223a22323032362d30322d30355430313a30303a30305a222c22636f7665725f6d696e6f72223a313938303030302c22656e726f6c6c6564223a747275652c226c696d69745f63757272656e6379223a22555344222c227061796d656e745f756e74696c223a22323032362d30342d30365430313a30303a30305a222c22726174655f64656e6f6d696e61746f72223a312c22726174655f6e756d657261746f72223a312c22736869706d656e745f64617465223a22323032362d30342d3135222c22736869706d656e745f756e74696c223a22323032362d30342d31355431353a35393a35395a222c2274797065223a224f72646572416772656564222c2276657273696f6e5f68617368223a2238383135653362636538623230353434326537353131643964613463633734363336613563356664323563633137373639633135623565353566623963386330227d', 'OrderAgreed', 1, '2026-02-05 01:00:00+00', '2026-02-05 01:00:00+00', 'buyer', 'com_harborgoods', '', 'play:ord_example_defective:accept', '\xe61a96d2119faf01c5f141e902806dc13bfd22fb100f5028a8666aebd8b1042f', '\x2c3fa77e77781053d3a6805f6f2c8876db72c3428b3829a4fb1d2f1433030a3b'),
	('ord_example_defective', 7, '\x7b22616d6f756e745f6d696e6f72223a3539343030302c226174223a22323032362d30322d30385430313a30303a30305a222c22626f6f6b65645f6174223a22323032362d30322d30375430393a34313a30375a222c2263757272656e6379223a22555344222c226578636573735f6d696e6f72223a302c226665655f62617369735f706f696e7473223a302c226665655f66697865645f6d696e6f72223a302c226665655f6d696e6f72223a302c227061796d656e745f6964223a2262616e6b3a6274785f623237336663313436383238373866646163363632393739613730383139386263393263373238612e31222c2270726963655f6d696e6f72223a3539343030302c227261696c223a2277697265222c2274797065223a225061796d656e745265636569766564227d', 'PaymentReceived', 1, '2026-02-08 01:00:00+00', '2026-02-08 01:00:00+00', 'provider', '', '', 'bank:btx_b273fc14682878fdac662979a708198bc92c728a.1', '\x2c3fa77e77781053d3a6805f6f2c8876db72c3428b3829a4fb1d2f1433030a3b', '\xec7dd00715dc625b657f549d468d633dc3709876e2ce6d218f590f15ae252e19'),
	('ord_example_defective', 8, '\x7b226174223a22323032362d30322d30385430313a30303a30305a222c22736869706d656e745f64617465223a22323032362d30342d3135222c22736869706d656e745f756e74696c223a22323032362d30342d31355431353a35393a35395a222c2274797065223a225061796d656e74436f6d706c65746564227d', 'PaymentCompleted', 1, '2026-02-08 01:00:00+00', '2026-02-08 01:00:00+00', 'provider', '', '', 'bank:btx_b273fc14682878fdac662979a708198bc92c728a.1', '\xec7dd00715dc625b657f549d468d633dc3709876e2ce6d218f590f15ae252e19', '\x1d3d7e41d38fa8c675b1803d50fc8420e6777acf877d399be3f65860f7cc766e'),
	('ord_example_defective', 9, '\x7b226174223a22323032362d30322d32375430313a30303a30305a222c226e6f74655f68617368223a2264666231316232623164626130343166346164633134653136626362336161663235626238336165643737383831393864343139616433353163343164363665222c2270657263656e74223a36302c2274797065223a2250726f64756374696f6e55706461746564227d', 'ProductionUpdated', 1, '2026-02-27 01:00:00+00', '2026-02-27 01:00:00+00', 'supplier', 'com_brightcell', '', 'play:ord_example_defective:update', '\x1d3d7e41d38fa8c675b1803d50fc8420e6777acf877d399be3f65860f7cc766e', '\x1dc5bfb2836dc994cff0ddaaf46639c1f7eb515b1ca2ec14db95ba2ba04975d8'),
	('ord_example_defective', 10, '\x7b22616476616e6365645f6279223a226275796572222c226174223a22323032362d30332d31345430313a30303a30305a222c22636f6d70616e79223a22534753222c2263757272656e6379223a22555344222c226665655f6d696e6f72223a32383030302c22696e7370656374696f6e5f6964223a226931222c226f726465726564223a66616c73652c227265706f72745f6475655f6174223a22323032362d30332d32375431353a35393a35395a222c227374616765223a227072655f736869706d656e74222c2274797065223a22496e7370656374696f6e426f6f6b6564227d', 'InspectionBooked', 1, '2026-03-14 01:00:00+00', '2026-03-14 01:00:00+00', 'buyer', 'com_harborgoods', '', 'play:ord_example_defective:book', '\x1dc5bfb2836dc994cff0ddaaf46639c1f7eb515b1ca2ec14db95ba2ba04975d8', '\x90bad045ccb1f06e76ab1338115aca79f2a5be5f273ea766dbaa12ea78eec6e6'),
	('ord_example_defective', 11, '\x7b226174223a22323032362d30332d31345430313a30303a30305a222c2262616c616e63655f756e74696c223a22323032362d30342d31335430313a30303a30305a222c2263686f6963655f756e74696c223a6e756c6c2c22696e7370656374696f6e5f6964223a226931222c227265706f7274223a7b22637269746963616c223a7b22616363657074616e63655f6e756d626572223a302c22666f756e64223a302c2273616d706c655f73697a65223a3132357d2c226c696e65223a6e756c6c2c226c6f74223a333030302c226d616a6f72223a7b22616363657074616e63655f6e756d626572223a372c22666f756e64223a332c2273616d706c655f73697a65223a3132357d2c226d616e6461746f72795f6661696c6564223a5b5d2c226d656173757265645f6661696c75726573223a5b5d2c226d696e6f72223a7b22616363657074616e63655f6e756d626572223a31302c22666f756e64223a352c2273616d706c655f73697a65223a3132357d2c226e6f745f61735f6f726465726564223a66616c73652c226e6f745f636865636b6564223a5b5d2c2276657264696374223a22706173736564227d2c2274797065223a22496e7370656374696f6e5265706f72746564227d', 'InspectionReported', 1, '2026-03-14 01:00:00+00', '2026-03-14 01:00:00+00', 'inspector', 'SGS', '', 'play:ord_example_defective:report', '\x90bad045ccb1f06e76ab1338115aca79f2a5be5f273ea766dbaa12ea78eec6e6', '\xd575c395094c133cc46d32f501f89c506c1258fcccb765d9c9c05597812019f9'),
	('ord_example_defective', 12, '\x7b22616d6f756e745f6d696e6f72223a32383030302c226174223a22323032362d30332d31345430313a30303a30305a222c2263757272656e6379223a22555344222c22696e7370656374696f6e5f6964223a226931222c2274797065223a22496e73706563746f7250616964227d', 'InspectorPaid', 1, '2026-03-14 01:00:00+00', '2026-03-14 01:00:00+00', 'provider', '', '', 'order:ord_example_defective:11:1:confirmed', '\xd575c395094c133cc46d32f501f89c506c1258fcccb765d9c9c05597812019f9', '\x6101faab0ab7180308d1311480d01142b32737f02e5c696f900041e40855ed46'),
	('ord_example_defective', 13, '\x7b22616d6f756e745f6d696e6f72223a313338363030302c226174223a22323032362d30332d31385430313a30303a30305a222c22626f6f6b65645f6174223a22323032362d30332d31375430393a34313a30375a222c2263757272656e6379223a22555344222c226578636573735f6d696e6f72223a302c226665655f62617369735f706f696e7473223a302c226665655f66697865645f6d696e6f72223a302c226665655f6d696e6f72223a302c227061796d656e745f6964223a2262616e6b3a6274785f623832306633343166663434343862663730353830383565376163666632333237613932306237632e31222c2270726963655f6d696e6f72223a313338363030302c227261696c223a2277697265222c2274797065223a225061796d656e745265636569766564227d', 'PaymentReceived', 1, '2026-03-18 01:00:00+00', '2026-03-18 01:00:00+00', 'provider', '', '', 'bank:btx_b820f341ff4448bf7058085e7acff2327a920b7c.1', '\x6101faab0ab7180308d1311480d01142b32737f02e5c696f900041e40855ed46', '\xf10729d7037750021cef54686c6526567b07a1f0feccbd4c1ca29a72863c7b9d'),
	('ord_example_defective', 14, '\x7b226174223a22323032362d30332d31385430313a30303a30305a222c22736869706d656e745f64617465223a22323032362d30342d3135222c22736869706d656e745f756e74696c223a22323032362d30342d31355431353a35393a35395a222c2274797065223a225061796d656e74436f6d706c65746564227d', 'PaymentCompleted', 1, '2026-03-18 01:00:00+00', '2026-03-18 01:00:00+00', 'provider', '', '', 'bank:btx_b820f341ff4448bf7058085e7acff2327a920b7c.1', '\xf10729d7037750021cef54686c6526567b07a1f0feccbd4c1ca29a72863c7b9d', '\x0f0141a0170c711e483026555e54919519dc7b9bb0d2b90027607ef55d038205'),
	('ord_example_defective', 15, '\x7b226174223a22323032362d30342d30385431353a35393a35395a222c2264617973223a372c2274797065223a22536869706d656e7452656d696e646564227d', 'ShipmentReminded', 1, '2026-04-13 01:00:00+00', '2026-04-08 15:59:59+00', 'clock', '', '', '', '\x0f0141a0170c711e483026555e54919519dc7b9bb0d2b90027607ef55d038205', '\x68f3708ee2622af575857cca9a3c8dc2b60fc725d3e10f97719ce4239453a05e'),
	('ord_example_defective', 16, '\x7b226174223a22323032362d30342d31325431353a35393a35395a222c2264617973223a332c2274797065223a22536869706d656e7452656d696e646564227d', 'ShipmentReminded', 1, '2026-04-13 01:00:00+00', '2026-04-12 15:59:59+00', 'clock', '', '', '', '\x68f3708ee2622af575857cca9a3c8dc2b60fc725d3e10f97719ce4239453a05e', '\xa33e7a54a94c7d5bedf8e511fc80aaa4e0cc2b31a87549ac5fc04bc28e217a4b'),
	('ord_example_defective', 17, '\x7b226172726976616c5f61736b65645f6174223a22323032362d30352d32385430313a30303a30305a222c226174223a22323032362d30342d31335430313a30303a30305a222c22636c61696d65645f6174223a22323032362d30342d31335430313a30303a30305a222c22646973706174636865645f6174223a22323032362d30342d31335430313a30303a30305a222c22646973706174636865645f64617465223a22323032362d30342d3133222c22646f63756d656e745f68617368223a2238393336353337313361363036353630366438383433396135366663353236333561386633653837616561643936333661656136326634386561313732353532222c226d6f6465223a22736561222c226d6f76656d656e745f756e74696c223a6e756c6c2c2270726f6f66223a2262696c6c5f6f665f6c6164696e67222c227175616e746974696573223a7b2231223a333030307d2c22736869706d656e745f6964223a225331222c2274797065223a22536869706d656e745265636f72646564222c22776974686f75745f6c65617665223a66616c73657d', 'ShipmentRecorded', 1, '2026-04-13 01:00:00+00', '2026-04-13 01:00:00+00', 'supplier', 'com_brightcell', '', 'play:ord_example_defective:ship', '\xa33e7a54a94c7d5bedf8e511fc80aaa4e0cc2b31a87549ac5fc04bc28e217a4b', '\xc6ee33546f4d8bbf212f7e8141e2d805684153d6d55c384cba86ec6292fdeb44'),
	('ord_example_defective', 18, '\x7b226174223a22323032362d30352d32315430313a30303a30305a222c22636c61696d5f756e74696c223a22323032362d30362d32305430313a30303a30305a222c2264656c6976657265645f6174223a22323032362d30352d32315430313a30303a30305a222c22646f63756d656e745f68617368223a2232373163666461326533333765656137376238353066363266353435643364666662343763396163346165393936393737393437613139376663623563323436222c22736869706d656e745f6964223a225331222c2274797065223a22476f6f647344656c697665726564227d', 'GoodsDelivered', 1, '2026-05-21 01:00:00+00', '2026-05-21 01:00:00+00', 'provider', '', '', 'play:ord_example_defective:deliver', '\xc6ee33546f4d8bbf212f7e8141e2d805684153d6d55c384cba86ec6292fdeb44', '\x3c7ce2f2a2af5974e41a02ff08e6ac4586135c1970f9458307358e85631fdd33'),
	('ord_example_fulfilled', 21, '\x7b226174223a22323032362d30352d31335430313a30303a30305a222c2264617973223a372c22736869706d656e745f6964223a225331222c2274797065223a22436c61696d57696e646f775761726e6564227d', 'ClaimWindowWarned', 1, '2026-05-21 01:00:00+00', '2026-05-13 01:00:00+00', 'clock', '', '', '', '\x227ba7873f7a5c5ebcfbbd30b9fd665e716d0f3f001db8ed0fe5cd4d84f72288', '\xc9be69e50341df33d54608d999d0898740d1b52681c81ad80e3b9fd7841298d4'),
	('ord_example_fulfilled', 22, '\x7b226174223a22323032362d30352d31375430313a30303a30305a222c2264617973223a332c22736869706d656e745f6964223a225331222c2274797065223a22436c61696d57696e646f775761726e6564227d', 'ClaimWindowWarned', 1, '2026-05-21 01:00:00+00', '2026-05-17 01:00:00+00', 'clock', '', '', '', '\xc9be69e50341df33d54608d999d0898740d1b52681c81ad80e3b9fd7841298d4', '\xb1dea555e4cdaf053fadea784c0f8dd9c40ff21a6b3b44b010af0510a90af117'),
	('ord_example_fulfilled', 23, '\x7b226174223a22323032362d30352d31395430313a30303a30305a222c2264617973223a312c22736869706d656e745f6964223a225331222c2274797065223a22436c61696d57696e646f775761726e6564227d', 'ClaimWindowWarned', 1, '2026-05-21 01:00:00+00', '2026-05-19 01:00:00+00', 'clock', '', '', '', '\xb1dea555e4cdaf053fadea784c0f8dd9c40ff21a6b3b44b010af0510a90af117', '\xb8b48983484ac5370b3ca03b0396dbff9a0a282c81835e1d73c7555c593e4db8'),
	('ord_example_defective', 19, '\x7b22616e737765725f756e74696c223a22323032362d30352d32395430313a30303a30305a222c226174223a22323032362d30352d32365430313a30303a30305a222c2262795f697473656c66223a66616c73652c226361757365223a22636c61696d222c22636c61696d73223a5b7b2267726f756e64223a227175616c697479222c226c696e6573223a5b315d2c227465726d5f696473223a5b226361706163697479225d7d5d2c22646973707574655f6964223a226431222c2265766964656e63655f686173686573223a5b2262373639353164393932636163623062633634353732616461346133326137373730396637396138623363326466363566363431336162343062313431376161225d2c226d65646961746f725f756e74696c223a6e756c6c2c226e65676f74696174696f6e5f756e74696c223a22323032362d30362d30325430313a30303a30305a222c2274797065223a22446973707574654f70656e6564222c2277697368223a226e6f6e65227d', 'DisputeOpened', 1, '2026-05-26 01:00:00+00', '2026-05-26 01:00:00+00', 'buyer', 'com_harborgoods', '', 'play:ord_example_defective:dispute', '\x3c7ce2f2a2af5974e41a02ff08e6ac4586135c1970f9458307358e85631fdd33', '\x269412be0349d4ca935ad830271fa0d4aaebd7a9642cb7af80480d01674d0d78'),
	('ord_example_defective', 20, '\x7b226174223a22323032362d30352d32375430313a30303a30305a222c226465636c696e6564223a747275652c22726561736f6e5f68617368223a2236383137313461633230643232646461613763626138303137666563303765343065343134643239313633366563653366626132383262613638613863363164222c2274797065223a2244697370757465416e737765726564227d', 'DisputeAnswered', 1, '2026-05-27 01:00:00+00', '2026-05-27 01:00:00+00', 'supplier', 'com_brightcell', '', 'play:ord_example_defective:answer', '\x269412be0349d4ca935ad830271fa0d4aaebd7a9642cb7af80480d01674d0d78', '\x1f918b52109aaafbb27a3e2518d9c67c248874e3c3cf39a497e6949054403bab'),
	('ord_example_defective', 21, '\x7b226174223a22323032362d30352d32385430313a30303a30305a222c2262795f697473656c66223a66616c73652c226d65646961746f725f756e74696c223a22323032362d30362d30315431353a35393a35395a222c2274797065223a2244697370757465457363616c61746564227d', 'DisputeEscalated', 1, '2026-05-28 01:00:00+00', '2026-05-28 01:00:00+00', 'buyer', 'com_harborgoods', '', 'play:ord_example_defective:escalate', '\x1f918b52109aaafbb27a3e2518d9c67c248874e3c3cf39a497e6949054403bab', '\x66dd4c98566a7a65239d3f672f18f2983278ef33ebdf21ff344db24787c83c9d'),
	('ord_example_defective', 22, '\x7b22616476616e6365645f6279223a226275796572222c226174223a22323032362d30352d32385430313a30303a30305a222c22636f6d70616e79223a2254c39c5620526865696e6c616e64222c2263757272656e6379223a22555344222c226665655f6d696e6f72223a39383030302c22696e7370656374696f6e5f6964223a226932222c226f726465726564223a747275652c227265706f72745f6475655f6174223a22323032362d30362d31315431353a35393a35395a222c227374616765223a2264697370757465222c2274797065223a22496e7370656374696f6e426f6f6b6564227d', 'InspectionBooked', 1, '2026-05-28 01:00:00+00', '2026-05-28 01:00:00+00', 'buyer', 'com_harborgoods', '', 'play:ord_example_defective:book-at-destination', '\x66dd4c98566a7a65239d3f672f18f2983278ef33ebdf21ff344db24787c83c9d', '\x328c3f26d1715d5256b3a104f5005256900473f7f9f956eb90d1256005fd7128'),
	('ord_example_defective', 23, '\x7b226174223a22323032362d30352d32395430313a30303a30305a222c2265766964656e63655f756e74696c223a22323032362d30362d30335430313a30303a30305a222c226d65646961746f725f6964223a227065725f6d65646961746f72222c2273757065727669736f72223a66616c73652c2274797065223a224d65646961746f724e616d6564227d', 'MediatorNamed', 1, '2026-05-29 01:00:00+00', '2026-05-29 01:00:00+00', 'operator', '', '', 'play:ord_example_defective:name', '\x328c3f26d1715d5256b3a104f5005256900473f7f9f956eb90d1256005fd7128', '\xbd9b6db01db83ad5a374f6be390e06c4cc4d8f7b354e5524b084010b5e03545d'),
	('ord_example_defective', 24, '\x7b226174223a22323032362d30362d30325430313a30303a30305a222c2262616c616e63655f756e74696c223a6e756c6c2c2263686f6963655f756e74696c223a6e756c6c2c22696e7370656374696f6e5f6964223a226932222c227265706f7274223a7b22637269746963616c223a7b22616363657074616e63655f6e756d626572223a302c22666f756e64223a302c2273616d706c655f73697a65223a3132357d2c226c696e65223a312c226c6f74223a333030302c226d616a6f72223a7b22616363657074616e63655f6e756d626572223a372c22666f756e64223a302c2273616d706c655f73697a65223a3132357d2c226d616e6461746f72795f6661696c6564223a5b5d2c226d656173757265645f6661696c75726573223a5b7b22616772656564223a333030302c226d65617375726564223a323030302c227465726d5f6964223a226361706163697479227d5d2c226d696e6f72223a7b22616363657074616e63655f6e756d626572223a31302c22666f756e64223a302c2273616d706c655f73697a65223a3132357d2c226e6f745f61735f6f726465726564223a66616c73652c226e6f745f636865636b6564223a5b5d2c2276657264696374223a226661696c6564227d2c2274797065223a22496e7370656374696f6e5265706f72746564227d', 'InspectionReported', 1, '2026-06-02 01:00:00+00', '2026-06-02 01:00:00+00', 'inspector', 'SGS', '', 'play:ord_example_defective:report-at-destination', '\xbd9b6db01db83ad5a374f6be390e06c4cc4d8f7b354e5524b084010b5e03545d', '\x7e86c0a87977683a71f2b5df1f2603fad27e9c77c1dbfa823bff503a42b00325'),
	('ord_example_defective', 25, '\x7b22616d6f756e745f6d696e6f72223a39383030302c226174223a22323032362d30362d30325430313a30303a30305a222c2263757272656e6379223a22555344222c22696e7370656374696f6e5f6964223a226932222c2274797065223a22496e73706563746f7250616964227d', 'InspectorPaid', 1, '2026-06-02 01:00:00+00', '2026-06-02 01:00:00+00', 'provider', '', '', 'order:ord_example_defective:24:1:confirmed', '\x7e86c0a87977683a71f2b5df1f2603fad27e9c77c1dbfa823bff503a42b00325', '\x525cbc6e6bee6205e0bebc076b257b58751b2cae2dff071124d77c46cb8ed6d0'),
	('ord_example_defective', 26, '\x7b226174223a22323032362d30362d30335430313a30303a30305a222c226465636973696f6e5f756e74696c223a22323032362d30362d31305431353a35393a35395a222c2272756c655f6174223a22323032362d30362d31375431353a35393a35395a222c2274797065223a2245766964656e6365526f756e64436c6f736564227d', 'EvidenceRoundClosed', 1, '2026-06-05 01:00:00+00', '2026-06-03 01:00:00+00', 'clock', '', '', '', '\x525cbc6e6bee6205e0bebc076b257b58751b2cae2dff071124d77c46cb8ed6d0', '\x2267beb74cd1887a7a57e9074af7777b36ecc8ce72399869708a8e076eacd2ce'),
	('ord_example_defective', 27, '\x7b2261707065616c5f756e74696c223a22323032362d30362d31325430313a30303a30305a222c226174223a22323032362d30362d30355430313a30303a30305a222c226465636973696f6e223a7b22616d6f756e745f6d696e6f72223a3636303030302c2262795f72756c65223a66616c73652c22636f6e646974696f6e223a226e6f6e65222c2264657061727473223a747275652c22696e7370656374696f6e5f6665655f6d696e6f72223a39383030302c22696e7370656374696f6e5f696473223a5b226932225d2c226f74686572776973655f6665655f6d696e6f72223a302c226f74686572776973655f696e7370656374696f6e5f696473223a5b5d2c226f74686572776973655f6d696e6f72223a302c226f7574636f6d65223a227061727469616c5f726566756e64222c22726561736f6e5f68617368223a2263666433366466656630636564343633636538613461326437386264663065633538383330623739656635313430396138363965333434373064343639663535222c227265636f6d6d656e6465645f6d696e6f72223a313938303030302c22756e74696c223a6e756c6c7d2c2274797065223a224465636973696f6e4d616465227d', 'DecisionMade', 1, '2026-06-05 01:00:00+00', '2026-06-05 01:00:00+00', 'mediator', '', 'per_mediator', 'play:ord_example_defective:decide', '\x2267beb74cd1887a7a57e9074af7777b36ecc8ce72399869708a8e076eacd2ce', '\xe40c144d19c7abd4b9dbc15d22601181ebf94a4ce0b62f6002c94d9f9d757a1b');
INSERT INTO public.order_event (order_id, seq, payload, type, version, recorded_at, effective_at, actor_role, actor_company_id, actor_person_id, command_id, previous_hash, hash) VALUES
	('ord_example_defective', 28, '\x7b226174223a22323032362d30362d31325430313a30303a30305a222c2262795f6c61707365223a66616c73652c226465636973696f6e223a7b22616d6f756e745f6d696e6f72223a3636303030302c2262795f72756c65223a66616c73652c22636f6e646974696f6e223a226e6f6e65222c2264657061727473223a747275652c22696e7370656374696f6e5f6665655f6d696e6f72223a39383030302c22696e7370656374696f6e5f696473223a5b226932225d2c226f74686572776973655f6665655f6d696e6f72223a302c226f74686572776973655f696e7370656374696f6e5f696473223a5b5d2c226f74686572776973655f6d696e6f72223a302c226f7574636f6d65223a227061727469616c5f726566756e64222c22726561736f6e5f68617368223a2263666433366466656630636564343633636538613461326437386264663065633538383330623739656635313430396138363965333434373064343639663535222c227265636f6d6d656e6465645f6d696e6f72223a313938303030302c22756e74696c223a6e756c6c7d2c2274797065223a224465636973696f6e46696e616c227d', 'DecisionFinal', 1, '2026-06-15 01:00:00+00', '2026-06-12 01:00:00+00', 'clock', '', '', '', '\xe40c144d19c7abd4b9dbc15d22601181ebf94a4ce0b62f6002c94d9f9d757a1b', '\x3afd0acd173961be74bdfcce9bc781c0f91b0990a71a7a4c7872848d815963ea'),
	('ord_example_defective', 29, '\x7b226174223a22323032362d30362d31325430313a30303a30305a222c22736574746c6564223a66616c73652c2274797065223a22446973707574654578656375746564227d', 'DisputeExecuted', 1, '2026-06-15 01:00:00+00', '2026-06-12 01:00:00+00', 'clock', '', '', '', '\x3afd0acd173961be74bdfcce9bc781c0f91b0990a71a7a4c7872848d815963ea', '\xf6a7386c255b52660fefbbea353d9f487127a9469497468543364ac35f91a322'),
	('ord_example_defective', 30, '\x7b226174223a22323032362d30362d31325430313a30303a30305a222c226361757365223a226465636973696f6e222c2263757272656e6379223a22555344222c226475655f6174223a22323032362d30362d32335431353a35393a35395a222c226578636573735f6d696e6f72223a302c226665655f6d696e6f72223a39383030302c2266726f6d5f68656c645f6d696e6f72223a3735383030302c22696e7370656374696f6e5f696473223a5b226932225d2c2270726963655f6d696e6f72223a3636303030302c22726566756e645f6964223a227231222c227365656b5f756e74696c223a6e756c6c2c2274797065223a22526566756e6444656369646564227d', 'RefundDecided', 1, '2026-06-15 01:00:00+00', '2026-06-12 01:00:00+00', 'clock', '', '', '', '\xf6a7386c255b52660fefbbea353d9f487127a9469497468543364ac35f91a322', '\x8c76c76f517eb958abd47f727e4ba0f68b51d03219515fab17c63c90cf1f70f3'),
	('ord_example_defective', 31, '\x7b22616d6f756e745f6d696e6f72223a313232323030302c226174223a22323032362d30362d31325430313a30303a30305a222c226361757365223a22656e64696e67222c2263757272656e6379223a22555344222c22736869706d656e745f6964223a22222c2274797065223a2246756e647352656c6561736564227d', 'FundsReleased', 1, '2026-06-15 01:00:00+00', '2026-06-12 01:00:00+00', 'clock', '', '', '', '\x8c76c76f517eb958abd47f727e4ba0f68b51d03219515fab17c63c90cf1f70f3', '\xbae4b8bcd4f3c733db74584bf3eb72c79198861545cda8eff8f85d8243bf07b4'),
	('ord_example_defective', 32, '\x7b226174223a22323032362d30362d31325430313a30303a30305a222c2274797065223a224f72646572536574746c6564227d', 'OrderSettled', 1, '2026-06-15 01:00:00+00', '2026-06-12 01:00:00+00', 'clock', '', '', '', '\xbae4b8bcd4f3c733db74584bf3eb72c79198861545cda8eff8f85d8243bf07b4', '\xace762d495ac300f9cdcd339787aca807a0cb8d9662b5fb5fa5b5da3f17853f6'),
	('ord_example_defective', 33, '\x7b22616d6f756e745f6d696e6f72223a3735383030302c226174223a22323032362d30362d31355430313a30303a30305a222c2263757272656e6379223a22555344222c227261696c223a2277697265222c22726566756e645f6964223a227231222c2274797065223a22526566756e64436f6e6669726d6564227d', 'RefundConfirmed', 1, '2026-06-15 01:00:00+00', '2026-06-15 01:00:00+00', 'provider', '', '', 'order:ord_example_defective:30:1:confirmed', '\xace762d495ac300f9cdcd339787aca807a0cb8d9662b5fb5fa5b5da3f17853f6', '\x83fde1f60301bb91cf7a60abbf0569d40192f70285dcf60076bf5de05c5b09a5'),
	('ord_example_under_way', 1, '\x7b226174223a22323032362d31302d32335430313a30303a30305a222c2262757965725f6964223a22636f6d5f686172626f72676f6f6473222c226279223a226275796572222c22637573746f6479223a2268656c64222c22706f6c6963795f6964223a22657363726f772d323032364032653765653639663130623732666132222c22737570706c6965725f6964223a22636f6d5f62726967687463656c6c222c2274797065223a224f7264657244726166746564227d', 'OrderDrafted', 1, '2026-10-23 01:00:00+00', '2026-10-23 01:00:00+00', 'buyer', 'com_harborgoods', '', 'play:ord_example_under_way:begin', '\x0000000000000000000000000000000000000000000000000000000000000000', '\xb01e8b1c47feed87071d8e40cf8d197942cd76300b329d8914673634b3f845ba'),
	('ord_example_under_way', 2, '\x7b226174223a22323032362d31302d32335430313a30303a30305a222c2273616d706c655f6964223a2273616d706c652d31222c2274797065223a2253616d706c65526571756573746564227d', 'SampleRequested', 1, '2026-10-23 01:00:00+00', '2026-10-23 01:00:00+00', 'buyer', 'com_harborgoods', '', 'play:ord_example_under_way:request-sample', '\xb01e8b1c47feed87071d8e40cf8d197942cd76300b329d8914673634b3f845ba', '\x09010b1a123df8350c13fddef6ee332c49b7f34389b3eeab4b89c3908ba9d27d'),
	('ord_example_under_way', 3, '\x7b226174223a22323032362d31302d32335430313a30303a30305a222c2273616d706c655f6964223a2273616d706c652d31222c227365616c5f68617368223a2264663230393363303931633666383239316235613537663030646336366332666439306537313565653236656361343837633362623936323466626631636362222c2274797065223a2253616d706c6553656e74227d', 'SampleSent', 1, '2026-10-23 01:00:00+00', '2026-10-23 01:00:00+00', 'supplier', 'com_brightcell', '', 'play:ord_example_under_way:send-sample', '\x09010b1a123df8350c13fddef6ee332c49b7f34389b3eeab4b89c3908ba9d27d', '\x701c30abac47d2a00e5f341509f099312e6aa02ec956e39e6f044d0e82377086'),
	('ord_example_under_way', 4, '\x7b226174223a22323032362d31302d32335430313a30303a30305a222c2273616d706c655f6964223a2273616d706c652d31222c2274797065223a2253616d706c65417070726f766564227d', 'SampleApproved', 1, '2026-10-23 01:00:00+00', '2026-10-23 01:00:00+00', 'buyer', 'com_harborgoods', '', 'play:ord_example_under_way:approve-sample', '\x701c30abac47d2a00e5f341509f099312e6aa02ec956e39e6f044d0e82377086', '\x85f4330ac1d9217afc55b50e735e9e79162aa9662f329dc969238ace3ea6339d'),
	('ord_example_fulfilled', 24, '\x7b226174223a22323032362d30392d30385430313a30303a30305a222c2274797065223a224f72646572436c6f736564227d', 'OrderClosed', 1, '2026-10-23 01:00:00+00', '2026-09-08 01:00:00+00', 'clock', '', '', '', '\xb8b48983484ac5370b3ca03b0396dbff9a0a282c81835e1d73c7555c593e4db8', '\x5d050a74fef83ba2122b91a547abc42826004648596a71416ec4c378c5b209d8'),
	('ord_example_under_way', 5, '\x7b226174223a22323032362d31302d32365430313a30303a30305a222c226279223a22737570706c696572222c22657870697265735f6174223a22323032362d31312d32355430313a30303a30305a222c227465726d73223a7b22617070726f7665645f73616d706c655f68617368223a2264663230393363303931633666383239316235613537663030646336366332666439306537313565653236656361343837633362623936323466626631636362222c226172726976616c5f64617465223a22323032372d30322d3230222c2262757965725f636f756e747279223a225553222c22636172726965725f63686f73656e5f6279223a226275796572222c22636f7665725f6b696e64223a22706f73742d64656c6976657279222c22636f76657265645f6d696e6f72223a313938303030302c2263757272656e6379223a22555344222c2264657374696e6174696f6e5f69735f706f7274223a66616c73652c226665655f626f726e655f6279223a226275796572222c22696e636f7465726d223a22464f42222c22696e7374616c6d656e7473223a5b7b22616d6f756e745f6d696e6f72223a3539343030302c22647565223a2261677265656d656e74222c226e616d65223a2231227d2c7b22616d6f756e745f6d696e6f72223a313338363030302c22647565223a227061737365645f696e7370656374696f6e222c226e616d65223a2232227d5d2c226c6174655f72656d656479223a7b226361705f62617369735f706f696e7473223a313030302c227065725f6461795f62617369735f706f696e7473223a35307d2c226c6561645f74696d655f64617973223a6e756c6c2c226c696e6573223a5b7b226e756d626572223a312c227175616e74697479223a333030302c22756e69745f70726963655f6d696e6f72223a3636307d5d2c226d6f6465223a22736561222c226f776e5f666f72776172646572223a66616c73652c2270726f6f66223a2262696c6c5f6f665f6c6164696e67222c2273616d706c696e67223a7b2261716c5f637269746963616c223a2230222c2261716c5f6d616a6f72223a22322e35222c2261716c5f6d696e6f72223a22342e30222c226c6576656c223a224949227d2c22736869706d656e745f64617465223a22323032362d31322d3232222c227465726d73223a5b7b22636c61696d61626c65223a747275652c226465666563745f636c617373223a226d616a6f72222c226964223a226361706163697479222c226c696e6573223a5b315d2c226d616e6461746f7279223a747275652c22746f706963223a226361706163697479227d2c7b22636c61696d61626c65223a747275652c226465666563745f636c617373223a226d616a6f72222c226964223a226f7574707574222c226c696e6573223a5b315d2c226d616e6461746f7279223a66616c73652c22746f706963223a2266756e6374696f6e227d2c7b22636c61696d61626c65223a747275652c226465666563745f636c617373223a226d696e6f72222c226964223a2273697a65222c226c696e6573223a5b315d2c226d616e6461746f7279223a66616c73652c22746f706963223a2273697a65227d2c7b22636c61696d61626c65223a747275652c226465666563745f636c617373223a226d696e6f72222c226964223a22776569676874222c226c696e6573223a5b315d2c226d616e6461746f7279223a66616c73652c22746f706963223a22776569676874227d2c7b22636c61696d61626c65223a747275652c226465666563745f636c617373223a226d616a6f72222c226964223a227175616e74697479222c226c696e6573223a5b315d2c226d616e6461746f7279223a66616c73652c22746f706963223a227175616e74697479227d2c7b22636c61696d61626c65223a747275652c226465666563745f636c617373223a226d616a6f72222c226964223a22636173652d6d6174657269616c222c226c696e6573223a5b315d2c226d616e6461746f7279223a66616c73652c22746f706963223a226d6174657269616c227d2c7b22636c61696d61626c65223a747275652c226465666563745f636c617373223a22637269746963616c222c226964223a22666c616d65222c226c696e6573223a5b315d2c226d616e6461746f7279223a747275652c22746f706963223a2266756e6374696f6e227d2c7b22636c61696d61626c65223a747275652c226465666563745f636c617373223a226d696e6f72222c226964223a22636f6c6f72222c226c696e6573223a5b315d2c226d616e6461746f7279223a66616c73652c22746f706963223a22636f6c6f7572227d2c7b22636c61696d61626c65223a747275652c226465666563745f636c617373223a226d696e6f72222c226964223a226c6f676f222c226c696e6573223a5b315d2c226d616e6461746f7279223a66616c73652c22746f706963223a226272616e64696e67227d2c7b22636c61696d61626c65223a747275652c226465666563745f636c617373223a226d696e6f72222c226964223a22626f78222c226c696e6573223a5b315d2c226d616e6461746f7279223a66616c73652c22746f706963223a227061636b6167696e67227d2c7b22636c61696d61626c65223a747275652c226465666563745f636c617373223a226d696e6f72222c226964223a22636172746f6e222c226c696e6573223a5b315d2c226d616e6461746f7279223a66616c73652c22746f706963223a227061636b6167696e67227d2c7b22636c61696d61626c65223a747275652c226465666563745f636c617373223a226d696e6f72222c226964223a22736372617463686573222c226c696e6573223a5b315d2c226d616e6461746f7279223a66616c73652c22746f706963223a22617070656172616e6365227d2c7b22636c61696d61626c65223a747275652c226465666563745f636c617373223a22637269746963616c222c226964223a227472616e73706f72742d74657374222c226c696e6573223a5b315d2c226d616e6461746f7279223a747275652c22746f706963223a2263657274696669636174696f6e227d2c7b22636c61696d61626c65223a747275652c226465666563745f636c617373223a226d696e6f72222c226964223a2273616d706c65222c226c696e6573223a5b315d2c226d616e6461746f7279223a66616c73652c22746f706963223a22617070656172616e6365227d5d2c22746f74616c5f6d696e6f72223a313938303030302c2276657273696f6e5f68617368223a2236376564323732663364326439613165616230663331313138386330616330636361313664653562646163383439646436366635393364313964356666353532222c227a6f6e65223a22417369612f5368616e67686169227d2c2274797065223a2256657273696f6e50726f706f736564227d', 'VersionProposed', 1, '2026-10-26 01:00:00+00', '2026-10-26 01:00:00+00', 'supplier', 'com_brightcell', '', 'play:ord_example_under_way:propose', '\x85f4330ac1d9217afc55b50e735e9e79162aa9662f329dc969238ace3ea6339d', '\x18699ff07dbd0e7fc4eaefdb374013f311b55aa1ddc2dcca96d1bb02c1b5fc98'),
	('ord_example_under_way', 6, '\x7b226174223a22323032362d31302d32365430313a30303a30305a222c22636f7665725f6d696e6f72223a313938303030302c22656e726f6c6c6564223a747275652c226c696d69745f63757272656e6379223a22555344222c227061796d656e745f756e74696c223a22323032362d31322d32355430313a30303a30305a222c22726174655f64656e6f6d696e61746f72223a312c22726174655f6e756d657261746f72223a312c22736869706d656e745f64617465223a22323032362d31322d3232222c22736869706d656e745f756e74696c223a22323032362d31322d32325431353a35393a35395a222c2274797065223a224f72646572416772656564222c2276657273696f6e5f68617368223a2236376564323732663364326439613165616230663331313138386330616330636361313664653562646163383439646436366635393364313964356666353532227d', 'OrderAgreed', 1, '2026-10-26 01:00:00+00', '2026-10-26 01:00:00+00', 'buyer', 'com_harborgoods', '', 'play:ord_example_under_way:accept', '\x18699ff07dbd0e7fc4eaefdb374013f311b55aa1ddc2dcca96d1bb02c1b5fc98', '\x2000a636c44bb998b76860c9eacc98d247dd7f45175edfc0006fa97ecd6428b1'),
	('ord_example_under_way', 7, '\x7b22616d6f756e745f6d696e6f72223a3539343030302c226174223a22323032362d31302d32395430313a30303a30305a222c22626f6f6b65645f6174223a22323032362d31302d32385430393a34313a30375a222c2263757272656e6379223a22555344222c226578636573735f6d696e6f72223a302c226665655f62617369735f706f696e7473223a302c226665655f66697865645f6d696e6f72223a302c226665655f6d696e6f72223a302c227061796d656e745f6964223a2262616e6b3a6274785f616662616539636231326464656632313566393430653763626261306436366562333262316538372e31222c2270726963655f6d696e6f72223a3539343030302c227261696c223a2277697265222c2274797065223a225061796d656e745265636569766564227d', 'PaymentReceived', 1, '2026-10-29 01:00:00+00', '2026-10-29 01:00:00+00', 'provider', '', '', 'bank:btx_afbae9cb12ddef215f940e7cbba0d66eb32b1e87.1', '\x2000a636c44bb998b76860c9eacc98d247dd7f45175edfc0006fa97ecd6428b1', '\xc64c0323885c4a8cc85fb686be077fac95fd05d0e88b3e71476a1979f0e99531'),
	('ord_example_under_way', 8, '\x7b226174223a22323032362d31302d32395430313a30303a30305a222c22736869706d656e745f64617465223a22323032362d31322d3232222c22736869706d656e745f756e74696c223a22323032362d31322d32325431353a35393a35395a222c2274797065223a225061796d656e74436f6d706c65746564227d', 'PaymentCompleted', 1, '2026-10-29 01:00:00+00', '2026-10-29 01:00:00+00', 'provider', '', '', 'bank:btx_afbae9cb12ddef215f940e7cbba0d66eb32b1e87.1', '\xc64c0323885c4a8cc85fb686be077fac95fd05d0e88b3e71476a1979f0e99531', '\xe65715a7e0945ad4b5a767a36f600aa75a805b497bafb0c3b8c3f7c00270d09a'),
	('ord_example_under_way', 9, '\x7b226174223a22323032362d31312d31375430313a30303a30305a222c226e6f74655f68617368223a2264666231316232623164626130343166346164633134653136626362336161663235626238336165643737383831393864343139616433353163343164363665222c2270657263656e74223a36302c2274797065223a2250726f64756374696f6e55706461746564227d', 'ProductionUpdated', 1, '2026-11-17 01:00:00+00', '2026-11-17 01:00:00+00', 'supplier', 'com_brightcell', '', 'play:ord_example_under_way:update', '\xe65715a7e0945ad4b5a767a36f600aa75a805b497bafb0c3b8c3f7c00270d09a', '\xc46584a0c4e4ef1c33736480e04b6235197317385207b93c5254d57707d7f65e'),
	('ord_example_under_way', 10, '\x7b22616476616e6365645f6279223a226275796572222c226174223a22323032362d31312d32315430313a30303a30305a222c22636f6d70616e79223a22534753222c2263757272656e6379223a22555344222c226665655f6d696e6f72223a32383030302c22696e7370656374696f6e5f6964223a226931222c226f726465726564223a66616c73652c227265706f72745f6475655f6174223a22323032362d31322d30345431353a35393a35395a222c227374616765223a227072655f736869706d656e74222c2274797065223a22496e7370656374696f6e426f6f6b6564227d', 'InspectionBooked', 1, '2026-11-21 01:00:00+00', '2026-11-21 01:00:00+00', 'buyer', 'com_harborgoods', '', 'play:ord_example_under_way:book', '\xc46584a0c4e4ef1c33736480e04b6235197317385207b93c5254d57707d7f65e', '\xb444f3d13936b5943d9ef6efe0eff1ce352c48dc9c973760aca86e0157564080');


--
-- Data for Name: order_file; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: order_head; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.order_head (order_id, head_seq, head_hash, created_at, recorded_at, next_deadline_at, status, policy_id, buyer_company_id, supplier_company_id, participant_company_ids, currency, total_minor) VALUES
	('ord_example_defective', 33, '\x83fde1f60301bb91cf7a60abbf0569d40192f70285dcf60076bf5de05c5b09a5', '2026-02-02 01:00:00+00', '2026-06-15 01:00:00+00', NULL, 'settled', 'escrow-2026@2e7ee69f10b72fa2', 'com_harborgoods', 'com_brightcell', '{}', 'USD', 1980000),
	('ord_example_fulfilled', 24, '\x5d050a74fef83ba2122b91a547abc42826004648596a71416ec4c378c5b209d8', '2026-01-02 01:00:00+00', '2026-10-23 01:00:00+00', NULL, 'closed', 'escrow-2026@2e7ee69f10b72fa2', 'com_harborgoods', 'com_brightcell', '{}', 'USD', 1980000),
	('ord_example_under_way', 10, '\xb444f3d13936b5943d9ef6efe0eff1ce352c48dc9c973760aca86e0157564080', '2026-10-23 01:00:00+00', '2026-11-21 01:00:00+00', '2026-12-04 15:59:59+00', 'in_production', 'escrow-2026@2e7ee69f10b72fa2', 'com_harborgoods', 'com_brightcell', '{}', 'USD', 1980000);


--
-- Data for Name: order_message; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: order_outbox; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.order_outbox (order_id, seq, message_no, topic, payload, created_at, handed_over_at, done_at) VALUES
	('ord_example_fulfilled', 5, 1, 'notify', '\x7b226174223a22323032362d30312d30355430313a30303a30305a222c226661637473223a7b22657870697265735f6174223a22323032362d30322d30345430313a30303a30305a227d2c226b696e64223a2276657273696f6e5f70726f706f736564222c22726563697069656e7473223a5b226275796572225d7d', '2026-01-05 01:00:00+00', '2026-01-05 01:00:00+00', '2026-01-05 01:00:00+00'),
	('ord_example_fulfilled', 6, 1, 'confirm_cover', '\x7b2276657273696f6e5f68617368223a2238323966636666626435636365333763656562346161346339646232343734656166633437376566613164346332323063306133653663333331373832343830227d', '2026-01-05 01:00:00+00', '2026-01-05 01:00:00+00', '2026-01-05 01:00:00+00'),
	('ord_example_fulfilled', 6, 2, 'notify', '\x7b226174223a22323032362d30312d30355430313a30303a30305a222c226661637473223a7b227061796d656e745f756e74696c223a22323032362d30332d30365430313a30303a30305a222c22736869706d656e745f756e74696c223a22323032362d30332d31365431353a35393a35395a227d2c226b696e64223a226f726465725f616772656564222c22726563697069656e7473223a5b226275796572222c22737570706c696572225d7d', '2026-01-05 01:00:00+00', '2026-01-05 01:00:00+00', '2026-01-05 01:00:00+00'),
	('ord_example_fulfilled', 8, 1, 'notify', '\x7b226174223a22323032362d30312d30385430313a30303a30305a222c226661637473223a7b22736869706d656e745f756e74696c223a22323032362d30332d31365431353a35393a35395a227d2c226b696e64223a227061796d656e745f636f6d706c65746564222c22726563697069656e7473223a5b226275796572222c22737570706c696572225d7d', '2026-01-08 01:00:00+00', '2026-01-08 01:00:00+00', '2026-01-08 01:00:00+00'),
	('ord_example_fulfilled', 11, 1, 'pay_inspector', '\x7b22696e7370656374696f6e5f6964223a226931227d', '2026-02-11 01:00:00+00', '2026-02-11 01:00:00+00', '2026-02-11 01:00:00+00'),
	('ord_example_fulfilled', 11, 2, 'notify', '\x7b226174223a22323032362d30322d31315430313a30303a30305a222c226661637473223a7b2262616c616e63655f756e74696c223a22323032362d30332d31335430313a30303a30305a222c2263686f6963655f756e74696c223a6e756c6c2c22696e7370656374696f6e5f6964223a226931227d2c226b696e64223a22696e7370656374696f6e5f7265706f72746564222c22726563697069656e7473223a5b226275796572222c22737570706c696572225d7d', '2026-02-11 01:00:00+00', '2026-02-11 01:00:00+00', '2026-02-11 01:00:00+00'),
	('ord_example_fulfilled', 14, 1, 'notify', '\x7b226174223a22323032362d30322d31355430313a30303a30305a222c226661637473223a7b22736869706d656e745f756e74696c223a22323032362d30332d31365431353a35393a35395a227d2c226b696e64223a227061796d656e745f636f6d706c65746564222c22726563697069656e7473223a5b226275796572222c22737570706c696572225d7d', '2026-02-15 01:00:00+00', '2026-02-15 01:00:00+00', '2026-02-15 01:00:00+00'),
	('ord_example_fulfilled', 15, 1, 'notify', '\x7b226174223a22323032362d30332d30395431353a35393a35395a222c226661637473223a7b2264617973223a377d2c226b696e64223a22736869706d656e745f72656d696e646572222c22726563697069656e7473223a5b22737570706c696572225d7d', '2026-03-12 01:00:00+00', '2026-03-12 01:00:00+00', '2026-03-12 01:00:00+00'),
	('ord_example_fulfilled', 17, 1, 'notify', '\x7b226174223a22323032362d30342d32305430313a30303a30305a222c226661637473223a7b22636c61696d5f756e74696c223a22323032362d30352d32305430313a30303a30305a222c22736869706d656e745f6964223a225331227d2c226b696e64223a22676f6f64735f64656c697665726564222c22726563697069656e7473223a5b226275796572222c22737570706c696572225d7d', '2026-04-20 01:00:00+00', '2026-04-20 01:00:00+00', '2026-04-20 01:00:00+00'),
	('ord_example_fulfilled', 19, 2, 'notify', '\x7b226174223a22323032362d30342d32335430313a30303a30305a222c226661637473223a7b22616d6f756e745f6d696e6f72223a313938303030302c2263757272656e6379223a22555344227d2c226b696e64223a2266756e64735f72656c6561736564222c22726563697069656e7473223a5b226275796572222c22737570706c696572225d7d', '2026-04-23 01:00:00+00', '2026-04-23 01:00:00+00', '2026-04-23 01:00:00+00'),
	('ord_example_fulfilled', 19, 1, 'credit_payable', '\x7b22616d6f756e745f6d696e6f72223a313938303030302c2263757272656e6379223a22555344227d', '2026-04-23 01:00:00+00', '2026-04-23 01:00:00+00', '2026-04-23 01:00:00+00'),
	('ord_example_defective', 5, 1, 'notify', '\x7b226174223a22323032362d30322d30355430313a30303a30305a222c226661637473223a7b22657870697265735f6174223a22323032362d30332d30375430313a30303a30305a227d2c226b696e64223a2276657273696f6e5f70726f706f736564222c22726563697069656e7473223a5b226275796572225d7d', '2026-02-05 01:00:00+00', '2026-02-05 01:00:00+00', '2026-02-05 01:00:00+00'),
	('ord_example_defective', 6, 1, 'confirm_cover', '\x7b2276657273696f6e5f68617368223a2238383135653362636538623230353434326537353131643964613463633734363336613563356664323563633137373639633135623565353566623963386330227d', '2026-02-05 01:00:00+00', '2026-02-05 01:00:00+00', '2026-02-05 01:00:00+00'),
	('ord_example_defective', 6, 2, 'notify', '\x7b226174223a22323032362d30322d30355430313a30303a30305a222c226661637473223a7b227061796d656e745f756e74696c223a22323032362d30342d30365430313a30303a30305a222c22736869706d656e745f756e74696c223a22323032362d30342d31355431353a35393a35395a227d2c226b696e64223a226f726465725f616772656564222c22726563697069656e7473223a5b226275796572222c22737570706c696572225d7d', '2026-02-05 01:00:00+00', '2026-02-05 01:00:00+00', '2026-02-05 01:00:00+00'),
	('ord_example_defective', 8, 1, 'notify', '\x7b226174223a22323032362d30322d30385430313a30303a30305a222c226661637473223a7b22736869706d656e745f756e74696c223a22323032362d30342d31355431353a35393a35395a227d2c226b696e64223a227061796d656e745f636f6d706c65746564222c22726563697069656e7473223a5b226275796572222c22737570706c696572225d7d', '2026-02-08 01:00:00+00', '2026-02-08 01:00:00+00', '2026-02-08 01:00:00+00'),
	('ord_example_defective', 11, 1, 'pay_inspector', '\x7b22696e7370656374696f6e5f6964223a226931227d', '2026-03-14 01:00:00+00', '2026-03-14 01:00:00+00', '2026-03-14 01:00:00+00'),
	('ord_example_defective', 11, 2, 'notify', '\x7b226174223a22323032362d30332d31345430313a30303a30305a222c226661637473223a7b2262616c616e63655f756e74696c223a22323032362d30342d31335430313a30303a30305a222c2263686f6963655f756e74696c223a6e756c6c2c22696e7370656374696f6e5f6964223a226931227d2c226b696e64223a22696e7370656374696f6e5f7265706f72746564222c22726563697069656e7473223a5b226275796572222c22737570706c696572225d7d', '2026-03-14 01:00:00+00', '2026-03-14 01:00:00+00', '2026-03-14 01:00:00+00'),
	('ord_example_defective', 14, 1, 'notify', '\x7b226174223a22323032362d30332d31385430313a30303a30305a222c226661637473223a7b22736869706d656e745f756e74696c223a22323032362d30342d31355431353a35393a35395a227d2c226b696e64223a227061796d656e745f636f6d706c65746564222c22726563697069656e7473223a5b226275796572222c22737570706c696572225d7d', '2026-03-18 01:00:00+00', '2026-03-18 01:00:00+00', '2026-03-18 01:00:00+00'),
	('ord_example_defective', 15, 1, 'notify', '\x7b226174223a22323032362d30342d30385431353a35393a35395a222c226661637473223a7b2264617973223a377d2c226b696e64223a22736869706d656e745f72656d696e646572222c22726563697069656e7473223a5b22737570706c696572225d7d', '2026-04-13 01:00:00+00', '2026-04-13 01:00:00+00', '2026-04-13 01:00:00+00'),
	('ord_example_defective', 16, 1, 'notify', '\x7b226174223a22323032362d30342d31325431353a35393a35395a222c226661637473223a7b2264617973223a337d2c226b696e64223a22736869706d656e745f72656d696e646572222c22726563697069656e7473223a5b22737570706c696572225d7d', '2026-04-13 01:00:00+00', '2026-04-13 01:00:00+00', '2026-04-13 01:00:00+00'),
	('ord_example_defective', 18, 1, 'notify', '\x7b226174223a22323032362d30352d32315430313a30303a30305a222c226661637473223a7b22636c61696d5f756e74696c223a22323032362d30362d32305430313a30303a30305a222c22736869706d656e745f6964223a225331227d2c226b696e64223a22676f6f64735f64656c697665726564222c22726563697069656e7473223a5b226275796572222c22737570706c696572225d7d', '2026-05-21 01:00:00+00', '2026-05-21 01:00:00+00', '2026-05-21 01:00:00+00'),
	('ord_example_fulfilled', 21, 1, 'notify', '\x7b226174223a22323032362d30352d31335430313a30303a30305a222c226661637473223a7b2264617973223a372c22736869706d656e745f6964223a225331227d2c226b696e64223a22636c61696d5f77696e646f775f7761726e696e67222c22726563697069656e7473223a5b226275796572225d7d', '2026-05-21 01:00:00+00', '2026-05-21 01:00:00+00', '2026-05-21 01:00:00+00'),
	('ord_example_fulfilled', 22, 1, 'notify', '\x7b226174223a22323032362d30352d31375430313a30303a30305a222c226661637473223a7b2264617973223a332c22736869706d656e745f6964223a225331227d2c226b696e64223a22636c61696d5f77696e646f775f7761726e696e67222c22726563697069656e7473223a5b226275796572225d7d', '2026-05-21 01:00:00+00', '2026-05-21 01:00:00+00', '2026-05-21 01:00:00+00'),
	('ord_example_fulfilled', 23, 1, 'notify', '\x7b226174223a22323032362d30352d31395430313a30303a30305a222c226661637473223a7b2264617973223a312c22736869706d656e745f6964223a225331227d2c226b696e64223a22636c61696d5f77696e646f775f7761726e696e67222c22726563697069656e7473223a5b226275796572225d7d', '2026-05-21 01:00:00+00', '2026-05-21 01:00:00+00', '2026-05-21 01:00:00+00'),
	('ord_example_defective', 19, 1, 'notify', '\x7b226174223a22323032362d30352d32365430313a30303a30305a222c226661637473223a7b22616e737765725f756e74696c223a22323032362d30352d32395430313a30303a30305a222c22646973707574655f6964223a226431222c226e65676f74696174696f6e5f756e74696c223a22323032362d30362d30325430313a30303a30305a227d2c226b696e64223a22646973707574655f6f70656e6564222c22726563697069656e7473223a5b226275796572222c22737570706c696572225d7d', '2026-05-26 01:00:00+00', '2026-05-26 01:00:00+00', '2026-05-26 01:00:00+00'),
	('ord_example_defective', 21, 1, 'notify', '\x7b226174223a22323032362d30352d32385430313a30303a30305a222c226661637473223a7b2262795f697473656c66223a66616c73652c226d65646961746f725f756e74696c223a22323032362d30362d30315431353a35393a35395a227d2c226b696e64223a22646973707574655f657363616c61746564222c22726563697069656e7473223a5b226275796572222c22737570706c696572222c226f70657261746f72222c2273757065727669736f72225d7d', '2026-05-28 01:00:00+00', '2026-05-28 01:00:00+00', '2026-05-28 01:00:00+00'),
	('ord_example_defective', 23, 1, 'notify', '\x7b226174223a22323032362d30352d32395430313a30303a30305a222c226661637473223a7b2265766964656e63655f756e74696c223a22323032362d30362d30335430313a30303a30305a227d2c226b696e64223a226d65646961746f725f6e616d6564222c22726563697069656e7473223a5b226275796572222c22737570706c696572225d7d', '2026-05-29 01:00:00+00', '2026-05-29 01:00:00+00', '2026-05-29 01:00:00+00'),
	('ord_example_defective', 24, 1, 'pay_inspector', '\x7b22696e7370656374696f6e5f6964223a226932227d', '2026-06-02 01:00:00+00', '2026-06-02 01:00:00+00', '2026-06-02 01:00:00+00'),
	('ord_example_defective', 24, 2, 'notify', '\x7b226174223a22323032362d30362d30325430313a30303a30305a222c226661637473223a7b2262616c616e63655f756e74696c223a6e756c6c2c2263686f6963655f756e74696c223a6e756c6c2c22696e7370656374696f6e5f6964223a226932227d2c226b696e64223a22696e7370656374696f6e5f7265706f72746564222c22726563697069656e7473223a5b226275796572222c22737570706c696572225d7d', '2026-06-02 01:00:00+00', '2026-06-02 01:00:00+00', '2026-06-02 01:00:00+00'),
	('ord_example_defective', 26, 1, 'notify', '\x7b226174223a22323032362d30362d30335430313a30303a30305a222c226661637473223a7b226465636973696f6e5f756e74696c223a22323032362d30362d31305431353a35393a35395a227d2c226b696e64223a2265766964656e63655f726f756e645f636c6f736564222c22726563697069656e7473223a5b226275796572222c22737570706c696572222c226f70657261746f72222c2273757065727669736f72225d7d', '2026-06-05 01:00:00+00', '2026-06-05 01:00:00+00', '2026-06-05 01:00:00+00'),
	('ord_example_defective', 27, 1, 'notify', '\x7b226174223a22323032362d30362d30355430313a30303a30305a222c226661637473223a7b2261707065616c5f756e74696c223a22323032362d30362d31325430313a30303a30305a227d2c226b696e64223a226465636973696f6e5f6d616465222c22726563697069656e7473223a5b226275796572222c22737570706c696572225d7d', '2026-06-05 01:00:00+00', '2026-06-05 01:00:00+00', '2026-06-05 01:00:00+00'),
	('ord_example_defective', 28, 1, 'notify', '\x7b226174223a22323032362d30362d31325430313a30303a30305a222c226661637473223a7b2262795f6c61707365223a66616c73657d2c226b696e64223a226465636973696f6e5f66696e616c222c22726563697069656e7473223a5b226275796572222c22737570706c696572225d7d', '2026-06-15 01:00:00+00', '2026-06-15 01:00:00+00', '2026-06-15 01:00:00+00'),
	('ord_example_defective', 30, 1, 'send_refund', '\x7b22616d6f756e745f6d696e6f72223a3735383030302c2263757272656e6379223a22555344222c227261696c223a22222c22726566756e645f6964223a227231227d', '2026-06-15 01:00:00+00', '2026-06-15 01:00:00+00', '2026-06-15 01:00:00+00'),
	('ord_example_defective', 30, 2, 'notify', '\x7b226174223a22323032362d30362d31325430313a30303a30305a222c226661637473223a7b2263757272656e6379223a22555344222c226475655f6174223a22323032362d30362d32335431353a35393a35395a222c22726566756e645f6964223a227231227d2c226b696e64223a22726566756e645f64656369646564222c22726563697069656e7473223a5b226275796572222c22737570706c696572225d7d', '2026-06-15 01:00:00+00', '2026-06-15 01:00:00+00', '2026-06-15 01:00:00+00'),
	('ord_example_defective', 31, 1, 'credit_payable', '\x7b22616d6f756e745f6d696e6f72223a313232323030302c2263757272656e6379223a22555344227d', '2026-06-15 01:00:00+00', '2026-06-15 01:00:00+00', '2026-06-15 01:00:00+00'),
	('ord_example_defective', 31, 2, 'notify', '\x7b226174223a22323032362d30362d31325430313a30303a30305a222c226661637473223a7b22616d6f756e745f6d696e6f72223a313232323030302c2263757272656e6379223a22555344227d2c226b696e64223a2266756e64735f72656c6561736564222c22726563697069656e7473223a5b226275796572222c22737570706c696572225d7d', '2026-06-15 01:00:00+00', '2026-06-15 01:00:00+00', '2026-06-15 01:00:00+00'),
	('ord_example_defective', 32, 1, 'align_cover', '\x7b7d', '2026-06-15 01:00:00+00', '2026-06-15 01:00:00+00', '2026-06-15 01:00:00+00'),
	('ord_example_defective', 33, 1, 'align_cover', '\x7b7d', '2026-06-15 01:00:00+00', '2026-06-15 01:00:00+00', '2026-06-15 01:00:00+00'),
	('ord_example_defective', 33, 2, 'notify', '\x7b226174223a22323032362d30362d31355430313a30303a30305a222c226661637473223a7b22616d6f756e745f6d696e6f72223a3735383030302c2263757272656e6379223a22555344227d2c226b696e64223a22726566756e645f73656e74222c22726563697069656e7473223a5b226275796572225d7d', '2026-06-15 01:00:00+00', '2026-06-15 01:00:00+00', '2026-06-15 01:00:00+00'),
	('ord_example_fulfilled', 24, 1, 'align_cover', '\x7b7d', '2026-10-23 01:00:00+00', '2026-10-23 01:00:00+00', '2026-10-23 01:00:00+00'),
	('ord_example_under_way', 5, 1, 'notify', '\x7b226174223a22323032362d31302d32365430313a30303a30305a222c226661637473223a7b22657870697265735f6174223a22323032362d31312d32355430313a30303a30305a227d2c226b696e64223a2276657273696f6e5f70726f706f736564222c22726563697069656e7473223a5b226275796572225d7d', '2026-10-26 01:00:00+00', '2026-10-26 01:00:00+00', '2026-10-26 01:00:00+00'),
	('ord_example_under_way', 6, 1, 'confirm_cover', '\x7b2276657273696f6e5f68617368223a2236376564323732663364326439613165616230663331313138386330616330636361313664653562646163383439646436366635393364313964356666353532227d', '2026-10-26 01:00:00+00', '2026-10-26 01:00:00+00', '2026-10-26 01:00:00+00'),
	('ord_example_under_way', 6, 2, 'notify', '\x7b226174223a22323032362d31302d32365430313a30303a30305a222c226661637473223a7b227061796d656e745f756e74696c223a22323032362d31322d32355430313a30303a30305a222c22736869706d656e745f756e74696c223a22323032362d31322d32325431353a35393a35395a227d2c226b696e64223a226f726465725f616772656564222c22726563697069656e7473223a5b226275796572222c22737570706c696572225d7d', '2026-10-26 01:00:00+00', '2026-10-26 01:00:00+00', '2026-10-26 01:00:00+00'),
	('ord_example_under_way', 8, 1, 'notify', '\x7b226174223a22323032362d31302d32395430313a30303a30305a222c226661637473223a7b22736869706d656e745f756e74696c223a22323032362d31322d32325431353a35393a35395a227d2c226b696e64223a227061796d656e745f636f6d706c65746564222c22726563697069656e7473223a5b226275796572222c22737570706c696572225d7d', '2026-10-29 01:00:00+00', '2026-10-29 01:00:00+00', '2026-10-29 01:00:00+00');


--
-- Data for Name: order_posting; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.order_posting (order_id, seq, entry_no, line_no, template, account, part, currency, amount_minor, rules_version) VALUES
	('ord_example_fulfilled', 7, 1, 1, 'payment_received', 'bank', 'wire', 'USD', 594000, 1),
	('ord_example_fulfilled', 7, 1, 2, 'payment_received', 'held', '', 'USD', -594000, 1),
	('ord_example_fulfilled', 10, 1, 1, 'inspection_fee_advanced', 'bank', 'wire', 'USD', 28000, 1),
	('ord_example_fulfilled', 10, 1, 2, 'inspection_fee_advanced', 'inspection_fee', '', 'USD', -28000, 1),
	('ord_example_fulfilled', 12, 1, 1, 'inspector_paid', 'inspection_fee', '', 'USD', 28000, 1),
	('ord_example_fulfilled', 12, 1, 2, 'inspector_paid', 'bank', 'wire', 'USD', -28000, 1),
	('ord_example_fulfilled', 13, 1, 1, 'payment_received', 'bank', 'wire', 'USD', 1386000, 1),
	('ord_example_fulfilled', 13, 1, 2, 'payment_received', 'held', '', 'USD', -1386000, 1),
	('ord_example_fulfilled', 19, 1, 1, 'funds_released', 'held', '', 'USD', 1980000, 1),
	('ord_example_fulfilled', 19, 1, 2, 'funds_released', 'payout_clearing', '', 'USD', -1980000, 1),
	('ord_example_defective', 7, 1, 1, 'payment_received', 'bank', 'wire', 'USD', 594000, 1),
	('ord_example_defective', 7, 1, 2, 'payment_received', 'held', '', 'USD', -594000, 1),
	('ord_example_defective', 10, 1, 1, 'inspection_fee_advanced', 'bank', 'wire', 'USD', 28000, 1),
	('ord_example_defective', 10, 1, 2, 'inspection_fee_advanced', 'inspection_fee', '', 'USD', -28000, 1),
	('ord_example_defective', 12, 1, 1, 'inspector_paid', 'inspection_fee', '', 'USD', 28000, 1),
	('ord_example_defective', 12, 1, 2, 'inspector_paid', 'bank', 'wire', 'USD', -28000, 1),
	('ord_example_defective', 13, 1, 1, 'payment_received', 'bank', 'wire', 'USD', 1386000, 1),
	('ord_example_defective', 13, 1, 2, 'payment_received', 'held', '', 'USD', -1386000, 1),
	('ord_example_defective', 22, 1, 1, 'inspection_fee_advanced', 'bank', 'wire', 'USD', 98000, 1),
	('ord_example_defective', 22, 1, 2, 'inspection_fee_advanced', 'inspection_fee', '', 'USD', -98000, 1),
	('ord_example_defective', 25, 1, 1, 'inspector_paid', 'inspection_fee', '', 'USD', 98000, 1),
	('ord_example_defective', 25, 1, 2, 'inspector_paid', 'bank', 'wire', 'USD', -98000, 1),
	('ord_example_defective', 30, 1, 1, 'refund_decided', 'held', '', 'USD', 758000, 1),
	('ord_example_defective', 30, 1, 2, 'refund_decided', 'due_buyer', '', 'USD', -758000, 1),
	('ord_example_defective', 31, 1, 1, 'funds_released', 'held', '', 'USD', 1222000, 1),
	('ord_example_defective', 31, 1, 2, 'funds_released', 'payout_clearing', '', 'USD', -1222000, 1),
	('ord_example_defective', 33, 1, 1, 'refund_confirmed', 'due_buyer', '', 'USD', 758000, 1),
	('ord_example_defective', 33, 1, 2, 'refund_confirmed', 'bank', 'wire', 'USD', -758000, 1),
	('ord_example_under_way', 7, 1, 1, 'payment_received', 'bank', 'wire', 'USD', 594000, 1),
	('ord_example_under_way', 7, 1, 2, 'payment_received', 'held', '', 'USD', -594000, 1),
	('ord_example_under_way', 10, 1, 1, 'inspection_fee_advanced', 'bank', 'wire', 'USD', 28000, 1),
	('ord_example_under_way', 10, 1, 2, 'inspection_fee_advanced', 'inspection_fee', '', 'USD', -28000, 1);


--
-- Data for Name: order_rollup; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.order_rollup (order_id, seq) VALUES
	('ord_example_defective', 33),
	('ord_example_fulfilled', 24),
	('ord_example_under_way', 10);


--
-- Data for Name: payout_command; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.payout_command (payout_id, command_id, content_hash, recorded_at, refusal_code, facts, first_seq, last_seq) VALUES
	('pay_com_brightcell_USD', 'pay_com_brightcell_USD:open', '\xb208c49fcdc435ccd2c27e8e5ff7ba9529856f0387118b45f1257e512b42cfd3', '2026-04-23 01:00:00+00', NULL, NULL, 1, 1),
	('pay_com_brightcell_USD', 'order:ord_example_fulfilled:19:1:account', '\xa84221e9945f7643f73d0afa01a2fd0316d457d27e2daacd32195ca16e44c74d', '2026-04-23 01:00:00+00', NULL, NULL, 2, 3),
	('pay_com_brightcell_USD', 'order:ord_example_fulfilled:19:1:credit', '\xb85e5a90337dc518a9bb78ea6dbabd730c7472034f9fcfb694682c1cbfd95ce9', '2026-04-23 01:00:00+00', NULL, NULL, 4, 5),
	('pay_com_brightcell_USD', 'batch:payouts-2026-04-24:pay_d30c4645f0b90304727e098cdc', '\x7be84832645fa6f8e05701f2215fe7a6ebfc76b751ecd6b1e7057b88dd60f9a6', '2026-04-24 01:00:00+00', NULL, NULL, 6, 6),
	('pay_com_brightcell_USD', 'order:ord_example_defective:31:1:credit', '\xfab93d56087c271a26919b7d3e09a250914fe118c8bc62e4205c4389cb3a0271', '2026-06-15 01:00:00+00', NULL, NULL, 8, 9);


--
-- Data for Name: payout_event; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.payout_event (payout_id, seq, payload, type, version, recorded_at, effective_at, actor_role, actor_company_id, actor_person_id, command_id, previous_hash, hash) VALUES
	('pay_com_brightcell_USD', 1, '\x7b226174223a22323032362d30342d32335430313a30303a30305a222c22636f6d70616e795f6964223a22636f6d5f62726967687463656c6c222c2263757272656e6379223a22555344222c2274797065223a224163636f756e744f70656e6564227d', 'AccountOpened', 1, '2026-04-23 01:00:00+00', '2026-04-23 01:00:00+00', 'provider', '', '', 'pay_com_brightcell_USD:open', '\x0000000000000000000000000000000000000000000000000000000000000000', '\xdb5532f5c579d64a4a1ea9bf1ec0c4f3614ae1df0c0338cc1fcb77e0033e6371'),
	('pay_com_brightcell_USD', 2, '\x7b226163636f756e745f68617368223a2238373939323532613730393034633938363138386232636536373938353337626335373063333666366365373937313035326236383536386333346564376432222c226174223a22323032362d30342d32335430313a30303a30305a222c2274797065223a224163636f756e744368616e676564222c22757361626c655f6174223a6e756c6c7d', 'AccountChanged', 1, '2026-04-23 01:00:00+00', '2026-04-23 01:00:00+00', 'provider', '', '', 'order:ord_example_fulfilled:19:1:account', '\xdb5532f5c579d64a4a1ea9bf1ec0c4f3614ae1df0c0338cc1fcb77e0033e6371', '\x903d57bf9da5c7fad5681be447306a04a68913c17e7bbf47796ca6e354f83c8b'),
	('pay_com_brightcell_USD', 3, '\x7b226163636f756e745f68617368223a2238373939323532613730393034633938363138386232636536373938353337626335373063333666366365373937313035326236383536386333346564376432222c226174223a22323032362d30342d32335430313a30303a30305a222c2274797065223a224163636f756e745665726966696564227d', 'AccountVerified', 1, '2026-04-23 01:00:00+00', '2026-04-23 01:00:00+00', 'provider', '', '', 'order:ord_example_fulfilled:19:1:account', '\x903d57bf9da5c7fad5681be447306a04a68913c17e7bbf47796ca6e354f83c8b', '\xd20f6bd8d17625736dcf8fe087cab42f2f39e3c7054930f6b2ecba9f8a48c97f'),
	('pay_com_brightcell_USD', 4, '\x7b22616d6f756e745f6d696e6f72223a313938303030302c226174223a22323032362d30342d32335430313a30303a30305a222c2263757272656e6379223a22555344222c226f726465725f6964223a226f72645f6578616d706c655f66756c66696c6c6564222c22736f757263655f736571223a31392c2274797065223a2250617961626c654372656469746564227d', 'PayableCredited', 1, '2026-04-23 01:00:00+00', '2026-04-23 01:00:00+00', 'provider', '', '', 'order:ord_example_fulfilled:19:1:credit', '\xd20f6bd8d17625736dcf8fe087cab42f2f39e3c7054930f6b2ecba9f8a48c97f', '\x9d802130f8e435b41a5e372f1c9f778c9fb353560138ce3d7ac25498b074ddc9'),
	('pay_com_brightcell_USD', 5, '\x7b226163636f756e745f68617368223a2238373939323532613730393034633938363138386232636536373938353337626335373063333666366365373937313035326236383536386333346564376432222c22616d6f756e745f6d696e6f72223a313938303030302c226174223a22323032362d30342d32335430313a30303a30305a222c2263757272656e6379223a22555344222c226475655f6174223a22323032362d30352d30345432333a35393a35395a222c226f726465725f696473223a5b226f72645f6578616d706c655f66756c66696c6c6564225d2c227061796f75745f6964223a227031222c2274797065223a225061796f7574496e7374727563746564227d', 'PayoutInstructed', 1, '2026-04-23 01:00:00+00', '2026-04-23 01:00:00+00', 'provider', '', '', 'order:ord_example_fulfilled:19:1:credit', '\x9d802130f8e435b41a5e372f1c9f778c9fb353560138ce3d7ac25498b074ddc9', '\x8c0bce53c9e8df17d509a20b096796426535bfff5a6868a205015637ea44f875'),
	('pay_com_brightcell_USD', 6, '\x7b226174223a22323032362d30342d32345430313a30303a30305a222c2262617463685f6964223a227061796f7574732d323032362d30342d3234222c227061796f75745f6964223a227031222c2274797065223a225061796f757453656e74227d', 'PayoutSent', 1, '2026-04-24 01:00:00+00', '2026-04-24 01:00:00+00', 'provider', '', '', 'batch:payouts-2026-04-24:pay_d30c4645f0b90304727e098cdc', '\x8c0bce53c9e8df17d509a20b096796426535bfff5a6868a205015637ea44f875', '\x7a671241bb18679a28c7559e1af0b81e405ae5f245a33d034234ee5e24c846d9'),
	('pay_com_brightcell_USD', 7, '\x7b226174223a22323032362d30352d30345432333a35393a35395a222c22636c6f636b223a227061796f75745f73656e74222c226475655f6174223a22323032362d30352d30345432333a35393a35395a222c227061796f75745f6964223a227031222c2274797065223a22506c6174666f726d4272656163686564227d', 'PlatformBreached', 1, '2026-05-21 01:00:00+00', '2026-05-04 23:59:59+00', 'clock', '', '', '', '\x7a671241bb18679a28c7559e1af0b81e405ae5f245a33d034234ee5e24c846d9', '\xf9e421389ce57376a12b43783c4e194a60f9895e725c0e6daea7894add69078b'),
	('pay_com_brightcell_USD', 8, '\x7b22616d6f756e745f6d696e6f72223a313232323030302c226174223a22323032362d30362d31355430313a30303a30305a222c2263757272656e6379223a22555344222c226f726465725f6964223a226f72645f6578616d706c655f646566656374697665222c22736f757263655f736571223a33312c2274797065223a2250617961626c654372656469746564227d', 'PayableCredited', 1, '2026-06-15 01:00:00+00', '2026-06-15 01:00:00+00', 'provider', '', '', 'order:ord_example_defective:31:1:credit', '\xf9e421389ce57376a12b43783c4e194a60f9895e725c0e6daea7894add69078b', '\xeb6cc1631de9d6680c50514b6f0465d9ce403f004c2adde30c26c0720c69c19e'),
	('pay_com_brightcell_USD', 9, '\x7b226163636f756e745f68617368223a2238373939323532613730393034633938363138386232636536373938353337626335373063333666366365373937313035326236383536386333346564376432222c22616d6f756e745f6d696e6f72223a313232323030302c226174223a22323032362d30362d31355430313a30303a30305a222c2263757272656e6379223a22555344222c226475655f6174223a22323032362d30362d32345432333a35393a35395a222c226f726465725f696473223a5b226f72645f6578616d706c655f646566656374697665225d2c227061796f75745f6964223a227032222c2274797065223a225061796f7574496e7374727563746564227d', 'PayoutInstructed', 1, '2026-06-15 01:00:00+00', '2026-06-15 01:00:00+00', 'provider', '', '', 'order:ord_example_defective:31:1:credit', '\xeb6cc1631de9d6680c50514b6f0465d9ce403f004c2adde30c26c0720c69c19e', '\xf02646f97443de2ab9f5bec262c13874302193ea12ae6baaf732416ae94c7501'),
	('pay_com_brightcell_USD', 10, '\x7b226174223a22323032362d30362d32345432333a35393a35395a222c22636c6f636b223a227061796f75745f73656e74222c226475655f6174223a22323032362d30362d32345432333a35393a35395a222c227061796f75745f6964223a227032222c2274797065223a22506c6174666f726d4272656163686564227d', 'PlatformBreached', 1, '2026-10-23 01:00:00+00', '2026-06-24 23:59:59+00', 'clock', '', '', '', '\xf02646f97443de2ab9f5bec262c13874302193ea12ae6baaf732416ae94c7501', '\x0aed5b75423180f98c359cf07de3755646f70d4f6475f31f3f1ec0e6c08151da');


--
-- Data for Name: payout_head; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.payout_head (payout_id, head_seq, head_hash, created_at, recorded_at, next_deadline_at, status, company_id, currency) VALUES
	('pay_com_brightcell_USD', 10, '\x0aed5b75423180f98c359cf07de3755646f70d4f6475f31f3f1ec0e6c08151da', '2026-04-23 01:00:00+00', '2026-10-23 01:00:00+00', NULL, 'sending', 'com_brightcell', 'USD');


--
-- Data for Name: payout_outbox; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.payout_outbox (payout_id, seq, message_no, topic, payload, created_at, handed_over_at, done_at) VALUES
	('pay_com_brightcell_USD', 2, 1, 'notify', '\x7b226174223a22323032362d30342d32335430313a30303a30305a222c226661637473223a7b22757361626c655f6174223a6e756c6c7d2c226b696e64223a22726563656976696e675f6163636f756e745f6368616e676564222c22726563697069656e7473223a5b22737570706c696572225d7d', '2026-04-23 01:00:00+00', '2026-04-23 01:00:00+00', '2026-04-23 01:00:00+00'),
	('pay_com_brightcell_USD', 5, 1, 'send_payout', '\x7b227061796f75745f6964223a227031227d', '2026-04-23 01:00:00+00', '2026-04-23 01:00:00+00', '2026-04-23 01:00:00+00'),
	('pay_com_brightcell_USD', 7, 1, 'notify', '\x7b226174223a22323032362d30352d30345432333a35393a35395a222c226661637473223a7b22636c6f636b223a227061796f75745f73656e74222c226475655f6174223a22323032362d30352d30345432333a35393a35395a222c227061796f75745f6964223a227031227d2c226b696e64223a22706c6174666f726d5f6272656163686564222c22726563697069656e7473223a5b22737570706c696572222c226f70657261746f72222c2273757065727669736f72225d7d', '2026-05-21 01:00:00+00', '2026-05-21 01:00:00+00', '2026-05-21 01:00:00+00'),
	('pay_com_brightcell_USD', 9, 1, 'send_payout', '\x7b227061796f75745f6964223a227032227d', '2026-06-15 01:00:00+00', '2026-06-15 01:00:00+00', '2026-06-15 01:00:00+00'),
	('pay_com_brightcell_USD', 10, 1, 'notify', '\x7b226174223a22323032362d30362d32345432333a35393a35395a222c226661637473223a7b22636c6f636b223a227061796f75745f73656e74222c226475655f6174223a22323032362d30362d32345432333a35393a35395a222c227061796f75745f6964223a227032227d2c226b696e64223a22706c6174666f726d5f6272656163686564222c22726563697069656e7473223a5b22737570706c696572222c226f70657261746f72222c2273757065727669736f72225d7d', '2026-10-23 01:00:00+00', '2026-10-23 01:00:00+00', '2026-10-23 01:00:00+00');


--
-- Data for Name: payout_posting; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.payout_posting (payout_id, seq, entry_no, line_no, template, account, part, currency, amount_minor, rules_version) VALUES
	('pay_com_brightcell_USD', 4, 1, 1, 'payable_credited', 'payout_clearing', '', 'USD', 1980000, 1),
	('pay_com_brightcell_USD', 4, 1, 2, 'payable_credited', 'supplier_payable', '', 'USD', -1980000, 1),
	('pay_com_brightcell_USD', 8, 1, 1, 'payable_credited', 'payout_clearing', '', 'USD', 1222000, 1),
	('pay_com_brightcell_USD', 8, 1, 2, 'payable_credited', 'supplier_payable', '', 'USD', -1222000, 1);


--
-- Data for Name: payout_rollup; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.payout_rollup (payout_id, seq) VALUES
	('pay_com_brightcell_USD', 10);


--
-- Data for Name: procrastinate_events; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: procrastinate_jobs; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: procrastinate_periodic_defers; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.procrastinate_periodic_defers (id, task_name, defer_timestamp, job_id, periodic_id) VALUES
	(1, 'take_up_stalled', 1795318140, NULL, 'take_up_stalled');


--
-- Data for Name: procrastinate_workers; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: receiving_account; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.receiving_account (account_hash, company_id, details, salt, erased_at) VALUES
	('8799252a70904c986188b2ce6798537bc570c36f6ce7971052b68568c34ed7d2', 'com_brightcell', '\x7b226163636f756e74223a7b226962616e223a6e756c6c2c226e756d626572223a223434323031353032343030303532353030227d2c2262616e6b223a7b22626963223a22424b4348434e424a343541222c22636c656172696e675f6e756d626572223a6e756c6c2c22636c656172696e675f73797374656d223a6e756c6c2c226e616d65223a6e756c6c7d2c22686f6c646572223a7b2261646472657373223a7b226275696c64696e675f6e756d626572223a6e756c6c2c22636f756e747279223a22434e222c22706f73745f636f6465223a6e756c6c2c22737472656574223a6e756c6c2c22746f776e223a225368656e7a68656e227d2c226e616d65223a225368656e7a68656e2042726967687463656c6c20456c656374726f6e69637320436f2e2c204c74642e227d2c2269735f73657061223a66616c73657d', '\x00000000000000000000000000000000', NULL);


--
-- Data for Name: supplier; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.supplier (company_id, enrolled, tier, account_hash, account_verified) VALUES
	('com_brightcell', true, 'audited', '8799252a70904c986188b2ce6798537bc570c36f6ce7971052b68568c34ed7d2', true);


--
-- Data for Name: transfer_batch; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.transfer_batch (batch_id, header, created_at) VALUES
	('payouts-2026-04-24', '\x7b2263757272656e6379223a22555344222c22657865637574696f6e5f64617465223a22323032362d30342d3234222c22706179696e67223a7b226163636f756e74223a7b226962616e223a2244453839333730343030343430353332303133303030222c226e756d626572223a6e756c6c7d2c2262616e6b223a7b22626963223a22434f424144454646585858222c22636c656172696e675f6e756d626572223a6e756c6c2c22636c656172696e675f73797374656d223a6e756c6c2c226e616d65223a6e756c6c7d2c227061727479223a7b2261646472657373223a7b226275696c64696e675f6e756d626572223a6e756c6c2c22636f756e747279223a224445222c22706f73745f636f6465223a6e756c6c2c22737472656574223a6e756c6c2c22746f776e223a224672616e6b66757274227d2c226e616d65223a22466169726c6f74205472757374204163636f756e74227d7d7d', '2026-04-24 01:00:00+00');


--
-- Data for Name: transfer_batch_item; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.transfer_batch_item (batch_id, name, account_id, payout_id) VALUES
	('payouts-2026-04-24', 'pay_d30c4645f0b90304727e098cdc', 'pay_com_brightcell_USD', 'p1');


--
-- Name: django_migrations_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.django_migrations_id_seq', 44, true);


--
-- Name: procrastinate_events_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.procrastinate_events_id_seq', 102, true);


--
-- Name: procrastinate_jobs_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.procrastinate_jobs_id_seq', 51, true);


--
-- Name: procrastinate_periodic_defers_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.procrastinate_periodic_defers_id_seq', 59, true);


--
-- Name: procrastinate_workers_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.procrastinate_workers_id_seq', 59, true);


--
-- Name: account_balance account_balance_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.account_balance
    ADD CONSTRAINT account_balance_pkey PRIMARY KEY (family, account, part, currency);


--
-- Name: checkpoint checkpoint_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.checkpoint
    ADD CONSTRAINT checkpoint_pkey PRIMARY KEY (taken_at);


--
-- Name: django_migrations django_migrations_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.django_migrations
    ADD CONSTRAINT django_migrations_pkey PRIMARY KEY (id);


--
-- Name: limit_command limit_command_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.limit_command
    ADD CONSTRAINT limit_command_pkey PRIMARY KEY (limit_id, command_id);


--
-- Name: limit_event limit_event_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.limit_event
    ADD CONSTRAINT limit_event_pkey PRIMARY KEY (limit_id, seq);


--
-- Name: limit_head limit_head_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.limit_head
    ADD CONSTRAINT limit_head_pkey PRIMARY KEY (limit_id);


--
-- Name: limit_outbox limit_outbox_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.limit_outbox
    ADD CONSTRAINT limit_outbox_pkey PRIMARY KEY (limit_id, seq, message_no);


--
-- Name: limit_posting limit_posting_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.limit_posting
    ADD CONSTRAINT limit_posting_pkey PRIMARY KEY (limit_id, seq, entry_no, line_no);


--
-- Name: limit_rollup limit_rollup_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.limit_rollup
    ADD CONSTRAINT limit_rollup_pkey PRIMARY KEY (limit_id);


--
-- Name: order_acceptance order_acceptance_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.order_acceptance
    ADD CONSTRAINT order_acceptance_pkey PRIMARY KEY (order_id, command_id);


--
-- Name: order_command order_command_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.order_command
    ADD CONSTRAINT order_command_pkey PRIMARY KEY (order_id, command_id);


--
-- Name: order_event order_event_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.order_event
    ADD CONSTRAINT order_event_pkey PRIMARY KEY (order_id, seq);


--
-- Name: order_file order_file_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.order_file
    ADD CONSTRAINT order_file_pkey PRIMARY KEY (order_id, file_no);


--
-- Name: order_head order_head_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.order_head
    ADD CONSTRAINT order_head_pkey PRIMARY KEY (order_id);


--
-- Name: order_message order_message_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.order_message
    ADD CONSTRAINT order_message_pkey PRIMARY KEY (order_id, message_no);


--
-- Name: order_outbox order_outbox_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.order_outbox
    ADD CONSTRAINT order_outbox_pkey PRIMARY KEY (order_id, seq, message_no);


--
-- Name: order_posting order_posting_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.order_posting
    ADD CONSTRAINT order_posting_pkey PRIMARY KEY (order_id, seq, entry_no, line_no);


--
-- Name: order_rollup order_rollup_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.order_rollup
    ADD CONSTRAINT order_rollup_pkey PRIMARY KEY (order_id);


--
-- Name: payout_command payout_command_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.payout_command
    ADD CONSTRAINT payout_command_pkey PRIMARY KEY (payout_id, command_id);


--
-- Name: payout_event payout_event_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.payout_event
    ADD CONSTRAINT payout_event_pkey PRIMARY KEY (payout_id, seq);


--
-- Name: payout_head payout_head_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.payout_head
    ADD CONSTRAINT payout_head_pkey PRIMARY KEY (payout_id);


--
-- Name: payout_outbox payout_outbox_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.payout_outbox
    ADD CONSTRAINT payout_outbox_pkey PRIMARY KEY (payout_id, seq, message_no);


--
-- Name: payout_posting payout_posting_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.payout_posting
    ADD CONSTRAINT payout_posting_pkey PRIMARY KEY (payout_id, seq, entry_no, line_no);


--
-- Name: payout_rollup payout_rollup_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.payout_rollup
    ADD CONSTRAINT payout_rollup_pkey PRIMARY KEY (payout_id);


--
-- Name: procrastinate_events procrastinate_events_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.procrastinate_events
    ADD CONSTRAINT procrastinate_events_pkey PRIMARY KEY (id);


--
-- Name: procrastinate_jobs procrastinate_jobs_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.procrastinate_jobs
    ADD CONSTRAINT procrastinate_jobs_pkey PRIMARY KEY (id);


--
-- Name: procrastinate_periodic_defers procrastinate_periodic_defers_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_pkey PRIMARY KEY (id);


--
-- Name: procrastinate_periodic_defers procrastinate_periodic_defers_unique; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_unique UNIQUE (task_name, periodic_id, defer_timestamp);


--
-- Name: procrastinate_workers procrastinate_workers_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.procrastinate_workers
    ADD CONSTRAINT procrastinate_workers_pkey PRIMARY KEY (id);


--
-- Name: receiving_account receiving_account_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.receiving_account
    ADD CONSTRAINT receiving_account_pkey PRIMARY KEY (account_hash);


--
-- Name: supplier supplier_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.supplier
    ADD CONSTRAINT supplier_pkey PRIMARY KEY (company_id);


--
-- Name: transfer_batch_item transfer_batch_item_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.transfer_batch_item
    ADD CONSTRAINT transfer_batch_item_pkey PRIMARY KEY (batch_id, name);


--
-- Name: transfer_batch transfer_batch_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.transfer_batch
    ADD CONSTRAINT transfer_batch_pkey PRIMARY KEY (batch_id);


--
-- Name: idx_procrastinate_jobs_worker_not_null; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_procrastinate_jobs_worker_not_null ON public.procrastinate_jobs USING btree (worker_id) WHERE ((worker_id IS NOT NULL) AND (status = 'doing'::public.procrastinate_job_status));


--
-- Name: idx_procrastinate_workers_last_heartbeat; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_procrastinate_workers_last_heartbeat ON public.procrastinate_workers USING btree (last_heartbeat);


--
-- Name: limit_head_due; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX limit_head_due ON public.limit_head USING btree (next_deadline_at) WHERE (next_deadline_at IS NOT NULL);


--
-- Name: limit_head_of_company; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX limit_head_of_company ON public.limit_head USING btree (company_id);


--
-- Name: limit_outbox_waiting; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX limit_outbox_waiting ON public.limit_outbox USING btree (created_at) WHERE (handed_over_at IS NULL);


--
-- Name: order_head_due; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX order_head_due ON public.order_head USING btree (next_deadline_at) WHERE (next_deadline_at IS NOT NULL);


--
-- Name: order_head_of_buyer; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX order_head_of_buyer ON public.order_head USING btree (buyer_company_id, created_at);


--
-- Name: order_head_of_participant; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX order_head_of_participant ON public.order_head USING gin (participant_company_ids) WHERE (participant_company_ids <> '{}'::text[]);


--
-- Name: order_head_of_supplier; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX order_head_of_supplier ON public.order_head USING btree (supplier_company_id, created_at);


--
-- Name: order_outbox_waiting; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX order_outbox_waiting ON public.order_outbox USING btree (created_at) WHERE (handed_over_at IS NULL);


--
-- Name: payout_head_due; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX payout_head_due ON public.payout_head USING btree (next_deadline_at) WHERE (next_deadline_at IS NOT NULL);


--
-- Name: payout_head_of_company; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX payout_head_of_company ON public.payout_head USING btree (company_id);


--
-- Name: payout_outbox_waiting; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX payout_outbox_waiting ON public.payout_outbox USING btree (created_at) WHERE (handed_over_at IS NULL);


--
-- Name: procrastinate_events_job_id_fkey_v1; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX procrastinate_events_job_id_fkey_v1 ON public.procrastinate_events USING btree (job_id);


--
-- Name: procrastinate_jobs_id_lock_idx_v1; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX procrastinate_jobs_id_lock_idx_v1 ON public.procrastinate_jobs USING btree (id, lock) WHERE (status = ANY (ARRAY['todo'::public.procrastinate_job_status, 'doing'::public.procrastinate_job_status]));


--
-- Name: procrastinate_jobs_lock_idx_v1; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX procrastinate_jobs_lock_idx_v1 ON public.procrastinate_jobs USING btree (lock) WHERE (status = 'doing'::public.procrastinate_job_status);


--
-- Name: procrastinate_jobs_priority_idx_v1; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX procrastinate_jobs_priority_idx_v1 ON public.procrastinate_jobs USING btree (priority DESC, id) WHERE (status = 'todo'::public.procrastinate_job_status);


--
-- Name: procrastinate_jobs_queue_name_idx_v1; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX procrastinate_jobs_queue_name_idx_v1 ON public.procrastinate_jobs USING btree (queue_name);


--
-- Name: procrastinate_jobs_queueing_lock_idx_v1; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX procrastinate_jobs_queueing_lock_idx_v1 ON public.procrastinate_jobs USING btree (queueing_lock) WHERE (status = 'todo'::public.procrastinate_job_status);


--
-- Name: procrastinate_periodic_defers_job_id_fkey_v1; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX procrastinate_periodic_defers_job_id_fkey_v1 ON public.procrastinate_periodic_defers USING btree (job_id);


--
-- Name: receiving_account_of_company; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX receiving_account_of_company ON public.receiving_account USING btree (company_id);


--
-- Name: transfer_batch_item_named; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX transfer_batch_item_named ON public.transfer_batch_item USING btree (name);


--
-- Name: limit_posting limit_posting_balances; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER limit_posting_balances AFTER INSERT ON public.limit_posting REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION public.limit_refuse_imbalance();


--
-- Name: order_message order_message_only_erase; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER order_message_only_erase BEFORE UPDATE ON public.order_message FOR EACH ROW EXECUTE FUNCTION public.order_message_only_erase();


--
-- Name: order_posting order_posting_balances; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER order_posting_balances AFTER INSERT ON public.order_posting REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION public.order_refuse_imbalance();


--
-- Name: payout_posting payout_posting_balances; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER payout_posting_balances AFTER INSERT ON public.payout_posting REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION public.payout_refuse_imbalance();


--
-- Name: procrastinate_jobs procrastinate_jobs_notify_queue_job_aborted_v1; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER procrastinate_jobs_notify_queue_job_aborted_v1 AFTER UPDATE OF abort_requested ON public.procrastinate_jobs FOR EACH ROW WHEN (((old.abort_requested = false) AND (new.abort_requested = true) AND (new.status = 'doing'::public.procrastinate_job_status))) EXECUTE FUNCTION public.procrastinate_notify_queue_abort_job_v1();


--
-- Name: procrastinate_jobs procrastinate_jobs_notify_queue_job_inserted_v1; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER procrastinate_jobs_notify_queue_job_inserted_v1 AFTER INSERT ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.status = 'todo'::public.procrastinate_job_status)) EXECUTE FUNCTION public.procrastinate_notify_queue_job_inserted_v1();


--
-- Name: procrastinate_jobs procrastinate_trigger_abort_requested_events_v1; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER procrastinate_trigger_abort_requested_events_v1 AFTER UPDATE OF abort_requested ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.abort_requested = true)) EXECUTE FUNCTION public.procrastinate_trigger_abort_requested_events_procedure_v1();


--
-- Name: procrastinate_jobs procrastinate_trigger_delete_jobs_v1; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER procrastinate_trigger_delete_jobs_v1 BEFORE DELETE ON public.procrastinate_jobs FOR EACH ROW EXECUTE FUNCTION public.procrastinate_unlink_periodic_defers_v1();


--
-- Name: procrastinate_jobs procrastinate_trigger_scheduled_events_v1; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER procrastinate_trigger_scheduled_events_v1 AFTER INSERT OR UPDATE ON public.procrastinate_jobs FOR EACH ROW WHEN (((new.scheduled_at IS NOT NULL) AND (new.status = 'todo'::public.procrastinate_job_status))) EXECUTE FUNCTION public.procrastinate_trigger_function_scheduled_events_v1();


--
-- Name: procrastinate_jobs procrastinate_trigger_status_events_insert_v1; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER procrastinate_trigger_status_events_insert_v1 AFTER INSERT ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.status = 'todo'::public.procrastinate_job_status)) EXECUTE FUNCTION public.procrastinate_trigger_function_status_events_insert_v1();


--
-- Name: procrastinate_jobs procrastinate_trigger_status_events_update_v1; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER procrastinate_trigger_status_events_update_v1 AFTER UPDATE OF status ON public.procrastinate_jobs FOR EACH ROW EXECUTE FUNCTION public.procrastinate_trigger_function_status_events_update_v1();


--
-- Name: limit_event limit_event_follows; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.limit_event
    ADD CONSTRAINT limit_event_follows FOREIGN KEY (limit_id, previous_seq) REFERENCES public.limit_event(limit_id, seq);


--
-- Name: limit_posting limit_posting_of_event; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.limit_posting
    ADD CONSTRAINT limit_posting_of_event FOREIGN KEY (limit_id, event_seq) REFERENCES public.limit_event(limit_id, seq);


--
-- Name: order_event order_event_follows; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.order_event
    ADD CONSTRAINT order_event_follows FOREIGN KEY (order_id, previous_seq) REFERENCES public.order_event(order_id, seq);


--
-- Name: order_posting order_posting_of_event; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.order_posting
    ADD CONSTRAINT order_posting_of_event FOREIGN KEY (order_id, event_seq) REFERENCES public.order_event(order_id, seq);


--
-- Name: payout_event payout_event_follows; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.payout_event
    ADD CONSTRAINT payout_event_follows FOREIGN KEY (payout_id, previous_seq) REFERENCES public.payout_event(payout_id, seq);


--
-- Name: payout_posting payout_posting_of_event; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.payout_posting
    ADD CONSTRAINT payout_posting_of_event FOREIGN KEY (payout_id, event_seq) REFERENCES public.payout_event(payout_id, seq);


--
-- Name: procrastinate_events procrastinate_events_job_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.procrastinate_events
    ADD CONSTRAINT procrastinate_events_job_id_fkey FOREIGN KEY (job_id) REFERENCES public.procrastinate_jobs(id) ON DELETE CASCADE;


--
-- Name: procrastinate_jobs procrastinate_jobs_worker_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.procrastinate_jobs
    ADD CONSTRAINT procrastinate_jobs_worker_id_fkey FOREIGN KEY (worker_id) REFERENCES public.procrastinate_workers(id) ON DELETE SET NULL;


--
-- Name: procrastinate_periodic_defers procrastinate_periodic_defers_job_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_job_id_fkey FOREIGN KEY (job_id) REFERENCES public.procrastinate_jobs(id);


--
-- Name: limit_command; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.limit_command ENABLE ROW LEVEL SECURITY;

--
-- Name: limit_event; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.limit_event ENABLE ROW LEVEL SECURITY;

--
-- Name: limit_head; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.limit_head ENABLE ROW LEVEL SECURITY;

--
-- Name: limit_outbox; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.limit_outbox ENABLE ROW LEVEL SECURITY;

--
-- Name: limit_posting; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.limit_posting ENABLE ROW LEVEL SECURITY;

--
-- Name: limit_rollup; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.limit_rollup ENABLE ROW LEVEL SECURITY;

--
-- Name: order_acceptance; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.order_acceptance ENABLE ROW LEVEL SECURITY;

--
-- Name: order_command; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.order_command ENABLE ROW LEVEL SECURITY;

--
-- Name: order_event; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.order_event ENABLE ROW LEVEL SECURITY;

--
-- Name: order_file; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.order_file ENABLE ROW LEVEL SECURITY;

--
-- Name: order_head; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.order_head ENABLE ROW LEVEL SECURITY;

--
-- Name: order_message; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.order_message ENABLE ROW LEVEL SECURITY;

--
-- Name: order_outbox; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.order_outbox ENABLE ROW LEVEL SECURITY;

--
-- Name: order_posting; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.order_posting ENABLE ROW LEVEL SECURITY;

--
-- Name: order_rollup; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.order_rollup ENABLE ROW LEVEL SECURITY;

--
-- Name: limit_event own_company; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY own_company ON public.limit_event FOR SELECT TO fairlot_reader USING ((EXISTS ( SELECT
   FROM public.limit_head head
  WHERE ((head.limit_id)::text = (limit_event.limit_id)::text))));


--
-- Name: limit_head own_company; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY own_company ON public.limit_head FOR SELECT TO fairlot_reader USING ((company_id = NULLIF(current_setting('fairlot.company_id'::text, true), ''::text)));


--
-- Name: limit_posting own_company; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY own_company ON public.limit_posting FOR SELECT TO fairlot_reader USING ((EXISTS ( SELECT
   FROM public.limit_head head
  WHERE ((head.limit_id)::text = (limit_posting.limit_id)::text))));


--
-- Name: order_event own_company; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY own_company ON public.order_event FOR SELECT TO fairlot_reader USING ((EXISTS ( SELECT
   FROM public.order_head head
  WHERE ((head.order_id)::text = (order_event.order_id)::text))));


--
-- Name: order_file own_company; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY own_company ON public.order_file FOR SELECT TO fairlot_reader USING ((EXISTS ( SELECT
   FROM public.order_head head
  WHERE ((head.order_id)::text = order_file.order_id))));


--
-- Name: order_head own_company; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY own_company ON public.order_head FOR SELECT TO fairlot_reader USING ((((NULLIF(current_setting('fairlot.company_id'::text, true), ''::text) = buyer_company_id) OR (NULLIF(current_setting('fairlot.company_id'::text, true), ''::text) = supplier_company_id)) OR (NULLIF(current_setting('fairlot.company_id'::text, true), ''::text) = ANY (participant_company_ids))));


--
-- Name: order_message own_company; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY own_company ON public.order_message FOR SELECT TO fairlot_reader USING ((EXISTS ( SELECT
   FROM public.order_head head
  WHERE ((head.order_id)::text = order_message.order_id))));


--
-- Name: order_posting own_company; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY own_company ON public.order_posting FOR SELECT TO fairlot_reader USING ((EXISTS ( SELECT
   FROM public.order_head head
  WHERE ((head.order_id)::text = (order_posting.order_id)::text))));


--
-- Name: payout_event own_company; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY own_company ON public.payout_event FOR SELECT TO fairlot_reader USING ((EXISTS ( SELECT
   FROM public.payout_head head
  WHERE ((head.payout_id)::text = (payout_event.payout_id)::text))));


--
-- Name: payout_head own_company; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY own_company ON public.payout_head FOR SELECT TO fairlot_reader USING ((company_id = NULLIF(current_setting('fairlot.company_id'::text, true), ''::text)));


--
-- Name: payout_posting own_company; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY own_company ON public.payout_posting FOR SELECT TO fairlot_reader USING ((EXISTS ( SELECT
   FROM public.payout_head head
  WHERE ((head.payout_id)::text = (payout_posting.payout_id)::text))));


--
-- Name: payout_command; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.payout_command ENABLE ROW LEVEL SECURITY;

--
-- Name: payout_event; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.payout_event ENABLE ROW LEVEL SECURITY;

--
-- Name: payout_head; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.payout_head ENABLE ROW LEVEL SECURITY;

--
-- Name: payout_outbox; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.payout_outbox ENABLE ROW LEVEL SECURITY;

--
-- Name: payout_posting; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.payout_posting ENABLE ROW LEVEL SECURITY;

--
-- Name: payout_rollup; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.payout_rollup ENABLE ROW LEVEL SECURITY;

--
-- Name: limit_command write_path; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY write_path ON public.limit_command TO fairlot_app USING (true) WITH CHECK (true);


--
-- Name: limit_event write_path; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY write_path ON public.limit_event TO fairlot_app USING (true) WITH CHECK (true);


--
-- Name: limit_head write_path; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY write_path ON public.limit_head TO fairlot_app USING (true) WITH CHECK (true);


--
-- Name: limit_outbox write_path; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY write_path ON public.limit_outbox TO fairlot_app USING (true) WITH CHECK (true);


--
-- Name: limit_posting write_path; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY write_path ON public.limit_posting TO fairlot_app USING (true) WITH CHECK (true);


--
-- Name: limit_rollup write_path; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY write_path ON public.limit_rollup TO fairlot_app USING (true) WITH CHECK (true);


--
-- Name: order_acceptance write_path; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY write_path ON public.order_acceptance TO fairlot_app USING (true) WITH CHECK (true);


--
-- Name: order_command write_path; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY write_path ON public.order_command TO fairlot_app USING (true) WITH CHECK (true);


--
-- Name: order_event write_path; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY write_path ON public.order_event TO fairlot_app USING (true) WITH CHECK (true);


--
-- Name: order_file write_path; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY write_path ON public.order_file TO fairlot_app USING (true) WITH CHECK (true);


--
-- Name: order_head write_path; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY write_path ON public.order_head TO fairlot_app USING (true) WITH CHECK (true);


--
-- Name: order_message write_path; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY write_path ON public.order_message TO fairlot_app USING (true) WITH CHECK (true);


--
-- Name: order_outbox write_path; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY write_path ON public.order_outbox TO fairlot_app USING (true) WITH CHECK (true);


--
-- Name: order_posting write_path; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY write_path ON public.order_posting TO fairlot_app USING (true) WITH CHECK (true);


--
-- Name: order_rollup write_path; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY write_path ON public.order_rollup TO fairlot_app USING (true) WITH CHECK (true);


--
-- Name: payout_command write_path; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY write_path ON public.payout_command TO fairlot_app USING (true) WITH CHECK (true);


--
-- Name: payout_event write_path; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY write_path ON public.payout_event TO fairlot_app USING (true) WITH CHECK (true);


--
-- Name: payout_head write_path; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY write_path ON public.payout_head TO fairlot_app USING (true) WITH CHECK (true);


--
-- Name: payout_outbox write_path; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY write_path ON public.payout_outbox TO fairlot_app USING (true) WITH CHECK (true);


--
-- Name: payout_posting write_path; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY write_path ON public.payout_posting TO fairlot_app USING (true) WITH CHECK (true);


--
-- Name: payout_rollup write_path; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY write_path ON public.payout_rollup TO fairlot_app USING (true) WITH CHECK (true);


--
-- Name: TABLE procrastinate_jobs; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.procrastinate_jobs TO fairlot_app;


--
-- Name: TABLE account_balance; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT ON TABLE public.account_balance TO fairlot_app;


--
-- Name: COLUMN account_balance.balance_minor; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(balance_minor) ON TABLE public.account_balance TO fairlot_app;


--
-- Name: COLUMN account_balance.postings; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(postings) ON TABLE public.account_balance TO fairlot_app;


--
-- Name: TABLE checkpoint; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT ON TABLE public.checkpoint TO fairlot_app;


--
-- Name: SEQUENCE django_migrations_id_seq; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,USAGE ON SEQUENCE public.django_migrations_id_seq TO fairlot_app;


--
-- Name: TABLE limit_command; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT ON TABLE public.limit_command TO fairlot_app;


--
-- Name: TABLE limit_event; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT ON TABLE public.limit_event TO fairlot_app;
GRANT SELECT ON TABLE public.limit_event TO fairlot_reader;


--
-- Name: TABLE limit_head; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT ON TABLE public.limit_head TO fairlot_app;
GRANT SELECT ON TABLE public.limit_head TO fairlot_reader;


--
-- Name: COLUMN limit_head.head_seq; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(head_seq) ON TABLE public.limit_head TO fairlot_app;


--
-- Name: COLUMN limit_head.head_hash; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(head_hash) ON TABLE public.limit_head TO fairlot_app;


--
-- Name: COLUMN limit_head.recorded_at; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(recorded_at) ON TABLE public.limit_head TO fairlot_app;


--
-- Name: COLUMN limit_head.next_deadline_at; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(next_deadline_at) ON TABLE public.limit_head TO fairlot_app;


--
-- Name: COLUMN limit_head.status; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(status) ON TABLE public.limit_head TO fairlot_app;


--
-- Name: COLUMN limit_head.company_id; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(company_id) ON TABLE public.limit_head TO fairlot_app;


--
-- Name: COLUMN limit_head.currency; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(currency) ON TABLE public.limit_head TO fairlot_app;


--
-- Name: TABLE limit_outbox; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT ON TABLE public.limit_outbox TO fairlot_app;


--
-- Name: COLUMN limit_outbox.handed_over_at; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(handed_over_at) ON TABLE public.limit_outbox TO fairlot_app;


--
-- Name: COLUMN limit_outbox.done_at; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(done_at) ON TABLE public.limit_outbox TO fairlot_app;


--
-- Name: TABLE limit_posting; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT ON TABLE public.limit_posting TO fairlot_app;
GRANT SELECT ON TABLE public.limit_posting TO fairlot_reader;


--
-- Name: TABLE limit_rollup; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT ON TABLE public.limit_rollup TO fairlot_app;


--
-- Name: COLUMN limit_rollup.seq; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(seq) ON TABLE public.limit_rollup TO fairlot_app;


--
-- Name: TABLE order_acceptance; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT ON TABLE public.order_acceptance TO fairlot_app;


--
-- Name: TABLE order_command; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT ON TABLE public.order_command TO fairlot_app;


--
-- Name: TABLE order_event; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT ON TABLE public.order_event TO fairlot_app;
GRANT SELECT ON TABLE public.order_event TO fairlot_reader;


--
-- Name: TABLE order_file; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT ON TABLE public.order_file TO fairlot_app;
GRANT SELECT ON TABLE public.order_file TO fairlot_reader;


--
-- Name: TABLE order_head; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT ON TABLE public.order_head TO fairlot_app;
GRANT SELECT ON TABLE public.order_head TO fairlot_reader;


--
-- Name: COLUMN order_head.head_seq; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(head_seq) ON TABLE public.order_head TO fairlot_app;


--
-- Name: COLUMN order_head.head_hash; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(head_hash) ON TABLE public.order_head TO fairlot_app;


--
-- Name: COLUMN order_head.recorded_at; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(recorded_at) ON TABLE public.order_head TO fairlot_app;


--
-- Name: COLUMN order_head.next_deadline_at; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(next_deadline_at) ON TABLE public.order_head TO fairlot_app;


--
-- Name: COLUMN order_head.status; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(status) ON TABLE public.order_head TO fairlot_app;


--
-- Name: COLUMN order_head.policy_id; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(policy_id) ON TABLE public.order_head TO fairlot_app;


--
-- Name: COLUMN order_head.buyer_company_id; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(buyer_company_id) ON TABLE public.order_head TO fairlot_app;


--
-- Name: COLUMN order_head.supplier_company_id; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(supplier_company_id) ON TABLE public.order_head TO fairlot_app;


--
-- Name: COLUMN order_head.participant_company_ids; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(participant_company_ids) ON TABLE public.order_head TO fairlot_app;


--
-- Name: COLUMN order_head.currency; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(currency) ON TABLE public.order_head TO fairlot_app;


--
-- Name: COLUMN order_head.total_minor; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(total_minor) ON TABLE public.order_head TO fairlot_app;


--
-- Name: TABLE order_message; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT ON TABLE public.order_message TO fairlot_app;
GRANT SELECT ON TABLE public.order_message TO fairlot_reader;


--
-- Name: COLUMN order_message.body; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(body) ON TABLE public.order_message TO fairlot_app;


--
-- Name: COLUMN order_message.salt; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(salt) ON TABLE public.order_message TO fairlot_app;


--
-- Name: COLUMN order_message.erased_at; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(erased_at) ON TABLE public.order_message TO fairlot_app;


--
-- Name: TABLE order_outbox; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT ON TABLE public.order_outbox TO fairlot_app;


--
-- Name: COLUMN order_outbox.handed_over_at; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(handed_over_at) ON TABLE public.order_outbox TO fairlot_app;


--
-- Name: COLUMN order_outbox.done_at; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(done_at) ON TABLE public.order_outbox TO fairlot_app;


--
-- Name: TABLE order_posting; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT ON TABLE public.order_posting TO fairlot_app;
GRANT SELECT ON TABLE public.order_posting TO fairlot_reader;


--
-- Name: TABLE order_rollup; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT ON TABLE public.order_rollup TO fairlot_app;


--
-- Name: COLUMN order_rollup.seq; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(seq) ON TABLE public.order_rollup TO fairlot_app;


--
-- Name: TABLE payout_command; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT ON TABLE public.payout_command TO fairlot_app;


--
-- Name: TABLE payout_event; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT ON TABLE public.payout_event TO fairlot_app;
GRANT SELECT ON TABLE public.payout_event TO fairlot_reader;


--
-- Name: TABLE payout_head; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT ON TABLE public.payout_head TO fairlot_app;
GRANT SELECT ON TABLE public.payout_head TO fairlot_reader;


--
-- Name: COLUMN payout_head.head_seq; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(head_seq) ON TABLE public.payout_head TO fairlot_app;


--
-- Name: COLUMN payout_head.head_hash; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(head_hash) ON TABLE public.payout_head TO fairlot_app;


--
-- Name: COLUMN payout_head.recorded_at; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(recorded_at) ON TABLE public.payout_head TO fairlot_app;


--
-- Name: COLUMN payout_head.next_deadline_at; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(next_deadline_at) ON TABLE public.payout_head TO fairlot_app;


--
-- Name: COLUMN payout_head.status; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(status) ON TABLE public.payout_head TO fairlot_app;


--
-- Name: COLUMN payout_head.company_id; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(company_id) ON TABLE public.payout_head TO fairlot_app;


--
-- Name: COLUMN payout_head.currency; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(currency) ON TABLE public.payout_head TO fairlot_app;


--
-- Name: TABLE payout_outbox; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT ON TABLE public.payout_outbox TO fairlot_app;


--
-- Name: COLUMN payout_outbox.handed_over_at; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(handed_over_at) ON TABLE public.payout_outbox TO fairlot_app;


--
-- Name: COLUMN payout_outbox.done_at; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(done_at) ON TABLE public.payout_outbox TO fairlot_app;


--
-- Name: TABLE payout_posting; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT ON TABLE public.payout_posting TO fairlot_app;
GRANT SELECT ON TABLE public.payout_posting TO fairlot_reader;


--
-- Name: TABLE payout_rollup; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT ON TABLE public.payout_rollup TO fairlot_app;


--
-- Name: COLUMN payout_rollup.seq; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(seq) ON TABLE public.payout_rollup TO fairlot_app;


--
-- Name: TABLE procrastinate_events; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.procrastinate_events TO fairlot_app;


--
-- Name: SEQUENCE procrastinate_events_id_seq; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,USAGE ON SEQUENCE public.procrastinate_events_id_seq TO fairlot_app;


--
-- Name: SEQUENCE procrastinate_jobs_id_seq; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,USAGE ON SEQUENCE public.procrastinate_jobs_id_seq TO fairlot_app;


--
-- Name: TABLE procrastinate_periodic_defers; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.procrastinate_periodic_defers TO fairlot_app;


--
-- Name: SEQUENCE procrastinate_periodic_defers_id_seq; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,USAGE ON SEQUENCE public.procrastinate_periodic_defers_id_seq TO fairlot_app;


--
-- Name: TABLE procrastinate_workers; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.procrastinate_workers TO fairlot_app;


--
-- Name: SEQUENCE procrastinate_workers_id_seq; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,USAGE ON SEQUENCE public.procrastinate_workers_id_seq TO fairlot_app;


--
-- Name: TABLE receiving_account; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT ON TABLE public.receiving_account TO fairlot_app;


--
-- Name: COLUMN receiving_account.details; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(details) ON TABLE public.receiving_account TO fairlot_app;


--
-- Name: COLUMN receiving_account.salt; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(salt) ON TABLE public.receiving_account TO fairlot_app;


--
-- Name: COLUMN receiving_account.erased_at; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(erased_at) ON TABLE public.receiving_account TO fairlot_app;


--
-- Name: TABLE supplier; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT ON TABLE public.supplier TO fairlot_app;


--
-- Name: COLUMN supplier.enrolled; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(enrolled) ON TABLE public.supplier TO fairlot_app;


--
-- Name: COLUMN supplier.tier; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(tier) ON TABLE public.supplier TO fairlot_app;


--
-- Name: COLUMN supplier.account_hash; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(account_hash) ON TABLE public.supplier TO fairlot_app;


--
-- Name: COLUMN supplier.account_verified; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(account_verified) ON TABLE public.supplier TO fairlot_app;


--
-- Name: TABLE transfer_batch; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT ON TABLE public.transfer_batch TO fairlot_app;


--
-- Name: TABLE transfer_batch_item; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT ON TABLE public.transfer_batch_item TO fairlot_app;


--
-- PostgreSQL database dump complete
--



