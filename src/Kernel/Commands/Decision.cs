using Microsoft.AspNetCore.Mvc;
using Monolith.Kernel.Problems;
using Wolverine;
using Wolverine.Persistence.EventSourcing;

namespace Monolith.Kernel.Commands;

/// <summary>
/// What became of a command or a message: the events that it leads to (none, if nothing has to change) and the messages to other modules
/// that are sent with them, or why it may not happen.
/// </summary>
public sealed record Decision
{
    public static readonly Decision Nothing = new();

    public IReadOnlyList<object> Events { get; private init; } = [];

    public IReadOnlyList<object> Messages { get; private init; } = [];

    public ProblemDetails? Problem { get; private init; }

    public static Decision Accept(params IReadOnlyList<object> events) => new() { Events = events };

    /// <summary>Records an event and publishes the same to other modules.</summary>
    public static Decision Announce(object e) => Accept(e).Sending(e);

    public static Decision Send(params IReadOnlyList<object> messages) => Nothing.Sending(messages);

    public static Decision Reject(ProblemType type, string detail) => new() { Problem = type.With(detail) };

    public Decision Adding(object e) => this with { Events = [.. Events, e] };

    public Decision Sending(params IReadOnlyList<object> messages) => this with { Messages = [.. Messages, .. messages] };

    /// <summary>For a message handler of one stream: what is appended, and what is sent with it.</summary>
    public (EventsToAppend Events, OutgoingMessages Messages) ToAppend() => ([.. Events], [.. Messages]);
}
