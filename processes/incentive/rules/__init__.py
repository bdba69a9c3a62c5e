"""How an allowance comes about: pure arithmetic on facts and dated parameters, exact until a line is paid."""
