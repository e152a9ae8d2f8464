"""An invented market of companies and orders in every state, made by real commands; nothing in it is written to tables directly."""
