using System.Globalization;
using System.Text.Json.Serialization;
using Monolith.Insights.Streaming.Windowing;

namespace Monolith.Insights.Streaming;

/// <summary>What a processor has gathered in one window of one key.</summary>
/// <typeparam name="TProcessor">Only to give every processor a table of its own, so that each can be rebuilt by itself.</typeparam>
/// <typeparam name="TState">What a window holds.</typeparam>
/// <param name="Id">Begins with the start, so that it is the sort key, too.</param>
/// <param name="Part">What keeps windows of the same key and time apart.</param>
/// <param name="Closes">When it becomes final: at its end and its grace. Null when it has.</param>
/// <param name="Revision">How many events came after the end and were still let in.</param>
public sealed record Window<TProcessor, TState>(
    string Id, string Key, string Part, DateTimeOffset Start, DateTimeOffset End, DateTimeOffset? Closes, TState State, int Revision)
    where TState : class
{
    [JsonIgnore]
    public bool IsFinal => Closes is null;

    internal TimeWindow Span => new(Start, End);
}

/// <summary>How windows are called.</summary>
internal static class WindowId
{
    private const string Format = "yyyy-MM-ddTHH:mm:ss.ffffffZ";

    public static string Of(TimeWindow window, string key, string part) => $"{At(window.Start)}/{key}/{part}";

    /// <summary>Before all windows that start then, and after all that start earlier.</summary>
    public static string At(DateTimeOffset start) => start.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);
}
