using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Monolith.LocalPostgres;

namespace Monolith.Scenarios.PrivateServer;

/// <summary>An application in a process of its own that uses the server of a folder until it is killed.</summary>
internal sealed class ServerApplication : IDisposable
{
    private const string FolderVariable = "PRIVATE_SERVER_FOLDER";
    private const string PortVariable = "PRIVATE_SERVER_PORT";

    private readonly Process _process;
    private readonly Task<string> _output;

    private ServerApplication(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>
    /// What the other process runs: this same program, stopped short of its tests. It says when its server is there, and
    /// goes on as long as its starter. Nothing asynchronous in here: other threads wait for the end of a module initializer.
    /// </summary>
    [ModuleInitializer]
    internal static void Run()
    {
        if (Environment.GetEnvironmentVariable(FolderVariable) is not { } folder)
            return;
        var server = LocalPostgresServer.StartAsync(ServerTemplate.Options(folder), CancellationToken.None).GetAwaiter().GetResult();
        using (var starter = new TcpClient())
            starter.Connect(IPAddress.Loopback, int.Parse(Environment.GetEnvironmentVariable(PortVariable)!));
        using (var input = Console.OpenStandardInput())
            input.CopyTo(Stream.Null);
        server.DisposeAsync().AsTask().GetAwaiter().GetResult();
        Environment.Exit(0);
    }

    public static async Task<ServerApplication> StartAsync(string folder)
    {
        using var started = new TcpListener(IPAddress.Loopback, 0);
        started.Start();
        var application = new ServerApplication(Process.Start(new ProcessStartInfo("dotnet", [typeof(ServerApplication).Assembly.Location])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment = { [FolderVariable] = folder, [PortVariable] = ((IPEndPoint)started.LocalEndpoint).Port.ToString() },
        })!);
        var ready = started.AcceptTcpClientAsync(TestContext.Current.CancellationToken).AsTask();
        if (await Task.WhenAny(ready, application._output) != ready)
            throw new InvalidOperationException(await application._output);
        (await ready).Dispose();
        return application;
    }

    /// <returns>All that it wrote; it comes to an end only if nobody else holds the output.</returns>
    public async Task<string> KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return await _output.WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
    }

    public void Dispose() => _process.Dispose();
}
