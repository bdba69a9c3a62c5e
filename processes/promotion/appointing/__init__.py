"""How every appointment to a post ends: a decree with a number, the inauguration, and a holder from a day on."""
