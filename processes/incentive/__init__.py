"""The monthly performance allowance (TPP): from attendance and predicate to what each person is paid, and why."""
