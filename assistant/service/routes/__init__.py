"""One module per capability; each offers `router(context)`."""
