"""What every embedded register of objects shares: how a body is read, a row stored, a list found, a reference expanded.

A register is a mapping of resources (`resource.Resource`) behind `register.EmbeddedRegister`. What a standard says
about one resource stands in that register's own folder.
"""
