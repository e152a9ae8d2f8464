"""What the parties of an order say to each other: messages, files, and what becomes of them."""
