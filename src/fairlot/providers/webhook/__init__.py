"""Sending to addresses that companies name: what may be reached, and one request that cannot be led elsewhere."""
