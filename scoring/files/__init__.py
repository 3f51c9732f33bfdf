"""From bytes that others wrote to cells with addresses, or one problem that says why the file is refused."""
