using System.Collections.Concurrent;
using Marten;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Monolith.Host.Hosting;
using Npgsql;

namespace Monolith.Cluster;

/// <summary>Many read over lines that break again and again.</summary>
public sealed class BreakingLines(TestServer server) : IAsyncLifetime
{
    private const int Readers = 8;

    private static readonly int Breaks = Scale.Of(smoke: 60, full: 600);

    private readonly ConcurrentBag<Exception> told = [];
    private Proxy proxy = null!;
    private WebApplication host = null!;
    private IDocumentStore store = null!;

    public async ValueTask InitializeAsync()
    {
        var data = await server.NewDatabase();
        proxy = new Proxy(new NpgsqlConnectionStringBuilder(data.App).Port);
        host = Schema.HostFor(proxy.Over(data).App);
        store = host.Services.GetRequiredService<IDocumentStore>();
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await proxy.DisposeAsync();
    }

    [Fact(Timeout = 180_000)]
    public async Task Are_told_as_such_and_leave_no_connection_behind_that_is_of_no_use()
    {
        var end = TestContext.Current.CancellationToken;
        for (var n = 0; n < Breaks; n++)
        {
            // What is asked on a line the second time is prepared there: on a dead one for whoever finds it, and on new ones for the others.
            var question = $"select {n}";
            await Ask(question, 2 * Readers, times: 1, end);
            proxy.Cut();
            await Ask(question, 2 * Readers, times: 4, end);
        }

        told.ShouldNotBeEmpty();
        told.Where(problem => problem.GetBaseException() is PostgresException || !Problems.IsUnavailability(problem)).ShouldBeEmpty();

        told.Clear();
        await Ask("select 0", 2 * Readers, times: 4, end);
        told.ShouldBeEmpty();
    }

    private Task Ask(string question, int readers, int times, CancellationToken end) => Task.WhenAll(Enumerable.Range(0, readers).Select(async _ =>
    {
        for (var n = 0; n < times; n++)
        {
            try
            {
                await using var session = store.QuerySession();
                await session.QueryAsync<int>(question, end);
            }
            catch (Exception problem)
            {
                told.Add(problem);
            }
        }
    }));
}
