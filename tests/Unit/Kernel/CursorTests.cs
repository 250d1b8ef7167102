using System.Buffers.Text;
using System.Text;
using CsCheck;
using Monolith.Kernel.Paging;
using Shouldly;
using Xunit;

namespace Monolith.Unit.Kernel;

public class CursorTests
{
    [Fact]
    public void A_cursor_is_read_as_it_was_written() =>
        Gen.Select(Gen.DateTimeOffset, Gen.String[Gen.Char[' ', 'ž'], 1, 64]).Sample((at, id) =>
            Cursor.Parse(new Cursor(at, id).ToString()).ShouldBe(new Cursor(at, id)));

    [Fact]
    public void It_needs_no_escaping_in_a_query_string() => Gen.Select(Gen.DateTimeOffset, Gen.String[Gen.Char, 1, 20]).Sample((at, id) =>
        new Cursor(at, id).ToString().ShouldAllBe(c => char.IsAsciiLetterOrDigit(c) || c == '-' || c == '_'));

    [Fact]
    public void Garbage_is_no_cursor_and_no_error() => Gen.String.Sample(text => Should.NotThrow(() => Cursor.Parse(text)));

    [Fact]
    public void Nor_is_garbage_that_is_well_encoded() => Gen.Byte.Array[0, 40].Sample(bytes =>
        Should.NotThrow(() => Cursor.Parse(Base64Url.EncodeToString(bytes))));

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("1~")]
    [InlineData("~a")]
    [InlineData("x~a")]
    [InlineData("-1~a")]
    [InlineData("3155378975999999999999~a")]
    [InlineData("3155378976000000000~a")]
    [InlineData("1~a\0b")]
    public void What_no_page_ended_with_is_refused(string text) => Cursor.Parse(Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text))).ShouldBeNull();

    [Theory]
    [InlineData(2, false)]
    [InlineData(3, false)]
    [InlineData(4, true)]
    public void A_page_has_a_next_one_when_a_row_was_left_over(int rows, bool next)
    {
        var page = Page.Of([.. Enumerable.Range(1, rows)], limit: 3, row => new Cursor(DateTimeOffset.UnixEpoch, $"{row}"));

        page.Items.ShouldBe(Enumerable.Range(1, Math.Min(3, rows)));
        page.Next.ShouldBe(next ? new Cursor(DateTimeOffset.UnixEpoch, "3").ToString() : null);
    }
}
