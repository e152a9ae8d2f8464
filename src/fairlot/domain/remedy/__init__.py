"""The remedy: what the rules call for, with reasons and arithmetic."""
