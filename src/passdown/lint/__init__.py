"""What is wrong with a document, and how good it is: rules, findings, score. Pure: facts about the world come from the action."""
