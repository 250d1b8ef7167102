using Microsoft.AspNetCore.Mvc;
using Monolith.Kernel.Problems;

namespace Monolith.Kernel.Commands;

/// <summary>What became of a command: the events that it leads to (none, if nothing has to change), or why it may not happen.</summary>
public sealed record Decision
{
    public static readonly Decision Nothing = new();

    public IReadOnlyList<object> Events { get; private init; } = [];

    public ProblemDetails? Problem { get; private init; }

    public static Decision Accept(params IReadOnlyList<object> events) => new() { Events = events };

    public static Decision Reject(ProblemType type, string detail) => new() { Problem = type.With(detail) };
}
