using Microsoft.AspNetCore.Mvc;
using Wolverine.Http;

namespace Monolith.Kernel.Problems;

/// <summary>Collects what is wrong with a request, by field, so that a client sees everything at once.</summary>
public sealed class InputErrors
{
    private readonly SortedDictionary<string, List<string>> errors = new(StringComparer.Ordinal);

    public bool Any => errors.Count > 0;

    public InputErrors Add(string field, string message)
    {
        if (!errors.TryGetValue(field, out var messages))
        {
            errors[field] = messages = [];
        }

        messages.Add(message);
        return this;
    }

    public InputErrors Require(bool holds, string field, string message) => holds ? this : Add(field, message);

    /// <summary>A text that must be there, with something other than blanks in it.</summary>
    public InputErrors Text(string? value, string field, int longest = 200) => value switch
    {
        null or "" => Add(field, "is required"),
        _ when string.IsNullOrWhiteSpace(value) => Add(field, "must not be blank"),
        _ when value.EnumerateRunes().Count() > longest => Add(field, $"must have at most {longest} characters"),
        _ when value.Contains('\0', StringComparison.Ordinal) => Add(field, "must not contain the NUL character"),
        _ => this,
    };

    public ProblemDetails ToProblem() => Any
        ? ProblemTypes.InvalidInput.With(
            "See `errors`.",
            [KeyValuePair.Create("errors", (object?)errors.ToDictionary(e => e.Key, e => e.Value.ToArray(), StringComparer.Ordinal))])
        : WolverineContinue.NoProblems;
}
