using System.Net;

namespace Monolith.Cluster.Infrastructure;

/// <summary>
/// Nodes on one database, behind what a load balancer is to its clients: a request that fails, or that nobody answers for some seconds, goes to the
/// next node, with the same key.
/// </summary>
internal sealed class Fleet : IAsyncDisposable
{
    private readonly TestDatabase data;
    private readonly (string Name, string Value)[] settings;
    private volatile Node[] nodes = [];

    public Fleet(TestDatabase data, params (string Name, string Value)[] settings)
    {
        (this.data, this.settings) = (data, settings);
        Http = new HttpClient(new Balancer(() => nodes)) { BaseAddress = new Uri("http://fleet/"), Timeout = TimeSpan.FromMinutes(2) };
    }

    public HttpClient Http { get; }

    public IReadOnlyList<Node> Nodes => nodes;

    public Node Add()
    {
        var node = new Node(data, settings);
        nodes = [.. nodes, node];
        node.Start();
        return node;
    }

    public async Task<string> State() => string.Join("\n\n", await Task.WhenAll(nodes.Select(node => node.State())));

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        foreach (var node in nodes)
        {
            await node.DisposeAsync();
        }
    }

    private sealed class Balancer(Func<Node[]> nodes) : DelegatingHandler(new SocketsHttpHandler())
    {
        private static readonly TimeSpan Attempt = TimeSpan.FromSeconds(5);
        private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

        private int turn;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var path = request.RequestUri!.PathAndQuery;
            using var timer = new PeriodicTimer(Interval);
            while (true)
            {
                var now = nodes();
                var node = now[(int)((uint)Interlocked.Increment(ref turn) % now.Length)];
                request.RequestUri = new Uri(node.Http.BaseAddress!, path);
                if (await Try(request, cancellationToken) is { } answer)
                {
                    return answer;
                }

                await timer.WaitForNextTickAsync(cancellationToken);
            }
        }

        private async Task<HttpResponseMessage?> Try(HttpRequestMessage request, CancellationToken cancellation)
        {
            using var attempt = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            attempt.CancelAfter(Attempt);
            try
            {
                var answer = await base.SendAsync(request, attempt.Token);
                await answer.Content.LoadIntoBufferAsync(attempt.Token);
                if (answer.StatusCode != HttpStatusCode.ServiceUnavailable)
                {
                    return answer;
                }

                answer.Dispose();
            }
            catch (HttpRequestException)
            {
                // It is down, or went down in the middle.
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                // It stands still.
            }

            return null;
        }
    }
}
