using Monolith.Host.Hosting;
using Npgsql;
using Shouldly;
using Xunit;

namespace Monolith.Unit.Hosting;

public class PatienceTests
{
    [Theory]
    [InlineData("", 10)]
    [InlineData("Command Timeout=30", 30)] // what the driver would take anyhow, but it was said
    [InlineData("CommandTimeout=60", 60)]
    [InlineData("Command Timeout=0", 0)] // for ever
    public void A_statement_may_take_ten_seconds_or_what_is_configured(string configured, int seconds)
    {
        using var source = Storage.DataSource($"Host=127.0.0.1;{configured}");
        new NpgsqlConnectionStringBuilder(source.ConnectionString).CommandTimeout.ShouldBe(seconds);
    }
}
