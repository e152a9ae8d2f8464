"""The rules of assured trade: pure; no clock, no ids, no input or output."""
