using System.Text.Json;
using Marten;
using Monolith.Contracts.Inventory;
using Monolith.Inventory;
using Npgsql;
using NpgsqlTypes;

namespace Monolith.Benchmarks;

/// <summary>
/// What the store costs: a new stream of four events, and one more event on a stream that everybody wants, beside a batch of statements written by hand that
/// leaves the same rows in the same tables and checks the same version; alone, and with a notification in each commit.
/// </summary>
internal static class Appends
{
    private const int Writers = 8;
    private const int EventsOfStream = 4;
    private const string Channel = "benchmark";

    private static readonly JsonSerializerOptions Camel = new(JsonSerializerDefaults.Web);
    private static readonly string EventType = "inventory.StockReceived";
    private static readonly string DotnetType = $"{typeof(StockReceived).FullName}, {typeof(StockReceived).Assembly.GetName().Name}";

    public static async Task Measure(Results results, TimeSpan slice, int rounds)
    {
        await using var stage = await Stage.WithoutApplication();
        var run = 0;
        string New() => $"stock-bench-{Interlocked.Increment(ref run)}";
        var created = await Slices.Take(
            [
                new Way("store", _ => Start(stage.Store, New())),
                new Way("by hand", _ => StartByHand(stage.Database, New(), notifies: false)),
                new Way("by hand, notifying", _ => StartByHand(stage.Database, New(), notifies: true)),
            ],
            Writers, slice, rounds);
        Report("append, new stream of 4 events", created);

        var (hot, hotByHand) = (New(), New());
        await Start(stage.Store, hot);
        await Start(stage.Store, hotByHand);
        var appended = await Slices.Take(
            [
                new Way("store", _ => Append(stage.Store, hot)),
                new Way("by hand", _ => AppendByHand(stage.Database, hotByHand, notifies: false)),
                new Way("by hand, notifying", _ => AppendByHand(stage.Database, hotByHand, notifies: true)),
            ],
            Writers, slice, rounds);
        Report("append, one hot stream", appended);
        await Check(stage.Database);

        void Report(string benchmark, IReadOnlyList<double[]> rates)
        {
            results.Add(new Result(benchmark, "store", Slices.Median(rates[0]), "appends/s"));
            results.Add(new Result(benchmark, "store / by hand", Slices.Median(rates[1]), "appends/s", Slices.Ratio(rates[0], rates[1]), Goal: 0.8));
            results.Add(new Result(benchmark, "store / by hand, notifying", Slices.Median(rates[2]), "appends/s", Slices.Ratio(rates[0], rates[2])));
        }
    }

    private static StockReceived Event(int n) => new("BENCH", n, "delivery note 4711", new DateTimeOffset(2026, 1, 1, 0, 0, n, TimeSpan.Zero));

    private static async Task Start(IDocumentStore store, string stream)
    {
        await using var session = store.LightweightSession();
        session.Events.StartStream<Stock>(stream, Enumerable.Range(1, EventsOfStream).Select(object (n) => Event(n)));
        await session.SaveChangesAsync();
    }

    private static async Task Append(IDocumentStore store, string stream)
    {
        await using var session = store.LightweightSession();
        await session.Events.AppendExclusive(stream, Event(1));
        await session.SaveChangesAsync();
    }

    private static async Task StartByHand(NpgsqlDataSource database, string stream, bool notifies)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand("insert into events.mt_streams (id, type, version, timestamp, tenant_id) values ($1, 'stock', $2, now(), '*DEFAULT*')")
        {
            Parameters = { new() { Value = stream }, new() { Value = (long)EventsOfStream } },
        });
        batch.BatchCommands.Add(Events(stream, first: 1, EventsOfStream));
        await Send(batch, notifies);
    }

    private static async Task AppendByHand(NpgsqlDataSource database, string stream, bool notifies)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var claim = new NpgsqlCommand("update events.mt_streams set version = version + 1, timestamp = now() where id = $1 and not is_archived returning version", connection, transaction)
        {
            Parameters = { new() { Value = stream } },
        };
        var version = (long)(await claim.ExecuteScalarAsync())!;
        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.BatchCommands.Add(Events(stream, version, count: 1));
        await Send(batch, notifies);
        await transaction.CommitAsync();
    }

    private static NpgsqlBatchCommand Events(string stream, long first, int count) => new(
        """
        insert into events.mt_events (seq_id, id, stream_id, version, data, type, tenant_id, timestamp, mt_dotnet_type, is_archived)
        select nextval('events.mt_events_sequence'), e.id, $1, $2 + e.n - 1, e.data, $5, '*DEFAULT*', now(), $6, false
        from unnest($3, $4) with ordinality e (id, data, n)
        """)
    {
        Parameters =
        {
            new() { Value = stream }, new() { Value = first }, new() { Value = Enumerable.Range(0, count).Select(_ => Guid.CreateVersion7()).ToArray() },
            new() { Value = Enumerable.Range(1, count).Select(n => JsonSerializer.Serialize(Event(n), Camel)).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Jsonb },
            new() { Value = EventType }, new() { Value = DotnetType },
        },
    };

    private static async Task Send(NpgsqlBatch batch, bool notifies)
    {
        if (notifies)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand("select pg_notify($1, '')") { Parameters = { new() { Value = Channel } } });
        }

        await batch.ExecuteNonQueryAsync();
    }

    /// <summary>Whoever wrote them: as many events as the versions of the streams say.</summary>
    private static async Task Check(NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand("select (select sum(version) from events.mt_streams)::bigint = (select count(*) from events.mt_events)");
        if (!(bool)(await command.ExecuteScalarAsync())!)
        {
            throw new InvalidOperationException("Events are missing.");
        }
    }
}
