"""Pages of careers: posts and competencies, ranks, talent."""
