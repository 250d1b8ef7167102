using Microsoft.Extensions.Configuration;
using Monolith.Host.Hosting;
using Monolith.LocalPostgres;
using Npgsql;

[assembly: AssemblyFixture(typeof(TestServer))]

namespace Monolith.Scenarios.Infrastructure;

/// <summary>One throw-away PostgreSQL for the whole run, with a template database that has roles, schema and grants.</summary>
public sealed class TestServer : IAsyncLifetime
{
    private const string Template = "template_monolith";

    private readonly SemaphoreSlim cloning = new(1);
    private readonly string folder = Path.Combine(Path.GetTempPath(), $"monolith-tests-{Guid.NewGuid():N}");
    private LocalPostgresServer? server;
    private int databases;

    public string Superuser => server!.ConnectionString;

    public async ValueTask InitializeAsync()
    {
        server = await LocalPostgresServer.StartAsync(new LocalPostgresOptions { Directory = folder, Durable = false, DeleteOnStop = true });
        var (owner, _, _) = await FreshDatabase.Ensure(Superuser, Template, server.Password);
        await Schema.Apply(new ConfigurationBuilder()
            .AddInMemoryCollection([KeyValuePair.Create($"ConnectionStrings:{Database.OwnerName}", (string?)owner)])
            .Build());
        NpgsqlConnection.ClearAllPools();
    }

    /// <summary>A database of its own for a test class.</summary>
    public async Task<TestDatabase> NewDatabase()
    {
        var name = $"test_{Interlocked.Increment(ref databases)}";
        await cloning.WaitAsync();
        try
        {
            await Execute(Superuser, $"create database {name} owner monolith_owner template {Template}");
        }
        finally
        {
            cloning.Release();
        }

        var superuser = new NpgsqlConnectionStringBuilder(Superuser) { Database = name }.ConnectionString;
        await Execute(superuser, Resource.Read("grants.sql"));
        return new TestDatabase(superuser, FreshDatabase.For(superuser, name, "monolith_owner"), FreshDatabase.For(superuser, name, "monolith_app"),
            FreshDatabase.For(superuser, name, "monolith_archiver"));
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        cloning.Dispose();
        if (server is not null)
        {
            await server.DisposeAsync();
        }
    }

    private static async Task Execute(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}

/// <summary>Connection strings of one test's database, by role.</summary>
public sealed record TestDatabase(string Superuser, string Owner, string App, string Archiver);
