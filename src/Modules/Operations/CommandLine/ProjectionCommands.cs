using Marten;
using Microsoft.Extensions.DependencyInjection;
using Monolith.Contracts.Operations;
using Monolith.Kernel;
using Monolith.Kernel.Commands;
using Monolith.Kernel.Problems;
using Monolith.Kernel.Reading;
using Monolith.Operations.Following;
using Monolith.Operations.Projections;
using Monolith.Operations.Rebuilding;
using Monolith.Operations.Running;
using Monolith.Operations.Verifying;
using Npgsql;

namespace Monolith.Operations.CommandLine;

/// <summary>
/// The commands <c>projections …</c>. They ask for the same durable operations as the API does, in the same database, and follow them; the work
/// is done by the nodes that run. Marten's own command of this name would do it here, and race with them.
/// </summary>
internal static class ProjectionCommands
{
    public const string Verb = "projections";

    private const string Usage =
        """
        projections [list]                                    how far each projection is
        projections rebuild <name> --reason <why> [--in-place] [--max-events-per-second <n>]
        projections verify <name> --reason <why> [--max-events-per-second <n>]

        Rebuilds are carried out by the running nodes of the application, one at a time for a projection. Marten's own
        "projections rebuild" is switched off: it would race with them.
        """;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    /// <returns>The exit code: 0 for success, 1 for a failure, 2 for a command that is not understood.</returns>
    public static async Task<int> Run(IReadOnlyList<string> arguments, IServiceProvider services, TextWriter output, CancellationToken cancellation)
    {
        var call = CommandCall.Parse(arguments);
        return call switch
        {
            { Command: "list", Name: null } => await List(services, output, cancellation),
            { Command: "rebuild", Name: { } name } => await Begin(
                name, services, output,
                (projection, claim, id, actor, now) =>
                {
                    var request = new RequestRebuild(call.Reason, call.InPlace ? RebuildMode.InPlace : null, call.MaxEventsPerSecond);
                    return Refusal(request.Check()) ?? RequestRebuild.Decide(request, projection, claim, id, actor, now);
                },
                cancellation),
            { Command: "verify", Name: { } name } => await Begin(
                name, services, output,
                (projection, claim, id, actor, now) =>
                {
                    var request = new RequestVerification(call.Reason, call.MaxEventsPerSecond);
                    return Refusal(request.Check()) ?? RequestVerification.Decide(request, projection, claim, id, actor, now);
                },
                cancellation),
            _ => await Explain(output),
        };
    }

    private static Decision? Refusal(InputErrors errors) => errors.Any
        ? Decision.Reject(ProblemTypes.InvalidInput, "A reason is needed (--reason <why>); a limit is positive, and not for a rebuild in place.")
        : null;

    private static async Task<int> Explain(TextWriter output)
    {
        await output.WriteLineAsync(Usage);
        return 2;
    }

    private static async Task<int> List(IServiceProvider services, TextWriter output, CancellationToken cancellation)
    {
        var store = services.GetRequiredService<IDocumentStore>();
        var projections = RegisteredProjection.All(store);
        var positions = await Positions.Load(store, services.GetRequiredService<NpgsqlDataSource>(), projections, cancellation);
        await using var session = store.QuerySession();
        await output.WriteLineAsync($"{"projection",-24} {"kind",-7} {"generation",10} {"position",14} {"behind",10}  state");
        foreach (var projection in projections)
        {
            var generation = await ProjectionGeneration.Load(session, projection.Name, cancellation);
            var slowest = projection.Shards.Select(s => positions.Shards[s]).MinBy(s => s.Sequence);
            var paused = await session.LoadAsync<ProjectionPause>(projection.Name, cancellation) is not null;
            var claim = await session.LoadAsync<OperationClaim>(projection.Name, cancellation);
            var state = claim is not null ? $"{claim.Kind} {claim.OperationId}" : paused ? "paused" : slowest?.Error ?? "";
            var position = slowest?.Sequence ?? positions.Head;
            await output.WriteLineAsync(
                $"{projection.Name,-24} {projection.Kind,-7} {generation,10} {position,14} {Math.Max(0, positions.Head - position),10}  {state}".TrimEnd());
        }

        return 0;
    }

    private static async Task<int> Begin(
        string name, IServiceProvider services, TextWriter output,
        Func<RegisteredProjection?, OperationClaim?, string, string, DateTimeOffset, Decision> decide, CancellationToken cancellation)
    {
        var store = services.GetRequiredService<IDocumentStore>();
        var time = services.GetRequiredService<TimeProvider>();
        var id = Guid.CreateVersion7().ToString();
        await using (var session = services.GetRequiredService<ISessionFactory>().OpenSession())
        {
            var claim = await session.LoadAsync<OperationClaim>(name, cancellation);
            var actor = $"command line: {Environment.UserName}";
            var decision = decide(RegisteredProjection.Find(store, name), claim, id, actor, time.BusinessNow());
            if (decision.Problem is { } problem)
            {
                await output.WriteLineAsync(claim is null ? problem.Detail : $"{problem.Detail} It is operation {claim.OperationId}.");
                return 1;
            }

            session.LastModifiedBy = actor;
            OperationStart.Begin(session, decision.Events[0]);
            await session.SaveChangesAsync(cancellation);
        }

        await output.WriteLineAsync($"Operation {id}. It goes on if this command is interrupted: GET /admin/operations/{id}");
        return await Follow(id, store, time, output, cancellation);
    }

    private static async Task<int> Follow(string id, IDocumentStore store, TimeProvider time, TextWriter output, CancellationToken cancellation)
    {
        for (var last = ""; ;)
        {
            await using var session = store.QuerySession();
            var operation = (await session.LoadAsync<Operation>(Operation.StreamOf(id), cancellation))!;
            var view = OperationView.Of(operation, await session.LoadAsync<OperationProgress>(id, cancellation));
            var line = operation.IsFinished
                ? $"{view.Status}{(view.Error is null ? "" : $": {view.Error}")}"
                : view.Status == OperationStatus.Pending ? "waiting for a node of the application to take it up" : $"{view.Phase} {view.Percent} %";
            if (line != last)
            {
                await output.WriteLineAsync(line);
                last = line;
            }

            if (operation.IsFinished)
            {
                await (operation.Comparison is { } c ? output.WriteLineAsync(Describe(c)) : Task.CompletedTask);
                return operation.Status == OperationStatus.Succeeded ? 0 : 1;
            }

            await Task.Delay(Interval, time, cancellation);
        }
    }

    private static string Describe(ProjectionComparison c) => string.Join('\n', (string[])
    [
        $"{c.Rows} rows compared{(c.IsExact ? "" : ", not at the same position")}: {c.OnlyLive} only in what was read, {c.OnlyRebuilt} only in what was computed, "
        + $"{c.Different} different, {c.Moving} written meanwhile",
        .. c.Examples.Select(example => $"  {example}"),
    ]);
}
