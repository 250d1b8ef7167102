using System.Diagnostics;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Monolith.Host.Hosting;
using Wolverine;

namespace Monolith.Scenarios.Infrastructure;

/// <summary>The whole application on a database of its own, with the rights of the application role; one for each test class.</summary>
public sealed class App : IAsyncLifetime
{
    private readonly TestServer? server;
    private IAlbaHost? host;

    public App(TestServer server) => this.server = server;

    /// <summary>On a database that the test made itself.</summary>
    internal App(TestDatabase data) => Data = data;

    public IAlbaHost Host => host ?? throw new InvalidOperationException("The application has not started.");

    public IDocumentStore Store => Host.Services.GetRequiredService<IDocumentStore>();

    public TestClock Clock { get; } = new();

    public TestDatabase Data { get; private set; } = new(string.Empty, string.Empty, string.Empty, string.Empty);

    /// <summary>Whether the node joins a cluster, as in production, or starts its work at once on its own.</summary>
    public bool InCluster { get; init; }

    /// <summary>Settings on top of those of Development, to be given before the application starts.</summary>
    public Dictionary<string, string> Settings { get; } = new(StringComparer.Ordinal);

    /// <summary>What is registered on top, to be given before the application starts.</summary>
    public Action<IServiceCollection> Services { get; init; } = _ => { };

    public async ValueTask InitializeAsync()
    {
        Data = server is null ? Data : await server.NewDatabase();
        host = await Start();
    }

    /// <summary>Another node, or the same one after a restart.</summary>
    public Task<IAlbaHost> Start()
    {
        JasperFx.CommandLine.JasperFxEnvironment.AutoStartHost = true;
        return AlbaHost.For<Program>(web =>
        {
            web.UseSetting($"ConnectionStrings:{Database.Name}", Data.App);
            web.UseSetting($"ConnectionStrings:{Database.ArchiverName}", Data.Archiver);
            web.UseSetting("Database:ApplySchema", "false");
            // Time passes in the log when a test lets it.
            web.UseSetting("Insights:AdvanceTime", "false");
            foreach (var (key, value) in Tokens.Settings.Concat(Provider.Settings).Concat(Settings))
            {
                web.UseSetting(key, value);
            }

            web.ConfigureServices(services =>
            {
                services.AddSingleton<TimeProvider>(Clock);
                Services(services);
                if (!InCluster)
                {
                    services.RunWolverineInSoloMode();
                }
            });
        });
    }

    /// <summary>The sequence of the last event, as <c>minSequence</c> of a read that must have seen everything.</summary>
    public async Task<long> Head() => (await Store.Advanced.FetchEventStoreStatistics()).EventSequenceNumber;

    /// <summary>Asks again while a read model is behind; each of these reads waits itself, so there is no pause in between.</summary>
    public static async Task Eventually(Func<Task> read)
    {
        var start = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                await read();
                return;
            }
            catch (ScenarioAssertionException) when (Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(Scale.Of(smoke: 40, full: 600)))
            {
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (host is not null)
        {
            await host.DisposeAsync();
        }
    }
}
