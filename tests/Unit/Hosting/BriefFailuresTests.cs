using System.Net.Sockets;
using Monolith.Host.Hosting;
using Npgsql;
using Shouldly;
using Xunit;

namespace Monolith.Unit.Hosting;

public class BriefFailuresTests
{
    [Theory]
    [InlineData("57P01", true, false)] // the server is stopped: a commit may have been under way
    [InlineData("57P03", true, true)] // it starts
    [InlineData("40001", true, true)] // a lost race
    [InlineData("40003", false, false)] // nobody knows whether it was completed
    [InlineData("55P03", false, false)] // a lock was waited for already
    [InlineData("23505", false, false)] // it would fail again
    public void What_the_server_says_decides(string state, bool isBrief, bool isUndone)
    {
        var said = new PostgresException("no", "ERROR", "ERROR", state);
        (BriefFailures.IsBrief(said), BriefFailures.IsUndone(said)).ShouldBe((isBrief, isUndone));
    }

    [Fact]
    public void What_the_server_did_not_say_is_not_tried_again()
    {
        BriefFailures.IsBrief(new SocketException()).ShouldBeFalse();
        BriefFailures.IsUndone(new SocketException()).ShouldBeFalse();
        BriefFailures.IsBrief(new TimeoutException()).ShouldBeFalse();
    }

    [Fact]
    public async Task A_connection_that_is_gone_is_a_database_that_is_away()
    {
        await using var command = new NpgsqlCommand("select 1", new NpgsqlConnection("Host=127.0.0.1"));
        var told = await Should.ThrowAsync<InvalidOperationException>(() => command.ExecuteScalarAsync(TestContext.Current.CancellationToken));
        Problems.IsUnavailability(told).ShouldBeTrue();
        Problems.IsUnavailability(new InvalidOperationException(told.Message)).ShouldBeFalse();
    }
}
