using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Monolith.Scenarios.Conventions;

/// <summary>A database that goes away while a node takes up its work leaves that work begun nowhere.</summary>
public sealed class WorkThatCannotBegin(TestServer server)
{
    [Fact]
    public async Task Projections_that_failed_to_start_are_started_as_soon_as_they_can()
    {
        var data = await server.NewDatabase();
        await using var owner = NpgsqlDataSource.Create(data.Superuser);
        await Execute("revoke select, update on events.mt_event_progression from monolith_app");
        using var given = new Awaited("did not report started");
        await using var app = new App(data) { InCluster = true, Services = services => services.AddLogging(logs => logs.AddProvider(given)) };
        await app.InitializeAsync();
        await given.Heard.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);

        await Execute("grant select, update on events.mt_event_progression to monolith_app");

        await app.HasProduct("BEGIN-1");
        var id = await app.HasOrder("BEGIN-1", customerId: "begun");
        await App.Eventually(async () =>
            (await app.Send("GET", $"/v1/orders?customerId=begun&minSequence={await app.Head()}").Json())["items"]!.AsArray()
                .ShouldHaveSingleItem()!["id"]!.GetValue<string>().ShouldBe(id));

        async Task Execute(string sql)
        {
            await using var command = owner.CreateCommand(sql);
            await command.ExecuteNonQueryAsync();
        }
    }

    /// <summary>Tells when a line was logged.</summary>
    private sealed class Awaited(string words) : ILoggerProvider, ILogger
    {
        private readonly TaskCompletionSource heard = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Heard => heard.Task;

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (formatter(state, exception).Contains(words, StringComparison.Ordinal))
            {
                heard.TrySetResult();
            }
        }

        public void Dispose()
        {
        }
    }
}
