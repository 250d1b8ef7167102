using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Monolith.Scenarios.Conventions;

/// <summary>Nothing that the application says of people, and no secret, is in its logs, whether all goes well or nothing does.</summary>
public sealed class WhatIsLogged : IAsyncLifetime
{
    private const string Sku = "LOG-1";
    private const string Customer = "customer-quarz";
    private const string Carelessly = "Zoe Quarz";

    private static readonly string[] Personal = [Customer, Carelessly, "Geheimweg", "Quedlinburg", "06484", "IBAN DE02", "tracking-quarz", "because of quarz"];

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
        var id = (await app.Settles(() => app.Send("POST", "/v1/orders", Order(), expect: 201, token: token))).Header("Location").Split('/')[^1];
        await app.Settles(() => app.Send("POST", $"/v1/orders/{id}/payments", new { amount = 1, reference = "IBAN DE02" }, expect: null));
        await app.Reports("payment.succeeded", id, reference: "IBAN DE02");
        await app.Settles(() => app.Send("POST", $"/v1/orders/{id}/shipment", new { carrier = "DHL", trackingNumber = "tracking-quarz" }, expect: null));
        await app.Cancels((await app.Settles(() => app.Send("POST", "/v1/orders", Order(), expect: 201, token: token))).Header("Location").Split('/')[^1], "because of quarz");

        await NothingGoesWell(id, token);

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
        await app.Send("POST", "/v1/orders", $$"""{ "customerId": "{{Customer}}", "lines": "{{Carelessly}}" """, expect: null, token: token);
        await app.Send("POST", "/v1/orders", new { customerId = Customer, lines = Carelessly, deliverTo = Carelessly }, expect: null, token: token);
        await app.Send("GET", $"/v1/orders?customerId={Customer}&limit={Uri.EscapeDataString(Carelessly)}", expect: null, token: token);
        await app.Send("GET", $"/v1/orders/{order}", expect: null, token: token + "x");
        await app.Webhook($$"""{ "reference": "IBAN DE02" }""", "msg-quarz", expect: 401, signature: "v1,IBAN DE02");
        await app.HasProduct("LOG-2", pieces: 3);
        await app.HasOrder("LOG-2", quantity: 2, customerId: Customer);

        await using var superuser = NpgsqlDataSource.Create(app.Data.Superuser);
        await Execute("select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database() and usename = 'monolith_app'");
        await app.Send("POST", "/v1/orders", Order(), expect: null, token: token);
        await Execute($$"""update ordering.mt_doc_order set data = data || '{"total": "{{Carelessly}}"}' where id = '{{order}}'""");
        await app.Send("GET", $"/v1/orders/{order}", expect: null, token: token);

        async Task Execute(string sql)
        {
            await using var command = superuser.CreateCommand(sql);
            await command.ExecuteNonQueryAsync();
        }
    }

    private static object Order() => new
    {
        customerId = Customer,
        lines = new[] { new { sku = Sku, quantity = 1 } },
        deliverTo = new { name = Carelessly, street = "Geheimweg 7", city = "Quedlinburg", postalCode = "06484", country = "DE" },
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
