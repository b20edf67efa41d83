"""Full-screen interface."""
