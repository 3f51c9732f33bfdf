"""Exact answers worked out of boards: what to do, how firm a rank is, what decides it. No module here judges anything."""
