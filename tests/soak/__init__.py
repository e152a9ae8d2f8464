"""The long proofs: `python -m tests.soak`, run by hand, with their dated results kept in docs/soak."""
