"""The write path down to the wire: the only rooms that change an aggregate."""
