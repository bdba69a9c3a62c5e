"""Names under which a token notes what it waits for and what it belongs to."""

HOST = "host"  # the token of the activity to which a boundary event is attached
DUE = "due"  # the instant of a timer
LAST = "last"  # when a cycle that asks an expression came last; by it the next time is counted again
LEFT = "left"  # how often a cycle comes again; absent for what comes once
FLOW = "flow"  # the flow along which a token comes
KEY = "key"  # the key of a message
SIGNAL = "*"  # stands where a key would, when a signal is awaited, which has none
SINCE = "since"  # the first token of an event that comes again and again
RACE = "race"  # the events behind one gateway, of which the first takes all
INCIDENT = "incident"  # the element has failed
ROUNDS = "rounds"  # how far a looped activity is
TOLD = "told"  # the rounds of a looped activity have said that they were left
PLAN = "plan"  # what a compensation has still to undo
CANCELS = "cancels"  # the token stands at a transaction that is being undone
FOR = "for"  # the token whose compensation a handler is
UNDOES = "undoes"  # the token stands at an activity to undo it
LEAVES = "leaves"  # the element has done its part, only the way out failed
HELD = "held"  # whether a condition held when it was last looked at
PAYLOAD = "payload"  # what a triggered event sub-process was triggered with
BEFORE = "before"  # what an event that comes again waited for last; gone once it waits
DONE = "done"  # what can be undone inside an activity that has ended, and with which variables
