"""The citizen's page; it speaks HTTP to the service and knows only the wire shapes."""
