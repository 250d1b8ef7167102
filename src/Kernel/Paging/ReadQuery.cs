using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Monolith.Kernel.Problems;

namespace Monolith.Kernel.Paging;

/// <summary>
/// Reads the query string of a GET. A parameter that cannot be read is reported, never replaced by a default in silence.
/// </summary>
public partial class ReadQuery
{
    private const int Longest = 300;

    private readonly IQueryCollection query;

    public ReadQuery(HttpContext http)
    {
        query = http.Request.Query;
        MinSequence = Sequence("minSequence");
    }

    public InputErrors Errors { get; } = new();

    /// <summary>The sequence that an asynchronous read model must have passed.</summary>
    public long? MinSequence { get; }

    public bool Has(string name) => query.ContainsKey(name);

    public string? Value(string name)
    {
        var values = query[name];
        Errors.Require(values.Count <= 1, name, "must be given once");
        Errors.Require(!Contains(values, '\0'), name, "must not contain the NUL character");
        Errors.Require(values.ToString().Length <= Longest, name, $"must have at most {Longest} characters");
        return string.IsNullOrEmpty(values.ToString()) || Contains(values, '\0') ? null : values[0];
    }

    /// <summary>An RFC 3339 time, or a day in UTC (its first moment).</summary>
    public DateTimeOffset? Time(string name) => Value(name) is not { } text ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", out var day) ? new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero)
        : Rfc3339().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var time) ? time
        : Parsed(name, (DateTimeOffset?)null, "must be an RFC 3339 time or a day (2026-01-31)");

    /// <summary>A day, or the day (UTC) of an RFC 3339 time.</summary>
    public DateOnly? Day(string name) => Time(name) is { } time ? DateOnly.FromDateTime(time.UtcDateTime) : null;

    public bool? Flag(string name) => Value(name) is not { } text ? null
        : Parsed(name, bool.TryParse(text, out var flag) ? flag : (bool?)null, "must be true or false");

    public T? OneOf<T>(string name)
        where T : struct, Enum => Value(name) is not { } text ? null
        : Parsed(name, Enum.GetValues<T>().Cast<T?>().FirstOrDefault(v => string.Equals(Camel(v!.Value), text, StringComparison.Ordinal)),
            $"must be one of {string.Join(", ", Enum.GetValues<T>().Select(v => Camel(v)))}");

    public int Number(string name, int whenAbsent, int smallest, int largest) => Value(name) is not { } text ? whenAbsent
        : Parsed(name, int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n >= smallest && n <= largest ? n : (int?)null,
            $"must be a number from {smallest} to {largest}") ?? whenAbsent;

    public decimal? Measure(string name, decimal smallest, decimal largest) => Value(name) is not { } text ? null
        : Parsed(name, decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var n) && n >= smallest && n <= largest
            ? n
            : (decimal?)null, $"must be a number from {smallest} to {largest}");

    public long? Sequence(string name) => Value(name) is not { } text ? null
        : Parsed(name, long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : (long?)null, "must be a sequence number");

    private static bool Contains(StringValues values, char c) => values.Any(v => v?.Contains(c, StringComparison.Ordinal) == true);

    private static string Camel<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    /// <summary>The form alone; the parser of .NET judges the values, but takes many other forms too.</summary>
    [GeneratedRegex(
        @"\A[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Rfc3339();

    protected T? Parsed<T>(string name, T? value, string message)
    {
        Errors.Require(value is not null, name, message);
        return value;
    }
}
