"""Personal data in what people write: found and taken out before anything is stored or logged.

Years, dates, amounts, 文号 and the telephones of offices stay. Where a number could be either, the
check digit, the form and the words before it decide; an identity number that somebody mistyped is
taken out as well.
"""

from assistant.dialogue.privacy.masking import Kind, Masked, mask, mask_values, privacy_notice

__all__ = ["Kind", "Masked", "mask", "mask_values", "privacy_notice"]
