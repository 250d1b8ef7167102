using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Monolith.LocalPostgres;

namespace Monolith.Scenarios.PrivateServer;

/// <summary>An application in a process of its own that uses the server of a folder until it is killed.</summary>
public sealed class ServerApplication : IDisposable
{
    private const string FolderVariable = "PRIVATE_SERVER_FOLDER";
    private const string PortVariable = "PRIVATE_SERVER_PORT";

    private readonly Process? _process;
    private readonly Task<string>? _output;

    public ServerApplication()
    {
    }

    private ServerApplication(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Not a test, but what the other process runs: it says when its server is there, and goes on.</summary>
    [Fact(Explicit = true)]
    public async Task Run()
    {
        var folder = Environment.GetEnvironmentVariable(FolderVariable);
        Assert.SkipWhen(folder is null, "started by other tests only");
        await using var server = await LocalPostgresServer.StartAsync(ServerTemplate.Options(folder), TestContext.Current.CancellationToken);
        using var starter = new TcpClient();
        await starter.ConnectAsync(
            IPAddress.Loopback, int.Parse(Environment.GetEnvironmentVariable(PortVariable)!), TestContext.Current.CancellationToken);
        await using var input = Console.OpenStandardInput();
        await input.CopyToAsync(Stream.Null, TestContext.Current.CancellationToken); // ends when the starter does
    }

    public static async Task<ServerApplication> StartAsync(string folder)
    {
        using var started = new TcpListener(IPAddress.Loopback, 0);
        started.Start();
        var application = new ServerApplication(Process.Start(new ProcessStartInfo("dotnet", [
            typeof(ServerApplication).Assembly.Location, "-method", $"{typeof(ServerApplication).FullName}.{nameof(Run)}", "-explicit", "only",
        ])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment = { [FolderVariable] = folder, [PortVariable] = ((IPEndPoint)started.LocalEndpoint).Port.ToString() },
        })!);
        var ready = started.AcceptTcpClientAsync(TestContext.Current.CancellationToken).AsTask();
        if (await Task.WhenAny(ready, application._output!) != ready)
            throw new InvalidOperationException(await application._output!);
        (await ready).Dispose();
        return application;
    }

    /// <returns>All that it wrote; it comes to an end only if nobody else holds the output.</returns>
    public async Task<string> KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return await _output!.WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
    }

    public void Dispose() => _process?.Dispose();
}
