using System.Text.Json.Nodes;
using Monolith.Contracts.Ordering;
using Monolith.Ordering;
using Npgsql;

namespace Monolith.Scenarios.Operations;

/// <summary>What operators do, in the words of the API.</summary>
internal static class Operator
{
    private static readonly object Reason = new { reason = "the fold was corrected" };

    /// <returns>The address of the operation.</returns>
    public static async Task<string> Rebuilds(this App app, string projection) =>
        (await app.Send("POST", $"/admin/projections/{projection}/rebuilds", Reason, expect: 202)).Header("Location");

    public static async Task<JsonNode> Projection(this App app, string name) =>
        (await app.Send("GET", "/admin/projections").Json())["items"]!.AsArray().Single(p => p!["name"]!.ToString() == name)!;

    /// <summary>Follows an operation until it has ended.</summary>
    /// <returns>All that it said, the outcome last.</returns>
    public static async Task<IReadOnlyList<JsonNode>> Follow(this App app, string operation, IAlbaHost? host = null)
    {
        var said = new List<JsonNode>();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(Scale.Of(smoke: 60, full: 900)));
        while (said is not [.., var last] || last["finishedAt"] is null)
        {
            patience.IsCancellationRequested.ShouldBeFalse($"it did not end: {(said.Count == 0 ? "" : said[^1])}");
            var result = await (host ?? app.Host).Scenario(s => s.Get.Url(operation));
            said.Add(JsonNode.Parse(await result.ReadAsTextAsync())!);
        }

        return said;
    }

    public static async Task<JsonNode> Succeeds(this App app, string operation, IAlbaHost? host = null)
    {
        var outcome = (await app.Follow(operation, host))[^1];
        outcome["status"]!.ToString().ShouldBe("succeeded", outcome.ToString());
        return outcome;
    }

    public static async Task<string> Get(this App app, string url, IAlbaHost? host = null)
    {
        var (path, query) = url.Split('?', 2) is [var p, var q] ? (p, q) : (url, "");
        var result = await (host ?? app.Host).Scenario(s =>
        {
            var request = s.Get.Url(path);
            foreach (var parameter in query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(x => x.Split('=')))
            {
                request.QueryString(parameter[0], parameter[1]);
            }
        });
        return await result.ReadAsTextAsync();
    }

    /// <summary>Waits until a projection, or an operation by its address, is as it should be.</summary>
    public static async Task Until(this App app, string what, Predicate<JsonNode> expected)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(Scale.Of(smoke: 30, full: 900)));
        while (await (what.StartsWith('/') ? app.Send("GET", what).Json() : app.Projection(what)) is var now && !expected(now))
        {
            patience.IsCancellationRequested.ShouldBeFalse(now.ToString());
        }
    }

    /// <summary>Waits until a projection has seen the whole log.</summary>
    public static Task HasCaughtUp(this App app, string projection) => app.Until(projection, p => (long)p["lagEvents"]! == 0);

    /// <summary>Puts an event into the log past all checks.</summary>
    /// <returns>Its sequence.</returns>
    public static async Task<long> Appends(this App app, OrderPlaced placed)
    {
        await using var session = app.Store.LightweightSession();
        var stream = session.Events.StartStream<Order>(placed.OrderId, placed);
        await session.SaveChangesAsync();
        return stream.Events[0].Sequence;
    }

    /// <returns>The address of the operation.</returns>
    public static async Task<string> Verifies(this App app, string projection) =>
        (await app.Send("POST", $"/admin/projections/{projection}/verification", Reason, expect: 202)).Header("Location");

    /// <summary>Schemas and positions that only an operation that is at work may have.</summary>
    public static async Task<IReadOnlyList<string>> Leftovers(this App app)
    {
        await using var source = NpgsqlDataSource.Create(app.Data.Superuser);
        await using var command = source.CreateCommand(
            """
            select nspname from pg_namespace where nspname ~ '^(shadow|incoming)_'
            union all select name from events.mt_event_progression where name ~ 'Shadow|Previous'
            """);
        await using var reader = await command.ExecuteReaderAsync();
        var found = new List<string>();
        while (await reader.ReadAsync())
        {
            found.Add(reader.GetString(0));
        }

        return found;
    }

    public static async Task<long> Number(this App app, string sql)
    {
        await using var source = NpgsqlDataSource.Create(app.Data.Superuser);
        await using var command = source.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>What no application can do, such as breaking a read model.</summary>
    public static async Task Superuser(this App app, string sql, params object[] parameters)
    {
        await using var source = NpgsqlDataSource.Create(app.Data.Superuser);
        await using var command = source.CreateCommand(sql);
        foreach (var parameter in parameters)
        {
            command.Parameters.AddWithValue(parameter);
        }

        await command.ExecuteNonQueryAsync();
    }
}
