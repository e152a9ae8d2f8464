"""The door for programs: REST under /api/v1, described by one OpenAPI document."""
