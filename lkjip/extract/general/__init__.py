"""The tables of any document, whatever its subject: for `lkjip tables`, not for budget lines."""
