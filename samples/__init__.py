"""Documents written for this project, their scans and their truth."""
