using Microsoft.AspNetCore.Http;
using Monolith.Kernel.Reading;
using Shouldly;
using Xunit;

namespace Monolith.Unit.Kernel;

public class EntityTagTests
{
    private static readonly EntityTag Tag = new(Version: 3, Generation: 2);

    [Fact]
    public void It_names_version_and_generation() => Tag.ToString().ShouldBe("\"3.g2\"");

    [Theory]
    [InlineData(null, true)]
    [InlineData("*", true)]
    [InlineData("\"3.g2\"", true)]
    [InlineData("\"1.g1\", \"3.g2\"", true)]
    [InlineData("W/\"3.g2\"", false)]
    [InlineData("\"3.g1\"", false)]
    [InlineData("\"*\"", false)]
    [InlineData("3.g2", false)]
    [InlineData("\"3.g2", false)]
    [InlineData("", false)]
    public void If_Match_compares_strongly(string? header, bool matches) =>
        Tag.Matches(Request(headers => headers.IfMatch = header)).ShouldBe(matches);

    [Fact]
    public void If_Match_may_come_in_several_lines() =>
        Tag.Matches(Request(headers => headers.IfMatch = new(["\"1.g1\"", "\"3.g2\""]))).ShouldBeTrue();

    [Theory]
    [InlineData(null, false)]
    [InlineData("*", true)]
    [InlineData("\"3.g2\"", true)]
    [InlineData("W/\"3.g2\"", true)]
    [InlineData("\"9.g9\", W/\"3.g2\"", true)]
    [InlineData("\"3.g1\"", false)]
    [InlineData("nonsense", false)]
    public void If_None_Match_compares_weakly(string? header, bool known) =>
        Tag.IsKnownTo(Request(headers => headers.IfNoneMatch = header)).ShouldBe(known);

    private static HttpRequest Request(Action<IHeaderDictionary> set)
    {
        var http = new DefaultHttpContext();
        set(http.Request.Headers);
        return http.Request;
    }
}
