"""Record kinds as they show in prose: one module each, none knows another."""
