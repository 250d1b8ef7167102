using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Monolith.LocalPostgres;
using Npgsql;

namespace Monolith.Scenarios.PrivateServer;

/// <summary>Initializes one server; each test works on a copy of its folder.</summary>
public sealed class ServerTemplate : IAsyncLifetime
{
    /// <summary>Nobody listens on port 1.</summary>
    public const string Nowhere = "http://127.0.0.1:1";

    private readonly List<string> _folders = [];
    private string _template = "";

    public async ValueTask InitializeAsync()
    {
        _template = NewFolder();
        await using var server = await LocalPostgresServer.StartAsync(Options(_template), CancellationToken.None);
        await ExecuteAsync(server, "create table kept (word text); insert into kept values ('template')");
    }

    /// <summary>What a test left running is stopped, so that a failed test does not leave a process behind.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var folder in _folders)
        {
            if (File.Exists(PidFile(folder)))
                await (await LocalPostgresServer.StartAsync(Options(folder), CancellationToken.None)).DisposeAsync();
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }
    }

    public string NewFolder()
    {
        var folder = Path.Combine(Path.GetTempPath(), $"monolith-{Guid.NewGuid():N}");
        _folders.Add(folder);
        return folder;
    }

    /// <summary>A folder with data that was stopped cleanly; links, owners and modes as in the template.</summary>
    public async Task<string> CopyAsync()
    {
        var folder = NewFolder();
        using var copy = Process.Start("cp", ["-a", _template, folder]);
        await copy.WaitForExitAsync();
        copy.ExitCode.ShouldBe(0);
        return folder;
    }

    public static LocalPostgresOptions Options(string folder) => new() { Directory = folder, Durable = false };

    public static string PidFile(string folder) => Path.Combine(folder, "data", "postmaster.pid");

    public static Process Postmaster(string folder) => Process.GetProcessById(int.Parse(File.ReadLines(PidFile(folder)).First()));

    public static async Task<string> FailsAsync(LocalPostgresOptions options) =>
        (await Should.ThrowAsync<LocalPostgresException>(LocalPostgresServer.StartAsync(options, TestContext.Current.CancellationToken))).Message;

    /// <summary>Not <see cref="Process.HasExited"/>: who adopts orphans may take seconds to reap them.</summary>
    public static async Task<bool> AnswersAsync(LocalPostgresServer server)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, server.Port, TestContext.Current.CancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    public static Task ExecuteAsync(LocalPostgresServer server, string sql) => AskAsync(server, sql);

    public static async Task<object?> AskAsync(LocalPostgresServer server, string sql)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString + ";Pooling=false");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }
}

[CollectionDefinition(nameof(ServerTemplate))]
public sealed class SharedServerTemplate : ICollectionFixture<ServerTemplate>;
