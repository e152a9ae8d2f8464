-- The application defers and runs jobs; whose tables they are, procrastinate's own migrations say.
GRANT SELECT, INSERT, UPDATE, DELETE ON procrastinate_jobs, procrastinate_events,
  procrastinate_periodic_defers, procrastinate_workers TO fairlot_app;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO fairlot_app;
