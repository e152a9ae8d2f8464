"""The programme's editions: model, validation, loading; figures live in editions/*.toml."""
