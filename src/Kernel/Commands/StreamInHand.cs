using JasperFx.Events;
using Marten;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Monolith.Kernel.Folding;
using Monolith.Kernel.Problems;
using Monolith.Kernel.Reading;
using Wolverine;
using Wolverine.Http;

namespace Monolith.Kernel.Commands;

/// <summary>
/// What a command is about to change: its stream, ready for the append, and the generation of its snapshot. Without a stream, or on one
/// without a state, there is no such thing.
/// </summary>
public sealed record StreamInHand<TState>(IEventStream<TState>? Stream, int Generation)
    where TState : class, IFolded<TState>
{
    public TState? Found => Stream?.Aggregate;

    public TState State => Found ?? throw new InvalidOperationException($"There is no such {typeof(TState).Name}.");

    public EntityTag Tag => TagOf(State);

    /// <summary>The checks that come before any decision: the input, whether the caller may know this thing, <c>If-Match</c>.</summary>
    public ProblemDetails Check(HttpContext http, InputErrors input, Func<TState, bool>? mayKnow = null) => this switch
    {
        _ when input.Any => input.ToProblem(),
        { Found: null } => Unknown,
        _ when mayKnow?.Invoke(State) == false => Unknown,
        _ => Tag.Precondition(http.Request, Name) ?? WolverineContinue.NoProblems,
    };

    /// <summary>Appends what was decided, sends its messages, and answers with the state that it leads to.</summary>
    public (IResult, OutgoingMessages) Carry(Decision decision, Func<TState, EntityTag, CommandReply> reply)
    {
        if (decision.Problem is { } problem)
        {
            return (Results.Problem(problem), []);
        }

        if (decision.Events.Count > 0)
        {
            Stream!.AppendMany(decision.Events);
        }

        var state = Folded.After(State, decision.Events)!;
        return (reply(state, TagOf(state)), [.. decision.Messages]);
    }

    private static string Name => typeof(TState).Name.ToLowerInvariant();

    private static ProblemDetails Unknown => ProblemTypes.NotFound.With($"There is no such {Name}.");

    private EntityTag TagOf(TState state) => new(state.EventsFolded, Generation);
}

public static class StreamInHand
{
    public static StreamInHand<TState> Missing<TState>()
        where TState : class, IFolded<TState> => new(Stream: null, Generation: 0);

    /// <param name="projection">The name of the inline projection that keeps the state.</param>
    public static async Task<StreamInHand<TState>> Load<TState>(
        string id, string projection, IDocumentSession session, CancellationToken cancellation)
        where TState : class, IFolded<TState>
    {
        var batch = session.CreateBatchQuery();
        var stream = batch.Events.FetchForWriting<TState>(id);
        var generation = ProjectionGeneration.Load(batch, projection);
        await batch.Execute(cancellation);
        return new StreamInHand<TState>(await stream, await generation);
    }
}
