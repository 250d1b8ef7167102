using System.Net;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Monolith.Host.Hosting;
using Wolverine;

namespace Monolith.Scenarios.Infrastructure;

/// <summary>The whole application on a database of its own, with the rights of the application role; one for each test class.</summary>
public sealed class App(TestServer server) : IAsyncLifetime
{
    private IAlbaHost? host;

    public IAlbaHost Host => host ?? throw new InvalidOperationException("The application has not started.");

    public IDocumentStore Store => Host.Services.GetRequiredService<IDocumentStore>();

    public TestClock Clock { get; } = new();

    public TestDatabase Data { get; private set; } = null!;

    /// <summary>Settings on top of those of Development, to be given before the application starts.</summary>
    public Dictionary<string, string> Settings { get; } = new(StringComparer.Ordinal);

    public async ValueTask InitializeAsync()
    {
        Data = await server.NewDatabase();
        host = await Start();
    }

    /// <summary>Another node, or the same one after a restart.</summary>
    public Task<IAlbaHost> Start()
    {
        JasperFx.CommandLine.JasperFxEnvironment.AutoStartHost = true;
        return AlbaHost.For<Program>(web =>
        {
            web.UseSetting($"ConnectionStrings:{Database.Name}", Data.App);
            web.UseSetting("Database:ApplySchema", "false");
            foreach (var (key, value) in Tokens.Settings.Concat(Settings))
            {
                web.UseSetting(key, value);
            }

            web.ConfigureServices(services =>
            {
                services.AddSingleton<TimeProvider>(Clock);
                services.RunWolverineInSoloMode();
            });
        });
    }

    /// <summary>The sequence of the last event, as <c>minSequence</c> of a read that must have seen everything.</summary>
    public async Task<long> Head() => (await Store.Advanced.FetchEventStoreStatistics()).EventSequenceNumber;

    public async Task<T> Get<T>(string url)
    {
        var result = await Host.Scenario(s =>
        {
            s.Get.Url(url);
            s.StatusCodeShouldBe(HttpStatusCode.OK);
        });
        return await result.ReadAsJsonAsync<T>() ?? throw new InvalidOperationException($"{url} answered null.");
    }

    public async ValueTask DisposeAsync()
    {
        if (host is not null)
        {
            await host.DisposeAsync();
        }
    }
}
