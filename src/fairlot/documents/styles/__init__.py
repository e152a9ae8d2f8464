"""Style sheets of printed documents."""
