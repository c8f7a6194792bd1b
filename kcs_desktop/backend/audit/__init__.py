"""Who saw or changed whom, when and why: written with the act itself, chained afterwards, read by the auditor only."""
