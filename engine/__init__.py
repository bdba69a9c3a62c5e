"""A BPMN 2.0, DMN and FEEL engine: it knows no HR, no city, no web and no form library."""
