"""What an administrator runs and watches: backup, restore, doctor, metrics."""
