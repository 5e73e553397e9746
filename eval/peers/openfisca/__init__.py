"""openfisca-core beside our engine: development only, in an environment of its own."""
