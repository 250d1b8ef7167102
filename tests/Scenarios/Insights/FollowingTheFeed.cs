using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Monolith.Contracts.Ordering;
using Monolith.Ordering;
using Npgsql;

namespace Monolith.Scenarios.Insights;

/// <summary>Writers that commit late or never, and a reader who is cut off: nothing is missed, nothing comes twice, all is in order.</summary>
public sealed class FollowingTheFeed(App app) : IClassFixture<App>
{
    private static readonly int Writers = 50;
    private static readonly int PerWriter = Scale.Of(smoke: 6, full: 200);

    [Fact]
    public async Task What_is_received_is_what_was_committed()
    {
        var committed = new ConcurrentBag<string>();
        using var reading = new CancellationTokenSource(TimeSpan.FromSeconds(Scale.Of(smoke: 90, full: 900)));
        var received = Receive(last => committed.Count == Writers * PerWriter / 2 && last == committed.Count, reading.Token);

        // The application gives up on a slow server soon; these writers, all at once on a busy machine, do not.
        await using var patient = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(app.Data.App) { Timeout = 60 });
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Write(patient, writer, committed)));

        var events = await received;
        events.Select(e => e.Subject).ShouldBe(committed, ignoreOrder: true);
        events.Select(e => e.Sequence).ShouldBe(events.Select(e => e.Sequence).Order());
        events.Select(e => e.Sequence).ShouldBeUnique();
    }

    /// <summary>Holds each transaction open for a while with its sequence in hand; half of them are rolled back.</summary>
    private async Task Write(NpgsqlDataSource data, int writer, ConcurrentBag<string> committed)
    {
        var random = new Random(writer);
        for (var n = 0; n < PerWriter; n++)
        {
            var id = $"feed-{writer}-{n}";
            await using var connection = await data.OpenConnectionAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            await using (var session = app.Store.LightweightSession(Marten.Services.SessionOptions.ForTransaction(transaction)))
            {
                session.Events.StartStream<Order>(id, Placed(id));
                await session.SaveChangesAsync();
            }

            await using (var hold = new NpgsqlCommand("select pg_sleep($1)", connection, transaction))
            {
                // One of them for longer than a gap counts as stale to the daemon.
                hold.Parameters.AddWithValue((writer, n) == (0, 0) ? 4 : random.NextDouble() * 0.12);
                await hold.ExecuteNonQueryAsync();
            }

            if (n % 2 == 0)
            {
                await transaction.CommitAsync();
                committed.Add(id);
            }
            else
            {
                await transaction.RollbackAsync();
            }
        }
    }

    /// <summary>Reads the stream, hangs up every few events, and comes again with the last id that it got.</summary>
    private async Task<List<(long Sequence, string Subject)>> Receive(Predicate<int> isComplete, CancellationToken cancellation)
    {
        var random = new Random(1);
        var received = new List<(long Sequence, string Subject)>();
        string? lastId = null;
        using var client = app.Host.Server.CreateClient();
        while (!isComplete(received.Count))
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/events/stream?types=OrderPlaced");
            if (lastId is not null)
            {
                request.Headers.Add("Last-Event-ID", lastId);
            }

            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
            using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(cancellation));
            var patience = random.Next(1, 40);
            while (patience > 0 && !isComplete(received.Count) && await lines.ReadLineAsync(cancellation) is { } line)
            {
                if (line.StartsWith("id: ", StringComparison.Ordinal))
                {
                    lastId = line[4..];
                }
                else if (line.StartsWith("data: ", StringComparison.Ordinal))
                {
                    var e = JsonNode.Parse(line[6..])!;
                    lastId.ShouldEndWith($".{e["sequence"]}");
                    received.Add((long.Parse(e["sequence"]!.ToString()), e["subject"]!.ToString()));
                    patience--;
                }
            }
        }

        return received;
    }

    private static OrderPlaced Placed(string id) => new(
        id, "customer", "EUR", [], new Recipient("n", "s", "c", "p", "DE"), DeliveryService.Standard, new DeliveryCharge(0, 0, Zone: null, 1), 0, 0,
        DateTimeOffset.UnixEpoch);
}
