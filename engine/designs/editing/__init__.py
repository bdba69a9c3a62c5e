"""Changes diagrams step by step: what is changed stays drawn, readable and in its order."""
