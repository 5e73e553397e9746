"""What a language model may do to answers: honest and hostile scripts, played over real HTTP."""
