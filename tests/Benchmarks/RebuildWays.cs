using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Logging.Abstractions;
using Monolith.Kernel.Folding;
using Monolith.Operations;
using Monolith.Operations.Projections;
using Monolith.Operations.Rebuilding.SideBySide;
using Monolith.Operations.Running;
using Monolith.Ordering.Listing;
using Npgsql;
using NpgsqlTypes;

namespace Monolith.Benchmarks;

/// <summary>Ways to compute a projection again from the same log, each into empty tables of its own: those of a shadow, that nobody reads.</summary>
internal sealed class RebuildWays(Stage stage, string projection)
{
    /// <summary>What the daemon reads at once unless told otherwise.</summary>
    private const int MartensBatch = 500;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter() },
    };

    private readonly Shadows shadows = new(stage.Store, stage.Template, stage.Database, RegisteredProjection.Find(stage.Store, projection)!);

    private Operation Operation => new(
        "operation-benchmark", OperationKind.Rebuild, projection, "benchmark", "benchmark", OperationStatus.Running, Total: 0, Node: null, Error: null,
        DateTimeOffset.UnixEpoch, StartedAt: null, FinishedAt: null, EventsFolded: 1);

    /// <summary>A shadow that is still to be made, and that drops whatever was left of it.</summary>
    public Shadow Plan() => shadows.Plan(Operation);

    public Task Drop(Shadow shadow) => shadows.Drop(shadow, CancellationToken.None);

    /// <summary>As somebody would write it who has only this to do: read, fold in memory, copy, index.</summary>
    public async Task ByHand<TDocument>(Shadow shadow)
        where TDocument : class, IFolded<TDocument>
    {
        var types = stage.Store.Options.Events.AllKnownEventTypes().ToDictionary(t => t.EventTypeName, t => t.EventType);
        var statements = shadow.CreateScript().Split(";\n", StringSplitOptions.RemoveEmptyEntries).ToLookup(s => s.Contains("CREATE INDEX", StringComparison.Ordinal));
        await Execute(string.Join(";\n", statements[false]));
        var table = shadow.Tables[0].Shadow;
        var folded = new List<(string Stream, TDocument? Document, long Version)>();
        await using var connection = await stage.Database.OpenConnectionAsync();
        await using (var command = new NpgsqlCommand("select stream_id, version, type, data from events.mt_events where type like 'ordering.%' order by stream_id, version", connection))
        await using (var reader = await command.ExecuteReaderAsync())
        {
            var (stream, state, version) = ("", (TDocument?)null, 0L);
            while (await reader.ReadAsync())
            {
                if (reader.GetString(0) is var next && next != stream)
                {
                    folded.Add((stream, state, version));
                    (stream, state) = (next, null);
                }

                version = reader.GetInt64(1);
                state = TDocument.Fold(state, JsonSerializer.Deserialize(reader.GetFieldValue<byte[]>(3), types[reader.GetString(2)], Json)!);
            }

            folded.Add((stream, state, version));
        }

        var isList = typeof(TDocument) == typeof(OrderListItem);
        await using (var writer = await connection.BeginBinaryImportAsync(
            $"copy {table} (id, data, mt_dotnet_type, mt_version{(isList ? ", placed_at, customer_id" : "")}) from stdin (format binary)"))
        {
            foreach (var (stream, document, version) in folded.Where(f => f.Document is not null))
            {
                await writer.StartRowAsync();
                await writer.WriteAsync(stream, NpgsqlDbType.Varchar);
                await writer.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(document, Json), NpgsqlDbType.Jsonb);
                await writer.WriteAsync(typeof(TDocument).FullName!, NpgsqlDbType.Varchar);
                await writer.WriteAsync(version, NpgsqlDbType.Bigint);
                if (document is OrderListItem item)
                {
                    await writer.WriteAsync(item.PlacedAt.ToUniversalTime(), NpgsqlDbType.TimestampTz);
                    await writer.WriteAsync(item.CustomerId, NpgsqlDbType.Varchar);
                }
            }

            await writer.CompleteAsync();
        }

        foreach (var index in statements[true])
        {
            await Execute(index);
        }
    }

    /// <summary>Marten's own, of a store that has no other projection.</summary>
    public async Task ByMarten(Shadow shadow)
    {
        await shadows.Create(shadow, CancellationToken.None);
        shadow.Source.Options.BatchSize = MartensBatch;
        using var daemon = await shadow.Store.BuildProjectionDaemonAsync();
        await daemon.RebuildProjectionAsync(shadow.Source.Name, TimeSpan.FromHours(1), CancellationToken.None);
    }

    /// <summary>How a rebuild side by side fills its shadow.</summary>
    public async Task Ours(Shadow shadow, long head)
    {
        await shadows.Create(shadow, CancellationToken.None);
        using var gate = new Gate(stage.Store, await Started(), TimeProvider.System);
        if (StreamReplay.Of(shadow, stage.Database) is { } streams)
        {
            await streams.Everything(head, Environment.ProcessorCount, gate, _ => { }, CancellationToken.None);
            return;
        }

        foreach (var (_, shard) in shadows.Shards(shadow))
        {
            await new LogReplay(shadow.Store, shard, NullLogger.Instance).Run(0, head, gate, _ => { }, CancellationToken.None);
        }
    }

    private async Task<Operation> Started()
    {
        await using var session = stage.Store.LightweightSession();
        session.Store(Operation);
        await session.SaveChangesAsync();
        return Operation;
    }

    private async Task Execute(string sql)
    {
        await using var command = stage.Database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
