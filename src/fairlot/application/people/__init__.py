"""People, companies and keys: how they come in, who they are at a moment, and how they leave."""
