using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Monolith.Cluster.Infrastructure;

/// <summary>Stands between a node and its database and does what networks do: it delays, cuts, and loses what it was given while everybody thinks that the line is there.</summary>
internal sealed class Proxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<Line, byte> lines = [];
    private readonly CancellationTokenSource end = new();
    private readonly Task accepting;
    private readonly int target;
    private volatile bool isBlackHole;

    /// <param name="target">The port of the database.</param>
    public Proxy(int target)
    {
        this.target = target;
        listener.Start();
        accepting = Accept();
    }

    /// <summary>How long each piece of a conversation is on its way.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>The same database over this proxy.</summary>
    public TestDatabase Over(TestDatabase data) => data with { App = Over(data.App), Archiver = Over(data.Archiver) };

    /// <summary>Every connection breaks; new ones are made.</summary>
    public void Cut()
    {
        foreach (var line in lines.Keys)
        {
            line.Break();
        }
    }

    /// <summary>What is sent arrives nowhere any more, and nobody is told.</summary>
    public void Swallow() => isBlackHole = true;

    /// <summary>The network is back; what it has lost is lost, so the lines of that time are of no use.</summary>
    public void Heal()
    {
        isBlackHole = false;
        Cut();
    }

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        listener.Stop();
        Cut();
        await accepting;
        end.Dispose();
    }

    private string Over(string connection) =>
        new NpgsqlConnectionStringBuilder(connection) { Port = ((IPEndPoint)listener.LocalEndpoint).Port }.ConnectionString;

    private async Task Accept()
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(end.Token);
                var line = new Line(client);
                lines[line] = 0;
                _ = Serve(line);
            }
        }
        catch (OperationCanceledException)
        {
            // The proxy is not needed any more.
        }
    }

    private async Task Serve(Line line)
    {
        try
        {
            await line.Server.ConnectAsync(IPAddress.Loopback, target, end.Token);
            await Task.WhenAny(Pump(line.Client, line.Server), Pump(line.Server, line.Client));
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The database is down, or the line was cut.
        }
        finally
        {
            line.Break();
            lines.TryRemove(line, out _);
        }
    }

    private async Task Pump(TcpClient from, TcpClient to)
    {
        var buffer = new byte[16_384];
        try
        {
            while (await from.GetStream().ReadAsync(buffer, end.Token) is > 0 and var read)
            {
                if (Delay > TimeSpan.Zero)
                {
                    await Task.Delay(Delay, end.Token);
                }

                if (!isBlackHole)
                {
                    await to.GetStream().WriteAsync(buffer.AsMemory(0, read), end.Token);
                }
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // The line is broken.
        }
    }

    private sealed class Line(TcpClient client)
    {
        public TcpClient Client { get; } = client;

        public TcpClient Server { get; } = new();

        /// <summary>Both sides learn of it at once.</summary>
        public void Break()
        {
            Client.Client?.Close(0);
            Server.Client?.Close(0);
        }
    }
}
