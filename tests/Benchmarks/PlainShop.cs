using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;

namespace Monolith.Benchmarks;

/// <summary>
/// What an order would cost without event store, message bus, API conventions and rights: an endpoint that reads the prices, and in one batch writes a stream, an event, a
/// document, the reply under its key and a message. Beside it an endpoint that does nothing.
/// </summary>
internal static class PlainShop
{
    /// <summary>Tables of the same shape and with the same keys as those of the application.</summary>
    public const string Schema =
        """
        create schema plain;
        create table plain.products (sku varchar primary key, price numeric not null);
        insert into plain.products select 'PLACE-' || n, 3 from generate_series(0, 63) n;
        create table plain.streams (id varchar primary key, version bigint not null, timestamp timestamptz not null default now());
        create sequence plain.sequence;
        create table plain.events (seq_id bigint primary key, id uuid not null, stream_id varchar not null references plain.streams, version bigint not null, data jsonb not null,
            type varchar not null, timestamp timestamptz not null default now());
        create unique index on plain.events (stream_id, version);
        create unique index on plain.events (id);
        create index on plain.events (type, seq_id);
        create table plain.orders (id varchar primary key, data jsonb not null, version bigint not null);
        create table plain.replies (id varchar primary key, data jsonb not null, created_at timestamptz not null default now());
        create index on plain.replies (created_at);
        create table plain.messages (id uuid primary key, owner_id int not null, destination varchar not null, body bytea not null);
        grant usage on schema plain to monolith_app;
        grant select, insert, delete on all tables in schema plain to monolith_app;
        grant usage on all sequences in schema plain to monolith_app;
        """;

    private static readonly JsonSerializerOptions Camel = new(JsonSerializerDefaults.Web);

    private sealed record Order(string CustomerId, Line[] Lines, Address DeliverTo, string DeliveryService);

    private sealed record Line(string Sku, int Quantity);

    private sealed record Address(string Name, string Street, string City, string PostalCode, string Country);

    /// <summary>Runs until the process is stopped.</summary>
    public static async Task Serve(string url, string connection)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(NpgsqlDataSource.Create(connection));
        await using var app = builder.Build();
        app.Urls.Add(url);
        app.MapGet("/ready", () => TypedResults.NoContent());
        app.MapPost("/empty", () => TypedResults.NoContent());
        app.MapPost("/orders", Place);
        await app.RunAsync();
    }

    private static async Task<IResult> Place(Order order, NpgsqlDataSource database, HttpRequest request)
    {
        await using var connection = await database.OpenConnectionAsync();
        var prices = await Prices(connection, order);
        var (id, key) = (Guid.CreateVersion7(), request.Headers["Idempotency-Key"].ToString());
        var placed = JsonSerializer.Serialize(new { OrderId = id, order.CustomerId, order.DeliverTo, order.DeliveryService, Total = order.Lines.Sum(l => l.Quantity * prices[l.Sku]), order.Lines }, Camel);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                Command("insert into plain.streams (id, version) values ($1, 1)", id.ToString()),
                Command("insert into plain.events (seq_id, id, stream_id, version, data, type) values (nextval('plain.sequence'), $1, $2, 1, $3, 'OrderPlaced')", Guid.CreateVersion7(), id.ToString(), Jsonb(placed)),
                Command("insert into plain.orders (id, data, version) values ($1, $2, 1)", id.ToString(), Jsonb(placed)),
                Command("insert into plain.replies (id, data) values ($1, $2)", key, Jsonb(placed)),
                Command("insert into plain.messages (id, owner_id, destination, body) values ($1, 1, 'stock', $2)", Guid.CreateVersion7(), JsonSerializer.SerializeToUtf8Bytes(order, Camel)),
            },
        };
        await batch.ExecuteNonQueryAsync();
        return TypedResults.Text(placed, "application/json", statusCode: StatusCodes.Status201Created);
    }

    private static async Task<Dictionary<string, decimal>> Prices(NpgsqlConnection connection, Order order)
    {
        await using var command = new NpgsqlCommand("select sku, price from plain.products where sku = any($1)", connection) { Parameters = { new() { Value = order.Lines.Select(l => l.Sku).ToArray() } } };
        await using var reader = await command.ExecuteReaderAsync();
        var prices = new Dictionary<string, decimal>(StringComparer.Ordinal);
        while (await reader.ReadAsync())
        {
            prices[reader.GetString(0)] = reader.GetDecimal(1);
        }

        return prices;
    }

    private static NpgsqlParameter Jsonb(string json) => new() { Value = json, NpgsqlDbType = NpgsqlDbType.Jsonb };

    private static NpgsqlBatchCommand Command(string sql, params object[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(value as NpgsqlParameter ?? new NpgsqlParameter { Value = value });
        }

        return command;
    }
}
