"""The worker: finds what is due and submits it; it decides nothing."""
