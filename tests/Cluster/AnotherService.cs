using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Monolith.Cluster;

/// <summary>A program that knows only the topic on RabbitMQ, and comes when much has happened already.</summary>
public sealed class AnotherService(TestServer server)
{
    private const string Exchange = "monolith.events";
    private const int Before = 5;
    private const int After = 3;

    private JsonNode? last;

    [Fact]
    public async Task Counts_orders_as_the_report_does_although_it_came_late()
    {
        Assert.SkipUnless(RabbitServer.IsInstalled, "There is no RabbitMQ server on this machine (Debian: apt-get install rabbitmq-server).");
        await using var rabbit = new RabbitServer();
        await rabbit.Start();
        await using var node = new Node(await server.NewDatabase(), ("Topics__RabbitMq__Uri", rabbit.Uri.ToString()));
        node.Start();
        await node.Sells("OUT-1");
        for (var n = 0; n < Before; n++)
        {
            await new Customer(node, $"before-{n}").Places("OUT-1");
        }

        using var service = await Start(rabbit);
        try
        {
            await node.Post("/admin/topics/rabbitmq/replay", new { reason = "a new service" });
            await Until(() => Counted() == Before, "the orders of before");
            for (var n = 0; n < After; n++)
            {
                await new Customer(node, $"after-{n}").Places("OUT-1");
            }

            await Until(() => Counted() == Before + After, "the orders of after");
            await Until(async () => (await Report(node)).Sum(d => d.Orders) == Before + After, "the report");
            var report = await Report(node);
            await Until(() => Days().SequenceEqual(report), $"the same as the report: {string.Join(", ", report)}");
        }
        finally
        {
            service.Kill();
        }
    }

    private int Counted() => Days().Sum(d => d.Orders);

    private IEnumerable<(string Day, int Orders, decimal Total)> Days() =>
        Volatile.Read(ref last)?["days"]!.AsObject().Select(d => (d.Key, (int)d.Value!["orders"]!, (decimal)d.Value["total"]!)) ?? [];

    private static async Task<IReadOnlyList<(string Day, int Orders, decimal Total)>> Report(Node node) =>
    [
        .. (await node.Get("/v1/reports/orders-per-day"))["items"]!.AsArray().GroupBy(r => $"{r!["day"]}/{r["currency"]}")
            .Select(g => (g.Key, g.Sum(r => (int)r!["orders"]!), g.Sum(r => (decimal)r!["total"]!))),
    ];

    private async Task<Process> Start(RabbitServer rabbit)
    {
        var own = Path.Combine("tests", "Cluster", "bin");
        var program = Path.Combine(AppContext.BaseDirectory.Replace(own, own.Replace("Cluster", "OrderCounts", StringComparison.Ordinal), StringComparison.Ordinal), "Monolith.OrderCounts.dll");
        var start = new ProcessStartInfo("dotnet", [program, rabbit.Uri.ToString(), Exchange])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        var service = Process.Start(start)!;
        (await service.StandardOutput.ReadLineAsync()).ShouldBe("listening");
        _ = Task.Run(async () =>
        {
            while (await service.StandardOutput.ReadLineAsync() is { } line)
            {
                Volatile.Write(ref last, JsonNode.Parse(line));
            }
        });
        return service;
    }
}
