"""The record: canonical bytes, hash chain, checkpoints."""
