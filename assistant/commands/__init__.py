"""The command line; heavy libraries are imported by the command that needs them."""
