"""The only door to SpiffWorkflow: reading, checking, running and storing BPMN diagrams."""
