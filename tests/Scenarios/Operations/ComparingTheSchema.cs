using Microsoft.Extensions.DependencyInjection;
using Monolith.Host.Hosting;
using Npgsql;
using Weasel.Core.Migrations;

namespace Monolith.Scenarios.Operations;

/// <summary>What <c>db-assert</c> asks: whether a database is as this version wants it.</summary>
public sealed class ComparingTheSchema(TestServer server)
{
    [Fact]
    public async Task A_database_of_this_version_is_in_order() => await Compare(await server.NewDatabase());

    [Theory]
    [InlineData("drop index insights.mt_doc_alert_idx_raised_at", "create index mt_doc_alert_idx_raised_at")]
    [InlineData("alter table insights.mt_doc_alert drop column raised_at", "add column raised_at")]
    [InlineData("drop table kernel.mt_doc_projectiongeneration", "create table if not exists kernel.mt_doc_projectiongeneration")]
    [InlineData("alter table wolverine.wolverine_dead_letters drop column replayable", "add column replayable")]
    public async Task What_is_missing_is_noticed(string change, string remedy)
    {
        var data = await server.NewDatabase();
        await using (var connection = new NpgsqlConnection(data.Superuser))
        {
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand(change, connection);
            await command.ExecuteNonQueryAsync();
        }

        var differences = await Should.ThrowAsync<DatabaseValidationException>(Compare(data));

        differences.Message.ShouldContain(remedy, Case.Insensitive);
    }

    private static async Task Compare(TestDatabase data)
    {
        await using var app = Schema.HostFor(data.App);
        foreach (var source in app.Services.GetServices<IDatabaseSource>())
        {
            foreach (var database in await source.BuildDatabases())
            {
                await database.AssertDatabaseMatchesConfigurationAsync();
            }
        }
    }
}
