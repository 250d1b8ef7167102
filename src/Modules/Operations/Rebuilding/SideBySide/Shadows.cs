using JasperFx.Events;
using JasperFx.Events.Projections;
using Marten;
using Monolith.Kernel;
using Monolith.Kernel.Folding;
using Monolith.Operations.Projections;
using Npgsql;

namespace Monolith.Operations.Rebuilding.SideBySide;

/// <summary>
/// Makes shadows and clears them away. Every attempt has a shadow of its own: one that is still being filled by a process that has lost its
/// turn cannot get into the one that counts.
/// </summary>
internal sealed class Shadows(IDocumentStore store, StoreTemplate template, NpgsqlDataSource database, RegisteredProjection projection)
{
    private readonly string events = store.Options.Events.DatabaseSchemaName;
    private readonly string prefix = $"shadow_{SchemaName.Of(projection.Name)}_";

    /// <summary>A shadow that is still to be made, for the next attempt of an operation.</summary>
    public Shadow Plan(Operation operation)
    {
        var attempt = $"{operation.PublicId.Replace("-", "", StringComparison.Ordinal)[^8..].ToLowerInvariant()}_{operation.Attempts + 1}";
        return Of($"{prefix}{attempt}", $"{projection.Name}Shadow_{attempt}");
    }

    /// <summary>Makes its empty tables.</summary>
    public async Task Create(Shadow shadow, CancellationToken cancellation)
    {
        await Execute(shadow.CreateScript(), cancellation);
        await AddColumns(shadow, cancellation);
    }

    /// <summary>The generation that was left behind by the last replacement, where it stands.</summary>
    /// <exception cref="InvalidOperationException">It does not fit this version of the program.</exception>
    public async Task<Shadow> Reopen(PreviousGeneration previous, CancellationToken cancellation)
    {
        var shadow = Of(PreviousGeneration.SchemaOf(projection.Name), $"{projection.Name}Previous");
        foreach (var table in shadow.Tables)
        {
            if (await Columns(table.LiveSchema, table.Name, cancellation) != await Columns(table.ShadowSchema, table.Name, cancellation))
            {
                await shadow.DisposeAsync();
                throw new InvalidOperationException($"The table {table.Name} of the previous generation has other columns than this version of the program.");
            }
        }

        await AddColumns(shadow, cancellation);

        // Who begins at the beginning makes its own row.
        foreach (var (live, own) in shadow.Progress.Where(p => previous.Positions.GetValueOrDefault(p.Live) > 0))
        {
            await using var command = database.CreateCommand(
                $"insert into {events}.mt_event_progression (name, last_seq_id) values ($1, $2) on conflict (name) do nothing");
            command.Parameters.AddWithValue(own);
            command.Parameters.AddWithValue(previous.Positions.GetValueOrDefault(live));
            await command.ExecuteNonQueryAsync(cancellation);
        }

        return shadow;
    }

    /// <summary>Leaves the previous generation where it stands, for another time.</summary>
    public async Task Close(Shadow shadow, CancellationToken cancellation)
    {
        var states = (await store.Advanced.AllProjectionProgress(token: cancellation)).ToDictionary(s => s.ShardName, s => s.Sequence, StringComparer.Ordinal);
        await using var session = store.LightweightSession();
        if (await session.LoadAsync<PreviousGeneration>(projection.Name, cancellation) is { } previous)
        {
            session.Store(previous with { Positions = shadow.Progress.ToDictionary(p => p.Live, p => states.GetValueOrDefault(p.Own), StringComparer.Ordinal) });
        }

        session.QueueSqlCommand($"delete from {events}.mt_event_progression where name like ?", $"{shadow.Source.Name}:%");
        await session.SaveChangesAsync(cancellation);
    }

    public async Task Drop(Shadow shadow, CancellationToken cancellation)
    {
        await Execute(
            $"drop schema if exists {shadow.Schema} cascade; delete from {events}.mt_event_progression where name like '{shadow.Source.Name}:%'", cancellation);
        await using var session = store.LightweightSession();
        session.DeleteWhere<SetAsideEvent>(e => e.Projection == shadow.Source.Name);
        await session.SaveChangesAsync(cancellation);
    }

    /// <summary>What earlier attempts left behind that did not get to clear it away.</summary>
    public async Task DropLeftovers(CancellationToken cancellation)
    {
        await using (var command = database.CreateCommand("select nspname from pg_namespace where nspname ~ ('^' || $1 || '[^_]+_\\d+$')"))
        {
            command.Parameters.AddWithValue(prefix);
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            var schemas = new List<string>();
            while (await reader.ReadAsync(cancellation))
            {
                schemas.Add(reader.GetString(0));
            }

            await reader.CloseAsync();
            foreach (var schema in schemas)
            {
                await Execute($"drop schema if exists {schema} cascade", cancellation);
            }
        }

        await using (var session = store.LightweightSession())
        {
            var names = $"{projection.Name}Shadow_";
            session.DeleteWhere<SetAsideEvent>(e => e.Projection.StartsWith(names));
            await session.SaveChangesAsync(cancellation);
        }

        await using var delete = database.CreateCommand($"delete from {events}.mt_event_progression where name ~ ('^' || $1 || 'Shadow_[^_]+_\\d+:')");
        delete.Parameters.AddWithValue(projection.Name);
        await delete.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>The shards of the shadow, with the name of the live one that each stands for.</summary>
    public IReadOnlyList<(string Live, AsyncShard<IDocumentOperations, IQuerySession> Own)> Shards(Shadow shadow) =>
        projection.Kind == ProjectionKind.Inline
            ? []
            : [.. projection.Shards.Zip(((IEventStore<IDocumentOperations, IQuerySession>)shadow.Store).AllShards())];

    private Shadow Of(string schema, string name) => Shadow.Of(template, store, projection.Name, name, schema);

    private async Task AddColumns(Shadow shadow, CancellationToken cancellation)
    {
        foreach (var table in shadow.Tables)
        {
            await Execute($"alter table {table.Shadow} add column if not exists {ShadowTable.Ignored} bigint", cancellation);
        }
    }

    private async Task<string> Columns(string schema, string table, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            """
            select coalesce(string_agg(column_name || ' ' || data_type, ', ' order by column_name), '')
            from information_schema.columns where table_schema = $1 and table_name = $2 and column_name <> $3
            """);
        command.Parameters.AddWithValue(schema);
        command.Parameters.AddWithValue(table);
        command.Parameters.AddWithValue(ShadowTable.Ignored);
        return (string)(await command.ExecuteScalarAsync(cancellation))!;
    }

    private async Task Execute(string sql, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
