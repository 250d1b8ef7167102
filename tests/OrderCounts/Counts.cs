using System.Collections.Immutable;
using System.Text.Json;

namespace Monolith.OrderCounts;

/// <summary>Orders and what they come to, by day (UTC) and currency.</summary>
/// <param name="Epoch">Which telling of the log this is; when the log is told anew, counting begins anew.</param>
/// <param name="Seen">Ids of events that are counted: a broker may deliver one twice.</param>
internal sealed record Counts(string Epoch, ImmutableHashSet<string> Seen, ImmutableSortedDictionary<string, Day> Days)
{
    public Counts()
        : this(string.Empty, [], ImmutableSortedDictionary<string, Day>.Empty)
    {
    }

    public Counts With(string epoch, JsonElement placed)
    {
        var known = epoch == Epoch ? this : new Counts { Epoch = epoch };
        if (known.Seen.Contains(placed.GetProperty("id").GetString()!))
        {
            return known;
        }

        var data = placed.GetProperty("data");
        var key = $"{data.GetProperty("placedAt").GetDateTimeOffset().UtcDateTime:yyyy-MM-dd}/{data.GetProperty("currency").GetString()}";
        var day = known.Days.GetValueOrDefault(key, new Day(0, 0));
        return known with
        {
            Seen = known.Seen.Add(placed.GetProperty("id").GetString()!),
            Days = known.Days.SetItem(key, new Day(day.Orders + 1, day.Total + data.GetProperty("total").GetDecimal())),
        };
    }
}

internal sealed record Day(int Orders, decimal Total);
