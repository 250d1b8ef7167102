using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Monolith.Kernel.Paging;

/// <summary>
/// Where a page ended: the sort key and the id of its last item. Pages are found by key, not by offset, so that items which come
/// or go meanwhile neither repeat nor hide others.
/// </summary>
public sealed record Cursor(DateTimeOffset At, string Id)
{
    /// <summary>In a collection whose items are numbered.</summary>
    public static Cursor Of(long number) => Of(number.ToString(CultureInfo.InvariantCulture));

    /// <summary>In a collection whose items are sorted by their ids.</summary>
    public static Cursor Of(string id) => new(DateTimeOffset.UnixEpoch, id);

    public override string ToString() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{At.UtcTicks}~{Id}"));

    /// <returns>Null when the text is not a cursor that this API made.</returns>
    public static Cursor? Parse(string text)
    {
        if (!Base64Url.IsValid(text))
        {
            return null;
        }

        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split('~', 2);
        return parts is [var ticks, { Length: > 0 } id]
            && !id.Contains('\0', StringComparison.Ordinal)
            && long.TryParse(ticks, out var utc)
            && utc >= DateTimeOffset.MinValue.Ticks
            && utc <= DateTimeOffset.MaxValue.Ticks
            ? new Cursor(new DateTimeOffset(utc, TimeSpan.Zero), id)
            : null;
    }
}
