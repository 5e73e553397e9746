"""What people think of answers: labels in spreadsheets, agreement, and candidates for questions."""
