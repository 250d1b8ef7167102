using Marten;
using Monolith.Kernel.Folding;
using Monolith.Kernel.Reading;
using Npgsql;

namespace Monolith.Operations.Projections;

/// <summary>Looks projections up: what the store knows of them, what the cluster does with them, what operators run on them.</summary>
internal static class ProjectionViews
{
    public static async Task<IReadOnlyList<ProjectionView>> Load(
        IReadOnlyList<RegisteredProjection> projections, IQuerySession session, NpgsqlDataSource database, Shards shards, DateTimeOffset now,
        CancellationToken cancellation)
    {
        var batch = session.CreateBatchQuery();
        var generations = projections.ToDictionary(p => p.Name, p => ProjectionGeneration.Load(batch, p.Name), StringComparer.Ordinal);
        var claims = batch.LoadMany<OperationClaim>().ById([.. projections.Select(p => p.Name)]);
        var pauses = batch.LoadMany<ProjectionPause>().ById([.. projections.Select(p => p.Name)]);
        await batch.Execute(cancellation);
        var paused = (await pauses).Select(p => p.Id).ToHashSet(StringComparer.Ordinal);
        var rebuilding = (await claims).Where(c => c.Kind is OperationKind.Rebuild or OperationKind.Rollback).Select(c => c.Id).ToHashSet(StringComparer.Ordinal);
        var setAside = await SetAside(session, database, cancellation);
        var hosts = await shards.Hosts(projections.SelectMany(p => p.Shards), cancellation);
        var positions = await Positions.Load(session.DocumentStore, database, projections, cancellation);

        var views = new List<ProjectionView>();
        foreach (var projection in projections)
        {
            var generation = await generations[projection.Name];
            views.Add(ProjectionView.Of(projection, generation, rebuilding.Contains(projection.Name), paused.Contains(projection.Name), setAside.GetValueOrDefault(projection.Name), positions, hosts, now));
        }

        return views;
    }

    private static async Task<Dictionary<string, long>> SetAside(IQuerySession session, NpgsqlDataSource database, CancellationToken cancellation)
    {
        var table = session.DocumentStore.Options.Schema.For<SetAsideEvent>();
        await using var command = database.CreateCommand($"select data ->> 'projection', count(*) from {table} group by 1");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellation))
        {
            counts[reader.GetString(0)] = reader.GetInt64(1);
        }

        return counts;
    }
}
