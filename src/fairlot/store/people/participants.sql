-- Inspection companies and the mediator find their orders too: who they are is read from the events that named them.
-- The owner may be a role that row security binds; both tables are opened to it for the length of this transaction.
ALTER TABLE order_head NO FORCE ROW LEVEL SECURITY;
ALTER TABLE order_event NO FORCE ROW LEVEL SECURITY;

WITH told AS (
  SELECT order_id, seq, type, convert_from(payload, 'UTF8')::jsonb AS event
  FROM order_event WHERE type IN ('InspectionBooked', 'DisputeOpened', 'MediatorNamed')
),
-- A new dispute has a mediator of its own; one that appeals keeps the first and adds the second.
case_began AS (
  SELECT order_id, max(seq) AS seq FROM told WHERE type = 'DisputeOpened' GROUP BY order_id
),
named AS (
  SELECT order_id, event ->> 'company' AS participant FROM told WHERE type = 'InspectionBooked'
  UNION
  SELECT order_id, event ->> 'mediator_id' FROM told JOIN case_began USING (order_id)
  WHERE type = 'MediatorNamed' AND told.seq > case_began.seq
  UNION
  SELECT order_id, unnest(participant_company_ids) FROM order_head
),
gathered AS (
  SELECT order_id, array_agg(participant ORDER BY participant COLLATE "C") AS participants
  FROM named WHERE participant ~ '^[^[:space:]]+$' GROUP BY order_id
)
UPDATE order_head SET participant_company_ids = gathered.participants
FROM gathered
WHERE gathered.order_id = order_head.order_id
  AND order_head.participant_company_ids IS DISTINCT FROM gathered.participants;

ALTER TABLE order_event FORCE ROW LEVEL SECURITY;
ALTER TABLE order_head FORCE ROW LEVEL SECURITY;
