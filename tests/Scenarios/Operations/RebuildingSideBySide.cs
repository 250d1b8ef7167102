using Npgsql;

namespace Monolith.Scenarios.Operations;

public sealed class RebuildingSideBySide(App app) : IClassFixture<App>
{
    [Theory]
    [InlineData("OrderList", "ordering.mt_doc_orderlistitem", "{total}")]
    [InlineData("OrdersPerDay", "ordering.mt_doc_ordersperday", "{total}")]
    [InlineData("CustomerSummary", "ordering.mt_doc_customersummary", "{orders}")]
    [InlineData("Order", "ordering.mt_doc_order", "{total}")]
    [InlineData("Stock", "inventory.mt_doc_stock", "{onHand}")]
    public async Task Puts_wrong_rows_right_and_says_which_ones_were(string projection, string table, string member)
    {
        var sku = $"SBS-{projection}";
        await app.HasProduct(sku);
        await app.HasProduct($"{sku}-2");
        var orders = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            orders.Add(await app.HasOrder(sku, customerId: $"{projection}-{i}"));
        }

        await app.Pays(orders[0]);
        await app.HasCaughtUp(projection);
        var right = await Rows(table);
        var wrong = right.Keys.First();
        await app.Superuser($"update {table} set data = jsonb_set(data, '{member}', '999') where id = $1", wrong);
        var gone = right.Keys.Last();
        await app.Superuser($"delete from {table} where id = $1", gone);
        await app.Superuser($"insert into {table} (id, data) select 'orphan', jsonb_set(data, '{{id}}', '\"orphan\"') from {table} where id = $1", wrong);
        var generation = (int)(await app.Projection(projection))["generation"]!;

        var outcome = await app.Succeeds(await app.Rebuilds(projection));

        ((int)outcome["report"]!["different"]!).ShouldBe(1);
        ((int)outcome["report"]!["onlyLive"]!).ShouldBe(1);
        ((int)outcome["report"]!["onlyRebuilt"]!).ShouldBe(1);
        outcome["report"]!["examples"]!.AsArray().Select(e => e!.ToString()).ShouldContain($"{table.Split('.')[1]}/{wrong}");
        (await Rows(table)).ShouldBe(right);
        ((int)(await app.Projection(projection))["generation"]!).ShouldBeGreaterThan(generation);
        (await app.Leftovers()).ShouldBeEmpty();
        await app.Store.Storage.Database.AssertDatabaseMatchesConfigurationAsync();

        // It follows the log again.
        var another = await app.HasOrder(sku, customerId: $"{projection}-0");
        await app.HasCaughtUp(projection);
        (await Rows(table)).ShouldNotBe(right);
        await app.Pays(another);
    }

    private async Task<SortedDictionary<string, string>> Rows(string table)
    {
        await using var connection = new NpgsqlConnection(app.Data.Superuser);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"select id, data::text from {table}", connection);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new SortedDictionary<string, string>(StringComparer.Ordinal);
        while (await reader.ReadAsync())
        {
            rows[reader.GetString(0)] = reader.GetString(1);
        }

        return rows;
    }
}
