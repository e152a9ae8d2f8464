"""What decisions and clocks share: who pays, when an order ends, what fees come back, when windows run."""
