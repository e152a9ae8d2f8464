"""Documents that are generated from the code, checked in, and compared in every test run."""
