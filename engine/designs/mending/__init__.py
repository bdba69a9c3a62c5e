"""Ways out of what is wrong with a design, kind by kind; `engine.designs.fixing` offers them."""
