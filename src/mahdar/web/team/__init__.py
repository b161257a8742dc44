"""The workbench for a team: people sign in, each sees the processes they work on, and what they do is noted."""
