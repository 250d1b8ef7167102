using Monolith.Operations.Rebuilding.SideBySide;
using Npgsql;

namespace Monolith.Benchmarks;

/// <summary>What has to come out of a rebuild: sums that agree with the events, and the very same rows whoever made them.</summary>
internal sealed class RebuildTruth(NpgsqlDataSource database)
{
    private readonly Dictionary<string, string> rows = [];

    public Task<long> Events() => Single<long>("select count(*) from events.mt_events");

    /// <exception cref="InvalidOperationException">The tables are not what they should be.</exception>
    public async Task Check(string projection, Shadow shadow)
    {
        var (read, folded) = Sums(projection);
        var (found, expected) = (
            await Single<string>($"select concat_ws(' ', {folded}) from {shadow.Tables[0].Shadow}"),
            await Single<string>($"select concat_ws(' ', {read}) from events.mt_events"));
        var hashes = new List<string>();
        foreach (var table in shadow.Tables)
        {
            // What multi-stream projections have for a version means nothing.
            var version = shadow.Tables.Count == 1 ? "sum(mt_version)" : "''";
            hashes.Add(await Single<string>(
                $"select concat_ws(' ', count(*), {version}, sum(hashtextextended(id, jsonb_hash_extended(data, 0)))) from {table.Shadow}"));
        }

        var all = string.Join(' ', hashes);
        if (found != expected || (!rows.TryAdd(projection, all) && rows[projection] != all))
        {
            throw new InvalidOperationException($"{projection} is wrong: {found} {all}, not {expected} {rows.GetValueOrDefault(projection)}.");
        }
    }

    /// <summary>In events and in documents, what should be the same.</summary>
    private static (string Read, string Folded) Sums(string projection)
    {
        const string Orders = "count(*) filter (where type = 'ordering.OrderPlaced')";
        const string Totals = "sum((data->>'total')::numeric) filter (where type = 'ordering.OrderPlaced')";
        const string Kept = "sum((data->>'total')::numeric) filter (where type = 'ordering.OrderPlaced' and stream_id not in ("
            + "select stream_id from events.mt_events where type like 'ordering.OrderCancelled%'))";
        return projection switch
        {
            "OrderList" => ($"{Orders}, {Totals}, count(*)", "count(*), sum((data->>'total')::numeric), sum((data->>'version')::int)"),
            "Order" => ($"{Orders}, {Totals}, count(*)", "count(*), sum((data->>'total')::numeric), sum((data->>'eventsFolded')::int)"),
            "OrdersPerDay" => ($"{Orders}, {Totals}", "sum((data->>'orders')::int), sum((data->>'total')::numeric)"),
            _ => ($"{Orders}, {Kept}", "sum((data->>'orders')::int), sum((data->'totals'->>'EUR')::numeric)"),
        };
    }

    private async Task<T> Single<T>(string sql)
    {
        await using var command = database.CreateCommand(sql);
        command.CommandTimeout = 0;
        return (T)(await command.ExecuteScalarAsync())!;
    }
}
