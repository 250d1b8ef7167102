using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Monolith.Scenarios.Infrastructure;

/// <summary>A RabbitMQ server of its own, on loopback only, from the binaries of the machine. It can be stopped and started again with what it had.</summary>
internal sealed class RabbitServer : IAsyncDisposable
{
    private const string Script = "/usr/lib/rabbitmq/bin/rabbitmq-server";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("monolith-rabbit");
    private readonly int port = FreePort();
    private readonly int distributionPort = FreePort();
    private readonly int mapperPort = FreePort();
    private Process? mapper;
    private Process? server;

    /// <summary>Whether the binaries are there; Debian's package <c>rabbitmq-server</c> has them.</summary>
    public static bool IsInstalled => File.Exists(Script);

    public Uri Uri => new($"amqp://guest:guest@127.0.0.1:{port}/");

    public async Task Start()
    {
        // Erlang would leave one behind.
        mapper ??= Process.Start(new ProcessStartInfo("epmd", ["-port", $"{mapperPort}", "-address", "127.0.0.1"]) { UseShellExecute = false })!;
        var start = new ProcessStartInfo(Script) { UseShellExecute = false, RedirectStandardOutput = true, WorkingDirectory = folder.FullName };
        foreach (var (name, value) in new Dictionary<string, string>
        {
            ["HOME"] = folder.FullName,
            ["RABBITMQ_NODENAME"] = $"monolith{port}@localhost",
            ["RABBITMQ_NODE_IP_ADDRESS"] = "127.0.0.1",
            ["RABBITMQ_NODE_PORT"] = $"{port}",
            ["RABBITMQ_DIST_PORT"] = $"{distributionPort}",
            ["ERL_EPMD_PORT"] = $"{mapperPort}",
            ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
            ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "-kernel inet_dist_use_interface {127,0,0,1}",
            ["RABBITMQ_MNESIA_BASE"] = Path.Combine(folder.FullName, "data"),
            ["RABBITMQ_LOG_BASE"] = Path.Combine(folder.FullName, "log"),
            ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(folder.FullName, "plugins"),
            ["RABBITMQ_CONF_ENV_FILE"] = Path.Combine(folder.FullName, "none"),
            ["RABBITMQ_CONFIG_FILE"] = Path.Combine(folder.FullName, "none"),
            ["RABBITMQ_PID_FILE"] = Path.Combine(folder.FullName, "pid"),
        })
        {
            start.Environment[name] = value;
        }

        server = Process.Start(start)!;
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        var said = "";
        while (!said.Contains("completed with", StringComparison.Ordinal))
        {
            said = await server.StandardOutput.ReadLineAsync(patience.Token) ?? throw new InvalidOperationException("The RabbitMQ server did not start.");
        }

        _ = server.StandardOutput.ReadToEndAsync(CancellationToken.None);
    }

    public async Task Stop()
    {
        server!.Kill(entireProcessTree: true);
        await server.WaitForExitAsync();
        server.Dispose();
        server = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            await Stop();
        }

        mapper?.Kill();
        mapper?.Dispose();
        folder.Delete(recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
