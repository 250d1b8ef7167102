using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Xml;

namespace Monolith.Console.Parts;

/// <summary>How values are written for people, the same on every page.</summary>
internal static class Show
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    // What is written goes into the text of an element, never into a page's source.
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Count(long n) => n.ToString("#,0", Culture);

    public static string Number(double n) => n.ToString(Math.Abs(n) < 10 ? "#,0.##" : "#,0", Culture);

    public static string Money(decimal amount, string currency) => $"{amount.ToString(currency is "JPY" ? "#,0" : "#,0.00", Culture)} {currency}";

    public static string Percent(double share) => share.ToString("0.0", Culture) + " %";

    /// <summary>A duration in its two largest units: <c>1 h 5 min</c>, <c>350 ms</c>.</summary>
    public static string Duration(TimeSpan span) => span < TimeSpan.Zero ? "−" + Duration(-span) : span switch
    {
        { TotalMilliseconds: < 1 } => "0 s",
        { TotalSeconds: < 1 } => $"{span.TotalMilliseconds.ToString("0", Culture)} ms",
        { TotalMinutes: < 1 } => $"{span.TotalSeconds.ToString("0.#", Culture)} s",
        { TotalHours: < 1 } => Units((span.Minutes, "min"), (span.Seconds, "s")),
        { TotalDays: < 1 } => Units((span.Hours, "h"), (span.Minutes, "min")),
        _ => Units((span.Days, "d"), (span.Hours, "h")),
    };

    public static string Seconds(double seconds) => Duration(TimeSpan.FromSeconds(seconds));

    private static string Units((int Number, string Name) large, (int Number, string Name) small) =>
        small.Number == 0 ? $"{Count(large.Number)} {large.Name}" : $"{Count(large.Number)} {large.Name} {small.Number} {small.Name}";

    /// <param name="iso">An ISO 8601 duration.</param>
    public static string? Duration(string? iso) => iso is null ? null : Duration(XmlConvert.ToTimeSpan(iso));

    /// <summary>In the time zone of the reader.</summary>
    public static string Local(DateTimeOffset time) => time.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", Culture);

    public static string LocalTime(DateTimeOffset time) => time.ToLocalTime().ToString("HH:mm", Culture);

    public static string Utc(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss.ffffff 'UTC'", Culture);

    /// <summary>A text of the API; a point in time, which it always writes whole, is shown as one. A day by itself is no point in time.</summary>
    public static string Text(JsonElement text) =>
        text.GetString()! is var words && words.Contains('T') && text.TryGetDateTimeOffset(out var time) ? Local(time) : words;

    /// <summary>As the API takes it.</summary>
    public static string? Iso(DateTimeOffset? time) => time?.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", Culture);

    public static string Json(JsonElement json) => json.ValueKind == JsonValueKind.Undefined ? string.Empty : JsonSerializer.Serialize(json, Indented);

    /// <summary>A name in camel case as words: <c>awaitingPayment</c> is <c>awaiting payment</c>.</summary>
    public static string Words(string name)
    {
        var words = new StringBuilder();
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && words.Length > 0)
            {
                words.Append(' ');
            }

            words.Append(char.ToLowerInvariant(letter));
        }

        return words.ToString();
    }
}
