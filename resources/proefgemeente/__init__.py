"""Content of the fictitious municipality Proefdam: names, streets, companies, employees, texts. No code."""
