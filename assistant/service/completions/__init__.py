"""The endpoint that clients of chat models already speak: OpenAI's shapes around our answers."""
