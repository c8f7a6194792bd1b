"""The CRM search: an index over the partijen of Klantinteracties, kept in the transaction of each change."""
