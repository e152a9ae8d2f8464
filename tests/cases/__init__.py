"""Cases: dated acts and questions in a file, played with real commands on a real store and asked of the product."""
