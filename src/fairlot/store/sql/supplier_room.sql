-- What makes a supplier more than its orders: the conditions it accepted, documents, audits, goods, record, reports.

-- Conditions accepted: which version, by whom, when; an acceptance is never changed.
CREATE TABLE supplier_acceptance (
  company_id text COLLATE "C" NOT NULL CHECK (length(company_id) BETWEEN 1 AND 64),
  conditions_hash text COLLATE "C" NOT NULL CHECK (conditions_hash ~ '^[0-9a-f]{64}$'),
  version text NOT NULL,
  accepted_at timestamptz NOT NULL,
  accepted_by text NOT NULL,
  PRIMARY KEY (company_id, conditions_hash)
);

-- What operators decided about a supplier's enrolment, one row per decision.
CREATE TABLE supplier_decision (
  company_id text COLLATE "C" NOT NULL CHECK (length(company_id) BETWEEN 1 AND 64),
  decision_no integer NOT NULL CHECK (decision_no > 0),
  enrolled boolean NOT NULL,
  tier text NOT NULL,
  reason text NOT NULL CHECK (length(reason) <= 2000),
  decided_at timestamptz NOT NULL,
  decided_by text NOT NULL,
  PRIMARY KEY (company_id, decision_no)
);

-- Documents by their content's hash; the supplier's own business and the operator's, nobody else's.
CREATE TABLE supplier_document (
  company_id text COLLATE "C" NOT NULL CHECK (length(company_id) BETWEEN 1 AND 64),
  kind text COLLATE "C" NOT NULL CHECK (length(kind) BETWEEN 1 AND 64),
  content_hash text COLLATE "C" NOT NULL CHECK (content_hash ~ '^[0-9a-f]{64}$'),
  expires_date date,
  given_at timestamptz NOT NULL,
  given_by text NOT NULL,
  PRIMARY KEY (company_id, kind, content_hash)
);

-- Factory audits by a third party (R9), public on the profile.
CREATE TABLE supplier_audit (
  company_id text COLLATE "C" NOT NULL CHECK (length(company_id) BETWEEN 1 AND 64),
  audit_id text COLLATE "C" NOT NULL CHECK (length(audit_id) BETWEEN 1 AND 64),
  auditor text NOT NULL CHECK (length(auditor) BETWEEN 1 AND 200),
  audited_date date NOT NULL,
  result text NOT NULL CHECK (result IN ('passed', 'passed_with_remarks', 'failed')),
  document_hash text NOT NULL CHECK (document_hash ~ '^[0-9a-f]{64}$'),
  recorded_at timestamptz NOT NULL,
  recorded_by text NOT NULL,
  PRIMARY KEY (company_id, audit_id)
);

-- What suppliers and their goods are found by. The words are split before they come here (`domain/supplier/search_words`);
-- marks are exact: pairs of Chinese characters, and filters. Figures from `badge` on are a projection.
CREATE TABLE supplier_profile (
  company_id text COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(company_id) BETWEEN 1 AND 64),
  name_en text NOT NULL CHECK (length(name_en) <= 200),
  name_zh text NOT NULL CHECK (length(name_zh) <= 200),
  about_en text NOT NULL CHECK (length(about_en) <= 4000),
  about_zh text NOT NULL CHECK (length(about_zh) <= 4000),
  country text NOT NULL CHECK (country ~ '^[A-Z]{2}$'),
  categories text[] NOT NULL CHECK (cardinality(categories) <= 20),
  badge boolean NOT NULL DEFAULT false,
  merit bigint NOT NULL DEFAULT 0,
  limit_currency text NOT NULL DEFAULT '',
  limit_minor bigint NOT NULL DEFAULT 0,
  free_minor bigint NOT NULL DEFAULT 0,
  limit_seq integer NOT NULL DEFAULT 0,
  assured_orders integer NOT NULL DEFAULT 0,
  completed_orders integer NOT NULL DEFAULT 0,
  disputes_filed integer NOT NULL DEFAULT 0,
  on_time_basis_points integer,
  dispute_basis_points integer,
  latin text NOT NULL,
  own_marks text[] NOT NULL,
  standing_marks text[] NOT NULL DEFAULT '{}',
  found_by tsvector NOT NULL GENERATED ALWAYS AS (
    to_tsvector('english'::regconfig, latin) || array_to_tsvector(own_marks || standing_marks)
  ) STORED,
  CHECK (name_en <> '' OR name_zh <> '')
) WITH (fillfactor = 80);
CREATE INDEX supplier_profile_found_by ON supplier_profile USING gin (found_by);
CREATE INDEX supplier_profile_listed ON supplier_profile (merit DESC, company_id);

