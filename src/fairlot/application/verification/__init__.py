"""Whether everything recorded still agrees with itself: stories, files and conversations."""
