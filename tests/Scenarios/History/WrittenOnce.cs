using Npgsql;

namespace Monolith.Scenarios.History;

/// <summary>What the application's database role may do with the log, whatever the code would like to.</summary>
public sealed class WrittenOnce(App app) : IClassFixture<App>
{
    [Theory]
    [InlineData("update events.mt_events set data = '{}'")]
    [InlineData("update events.mt_events_default set user_name = 'nobody'")]
    [InlineData("update events.mt_events_archived set data = '{}'")]
    [InlineData("delete from events.mt_events")]
    [InlineData("delete from events.mt_events_default")]
    [InlineData("delete from events.mt_streams")]
    [InlineData("truncate events.mt_events cascade")]
    [InlineData("alter table events.mt_events disable trigger all")]
    [InlineData("drop table events.mt_events cascade")]
    [InlineData("select events.mt_archive_stream(id) from events.mt_streams where not is_archived")]
    [InlineData("select events.archive_stream(id, version) from events.mt_streams")]
    [InlineData("select events.restore_stream(id) from events.mt_streams")]
    [InlineData("set role monolith_owner")]
    [InlineData("set role monolith_archiver")]
    public async Task Nothing_in_the_application_can_change_an_event(string statement)
    {
        await app.HasProduct($"WO-{Guid.CreateVersion7():N}");
        await using var connection = new NpgsqlConnection(app.Data.App);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(statement, connection);
        (await Should.ThrowAsync<PostgresException>(async () => await command.ExecuteNonQueryAsync())).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }
}