CREATE TABLE supplier_product (
  company_id text COLLATE "C" NOT NULL CHECK (length(company_id) BETWEEN 1 AND 64),
  product_id text COLLATE "C" NOT NULL CHECK (length(product_id) BETWEEN 1 AND 64),
  name_en text NOT NULL CHECK (length(name_en) <= 200),
  name_zh text NOT NULL CHECK (length(name_zh) <= 200),
  about_en text NOT NULL CHECK (length(about_en) <= 4000),
  about_zh text NOT NULL CHECK (length(about_zh) <= 4000),
  category text NOT NULL CHECK (length(category) BETWEEN 1 AND 64),
  unit text NOT NULL CHECK (length(unit) BETWEEN 1 AND 32),
  currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  price_low_minor bigint NOT NULL CHECK (price_low_minor > 0),
  price_high_minor bigint NOT NULL CHECK (price_high_minor >= price_low_minor),
  hs_code text NOT NULL CHECK (hs_code ~ '^([0-9]{6,10})?$'),
  is_offered boolean NOT NULL DEFAULT true,
  merit bigint NOT NULL DEFAULT 0,
  latin text NOT NULL,
  own_marks text[] NOT NULL,
  standing_marks text[] NOT NULL DEFAULT '{}',
  found_by tsvector NOT NULL GENERATED ALWAYS AS (
    to_tsvector('english'::regconfig, latin) || array_to_tsvector(own_marks || standing_marks)
  ) STORED,
  PRIMARY KEY (company_id, product_id),
  CHECK (name_en <> '' OR name_zh <> '')
) WITH (fillfactor = 90);
CREATE INDEX supplier_product_found_by ON supplier_product USING gin (found_by) WHERE is_offered;
CREATE INDEX supplier_product_listed ON supplier_product (merit DESC, company_id, product_id) WHERE is_offered;

-- What each order says of its supplier: a projection of the order's events up to `seq`; no entry before agreement.
CREATE TABLE supplier_order (
  company_id text COLLATE "C" NOT NULL CHECK (length(company_id) BETWEEN 1 AND 64),
  order_id text COLLATE "C" NOT NULL CHECK (length(order_id) BETWEEN 1 AND 64),
  seq integer NOT NULL CHECK (seq > 0),
  entry bytea,
  PRIMARY KEY (company_id, order_id)
);

-- The sums behind limits, whole; `LimitSet` names one by its hash.
CREATE TABLE supplier_computation (
  company_id text COLLATE "C" NOT NULL CHECK (length(company_id) BETWEEN 1 AND 64),
  computation_no integer NOT NULL CHECK (computation_no > 0),
  computation_hash text COLLATE "C" NOT NULL CHECK (computation_hash ~ '^[0-9a-f]{64}$'),
  computed_at timestamptz NOT NULL,
  document bytea NOT NULL,
  PRIMARY KEY (company_id, computation_no),
  CHECK (encode(sha256(document), 'hex') = computation_hash)
);

