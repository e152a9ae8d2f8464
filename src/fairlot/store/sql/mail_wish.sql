-- Who wants no mails but those that call on them to act.
ALTER TABLE notification_wish ADD COLUMN wants_news boolean NOT NULL DEFAULT true;
GRANT UPDATE (wants_news) ON notification_wish TO fairlot_app;
