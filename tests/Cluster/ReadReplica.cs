using System.Diagnostics;
using Monolith.LocalPostgres;
using Npgsql;

namespace Monolith.Cluster;

/// <summary>Who reports asks a standby of the server, made while customers buy; the application does not notice.</summary>
public sealed class ReadReplica(TestServer server) : IAsyncLifetime
{
    private const string Sku = "REPLICA-1";
    private const int Orders = 20;

    private readonly string folder = Path.Combine(Path.GetTempPath(), $"monolith-replica-{Guid.NewGuid():N}");
    private LocalPostgresServer? standby;

    public ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(folder);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await (standby?.DisposeAsync() ?? ValueTask.CompletedTask);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Answers_reports_with_the_same_figures_and_changes_nothing()
    {
        var data = await server.NewDatabase();
        await using var node = new Node(data);
        node.Start();
        await node.Sells(Sku);
        await Buys(node, "before");

        var buying = Buys(node, "meanwhile");
        standby = await Copy(data);
        await buying;
        await Buys(node, "after");
        await Until(async () => (await node.Get("/v1/reports/orders-per-day"))["items"]!.AsArray().Sum(r => (int)r!["orders"]!) == 3 * Orders, "the report");

        await using var reports = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(data.Superuser) { Port = standby.Port, Options = "-c role=monolith_reader" }.ConnectionString);
        await Until(async () => await Number(reports, "select count(*) from events.mt_events where type = 'ordering.OrderPlaced'") == 3 * Orders, "the log on the standby");
        await Until(async () => await Number(reports, "select sum((data ->> 'orders')::bigint)::bigint from ordering.mt_doc_ordersperday") == 3 * Orders, "the read model on the standby");
        var refused = await Should.ThrowAsync<PostgresException>(() => Number(reports, "with d as (delete from ordering.mt_doc_ordersperday returning 1) select count(*) from d"));
        refused.SqlState.ShouldBeOneOf(PostgresErrorCodes.ReadOnlySqlTransaction, PostgresErrorCodes.InsufficientPrivilege);
        await using var replication = NpgsqlDataSource.Create(data.Superuser);
        (await Number(replication, "select count(*) from pg_stat_replication where state = 'streaming'")).ShouldBe(1);
    }

    private static async Task Buys(Node node, string name)
    {
        for (var n = 0; n < Orders; n++)
        {
            using var answer = await new Customer(node, $"{name}-{n}").Orders(Sku);
        }
    }

    /// <summary>As on another machine: a base backup that goes on following the server it was taken of.</summary>
    private async Task<LocalPostgresServer> Copy(TestDatabase data)
    {
        await PostgresTool.Run("pg_basebackup", data.Superuser, "--write-recovery-conf", "--checkpoint=fast", $"--pgdata={Path.Combine(folder, "data")}");
        await File.WriteAllTextAsync(Path.Combine(folder, "password"), new NpgsqlConnectionStringBuilder(data.Superuser).Password);
        // The files must be those of whoever the server runs as.
        using var owner = Process.Start("chown", ["--recursive", $"--reference={await Folder(data)}", folder]);
        await owner.WaitForExitAsync();
        return await LocalPostgresServer.StartAsync(new LocalPostgresOptions { Directory = folder });
    }

    private static async Task<string> Folder(TestDatabase data)
    {
        await using var source = NpgsqlDataSource.Create(data.Superuser);
        await using var command = source.CreateCommand("show data_directory");
        return (string)(await command.ExecuteScalarAsync())!;
    }

    private static async Task<long> Number(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync() is long number ? number : 0;
    }
}