-- When the badge was shown and when it was lost, and why.
CREATE TABLE supplier_badge (
  company_id text COLLATE "C" NOT NULL CHECK (length(company_id) BETWEEN 1 AND 64),
  change_no integer NOT NULL CHECK (change_no > 0),
  shown boolean NOT NULL,
  faults text[] NOT NULL,
  changed_at timestamptz NOT NULL,
  PRIMARY KEY (company_id, change_no),
  CHECK (shown = (faults = '{}'))
);

-- Reports of suppliers that ask for payment outside or refuse the platform's ways (R6); an operator judges each once.
CREATE TABLE supplier_report (
  company_id text COLLATE "C" NOT NULL CHECK (length(company_id) BETWEEN 1 AND 64),
  report_id text COLLATE "C" NOT NULL CHECK (length(report_id) BETWEEN 1 AND 64),
  order_id text NOT NULL CHECK (length(order_id) BETWEEN 1 AND 64),
  message_no integer NOT NULL CHECK (message_no >= 0),
  kind text NOT NULL CHECK (length(kind) BETWEEN 1 AND 64),
  note text NOT NULL CHECK (length(note) <= 2000),
  reported_at timestamptz NOT NULL,
  reporter_company_id text NOT NULL,
  reporter_person_id text NOT NULL,
  status text NOT NULL CHECK (status IN ('open', 'upheld', 'dismissed')),
  made_good boolean NOT NULL DEFAULT false,
  reason text NOT NULL DEFAULT '' CHECK (length(reason) <= 2000),
  judged_at timestamptz,
  judged_by text NOT NULL DEFAULT '',
  PRIMARY KEY (company_id, report_id),
  CHECK ((status = 'open') = (judged_at IS NULL))
);
CREATE INDEX supplier_report_open ON supplier_report (reported_at) WHERE status = 'open';

GRANT SELECT, INSERT ON supplier_acceptance, supplier_decision, supplier_document, supplier_audit,
  supplier_computation, supplier_badge TO fairlot_app;
GRANT SELECT, INSERT, UPDATE (
  name_en, name_zh, about_en, about_zh, country, categories, badge, merit, limit_currency, limit_minor, free_minor,
  limit_seq, assured_orders, completed_orders, disputes_filed, on_time_basis_points, dispute_basis_points, latin,
  own_marks, standing_marks
) ON supplier_profile TO fairlot_app;
GRANT SELECT, INSERT, UPDATE (
  name_en, name_zh, about_en, about_zh, category, unit, currency, price_low_minor, price_high_minor, hs_code,
  is_offered, merit, latin, own_marks, standing_marks
) ON supplier_product TO fairlot_app;
GRANT SELECT, INSERT, UPDATE (seq, entry) ON supplier_order TO fairlot_app;
GRANT SELECT, INSERT, UPDATE (status, made_good, reason, judged_at, judged_by) ON supplier_report TO fairlot_app;
GRANT SELECT ON supplier_document, supplier_report TO fairlot_reader;

-- Row security: a company reads its own documents, the reports it made, and those made of it once they are judged.
ALTER TABLE supplier_document ENABLE ROW LEVEL SECURITY;
ALTER TABLE supplier_document FORCE ROW LEVEL SECURITY;
ALTER TABLE supplier_report ENABLE ROW LEVEL SECURITY;
ALTER TABLE supplier_report FORCE ROW LEVEL SECURITY;
CREATE POLICY write_path ON supplier_document TO fairlot_app USING (true) WITH CHECK (true);
CREATE POLICY write_path ON supplier_report TO fairlot_app USING (true) WITH CHECK (true);
CREATE POLICY own_company ON supplier_document FOR SELECT TO fairlot_reader
  USING (company_id = NULLIF(current_setting('fairlot.company_id', true), ''));
CREATE POLICY own_company ON supplier_report FOR SELECT TO fairlot_reader
  USING (reporter_company_id = NULLIF(current_setting('fairlot.company_id', true), '')
    OR (status <> 'open' AND company_id = NULLIF(current_setting('fairlot.company_id', true), '')));
