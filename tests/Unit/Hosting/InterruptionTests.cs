using JasperFx.Events.Daemon;
using Monolith.Host.Hosting;
using Npgsql;
using Shouldly;
using Xunit;

namespace Monolith.Unit.Hosting;

public sealed class InterruptionTests
{
    [Fact]
    public async Task A_page_that_was_cancelled_is_tried_again_and_an_event_that_cannot_be_folded_is_not()
    {
        await using var app = Schema.HostFor("Host=localhost");

        TransientFailures.IsTransient(new InvalidOperationException("outer", new TaskCanceledException())).ShouldBeTrue();
        TransientFailures.IsTransient(new OperationCanceledException()).ShouldBeTrue();
        TransientFailures.IsTransient(new NpgsqlException("Received backend message CommandComplete while expecting ParseCompleteMessage.")).ShouldBeTrue();
        TransientFailures.IsTransient(Said("25P03")).ShouldBeTrue();
        TransientFailures.IsTransient(Said("55P03")).ShouldBeTrue();
        TransientFailures.IsTransient(Said("42703")).ShouldBeFalse();
        TransientFailures.IsTransient(new InvalidOperationException("no such key")).ShouldBeFalse();
    }

    private static PostgresException Said(string state) => new("no", "ERROR", "ERROR", state);
}
