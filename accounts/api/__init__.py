"""The API's own room, on the lowest floor that knows people: who asks, which row of the access table, the form of answers and refusals, pages by key,
answers kept for a second try. Each app's doors to the API stand in its own `api/`; the roof gathers them under /api/v1/."""
