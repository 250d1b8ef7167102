using CsCheck;
using Microsoft.AspNetCore.Http;
using Monolith.Kernel.Paging;
using Monolith.Ordering;
using Shouldly;
using Xunit;

namespace Monolith.Unit.Kernel;

public class QueryTests
{
    [Theory]
    [InlineData("", 50)]
    [InlineData("?limit=", 50)]
    [InlineData("?limit=1", 1)]
    [InlineData("?limit=200", 200)]
    public void The_limit_is_50_or_as_wanted(string query, int limit)
    {
        var read = new CollectionQuery(Http(query));

        read.Limit.ShouldBe(limit);
        Errors.Of(read.Errors).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("?limit=0")]
    [InlineData("?limit=201")]
    [InlineData("?limit=-1")]
    [InlineData("?limit=%2B1")]
    [InlineData("?limit=1.0")]
    [InlineData("?limit=1e1")]
    [InlineData("?limit=ten")]
    [InlineData("?limit=99999999999")]
    [InlineData("?limit=1&limit=2")]
    public void Any_other_limit_is_reported(string query) => Errors.Of(new CollectionQuery(Http(query)).Errors).ShouldBe(["limit"]);

    [Fact]
    public void A_page_begins_after_its_cursor()
    {
        var cursor = new Cursor(new DateTimeOffset(2026, 1, 31, 0, 0, 0, TimeSpan.Zero), "id");

        new CollectionQuery(Http($"?cursor={cursor}")).After.ShouldBe(cursor);
        new CollectionQuery(Http("?cursor=")).After.ShouldBeNull();
        Errors.Of(new CollectionQuery(Http("?cursor=nonsense")).Errors).ShouldBe(["cursor"]);
    }

    [Theory]
    [InlineData("2026-01-31", "2026-01-31T00:00:00.0000000+00:00")]
    [InlineData("2026-01-31T10:00:00Z", "2026-01-31T10:00:00.0000000+00:00")]
    [InlineData("2026-01-31t10:00:00z", "2026-01-31T10:00:00.0000000+00:00")]
    [InlineData("2026-01-31T10:00:00.123456789Z", "2026-01-31T10:00:00.1234568+00:00")]
    [InlineData("2026-01-31T01:00:00%2B02:00", "2026-01-30T23:00:00.0000000+00:00")]
    public void A_time_is_read_in_utc(string text, string time)
    {
        var read = new ReadQuery(Http($"?from={text}"));

        read.Time("from")!.Value.ToString("O").ShouldBe(time);
        Errors.Of(read.Errors).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("5 October 2026")]
    [InlineData("2026-1-2T10:00")]
    [InlineData("2026-01-31T10:00Z")]
    [InlineData("2026-01-31T10:00:00")]
    [InlineData("2026-02-30T10:00:00Z")]
    [InlineData("2026-02-30")]
    [InlineData("2026-01-31T25:00:00Z")]
    [InlineData("2026-01-31T10:00:00 02:00")]
    [InlineData("0001-01-01T00:00:00%2B14:00")]
    [InlineData("31.01.2026")]
    [InlineData("yesterday")]
    public void What_is_no_time_of_RFC_3339_is_reported(string text)
    {
        var read = new ReadQuery(Http($"?from={text}"));

        read.Time("from").ShouldBeNull();
        Errors.Of(read.Errors).ShouldBe(["from"]);
    }

    [Fact]
    public void A_day_is_the_one_in_utc() =>
        new ReadQuery(Http("?to=2026-01-31T01:00:00%2B02:00")).Day("to").ShouldBe(new DateOnly(2026, 1, 30));

    [Theory]
    [InlineData("?active=true", true, true)]
    [InlineData("?active=false", false, true)]
    [InlineData("", null, true)]
    [InlineData("?active=1", null, false)]
    [InlineData("?active=yes", null, false)]
    public void A_flag_is_true_or_false(string query, bool? flag, bool good)
    {
        var read = new ReadQuery(Http(query));

        read.Flag("active").ShouldBe(flag);
        read.Errors.Any.ShouldBe(!good);
    }

    [Theory]
    [InlineData("?status=awaitingPayment", OrderStatus.AwaitingPayment, true)]
    [InlineData("", null, true)]
    [InlineData("?status=AwaitingPayment", null, false)]
    [InlineData("?status=1", null, false)]
    [InlineData("?status=paid,shipped", null, false)]
    public void An_enum_is_one_of_its_camel_case_names(string query, OrderStatus? status, bool good)
    {
        var read = new ReadQuery(Http(query));

        read.OneOf<OrderStatus>("status").ShouldBe(status);
        read.Errors.Any.ShouldBe(!good);
    }

    [Theory]
    [InlineData("?minSequence=0", 0L, true)]
    [InlineData("?minSequence=9223372036854775807", 9223372036854775807L, true)]
    [InlineData("", null, true)]
    [InlineData("?minSequence=-1", null, false)]
    [InlineData("?minSequence=9223372036854775808", null, false)]
    public void A_sequence_is_a_number(string query, long? sequence, bool good)
    {
        var read = new ReadQuery(Http(query));

        read.MinSequence.ShouldBe(sequence);
        read.Errors.Any.ShouldBe(!good);
    }

    [Fact]
    public void A_value_comes_once_and_without_NUL()
    {
        var read = new ReadQuery(Http("?a=1&a=2&b=x%00y&c=z"));

        read.Value("b").ShouldBeNull();
        read.Value("c").ShouldBe("z");
        read.Value("a").ShouldNotBeNull();
        Errors.Of(read.Errors).ShouldBe(["a", "b"]);
    }

    [Fact]
    public void No_query_string_is_an_error_of_the_program() => Gen.String[Gen.Char, 0, 20].Sample(text =>
    {
        var query = $"?limit={Uri.EscapeDataString(text)}&cursor={Uri.EscapeDataString(text)}&from={Uri.EscapeDataString(text)}&s={Uri.EscapeDataString(text)}&s=";

        Should.NotThrow(() =>
        {
            var read = new CollectionQuery(Http(query));
            _ = (read.Time("from"), read.Day("from"), read.Flag("s"), read.OneOf<OrderStatus>("s"), read.Sequence("s"), read.Errors.ToProblem());
        });
    });

    private static DefaultHttpContext Http(string query) => new() { Request = { QueryString = new QueryString(query) } };
}
