"""Decision tables of a design: written with a mouse or in a plain form, checked, tried out and measured."""
