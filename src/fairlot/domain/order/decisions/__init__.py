"""What each command brings about, or why it is refused: a module a topic; `decide` is the door."""
