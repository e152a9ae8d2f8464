"""Reading: what people see of orders, as plain data; computed by the code that decides, never by a rule of its own."""
