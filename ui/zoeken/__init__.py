"""One search field for customers, contacts, products and commands: presenter and the overlay under the field."""
