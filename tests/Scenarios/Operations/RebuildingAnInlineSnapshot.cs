using System.Globalization;
using Npgsql;

namespace Monolith.Scenarios.Operations;

public sealed class RebuildingAnInlineSnapshot(App app) : IClassFixture<App>
{
    [Fact]
    public async Task Puts_every_document_right_while_commands_go_on()
    {
        await app.HasProduct("INL-1");
        var orders = new List<string>();
        for (var i = 0; i < 20; i++)
        {
            orders.Add(await app.HasOrder("INL-1"));
        }

        await app.Pays(orders[0]);
        var right = await Documents();
        var tag = (await app.Send("GET", $"/v1/orders/{orders[0]}")).Header("ETag");

        await Superuser("update ordering.mt_doc_order set data = jsonb_set(data, '{total}', '999')");
        await Superuser($"delete from ordering.mt_doc_order where id = '{orders[1]}'");
        await Superuser($"update ordering.mt_doc_order set mt_version = 7 where id = '{orders[2]}'");
        await Superuser("insert into ordering.mt_doc_order (id, data) select 'orphan', data #- '{payment,paymentId}' from ordering.mt_doc_order limit 1");
        await Superuser($"select events.mt_archive_stream('{orders[3]}')");

        var operation = await app.Rebuilds("Order");
        var outcome = app.Succeeds(operation);
        for (var reads = 2; !outcome.IsCompleted; reads++)
        {
            var id = await app.HasOrder("INL-1");
            await app.Pays(id);
            await app.Send("GET", $"/v1/orders/{orders[2 + (reads % (orders.Count - 2))]}");
        }

        ((double)(await outcome)["percent"]!).ShouldBe(100);
        var after = await Documents();
        foreach (var (id, document) in right)
        {
            after[id].ShouldBe(document);
        }

        after.ShouldNotContainKey("orphan");
        (await Number("select count(*) from ordering.mt_doc_order d join events.mt_streams s on s.id = d.id where d.mt_version <> s.version")).ShouldBe(0);
        (await Number("select count(*) from events.mt_streams where type = 'order' and id not in (select id from ordering.mt_doc_order)")).ShouldBe(0);

        (await app.Send("GET", $"/v1/orders/{orders[0]}")).Header("ETag").ShouldNotBe(tag);
        await app.Ships(orders[0]);
    }

    private async Task<Dictionary<string, string>> Documents()
    {
        await using var connection = await Open();
        await using var command = new NpgsqlCommand("select id, data::text || ' v' || mt_version from ordering.mt_doc_order", connection);
        await using var reader = await command.ExecuteReaderAsync();
        var documents = new Dictionary<string, string>(StringComparer.Ordinal);
        while (await reader.ReadAsync())
        {
            documents[reader.GetString(0)] = reader.GetString(1);
        }

        return documents;
    }

    private async Task<long> Number(string sql)
    {
        await using var connection = await Open();
        await using var command = new NpgsqlCommand(sql, connection);
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    private async Task Superuser(string sql)
    {
        await using var connection = await Open();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<NpgsqlConnection> Open()
    {
        var connection = new NpgsqlConnection(app.Data.Superuser);
        await connection.OpenAsync();
        return connection;
    }
}
