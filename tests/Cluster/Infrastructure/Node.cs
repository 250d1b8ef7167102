using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace Monolith.Cluster.Infrastructure;

/// <summary>The application as a process of its own, which can be killed.</summary>
internal sealed class Node : IAsyncDisposable
{
    public const int PiecesOfReceipt = 10_000;

    private const int LinesOfLog = 400;

    public static readonly string WebhookSecret = "whsec_" + Convert.ToBase64String(new byte[32]);

    private readonly TestDatabase data;
    private readonly (string Name, string Value)[] settings;
    private readonly int port = FreePort();
    private readonly ConcurrentQueue<string> log = [];
    private Process? process;
    private long started;

    /// <param name="settings">Environment variables on top of those of every node.</param>
    public Node(TestDatabase data, params (string Name, string Value)[] settings)
    {
        (this.data, this.settings) = (data, settings);
        // A request to a node that is down is tried again until it is up.
        Http = new HttpClient(new PatientHandler(() => Log) { InnerHandler = new SocketsHttpHandler() })
        {
            BaseAddress = new Uri($"http://127.0.0.1:{port}"),
            Timeout = 2 * PatientHandler.Patience,
        };
    }

    /// <summary>What was published, if the environment says where that is.</summary>
    private static string Application =>
        Environment.GetEnvironmentVariable("MONOLITH_HOST") is { Length: > 0 } published ? published : Path.Combine(AppContext.BaseDirectory, "Monolith.Host.dll");

    public HttpClient Http { get; }

    public TestDatabase Data => data;

    /// <summary>What it wrote last.</summary>
    private string Log => string.Join('\n', log);

    /// <summary>When the process started that runs now, as a timestamp of <see cref="Stopwatch"/>.</summary>
    public long Started => Volatile.Read(ref started);

    /// <summary>The most memory that the process has ever held.</summary>
    public long PeakMegabytes
    {
        get
        {
            process!.Refresh();
            return process.PeakWorkingSet64 / 1_048_576;
        }
    }

    public void Start()
    {
        Volatile.Write(ref started, Stopwatch.GetTimestamp());
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { Application, "--urls", $"http://127.0.0.1:{port}" },
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["ASPNETCORE_ENVIRONMENT"] = "Development",
                ["ConnectionStrings__Monolith"] = data.App,
                ["Database__ApplySchema"] = "false",
                ["Payments__Webhook__Secrets__0"] = WebhookSecret,
            },
        };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>What the node says of its projections, if it says anything, and what it wrote last.</summary>
    public async Task<string> State()
    {
        using var http = new HttpClient { BaseAddress = Http.BaseAddress, Timeout = TimeSpan.FromSeconds(20) };
        string health;
        try
        {
            using var answer = await http.GetAsync(new Uri("/health/projections", UriKind.Relative));
            health = await answer.Content.ReadAsStringAsync();
        }
        catch (Exception silence) when (silence is HttpRequestException or OperationCanceledException)
        {
            health = silence.Message;
        }

        return $"{health}\n{Log}";
    }

    private void Keep(string? line)
    {
        log.Enqueue(line ?? "(end)");
        while (log.Count > LinesOfLog)
        {
            log.TryDequeue(out _);
        }
    }

    /// <summary>A product that is sold, with the most pieces that one receipt may bring.</summary>
    public async Task Sells(string sku, int receipts = 1)
    {
        using var product = await Http.PutAsJsonAsync(
            new Uri($"/v1/products/{sku}", UriKind.Relative), new { name = "Tea", unitPrice = 3, currency = "EUR", weightKg = 1, category = "tea", active = true });
        product.EnsureSuccessStatusCode();
        for (var n = 0; n < receipts; n++)
        {
            await Post($"/v1/stock/{sku}/receipts", new { quantity = PiecesOfReceipt, reference = $"note {n}" });
        }
    }

    public async Task<JsonNode> Get(string path) => JsonNode.Parse(await Http.GetStringAsync(new Uri(path, UriKind.Relative)))!;

    /// <summary>What must succeed.</summary>
    public async Task<JsonNode> Post(string path, object body)
    {
        using var answer = await Http.PostAsJsonAsync(new Uri(path, UriKind.Relative), body);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }

    /// <summary>As an update does it: the node is told, and ends what it is about.</summary>
    public async Task Stop()
    {
        await Signal("TERM");
        await process!.WaitForExitAsync();
        process.ExitCode.ShouldBe(0);
        process.Dispose();
        process = null;
    }

    /// <summary>Stands still, as a machine that is moved or starved: its connections stay open and nothing answers.</summary>
    public Task Freeze() => Signal("STOP");

    public Task Thaw() => Signal("CONT");

    private async Task Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", process!.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        kill.ExitCode.ShouldBe(0);
    }

    /// <summary>As <c>kill -9</c>: no chance to say goodbye.</summary>
    public async Task Kill()
    {
        process!.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        process = null;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (process is not null)
        {
            await Kill();
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private sealed class PatientHandler(Func<string> log) : DelegatingHandler
    {
        public static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
        private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var start = Stopwatch.GetTimestamp();
            using var timer = new PeriodicTimer(Interval);
            while (true)
            {
                try
                {
                    var answer = await base.SendAsync(request, cancellationToken);
                    // The node can also be killed in the middle of its answer.
                    await answer.Content.LoadIntoBufferAsync(cancellationToken);
                    if (answer.StatusCode != HttpStatusCode.ServiceUnavailable || Stopwatch.GetElapsedTime(start) > Patience)
                    {
                        return answer;
                    }

                    answer.Dispose();
                }
                catch (HttpRequestException silence)
                {
                    if (Stopwatch.GetElapsedTime(start) > Patience)
                    {
                        throw new HttpRequestException($"{silence.Message}\n{log()}", silence);
                    }
                }

                await timer.WaitForNextTickAsync(cancellationToken);
            }
        }
    }
}
