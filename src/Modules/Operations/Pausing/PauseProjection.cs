using Marten;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Monolith.Kernel;
using Monolith.Kernel.Access;
using Monolith.Kernel.Commands;
using Monolith.Kernel.Problems;
using Monolith.Operations.Projections;
using Monolith.Operations.Running;
using Npgsql;
using Wolverine.Http;

namespace Monolith.Operations.Pausing;

public sealed record PauseProjection(string? Reason)
{
    public InputErrors Check() => new InputErrors().Text(Reason, "reason");

    /// <summary>Whether it can be paused or resumed at the moment.</summary>
    /// <param name="projection">Null when there is none of that name.</param>
    /// <param name="claim">The operation that works on it.</param>
    /// <returns>Null when it can.</returns>
    public static ProblemDetails? Refusal(RegisteredProjection? projection, OperationClaim? claim) => (projection, claim) switch
    {
        (null, _) => ProblemTypes.NotFound.With("There is no such projection."),
        ({ Kind: ProjectionKind.Inline }, _) => ProblemTypes.RuleViolated.With("An inline projection is part of every append and cannot be paused."),
        (_, not null) => ProblemTypes.OperationRunning.With("An operation works on this projection."),
        _ => null,
    };
}

public static class PauseProjectionEndpoints
{
    public static ProblemDetails Validate(PauseProjection command) => command.Check().ToProblem();

    /// <summary>Stops a projection in the whole cluster, until it is resumed or has been rebuilt. Readers keep seeing what it has come to.</summary>
    [WolverinePost("/admin/projections/{name}/pause"), Allow(Role.Operator)]
    [ProducesResponseType<ProjectionView>(StatusCodes.Status200OK)]
    public static async Task<IResult> Pause(
        string name, PauseProjection command, IDocumentSession session, NpgsqlDataSource database, Shards shards, HttpContext http, TimeProvider time,
        CancellationToken cancellation)
    {
        var projection = RegisteredProjection.Find(session.DocumentStore, name);
        if (PauseProjection.Refusal(projection, await session.LoadAsync<OperationClaim>(name, cancellation)) is { } problem)
        {
            return Results.Problem(problem);
        }

        await using var turn = await Turn.Take(database, name, cancellation);
        if (turn is null)
        {
            return Results.Problem(Busy);
        }

        // First the reason, then the stop: a stop without a reason would never be taken back.
        await using (var first = session.DocumentStore.LightweightSession())
        {
            first.Store(new ProjectionPause(name, command.Reason!, http.User.Subject(), time.BusinessNow()));
            await first.SaveChangesAsync(cancellation);
        }

        await new LiveProjection(projection!, session.DocumentStore, shards, time).Stop(cancellation);
        return await View(projection!, session, database, shards, time, cancellation);
    }

    /// <summary>Lets a projection go on that was paused or has stopped at an event.</summary>
    [WolverinePost("/admin/projections/{name}/resume"), Allow(Role.Operator)]
    [ProducesResponseType<ProjectionView>(StatusCodes.Status200OK)]
    public static async Task<IResult> Resume(
        string name, PauseProjection command, IDocumentSession session, NpgsqlDataSource database, Shards shards, TimeProvider time,
        CancellationToken cancellation)
    {
        var projection = RegisteredProjection.Find(session.DocumentStore, name);
        if (PauseProjection.Refusal(projection, await session.LoadAsync<OperationClaim>(name, cancellation)) is { } problem)
        {
            return Results.Problem(problem);
        }

        await using var turn = await Turn.Take(database, name, cancellation);
        if (turn is null)
        {
            return Results.Problem(Busy);
        }

        // A shard that has stopped at an event still counts as one that its node runs.
        var live = new LiveProjection(projection!, session.DocumentStore, shards, time);
        await live.Stop(cancellation);
        await live.Start(cancellation);
        await using (var last = session.DocumentStore.LightweightSession())
        {
            last.Delete<ProjectionPause>(name);
            await last.SaveChangesAsync(cancellation);
        }

        return await View(projection!, session, database, shards, time, cancellation);
    }

    private static ProblemDetails Busy => ProblemTypes.StateConflict.With("Somebody else is pausing or resuming it, or an operation begins to work on it.");

    private static async Task<IResult> View(
        RegisteredProjection projection, IDocumentSession session, NpgsqlDataSource database, Shards shards, TimeProvider time,
        CancellationToken cancellation)
    {
        var views = await ProjectionViews.Load([projection], session, database, shards, time.GetUtcNow(), cancellation);
        return CommandReply.Ok(views[0]);
    }
}
