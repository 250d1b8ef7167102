using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Monolith.Scenarios.Operations;
using Npgsql;

namespace Monolith.Scenarios.Conventions;

/// <summary>Nothing that the application says of people, and no secret, is in its logs, whether all goes well or nothing does.</summary>
public sealed class WhatIsLogged : IAsyncLifetime
{
    private const string Sku = "LOG-1";
    private const string Customer = "customer-quarz";
    private const string Carelessly = "Zoe Quarz";

    private static readonly string[] Personal = [Customer, Carelessly, "Geheimweg", "Quedlinburg", "Q-06484-Z", "IBAN DE02", "tracking-quarz", "because of quarz"];

    private readonly Lines lines = new();
    private readonly App app;

    public WhatIsLogged(TestServer server)
    {
        app = new App(server) { Services = services => services.AddSingleton<ILoggerProvider>(lines) };
        app.Settings["Insights:Alerts:WebhookUrl"] = "http://127.0.0.1:9/nobody";
        app.Settings["Insights:Alerts:WebhookSecret"] = Provider.NextSecret;
    }

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        lines.Dispose();
    }

    [Fact]
    public async Task Has_neither_people_nor_secrets_in_it()
    {
        var token = Tokens.For(Customer, "customer");
        await app.HasProduct(Sku);
        var (shipped, cancelled) = (await Places(token), await Places(token));
        await app.Reports("payment.succeeded", shipped, reference: "IBAN DE02");
        await app.Settles(() => app.Send("POST", $"/v1/orders/{shipped}/shipment", new { carrier = "DHL", trackingNumber = "tracking-quarz" }, expect: 201));
        var due = (decimal)(await app.Order(cancelled))["payment"]!["due"]!;
        await app.Settles(() => app.Send("POST", $"/v1/orders/{cancelled}/payments", new { amount = due, reference = "IBAN DE02" }, expect: 201));
        await app.Cancels(cancelled, "because of quarz");

        await NothingGoesWell(shipped, token);

        var secrets = new[] { Provider.Secret, Provider.NextSecret, Provider.Secret["whsec_".Length..], token, new NpgsqlConnectionStringBuilder(app.Data.App).Password! };
        foreach (var word in Personal.Concat(secrets))
        {
            lines.Said.ShouldNotContain(line => line.Contains(word, StringComparison.OrdinalIgnoreCase), word);
        }

        // It would have been found.
        app.Host.Services.GetRequiredService<ILogger<WhatIsLogged>>().LogInformation("A careless line about {Name}", Carelessly);
        lines.Said.ShouldContain(line => line.Contains(Carelessly, StringComparison.Ordinal));
    }

    /// <summary>Bodies and signatures that are wrong, a database that ends sessions, a value that cannot be read, a receiver of alerts who is away.</summary>
    private async Task NothingGoesWell(string order, string token)
    {
        await app.Send("POST", "/v1/orders", $$"""{ "customerId": "{{Customer}}", "lines": "{{Carelessly}}" """, expect: 400, token, ("Content-Type", "application/json"));
        await app.Send("POST", "/v1/orders", new { customerId = Customer, lines = Carelessly, deliverTo = Carelessly }, expect: 400, token);
        await app.Send("GET", $"/v1/orders?customerId={Customer}&limit={Uri.EscapeDataString(Carelessly)}", expect: 400, token: token);
        await app.Send("GET", $"/v1/orders/{order}", expect: 401, token: token + "x");
        await app.Webhook("""{ "reference": "IBAN DE02" }""", "msg-quarz", expect: 401, signature: "v1,IBAN DE02");

        // Nobody hears of the stock that runs low.
        await app.HasProduct("LOG-2", pieces: 3);
        await app.HasOrder("LOG-2", quantity: 2, customerId: Customer);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (await app.Number("select count(*) from wolverine.wolverine_incoming_envelopes where message_type like '%SendAlert' and attempts > 0") == 0)
        {
            patience.Token.ThrowIfCancellationRequested();
        }

        await using var superuser = NpgsqlDataSource.Create(app.Data.Superuser);
        await Execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename = 'monolith_app'");
        await app.Insists("POST", "/v1/orders", Order(), ("Authorization", $"Bearer {token}"));
        (await Execute($$"""update ordering.mt_doc_order set data = data || '{"total": "{{Carelessly}}"}' where id = '{{order}}'""")).ShouldBe(1);
        await app.Send("GET", $"/v1/orders/{order}", expect: 500, token: token);

        async Task<int> Execute(string sql)
        {
            await using var command = superuser.CreateCommand(sql);
            return await command.ExecuteNonQueryAsync();
        }
    }

    private async Task<string> Places(string token) =>
        (await app.Settles(() => app.Send("POST", "/v1/orders", Order(), expect: 201, token))).Header("Location").Split('/')[^1];

    private static object Order() => new
    {
        customerId = Customer,
        lines = new[] { new { sku = Sku, quantity = 1 } },
        deliverTo = new { name = Carelessly, street = "Geheimweg 7", city = "Quedlinburg", postalCode = "Q-06484-Z", country = "DE" },
        deliveryService = "standard",
    };

    /// <summary>All that is logged at the levels of the settings, as a line would show it.</summary>
    private sealed class Lines : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> said = [];

        public IReadOnlyCollection<string> Said => said;

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            said.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
